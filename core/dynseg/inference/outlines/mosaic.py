"""The masks of an image side by side, so that all of them are traced in a few calls.

A crowded image has hundreds of small masks, and what a call costs beside its arithmetic is most of
the time of a small one. So masks of about the same size are laid below each other in one grid, each
in a slab of its own. Nodes that do not belong to a mask are masked out, so no outline leaves its
slab, and every outline has the same bits whatever its neighbours are.

Frames: *cells* are those of the prototypes. A cell, like a pixel, covers a unit square and its
value belongs to the centre of it; so node (0, 0) of the grid of values lies at (0.5, 0.5) in cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from numpy.typing import NDArray

from dynseg.inference.outlines.outline import Outlines

FINE = 2
"""Nodes a cell. Between nodes the zero line is taken as straight: two cost 0.2 % of the area."""

LARGE_CELLS = 64
"""From this size on the line hardly bends within a cell, and one node a cell does as well."""

_EVERYTHING = 1e30

_MOST = 16_000
"""Nodes of a slab group: more leave the cache and cost twice as much."""
_WASTE = 4_000
"""Nodes that are traced for nothing rather than begin another slab: either takes 0.1 ms."""

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of the image, measured in cells.

    Attributes:
        count: Cells along the axis.
        scale: Cells a pixel of the image.
        offset: Position of the image's edge, cells.
    """

    count: int
    scale: float
    offset: float


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """Outlines of the masks of one image.

    Attributes:
        outlines: All rings, those of a piece behind each other: its outer ring, then its holes.
        owners: `(R,)` the mask of each ring; the rings of a mask are behind each other.
        outer: `(R,)` bool, whether a ring is the outer one of a piece.
    """

    outlines: Outlines
    owners: Index
    outer: NDArray[np.bool_]


