"""Shapes of a source beside those that an image has already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.formats.class_names import ClassPlan
from dynseg.formats.doubles import ShapeIndex
from dynseg.formats.finding import Finding
from dynseg.formats.reading import Shape
from dynseg.geometry import polygon

SUPERSEDED_IOU = 0.5
"""A proposal that nobody touched gives way to an imported shape that overlaps it so much."""


@dataclass(slots=True)
class Merged:
    """What an image becomes.

    Attributes:
        after: The annotation with the new shapes; the same object when nothing changes.
        added: The shapes that are new.
        repaired: Doubles that were left out.
        refused: Shapes without a class.
        duplicates: How many of the doubles are in the project already.
    """

    after: Annotation
    added: list[Shape] = field(default_factory=list)
    repaired: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    duplicates: int = 0


def merge(
    rel: str,
    shapes: Sequence[Shape],
    before: Annotation,
    classes: ClassPlan,
    *,
    reviewed: bool,
) -> Merged:
    """Add shapes to an annotation.

    Args:
        rel: File of the shapes, for findings.
        shapes: What was read, image pixels.
        before: What the project has.
        classes: What the labels of the shapes mean.
        reviewed: Whether the image becomes reviewed, when every shape can be used.
    """
    known = ShapeIndex(instance for instance in before.instances if instance.is_human_work)
    earlier = ShapeIndex()
    merged = Merged(before)
    fresh: list[Instance] = []
    for shape in shapes:
        place = shape.place
        class_id = classes.id_of(shape.label)
        if class_id is None:
            reason = "has no class, and the source has several"
            merged.refused.append(Finding(rel, place.line, reason, place.item))
            continue
        instance = Instance(class_id, shape.parts, Origin.HUMAN)
        if known.has(instance):
            merged.duplicates += 1
            reason = "is in the project already; dropped"
            merged.repaired.append(Finding(rel, place.line, reason, place.item))
        elif earlier.has(instance):
            reason = "is the same shape as an earlier one; dropped"
            merged.repaired.append(Finding(rel, place.line, reason, place.item))
        else:
            fresh.append(instance)
            merged.added.append(shape)
            earlier.add(instance)
    merged.after = _combined(before, fresh, reviewed=reviewed and not merged.refused)
    return merged


def _combined(before: Annotation, fresh: Sequence[Instance], *, reviewed: bool) -> Annotation:
    kept = [
        instance
        for instance in before.instances
        if instance.is_human_work
        or not (reviewed or any(_overlap(instance, new) >= SUPERSEDED_IOU for new in fresh))
    ]
    state = before.state
    if reviewed:
        state = ImageState.REVIEWED
    elif fresh:
        state = ImageState.IN_WORK
    if not fresh and len(kept) == len(before.instances) and state is before.state:
        return before
    return replace(before, instances=(*kept, *fresh), state=state)


def _overlap(a: Instance, b: Instance) -> float:
    ax0, ay0, ax1, ay1 = a.bounds
    bx0, by0, bx1, by1 = b.bounds
    if ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0:
        return 0.0
    return polygon.iou(a.parts, b.parts)
