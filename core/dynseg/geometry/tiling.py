"""Where the tiles of an image begin."""

from __future__ import annotations

import math


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