class _Stretches:
    """The nodes that boxes take along one axis; the outermost lie on or outside of their ends.

    Args:
        axis: The axis.
        low: `(K,)` where each box begins, image pixels.
        high: `(K,)` where it ends.
        fineness: `(K,)` nodes a cell.
    """

    def __init__(
        self, axis: Axis, low: NDArray[np.float64], high: NDArray[np.float64], fineness: Index
    ) -> None:
        offset = axis.offset - 0.5  # the value of a cell belongs to its centre
        start, end = low * axis.scale + offset, high * axis.scale + offset
        begin = np.floor(start * fineness).astype(np.intp)
        # At least one node behind the first one, even where a box is thinner than their distance.
        stop = np.maximum(np.ceil(end * fineness).astype(np.intp), begin + 1)
        self._axis, self._offset = axis, offset
        self._low, self._high, self._fineness = low, high, fineness
        self._first_cell = begin // fineness
        self.cells = -(-stop // fineness) - self._first_cell + 1
        """How many cells the nodes need, at least 2; the outermost may lie beside the axis."""
        self.first = begin - self._first_cell * fineness
        """Place of the first node, counted from the node of the first cell."""
        self.last = stop - self._first_cell * fineness
        self.over_low = (start * fineness - begin)[:, None]
        """How far the low end lies behind the first node, in distances of nodes."""
        self.over_high = (stop - end * fineness)[:, None]

    def positions(self, some: slice, nodes: int) -> NDArray[np.float64]:
        """`(K, nodes)` image pixels of the nodes; the outermost are the ends of the box."""
        fineness, every = self._fineness[some, None], _places(self.first[some])
        at = self._first_cell[some, None] * fineness + np.arange(nodes)
        found: NDArray[np.float64] = (at / fineness - self._offset) / self._axis.scale
        found[every, self.first[some]] = self._low[some]
        found[every, self.last[some]] = self._high[some]
        return found

    def beside(self, some: slice, nodes: int) -> NDArray[np.bool_]:
        """`(K, nodes)` which nodes are not of the box."""
        places = np.arange(nodes)
        found: NDArray[np.bool_] = places < self.first[some, None]
        found |= places > self.last[some, None]
        return found

    def ranges(self, some: slice) -> list[slice | Index]:
        """The cells of each box; the outermost ones are repeated for who reaches beyond them."""
        count = self._axis.count
        begins = self._first_cell[some].tolist()
        ends = (self._first_cell + self.cells)[some].tolist()
        return [
            slice(begin, end)
            if begin >= 0 and end <= count
            else np.clip(np.arange(begin, end), 0, count - 1)
            for begin, end in zip(begins, ends, strict=True)
        ]


def trace_masks(
    prototypes: NDArray[np.float32],
    coefficients: NDArray[np.float32],
    boxes: NDArray[np.float64],
    x_axis: Axis,
    y_axis: Axis,
) -> Traced:
    """Follow the line where the logits of each mask are zero, inside its box.

    Args:
        prototypes: `(h, w, M)` float32.
        coefficients: `(K, M)` float32.
        boxes: `(K, 4)` float64, x0, y0, x1, y1 in image pixels.
        x_axis: From left to right.
        y_axis: From top to bottom.

    Returns:
        Rings in image pixels, of all masks that are not empty.
    """
    sides = (boxes[:, 2:] - boxes[:, :2]) * (x_axis.scale, y_axis.scale)
    fineness = np.where(sides.min(1) >= LARGE_CELLS, 1, FINE)
    # Those of about the same size behind each other, without those that have none.
    order = np.lexsort((-sides.prod(1), fineness))
    order = order[(sides[order] > 0).all(1)]
    boxes, coefficients, fineness = boxes[order], coefficients[order], fineness[order]
    x = _Stretches(x_axis, boxes[:, 0], boxes[:, 2], fineness)
    y = _Stretches(y_axis, boxes[:, 1], boxes[:, 3], fineness)
    found = _Found()
    for some in _alike(x.cells, y.cells, fineness):
        cells = _cells(prototypes, coefficients[some], x.ranges(some), y.ranges(some))
        nodes = _nodes(cells, int(fineness[some.start]))
        _cut_ends(nodes, y, some)
        _cut_ends(nodes.transpose(0, 2, 1), x, some)
        found.add(order[some], _contours(nodes, x, y, some))
    return found.traced()


def _alike(widths: Index, heights: Index, fineness: Index) -> Iterator[slice]:
    """Groups of masks that fit into one slab without much waste.

    Args:
        widths: `(K,)` cells of each mask, in its order.
        heights: `(K,)` cells.
        fineness: `(K,)` nodes a cell, those of one behind each other.
    """
    start, wide, high, kind = 0, 0, 0, 0
    rows = zip(widths.tolist(), heights.tolist(), fineness.tolist(), strict=True)
    for index, (width, height, nodes) in enumerate(rows):
        wider, higher = max(wide, width), max(high, height)
        count = index - start
        waste = (count + 1) * wider * higher - count * wide * high - width * height
        size = (count + 1) * wider * higher * nodes * nodes
        if count and (nodes != kind or waste * nodes * nodes > _WASTE or size > _MOST):
            yield slice(start, index)
            start, wider, higher = index, width, height
        wide, high, kind = wider, higher, nodes
    if len(widths):
        yield slice(start, len(widths))


def _cells(
    prototypes: NDArray[np.float32],
    coefficients: NDArray[np.float32],
    x_ranges: list[slice | Index],
    y_ranges: list[slice | Index],
) -> NDArray[np.float32]:
    """`(K, h, w)` logits of masks at the cells of their boxes, and zeros behind them."""
    # Mask by mask: no digit of a sum may depend on the other masks.
    masks = []
    for weights, x, y in zip(coefficients, x_ranges, y_ranges, strict=True):
        rows = prototypes[y]
        masks.append(rows[:, x] @ weights)
    shapes = [mask.shape for mask in masks]
    height, width = (max(sizes) for sizes in zip(*shapes, strict=True))
    cells = np.zeros((len(masks), height, width), np.float32)
    for place, mask, (rows_of, columns_of) in zip(cells, masks, shapes, strict=True):
        place[:rows_of, :columns_of] = mask
    return cells


def _nodes(cells: NDArray[np.float32], fineness: int) -> NDArray[np.float64]:
    """`(K, H, W)` logits at the nodes, with one row more, which parts a mask from the next."""
    count, height, width = cells.shape
    if fineness == 1:
        nodes = np.zeros((count, height + 1, width))
        nodes[:, :-1] = cells
        return nodes
    nodes = np.zeros((count, 2 * height, 2 * width - 1))
    nodes[:, ::2, ::2] = cells
    nodes[:, 1:-1:2, ::2] = (nodes[:, 2::2, ::2] + nodes[:, :-2:2, ::2]) / 2
    nodes[:, :, 1::2] = (nodes[:, :, 2::2] + nodes[:, :, :-1:2]) / 2
    return nodes


def _cut_ends(nodes: NDArray[Any], stretches: _Stretches, some: slice) -> None:
    """Move the first and the last row of nodes to the ends of the box: linear between nodes."""
    first, last = stretches.first[some], stretches.last[some]
    every = _places(first)
    at_first, at_last = nodes[every, first], nodes[every, last]
    behind, before = nodes[every, first + 1], nodes[every, last - 1]
    nodes[every, last] = at_last + (before - at_last) * stretches.over_high[some]
    nodes[every, first] += (behind - at_first) * stretches.over_low[some]


def _places(array: NDArray[Any]) -> Index:
    return np.arange(len(array))


def _contours(nodes: NDArray[np.float64], x: _Stretches, y: _Stretches, some: slice) -> Any:
    """For each mask points, where its rings begin, and where its pieces begin; None for none."""
    _, height, width = nodes.shape
    columns, rows = np.empty_like(nodes), np.empty_like(nodes)
    columns[:] = x.positions(some, width)[:, None, :]
    rows[:] = y.positions(some, height)[:, :, None]
    beside = y.beside(some, height)[:, :, None] | x.beside(some, width)[:, None, :]
    # The class itself: the function that chooses it takes twice as long as the tracing.
    generator = contourpy.SerialContourGenerator(
        columns.reshape(-1, width),
        rows.reshape(-1, width),
        nodes.reshape(-1, width),
        beside.reshape(-1, width),
        corner_mask=False,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.ChunkCombinedOffsetOffset,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
        x_chunk_size=width,
        y_chunk_size=height,
    )
    return generator.filled(0.0, _EVERYTHING)


class _Found:
    """Collects what was traced."""

    def __init__(self) -> None:
        self._points: list[NDArray[np.float64]] = []
        self._rings: list[NDArray[np.uint32]] = []
        self._pieces: list[NDArray[np.uint32]] = []
        self._owners: list[int] = []

    def add(self, some: Index, contours: Any) -> None:
        """Rings of some masks, as `_contours` gives them."""
        for owner, points, rings, pieces in zip(some.tolist(), *contours, strict=True):
            if points is not None:
                self._owners.append(owner)
                self._points.append(points)
                self._rings.append(rings)
                self._pieces.append(pieces)

    def traced(self) -> Traced:
        """All of it."""
        if not self._owners:
            nothing = np.empty(0, np.intp)
            return Traced(Outlines(np.empty((0, 2), np.float32), nothing), nothing, nothing > 0)
        lengths, rings_in_piece = _lengths(self._rings), _lengths(self._pieces)
        outer = np.zeros(len(lengths), bool)
        outer[np.cumsum(rings_in_piece) - rings_in_piece] = True
        owners = np.repeat(self._owners, [len(rings) - 1 for rings in self._rings])
        points = np.concatenate(self._points)
        # The last point of a ring is its first one again.
        keep = np.ones(len(points), bool)
        keep[np.cumsum(lengths) - 1] = False
        return Traced(Outlines(points[keep].astype(np.float32), lengths - 1), owners, outer)


def _lengths(offsets: list[NDArray[np.uint32]]) -> Index:
    """How far apart the offsets are, each list of which begins with 0."""
    every = np.concatenate(offsets).astype(np.intp)
    steps: Index = every[1:] - every[:-1]
    return steps[steps > 0]
