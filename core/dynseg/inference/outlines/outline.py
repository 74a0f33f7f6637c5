"""Outlines of many masks with few points: chords where they cost little, moved to keep the area.

A chord between two points of an outline lies on the inner side of every bulge, so a polygon of
chords alone is always too small. Each edge is therefore moved outwards or inwards until it leaves
out as much as it adds; the same number of points then covers the mask about twice as well.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

MAX_LOSS = 0.06
"""Share of a ring's area that lies between the ring and its chords, before the edges are moved."""

MAX_DEVIATION = 0.0185
"""Longest distance of a dropped point to its chord, as a share of the root of the ring's area."""

_HALVINGS = 4
_MIN_SINE = 0.2
"""Neighbouring edges that turn less than this have no useful crossing."""


class Outlines:
    """Closed rings as traced, in one array.

    Args:
        points: `(N, 2)` float32, C-contiguous, image pixels, ring behind ring, first point of a
            ring not repeated.
        lengths: `(R,)` points of each ring, at least 1.

    Attributes:
        points: As given.
        starts: `(R + 1,)` where each ring begins, and where the last one ends.
        areas: `(R,)` float64, square pixels.
    """

    def __init__(self, points: NDArray[np.float32], lengths: NDArray[np.intp]) -> None:
        self.points = points
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        everything = points.astype(np.float64)
        # Relative to a corner of each ring: large coordinates would eat the digits of small areas.
        self._local = everything - np.repeat(everything[self.starts[:-1]], lengths, axis=0)
        self._passed = self._swept()
        self.areas = np.abs(self._passed[self.starts[1:] - 1]) / 2
        self._sorted: tuple[NDArray[np.intp], NDArray[np.uint64]] | None = None

    def __len__(self) -> int:
        return len(self.starts) - 1

    def ring(self, index: int) -> NDArray[np.float32]:
        """`(K, 2)` points of one ring, a view."""
        return self.points[self.starts[index] : self.starts[index + 1]]

    def picked(self, rings: NDArray[np.intp], tolerances: NDArray[np.float64]) -> _Picked:
        """The points that Douglas and Peucker keep of some rings, each with its tolerance."""
        starts = self.starts.tolist()
        kept = [
            cv2.approxPolyDP(self.points[starts[ring] : starts[ring + 1]], tolerance, True)
            for ring, tolerance in zip(rings.tolist(), tolerances.tolist(), strict=True)
        ]
        # The corners are some of the points, bit for bit: so they are found again by their bits.
        owners = np.repeat(rings, [len(corners) for corners in kept])
        wanted = _keys(np.asarray(np.concatenate(kept), np.float32), owners)
        order, keys = self._by_key()
        low, high = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
        # A ring that passes a point twice has it twice.
        places = np.unique(order[_spans(low, high - low)])
        counts = np.searchsorted(places, self.starts[rings + 1]) - np.searchsorted(
            places, self.starts[rings]
        )
        return _Picked(places, counts)

    def between(self, rings: NDArray[np.intp], picked: _Picked) -> NDArray[np.float64]:
        """Signed area between each ring and the edge that starts at each of its picked points."""
        at, ends, some = picked.places, np.cumsum(picked.counts), picked.counts > 0
        ahead = _ahead(picked.counts)
        x, y, passed = self._local[at, 0], self._local[at, 1], self._passed[at]
        swept = passed[ahead] - passed
        # Round the end of the ring and on to its first corner.
        swept[ends[some] - 1] += self._passed[self.starts[rings + 1] - 1][some]
        areas: NDArray[np.float64] = (swept - (x * y[ahead] - x[ahead] * y)) / 2
        return areas

    def _swept(self) -> NDArray[np.float64]:
        """Twice the area that a ring sweeps, seen from its first point, up to each point."""
        x, y = self._local[:, 0], self._local[:, 1]
        steps = np.zeros(len(x))
        steps[1:] = x[:-1] * y[1:] - x[1:] * y[:-1]
        # Neither the first edge of a ring nor the one that closes it sweeps anything.
        steps[self.starts[:-1]] = 0
        passed = np.empty_like(steps)
        # Each ring for itself: its last digits must not depend on its neighbours in the image.
        for start, stop in itertools.pairwise(self.starts.tolist()):
            np.add.accumulate(steps[start:stop], out=passed[start:stop])
        return passed

    def _by_key(self) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """The places of all points in the order of their keys, and the keys in order."""
        if self._sorted is None:
            rings = np.repeat(np.arange(len(self)), np.diff(self.starts))
            keys = _keys(self.points, rings)
            order = np.argsort(keys)
            self._sorted = order, keys[order]
        return self._sorted


class _Picked(NamedTuple):
    """Some points of some rings.

    Attributes:
        places: Of the points, ring behind ring, in the order in which the ring passes them.
        counts: How many each ring has.
    """

    places: NDArray[np.intp]
    counts: NDArray[np.intp]


