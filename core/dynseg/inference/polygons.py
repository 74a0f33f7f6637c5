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
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import contourpy
import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import repair
from dynseg.inference.detections import Detection
from dynseg.inference.outline import Outline, simplify

MIN_SHARE = 0.015
"""A piece or a hole under this share of the largest piece is a speck."""

MIN_SPECK_PX = 4.0
"""A piece beside the largest one, or a hole, under this area is a speck, square image pixels."""

_NODES_PER_CELL = 2
"""Between nodes the zero line is taken as straight; two cost 0.2 % of the area, one 0.6 %."""

_EVERYTHING = 1e30


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Detections of one image before their masks are made, surest first.

    Attributes:
        boxes: `(K, 4)` float32, x0, y0, x1, y1 in model pixels.
        scores: `(K,)` float32 in [0, 1].
        classes: `(K,)` int64, positions in the model's classes.
        coefficients: `(K, M)` float32, weights of the prototypes.
        prototypes: `(M, h, w)` float32; the logits of a mask are `coefficients @ prototypes`.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int64]
    coefficients: NDArray[np.float32]
    prototypes: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, slots=True, eq=False)
class _Axis:
    """Nodes along one axis of a box.

    Attributes:
        first: First cell to assemble.
        last: Behind the last one.
        lower: Cell at or before each node, relative to `first`.
        upper: Cell behind each node, relative to `first`.
        share: How much of the upper cell is in the value of each node.
        image: Position of each node, image pixels.
    """

    first: int
    last: int
    lower: NDArray[np.intp]
    upper: NDArray[np.intp]
    share: NDArray[np.float32]
    image: NDArray[np.float64]


class _Ruler:
    """All nodes along one axis of the image; boxes take their stretch of it.

    Args:
        count: Cells along the axis.
        scale: Cells a pixel of the image.
        offset: Position of the image's edge, cells.
    """

    def __init__(self, count: int, scale: float, offset: float) -> None:
        self._count = count
        self._scale = scale
        self._offset = offset - 0.5  # the value of a cell belongs to its centre
        # From the outer edge of the first cell to that of the last, and one more on each side.
        nodes = np.arange(-2, count * _NODES_PER_CELL + 2) / _NODES_PER_CELL
        # Outside of the outermost centres the value stays as it is there.
        inside = np.minimum(np.maximum(nodes, 0.0), count - 1.0)
        self._lower = np.minimum(inside.astype(np.intp), max(count - 2, 0))
        self._upper = np.minimum(self._lower + 1, count - 1)
        self._share = (inside - self._lower).astype(np.float32)
        self._image = (nodes - self._offset) / scale

    def between(self, low: float, high: float) -> _Axis:
        """Nodes from `low` to `high`, image pixels: both ends and every node between them."""
        start = low * self._scale + self._offset
        end = high * self._scale + self._offset
        # Node k of the ruler is at (k - 2) / nodes per cell.
        begin = max(math.floor(start * _NODES_PER_CELL) + 2, 0)
        stop = min(math.ceil(end * _NODES_PER_CELL) + 3, len(self._lower))
        first_cell, first_share = self._value_at(start)
        last_cell, last_share = self._value_at(end)
        # The stretch begins and stops one node too far: these become the ends of the box.
        lower = self._lower[begin:stop] - first_cell
        upper = self._upper[begin:stop] - first_cell
        share, image = self._share[begin:stop].copy(), self._image[begin:stop].copy()
        lower[0], lower[-1] = 0, last_cell - first_cell
        last = min(last_cell + 1, self._count - 1)
        upper[0], upper[-1] = min(first_cell + 1, last) - first_cell, last - first_cell
        share[0], share[-1] = first_share, last_share
        image[0], image[-1] = low, high
        return _Axis(first_cell, last + 1, lower, upper, share, image)

    def _value_at(self, node: float) -> tuple[int, float]:
        """The cell at or before a node and the share of the next one in its value."""
        inside = min(max(node, 0.0), self._count - 1.0)
        cell = min(int(inside), max(self._count - 2, 0))
        return cell, inside - cell


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
    _, rows, columns = candidates.prototypes.shape
    scale_x, scale_y = letterbox.scale_xy
    across, down = columns / letterbox.width, rows / letterbox.height
    x_ruler = _Ruler(columns, scale_x * across, letterbox.pad_left * across)
    y_ruler = _Ruler(rows, scale_y * down, letterbox.pad_top * down)
    boxes = _image_boxes(candidates.boxes, letterbox)
    shapes: list[list[list[Outline]]] = []
    for index, (x0, y0, x1, y1) in enumerate(boxes.tolist()):
        if x1 - x0 <= 0 or y1 - y0 <= 0:
            shapes.append([])
            continue
        x_axis, y_axis = x_ruler.between(x0, x1), y_ruler.between(y0, y1)
        logits = _logits(candidates, index, x_axis, y_axis)
        shapes.append(_pieces(logits, x_axis.image, y_axis.image))
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
    candidates: Candidates, index: int, x_axis: _Axis, y_axis: _Axis
) -> NDArray[np.float32]:
    """Logits of one mask at the nodes of two axes."""
    cells = candidates.prototypes[:, y_axis.first : y_axis.last, x_axis.first : x_axis.last]
    count, rows, columns = cells.shape
    values: NDArray[np.float32] = candidates.coefficients[index] @ cells.reshape(count, -1)
    values = values.reshape(rows, columns)
    left = values[:, x_axis.lower]
    left += (values[:, x_axis.upper] - left) * x_axis.share
    above = left[y_axis.lower]
    above += (left[y_axis.upper] - above) * y_axis.share[:, None]
    return above


def _pieces(
    logits: NDArray[np.float32], x: NDArray[np.float64], y: NDArray[np.float64]
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
        logits.astype(np.float64),
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
    rings = iter(
        simplify(
            [outline for pieces in shapes for piece in pieces for outline in piece],
            tolerance_px=tolerance_px,
        )
    )
    limits = (letterbox.image_width, letterbox.image_height)
    result: list[tuple[Part, ...]] = []
    for pieces in shapes:
        parts = []
        for piece in pieces:
            outer, *holes = (next(rings) for _ in piece)
            if outer is None:
                continue
            parts.append(
                Part(
                    _inside(outer, limits),
                    tuple(_inside(hole, limits) for hole in holes if hole is not None),
                )
            )
        result.append(tuple(parts))
    return _repaired(result, limits)


def _inside(points: NDArray[np.float64], limits: tuple[int, int]) -> NDArray[np.float64]:
    """A ring inside the image, in numbers that fit into four bytes."""
    return ring(np.clip(points, 0, limits).astype(np.float32))


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
