"""Finds what in an image looks like some shapes of it.

A linear detector made of a few examples and of all of the image (Hariharan, Malik and Ramanan,
ECCV 2012: discriminative decorrelation): the examples say what is looked for, the image itself how
its places vary. That other objects of the kind are among them hardly matters. It takes a second and
no training, and finds what no model has learned yet.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, contains
from dynseg.inference.detections import Detection
from dynseg.inference.likeness.surface import STRIDE, Seer, Surface
from dynseg.inference.outlines.edges import snapped
from dynseg.inference.overlap import (
    Outlines,
    outlines,
    overlapping_pairs,
    overlapping_pairs_within,
)

Shape = tuple[Part, ...]
Pixels = NDArray[np.uint8]

OBJECT_PX = 24.0
"""An object is looked at with this root of its area, model pixels."""
MOST_ENLARGED = 4.0
MOST_PX = 6_000_000
"""Model pixels of an image: 160 MB of traits."""
LEAST_SIDE = 32
LEAST_SPREAD, LEAST_SMOOTH = 1e-9, 0.5
BACKGROUND_CELLS = 20_000
"""Cells that say how places vary."""
SPREAD = 1.0
"""So much of the mean variance of the traits is added to each: few examples say little about the
directions in which the image hardly varies. Of .01, .05, .2, .5 and 1 the last finds most, on
insects and on cells."""
AROUND_CELLS = 0.5
"""Places this far from the middle of an example are taken as well."""
SMOOTH, APART = 0.15, 0.35
"""How far likeness is smoothed, and how far two objects are apart at least; over their size."""
LEAST_LIKENESS = 0.2
ALIKE = 2.4
"""Likeness is 1 where it is as an example is to the others. A score is it over this, so that the
usual confidence of .25 stands for .6 of it."""
LEAST_SHARED, MOST_SHARED, SHARED_BY_ONE = 0.45, 0.9, 0.6
"""What an example is like by the others, over what it is by all with itself: two or three say it
badly, so it is kept between these; what it is for a single one."""
WIDER = 1.12
"""Discs that are drawn to the edges are this much larger than the examples: few objects are round.
Of insects, cells and nuts .79, .79 and .82 come out with an overlap of half or more, .69, .71 and
.85 from discs of their area."""
MOST_FOUND, FOR_EACH, AT_FIRST, MORE_FOR_EACH = 500, 12, 40, 2
"""So many are found at most: for each example, and of many examples so many and some for each. Few
say little, and where much of an image is about as similar, the person corrects some first."""
REFUSED_SHARE, FEW_REFUSED = 0.5, 3
"""What is less alike than this share of what was refused is not found; of fewer it says nothing."""
LEAST_APART = 2.0
"""Examples that differ less from the rest of the image (squared, in its own spread) are no object
that could be told from it."""
SAME_IOU = 0.5
DISC_CORNERS = 24


@dataclass(frozen=True, slots=True)
class _View:
    """How an image is looked at.

    Attributes:
        surface: What its cells look like.
        cell_px: Side of a cell, image pixels, across and down.
        object_cells: Root of the area of an object, cells.
    """

    surface: Surface
    cell_px: tuple[float, float]
    object_cells: float

    def cells(self, x: float, y: float) -> tuple[float, float]:
        """A place of the image in cells."""
        return x / self.cell_px[0], y / self.cell_px[1]

    def traits_at(self, x: float, y: float) -> NDArray[np.float64]:
        """`(D,)` of the cell at a place in cells; the nearest one for a place outside."""
        height, width = self.surface.shape[:2]
        row, column = min(max(int(y), 0), height - 1), min(max(int(x), 0), width - 1)
        return np.asarray(self.surface[row, column], np.float64)


def find_alike(
    pixels: Pixels,
    seer: Seer,
    examples: Sequence[Shape],
    *,
    there: Sequence[Shape] = (),
    refused: Sequence[Shape] = (),
    simplify_px: float = 1.0,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """What else in an image looks like some of its shapes.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
        seer: Says what places look like.
        examples: Shapes of one kind, image pixels; at least one.
        there: Other shapes: what has its middle in one of them, or overlaps it by half, is that.
        refused: What was found before and a person took out: it is not found again, nor what is
            less alike than most of it.
        simplify_px: See `PredictSettings`.
        look_up: Called between steps; what it raises ends the work.

    Returns:
        Of class 0, the most similar first; a score of a third is as similar as the examples are to
        each other. Empty where they have nothing in common that the rest of the image has not.
    """
    view = _viewed(pixels, seer, examples, look_up)
    likeness = _likeness(view, examples)
    if likeness is None:
        return []
    known = [*examples, *there, *refused]
    least = _least(likeness, view, refused)
    bounds = outlines(known).boxes
    radius = WIDER * _size_px(examples) / math.sqrt(math.pi)
    found = [
        _disc(x, y, radius, score)
        for x, y, score in _peaks(likeness, view, least)
        if not _is_known(x, y, known, bounds)
    ][: _most(len(examples))]
    at_edges = snapped(found, pixels, simplify_px=simplify_px, by_hand=True, look_up=look_up)
    left = _singles(outlines([item.parts for item in at_edges]), outlines(known))
    return [at_edges[at] for at in left]


def find_kinds(
    pixels: Pixels,
    seer: Seer,
    kinds: Mapping[int, Sequence[Shape]],
    *,
    there: Sequence[Shape] = (),
    refused: Mapping[int, Sequence[Shape]],
    simplify_px: float = 1.0,
    look_up: Callable[[], None] = lambda: None,
) -> list[tuple[int, Detection]]:
    """`find_alike` for shapes of several kinds; what looks like two is of the one it is more like.

    Args:
        pixels: See `find_alike`.
        seer: See `find_alike`.
        kinds: Examples of each kind.
        there: See `find_alike`; examples of the other kinds need not be among them.
        refused: See `find_alike`, by the kind that they were found as.
        simplify_px: See `PredictSettings`.
        look_up: See `find_alike`.

    Returns:
        Kind and object, the most similar first.
    """
    found: list[tuple[int, Detection]] = []
    for kind, examples in kinds.items():
        others = [shape for other, shapes in kinds.items() if other != kind for shape in shapes]
        alike = find_alike(
            pixels,
            seer,
            examples,
            there=[*there, *others],
            refused=refused.get(kind, ()),
            simplify_px=simplify_px,
            look_up=look_up,
        )
        found += [(kind, item) for item in alike]
    found.sort(key=lambda pair: -pair[1].score)
    left = _singles(outlines([item.parts for _, item in found]), outlines(()))
    return [found[at] for at in left]


def _viewed(
    pixels: Pixels, seer: Seer, examples: Sequence[Shape], look_up: Callable[[], None]
) -> _View:
    """The image at a size at which the examples are as large as is looked for."""
    height, width = pixels.shape[:2]
    size_px = _size_px(examples)
    scale = min(OBJECT_PX / max(size_px, 1.0), MOST_ENLARGED, math.sqrt(MOST_PX / (width * height)))
    size = (max(LEAST_SIDE, round(width * scale)), max(LEAST_SIDE, round(height * scale)))
    surface = seer.look(pixels, size, look_up=look_up)
    cell_px = (STRIDE * width / size[0], STRIDE * height / size[1])
    return _View(surface, cell_px, size_px / math.sqrt(cell_px[0] * cell_px[1]))


def _likeness(view: _View, examples: Sequence[Shape]) -> NDArray[np.float32] | None:
    """`(h, w)` how much each cell is like the examples; None where that says nothing."""
    height, width, depth = view.surface.shape
    cells = view.surface.reshape(-1, depth)
    some = cells[:: -(-len(cells) // BACKGROUND_CELLS)].astype(np.float64)
    mean = some.mean(0)
    spread = (some - mean).T @ (some - mean) / len(some)
    spread[np.diag_indices(depth)] += SPREAD * np.trace(spread) / depth + LEAST_SPREAD
    apart = np.array([_traits(view, shape) for shape in examples]) - mean
    weights = np.linalg.solve(spread, apart.mean(0))
    usual = _usual(apart, np.linalg.solve(spread, apart.T))
    if usual < LEAST_APART:
        return None
    values = np.concatenate([part.astype(np.float32) @ weights for part in _pieces(cells)])
    likeness = ((values - mean @ weights) / usual).astype(np.float32).reshape(height, width)
    sigma = max(SMOOTH * view.object_cells, LEAST_SMOOTH)
    return np.asarray(cv2.GaussianBlur(likeness, (0, 0), sigma), np.float32)


def _usual(apart: NDArray[np.float64], solved: NDArray[np.float64]) -> float:
    """What one of the examples is by a detector made of the others; the median of all.

    Args:
        apart: `(N, D)` the examples, less the mean of the image.
        solved: `(D, N)` the inverse of its spread times them.
    """
    products = apart @ solved
    count = len(apart)
    own = float(np.median(products.mean(1)))
    if count == 1:
        return SHARED_BY_ONE * own
    others = (products.sum(1) - products.diagonal()) / (count - 1)
    return float(np.clip(np.median(others), LEAST_SHARED * own, MOST_SHARED * own))


def _pieces(cells: Surface) -> Iterator[Surface]:
    """All cells in pieces: as numbers of four bytes, all at once would take twice the memory."""
    for at in range(0, len(cells), BACKGROUND_CELLS):
        yield cells[at : at + BACKGROUND_CELLS]


def _traits(view: _View, shape: Shape) -> NDArray[np.float64]:
    """`(D,)` what the middle of a shape looks like."""
    x, y = view.cells(*_middle(shape))
    steps = (-AROUND_CELLS, 0.0, AROUND_CELLS)
    places = [view.traits_at(x + dx, y + dy) for dx in steps for dy in steps]
    return np.asarray(np.mean(places, axis=0), np.float64)


def _most(examples: int) -> int:
    """How many are found by so many examples."""
    return min(MOST_FOUND, FOR_EACH * examples, AT_FIRST + MORE_FOR_EACH * examples)


def _least(likeness: NDArray[np.float32], view: _View, refused: Sequence[Shape]) -> float:
    """The least likeness that is worth a look."""
    if len(refused) < FEW_REFUSED:
        return LEAST_LIKENESS
    height, width = likeness.shape
    middles = np.array([view.cells(*_middle(shape)) for shape in refused]).astype(np.intp)
    columns, rows = np.clip(middles, 0, [width - 1, height - 1]).T
    return max(LEAST_LIKENESS, float(np.quantile(likeness[rows, columns], REFUSED_SHARE)))


def _peaks(
    likeness: NDArray[np.float32], view: _View, least: float
) -> list[tuple[float, float, float]]:
    """Middles of what is alike, image pixels, and their likeness; the most similar first."""
    reach = max(1, round(APART * view.object_cells))
    near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    highest = cv2.dilate(likeness, near)
    rows, columns = np.nonzero((likeness >= highest) & (likeness >= least))
    values = likeness[rows, columns]
    return [
        (
            (columns[at] + 0.5) * view.cell_px[0],
            (rows[at] + 0.5) * view.cell_px[1],
            float(values[at]),
        )
        for at in np.argsort(-values, kind="stable").tolist()
    ]


def _is_known(x: float, y: float, known: Sequence[Shape], boxes: NDArray[np.float64]) -> bool:
    """Whether a place lies in a shape, whose bounds are `(N, 4)`."""
    x0, y0, x1, y1 = boxes.T
    near = np.flatnonzero((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1))
    return any(contains(known[at], x, y) for at in near.tolist())


def _singles(found: Outlines, known: Outlines) -> list[int]:
    """Which of them are no object that is there, each object once: the first of them."""
    left_out = set(overlapping_pairs(found, known, iou=SAME_IOU)[0].tolist())
    first, second = overlapping_pairs_within(found, iou=SAME_IOU)
    for better, worse in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if better not in left_out:
            left_out.add(worse)
    return [at for at in range(len(found)) if at not in left_out]


def _disc(x: float, y: float, radius: float, likeness: float) -> Detection:
    angles = np.linspace(0, 2 * np.pi, DISC_CORNERS, endpoint=False)
    outer = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)
    box = (x - radius, y - radius, x + radius, y + radius)
    return Detection(0, min(likeness / ALIKE, 1.0), (Part(ring(outer)),), box)


def _size_px(shapes: Sequence[Shape]) -> float:
    """Root of the usual area."""
    return math.sqrt(float(np.median([sum(map(area, shape)) for shape in shapes])))


def _middle(shape: Shape) -> tuple[float, float]:
    (x0, y0, x1, y1) = outlines([shape]).boxes[0].tolist()
    return (x0 + x1) / 2, (y0 + y1) / 2
