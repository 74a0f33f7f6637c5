"""Shared borders: neighbours that meet without gap or overlap, on the very same points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.geometry.combine import tidy
from dynseg.geometry.part import Part, Ring, ring
from dynseg.geometry.polygon import to_shapely

_ON_EDGE_PX = 1e-6
"""A point this near to an edge was cut out of it."""
_THREAD_PX = 1e-4
"""Half the width of what rounding leaves between two outlines."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Two neighbours after they were fitted.

    Attributes:
        parts: The shape, which follows the border of its neighbour.
        neighbour: The neighbour: the same region, with the points in which both outlines meet.
    """

    parts: tuple[Part, ...]
    neighbour: tuple[Part, ...]


def fit(parts: Sequence[Part], neighbour: Sequence[Part], *, reach_px: float) -> Fitted | None:
    """Let a shape follow the border of a neighbour where both run close to each other.

    Gaps up to the reach are filled with the shape, and overlaps up to twice the reach are taken
    from it. Where one lies over the other by more, that is how things are, and nothing is changed.

    Args:
        parts: The shape that is changed.
        neighbour: The shape that keeps its region.
        reach_px: Image pixels.

    Returns:
        Both, or None when they do not meet within the reach, or when a sliver on top of its
        neighbour would vanish.
    """
    ours, theirs = to_shapely(parts), to_shapely(neighbour)
    if ours.distance(theirs) > reach_px:
        return None
    overlap = ours.intersection(theirs)
    if not overlap.buffer(-reach_px).is_empty:
        return None
    region = ours.union(_gaps(ours, theirs, reach_px)).difference(theirs)
    if region.is_empty:
        return None
    made = tidy(_without_kinks(region, theirs), like=[*parts, *neighbour])
    if not made:
        return None
    return Fitted(made, tuple(_with_points(part, made) for part in neighbour))


def _gaps(ours: Geometry, theirs: Geometry, reach_px: float) -> Geometry:
    """What lies between two regions where they are at most the reach apart.

    Mitred offsets out and back leave corners as they are and close what is narrow.
    """
    both = ours.union(theirs)
    offset = reach_px / 2 + _ON_EDGE_PX
    closed = both.buffer(offset, join_style="mitre").buffer(-offset, join_style="mitre")
    # threads without width go, and what stays reaches a little into both: the cut along the
    # neighbour is then made on its very points
    thick = _without(closed, both).buffer(-_THREAD_PX, join_style="mitre")
    gaps = shapely.get_parts(thick.buffer(2 * _THREAD_PX, join_style="mitre"))
    return shapely.union_all(
        [gap for gap in gaps if gap.intersects(ours) and gap.intersects(theirs)]
    )


def _without(closed: Geometry, both: Geometry) -> Geometry:
    """The difference; what offsets made may touch itself, and then only a grid gives an answer."""
    try:
        return closed.difference(both)
    except shapely.errors.GEOSException:
        return shapely.difference(closed.buffer(0), both, grid_size=_ON_EDGE_PX)


def _without_kinks(region: Geometry, theirs: Geometry) -> Geometry:
    """The region without the steps of almost no length that the cut left beside old points."""
    fixed = set(map(tuple, shapely.get_coordinates(theirs).tolist()))

    def straight(points: np.ndarray) -> np.ndarray:
        rows = points[:-1]
        short = np.linalg.norm(rows - np.roll(rows, 1, axis=0), axis=1) < 4 * _THREAD_PX
        free = np.array([tuple(row) not in fixed for row in rows.tolist()])
        kept = rows[~(short & free)]
        return np.concatenate([kept, kept[:1]]) if len(kept) >= 3 else points

    polygons = [p for p in shapely.get_parts(region) if isinstance(p, shapely.Polygon)]
    cleaned = [
        shapely.Polygon(
            straight(shapely.get_coordinates(p.exterior)),
            [straight(shapely.get_coordinates(hole)) for hole in p.interiors],
        )
        for p in polygons
    ]
    if not all(p.is_valid for p in cleaned):
        return region
    return shapely.MultiPolygon(cleaned)


def _with_points(part: Part, others: Sequence[Part]) -> Part:
    """The part with the points of others that lie on its edges; itself when there are none."""
    points = np.concatenate([r for other in others for r in other.rings])
    rings = [_ring_with_points(points_of, points) for points_of in part.rings]
    if all(new is old for new, old in zip(rings, part.rings, strict=True)):
        return part
    return Part(rings[0], tuple(rings[1:]))


def _ring_with_points(outline: Ring, points: np.ndarray) -> Ring:
    line = shapely.LinearRing(outline)
    near = points[shapely.distance(shapely.points(points), line) <= _ON_EDGE_PX]
    known = set(map(tuple, outline.tolist()))
    fresh = np.array([p for p in map(tuple, near.tolist()) if p not in known]).reshape(-1, 2)
    if not len(fresh):
        return outline
    step = np.roll(outline, -1, axis=0) - outline
    squared = np.maximum((step**2).sum(axis=1), 1e-18)
    offset = fresh[:, None] - outline[None]
    share = np.clip((offset * step).sum(axis=2) / squared, 0, 1)
    away = np.linalg.norm(offset - share[..., None] * step, axis=2)
    edge = away.argmin(axis=1)
    order = np.lexsort((share[np.arange(len(fresh)), edge], edge))
    return ring(np.insert(outline, edge[order] + 1, fresh[order], axis=0))
