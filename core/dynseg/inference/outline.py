"""Outlines of many masks with few points: chords where they cost little, moved to keep the area.

A chord between two points of an outline lies on the inner side of every bulge, so a polygon of
chords alone is always too small. Each edge is therefore moved outwards or inwards until it leaves
out as much as it adds; the same number of points then covers the mask about twice as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

MAX_LOSS = 0.03
"""Share of a ring's area that lies between the ring and its chords, before the edges are moved."""

MAX_DEVIATION = 0.0175
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
    kept = [_chords(item, tolerance_px) for item in outlines]
    usable = [index for index, corners in enumerate(kept) if corners is not None]
    result: list[NDArray[np.float64] | None] = [None] * len(outlines)
    if usable:
        moved = _moved_edges(
            [outlines[index].points for index in usable],
            [corners for corners in kept if corners is not None],
            tolerance_px,
        )
        for index, points in zip(usable, moved, strict=True):
            result[index] = points
    return result


def _chords(outline: Outline, tolerance_px: float) -> NDArray[np.intp] | None:
    """Indices of the points to keep, ascending; None when no polygon is left."""
    points = outline.points
    tolerance = min(tolerance_px, MAX_DEVIATION * float(np.sqrt(outline.area)))
    keys = points.view(np.uint64).ravel()
    for _ in range(_HALVINGS):
        corners = cv2.approxPolyDP(points, tolerance, True).view(np.uint64).ravel()
        # The corners are some of the points, bit for bit.
        indices = np.flatnonzero((keys[:, None] == corners).any(axis=1))
        if len(indices) >= 3 and _between(points, indices) <= MAX_LOSS * outline.area:
            return indices
        tolerance /= 2
    return indices if len(indices) >= 3 else None


def _between(points: NDArray[np.float32], indices: NDArray[np.intp]) -> float:
    """Area between a ring and the chords of some of its points, square pixels."""
    return float(np.abs(_chord_areas(points, indices)[0]).sum())


def _chord_areas(
    points: NDArray[np.float32], indices: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Signed area that each chord leaves out, and the corners `(K, 2)`, relative to a point."""
    local = (points - points[0]).astype(np.float64)
    x, y = local[:, 0], local[:, 1]
    cross = np.empty(len(local) + 1)
    cross[0] = 0
    np.multiply(x[:-1], y[1:], out=cross[1:-1])
    cross[1:-1] -= x[1:] * y[:-1]
    cross[-1] = 0  # the last edge ends in the origin
    total = np.cumsum(cross)
    corners = local[indices]
    cx, cy = corners[:, 0], corners[:, 1]
    ahead = np.roll(corners, -1, axis=0)
    chain = np.roll(total[indices], -1) - total[indices]
    chain[-1] += total[-1]
    return (chain - (cx * ahead[:, 1] - ahead[:, 0] * cy)) / 2, corners


def _moved_edges(
    rings: Sequence[NDArray[np.float32]],
    kept: Sequence[NDArray[np.intp]],
    tolerance_px: float,
) -> list[NDArray[np.float64]]:
    """Corners of each ring after its edges were moved to keep the area."""
    areas, corners = [], []
    for points, indices in zip(rings, kept, strict=True):
        area, local = _chord_areas(points, indices)
        areas.append(area)
        corners.append(local + points[0])
    lengths = np.array([len(indices) for indices in kept])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    ahead = np.arange(1, ends[-1] + 1)
    ahead[ends - 1] = starts
    behind = np.arange(-1, ends[-1] - 1)
    behind[starts] = ends - 1
    before = np.concatenate(corners)
    edge = before[ahead] - before
    length = np.maximum(np.hypot(edge[:, 0], edge[:, 1]), 1e-9)
    shift = np.concatenate(areas) / length
    normal_x, normal_y = edge[:, 1] / length, -edge[:, 0] / length
    last_x, last_y, last_shift = normal_x[behind], normal_y[behind], shift[behind]
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
    far = np.hypot(x, y)
    factor = np.minimum(1.0, tolerance_px / np.maximum(far, 1e-9))
    after = before + np.stack([x * factor, y * factor], axis=1)
    return np.split(after, ends[:-1])
