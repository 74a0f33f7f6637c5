"""Shapes of a source beside those that an image has already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.class_names import ClassPlan
from dynseg.formats.incoming.doubles import CoverIndex, ShapeIndex
from dynseg.formats.incoming.reading import Shape

SUPERSEDED_IOU = 0.5
"""A proposal that nobody touched gives way to an imported shape that overlaps it so much, and an
imported proposal to the work of a person."""

How = Literal["work", "reviewed", "proposals"]
"""What imported shapes are: work to look at, work that is vouched for, or proposals."""
HOWS: tuple[How, ...] = get_args(How)


@dataclass(slots=True)
class Merged:
    """What an image becomes.

    Attributes:
        after: The annotation with the new shapes; the same object when nothing changes.
        added: The shapes that are new.
        repaired: Doubles that were left out.
        refused: Shapes without a class, and those that only mark something.
        duplicates: How many of the doubles are in the project already.
        ignored: How many shapes have a class that was to be left out.
        superseded: How many proposals that nobody touched give way.
    """

    after: Annotation
    added: list[Shape] = field(default_factory=list)
    repaired: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    duplicates: int = 0
    ignored: int = 0
    superseded: int = 0

    def drop(self, rel: str, shape: Shape, reason: str) -> None:
        """Note a shape that is left out because it is there already."""
        place = shape.place
        self.repaired.append(Finding(rel, place.line, f"{reason}; dropped", place.item))


def merge(
    rel: str,
    shapes: Sequence[Shape],
    before: Annotation,
    classes: ClassPlan,
    *,
    how: How,
    complete: bool = True,
) -> Merged:
    """Add shapes to an annotation.

    Args:
        rel: File of the shapes, for findings.
        shapes: What was read, image pixels.
        before: What the project has.
        classes: What the labels of the shapes mean.
        how: What the shapes become.
        complete: Whether `shapes` are all of the source: an image becomes reviewed with all of its
            shapes alone.
    """
    proposed = how == "proposals"
    origin = Origin.MODEL if proposed else Origin.HUMAN
    work = [item for item in before.instances if item.is_human_work]
    known = ShapeIndex(before.instances if proposed else work)
    earlier = ShapeIndex()
    covered = CoverIndex(work if proposed else ())
    merged = Merged(before)
    fresh: list[Instance] = []
    for shape in shapes:
        place = shape.place
        if mark := classes.mark_of(shape.label):
            merged.refused.append(Finding(rel, place.line, mark, place.item))
            continue
        if classes.ignores(shape.label):
            merged.ignored += 1
            continue
        class_id = classes.id_of(shape.label)
        if class_id is None:
            reason = "has no class, and the source has several"
            merged.refused.append(Finding(rel, place.line, reason, place.item))
            continue
        instance = Instance(class_id, shape.parts, origin)
        if known.has(instance):
            merged.duplicates += 1
            merged.drop(rel, shape, "is in the project already")
        elif earlier.has(instance):
            merged.drop(rel, shape, "is the same shape as an earlier one")
        elif covered.has(instance, iou=SUPERSEDED_IOU):
            merged.duplicates += 1
            merged.drop(rel, shape, "is there already as the work of a person")
        else:
            fresh.append(instance)
            merged.added.append(shape)
            earlier.add(instance)
    reviewed = how == "reviewed" and complete and not merged.refused
    state = _state(before, how, reviewed=reviewed, changed=bool(fresh))
    merged.after = _combined(before, fresh, state, alone=reviewed)
    merged.superseded = len(before.instances) + len(fresh) - len(merged.after.instances)
    return merged


def _state(before: Annotation, how: How, *, reviewed: bool, changed: bool) -> ImageState:
    """How far the work on the image is then."""
    if reviewed:
        return ImageState.REVIEWED
    if not changed:
        return before.state
    if how != "proposals":
        return ImageState.IN_WORK
    untouched = before.state is ImageState.UNLABELLED
    return ImageState.PRELABELLED if untouched else before.state


def _combined(
    before: Annotation, fresh: Sequence[Instance], state: ImageState, *, alone: bool
) -> Annotation:
    """The new shapes beside the old ones; `alone`, proposals that nobody touched give way."""
    news = CoverIndex(fresh)
    kept = [
        instance
        for instance in before.instances
        if instance.is_human_work or not (alone or news.has(instance, iou=SUPERSEDED_IOU))
    ]
    if not fresh and len(kept) == len(before.instances) and state is before.state:
        return before
    return replace(before, instances=(*kept, *fresh), state=state)
