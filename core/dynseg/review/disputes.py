"""Reviewed shapes that a model which never saw them disputes: likely errors of labels.

The idea is confident learning (C. Northcutt et al., "Confident Learning", JAIR 2021): a model's
objection to a label counts as much as the model has been right about that class elsewhere. Kept in
a file of the project; free of torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from dynseg.annotation.document import ImageState
from dynseg.files import write_atomic
from dynseg.geometry.boxes import box_iou
from dynseg.project.layout import ProjectLayout
from dynseg.project.view import ProjectView

FOUND = 0.5
"""Overlap (IoU) from which on a detection and a shape are the same object."""
NEAR = 0.3
"""A detection that overlaps a shape by more is about it, however poorly."""
SEEN = 0.25
"""A detection with a lower score is no object, but it speaks for a shape that is there."""
POOR = 0.8
"""A found shape that overlaps less has a disputed outline."""
LEAST = 0.2
"""Disputes of less weight are not worth a look."""


SIZE_STEP, SIZE_SPREAD, SIZES = 0.25, 0.5, 100
"""Sizes are told apart by the logarithm of the area of the box, in steps; those that differ by the
spread count less than full for each other."""


class Kind(StrEnum):
    """What is disputed."""

    NOTHING_THERE = "nothing-there"
    OTHER_CLASS = "other-class"
    OUTLINE = "outline"
    MISSING = "missing"


class Dispute(msgspec.Struct, frozen=True):
    """One objection.

    Attributes:
        image_id: The image.
        revision: Of its annotation when it was looked at: a later one settles the matter.
        kind: What is disputed.
        value: Weight in [0, 1].
        box: `x0, y0, x1, y1` where, image pixels.
        instance_id: The shape; empty for one that is missing.
        says: Name of the class that the model sees there; empty when it sees nothing.
        overlap: Of the shape with what the model sees, 0 to 1.
    """

    image_id: int
    revision: int
    kind: Kind
    value: float
    box: tuple[float, float, float, float]
    instance_id: str = ""
    says: str = ""
    overlap: float = 0.0

    @property
    def reason(self) -> str:
        """A clause for a person."""
        match self.kind:
            case Kind.NOTHING_THERE:
                return "the model sees nothing like it there"
            case Kind.OTHER_CLASS:
                return f"the model takes it for {self.says}"
            case Kind.OUTLINE:
                return f"the model outlines it otherwise, overlap {self.overlap:.0%}"
            case Kind.MISSING:
                return f"no shape where the model sees {self.says}"


class Verdicts(msgspec.Struct, frozen=True):
    """What a search has found.

    Attributes:
        disputes: The weightiest first.
        quality: Mean panoptic quality of the networks on the images that they never saw: what the
            labels of this project teach, by cross-validation, 0 to 1.
        images: Images that were judged.
    """

    disputes: list[Dispute]
    quality: float
    images: int


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What a model that never saw an image says about it, against its labels.

    Attributes:
        image_id, revision: Of the annotation.
        instance_ids: Of its n shapes.
        boxes: Of these, image pixels.
        labels: `(n,)` their class indices.
        found_boxes: Of the m detections.
        found_labels: `(m,)` their class indices.
        scores: `(m,)` their scores; faint ones, below `SEEN`, are among them.
        overlaps: `(m, n)` IoU of detections and shapes.
    """

    image_id: int
    revision: int
    instance_ids: Sequence[str]
    boxes: Sequence[tuple[float, float, float, float]]
    labels: NDArray[np.int64]
    found_boxes: Sequence[tuple[float, float, float, float]]
    found_labels: NDArray[np.int64]
    scores: NDArray[np.float64]
    overlaps: NDArray[np.float64]


def judge(opinions: Sequence[Opinion], classes: Sequence[str]) -> list[Dispute]:
    """The disputes of all images, the weightiest first.

    A shape that was not found counts as much as other shapes of its class and size were found, and
    less the more the model suspects something there; a detection without a shape as much as other
    detections of its class and size had one. A model that knows nothing of a class, or overlooks
    small objects, has no say in them.
    """
    found_share, right_share = _credit(opinions, len(classes))
    disputes = [
        dispute
        for opinion in opinions
        for dispute in (
            *_of_shapes(opinion, classes, found_share),
            *_of_detections(opinion, classes, right_share),
        )
        if dispute.value >= LEAST
    ]
    return sorted(disputes, key=lambda dispute: -dispute.value)


class _Share:
    """Share of what has a class and a size that turned out well, with one more that did not.

    So what was seen once earns no full credit.
    """

    def __init__(self, classes: int) -> None:
        self._all, self._well = np.zeros((2, classes, SIZES))

    def add(
        self, labels: NDArray[np.int64], sizes: NDArray[np.intp], well: NDArray[np.bool_]
    ) -> None:
        """Count some more."""
        np.add.at(self._all, (labels, sizes), 1)
        np.add.at(self._well, (labels, sizes), well)

    def table(self) -> NDArray[np.float64]:
        """`(classes, SIZES)` shares, each taken over the sizes near it."""
        steps = np.arange(SIZES)
        distance = (steps[:, None] - steps) * SIZE_STEP / SIZE_SPREAD
        near = np.exp(-(distance**2) / 2)
        result: NDArray[np.float64] = (self._well @ near) / (self._all @ near + 1)
        return result


