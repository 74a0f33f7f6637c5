"""Where the tiles of an image begin, and how small the objects of an image are."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

SEEN_PX = 24.0
"""Small objects that have this many pixels of the model in the look at the whole need no tiles."""

ENOUGH_SHAPES = 5
"""Fewer labels, or objects in the look at the whole, tell nothing about sizes."""

SMALL = 10
"""Percentile of the sizes in an image that counts as its small objects."""


def small_side(sides: Sequence[float]) -> float:
    """The size that counts as that of a small object among these, pixels; 0 for too few."""
    return float(np.percentile(sides, SMALL)) if len(sides) >= ENOUGH_SHAPES else 0.0


def starts(side: int, tile_px: int, overlap: float) -> list[int]:
    """First pixels of tiles that cover one side of an image, evenly spread.

    Args:
        side: Of the image, pixels.
        tile_px: Side of a tile, pixels.
        overlap: Least share of a tile that it has in common with its neighbour.
    """
    if side <= tile_px:
        return [0]
    count = math.ceil((side - tile_px) / (tile_px * (1 - overlap))) + 1
    return [round(k * (side - tile_px) / (count - 1)) for k in range(count)]
