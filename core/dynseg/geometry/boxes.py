"""Boxes along the axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dynseg.geometry.part import Part

Boxes = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
"""`(4,)` or `(N, 4)`: x0, y0, x1, y1 in image pixels."""


def boxes_of(shapes: Sequence[Sequence[Part]], *, holes: bool = False) -> Boxes:
    """`(N, 4)` boxes around many shapes, NaN for one without parts.

    One pass over one array: 2,000 calls of `min` and `max` would take 20 times as long.

    Args:
        shapes: Parts of each shape.
        holes: Whether points of holes count; they lie inside, but nothing forces a file to obey.
    """
    boxes = np.full((len(shapes), 4), np.nan)
    rings = [
        [ring for part in shape for ring in (part.rings if holes else (part.outer,))]
        for shape in shapes
    ]
    sizes = [sum(map(len, own)) for own in rings]
    filled = np.flatnonzero(sizes)
    if len(filled):
        points = np.concatenate([ring for own in rings for ring in own])
        ends = np.cumsum(sizes)[filled]
        starts = np.concatenate(([0], ends[:-1]))
        boxes[filled, :2] = np.minimum.reduceat(points, starts)
        boxes[filled, 2:] = np.maximum.reduceat(points, starts)
    return boxes


def box_iou(box: Boxes, others: Boxes) -> Boxes:
    """`(N,)` intersection over union of a box `(4,)` with `(N, 4)` boxes."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    areas = (others[:, 2:] - others[:, :2]).prod(axis=1) + (box[2:] - box[:2]).prod()
    iou: Boxes = shared / np.maximum(areas - shared, 1e-12)
    return iou
