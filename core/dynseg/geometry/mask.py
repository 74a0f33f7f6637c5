"""Masks to parts and back, exact at pixel edges.

A block of pixels becomes the rectangle that it covers, so that mask -> parts -> mask changes
nothing. Everything is done for all outlines at once: a mask of noise has a hundred thousand of
them. Imports contourpy and OpenCV: the window must not load this module at start.
"""

from __future__ import annotations

from typing import Any

import contourpy
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part
from dynseg.geometry.raster import mask_from_parts

__all__ = ["mask_from_parts", "parts_from_mask"]

_Numbers = NDArray[np.int64]
_Corners = NDArray[np.int64]
_INSIDE, _OUTSIDE = 1.0, -2.0
"""Values of pixels around the level 0. Where two pixels touch at a corner alone the mean of the
four around it is below, so that the tracing keeps the two apart."""
_ABOVE = 2.0


def parts_from_mask(
    mask: NDArray[np.generic],
    *,
    offset: tuple[int, int] = (0, 0),
    edges: tuple[_Numbers, _Numbers] | None = None,
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
    height, width = mask.shape
    field = np.full((height + 2, width + 2), _OUTSIDE)
    field[1:-1, 1:-1][mask != 0] = _INSIDE
    columns, rows = np.meshgrid(np.arange(width + 2.0), np.arange(height + 2.0))
    # The class itself: `contour_generator` takes ten times as long over a small mask.
    generator = contourpy.SerialContourGenerator(
        columns,
        rows,
        field,
        np.ma.nomask,  # type: ignore[arg-type]  # what `contour_generator` hands over too
        corner_mask=False,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.ChunkCombinedOffsetOffset,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
    )
    crossings, bounds, groups = (found[0] for found in generator.filled(0.0, _ABOVE))
    if crossings is None or bounds is None or groups is None:
        return ()
    corners, sizes = _corners(crossings, bounds.astype(np.int64))
    first = groups.astype(np.int64)
    rings = first[1:] - first[:-1]
    piece = np.repeat(np.arange(len(rings)), rings)
    corners, sizes, piece = _cut_where_they_meet_themselves(corners, sizes, piece, width + 1)
    if edges is not None:
        corners = np.stack([edges[0][corners[:, 0]], edges[1][corners[:, 1]]], axis=1)
    return _parts(corners + offset, sizes, piece)


def _corners(crossings: NDArray[np.number[Any]], bounds: _Numbers) -> tuple[_Corners, _Numbers]:
    """Pixel corners of all loops, one loop after another, and how many each has.

    Args:
        crossings: `(n, 2)`, where outlines cross the lines between the middles of neighbouring
            pixels; each loop ends with its first point. Coordinates count from the middle of a
            pixel outside of the mask.
        bounds: `(loops + 1,)`, where loops begin.
    """
    upright = np.abs(crossings[:, 0] - np.rint(crossings[:, 0])) > 0.25  # crosses an upright edge
    # An outline turns where it leaves an upright edge for a level one, or the reverse. The
    # corner has its column from the one and its row from the other.
    turns = upright[1:] != upright[:-1]
    turns[bounds[1:-1] - 1] = False  # from one loop to the next
    sizes = np.add.reduceat(turns, bounds[:-1], dtype=np.int64)
    at = np.flatnonzero(turns)
    first = upright[at]
    column = np.where(first, crossings[at, 0], crossings[at + 1, 0])
    row = np.where(first, crossings[at + 1, 1], crossings[at, 1])
    return np.stack([column, row], axis=1).astype(np.int64), sizes


def _cut_where_they_meet_themselves(
    corners: _Corners, sizes: _Numbers, piece: _Numbers, wide: int
) -> tuple[_Corners, _Numbers, _Numbers]:
    """Cut loops into ones that pass a corner once: a hole may touch the outline around it.

    A loop never changes sides at a corner, so what lies between its two visits there is a loop of
    its own, and such loops lie side by side or within each other.

    Args:
        corners: `(n, 2)` of all loops, one after another.
        sizes: `(loops,)`, how many each has.
        piece: `(loops,)`, which piece of the mask each belongs to.
        wide: Corners in a row of the mask.

    Returns:
        The same for the loops that result.
    """
    loop = np.repeat(np.arange(len(sizes)), sizes)
    place = (loop * (corners[:, 1].max() + 1) + corners[:, 1]) * wide + corners[:, 0]
    order = np.argsort(place)
    again = np.flatnonzero(place[order[1:]] == place[order[:-1]])
    if not len(again):
        return corners, sizes, piece
    opens = np.minimum(order[again], order[again + 1])
    closes = np.maximum(order[again], order[again + 1])
    places = np.concatenate([np.cumsum(sizes) - sizes, opens, closes])
    kinds = np.repeat([0, 1, 2], [len(sizes), len(opens), len(closes)])
    sequence = np.lexsort((kinds, places))
    numbers: list[int] = []
    outer: list[int] = []
    count = current = 0
    for kind in kinds[sequence].tolist():
        if kind == 2:
            current = outer.pop()
        else:
            if kind == 1:
                outer.append(current)
            current = count
            count += 1
        numbers.append(current)
    ends = np.append(places[sequence][1:], len(corners))
    own = np.repeat(np.array(numbers), ends - places[sequence])
    piece_of = np.empty(count, dtype=np.int64)
    piece_of[own] = piece[loop]
    return corners[np.argsort(own, kind="stable")], np.bincount(own, minlength=count), piece_of


def _parts(corners: _Corners, sizes: _Numbers, piece: _Numbers) -> tuple[Part, ...]:
    """Parts of loops, the largest first.

    Args:
        corners: `(n, 2)` of all loops in image pixels, one after another.
        sizes: `(loops,)`, how many each has.
        piece: `(loops,)`, which piece each belongs to; the outer one is the one that runs the
            other way.
    """
    ends = np.cumsum(sizes)
    starts = ends - sizes
    following = np.arange(1, len(corners) + 1)
    following[ends - 1] = starts
    x, y = corners[:, 0], corners[:, 1]
    enclosed = np.add.reduceat(x * y[following] - x[following] * y, starts)
    area = np.bincount(piece, weights=enclosed)
    rank = np.empty(len(area), dtype=np.int64)
    rank[np.argsort(-area, kind="stable")] = np.arange(len(area))
    order = np.lexsort((enclosed < 0, rank[piece]))
    # All rings share one array, which nobody can write to: a copy each would take longer than
    # everything above.
    points = corners.astype(np.float64)
    points.setflags(write=False)
    rings = [points[a:b] for a, b in zip(starts[order].tolist(), ends[order].tolist(), strict=True)]
    counts = np.bincount(piece)[np.argsort(rank)]
    firsts = np.cumsum(counts) - counts
    return tuple(
        Part(rings[a]) if count == 1 else Part(rings[a], tuple(rings[a + 1 : a + count]))
        for a, count in zip(firsts.tolist(), counts.tolist(), strict=True)
    )
