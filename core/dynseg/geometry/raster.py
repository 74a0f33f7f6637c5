"""Parts to masks by the pixel-centre rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part


def mask_from_parts(parts: Sequence[Part], *, width: int, height: int) -> NDArray[np.bool_]:
    """Fill parts: a pixel is inside when its centre is.

    Args:
        parts: Parts in image pixels; what lies outside of the image is left out.
        width: Columns of the result.
        height: Rows of the result.

    Returns:
        `(height, width)` bool.
    """
    mask = np.zeros((height, width), dtype=np.bool_)
    for part in parts:
        mask |= _fill(part, width, height)
    return mask


def _fill(part: Part, width: int, height: int) -> NDArray[np.bool_]:
    """Even-odd scan conversion: each edge flips the pixels right of where it crosses a row."""
    toggles = np.zeros((height, width + 1), dtype=np.int32)
    for points in part.rings:
        start, end = points, np.roll(points, -1, axis=0)
        upward = start[:, 1] > end[:, 1]
        low, high = np.where(upward[:, None], end, start), np.where(upward[:, None], start, end)
        first = np.clip(np.ceil(low[:, 1] - 0.5), 0, height).astype(np.int64)
        last = np.clip(np.ceil(high[:, 1] - 0.5), 0, height).astype(np.int64)
        count = np.maximum(last - first, 0)
        edge = np.repeat(np.arange(len(points)), count)
        if not len(edge):
            continue
        rows = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        slope = (high[edge, 0] - low[edge, 0]) / (high[edge, 1] - low[edge, 1])
        x = low[edge, 0] + (rows + 0.5 - low[edge, 1]) * slope
        columns = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
        np.add.at(toggles, (rows, columns), 1)
    return (np.cumsum(toggles[:, :width], axis=1) & 1).astype(np.bool_)
