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

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.part import Part, Ring
from dynseg.geometry.polygon import repair
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.mosaic import Axis, Traced, trace_masks
from dynseg.inference.outlines.outline import simplify

MIN_SHARE = 0.015
"""A piece or a hole under this share of the largest piece is a speck."""

MIN_SPECK_PX = 4.0
"""A piece beside the largest one, or a hole, under this area is a speck, square image pixels."""

NEIGHBOUR_SHARE, NEIGHBOUR_CUT = 0.2, 0.25
"""A piece under this share of the largest one, with this part of its outline on sides of the box,
is a bit of a neighbour that reaches into the box."""

_ON_SIDE_PX = 0.02
"""Outlines that a box has cut lie on its sides but for rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Detections of one image before their masks are made, surest first.

    Attributes:
        boxes: `(K, 4)` float32, x0, y0, x1, y1 in model pixels.
        scores: `(K,)` float32 in [0, 1].
        classes: `(K,)` int64, positions in the model's classes.
        coefficients: `(K, M)` float32, weights of the prototypes.
        prototypes: `(h, w, M)` float32, or float16 where the network computes in that; the logits
            of a mask are `prototypes @ coefficients`, in float32.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int64]
    coefficients: NDArray[np.float32]
    prototypes: NDArray[np.float32] | NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.scores)


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
    x_axis = Axis(columns, scale_x * across, letterbox.pad_left * across)
    y_axis = Axis(rows, scale_y * down, letterbox.pad_top * down)
    boxes = _image_boxes(candidates.boxes, letterbox)
    traced = trace_masks(
        _wide(candidates.prototypes), candidates.coefficients, boxes, x_axis, y_axis
    )
    parts = _parts(traced, boxes, letterbox, tolerance_px=simplify_px / x_axis.scale)
    scores, classes = candidates.scores.tolist(), candidates.classes.tolist()
    corners = boxes.tolist()
    return [
        Detection(
            class_index=classes[index],
            score=scores[index],
            parts=parts[index],
            box=tuple(corners[index]),
        )
        for index in sorted(parts)
    ]


def _wide(prototypes: NDArray[np.float32] | NDArray[np.float16]) -> NDArray[np.float32]:
    """`(h, w, M)` in single precision: numpy takes eight times as long for it."""
    if prototypes.dtype == np.float32:
        return prototypes.astype(np.float32, copy=False)
    rows = prototypes.reshape(len(prototypes), -1)
    try:
        wide = cv2.add(rows, 0.0, dtype=cv2.CV_32F)  # type: ignore[call-overload]
    except cv2.error:  # before OpenCV 5
        return prototypes.astype(np.float32)
    return np.asarray(wide, np.float32).reshape(prototypes.shape)


def _image_boxes(boxes: NDArray[np.float32], letterbox: Letterbox) -> NDArray[np.float64]:
    """`(K, 4)` model pixels to image pixels, inside the image."""
    corners = letterbox.to_image(boxes.reshape(-1, 2))
    np.clip(corners, 0, (letterbox.image_width, letterbox.image_height), out=corners)
    return corners.reshape(-1, 4)


def _parts(
    traced: Traced, boxes: NDArray[np.float64], letterbox: Letterbox, *, tolerance_px: float
) -> dict[int, tuple[Part, ...]]:
    """Valid parts of each mask, largest first; masks with nothing left are not in it."""
    limits = (letterbox.image_width, letterbox.image_height)
    kept = _without_neighbours(traced, _without_specks(traced), boxes, limits)
    corners, counts = simplify(traced.outlines, kept, tolerance_px=tolerance_px)
    # In numbers that fit into four bytes, as they are saved; the rings are views of one array.
    together = np.clip(corners, 0, limits).astype(np.float32).astype(np.float64)
    together.setflags(write=False)
    ends = np.cumsum(counts)
    pieces: dict[int, list[tuple[float, Ring, list[Ring]]]] = {}
    usable = False
    for owner, outer, area, start, stop in zip(
        traced.owners[kept].tolist(),
        traced.outer[kept].tolist(),
        traced.outlines.areas[kept].tolist(),
        (ends - counts).tolist(),
        ends.tolist(),
        strict=True,
    ):
        usable = start < stop if outer else usable
        if outer and usable:
            pieces.setdefault(owner, []).append((area, together[start:stop], []))
        elif usable and start < stop:
            pieces[owner][-1][2].append(together[start:stop])
    found = {}
    for owner, items in pieces.items():
        if len(items) > 1:
            items.sort(key=lambda item: -item[0])
        found[owner] = tuple(Part(ring, tuple(holes)) for _, ring, holes in items)
    return _repaired(found, limits)


def _without_specks(traced: Traced) -> NDArray[np.intp]:
    """Rings of the largest piece of each mask and of all that are no specks beside it."""
    areas, owners, outer = traced.outlines.areas, traced.owners, traced.outer
    if not len(areas):
        return np.empty(0, np.intp)
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    lengths = np.diff(begins, append=len(owners))
    largest = np.repeat(np.maximum.reduceat(np.where(outer, areas, -1.0), begins), lengths)
    enough = areas >= np.maximum(MIN_SHARE * largest, MIN_SPECK_PX)
    pieces = np.cumsum(outer) - 1
    whole = (enough | (areas == largest))[outer][pieces]
    return np.flatnonzero(whole & (outer | enough))


def _without_neighbours(
    traced: Traced, kept: NDArray[np.intp], boxes: NDArray[np.float64], limits: tuple[int, int]
) -> NDArray[np.intp]:
    """The rings without those of small pieces that the box has cut off from something beside it.

    Two touching objects look alike to the network, and what of one reaches into the box of the
    other is in its mask. On the val parts of four real sets such pieces were in 3 to 26 of 100
    proposals, and leaving them out brought every one of 66 that were compared nearer to the truth
    (.02 to .05 in IoU).
    """
    owners, outer = traced.owners[kept], traced.outer[kept]
    if len(owners) == 0 or outer.sum() == 1 + np.count_nonzero(np.diff(owners)):
        return kept  # every mask is in one piece
    areas = np.where(outer, traced.outlines.areas[kept], 0.0)
    largest = np.zeros(len(boxes))
    np.maximum.at(largest, owners, areas)
    gone = np.zeros(len(kept), bool)
    for place in np.flatnonzero(outer & (areas < NEIGHBOUR_SHARE * largest[owners])):
        ring = traced.outlines.ring(int(kept[place])).astype(np.float64)
        gone[place] = _cut_share(ring, boxes[owners[place]], limits) > NEIGHBOUR_CUT
    pieces = np.cumsum(outer) - 1
    stays: NDArray[np.bool_] = ~gone[outer][pieces]
    return kept[stays]


def _cut_share(
    ring: NDArray[np.float64], box: NDArray[np.float64], limits: tuple[int, int]
) -> float:
    """Part of the length of a ring that lies on sides of the box inside of the image."""
    ahead = np.roll(ring, -1, axis=0)
    lengths = np.hypot(*(ahead - ring).T)
    on_side = np.zeros(len(ring), bool)
    for axis, place in ((0, box[0]), (1, box[1]), (0, box[2]), (1, box[3])):
        if _ON_SIDE_PX < place < limits[axis] - _ON_SIDE_PX:
            near = np.abs(np.stack([ring[:, axis], ahead[:, axis]]) - place) < _ON_SIDE_PX
            on_side |= near.all(0)
    return float(lengths[on_side].sum() / max(lengths.sum(), 1e-9))


def _repaired(
    shapes: dict[int, tuple[Part, ...]], limits: tuple[int, int]
) -> dict[int, tuple[Part, ...]]:
    """The same shapes; those that cross themselves are cut into pieces that do not."""
    owners = [owner for owner, parts in shapes.items() for _ in parts]
    parts = [part for found in shapes.values() for part in found]
    valid = shapely.is_valid(_polygons(parts)).tolist()
    for owner in {owner for owner, fine in zip(owners, valid, strict=True) if not fine}:
        shapes[owner] = repair(shapes[owner], width=limits[0], height=limits[1])
    return {owner: found for owner, found in shapes.items() if found}


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
