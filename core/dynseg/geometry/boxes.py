"""Boxes along the axes."""

from __future__ import annotations

import numpy as np

Boxes = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
"""`(4,)` or `(N, 4)`: x0, y0, x1, y1 in image pixels."""


def box_iou(box: Boxes, others: Boxes) -> Boxes:
    """`(N,)` intersection over union of a box `(4,)` with `(N, 4)` boxes."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    areas = (others[:, 2:] - others[:, :2]).prod(axis=1) + (box[2:] - box[:2]).prod()
    iou: Boxes = shared / np.maximum(areas - shared, 1e-12)
    return iou
