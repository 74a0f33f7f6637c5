"""Outlines of many masks with few points: chords where they cost little, moved to keep the area.

A chord between two points of an outline lies on the inner side of every bulge, so a polygon of
chords alone is always too small. Each edge is therefore moved outwards or inwards until it leaves
out as much as it adds; the same number of points then covers the mask about twice as well.
"""

from __future__ import annotations

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
    chords = [_chords(item, tolerance_px) for item in outlines]
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


def _chords(outline: Outline, tolerance_px: float) -> _Chords | None:
    """The polygon within the tolerance and the loss that are allowed; None when none is left."""
    points = outline.points
    tolerance = min(tolerance_px, MAX_DEVIATION * math.sqrt(outline.area))
    keys = points.view(np.uint64).ravel()
    local = (points - points[0]).astype(np.float64)
    passed = _area_passed(local)
    result = None
    for _ in range(_HALVINGS):
        corners = cv2.approxPolyDP(points, tolerance, True).view(np.uint64).ravel()
        # The corners are some of the points, bit for bit.
        indices = np.logical_or.reduce(keys[:, None] == corners, axis=1).nonzero()[0]
        if len(indices) >= 3:
            result = _between(local, passed, indices)
            if float(np.add.reduce(np.abs(result.areas))) <= MAX_LOSS * outline.area:
                break
        tolerance /= 2
    return result and _Chords(result.corners + points[0], result.areas)


def _area_passed(local: NDArray[np.float64]) -> NDArray[np.float64]:
    """`(N + 1,)` twice the area swept from the origin on the way to each point and to the end.

    Args:
        local: `(N, 2)` a ring that starts in the origin.
    """
    passed = np.zeros(len(local) + 1)  # neither the first edge nor the last sweeps anything
    x, y = local[:, 0], local[:, 1]
    np.cumsum(x[:-1] * y[1:] - x[1:] * y[:-1], out=passed[1:-1])
    passed[-1] = passed[-2]
    return passed


def _between(
    local: NDArray[np.float64], passed: NDArray[np.float64], indices: NDArray[np.intp]
) -> _Chords:
    """The chords of a ring between the points with these indices."""
    around = np.empty(len(indices) + 1, np.intp)
    around[:-1] = indices
    around[-1] = indices[0]
    corners = local[around]
    at = passed[around]
    at[-1] += passed[-1]
    x, y = corners[:, 0], corners[:, 1]
    swept = at[1:] - at[:-1]
    return _Chords(corners[:-1], (swept - (x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


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
    return np.split(after, ends[:-1])
