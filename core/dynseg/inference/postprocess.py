"""From the raw output of the head to the candidates of an image.

Boxes are decoded here and not inside the network: only the few anchors that are sure enough need
it, a network without it fits any input size, and numbers of reduced precision never hold pixel
positions. Boxes are distributions over 16 distances on each side (Li et al., "Generalized Focal
Loss", NeurIPS 2020, arXiv 2006.04388), in strides from the centre of the anchor's cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.inference.outlines.polygons import Candidates

STRIDES = (8, 16, 32)
"""Model pixels between the anchors of each level, in the order of the head's output."""

MAX_BEFORE_NMS = 8192
"""Surest boxes that are compared with each other; more are never one image's objects."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which boxes are kept.

    Attributes:
        confidence: Lowest score.
        iou: Boxes of one class that overlap more than this are one object.
        max_detections: Most boxes, surest first.
    """

    confidence: float
    iou: float
    max_detections: int


@dataclass(frozen=True, slots=True, eq=False)
class HeadOutput:
    """What the network says about one image, of all its anchors or of some.

    Attributes:
        boxes: `(4 R, A)` float, logits of R distances to the left, top, right and lower side.
        scores: `(C, A)` float, logits of the classes.
        coefficients: `(M, A)` float, weights of the prototypes.
        prototypes: `(h, w, M)` float.
        size: Width and height of the network's input, model pixels.
        anchors: `(A,)` which of the anchors these are; None for all of them.
    """

    boxes: NDArray[np.floating]
    scores: NDArray[np.floating]
    coefficients: NDArray[np.floating]
    prototypes: NDArray[np.floating]
    size: tuple[int, int]
    anchors: NDArray[np.intp] | None = None


def select(output: HeadOutput, selection: Selection) -> Candidates:
    """Keep one box for each object (non-maximum suppression within each class).

    Nothing in the result shares memory with `output` but the prototypes, which are large.
    """
    (found,) = select_each(output, [output.scores.shape[1]], [output.prototypes], selection)
    return found


def select_each(
    output: HeadOutput,
    ends: Sequence[int],
    prototypes: Sequence[NDArray[np.floating]],
    selection: Selection,
) -> list[Candidates]:
    """`select` for images whose anchors lie one behind the other, with the very same results.

    All of them go through each step but the last together: what a call costs beside its arithmetic
    would be most of the time.

    Args:
        output: Of all images; its prototypes play no part.
        ends: Where the anchors of each image end.
        prototypes: `(h, w, M)` of each.
        selection: Which boxes are kept.
    """
    # A network that was damaged answers with numbers that are none: no box, no candidate.
    with np.errstate(over="ignore", invalid="ignore"):
        surest = 1 / (1 + np.exp(-output.scores.max(0).astype(np.float32)))
    wanted = np.flatnonzero(surest >= selection.confidence)
    stops = np.searchsorted(wanted, ends)
    if np.diff(stops, prepend=0).max(initial=0) > MAX_BEFORE_NMS:
        parts = [_surest(part, surest) for part in np.split(wanted, stops[:-1])]
        wanted, stops = np.concatenate(parts), np.cumsum([len(part) for part in parts])
    boxes = _boxes(output, wanted)
    coefficients = output.coefficients[:, wanted].T.astype(np.float32)
    usable = np.isfinite(boxes).all(1) & np.isfinite(coefficients).all(1)
    if not usable.all():
        stops = np.concatenate([[0], np.cumsum(usable)])[stops]
        wanted, boxes, coefficients = wanted[usable], boxes[usable], coefficients[usable]
    scores = surest[wanted]
    classes = output.scores[:, wanted].argmax(0)
    found = []
    for (start, stop), own in zip(pairwise([0, *stops.tolist()]), prototypes, strict=True):
        some = slice(start, stop)
        kept = _suppressed(boxes[some], scores[some], classes[some], selection.iou)
        kept = kept[: selection.max_detections] + start
        found.append(
            Candidates(
                boxes=boxes[kept],
                scores=scores[kept],
                classes=classes[kept].astype(np.int64),
                coefficients=np.ascontiguousarray(coefficients[kept]),
                prototypes=_contiguous(own),
            )
        )
    return found


def _surest(wanted: NDArray[np.intp], scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """Not more of them than are worth being compared with each other."""
    if len(wanted) <= MAX_BEFORE_NMS:
        return wanted
    return wanted[np.argpartition(scores[wanted], -MAX_BEFORE_NMS)[-MAX_BEFORE_NMS:]]


def _contiguous(prototypes: NDArray[np.floating]) -> NDArray[np.float32] | NDArray[np.float16]:
    """As they are where they are half as large: they travel far until somebody computes."""
    if prototypes.dtype == np.float16:
        return np.ascontiguousarray(prototypes, np.float16)
    return np.ascontiguousarray(prototypes, np.float32)


def _boxes(output: HeadOutput, wanted: NDArray[np.intp]) -> NDArray[np.float32]:
    """`(K, 4)` x0, y0, x1, y1 in model pixels of K anchors."""
    logits = output.boxes[:, wanted].astype(np.float32)
    logits = logits.reshape(4, len(logits) // 4, len(wanted))
    weights = np.exp(logits - logits.max(1, keepdims=True))
    bins = np.arange(logits.shape[1], dtype=np.float32)
    left, top, right, lower = np.einsum("sbk,b->sk", weights, bins) / weights.sum(1)
    places = _anchors(*output.size)
    indices = wanted if output.anchors is None else output.anchors[wanted]
    x, y, stride = places[:, indices]
    sides: NDArray[np.float32] = np.stack([x - left, y - top, x + right, y + lower]) * stride
    return sides.T


@lru_cache(maxsize=32)
def _anchors(width: int, height: int) -> NDArray[np.float32]:
    """`(3, A)` x and y of the anchors in strides, and their strides in model pixels."""
    levels = []
    for stride in STRIDES:
        y, x = np.mgrid[: height // stride, : width // stride].astype(np.float32) + 0.5
        levels.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride, np.float32)]))
    return np.concatenate(levels, axis=1)


def _suppressed(
    boxes: NDArray[np.float32],
    scores: NDArray[np.float32],
    classes: NDArray[np.intp],
    iou: float,
) -> NDArray[np.intp]:
    """Indices of the boxes that stay, surest first."""
    if not len(boxes):
        return np.empty(0, np.intp)
    corners = boxes.astype(np.float64)
    rectangles = np.concatenate([corners[:, :2], corners[:, 2:] - corners[:, :2]], axis=1)
    kept = cv2.dnn.NMSBoxesBatched(
        rectangles,  # type: ignore[arg-type]
        scores,  # type: ignore[arg-type]
        classes.astype(np.int32),  # type: ignore[arg-type]
        0.0,
        iou,
    )
    return np.asarray(kept, np.intp).ravel()
