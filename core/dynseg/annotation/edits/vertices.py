"""Edits of single vertices and rings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dynseg.annotation.document import Annotation, Instance
from dynseg.annotation.edits.base import Edit, EditError, changed_by_person, with_changed
from dynseg.geometry.part import Part, Ring, ring

_MIN_POINTS = 3

_LINE = 1e-9
"""Farther from a line than this part of its length is beside it."""


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
        EditError: the ring has three points only, which is the fewest a shape can have, or all
            others lie on one line.
    """

    def change(points: Ring) -> np.ndarray:
        _require_vertex(points, vertex)
        if len(points) <= _MIN_POINTS:
            raise EditError(
                "A shape needs at least three points.", "Delete the whole shape instead."
            )
        left = np.delete(points, vertex, axis=0)
        if _on_one_line(left):
            raise EditError(
                "The points would lie on one line.", "Delete the piece if it is not wanted."
            )
        return left

    return _ring_edit(instance_id, part, ring, change)


def _on_one_line(points: np.ndarray) -> bool:
    """Whether a ring has no inside; one that crosses itself has, however its areas add up."""
    away = points - points[0]
    farthest = away[np.hypot(*away.T).argmax()]
    aside = np.abs(away[:, 0] * farthest[1] - away[:, 1] * farthest[0])
    return bool(aside.max() <= _LINE * np.hypot(*farthest) ** 2)


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
            return changed_by_person(item, parts=parts)

        return with_changed(annotation, {instance_id}, changed)

    return edit
