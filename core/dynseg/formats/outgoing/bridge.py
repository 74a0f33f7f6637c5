"""Several rings written as one outline, and taken apart again.

Formats like YOLO-seg hold one ring per object: no second part, no hole. Rings are joined by a
bridge of no width, walked there and back along the same two points, so that the area inside is
exactly what it was under either fill rule. Taking apart looks for such walks: an outline that
comes back to a point it has visited closes a ring there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dynseg.geometry import polygon
from dynseg.geometry.part import Part, Ring, ring

Points = NDArray[np.float64]
_MOST_PAIRS = 1 << 20


def join(parts: Sequence[Part], *, fill_holes: bool = False) -> Ring:
    """All rings of an instance as one outline.

    Args:
        parts: One or more parts, image pixels.
        fill_holes: Leave the holes out instead of bridging to them.

    Returns:
        The outer ring itself when there is nothing to join, else a ring that walks every outer
        ring in one direction and every hole in the other.
    """
    if len(parts) == 1 and (fill_holes or not parts[0].holes):
        return parts[0].outer
    outlines: list[Points] = []
    for part in parts:
        outline: Points = _turned(part.outer, clockwise=False)
        holes = [] if fill_holes else [_turned(hole, clockwise=True) for hole in part.holes]
        outlines.append(_merge(outline, holes))
    return ring(_merge(outlines[0], outlines[1:]))


def _turned(points: Points, *, clockwise: bool) -> Points:
    return points if (signed_area(points) < 0) == clockwise else points[::-1]


def signed_area(points: Points) -> float:
    """Shoelace area of `(N, 2)` points; the sign is the direction they are walked in."""
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2.0


def _merge(outline: Points, others: Sequence[Points]) -> Points:
    """`outline` with each of `others` hung in where the two come nearest, nearest first.

    What is nearest is known for every point of a ring that is left, and only gets nearer by the
    points of the ring that was hung in last (as in Prim, 1957): thousands of holes take seconds.
    """
    if not others:
        return outline
    points = np.concatenate([outline, *others])
    ends = np.cumsum([len(outline), *map(len, others)])
    walk = _Walk(len(outline))
    gap, nearest = np.full(len(points), np.inf), np.zeros(len(points), dtype=np.int64)
    start, end = 0, len(outline)
    gap[:end] = -1.0  # it is in
    for _ in others:
        left = np.flatnonzero(gap >= 0)
        closer, to = _nearest(points[start:end], points[left])
        better = closer < gap[left]
        gap[left[better]], nearest[left[better]] = closer[better], to[better] + start
        there = int(left[gap[left].argmin()])
        number = int(np.searchsorted(ends, there, side="right"))
        start, end = int(ends[number - 1]), int(ends[number])
        gap[start:end] = -1.0
        walk.hang_in(int(nearest[there]), [*range(there, end), *range(start, there)])
    joined: Points = points[walk.order()]
    return joined


class _Walk:
    """The order in which points are walked: a chain into which rings are hung.

    Args:
        count: Points of the first ring, numbered from 0.
    """

    def __init__(self, count: int) -> None:
        self._points = list(range(count))
        self._following = [*range(1, count), -1]
        self._place = dict(zip(self._points, self._points, strict=True))

    def hang_in(self, here: int, ring: list[int]) -> None:
        """Walk from a point over to a ring, around it, and back."""
        at, first = self._place[here], len(self._points)
        self._place.update(zip(ring, range(first, first + len(ring)), strict=True))
        self._points += [*ring, ring[0], here]
        self._following += [*range(first + 1, len(self._points)), self._following[at]]
        self._following[at] = first

    def order(self) -> list[int]:
        """The points, those of bridges twice."""
        found, at = [], 0
        while at >= 0:
            found.append(self._points[at])
            at = self._following[at]
        return found


def _nearest(a: Points, b: Points) -> tuple[Points, NDArray[np.int64]]:
    """For each of `b` the squared distance `(M,)` of the nearest of `a`, and its index."""
    best, index = np.full(len(b), np.inf), np.zeros(len(b), dtype=np.int64)
    block = max(1, _MOST_PAIRS // len(b))  # bounds the memory for outlines of many points
    for start in range(0, len(a), block):
        x, y = a[start : start + block].T
        gaps = (x[:, None] - b[:, 0]) ** 2 + (y[:, None] - b[:, 1]) ** 2
        own = gaps.argmin(axis=0)
        found = gaps[own, np.arange(len(b))]
        closer = found < best
        best[closer], index[closer] = found[closer], own[closer] + start
    return best, index


def take_apart(outline: Ring) -> tuple[Part, ...]:
    """The parts that `join` or a similar writer made into `outline`.

    Returns:
        Two or more rings as parts, or one part with holes; an empty tuple when `outline` has no
        bridges or does not come apart cleanly, so that nothing is guessed.
    """
    loops = _loops(outline)
    if len(loops) < 2:
        return ()
    areas = [signed_area(loop) for loop in loops]
    direction = 1.0 if sum(areas) >= 0 else -1.0
    outers = [ring(loop) for loop, area in zip(loops, areas, strict=True) if area * direction > 0]
    holes = [ring(loop) for loop, area in zip(loops, areas, strict=True) if area * direction <= 0]
    parts = nested(outers, holes)
    if not parts or any(polygon.problem(part) for part in parts):
        return ()
    return parts


def _loops(outline: Points) -> list[Points]:
    """Rings of 3 points and more that the outline closes on its way."""
    loops: list[Points] = []
    path: list[tuple[float, float]] = []
    at: dict[tuple[float, float], int] = {}
    for x, y in [*outline.tolist(), outline[0].tolist()]:
        point = (x, y)
        start = at.get(point)
        if start is None:
            at[point] = len(path)
            path.append(point)
            continue
        loop = path[start:]
        if len(loop) >= 3:
            loops.append(np.array(loop))
        for gone in path[start + 1 :]:
            del at[gone]
        del path[start + 1 :]
    return loops


def nested(outers: list[Ring], holes: list[Ring]) -> tuple[Part, ...]:
    """Each hole in the smallest outer ring around it, largest first; empty when one has none."""
    areas = [abs(signed_area(outer)) for outer in outers]
    order = sorted(range(len(outers)), key=areas.__getitem__)
    inside: list[list[Ring]] = [[] for _ in outers]
    for hole in holes:
        x, y = _inner_point(hole)
        size = abs(signed_area(hole))
        around = (i for i in order if areas[i] > size)  # a part inside the hole is smaller
        owner = next((i for i in around if polygon.contains([Part(outers[i])], x, y)), None)
        if owner is None:
            return ()
        inside[owner].append(hole)
    return tuple(Part(outers[i], tuple(inside[i])) for i in reversed(order))


def _inner_point(points: Ring) -> tuple[float, float]:
    point = polygon.to_shapely([Part(points)]).representative_point()
    if point.is_empty:  # a ring without an area to within rounding: any of its points will do
        return float(points[0][0]), float(points[0][1])
    return float(point.x), float(point.y)
