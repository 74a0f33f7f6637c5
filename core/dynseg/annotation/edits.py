"""Edits a person makes: factories of pure functions `Annotation -> Annotation`.

What holds for all of them:

- points are clipped to the image; a shape that is moved stops at the border and keeps its form;
- a model's shape whose geometry or class a person changes becomes `Origin.EDITED`;
- the first edit of an image that nobody has worked on sets `ImageState.IN_WORK`;
- an edit that changes nothing returns the very same annotation;
- an edit that cannot be made raises `EditError` and leaves nothing behind.

Rings of a part are numbered: 0 is the outer ring, 1 the first hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part, Ring, ring

Edit = Callable[[Annotation], Annotation]
"""A pure function from one document to the next."""

_UNTOUCHED = (ImageState.UNLABELLED, ImageState.PRELABELLED)
_MIN_POINTS = 3


class EditError(DynsegError):
    """An edit that cannot be made; the document is unchanged."""


def add(instance: Instance) -> Edit:
    """Put a shape on top of the others.

    The edit raises:
        EditError: a shape with this id exists, or it has no part.
    """

    def edit(annotation: Annotation) -> Annotation:
        if any(item.id == instance.id for item in annotation.instances):
            raise EditError("This shape is already in the image.")
        inside = replace(instance, parts=_inside(instance.parts, annotation))
        return _by_person(annotation, (*annotation.instances, inside))

    return edit


def remove(instance_ids: Iterable[str]) -> Edit:
    """Delete shapes.

    The edit raises:
        EditError: one of them does not exist.
    """
    wanted = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        _require(annotation, wanted)
        kept = tuple(item for item in annotation.instances if item.id not in wanted)
        return _by_person(annotation, kept)

    return edit


def move_vertex(instance_id: str, part: int, ring: int, vertex: int, x: float, y: float) -> Edit:
    """Put one vertex at (x, y), image pixels."""

    def change(points: Ring) -> np.ndarray:
        _require_vertex(points, vertex)
        moved = points.copy()
        moved[vertex] = (x, y)
        return moved

    return _ring_edit(instance_id, part, ring, change)


def insert_vertex(instance_id: str, part: int, ring: int, after: int, x: float, y: float) -> Edit:
    """Add a vertex at (x, y), image pixels, behind the vertex with index `after`."""

    def change(points: Ring) -> np.ndarray:
        _require_vertex(points, after)
        return np.insert(points, after + 1, (x, y), axis=0)

    return _ring_edit(instance_id, part, ring, change)


def delete_vertex(instance_id: str, part: int, ring: int, vertex: int) -> Edit:
    """Take one vertex away.

    The edit raises:
        EditError: the ring has three points only, which is the fewest a shape can have.
    """

    def change(points: Ring) -> np.ndarray:
        _require_vertex(points, vertex)
        if len(points) <= _MIN_POINTS:
            raise EditError(
                "A shape needs at least three points.", "Delete the whole shape instead."
            )
        return np.delete(points, vertex, axis=0)

    return _ring_edit(instance_id, part, ring, change)


def translate(instance_ids: Iterable[str], dx: float, dy: float) -> Edit:
    """Move shapes together by (dx, dy) image pixels, at most to the border of the image."""
    wanted = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        _require(annotation, wanted)
        boxes = [item.bounds for item in annotation.instances if item.id in wanted]
        if not boxes:
            return annotation
        x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
        shift = np.array(
            [
                min(max(dx, -x0), annotation.width - x1),
                min(max(dy, -y0), annotation.height - y1),
            ]
        )
        if not shift.any():
            return annotation

        def moved(item: Instance) -> Instance:
            parts = tuple(
                Part(ring(part.outer + shift), tuple(ring(hole + shift) for hole in part.holes))
                for part in item.parts
            )
            return _changed_by_person(item, parts=_inside(parts, annotation))

        return _with_changed(annotation, wanted, moved)

    return edit


def relabel(instance_ids: Iterable[str], class_id: int) -> Edit:
    """Give shapes another class."""
    wanted = frozenset(instance_ids)

    def change(item: Instance) -> Instance:
        if item.class_id == class_id:
            return item
        return _changed_by_person(item, class_id=class_id)

    def edit(annotation: Annotation) -> Annotation:
        return _with_changed(annotation, wanted, change)

    return edit


def replace_parts(instance_id: str, parts: Sequence[Part]) -> Edit:
    """Give a shape another geometry.

    The edit raises:
        EditError: there is no part.
    """
    given = tuple(parts)

    def edit(annotation: Annotation) -> Annotation:
        inside = _inside(given, annotation)

        def change(item: Instance) -> Instance:
            return item if item.parts == inside else _changed_by_person(item, parts=inside)

        return _with_changed(annotation, {instance_id}, change)

    return edit


def accept(instance_ids: Iterable[str]) -> Edit:
    """Keep a model's shapes as they are: from now on they count as a person's work."""
    wanted = frozenset(instance_ids)
    return lambda annotation: _with_changed(annotation, wanted, _accepted)


def accept_all() -> Edit:
    """Accept every shape and mark the image reviewed."""

    def edit(annotation: Annotation) -> Annotation:
        instances = tuple(map(_accepted, annotation.instances))
        if annotation.state is ImageState.REVIEWED and _same(instances, annotation.instances):
            return annotation
        return replace(annotation, instances=instances, state=ImageState.REVIEWED)

    return edit


def set_state(state: ImageState) -> Edit:
    """Set how far the work on the image is."""
    return lambda annotation: (
        annotation if annotation.state is state else replace(annotation, state=state)
    )


def reorder(instance_id: str, index: int) -> Edit:
    """Put a shape at position `index`, 0 is the bottom; too large means the top."""

    def edit(annotation: Annotation) -> Annotation:
        _require(annotation, {instance_id})
        item = annotation.instance(instance_id)
        others = [other for other in annotation.instances if other is not item]
        others.insert(max(index, 0), item)
        return _by_person(annotation, tuple(others))

    return edit


def replace_all(instances: Iterable[Instance]) -> Edit:
    """Replace every shape of the image."""
    given = tuple(instances)

    def edit(annotation: Annotation) -> Annotation:
        inside = (replace(item, parts=_inside(item.parts, annotation)) for item in given)
        return _by_person(annotation, tuple(inside))

    return edit


def _accepted(item: Instance) -> Instance:
    if item.origin is not Origin.MODEL or item.accepted:
        return item
    return replace(item, accepted=True)


def _changed_by_person(
    item: Instance, *, parts: tuple[Part, ...] | None = None, class_id: int | None = None
) -> Instance:
    """The shape with a person's change; the model's name and score stay as its history."""
    was_proposal = item.origin is Origin.MODEL
    return replace(
        item,
        parts=item.parts if parts is None else parts,
        class_id=item.class_id if class_id is None else class_id,
        origin=Origin.EDITED if was_proposal else item.origin,
        accepted=False if was_proposal else item.accepted,
    )


def _by_person(annotation: Annotation, instances: tuple[Instance, ...]) -> Annotation:
    if _same(instances, annotation.instances):
        return annotation
    state = ImageState.IN_WORK if annotation.state in _UNTOUCHED else annotation.state
    return replace(annotation, instances=instances, state=state)


def _same(ours: tuple[Instance, ...], theirs: tuple[Instance, ...]) -> bool:
    return len(ours) == len(theirs) and all(map(_is, ours, theirs))


def _is(one: object, other: object) -> bool:
    return one is other


def _with_changed(
    annotation: Annotation,
    wanted: Iterable[str],
    change: Callable[[Instance], Instance],
) -> Annotation:
    ids = frozenset(wanted)
    _require(annotation, ids)
    instances = tuple(change(item) if item.id in ids else item for item in annotation.instances)
    return _by_person(annotation, instances)


def _require(annotation: Annotation, wanted: Iterable[str]) -> None:
    if not frozenset(wanted) <= {item.id for item in annotation.instances}:
        raise EditError("The shape is no longer in the image.")


def _require_vertex(points: Ring, vertex: int) -> None:
    if not 0 <= vertex < len(points):
        raise EditError("The vertex is no longer there.")


def _ring_edit(
    instance_id: str, part: int, ring_index: int, change: Callable[[Ring], np.ndarray]
) -> Edit:
    """An edit of one ring; `change` gets `(N, 2)` points and returns others."""

    def edit(annotation: Annotation) -> Annotation:
        limits = (annotation.width, annotation.height)

        def changed(item: Instance) -> Instance:
            if not 0 <= part < len(item.parts) or not (
                0 <= ring_index < len(item.parts[part].rings)
            ):
                raise EditError("This piece of the shape is no longer there.")
            old = item.parts[part].rings
            points = change(old[ring_index])
            if not np.isfinite(points).all():
                raise EditError("A point has no finite position.")
            points = ring(np.clip(points, 0.0, limits))
            if np.array_equal(points, old[ring_index]):
                return item
            rings = (*old[:ring_index], points, *old[ring_index + 1 :])
            piece = Part(rings[0], rings[1:])
            parts = (*item.parts[:part], piece, *item.parts[part + 1 :])
            return _changed_by_person(item, parts=parts)

        return _with_changed(annotation, {instance_id}, changed)

    return edit


def _inside(parts: Sequence[Part], annotation: Annotation) -> tuple[Part, ...]:
    """`parts` with every point clipped to the image; the same objects where nothing sticks out."""
    if not parts:
        raise EditError("A shape needs at least one piece.")
    return tuple(_clipped(part, annotation.width, annotation.height) for part in parts)


def _clipped(part: Part, width: int, height: int) -> Part:
    outer = part.outer  # holes lie inside the outer ring, but nothing forces a file to obey
    low = np.min([r.min(axis=0) for r in part.rings], axis=0)
    high = np.max([r.max(axis=0) for r in part.rings], axis=0)
    if low[0] >= 0 and low[1] >= 0 and high[0] <= width and high[1] <= height:
        return part
    limits = (width, height)
    return Part(
        ring(np.clip(outer, 0.0, limits)),
        tuple(ring(np.clip(hole, 0.0, limits)) for hole in part.holes),
    )