def _credit(
    opinions: Sequence[Opinion], classes: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`(classes, SIZES)` each: share of the shapes that were found; of sure finds with a shape."""
    found, right = _Share(classes), _Share(classes)
    for opinion in opinions:
        same = opinion.found_labels[:, None] == opinion.labels[None]
        hit = (opinion.overlaps >= FOUND) & same
        sure = opinion.scores >= FOUND
        found.add(opinion.labels, _sizes(opinion.boxes), hit[sure].any(0))
        of_found = _sizes(opinion.found_boxes)[sure]
        right.add(opinion.found_labels[sure], of_found, hit[sure].any(1))
    return found.table(), right.table()


def _sizes(boxes: Sequence[tuple[float, float, float, float]]) -> NDArray[np.intp]:
    """Steps of size of boxes."""
    corners = np.array(boxes, np.float64).reshape(-1, 4)
    areas = np.prod(corners[:, 2:] - corners[:, :2], axis=1)
    steps: NDArray[np.float64] = np.log(np.maximum(areas, 1.0)) / SIZE_STEP
    result: NDArray[np.intp] = np.minimum(steps, SIZES - 1).astype(np.intp)
    return result


def _of_shapes(
    opinion: Opinion, classes: Sequence[str], credit: NDArray[np.float64]
) -> Iterable[Dispute]:
    seen = opinion.scores >= SEEN
    weights = credit[opinion.labels, _sizes(opinion.boxes)].tolist()
    for at, (label, weight) in enumerate(zip(opinion.labels.tolist(), weights, strict=True)):
        overlaps = opinion.overlaps[:, at] * seen
        same = opinion.found_labels == label
        own = overlaps * same
        agreed = float((opinion.scores * (own >= FOUND)).max(initial=0.0))
        others = opinion.scores * ((overlaps >= FOUND) & ~same)
        nothing = Dispute(
            opinion.image_id, opinion.revision, Kind.NOTHING_THERE, weight,
            opinion.boxes[at], opinion.instance_ids[at],
        )  # fmt: skip
        if len(others) and others.max() > agreed:
            best = int(others.argmax())
            yield replace(
                nothing,
                kind=Kind.OTHER_CLASS,
                value=weight * float(others[best] - agreed),
                says=classes[int(opinion.found_labels[best])],
                overlap=float(overlaps[best]),
            )
        elif overlaps.max(initial=0.0) < NEAR:
            faint = opinion.scores * (opinion.overlaps[:, at] >= NEAR)
            yield replace(nothing, value=weight * (1 - float(faint.max(initial=0.0)) / SEEN))
        elif agreed >= FOUND and own.max() < POOR:
            best = int(own.argmax())
            yield replace(
                nothing,
                kind=Kind.OUTLINE,
                value=weight * float(opinion.scores[best] * (1 - own[best])),
                says=classes[label],
                overlap=float(own[best]),
            )


def _of_detections(
    opinion: Opinion, classes: Sequence[str], credit: NDArray[np.float64]
) -> Iterable[Dispute]:
    weights = credit[opinion.found_labels, _sizes(opinion.found_boxes)] * opinion.scores
    alone = (opinion.scores >= FOUND) & (opinion.overlaps.max(1, initial=0.0) < NEAR)
    boxes = np.array(opinion.found_boxes, np.float64).reshape(-1, 4)
    told: list[int] = []
    for at in np.argsort(-weights, kind="stable").tolist():
        # What is seen as two classes is one object that is missing.
        if alone[at] and not (box_iou(boxes[at], boxes[told]) >= FOUND).any():
            told.append(at)
            yield Dispute(
                opinion.image_id, opinion.revision, Kind.MISSING,
                float(weights[at]), opinion.found_boxes[at],
                says=classes[int(opinion.found_labels[at])],
            )  # fmt: skip


def save(layout: ProjectLayout, found: Verdicts) -> None:
    """Keep what was found.

    Raises:
        OSError: the disk is full; what was kept before stays.
    """
    write_atomic(_path(layout), msgspec.json.encode(found))


def open_disputes(view: ProjectView) -> Verdicts | None:
    """What was found and is not settled; None when nobody has looked yet.

    A dispute is settled when its image was changed, or reviewed anew, since.
    """
    try:
        found = msgspec.json.decode(_path(view.layout).read_bytes(), type=Verdicts)
    except (OSError, msgspec.MsgspecError):
        return None
    revisions = {row.id: row.revision for row in view.images_in_state(ImageState.REVIEWED)}
    still = [item for item in found.disputes if revisions.get(item.image_id) == item.revision]
    return replace(found, disputes=still)


def _path(layout: ProjectLayout) -> Path:
    return layout.folder / "disputes.json"
