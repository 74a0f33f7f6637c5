"""Images whose pixels are numbers of objects, taken apart into one mask each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.incoming.json_file import UnusableError

MOST_OBJECTS = 5_000
Numbers = NDArray[np.int64]


def objects(numbers: Numbers) -> Iterator[tuple[int, NDArray[np.bool_], tuple[int, int]]]:
    """Number, mask and corner (column, row) of every object but 0, by ascending number.

    Args:
        numbers: `(H, W)`.

    Raises:
        UnusableError: so many different numbers cannot be objects.
    """
    rows, columns = np.nonzero(numbers)
    if not len(rows):
        return
    values = numbers[rows, columns]
    order = np.argsort(values, kind="stable")
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1])
    if len(first) > MOST_OBJECTS:
        raise UnusableError(f"has {len(first):,} different values; not a mask of objects")
    tops, bottoms = np.minimum.reduceat(rows, first), np.maximum.reduceat(rows, first)
    lefts, rights = np.minimum.reduceat(columns, first), np.maximum.reduceat(columns, first)
    for number, top, bottom, left, right in zip(
        values[first].tolist(), tops, bottoms, lefts, rights, strict=True
    ):
        window = numbers[top : bottom + 1, left : right + 1]
        yield number, np.asarray(window == number), (int(left), int(top))
