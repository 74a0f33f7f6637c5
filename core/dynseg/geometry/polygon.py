"""Measures and changes of parts; needs numpy and shapely alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.geometry.part import Part, Ring, ring


def ring_area(points: Ring) -> float:
    """Area enclosed by a ring, square pixels, never negative (shoelace formula)."""
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def area(part: Part) -> float:
    """Area of a part without its holes, square pixels."""
    return ring_area(part.outer) - sum(ring_area(hole) for hole in part.holes)


def contains(parts: Sequence[Part], x: float, y: float) -> bool:
    """Whether the point lies inside one of the parts and not in a hole of it."""
    return any(_inside(part, x, y) for part in parts)


def _inside(part: Part, x: float, y: float) -> bool:
    crossings = 0
    for points in part.rings:
        x0, y0 = points[:, 0], points[:, 1]
        x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
        rows = (y0 > y) != (y1 > y)
        if rows.any():
            at = x0[rows] + (y - y0[rows]) * (x1[rows] - x0[rows]) / (y1[rows] - y0[rows])
            crossings += int(np.count_nonzero(at > x))
    return crossings % 2 == 1


def to_shapely(parts: Iterable[Part]) -> Geometry:
    """Union of the parts as a valid shapely geometry."""
    shapes = [shapely.Polygon(part.outer, part.holes) for part in parts]
    valid = [shape if shape.is_valid else shapely.make_valid(shape) for shape in shapes]
    return valid[0] if len(valid) == 1 else shapely.union_all(valid)


def from_shapely(geometry: Geometry) -> tuple[Part, ...]:
    """All polygons of a geometry as parts, largest first; lines and points are left out."""
    polygons = [g for g in _flat(geometry) if isinstance(g, shapely.Polygon) and g.area > 0]
    polygons.sort(key=lambda polygon: -polygon.area)
    return tuple(
        Part(_open_ring(p.exterior), tuple(_open_ring(hole) for hole in p.interiors))
        for p in polygons
    )


def _flat(geometry: Geometry) -> Iterable[Geometry]:
    return geometry.geoms if hasattr(geometry, "geoms") else (geometry,)


def _open_ring(line: shapely.LinearRing) -> Ring:
    return ring(shapely.get_coordinates(line)[:-1])


def iou(a: Sequence[Part], b: Sequence[Part]) -> float:
    """Intersection over union of two sets of parts, in [0, 1]."""
    first, second = to_shapely(a), to_shapely(b)
    shared = first.intersection(second).area
    total = first.area + second.area - shared
    return float(shared / total) if total > 0 else 0.0


def problem(part: Part) -> str | None:
    """What is wrong with a part, in words; None when it is a valid polygon with an area."""
    if any(len(points) < 3 for points in part.rings):
        return "has fewer than 3 points"
    if area(part) <= 0:
        return "has no area"
    shape = shapely.Polygon(part.outer, part.holes)
    if shape.is_valid:
        return None
    reason = shapely.is_valid_reason(shape)
    if "outside" in reason or "Hole" in reason:
        return "has a hole outside of its outline"
    return "crosses itself"


def repair(
    parts: Sequence[Part], *, width: float, height: float, min_area_px: float = 1.0
) -> tuple[Part, ...]:
    """Make parts valid and keep them inside the image.

    Args:
        parts: Parts in image pixels, possibly crossing themselves or the image border.
        width: Image width, pixels.
        height: Image height, pixels.
        min_area_px: Pieces under this area are dropped, square pixels.

    Returns:
        Valid parts, largest first; empty when nothing is left.
    """
    inside = all(
        points.min() >= 0 and points[:, 0].max() <= width and points[:, 1].max() <= height
        for part in parts
        for points in part.rings
    )
    if inside and len(parts) == 1 and problem(parts[0]) is None:
        return tuple(parts) if area(parts[0]) >= min_area_px else ()
    region = to_shapely(parts).intersection(shapely.box(0, 0, width, height))
    if not region.is_valid:
        region = shapely.make_valid(region)
    return tuple(part for part in from_shapely(region) if area(part) >= min_area_px)


def simplify(part: Part, *, tolerance_px: float, min_iou: float = 0.98) -> Part:
    """Leave out points that matter less than a tolerance (Douglas and Peucker, 1973).

    The tolerance is halved until the result overlaps the original well enough, so that a small
    shape keeps its form whatever the tolerance.

    Args:
        part: A valid part.
        tolerance_px: Largest distance of a dropped point to the new outline, pixels.
        min_iou: Least intersection over union with the original.
    """
    original = shapely.Polygon(part.outer, part.holes)
    while tolerance_px > 0.05:
        simpler = original.simplify(tolerance_px, preserve_topology=True)
        if simpler.is_valid and not simpler.is_empty and _iou(original, simpler) >= min_iou:
            return from_shapely(simpler)[0]
        tolerance_px /= 2
    return part


def _iou(a: Geometry, b: Geometry) -> float:
    if not a.is_valid:
        return 0.0
    shared = a.intersection(b).area
    return float(shared / (a.area + b.area - shared))


def densify(part: Part, *, spacing_px: float) -> Part:
    """Insert points so that no two neighbours are further apart than `spacing_px`."""
    return from_shapely(shapely.segmentize(shapely.Polygon(part.outer, part.holes), spacing_px))[0]


def smooth(part: Part, *, rounds: int = 2) -> Part:
    """Round off corners (Chaikin, 1974): each round cuts a quarter of every edge off its ends."""
    return Part(_chaikin(part.outer, rounds), tuple(_chaikin(hole, rounds) for hole in part.holes))


def _chaikin(points: NDArray[np.float64], rounds: int) -> Ring:
    for _ in range(rounds):
        following = np.roll(points, -1, axis=0)
        cut = np.stack([0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], axis=1)
        points = cut.reshape(-1, 2)
    return ring(points)
