"""Brush strokes as exact outlines: no pixels, so nothing is rounded and nothing else moves.

A stroke is the region within a radius of a line. Adding it to a shape or taking it away cuts the
outline where both meet; every other point stays the very same number.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.geometry.combine import Points, image_region, tidy
from dynseg.geometry.part import Part, Ring, ring
from dynseg.geometry.polygon import problem, to_shapely

MIN_QUARTER, MAX_QUARTER = 2, 16
"""Fewest and most segments of a quarter of the brush's circle."""


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One stroke of a round brush.

    Attributes:
        points: `(N, 2)` float64, N >= 1: the way of its middle, image pixels.
        radius_px: Image pixels.
        tolerance_px: How far the outline may leave the exact one, image pixels.
    """

    points: Points
    radius_px: float
    tolerance_px: float = 0.25

    def region(self) -> Geometry:
        """Everything within the radius of the way."""
        way = shapely.LineString(self.points) if len(self.points) > 1 else None
        if way is None or way.length == 0:
            middle = shapely.Point(self.points[0])
            return middle.buffer(self.radius_px, quad_segs=self._quarter)
        thinned = way.simplify(self.tolerance_px)
        return thinned.buffer(self.radius_px, quad_segs=self._quarter)

    @property
    def _quarter(self) -> int:
        """Segments of a quarter circle that stay within the tolerance."""
        share = min(self.tolerance_px / max(self.radius_px, 1e-6), 1.0)
        needed = math.ceil(math.pi / 4 / math.acos(1 - share)) if share > 0 else MAX_QUARTER
        return min(max(needed, MIN_QUARTER), MAX_QUARTER)


def painted(
    parts: Sequence[Part], stroke: Stroke, *, width: float, height: float
) -> tuple[Part, ...]:
    """A shape with a stroke added; with no parts, the stroke alone.

    Args:
        parts: The shape, may be empty.
        stroke: Cut off at the border of the image.
        width: Of the image, pixels.
        height: Of the image, pixels.
    """
    region = stroke.region().intersection(image_region(width, height))
    if parts:
        region = to_shapely(parts).union(region)
    return thinned(tidy(region, like=parts), like=parts, tolerance_px=stroke.tolerance_px)


def erased(parts: Sequence[Part], stroke: Stroke) -> tuple[Part, ...]:
    """A shape with a stroke taken away; empty when nothing is left."""
    region = to_shapely(parts).difference(stroke.region())
    return thinned(tidy(region, like=parts), like=parts, tolerance_px=stroke.tolerance_px)


def thinned(
    parts: Sequence[Part], *, like: Sequence[Part], tolerance_px: float
) -> tuple[Part, ...]:
    """Leave out points that a cut made and nobody needs; points of `like` stay, all of them."""
    old = {point for part in like for points in part.rings for point in map(tuple, points.tolist())}
    known = list(like)
    return tuple(
        part if any(part is each for each in known) else _thinned_part(part, old, tolerance_px)
        for part in parts
    )


def _thinned_part(part: Part, old: set[tuple[float, ...]], tolerance_px: float) -> Part:
    rings = [_thinned_ring(points, old, tolerance_px) for points in part.rings]
    result = Part(rings[0], tuple(rings[1:]))
    return part if problem(result) is not None else result


def _thinned_ring(points: Ring, old: set[tuple[float, ...]], tolerance_px: float) -> Ring:
    """Simplify each run of new points between old ones (Douglas and Peucker, 1973).

    The ends of a run lie on edges that stay, so they stay as well.
    """
    is_old = np.array([point in old for point in map(tuple, points.tolist())])
    if is_old.all():
        return points
    if not is_old.any():
        closed = shapely.Polygon(points).simplify(tolerance_px)
        found = shapely.get_coordinates(closed)[:-1]
        return ring(found) if len(found) >= 3 else points
    shift = int(np.flatnonzero(is_old)[0])
    rolled, flags = np.roll(points, -shift, axis=0), np.roll(is_old, -shift)
    pieces = []
    for run, fresh in _runs(flags):
        piece = rolled[run]
        if fresh and len(piece) > 2:
            piece = shapely.get_coordinates(shapely.LineString(piece).simplify(tolerance_px))
        pieces.append(piece)
    made = np.concatenate(pieces)
    return ring(made) if len(made) >= 3 else points


def _runs(flags: Iterable[np.bool_]) -> list[tuple[slice, bool]]:
    """Stretches of equal flags: where, and whether they are new points."""
    values = np.fromiter(flags, dtype=np.bool_)
    cuts = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return [(slice(a, b), not bool(values[a])) for a, b in itertools.pairwise(cuts)]
