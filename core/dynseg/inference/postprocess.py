"""From the raw output of the head to the candidates of an image."""

from __future__ import annotations

import torch
from torch import Tensor
from torchvision.ops import batched_nms

from dynseg.inference.polygons import Candidates

MAX_BEFORE_NMS = 8192
"""Surest boxes that are compared with each other; more are never one image's objects."""


def select(
    predictions: Tensor,
    prototypes: Tensor,
    *,
    class_count: int,
    confidence: float,
    iou: float,
    max_detections: int,
) -> Candidates:
    """Keep one box for each object (non-maximum suppression within each class).

    Args:
        predictions: `(4 + C + M, A)` for A anchors: centre x, centre y, width and height in model
            pixels, C class scores in [0, 1], M mask coefficients.
        prototypes: `(M, h, w)`.
        class_count: C.
        confidence: Lowest score to keep.
        iou: Boxes of one class that overlap more than this are one object.
        max_detections: Most boxes to keep, surest first.
    """
    scores, classes = predictions[4 : 4 + class_count].max(0)
    wanted = torch.nonzero(scores >= confidence).flatten()
    if len(wanted) > MAX_BEFORE_NMS:
        wanted = wanted[scores[wanted].topk(MAX_BEFORE_NMS).indices]
    rows = predictions[:, wanted].T.float()
    half = rows[:, 2:4] / 2
    boxes = torch.cat([rows[:, :2] - half, rows[:, :2] + half], 1)
    scores, classes = scores[wanted].float(), classes[wanted]
    # A network that was damaged answers with numbers that are none: no box, no candidate.
    usable = torch.isfinite(rows).all(1)
    if not bool(usable.all()):
        rows, boxes = rows[usable], boxes[usable]
        scores, classes = scores[usable], classes[usable]
    kept = batched_nms(boxes, scores, classes, iou)[:max_detections]
    return Candidates(
        boxes=boxes[kept].cpu().numpy(),
        scores=scores[kept].cpu().numpy(),
        classes=classes[kept].cpu().numpy(),
        coefficients=rows[kept, 4 + class_count :].cpu().numpy(),
        prototypes=prototypes.float().cpu().numpy(),
    )
