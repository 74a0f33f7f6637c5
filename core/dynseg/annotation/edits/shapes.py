"""Edits of whole shapes: add, remove, move, relabel, accept, order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from msgspec import structs

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.annotation.edits.base import (
    Edit,
    EditError,
    all_inside,
    by_person,
    changed_by_person,
    inside,
    require,
    same,
    with_changed,
)
from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part, moved


def add(instance: Instance) -> Edit:
    """Put a shape on top of the others.

    The edit raises:
        EditError: a shape with this id exists, or it has no part.
    """
    return add_many([instance])


def add_many(instances: Sequence[Instance]) -> Edit:
    """Put shapes on top of the others, the last one topmost.

    The edit raises:
        EditError: a shape with one of these ids exists, or one has no part.
    """

    def edit(annotation: Annotation) -> Annotation:
        known = {item.id for item in annotation.instances}
        if not known.isdisjoint(item.id for item in instances):
            raise EditError("This shape is already in the image.")
        placed = all_inside([item.parts for item in instances], annotation)
        added = [
            item if parts is item.parts else structs.replace(item, parts=parts)
            for item, parts in zip(instances, placed, strict=True)
        ]
        return by_person(annotation, (*annotation.instances, *added))

    return edit


def remove(instance_ids: Iterable[str]) -> Edit:
    """Delete shapes.

    The edit raises:
        EditError: one of them does not exist.
    """
    wanted = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, wanted)
        kept = tuple(item for item in annotation.instances if item.id not in wanted)
        return by_person(annotation, kept)

    return edit


def translate(instance_ids: Iterable[str], dx: float, dy: float) -> Edit:
    """Move shapes together by (dx, dy) image pixels, at most to the border of the image."""
    wanted = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, wanted)
        items = [item for item in annotation.instances if item.id in wanted]
        if not items:
            return annotation
        boxes = boxes_of([item.parts for item in items])
        x0, y0 = np.nanmin(boxes[:, :2], axis=0).tolist()
        x1, y1 = np.nanmax(boxes[:, 2:], axis=0).tolist()
        right = min(max(dx, -x0), annotation.width - x1)
        down = min(max(dy, -y0), annotation.height - y1)
        if not (right or down):
            return annotation
        rest = iter(moved([part for item in items for part in item.parts], right, down))
        shapes = [tuple(islice(rest, len(item.parts))) for item in items]
        placed = all_inside(shapes, annotation)
        parts = {item.id: own for item, own in zip(items, placed, strict=True)}
        return with_changed(
            annotation, wanted, lambda item: changed_by_person(item, parts=parts[item.id])
        )

    return edit


def relabel(instance_ids: Iterable[str], class_id: int) -> Edit:
    """Give shapes a class; a proposal that has it already is accepted: a person named it."""
    wanted = frozenset(instance_ids)

    def change(item: Instance) -> Instance:
        if item.class_id == class_id:
            return _accepted(item)
        return changed_by_person(item, class_id=class_id)

    def edit(annotation: Annotation) -> Annotation:
        return with_changed(annotation, wanted, change)

    return edit


def replace_parts(instance_id: str, parts: Sequence[Part]) -> Edit:
    """Give a shape another geometry.

    The edit raises:
        EditError: there is no part.
    """
    given = tuple(parts)

    def edit(annotation: Annotation) -> Annotation:
        parts = inside(given, annotation)

        def change(item: Instance) -> Instance:
            return item if item.parts == parts else changed_by_person(item, parts=parts)

        return with_changed(annotation, {instance_id}, change)

    return edit


def accept(instance_ids: Iterable[str]) -> Edit:
    """Keep a model's shapes as they are: from now on they count as a person's work."""
    wanted = frozenset(instance_ids)
    return lambda annotation: with_changed(annotation, wanted, _accepted)


def accept_all() -> Edit:
    """Accept every shape and mark the image reviewed."""

    def edit(annotation: Annotation) -> Annotation:
        instances = tuple(map(_accepted, annotation.instances))
        if annotation.state is ImageState.REVIEWED and same(instances, annotation.instances):
            return annotation
        return replace(annotation, instances=instances, state=ImageState.REVIEWED)

    return edit


def set_state(state: ImageState) -> Edit:
    """Set how far the work on the image is."""
    return lambda annotation: (
        annotation if annotation.state is state else replace(annotation, state=state)
    )


def reopen() -> Edit:
    """Put a reviewed or skipped image back to work: in the state that its shapes speak for."""

    def edit(annotation: Annotation) -> Annotation:
        if annotation.state not in (ImageState.REVIEWED, ImageState.SKIPPED):
            return annotation
        state = ImageState.UNLABELLED
        if annotation.instances:
            mine = any(item.is_human_work for item in annotation.instances)
            state = ImageState.IN_WORK if mine else ImageState.PRELABELLED
        return replace(annotation, state=state)

    return edit


def reorder(instance_id: str, index: int) -> Edit:
    """Put a shape at position `index`, 0 is the bottom; too large means the top."""

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, {instance_id})
        item = annotation.instance(instance_id)
        others = [other for other in annotation.instances if other is not item]
        others.insert(max(index, 0), item)
        return by_person(annotation, tuple(others))

    return edit


def replace_all(instances: Iterable[Instance]) -> Edit:
    """Replace every shape of the image."""
    given = tuple(instances)

    def edit(annotation: Annotation) -> Annotation:
        placed = (structs.replace(item, parts=inside(item.parts, annotation)) for item in given)
        return by_person(annotation, tuple(placed))

    return edit


def _accepted(item: Instance) -> Instance:
    if item.origin is not Origin.MODEL or item.accepted:
        return item
    return structs.replace(item, accepted=True)
