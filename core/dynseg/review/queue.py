"""The images that nobody has reviewed, in the order in which it pays to look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dynseg.annotation.document import ImageState
from dynseg.errors import ProjectError
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.review.disagreement import Shape, disagreement
from dynseg.review.uncertainty import uncertainty

SETTLED = (ImageState.REVIEWED, ImageState.SKIPPED)

Read = Callable[[bytes], Iterable[tuple[float, Shape]]]
"""Score and shape of each detection in the bytes of a cached prediction; ValueError when they are
damaged."""


_MASK = (1 << 64) - 1
_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class ReviewOrder(StrEnum):
    """Orders of the queue."""

    SUGGESTED = "suggested"
    """Typical images first, later those that the model doubts; see `dynseg.review.suggestion`."""
    UNCERTAINTY = "uncertainty"
    """The proposals that the model is least sure of first."""
    DISAGREEMENT = "disagreement"
    """Where the newest other model says most else than what is there."""
    NAME = "name"
    RANDOM = "random"
    """Shuffled, the same way every time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One image of the queue.

    Attributes:
        image: What is known about it.
        value: Uncertainty or disagreement in [0, 1]; None when there is nothing to measure, and in
            the other orders.
        reason: Why it stands where it stands, in words for a person.
    """

    image: ImageRow
    value: float | None
    reason: str


def build(
    rows: Sequence[ImageRow],
    order: ReviewOrder,
    values: Mapping[int, float] | None = None,
    *,
    reasons: Mapping[int, str] | None = None,
    seed: int = 0,
) -> list[Entry]:
    """The queue: images to review, without those that cannot be shown.

    Args:
        rows: All images, in the project's order, which decides between equals.
        order: How to sort.
        values: By image id, from `uncertainties`, `disagreements` or `suggest`; images without a
            value come last.
        reasons: By image id, where they do not follow from the order and the value.
        seed: Of the random order.
    """
    waiting = [row for row in rows if row.state not in SETTLED and not row.damage]
    known = values or {}
    if order is ReviewOrder.RANDOM:
        waiting.sort(key=lambda row: shuffled(row.id, seed))
    elif order is not ReviewOrder.NAME:
        waiting.sort(key=lambda row: -known.get(row.id, -1.0))
    told = reasons or {}
    return [
        Entry(
            row,
            known.get(row.id),
            told.get(row.id) or reason(row, order, known.get(row.id)),
        )
        for row in waiting
    ]


def shuffled(image_id: int, seed: int = 0) -> int:
    """A key that sorts images at random, but always the same way.

    The mixing function of SplitMix64 (G. Steele et al., OOPSLA 2014): a few multiplications, since
    a list of 100,000 images is sorted by it.
    """
    value = (image_id * _GOLDEN + seed * _FIRST + _GOLDEN) & _MASK
    value = ((value ^ (value >> 30)) * _FIRST) & _MASK
    value = ((value ^ (value >> 27)) * _SECOND) & _MASK
    return value ^ (value >> 31)


def reason(row: ImageRow, order: ReviewOrder, value: float | None) -> str:
    """Why an image stands where it stands in the queue."""
    if order is ReviewOrder.RANDOM:
        return "drawn by lot"
    if order is ReviewOrder.NAME:
        return "in the order of names"
    if order is ReviewOrder.UNCERTAINTY:
        if value is None:
            return "no proposals that wait for a person"
        return f"{_word(value)} unsure; the least certain shape has {row.min_score or 0:.2f}"
    if order is ReviewOrder.SUGGESTED:
        return "not compared with the others yet"
    if value is None:
        return "no second opinion yet"
    return f"the other model differs {_word(value)}"


def _word(value: float) -> str:
    if value >= 2 / 3:
        return "very"
    return "somewhat" if value >= 1 / 3 else "hardly"


def uncertainties(view: ProjectView) -> dict[int, float]:
    """How unsure the model is of each image that has proposals nobody touched, by image id."""
    found = {}
    for image_id, proposals in view.proposals().items():
        value = uncertainty([score for _, score in proposals if score is not None])
        if value is not None:
            found[image_id] = value
    return found


def disagreements(
    view: ProjectView,
    rows: Iterable[ImageRow],
    read: Read,
    *,
    confidence: float,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> dict[int, float]:
    """How much the newest other opinion differs from what is there, by image id.

    The other opinion is the newest cached prediction of a model that did not make the proposals of
    the image; where only one model has looked, its prediction is compared with what people made
    of it. Images that are settled or that no model has seen are not in the answer.

    Args:
        view: The project.
        rows: The images to compare.
        read: Decodes a cached prediction.
        confidence: Detections below this score are no opinion.
        report: Told about every image.
        cancel: Stops between images.

    Raises:
        CancelledError: `cancel` was set.
    """
    waiting = [row for row in rows if row.state not in SETTLED and not row.damage]
    meter = Meter("Comparing opinions", len(waiting), report)
    found = {}
    for row in waiting:
        if cancel is not None:
            cancel.check()
        value = _of_image(view, row.id, read, confidence)
        if value is not None:
            found[row.id] = value
        meter.advance()
    return found


def _of_image(view: ProjectView, image_id: int, read: Read, confidence: float) -> float | None:
    opinions = view.newest_predictions(image_id)
    if not opinions:
        return None
    try:
        annotation = view.annotation(image_id)
    except ProjectError:
        return None  # damaged rows are `dynseg check`'s business; the queue goes on without
    makers = {item.model_id for item in annotation.instances if not item.is_human_work}
    other = next((data for model, data in opinions if model not in makers), None)
    if other is None and makers and all(not i.is_human_work for i in annotation.instances):
        return None  # what is there is this opinion
    if (
        len(opinions) == 1
        and not annotation.instances
        and annotation.state is ImageState.PRELABELLED
    ):
        return None  # this one found nothing, and nobody has said otherwise
    try:
        said = [shape for score, shape in read(other or opinions[0][1]) if score >= confidence]
    except ValueError:
        return None  # a damaged cache: the model can look again
    return disagreement([item.parts for item in annotation.instances], said)
