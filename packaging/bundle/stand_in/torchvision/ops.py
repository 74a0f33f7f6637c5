"""The suppression of doubles, as ultralytics does it without torchvision."""

from __future__ import annotations

from torch import Tensor
from ultralytics.utils.nms import TorchNMS


def nms(boxes: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Indices of the boxes to keep, best first; as `torchvision.ops.nms`, several times slower."""
    return TorchNMS.nms(boxes, scores, iou_threshold)
