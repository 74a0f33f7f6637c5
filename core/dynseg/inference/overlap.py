"""How much shapes overlap, for many pairs at once.

Exact polygon overlap costs some 20 microseconds a pair, too much for every pair while a slider
moves. Boxes and areas bound it from above, so that only pairs near the threshold are computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.part import Part

_SLACK = 0.9
"""A shape that crosses itself has a smaller signed area than it covers; the bound allows for it."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Shapes with their boxes and areas.

    Attributes:
        shapes: N shapes, each of one or more parts.
        boxes: `(N, 4)` float64, x0, y0, x1, y1 in image pixels.
        areas: `(N,)` float64, square pixels, holes taken off.
    """

    shapes: Sequence[tuple[Part, ...]]
    boxes: NDArray[np.float64]
    areas: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.shapes)

    def only(self, wanted: Sequence[int]) -> Outlines:
        """Some of the shapes, in this order."""
        shapes = [self.shapes[index] for index in wanted]
        return Outlines(shapes, self.boxes[list(wanted)], self.areas[list(wanted)])


def outlines(shapes: Sequence[tuple[Part, ...]]) -> Outlines:
    """Measure `shapes`; 2,000 take about two milliseconds."""
    if not shapes:
        return Outlines((), np.empty((0, 4)), np.empty(0))
    rings, signs, owners = [], [], []
    for index, parts in enumerate(shapes):
        for part in parts:
            rings.append(part.outer)
            signs.append(1.0)
            owners.append(index)
            for hole in part.holes:
                rings.append(hole)
                signs.append(-1.0)
                owners.append(index)
    points = np.concatenate(rings)
    lengths = np.fromiter(map(len, rings), np.intp, len(rings))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    following = np.arange(1, len(points) + 1)
    following[ends - 1] = starts
    # Relative to a corner of each ring: large coordinates would eat the digits of small areas.
    local = points - np.repeat(points[starts], lengths, axis=0)
    x, y = local[:, 0], local[:, 1]
    cross = x * y[following] - x[following] * y
    ring_areas = np.abs(np.add.reduceat(cross, starts)) / 2
    owner = np.array(owners)
    areas = np.bincount(owner, weights=ring_areas * np.array(signs), minlength=len(shapes))
    first_ring = np.searchsorted(owner, np.arange(len(shapes)))
    low = np.minimum.reduceat(np.minimum.reduceat(points, starts), first_ring)
    high = np.maximum.reduceat(np.maximum.reduceat(points, starts), first_ring)
    return Outlines(shapes, np.hstack([low, high]), np.maximum(areas, 0.0))


def overlapping_pairs(
    one: Outlines, other: Outlines, *, iou: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every pair whose intersection over union is at least `iou`, as two index arrays."""
    first, second = _possible_pairs(one, other, iou)
    if not len(first):
        return first, second
    enough = _exact_iou(one, first, other, second) >= iou
    return first[enough], second[enough]


def overlapping_pairs_within(
    shapes: Outlines, *, iou: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every pair i < j of one set whose intersection over union is at least `iou`."""
    first, second = _possible_pairs(shapes, shapes, iou)
    ordered = first < second
    first, second = first[ordered], second[ordered]
    if not len(first):
        return first, second
    enough = _exact_iou(shapes, first, shapes, second) >= iou
    return first[enough], second[enough]


def ious(one: Outlines, other: Outlines) -> NDArray[np.float64]:
    """Intersection over union of each shape of `one` with the shape at its place in `other`."""
    places = np.arange(len(one))
    return _exact_iou(one, places, other, places)


def _possible_pairs(
    one: Outlines, other: Outlines, iou: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs that boxes and areas do not rule out."""
    if not len(one) or not len(other):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    tree = shapely.STRtree(shapely.box(*other.boxes.T))
    first, second = tree.query(shapely.box(*one.boxes.T))
    a, b = one.boxes[first], other.boxes[second]
    size = np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2])
    area_a, area_b = one.areas[first], other.areas[second]
    most = np.minimum(size[:, 0] * size[:, 1], np.minimum(area_a, area_b))
    least_union = area_a + area_b - most
    possible = most >= iou * _SLACK * least_union
    return first[possible], second[possible]


def _exact_iou(
    one: Outlines, first: NDArray[np.intp], other: Outlines, second: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Intersection over union of pairs; 0 where neither covers anything."""
    if one is other:  # each shape is built once
        a, b = np.split(_geometries(one, np.concatenate([first, second])), 2)
    else:
        a, b = _geometries(one, first), _geometries(other, second)
    shared = shapely.area(shapely.intersection(a, b))
    union = shapely.area(a) + shapely.area(b) - shared
    result: NDArray[np.float64] = np.divide(
        shared, union, out=np.zeros_like(shared), where=union > 0
    )
    return result


def _geometries(source: Outlines, wanted: NDArray[np.intp]) -> NDArray[np.object_]:
    """Valid shapely geometries of the `wanted` shapes, one for each entry."""
    unique, inverse = np.unique(wanted, return_inverse=True)
    shapes = [source.shapes[index] for index in unique]
    built = np.empty(len(shapes), object)
    simple = [i for i, parts in enumerate(shapes) if len(parts) == 1 and not parts[0].holes]
    if simple:
        rings = [shapes[i][0].outer for i in simple]
        owner = np.repeat(np.arange(len(rings)), list(map(len, rings)))
        built[simple] = shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=owner))
    for i in set(range(len(shapes))).difference(simple):
        pieces = [shapely.Polygon(part.outer, part.holes) for part in shapes[i]]
        built[i] = shapely.MultiPolygon(pieces)
    broken = ~shapely.is_valid(built)
    if broken.any():
        built[broken] = shapely.make_valid(built[broken])
    return built[inverse]
