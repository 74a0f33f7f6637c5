"""Measures and changes of parts; needs numpy and shapely alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.geometry.part import Part, Ring, ring

_GRID_PX = 1e-6
"""Repaired outlines lie on this grid, far finer than the digits of a label file."""
_FAR_PX = 1e7


def ring_area(points: Ring) -> float:
    """Area enclosed by a ring, square pixels, never negative (shoelace formula)."""
    x, y = points[:, 0], points[:, 1]
    # Rolled copies would say the same in ten times the time, and masks have thousands of rings.
    inner = np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:])
    return abs(float(inner + x[-1] * y[0] - y[-1] * x[0])) / 2


def area(part: Part) -> float:
    """Area of a part without its holes, square pixels."""
    return ring_area(part.outer) - sum(ring_area(hole) for hole in part.holes)


def outline_length(parts: Sequence[Part]) -> float:
    """Of all outer rings and holes together, in the unit of their points."""
    steps = [np.roll(points, -1, axis=0) - points for part in parts for points in part.rings]
    return float(np.hypot(*np.concatenate(steps).T).sum()) if steps else 0.0


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
    """Union of the parts as a valid shapely geometry, by the even-odd rule within each part."""
    parts = list(parts)
    shapes = [shapely.Polygon(part.outer, part.holes) for part in parts]
    if all(shape.is_valid for shape in shapes):
        return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    return _rebuilt(parts)


def _rebuilt(parts: Sequence[Part], within: Sequence[Part] = ()) -> Geometry:
    """Build the region of any parts anew from where their lines cut each other.

    `shapely.make_valid` raises on some rings that fold back on themselves. Lines that are cut on a
    grid (Hobby, 1999: snap rounding) always give faces, and each face is inside or not.

    Args:
        parts: Any parts, valid or not.
        within: Where the region must lie; everywhere when empty.
    """
    parts = [_on_grid(part) for part in parts]
    lines = [
        shapely.LineString(np.concatenate([points, points[:1]]))
        for part in (*parts, *within)
        for points in part.rings
        if np.ptp(points, axis=0).any()
    ]
    if not lines:
        return shapely.Polygon()
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=_GRID_PX)]))
    inside = [
        contains(parts, x, y) and (not within or contains(within, x, y))
        for x, y in shapely.get_coordinates(shapely.point_on_surface(faces))
    ]
    return shapely.union_all(faces[np.array(inside, dtype=np.bool_)], grid_size=_GRID_PX)


def _on_grid(part: Part) -> Part:
    """Round to the grid and pull in what lies far outside any image.

    Lines of almost no or of endless length would leave no digits for where they cross.
    """
    rings = [ring(np.round(np.clip(r, -_FAR_PX, _FAR_PX), 6)) for r in part.rings]
    return Part(rings[0], tuple(rings[1:]))


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
    shape = shapely.Polygon(part.outer, part.holes)
    if shape.is_valid:
        return None
    if shapely.convex_hull(shapely.MultiPoint(part.outer)).area == 0:
        return "has no area"
    if "ole" in shapely.is_valid_reason(shape):
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
        Valid parts that do not overlap: the same ones when they were fine already, else every
        piece that has an area, largest first; empty when nothing is left.
    """
    if _is_fine(parts, width, height):
        return tuple(part for part in parts if area(part) >= min_area_px)
    image = Part(ring([(0, 0), (width, 0), (width, height), (0, height)]))
    region = _rebuilt(parts, within=[image])
    return tuple(part for part in from_shapely(region) if area(part) >= min_area_px)


def _is_fine(parts: Sequence[Part], width: float, height: float) -> bool:
    """Whether parts lie inside the image, are valid each and do not overlap each other."""
    for part in parts:
        for points in part.rings:
            x, y = points.T
            if x.min() < 0 or y.min() < 0 or x.max() > width or y.max() > height:
                return False
    shapes = [shapely.Polygon(part.outer, part.holes) for part in parts]
    return bool(shapely.MultiPolygon(shapes).is_valid if len(shapes) != 1 else shapes[0].is_valid)


def simplify(part: Part, *, tolerance_px: float, min_iou: float = 0.98) -> Part:
    """Leave out points that matter less than a tolerance (Douglas and Peucker, 1973).

    The tolerance shrinks until the result overlaps the original well enough, so that a small
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
        tolerance_px *= 0.7
    return part


def thin_line(points: NDArray[np.float64], *, tolerance_px: float) -> NDArray[np.float64]:
    """An open line without the points that matter less than a tolerance (Douglas and Peucker).

    Args:
        points: `(N, 2)` float64, N >= 1, image pixels; first and last stay.
        tolerance_px: Largest distance of a dropped point to the new line, pixels.
    """
    if len(points) < 3:
        return points
    thinned: NDArray[np.float64] = shapely.get_coordinates(
        shapely.LineString(points).simplify(tolerance_px)
    )
    return thinned


def _iou(a: Geometry, b: Geometry) -> float:
    if not a.is_valid:
        return 0.0
    shared = a.intersection(b).area
    return float(shared / (a.area + b.area - shared))


def densify(part: Part, *, spacing_px: float) -> Part:
    """Insert points so that no two neighbours are further apart than `spacing_px`."""
    return Part(_dense(part.outer, spacing_px), tuple(_dense(h, spacing_px) for h in part.holes))


def _dense(points: Ring, spacing_px: float) -> Ring:
    if not np.ptp(points, axis=0).any():
        return points  # all at one place: shapely takes that for no line
    line = shapely.segmentize(shapely.LinearRing(points), spacing_px)
    return ring(shapely.get_coordinates(line)[:-1])


def smooth(part: Part, *, strength_px: float) -> Part:
    """Round off corners (Chaikin, 1974), two rounds.

    Args:
        part: Any part; vertices double with every round.
        strength_px: How far from a corner the first cut may begin, pixels; never over a quarter
            of an edge. The outline moves by less than this.
    """
    rings = [_chaikin(_chaikin(r, strength_px), strength_px / 3) for r in part.rings]
    return Part(rings[0], tuple(rings[1:]))


def _chaikin(points: Ring, reach_px: float) -> Ring:
    step = np.roll(points, -1, axis=0) - points
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)
    share = np.minimum(0.25, reach_px / length)[:, None]
    cut = np.stack([points + share * step, points + (1 - share) * step], axis=1)
    return ring(cut.reshape(-1, 2))
