"""Masks to parts and back, exact at pixel edges.

A block of pixels becomes the rectangle that it covers, so that mask -> parts -> mask changes
nothing. Imports OpenCV: the window must not load this module at start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area
from dynseg.geometry.raster import mask_from_parts

__all__ = ["mask_from_parts", "parts_from_mask"]

_Corners = NDArray[np.int64]


def parts_from_mask(
    mask: NDArray[np.generic],
    *,
    offset: tuple[int, int] = (0, 0),
    edges: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> tuple[Part, ...]:
    """Trace the pixel edges of all connected pieces of a mask.

    Pixels that share an edge belong together; pixels that touch at a corner alone come apart
    there, because a ring that meets itself is no valid polygon.

    Args:
        mask: `(h, w)`, bool or numeric; anything but 0 is inside.
        offset: Column and row of the mask's first pixel in the image.
        edges: Where the columns `(w + 1,)` and rows `(h + 1,)` of the mask lie, if they are not
            one pixel each; before the offset, rising.

    Returns:
        Valid parts in image pixels with their holes, largest area first. Corner points only.
    """
    binary = np.ascontiguousarray(mask != 0).view(np.uint8)
    # Every pixel becomes 2 x 2: the centres of border half-pixels then lie a quarter pixel from
    # the pixel corners, so that rounding them yields the exact outline.
    doubled = cv2.resize(binary, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    contours, hierarchy = cv2.findContours(doubled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return ()
    points, sizes = _corners(contours)
    keys = points[:, 1] * (2 * binary.shape[1]) + points[:, 0]
    ordered = np.sort(keys)
    if (ordered[1:] != ordered[:-1]).all():
        loops = np.split(points, np.cumsum(sizes)[:-1])
        groups = _groups_by_hierarchy(loops, hierarchy[0])
    else:
        groups = _groups_by_component(_simple_loops(points, sizes, keys), binary)

    def place(loop: _Corners) -> _Corners:
        if edges is not None:
            loop = np.stack([edges[0][loop[:, 0]], edges[1][loop[:, 1]]], axis=1)
        return loop + offset

    parts = [
        Part(ring(place(outer)), tuple(ring(place(hole)) for hole in holes))
        for outer, holes in groups
    ]
    return tuple(sorted(parts, key=area, reverse=True))


def _corners(contours: Sequence[NDArray[Any]]) -> tuple[_Corners, NDArray[np.int64]]:
    """Pixel corners of all contours of the doubled mask, one after another, and their numbers."""
    sizes = np.array([len(contour) for contour in contours])
    points = (np.concatenate(contours).reshape(-1, 2).astype(np.int64) + 1) >> 1
    step = points - points[_before(sizes)]
    points, sizes = _kept(points, sizes, (step[:, 0] != 0) | (step[:, 1] != 0))
    upright = points[:, 0] == points[_before(sizes), 0]
    return _kept(points, sizes, upright != upright[_after(sizes)])


def _kept(
    points: _Corners, sizes: NDArray[np.int64], keep: NDArray[np.bool_]
) -> tuple[_Corners, NDArray[np.int64]]:
    return points[keep], np.add.reduceat(keep, np.cumsum(sizes) - sizes, dtype=np.int64)


def _before(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every point of closed contours that lie one after another, the one before it."""
    ends = np.cumsum(sizes)
    before = np.arange(-1, ends[-1] - 1)
    before[ends - sizes] = ends - 1
    return before


def _after(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every point of closed contours that lie one after another, the one after it."""
    ends = np.cumsum(sizes)
    after = np.arange(1, ends[-1] + 1)
    after[ends - 1] = ends - sizes
    return after


def _groups_by_hierarchy(
    loops: Sequence[_Corners], hierarchy: NDArray[np.int32]
) -> list[tuple[_Corners, list[_Corners]]]:
    """Outlines with their holes, as OpenCV found them."""
    groups: dict[int, tuple[_Corners, list[_Corners]]] = {}
    parents: list[int] = hierarchy[:, 3].tolist()
    for index, parent in enumerate(parents):
        if parent < 0:
            groups[index] = (loops[index], [])
    for index, parent in enumerate(parents):
        if parent >= 0:
            groups[parent][1].append(loops[index])
    return list(groups.values())


def _simple_loops(
    points: _Corners, sizes: NDArray[np.int64], keys: NDArray[np.int64]
) -> list[_Corners]:
    """Cut contours that meet, each other or themselves, into loops that pass a corner once.

    OpenCV walks across a corner at which two pixels touch. There the walks change partners, so
    that each stays with its own pixel (then no loop runs around two pieces), and what still comes
    back to a corner is cut off as a loop of its own (a hole that touches its outline).
    """
    order = np.argsort(keys, kind="stable")
    twice = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    one, other = order[twice], order[twice + 1]
    after = _after(sizes)
    after[one], after[other] = after[other], after[one]
    shared = np.full(len(points), -1)
    shared[one] = shared[other] = np.arange(len(one))
    following, corner = after.tolist(), shared.tolist()
    loops: list[_Corners] = []
    seen = [False] * len(points)
    for start in range(len(points)):
        path: list[int] = []
        opened: dict[int, int] = {}
        index = start
        while not seen[index]:
            seen[index] = True
            place = corner[index]
            if place >= 0:
                if place in opened:
                    length = opened[place]
                    loops.append(points[path[length:]])
                    for dropped in path[length + 1 :]:
                        opened.pop(corner[dropped], None)
                    del path[length:]
                opened[place] = len(path)
            path.append(index)
            index = following[index]
        if path:
            loops.append(points[path])
    return loops


def _groups_by_component(
    loops: Sequence[_Corners], binary: NDArray[np.uint8]
) -> list[tuple[_Corners, list[_Corners]]]:
    """Outlines with their holes: loops around the same edge-connected piece."""
    _, labels = cv2.connectedComponents(binary, connectivity=4)
    outlines: dict[int, _Corners] = {}
    holes: dict[int, list[_Corners]] = {}
    for loop in loops:
        (x, y), (dx, dy) = loop[0], np.sign(loop[1] - loop[0])
        # OpenCV's contours have the inside at the right of a step up and the left of a step down.
        piece = int(labels[y + (dy - dx - 1) // 2, x + (dx + dy - 1) // 2])
        enclosed = np.dot(loop[:, 0], np.roll(loop[:, 1], -1) - np.roll(loop[:, 1], 1))
        if enclosed < 0:
            outlines[piece] = loop
        else:
            holes.setdefault(piece, []).append(loop)
    return [(outline, holes.get(piece, [])) for piece, outline in outlines.items()]