def simplify(
    outlines: Outlines, rings: NDArray[np.intp], *, tolerance_px: float
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Leave out points of many rings (Douglas and Peucker, 1973) and keep their areas.

    No ring deviates by more than a small share of its own size, and none loses more than a small
    share of its area, whatever the tolerance.

    Args:
        outlines: The rings.
        rings: Which of them, ascending.
        tolerance_px: Longest distance of a dropped point to its chord, image pixels.

    Returns:
        `(M, 2)` float64, the corners of the polygons, one behind the other, and how many each ring
        has: 0 if it is too small to be a polygon.
    """
    lengths = outlines.starts[rings + 1] - outlines.starts[rings]
    if tolerance_px <= 0:
        counts = np.where(lengths >= 3, lengths, 0)
        return outlines.points[_spans(outlines.starts[rings], counts)].astype(np.float64), counts
    chords = _chords(outlines, rings[lengths >= 3], tolerance_px)
    counts = np.zeros(len(rings), np.intp)
    counts[lengths >= 3] = chords.counts
    if not len(chords.corners):
        return chords.corners, counts
    return _moved_edges(chords, tolerance_px), counts


class _Chords(NamedTuple):
    """Polygons of some points of some rings, one behind the other.

    Attributes:
        corners: `(M, 2)` float64, image pixels.
        areas: `(M,)` float64, signed area between the ring and the edge that starts at each
            corner, square pixels; steps that cross the edge cancel.
        counts: Corners of each ring, 0 for one that is no polygon.
    """

    corners: NDArray[np.float64]
    areas: NDArray[np.float64]
    counts: NDArray[np.intp]


def _chords(outlines: Outlines, rings: NDArray[np.intp], tolerance_px: float) -> _Chords:
    """The polygon of each ring within the tolerance and the loss that are allowed.

    All rings go through the same steps together: a dense image has hundreds of small ones, and
    what each step costs beside its arithmetic would be most of the time.
    """
    sizes = outlines.areas[rings]
    tolerances = np.minimum(tolerance_px, MAX_DEVIATION * np.sqrt(sizes))
    begins, counts = np.zeros(len(rings), np.intp), np.zeros(len(rings), np.intp)
    places, areas = [np.empty(0, np.intp)], [np.empty(0)]
    left, total = np.arange(len(rings)), 0
    for _ in range(_HALVINGS):
        if not len(left):
            break
        picked = outlines.picked(rings[left], tolerances[left])
        between = outlines.between(rings[left], picked)
        polygons = picked.counts >= 3
        begins[left[polygons]] = (np.cumsum(picked.counts) - picked.counts)[polygons] + total
        counts[left[polygons]] = picked.counts[polygons]
        places.append(picked.places)
        areas.append(between)
        total += len(picked.places)
        loss = _sums(np.abs(between), picked.counts)
        left = left[~polygons | (loss > MAX_LOSS * sizes[left])]
        tolerances[left] /= 2
    latest = _spans(begins, counts)
    corners = outlines.points[np.concatenate(places)[latest]].astype(np.float64)
    return _Chords(corners, np.concatenate(areas)[latest], counts)


def _moved_edges(chords: _Chords, tolerance_px: float) -> NDArray[np.float64]:
    """Corners of the polygons after their edges were moved to keep the area."""
    before, areas = chords.corners, chords.areas
    ahead = _ahead(chords.counts)
    behind = np.empty_like(ahead)
    behind[ahead] = np.arange(len(ahead))
    edge = before[ahead] - before
    length = np.maximum(np.hypot(edge[:, 0], edge[:, 1]), 1e-9)
    shift = areas / length
    normal_x, normal_y = edge[:, 1] / length, -edge[:, 0] / length
    last_x, last_y, last_shift = normal_x[behind], normal_y[behind], shift[behind]
    # Each corner goes to where the two moved edges cross; where they hardly turn, it goes along.
    sine = last_x * normal_y - last_y * normal_x
    crossing = np.abs(sine) > _MIN_SINE
    divisor = np.where(crossing, sine, 1.0)
    x = np.where(
        crossing,
        (last_shift * normal_y - shift * last_y) / divisor,
        (last_shift * last_x + shift * normal_x) / 2,
    )
    y = np.where(
        crossing,
        (last_x * shift - normal_x * last_shift) / divisor,
        (last_shift * last_y + shift * normal_y) / 2,
    )
    factor = np.minimum(1.0, tolerance_px / np.maximum(np.hypot(x, y), 1e-9))
    after: NDArray[np.float64] = before + np.stack([x * factor, y * factor], axis=1)
    return after


def _ahead(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """The place after each, where rings of so many points lie one behind the other."""
    ends = np.cumsum(counts)
    ahead = np.arange(1, counts.sum() + 1)
    some = counts > 0
    ahead[ends[some] - 1] = (ends - counts)[some]
    return ahead


def _spans(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """So many places from each start on, one span behind the other."""
    shifts = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    places: NDArray[np.intp] = np.arange(len(shifts)) + shifts
    return places


def _sums(values: NDArray[np.float64], counts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Of each span of so many values."""
    result = np.zeros(len(counts))
    some = counts > 0
    if some.any():
        result[some] = np.add.reduceat(values, (np.cumsum(counts) - counts)[some])
    return result


def _keys(points: NDArray[np.float32], owners: NDArray[np.intp]) -> NDArray[np.uint64]:
    """A number for each point, from its bits and its ring."""
    bits = np.ascontiguousarray(points).view(np.uint64).ravel()
    return bits ^ (owners.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
