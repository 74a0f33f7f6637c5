"""Changes of a stretch of an outline: vertices swept away, a part redrawn, a shape cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from dynseg.geometry.combine import MIN_AREA_PX, Points, tidy
from dynseg.geometry.part import Part, Ring, ring
from dynseg.geometry.polygon import area, problem, ring_area, to_shapely

MIN_POINTS = 3
MAIN_SHARE = 0.95
"""A redrawn shape that crosses itself is kept when one piece holds this share of its area."""


def swept(part: Part, way: Points, radius_px: float) -> Part:
    """A part without the vertices that a sweep along `way` came near to.

    The outer ring keeps at least three points; a hole that loses too many is filled. A vertex
    without which the part would cross itself stays.

    Args:
        part: Any part.
        way: `(N, 2)`, N >= 1, the way of the eraser, image pixels.
        radius_px: Image pixels.
    """
    near = [_near(points, way, radius_px) for points in part.rings]
    if not any(hit.any() for hit in near):
        return part
    result = _without(part, near)
    if result is not None and (problem(result) is None or problem(part) is not None):
        return result
    return _without_one_by_one(part, near)


def _near(points: Ring, way: Points, radius_px: float) -> np.ndarray:
    line = shapely.LineString(way) if len(way) > 1 else shapely.Point(way[0])
    found: np.ndarray = shapely.distance(shapely.points(points), line) <= radius_px
    return found


def _without(part: Part, near: Sequence[np.ndarray]) -> Part | None:
    """The part without all marked vertices; None when too few are left."""
    rings = [points[~hit] for points, hit in zip(part.rings, near, strict=True)]
    if len(rings[0]) < MIN_POINTS:
        return None
    holes = [ring(points) for points in rings[1:] if len(points) >= MIN_POINTS]
    return Part(ring(rings[0]), tuple(holes))


def _without_one_by_one(part: Part, near: Sequence[np.ndarray]) -> Part:
    """The part without those marked vertices that it can do without."""
    kept = [np.zeros_like(hit) for hit in near]
    result = part
    for number, hit in enumerate(near):
        for vertex in np.flatnonzero(hit):
            kept[number][vertex] = True
            tried = _without(part, kept)
            if tried is None or problem(tried) is not None:
                kept[number][vertex] = False
            else:
                result = tried
    return result


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a ring: on the edge behind `vertex`, `share` of the way to the next one."""

    vertex: int
    share: float
    x: float
    y: float


def nearest_place(points: Ring, x: float, y: float, *, snap_px: float = 0.0) -> Place:
    """The point of a ring nearest to (x, y); a vertex within `snap_px` of it is preferred."""
    step = np.roll(points, -1, axis=0) - points
    squared = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(((np.array((x, y)) - points) * step).sum(axis=1) / squared, 0.0, 1.0)
    feet = points + share[:, None] * step
    away = np.hypot(feet[:, 0] - x, feet[:, 1] - y)
    edge = int(away.argmin())
    to_vertex = np.hypot(points[:, 0] - feet[edge, 0], points[:, 1] - feet[edge, 1])
    vertex = int(to_vertex.argmin())
    if to_vertex[vertex] <= snap_px:
        return Place(vertex, 0.0, float(points[vertex, 0]), float(points[vertex, 1]))
    return Place(edge, float(share[edge]), float(feet[edge, 0]), float(feet[edge, 1]))


def redrawn(
    part: Part, ring_index: int, vertex: int, stroke: Points, *, snap_px: float
) -> Part | None:
    """A part with the stretch between a vertex and the end of a stroke drawn anew.

    A closed outline has two stretches between two points; the one is replaced that changes the
    shape less.

    Args:
        part: A valid part.
        ring_index: 0 is the outer ring.
        vertex: Where the stroke begins.
        stroke: `(N, 2)`, N >= 1, without the vertex; its last point is joined to the nearest place
            of the ring.
        snap_px: A vertex this near to that place is joined instead, image pixels.

    Returns:
        The part, or None when it would cross itself by more than a small loop.
    """
    points = part.rings[ring_index]
    end = nearest_place(points, *stroke[-1].tolist(), snap_px=snap_px)
    if end.share == 0.0 and end.vertex == vertex and len(stroke) < MIN_POINTS:
        return None
    original = to_shapely([part])
    candidates = []
    for made in _both_ways(points, vertex, end, stroke[:-1]):
        tried = _with_ring(part, ring_index, made)
        if tried is not None:
            change = original.symmetric_difference(to_shapely([tried])).area
            candidates.append((change, tried))
    if not candidates:
        return None
    return _without_loops(min(candidates, key=lambda each: each[0])[1], like=part)


def _without_loops(part: Part, *, like: Part) -> Part | None:
    """A part without the small loops that a hand makes where its stroke meets the outline.

    None when the part falls into pieces of which none is nearly all of it.
    """
    if problem(part) is None:
        return part
    pieces = tidy(to_shapely([part]), like=[like])
    total = sum(area(piece) for piece in pieces)
    return pieces[0] if pieces and area(pieces[0]) >= MAIN_SHARE * total else None


def _both_ways(points: Ring, vertex: int, end: Place, stroke: Points) -> list[Points]:
    """The ring with the stretch from `vertex` on to `end` replaced, and with the other one."""
    rolled = np.roll(points, -vertex, axis=0)
    last = (end.vertex - vertex) % len(points)
    if end.share > 0.0:
        last += 1
        rolled = np.insert(rolled, last, (end.x, end.y), axis=0)
    return [
        np.concatenate([rolled[:1], stroke, rolled[last:]]),
        np.concatenate([rolled[: last + 1], stroke[::-1]]),
    ]


def _with_ring(part: Part, ring_index: int, points: Points) -> Part | None:
    distinct = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    if len(distinct) < MIN_POINTS or ring_area(distinct) < MIN_AREA_PX:
        return None
    rings = list(part.rings)
    rings[ring_index] = ring(distinct)
    return Part(rings[0], tuple(rings[1:]))


def split(parts: Sequence[Part], line: Points) -> list[tuple[Part, ...]]:
    """Cut a shape along a line.

    The new points lie in both pieces, so that they share the border exactly.

    Args:
        parts: The shape.
        line: `(N, 2)`, N >= 2, image pixels; what does not reach through the shape cuts nothing.

    Returns:
        The pieces, the largest first and together with the parts that the line does not touch; a
        single one when the line cuts nothing.
    """
    # Faces narrower than a millionth of a pixel would leave no digits for a point inside them.
    cut = shapely.LineString(np.round(line, 6))
    whole: list[Part] = []
    pieces: list[Part] = []
    for part in parts:
        found = _cut(part, cut)
        if len(found) > 1:
            pieces += found
        else:
            whole.append(part)
    if not pieces:
        return [tuple(parts)]
    pieces.sort(key=lambda part: -to_shapely([part]).area)
    return [(pieces[0], *whole), *((piece,) for piece in pieces[1:])]


def _cut(part: Part, cut: shapely.LineString) -> list[Part]:
    region = to_shapely([part])
    if not cut.intersects(region):
        return [part]
    lines = shapely.union_all([region.boundary, cut])
    faces = shapely.get_parts(shapely.polygonize([lines]))
    middles = shapely.point_on_surface(faces)
    inside = [face for face, at in zip(faces, middles, strict=True) if region.contains(at)]
    return [piece for face in inside for piece in tidy(face, like=[part])]
