"""Outlines of many masks with few points: chords where they cost little, moved to keep the area.

A chord between two points of an outline lies on the inner side of every bulge, so a polygon of
chords alone is always too small. Each edge is therefore moved outwards or inwards until it leaves
out as much as it adds; the same number of points then covers the mask about twice as well.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One closed ring as traced.

    Attributes:
        points: `(N, 2)` float32, C-contiguous, image pixels, first point not repeated.
        area: Square pixels.
    """

    points: NDArray[np.float32]
    area: float


def simplify(
    outlines: Sequence[Outline], *, tolerance_px: float
) -> list[NDArray[np.float64] | None]:
    """Leave out points of many rings (Douglas and Peucker, 1973) and keep their areas.

    No ring deviates by more than a small share of its own size, and none loses more than a small
    share of its area, whatever the tolerance.

    Args:
        outlines: The rings.
        tolerance_px: Longest distance of a dropped point to its chord, image pixels.

    Returns:
        `(K, 2)` float64 for each ring; None for one that is too small to be a polygon.
    """
    if tolerance_px <= 0:
        return [
            item.points.astype(np.float64) if len(item.points) >= 3 else None for item in outlines
        ]
    chords = _chords(outlines, tolerance_px)
    usable = [item for item in chords if item is not None]
    moved = iter(_moved_edges(usable, tolerance_px) if usable else ())
    return [None if item is None else next(moved) for item in chords]


@dataclass(frozen=True, slots=True, eq=False)
class _Chords:
    """A polygon of some points of a ring.

    Attributes:
        corners: `(K, 2)` float64, image pixels.
        areas: `(K,)` float64, signed area between the ring and the edge that starts at each
            corner, square pixels; steps that cross the edge cancel.
    """

    corners: NDArray[np.float64]
    areas: NDArray[np.float64]


def _chords(outlines: Sequence[Outline], tolerance_px: float) -> list[_Chords | None]:
    """The polygon of each ring within the tolerance and the loss that are allowed.

    All rings go through the same steps together: a dense image has hundreds of small ones, and
    what each step costs beside its arithmetic would be most of the time.
    """
    found: list[_Chords | None] = [None] * len(outlines)
    open_rings = [index for index, item in enumerate(outlines) if len(item.points) >= 3]
    if not open_rings:
        return found
    swept = _Swept([outlines[index].points for index in open_rings])
    tolerances = [
        min(tolerance_px, MAX_DEVIATION * math.sqrt(outlines[index].area)) for index in open_rings
    ]
    left = list(range(len(open_rings)))
    for _ in range(_HALVINGS):
        picked = [_picked(swept.points[ring], tolerances[ring]) for ring in left]
        areas = swept.areas(left, picked)
        again = []
        for ring, indices, lost in zip(left, picked, areas, strict=True):
            allowed = MAX_LOSS * outlines[open_rings[ring]].area
            if len(indices) >= 3:
                corners = swept.points[ring][indices].astype(np.float64)
                found[open_rings[ring]] = _Chords(corners, lost)
                if float(np.add.reduce(np.abs(lost))) <= allowed:
                    continue
            tolerances[ring] /= 2
            again.append(ring)
        left = again
        if not left:
            break
    return found


def _picked(points: NDArray[np.float32], tolerance_px: float) -> NDArray[np.intp]:
    """Places of the points that Douglas and Peucker keep."""
    corners = cv2.approxPolyDP(points, tolerance_px, True).view(np.uint64).ravel()
    # The corners are some of the points, bit for bit.
    keys = points.view(np.uint64)
    places: NDArray[np.intp] = np.logical_or.reduce(keys == corners, axis=1).nonzero()[0]
    return places


class _Swept:
    """Twice the area that each ring sweeps, seen from its first point, up to each of its points.

    Args:
        points: `(N, 2)` float32 of each ring.
    """

    def __init__(self, points: list[NDArray[np.float32]]) -> None:
        self.points = points
        lengths = np.array([len(ring) for ring in points])
        self._starts = np.concatenate([[0], np.cumsum(lengths)])
        everything = np.concatenate(points).astype(np.float64)
        origins = np.repeat(everything[self._starts[:-1]], lengths, axis=0)
        self._local = everything - origins
        x, y = self._local[:, 0], self._local[:, 1]
        steps = np.zeros(len(everything))
        steps[1:] = x[:-1] * y[1:] - x[1:] * y[:-1]
        # Neither the first edge of a ring nor the one that closes it sweeps anything.
        steps[self._starts[:-1]] = 0
        self._passed = np.empty_like(steps)
        # Each ring for itself: its last digits must not depend on its neighbours in the image.
        for start, stop in itertools.pairwise(self._starts.tolist()):
            np.add.accumulate(steps[start:stop], out=self._passed[start:stop])

    def areas(
        self, rings: Sequence[int], picked: Sequence[NDArray[np.intp]]
    ) -> list[NDArray[np.float64]]:
        """Signed area between each ring and the edge that starts at each of its picked points."""
        counts = np.array([len(indices) for indices in picked])
        ends = np.cumsum(counts)
        starts, stops = self._starts[list(rings)], self._starts[[ring + 1 for ring in rings]]
        at = np.concatenate(picked) + np.repeat(starts, counts)
        ahead = np.arange(1, len(at) + 1)
        some = counts > 0
        ahead[ends[some] - 1] = (ends - counts)[some]
        x, y, passed = self._local[at, 0], self._local[at, 1], self._passed[at]
        swept = passed[ahead] - passed
        # Round the end of the ring and on to its first corner.
        swept[ends[some] - 1] += (self._passed[stops - 1] - self._passed[starts])[some]
        areas = (swept - (x * y[ahead] - x[ahead] * y)) / 2
        return _split(areas, ends)


def _moved_edges(chords: Sequence[_Chords], tolerance_px: float) -> list[NDArray[np.float64]]:
    """Corners of each polygon after its edges were moved to keep the area."""
    before = np.concatenate([item.corners for item in chords])
    areas = np.concatenate([item.areas for item in chords])
    ends = np.cumsum([len(item.areas) for item in chords])
    starts = np.concatenate([[0], ends[:-1]])
    ahead = np.arange(1, ends[-1] + 1)
    ahead[ends - 1] = starts
    behind = np.arange(-1, ends[-1] - 1)
    behind[starts] = ends - 1
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
    after = before + np.stack([x * factor, y * factor], axis=1)
    return _split(after, ends)


def _split(array: NDArray[np.float64], ends: NDArray[np.intp]) -> list[NDArray[np.float64]]:
    """Views of an array, each up to its end."""
    return [array[a:b] for a, b in itertools.pairwise([0, *ends.tolist()])]
