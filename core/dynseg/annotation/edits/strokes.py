"""Edits by one stroke: brush, sweep-eraser, redrawing, splitting, holes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence

from msgspec import structs

from dynseg.annotation.document import Annotation, Instance, new_id
from dynseg.annotation.edits.base import (
    Edit,
    EditError,
    by_person,
    changed_by_person,
    inside,
    require,
    with_changed,
)
from dynseg.geometry import contour
from dynseg.geometry.combine import Points, subtracted
from dynseg.geometry.part import Part
from dynseg.geometry.stroke import Stroke, erased, painted


def paint(instance_id: str, stroke: Stroke) -> Edit:
    """Add a brush stroke to a shape."""

    def edit(annotation: Annotation) -> Annotation:
        def change(item: Instance) -> Instance:
            size = {"width": annotation.width, "height": annotation.height}
            return with_parts(item, painted(item.parts, stroke, **size), annotation)

        return with_changed(annotation, {instance_id}, change)

    return edit


def erase(instance_ids: Iterable[str], stroke: Stroke) -> Edit:
    """Take a brush stroke away from shapes; a shape of which nothing is left is deleted."""
    return without(instance_ids, lambda parts: erased(parts, stroke))


def cut_hole(instance_ids: Iterable[str], hole: Sequence[Part]) -> Edit:
    """Take a drawn region away from shapes.

    The edit raises:
        EditError: it would leave nothing of one of them, or touches none.
    """
    ids = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        before = {item.id: item for item in annotation.instances if item.id in ids}
        after = {i: subtracted(item.parts, [hole]) for i, item in before.items()}
        if any(not parts for parts in after.values()):
            raise EditError("The hole would leave nothing of the shape.")
        if all(same_parts(before[i].parts, parts) for i, parts in after.items()):
            raise EditError("The hole lies outside of the selected shape.")
        return with_changed(
            annotation, ids, lambda item: with_parts(item, after[item.id], annotation)
        )

    return edit


def sweep(instance_ids: Iterable[str], way: Points, radius_px: float) -> Edit:
    """Delete the vertices of shapes that a sweep came near to; see `contour.swept`."""
    ids = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        def change(item: Instance) -> Instance:
            parts = tuple(contour.swept(part, way, radius_px) for part in item.parts)
            return with_parts(item, parts, annotation)

        return with_changed(annotation, ids, change)

    return edit


def redraw(
    instance_id: str, part: int, ring: int, vertex: int, stroke: Points, *, snap_px: float
) -> Edit:
    """Draw the stretch from a vertex to where a stroke ends anew; see `contour.redrawn`.

    The edit raises:
        EditError: the outline would cross itself.
    """

    def edit(annotation: Annotation) -> Annotation:
        def change(item: Instance) -> Instance:
            if part >= len(item.parts) or ring >= len(item.parts[part].rings):
                raise EditError("This piece of the shape is no longer there.")
            if vertex >= len(item.parts[part].rings[ring]):
                raise EditError("The vertex is no longer there.")
            made = contour.redrawn(item.parts[part], ring, vertex, stroke, snap_px=snap_px)
            if made is None:
                raise EditError("The outline would cross itself.")
            parts = (*item.parts[:part], made, *item.parts[part + 1 :])
            return with_parts(item, parts, annotation)

        return with_changed(annotation, {instance_id}, change)

    return edit


def split(instance_ids: Iterable[str], line: Points) -> Edit:
    """Cut shapes along a line; the largest piece stays the shape, the others become new ones.

    The edit raises:
        EditError: the line does not cut through any of them.
    """
    ids = frozenset(instance_ids)
    seed = uuid.UUID(new_id())

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        instances: list[Instance] = []
        for item in annotation.instances:
            pieces = contour.split(item.parts, line) if item.id in ids else [item.parts]
            if len(pieces) == 1:
                instances.append(item)
                continue
            changed = with_parts(item, pieces[0], annotation)
            instances.append(changed)
            instances += [
                # from the gesture and the shape: making the edit again gives the same ids
                structs.replace(
                    changed, parts=parts, id=uuid.uuid5(seed, f"{item.id} {number}").hex
                )
                for number, parts in enumerate(pieces[1:])
            ]
        if len(instances) == len(annotation.instances):
            raise EditError("The line does not cut through a shape.", "Draw it from side to side.")
        return by_person(annotation, tuple(instances))

    return edit


def without(
    instance_ids: Iterable[str], cut: Callable[[tuple[Part, ...]], tuple[Part, ...]]
) -> Edit:
    """Take something away from shapes; a shape of which `cut` leaves nothing is deleted."""
    ids = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        instances = []
        for item in annotation.instances:
            parts = cut(item.parts) if item.id in ids else item.parts
            if parts:
                instances.append(with_parts(item, parts, annotation) if item.id in ids else item)
        return by_person(annotation, tuple(instances))

    return edit


def with_parts(item: Instance, parts: Sequence[Part], annotation: Annotation) -> Instance:
    """The shape with another geometry; itself when that is the same."""
    made = inside(parts, annotation)
    return item if same_parts(item.parts, made) else changed_by_person(item, parts=made)


def same_parts(ours: Sequence[Part], theirs: Sequence[Part]) -> bool:
    """Whether both are the same rings in the same order."""
    return len(ours) == len(theirs) and all(
        a is b or a == b for a, b in zip(ours, theirs, strict=True)
    )
