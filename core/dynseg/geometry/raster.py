"""Parts to masks by the pixel-centre rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part

Window = tuple[slice, slice]
"""Rows and columns of an image."""


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
    window, inside = cut_mask(parts, width=width, height=height)
    mask[window] = inside
    return mask


def cut_mask(parts: Sequence[Part], *, width: int, height: int) -> tuple[Window, NDArray[np.bool_]]:
    """The same, cut to the box of the parts: small shapes of a large image cost what they cover.

    Returns:
        Rows and columns of the box in the image, and `(rows, columns)` bool; both empty when
        nothing of the parts lies in the image.
    """
    boxes: list[tuple[Part, int, int, int, int]] = []
    for part in parts:
        left, top = np.floor(np.clip(part.outer.min(axis=0), 0, (width, height))).astype(int)
        right, bottom = np.ceil(np.clip(part.outer.max(axis=0), 0, (width, height))).astype(int)
        if right > left and bottom > top:
            boxes.append((part, int(left), int(top), int(right), int(bottom)))
    if not boxes:
        return (slice(0, 0), slice(0, 0)), np.zeros((0, 0), dtype=np.bool_)
    _, lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    x, y, x_end, y_end = min(lefts), min(tops), max(rights), max(bottoms)
    mask = np.zeros((y_end - y, x_end - x), dtype=np.bool_)
    for part, left, top, right, bottom in boxes:
        own = _fill(part, (left, top), (bottom - top, right - left))
        mask[top - y : bottom - y, left - x : right - x] |= own
    return (slice(y, y_end), slice(x, x_end)), mask


def _fill(part: Part, corner: tuple[int, int], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Even-odd scan conversion: each edge flips the pixels right of where it crosses a row.

    Args:
        part: In image pixels.
        corner: Column and row of the window's first pixel.
        shape: Rows and columns of the window.
    """
    height, width = shape
    toggles = []
    for points in part.rings:
        start = points - corner
        end = np.roll(start, -1, axis=0)
        upward = (start[:, 1] > end[:, 1])[:, None]
        low, high = np.where(upward, end, start), np.where(upward, start, end)
        first = np.clip(np.ceil(low[:, 1] - 0.5), 0, height).astype(np.int64)
        last = np.clip(np.ceil(high[:, 1] - 0.5), 0, height).astype(np.int64)
        count = np.maximum(last - first, 0)
        edge = np.repeat(np.arange(len(points)), count)
        rows = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        slope = (high[edge, 0] - low[edge, 0]) / (high[edge, 1] - low[edge, 1])
        x = low[edge, 0] + (rows + 0.5 - low[edge, 1]) * slope
        columns = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
        toggles.append(rows * (width + 1) + columns)
    flips = np.bincount(np.concatenate(toggles), minlength=height * (width + 1))
    odd = (flips.reshape(height, width + 1) & 1).astype(np.bool_)
    return np.logical_xor.accumulate(odd[:, :width], axis=1)
