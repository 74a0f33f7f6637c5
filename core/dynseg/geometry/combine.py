"""Union, difference and intersection of shapes; what a cut does not touch keeps its very points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.geometry.part import Part, Ring, ring
from dynseg.geometry.polygon import area, from_shapely, ring_area, to_shapely

MIN_AREA_PX = 1.0
"""Smaller pieces and holes that a cut leaves are crumbs, square pixels."""

Points = NDArray[np.float64]
"""`(N, 2)` float64, x then y in image pixels."""


def united(shapes: Sequence[Sequence[Part]]) -> tuple[Part, ...]:
    """Everything that lies in one of the shapes."""
    regions = [to_shapely(parts) for parts in shapes]
    return tidy(shapely.union_all(regions), like=[part for parts in shapes for part in parts])


def subtracted(parts: Sequence[Part], others: Iterable[Sequence[Part]]) -> tuple[Part, ...]:
    """What lies in a shape and in none of the others; empty when nothing is left."""
    others = [list(each) for each in others]
    region = to_shapely(parts)
    for each in others:
        region = region.difference(to_shapely(each))
    return tidy(region, like=[*parts, *(part for each in others for part in each)])


def intersected(shapes: Sequence[Sequence[Part]]) -> tuple[Part, ...]:
    """What lies in all of the shapes; empty when they share nothing."""
    regions = [to_shapely(parts) for parts in shapes]
    region = regions[0]
    for other in regions[1:]:
        region = region.intersection(other)
    return tidy(region, like=[part for parts in shapes for part in parts])


def without_holes(parts: Sequence[Part], *, max_area_px: float = np.inf) -> tuple[Part, ...]:
    """Parts with their holes filled; the same objects where there are none.

    Args:
        parts: Any parts.
        max_area_px: Larger holes stay, square pixels.
    """
    return tuple(
        Part(part.outer, tuple(h for h in part.holes if ring_area(h) > max_area_px))
        if part.holes
        else part
        for part in parts
    )


def image_region(width: float, height: float) -> Geometry:
    """The image as a polygon."""
    return shapely.box(0.0, 0.0, width, height)


def tidy(region: Geometry, *, like: Sequence[Part]) -> tuple[Part, ...]:
    """The polygons of a region as parts, largest first, without crumbs.

    Rings that share points with a ring of `like` run the same way and begin at the same point, so
    that parts which nothing touched come out as the same objects.
    """
    known = {part_key(part): part for part in like}
    old = [points for part in like for points in part.rings]
    kept = {points.tobytes() for points in old}
    result = []
    for part in from_shapely(region):
        rings = [aligned(points, old) for points in part.rings]
        holes = [r for r in rings[1:] if ring_area(r) >= MIN_AREA_PX or r.tobytes() in kept]
        made = Part(rings[0], tuple(holes))
        made = known.get(part_key(made), made)
        if area(made) >= MIN_AREA_PX or made in like:
            result.append(made)
    return tuple(result)


def part_key(part: Part) -> frozenset[bytes]:
    """Equal for parts of the same rings, whatever the order of the holes."""
    return frozenset(points.tobytes() for points in part.rings)


def aligned(points: Ring, old: Iterable[Ring]) -> Ring:
    """The ring turned and rolled so that it begins where the ring that it came from began."""
    places = {point: i for i, point in enumerate(map(tuple, points.tolist()))}
    best: Ring | None = None
    shared: list[int] = []
    for candidate in old:
        found = [places[p] for p in map(tuple, candidate.tolist()) if p in places]
        if len(found) > len(shared):
            best, shared = candidate, found
    if best is None or not shared:
        return points
    turned, start = points, shared[0]
    if signed_area(points) * signed_area(best) < 0:
        turned, start = points[::-1], len(points) - 1 - start
    if turned is points and start == 0:
        return points
    return ring(np.roll(turned, -start, axis=0))


def signed_area(points: Points) -> float:
    """Twice the area that a ring encloses, negative when it runs the other way."""
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
