"""Masks as run lengths, as COCO writes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.rle import Counts


def text_from_counts(counts: Counts) -> str:
    """COCO's text form of run lengths."""
    differences = counts.astype(np.int64).copy()
    differences[3:] -= counts[1:-2]
    out = bytearray()
    for number in differences.tolist():
        more = True
        while more:
            digit = number & 0x1F
            number >>= 5
            more = number != (-1 if digit & 0x10 else 0)
            out.append(digit + 48 + (0x20 if more else 0))
    return out.decode("ascii")


def counts_of(flat: NDArray[np.bool_]) -> Counts:
    """Run lengths of a row of pixels `(N,)`, outside first."""
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    bounds = np.concatenate([[0], edges, [len(flat)]])
    counts = np.diff(bounds)
    return np.concatenate([[0], counts]) if len(flat) and flat[0] else counts
