"""How a model's candidates meet the labels of a person.

The window calls this on every move of the confidence slider and the batch run on every image, so
both follow one rule: what a person drew, changed or accepted stays as it is, and which other shapes
there are depends on the candidates alone. So the runs, thresholds and models of the past do not
matter, and a second run changes nothing. What a person took out stays out until the person brings
it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from msgspec import structs

from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.annotation.rejections import SAME_IOU, Rejection
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import Draft, Rules, drafted
from dynseg.inference.overlap import Outlines, outlines, overlapping_pairs

HUMAN_IOU = SAME_IOU
"""A candidate that overlaps a person's shape, or a rejected one, this much is that shape."""

Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1` in image pixels."""

SETTLED = (ImageState.REVIEWED, ImageState.SKIPPED)
"""A person is done with these images: no run proposes anything there."""


def propose(
    annotation: Annotation,
    detections: Sequence[Detection],
    *,
    model_id: str,
    run_id: str | None,
    confidence: float,
    mapping: Mapping[int, int | None],
    names: Set[int] = frozenset(),
    rejected: Mapping[str, Rejection] | None = None,
    iou: float = HUMAN_IOU,
    region: Box | None = None,
) -> Annotation:
    """Put the candidates into the document.

    Human work stays bit for bit and in its place; new proposals come on top, the surest first.
    Shapes of any model that nobody touched are replaced by the candidates with a score of at least
    `confidence`, without those that overlap human work, those that a person has rejected and those
    of classes that are mapped to None. Proposals that a person copied here stay: no model put them
    there. A reviewed or skipped image is returned as it is, and so is an image whose proposals are
    already there.

    Args:
        annotation: The document.
        detections: All candidates of the image, of any score.
        model_id: The model that found them.
        run_id: The batch run, None outside one; a proposal that is already there keeps its own.
        confidence: Lowest score of a proposal.
        mapping: Class of the model to class id of the project; None or missing drops it.
        names: Classes that a candidate may be named (`usable_names`); its name then counts.
        rejected: Shapes that a person took out, by id (`ProjectView.rejections`). Candidates of
            the same class that overlap them are left out, unless a double of theirs was left;
            those that are in the document again do not count.
        iou: From this overlap on a candidate is the same object as a shape of a person.
        region: The model has looked only here, `x0, y0, x1, y1` in image pixels: proposals with
            their middle outside stay, and what overlaps one of them is that object.

    Returns:
        The document with other proposals. The very same object when nothing changes.
    """
    if annotation.state in SETTLED:
        return annotation
    rules = Rules(model_id, confidence, dict(mapping), frozenset(names))
    draft = drafted(annotation.image_id, detections, rules)
    return with_draft(annotation, draft, run_id=run_id, rejected=rejected, iou=iou, region=region)


def with_draft(
    annotation: Annotation,
    draft: Draft,
    *,
    run_id: str | None,
    rejected: Mapping[str, Rejection] | None = None,
    iou: float = HUMAN_IOU,
    region: Box | None = None,
) -> Annotation:
    """Put what a model proposes into the document; see `propose`."""
    if annotation.state in SETTLED:
        return annotation
    beside = [
        item
        for item in annotation.instances
        if not item.is_human_work
        and (item.is_copied_proposal or (region is not None and not _has_middle(item, region)))
    ]
    chosen = _chosen(draft, annotation.instances, rejected or {}, iou, beside)
    instances = _combined(annotation.instances, chosen, beside, run_id)
    state = annotation.state
    if state is ImageState.UNLABELLED:
        state = ImageState.PRELABELLED
    if state is annotation.state and _same(instances, annotation.instances):
        return annotation
    return replace(annotation, instances=instances, state=state)


def _combined(
    instances: Sequence[Instance],
    chosen: Sequence[Instance],
    beside: Sequence[Instance],
    run_id: str | None,
) -> tuple[Instance, ...]:
    """What stays, in its place, then what is new; a proposal that is there already is kept."""
    kept = {item.id for item in beside}
    kept.update(item.id for item in instances if item.is_human_work)
    there = {item.id: item for item in instances if item.id not in kept}
    wanted: dict[str, Instance] = {}
    for item in chosen:
        old = there.get(item.id)
        if old is not None and old.class_id == item.class_id and old.score == item.score:
            wanted[item.id] = old
        else:
            wanted[item.id] = structs.replace(item, run_id=run_id)
    # What stays keeps its place: the store refuses a run that moves a person's shape.
    left = tuple(
        item if item.id in kept else wanted.pop(item.id)
        for item in instances
        if item.id in kept or item.id in wanted
    )
    return left + tuple(wanted.values())


def _chosen(
    draft: Draft,
    instances: Sequence[Instance],
    rejected: Mapping[str, Rejection],
    iou: float,
    beside: Sequence[Instance],
) -> list[Instance]:
    """The proposals that a document takes, in their order.

    A double is left out of a draft even where the better one is itself left out here, for a
    person's shape or because it was rejected: the double is then that shape as well.

    Args:
        draft: What the model proposes.
        instances: Of the document.
        rejected: Shapes that a person took out, by id.
        iou: Overlap from which on two shapes are one object.
        beside: Proposals that stay whatever the model proposes.
    """
    # A shape that a person changed keeps its id: its candidate is used up, wherever it went, also
    # when it was deleted there.
    human = [item for item in instances if item.is_human_work]
    out = rejected.keys() - {item.id for item in instances}
    taken = out | {item.id for item in (*human, *beside)}
    left = [index for index, item in enumerate(draft.proposals) if item.id not in taken]
    gone = [rejected[item_id].shape for item_id in sorted(out) if rejected[item_id].for_good]
    others = [*human, *beside]
    if not left or not (others or gone):
        return [draft.proposals[index] for index in left]
    found = draft.found or outlines([item.parts for item in draft.proposals])
    covered = {index for index, _ in _meetings(found, left, others, iou)}
    for index, place in _meetings(found, left, gone, iou):
        if draft.proposals[index].class_id == gone[place].class_id:
            covered.add(index)
    return [draft.proposals[index] for index in left if index not in covered]


def _has_middle(item: Instance, region: Box) -> bool:
    """Whether the middle of a shape lies in a region."""
    x0, y0, x1, y1 = item.bounds
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return region[0] <= x <= region[2] and region[1] <= y <= region[3]


def _meetings(
    found: Outlines, wanted: Sequence[int], shapes: Sequence[Instance], iou: float
) -> list[tuple[int, int]]:
    """Each `wanted` candidate and the place of a shape that it overlaps by at least `iou`."""
    if not wanted or not shapes:
        return []
    drawn = outlines([item.parts for item in shapes])
    first, second = overlapping_pairs(found.only(wanted), drawn, iou=iou)
    return [(wanted[a], b) for a, b in zip(first.tolist(), second.tolist(), strict=True)]


def _same(ours: Sequence[Instance], theirs: Sequence[Instance]) -> bool:
    return len(ours) == len(theirs) and all(
        one is other for one, other in zip(ours, theirs, strict=True)
    )
