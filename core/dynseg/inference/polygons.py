"""From mask coefficients to polygons, inside each box only.

A mask is never made as pixels. Its logits are assembled at the resolution of the prototypes inside
the box of the detection; the line where they are zero is followed between the cells and mapped to
the image. That line is what a mask of full size would show, to a fraction of a pixel, at a cost
that grows with neither the size of the image nor that of the other objects.

Frames: *model* pixels are those of the network's input; *cells* are those of the prototypes,
usually four model pixels wide. A cell, like a pixel, covers a unit square and its value belongs to
the centre of it; so node (0, 0) of the grid of values lies at (0.5, 0.5) in cells.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import contourpy
import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.part import Part, Ring
from dynseg.geometry.polygon import repair
from dynseg.inference.detections import Detection
from dynseg.inference.outline import Outline, simplify

MIN_SHARE = 0.015
"""A piece or a hole under this share of the largest piece is a speck."""

MIN_SPECK_PX = 4.0
"""A piece beside the largest one, or a hole, under this area is a speck, square image pixels."""

_FINE = 2
"""Nodes a cell. Between nodes the zero line is taken as straight: two cost 0.2 % of the area."""

_LARGE_CELLS = 64
"""From this size on the line hardly bends within a cell, and one node a cell does as well."""

_EVERYTHING = 1e30


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Detections of one image before their masks are made, surest first.

    Attributes:
        boxes: `(K, 4)` float32, x0, y0, x1, y1 in model pixels.
        scores: `(K,)` float32 in [0, 1].
        classes: `(K,)` int64, positions in the model's classes.
        coefficients: `(K, M)` float32, weights of the prototypes.
        prototypes: `(h, w, M)` float32; the logits of a mask are `prototypes @ coefficients`.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int64]
    coefficients: NDArray[np.float32]
    prototypes: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)


class _Ruler:
    """One axis of the image, measured in cells; every box takes its stretch of it.

    Args:
        count: Cells along the axis.
        scale: Cells a pixel of the image.
        offset: Position of the image's edge, cells.
    """

    def __init__(self, count: int, scale: float, offset: float) -> None:
        self._count = count
        self._scale = scale
        self._offset = offset - 0.5  # the value of a cell belongs to its centre
        self._nodes_px = {
            fineness: (np.arange(-2, count * fineness + 3) / fineness - self._offset) / scale
            for fineness in (1, _FINE)
        }

    def stretches(
        self, low: NDArray[np.float64], high: NDArray[np.float64], fineness: NDArray[np.int64]
    ) -> list[_Stretch]:
        """The stretch of each box from `low` to `high`, image pixels, with so many nodes a cell."""
        start = low * self._scale + self._offset
        end = high * self._scale + self._offset
        begin = np.floor(start * fineness)
        # At least one node behind the first one, even where a box is thinner than their distance.
        stop = np.maximum(np.ceil(end * fineness), begin + 1)
        first = np.clip(np.floor(begin / fineness), 0, self._count - 1)
        last = np.clip(np.ceil(stop / fineness), first, self._count - 1)
        columns = (
            first.astype(np.int64),
            last.astype(np.int64) + 1,
            (stop - begin).astype(np.int64) + 1,
            begin / fineness - first,
            start * fineness - begin,
            stop - end * fineness,
            begin.astype(np.int64) + 2,
        )
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [_Stretch(*row) for row in rows]

    def positions(
        self, stretch: _Stretch, fineness: int, low: float, high: float
    ) -> NDArray[np.float64]:
        """Of the nodes of a stretch, image pixels; the outermost are the ends of the box."""
        start = stretch.start
        found = self._nodes_px[fineness][start : start + stretch.nodes].copy()
        found[0], found[-1] = low, high
        return found


class _Stretch(NamedTuple):
    """Nodes along one axis of a box; the outermost ones lie on or outside of its ends.

    Attributes:
        first: First cell that the nodes need.
        last: Behind the last one.
        nodes: How many there are, at least 2.
        shift: Position of the first node from the first cell, cells.
        over_low: How far the low end lies behind the first node, in distances of nodes.
        over_high: How far the high end lies before the last node, in distances of nodes.
        start: The first node, counted from two before the first cell.
    """

    first: int
    last: int
    nodes: int
    shift: float
    over_low: float
    over_high: float
    start: int


def trace(candidates: Candidates, letterbox: Letterbox, *, simplify_px: float) -> list[Detection]:
    """Turn the masks of one image into polygons.

    Args:
        candidates: What the network found.
        letterbox: How the image lies in the network's input.
        simplify_px: How far a polygon may leave the outline of its mask, in cells, which are the
            pixels of the mask; 0 keeps every point.

    Returns:
        One detection for each candidate whose mask is not empty inside its box, in their order.
        Parts are valid polygons inside the image.
    """
    if not len(candidates):
        return []
    rows, columns, _ = candidates.prototypes.shape
    scale_x, scale_y = letterbox.scale_xy
    across, down = columns / letterbox.width, rows / letterbox.height
    x_ruler = _Ruler(columns, scale_x * across, letterbox.pad_left * across)
    y_ruler = _Ruler(rows, scale_y * down, letterbox.pad_top * down)
    boxes = _image_boxes(candidates.boxes, letterbox)
    sides = (boxes[:, 2:] - boxes[:, :2]) * (scale_x * across, scale_y * down)
    fineness = np.where(sides.min(1) >= _LARGE_CELLS, 1, _FINE)
    x_stretches = x_ruler.stretches(boxes[:, 0], boxes[:, 2], fineness)
    y_stretches = y_ruler.stretches(boxes[:, 1], boxes[:, 3], fineness)
    shapes: list[list[list[Outline]]] = []
    for index, nodes_a_cell in enumerate(fineness.tolist()):
        x0, y0, x1, y1 = boxes[index].tolist()
        if x1 - x0 <= 0 or y1 - y0 <= 0:
            shapes.append([])
            continue
        across_box, down_box = x_stretches[index], y_stretches[index]
        logits = _logits(candidates, index, across_box, down_box, nodes_a_cell)
        x = x_ruler.positions(across_box, nodes_a_cell, x0, x1)
        y = y_ruler.positions(down_box, nodes_a_cell, y0, y1)
        shapes.append(_pieces(logits, x, y))
    cell_px = 1 / (scale_x * across)
    parts = _parts(shapes, letterbox, tolerance_px=simplify_px * cell_px)
    return [
        Detection(
            class_index=int(candidates.classes[index]),
            score=float(candidates.scores[index]),
            parts=found,
            box=tuple(boxes[index].tolist()),
        )
        for index, found in enumerate(parts)
        if found
    ]


def _image_boxes(boxes: NDArray[np.float32], letterbox: Letterbox) -> NDArray[np.float64]:
    """`(K, 4)` model pixels to image pixels, inside the image."""
    corners = letterbox.to_image(boxes.reshape(-1, 2))
    np.clip(corners, 0, (letterbox.image_width, letterbox.image_height), out=corners)
    return corners.reshape(-1, 4)


def _logits(
    candidates: Candidates, index: int, x: _Stretch, y: _Stretch, fineness: int
) -> NDArray[np.float64]:
    """`(rows, columns)` logits of one mask at the nodes of two stretches."""
    cells = candidates.prototypes[y.first : y.last, x.first : x.last]
    values = (cells @ candidates.coefficients[index]).astype(np.float64)
    # Positions are halves of cells at most, which OpenCV interpolates without rounding.
    step = 1 / fineness
    nodes = cv2.warpAffine(
        values,
        np.array([[step, 0, x.shift], [0, step, y.shift]]),
        (x.nodes, y.nodes),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    _cut_ends(nodes, y)
    _cut_ends(nodes.T, x)
    return nodes  # type: ignore[return-value]


def _cut_ends(nodes: NDArray[Any], stretch: _Stretch) -> None:
    """Move the first and the last row of nodes to the ends of the box: linear between nodes."""
    first, last = (nodes[1] - nodes[0]) * stretch.over_low, (nodes[-2] - nodes[-1])
    nodes[-1] += last * stretch.over_high
    nodes[0] += first


def _pieces(
    logits: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> list[list[Outline]]:
    """Connected pieces where the logits are above zero, without specks, largest first.

    Returns:
        For each piece its outline, then those of its holes, image pixels.
    """
    columns, rows = np.empty((len(y), len(x))), np.empty((len(y), len(x)))
    columns[:] = x
    rows[:] = y[:, None]
    # The class itself: the function that chooses it takes twice as long as the tracing.
    generator = contourpy.SerialContourGenerator(
        columns,
        rows,
        logits,
        None,  # type: ignore[arg-type]
        corner_mask=False,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
        x_chunk_size=0,
        y_chunk_size=0,
    )
    found: Any = generator.create_filled_contour(0.0, _EVERYTHING)
    lines, offsets = found
    pieces = []
    for points, ends in zip(lines, offsets, strict=True):
        single = points.astype(np.float32)
        pieces.append([_outline(single[a : b - 1]) for a, b in itertools.pairwise(ends)])
    if not pieces:
        return []
    pieces.sort(key=lambda rings: -rings[0].area)
    least = max(MIN_SHARE * pieces[0][0].area, MIN_SPECK_PX)
    result = [[piece[0], *(hole for hole in piece[1:] if hole.area >= least)] for piece in pieces]
    return [piece for piece in result if piece[0].area >= least] or result[:1]


def _outline(points: NDArray[np.float32]) -> Outline:
    return Outline(points, float(cv2.contourArea(points)))


def _parts(
    shapes: Sequence[list[list[Outline]]], letterbox: Letterbox, *, tolerance_px: float
) -> list[tuple[Part, ...]]:
    """Valid parts of each shape; empty where nothing is left."""
    limits = (letterbox.image_width, letterbox.image_height)
    outlines = [outline for pieces in shapes for piece in pieces for outline in piece]
    rings = iter(_inside(simplify(outlines, tolerance_px=tolerance_px), limits))
    result: list[tuple[Part, ...]] = []
    for pieces in shapes:
        parts = []
        for piece in pieces:
            outer, *holes = (next(rings) for _ in piece)
            if outer is not None:
                parts.append(Part(outer, tuple(hole for hole in holes if hole is not None)))
        result.append(tuple(parts))
    return _repaired(result, limits)


def _inside(
    rings: Sequence[NDArray[np.float64] | None], limits: tuple[int, int]
) -> list[Ring | None]:
    """The same rings inside the image, in numbers that fit into four bytes; views of one array."""
    usable = [points for points in rings if points is not None]
    if not usable:
        return list(rings)
    together = np.clip(np.concatenate(usable), 0, limits).astype(np.float32).astype(np.float64)
    together.setflags(write=False)
    ends = iter(itertools.accumulate((len(points) for points in usable), initial=0))
    found: list[Ring | None] = []
    start = next(ends)
    for points in rings:
        if points is None:
            found.append(None)
            continue
        stop = next(ends)
        found.append(together[start:stop])
        start = stop
    return found


def _repaired(shapes: list[tuple[Part, ...]], limits: tuple[int, int]) -> list[tuple[Part, ...]]:
    """The same shapes; those that cross themselves are cut into pieces that do not."""
    owners = [index for index, parts in enumerate(shapes) for _ in parts]
    parts = [part for found in shapes for part in found]
    broken = {owners[index] for index in np.flatnonzero(~shapely.is_valid(_polygons(parts)))}
    return [
        repair(found, width=limits[0], height=limits[1]) if index in broken else found
        for index, found in enumerate(shapes)
    ]


def _polygons(parts: Sequence[Part]) -> NDArray[np.object_]:
    """A shapely polygon for each part."""
    rings = [part_ring for part in parts for part_ring in part.rings]
    if not rings:
        return np.empty(0, object)
    owner = np.repeat(np.arange(len(rings)), [len(points) for points in rings])
    lines = shapely.linearrings(np.concatenate(rings), indices=owner)
    part_of = np.repeat(np.arange(len(parts)), [len(part.rings) for part in parts])
    polygons: NDArray[np.object_] = shapely.polygons(lines, indices=part_of)
    return polygons
