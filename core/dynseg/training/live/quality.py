"""How good proposals are for an image whose answer is known.

Panoptic quality (Kirillov et al., CVPR 2019): the overlap of the objects that were found, summed,
over found + half of the missed and the spurious ones; found are those of the right class with an
overlap of more than a half. It is 1 when nobody has anything to do, and falls with every object
that a person has to draw, delete, relabel or correct.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dynseg.model.sandbox import prepare_environment
from dynseg.training.live.augment import outline_masks, plain_pixels
from dynseg.training.live.example import Example, telling_parts

prepare_environment()

from ultralytics.utils.nms import non_max_suppression  # noqa: E402
from ultralytics.utils.ops import process_mask  # noqa: E402

CONFIDENCE = 0.25
LEAST_FOUND = 300
"""Detections of one image that count; more where there are more objects."""
_IOU = 0.6
_FOUND = 0.5
_REMEMBERED = 8


class LiveMeter:
    """A running average over the last images, each measured before it was learned from."""

    def __init__(self) -> None:
        self._values: deque[float] = deque(maxlen=_REMEMBERED)

    def add(self, quality: float) -> None:
        """One more image."""
        self._values.append(quality)

    @property
    def value(self) -> float | None:
        """The average, None before the first image."""
        return sum(self._values) / len(self._values) if self._values else None


def quality(model: nn.Module, examples: Sequence[Example], *, size: int) -> float:
    """Mean quality over images, 0 to 1.

    Args:
        model: In eval mode, not fused.
        examples: Images with their answers, at least one.
        size: Longer side of the network's input, pixels.
    """
    parts = [part for example in examples for part in telling_parts(example)]
    return float(np.mean([_of_one(model, part, size) for part in parts]))


def _of_one(model: nn.Module, example: Example, size: int) -> float:
    found, labels, _ = detections(model, example, size)
    wanted = outline_masks(example, size)
    there = np.array([outline.label for outline in example.outlines], np.int64)
    return panoptic(overlaps(found, wanted), labels, there)


def panoptic(
    iou: NDArray[np.float64], found_labels: NDArray[np.int64], wanted_labels: NDArray[np.int64]
) -> float:
    """Quality of what was found against the truth.

    Args:
        iou: `(n, m)` overlap of what was found with what is there.
        found_labels: `(n,)` classes of what was found.
        wanted_labels: `(m,)` classes of what is there.
    """
    if not iou.size:
        return float(len(found_labels) == len(wanted_labels))
    iou = np.where(found_labels[:, None] == wanted_labels[None], iou, 0)
    total, matches = 0.0, 0
    while True:
        row, column = divmod(int(iou.argmax()), iou.shape[1])
        best = float(iou[row, column])
        if best <= _FOUND:
            break
        total, matches = total + best, matches + 1
        iou[row], iou[:, column] = 0, 0
    return total / (matches + (len(found_labels) + len(wanted_labels) - 2 * matches) / 2)


def overlaps(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`(n, m)` IoU of each of `(n, h, w)` masks with each of `(m, h, w)`."""
    flat_found = found.reshape(len(found), found.shape[1] * found.shape[2]).astype(np.float32)
    flat_wanted = wanted.reshape(len(wanted), flat_found.shape[1]).astype(np.float32)
    shared = flat_found @ flat_wanted.T
    union = flat_found.sum(1)[:, None] + flat_wanted.sum(1)[None] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0).astype(np.float64)


@torch.inference_mode()
def detections(
    model: nn.Module, example: Example, size: int, *, fine: bool = False
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.float64]]:
    """What a network finds, surest first.

    Args:
        model: In eval mode, not fused.
        example: An image.
        size: Longer side of the network's input, pixels.
        fine: Masks with the pixels of the input, to be shown; else with a quarter of them each way.

    Returns:
        `(n, h, h)` masks with `h` as `fine` says, `(n,)` class indices, `(n,)` scores.
    """
    device = next(model.parameters()).device
    image = torch.from_numpy(plain_pixels(example, size)).permute(2, 0, 1)[None].float() / 255
    answer: Any = model(image.to(device))
    (predictions, prototypes), _ = answer
    classes = predictions.shape[1] - 4 - prototypes.shape[1]
    most = max(LEAST_FOUND, 2 * len(example.outlines))
    rows = non_max_suppression(predictions, CONFIDENCE, _IOU, max_det=most, nc=classes)[0]
    if not len(rows):
        side = size if fine else size // 4
        return np.zeros((0, side, side), np.bool_), np.zeros(0, np.int64), np.zeros(0)
    masks = process_mask(prototypes[0], rows[:, 6:], rows[:, :4], (size, size), upsample=fine)
    return (
        masks.bool().cpu().numpy(),
        rows[:, 5].long().cpu().numpy(),
        rows[:, 4].double().cpu().numpy(),
    )
