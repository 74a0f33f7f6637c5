"""From values of more than 8 bits to the 8 that are shown, by one rule for every format.

* Grey is stretched linearly, from the value that a thousandth of the pixels lies under to the one
  that a thousandth lies over: sensors use 10, 12 or 14 of 16 bits, so their high byte would be
  black, and so would a stretch to the highest value, which a single hot pixel decides. Where the
  two are one value, lowest and highest count. What is no number is black and counts for nothing.
* Colours of 16 bits are cut to their high byte, unless hardly one of them uses the highest bit: the
  picture would be dark, or black. They are stretched as grey is, all three alike, so that no colour
  is shifted. Colours of other kinds are always stretched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

OUTLIERS = 0.001
"""Share of the values of an image that may be clipped at either end."""
STRETCHED = "more than 8 bits, shown stretched to 8; the file stays as it is"
CUT = "more than 8 bits a colour, shown with the highest 8; the file stays as it is"
"""What a person is told."""
_BLOCK_VALUES = 1 << 20


def stretched(values: NDArray[Any], no_data: float | None = None) -> NDArray[np.uint8]:
    """Values of any number type, `(H, W)` or `(H, W, 3)`, stretched to uint8 as a whole.

    In blocks of rows: numpy counts and looks up in 8 bytes a pixel, four times what 16 bits take.

    Args:
        values: Of grey, or of colours that are stretched alike.
        no_data: What a value is where nothing was measured.
    """
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        counts = _counts(values)
        if no_data is not None and 0 <= no_data < len(counts) and no_data == int(no_data):
            counts[int(no_data)] = 0
        low, high = _range_of(counts)
    else:
        low, high = _range(values, no_data)
    result = np.empty(values.shape, np.uint8)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        table = _scaled(np.arange(1 << 16), low, high, no_data)
        for block in _blocks(values):
            result[block] = table[values[block]]
        return result
    for block in _blocks(values):
        result[block] = _scaled(values[block].astype(np.float64), low, high, no_data)
    return result


def colours(values: NDArray[Any], no_data: float | None = None) -> tuple[NDArray[np.uint8], bool]:
    """Colours `(H, W, 3)` of more than 8 bits as uint8, and whether they had to be stretched."""
    if values.dtype != np.uint16 or is_dark(values):
        return stretched(values, no_data), True
    result = np.empty(values.shape, np.uint8)
    for block in _blocks(values):
        result[block] = values[block] >> 8
    return result, False


def is_dark(values: NDArray[Any]) -> bool:
    """Whether hardly one of many values without a sign is in the upper half."""
    half = 1 << (8 * values.dtype.itemsize - 1)
    bright = sum(int(np.count_nonzero(values[block] >= half)) for block in _blocks(values))
    return bright <= OUTLIERS * values.size


def _blocks(values: NDArray[Any]) -> Iterator[slice]:
    rows = max(1, _BLOCK_VALUES // max(1, int(np.prod(values.shape[1:]))))
    return (slice(start, start + rows) for start in range(0, len(values), rows))


def _counts(values: NDArray[Any]) -> NDArray[np.int64]:
    """`(65536,)`: how many values there are of each of 16 bits."""
    counts = np.zeros(1 << 16, np.int64)
    for block in _blocks(values):
        counts += np.bincount(values[block].ravel(), minlength=len(counts))
    return counts


def _range_of(counts: NDArray[np.int64]) -> tuple[float, float]:
    """The values that become black and white, from how many there are of each."""
    below, size = np.cumsum(counts), int(counts.sum())
    if not size:
        return 0, 0
    low = int(np.searchsorted(below, OUTLIERS * size, side="right"))
    high = int(np.searchsorted(below, (1 - OUTLIERS) * size))
    if high > low:
        return low, high
    used = np.flatnonzero(counts)
    return int(used[0]), int(used[-1])


def _range(values: NDArray[Any], no_data: float | None) -> tuple[float, float]:
    """The values that become black and white."""
    numbers = values.astype(np.float64).ravel()
    if no_data is not None:
        numbers = numbers[numbers != no_data]
    if numbers.size and not np.isfinite([numbers.min(), numbers.max()]).all():
        numbers = numbers[np.isfinite(numbers)]
    if not numbers.size:
        return 0, 0
    lowest, highest = float(numbers.min()), float(numbers.max())
    first, last = np.quantile(numbers, [OUTLIERS, 1 - OUTLIERS], overwrite_input=True)
    return (float(first), float(last)) if last > first else (lowest, highest)


def _scaled(
    values: NDArray[Any], low: float, high: float, no_data: float | None
) -> NDArray[np.uint8]:
    if high <= low:
        return np.zeros(values.shape, np.uint8)
    with np.errstate(over="ignore", invalid="ignore"):
        share = np.clip((values - low) / (high - low), 0, 1)
    share[~np.isfinite(share if values.dtype.kind in "ui" else values)] = 0
    if no_data is not None:
        share[values == no_data] = 0
    return np.round(share * 255).astype(np.uint8)
