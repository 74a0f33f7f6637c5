"""Whether a fast backend finds what float32 torch finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.polygon import iou
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings

LEAST_IOU = 0.5
"""What overlaps less is another object."""

MARGIN = 0.05
"""An object just over the threshold may lie just under it in the other backend."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two backends agree.

    Attributes:
        matched: Share of the reference's objects that the other one found too.
        mask_iou: Mean overlap of the masks of those.
        objects: How many the reference found.
    """

    matched: float
    mask_iou: float
    objects: int


def compare(
    fast: Predictor,
    reference: Predictor,
    images: Iterable[NDArray[np.uint8]],
    settings: PredictSettings,
) -> Agreement:
    """Match what two backends find at the threshold of `settings`, one to one, by class.

    Masks are compared, as outlines with all of their points: which of them a polygon keeps differs
    by more than the masks do.
    """
    settings = msgspec.structs.replace(settings, simplify_px=0.0)
    overlaps: list[float] = []
    objects = 0
    for pixels in images:
        wanted = _surer(reference.predict(pixels, settings), settings.confidence)
        found = _surer(fast.predict(pixels, settings), settings.confidence - MARGIN)
        objects += len(wanted)
        overlaps += _matches(wanted, found)
    share = len(overlaps) / objects if objects else 1.0
    return Agreement(share, float(np.mean(overlaps)) if overlaps else 1.0, objects)


def _surer(found: list[Detection], confidence: float) -> list[Detection]:
    return [item for item in found if item.score >= confidence]


def _matches(wanted: list[Detection], found: list[Detection]) -> list[float]:
    """Overlaps of pairs, each detection in one pair at most."""
    left = list(found)
    overlaps = []
    for item in wanted:
        rated = [
            (iou(item.parts, other.parts), index)
            for index, other in enumerate(left)
            if other.class_index == item.class_index and _near(item, other)
        ]
        best, index = max(rated, default=(0.0, 0))
        if best >= LEAST_IOU:
            overlaps.append(best)
            del left[index]
    return overlaps


def _near(one: Detection, other: Detection) -> bool:
    return (
        one.box[0] < other.box[2]
        and other.box[0] < one.box[2]
        and one.box[1] < other.box[3]
        and other.box[1] < one.box[3]
    )
