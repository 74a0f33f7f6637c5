"""Outlines that follow the edges of the image.

A network draws on a grid of some pixels and rounds what is between. In a narrow band around its
outline the line is looked for where the colours of the object and of its surroundings part
(GrabCut: Rother, Kolmogorov and Blake, SIGGRAPH 2004), and what the network drew, moved to it as a
whole, keeps a small say. Of the starter's outlines those with an overlap (IoU) of .9 or more with
the truth are .85 instead of .60 on food-tray, .72 instead of .73 on nuts, .62 instead of .54 on
generated scenes, .58 instead of .05 on nuclei-fluo, .35 instead of .23 on kudzu-bugs, .20 instead
of .15 on feral-cats, .15 instead of .09 on coco128-seg (`tests/benchmarks/outlines.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.isolines import parts_from_field
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, outline_length, repair, ring_area
from dynseg.geometry.raster import mask_from_parts
from dynseg.images.edges import foreground, parted
from dynseg.images.shrink import halving_step, shrunk
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.outline import Outlines, simplify
from dynseg.inference.settings import PredictSettings
from dynseg.inference.window import Box
from dynseg.machine import core_count
from dynseg.model.card import ModelCard

LEAST_SCORE = 0.1
"""What a model is less sure of is hardly ever shown, and keeps the outline that it has."""
BAND, DRAWN_BAND = 0.13, 0.25
"""How far from an outline of a network, and from some quick clicks of a person, the edge may lie,
over the root of the object's area. Outlines of six corners that come to the edge have an overlap of
.9 with the truth for 97 instead of 83 of 100 objects of food-tray, 74 instead of 8 of nuts, 60
instead of 30 of scenes, 48 instead of 19 of nuclei-fluo, 39 instead of 45 of kudzu-bugs."""
SIDE_CELLS, DRAWN_SIDE_CELLS = 128, 160
"""The object and its surroundings are seen at this size: finer costs time and brings little. What a
person draws is one at a time."""
MOST_ENLARGED = 2.0
MARGIN, LEAST_MARGIN_PX = 0.3, 4.0
"""Surroundings on each side, over the longer side of the object."""
LEAST_CELLS = 20
LEAST_THICK = 4.0
"""Cells; what is thinner on average, a twig or a wire, would lose pieces between them."""
LEAST_OF_BOX = 0.1
"""A bit that takes less of a box than this is not what the box was drawn around."""
LEAST_SAME = 0.5
"""An outline that overlaps what the model drew less has found another edge."""
LEAST_SHARE = 0.1
"""A piece or a hole under this share of the largest piece is a speck."""
SMOOTH_CELLS = 1.0
SMOOTH_DISTANCE, MOST_SMOOTH_CELLS = 0.05, 1.6
"""How far distances to the edge are smoothed, over the root of the object's area: pixels of noise
do not move the outline. More would wear off what is small."""
NETWORK_SHARE = 0.15
"""What the shape that the network drew counts for. Its faults are others than those of the colours:
the line between is off less often than either."""
AT_EDGE_CELLS = 1.5
"""Cells this near to an edge lie at it."""
FIELD_CELLS = 4.0
"""Distance from the outline, in cells, at which the field that is traced ends."""
_FEW = 3


def follows_edges(settings: PredictSettings, card: ModelCard) -> bool:
    """Whether the outlines of a model are moved to the edges in the image."""
    return card.follow_edges if settings.edges == "model" else settings.edges == "on"


def snapped(
    found: Sequence[Detection],
    pixels: NDArray[np.uint8],
    *,
    simplify_px: float = 1.0,
    shift_px: float = 0.0,
    by_hand: bool = False,
    threads: int | None = None,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """The same detections with outlines along the edges in the image.

    Args:
        found: What a model found.
        pixels: `(H, W, 3)` uint8, the whole image; the order of the colours does not matter.
        simplify_px: How far a corner that is left out may lie off the edge, in cells of what is
            looked at; 0 keeps every point.
        shift_px: How far outside of the edges an outline goes that no person drew, image pixels;
            below 0 inside.
        by_hand: A person has drawn the outlines, coarsely: edges may lie farther away, and small
            holes and pieces of theirs stay.
        threads: Objects that are looked at together; None for as many as there are cores. Who has
            many images under way gives 1.
        look_up: Called between objects, of which a thousand take seconds; what it raises ends the
            work.

    Returns:
        In the same order, inside of the image. Outlines of which no edge is found stay as they are.
    """
    wanted = [at for at, item in enumerate(found) if _can_be_snapped(item)]
    result = list(found)

    def snap(at: int) -> None:
        parts = _snapped(found[at].parts, pixels, simplify_px, shift_px, by_hand=by_hand)
        if parts:
            result[at] = replace(found[at], parts=parts)

    count = min(core_count() if threads is None else threads, len(wanted))
    if count == 1 or len(wanted) <= _FEW:
        for at in wanted:
            look_up()
            snap(at)
    else:  # OpenCV lets other threads run meanwhile
        with ThreadPoolExecutor(count, thread_name_prefix="edges") as pool:
            for _ in pool.map(snap, wanted):
                look_up()
    return result


def inside_box(
    box: Box, pixels: NDArray[np.uint8], *, simplify_px: float = 1.0
) -> tuple[Part, ...]:
    """What a box holds that has other colours than what is around it.

    Of the insects of kudzu-bugs, half of which no model here sees, and whose boxes were drawn a
    twentieth off, 52 of 100 have an overlap (IoU) of .7 or more with the truth.

    Args:
        box: A person drew it closely around an object, image pixels, inside of the image.
        pixels: `(H, W, 3)` uint8, the whole image; the order of the colours does not matter.
        simplify_px: See `snapped`.

    Returns:
        Its pieces, largest first, in image pixels; nothing where nothing stands out.
    """
    x0, y0, x1, y1 = box
    whole = [Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))]
    view = _view(whole, pixels, DRAWN_SIDE_CELLS)
    if view is None:
        return ()
    seen = np.rint(view.seen(whole[0]).outer).astype(int)
    (left, top), (right, bottom) = seen.min(0).tolist(), seen.max(0).tolist()
    cells = (right - left) * (bottom - top)
    if not LEAST_CELLS <= cells < view.pixels.shape[0] * view.pixels.shape[1]:
        return ()
    inside = foreground(view.pixels, (left, top, right, bottom)) > 0.5
    if inside.sum() < LEAST_OF_BOX * cells:
        return ()
    return _traced(_soft(inside), view, pixels, simplify_px)


def _can_be_snapped(item: Detection) -> bool:
    return item.score >= LEAST_SCORE and bool(item.parts)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """An object and its surroundings, as large as is looked at.

    Attributes:
        pixels: `(h, w, 3)` uint8.
        corner: Where it begins in the image, pixels.
        cells: `(2,)` cells a pixel of the image, across and down.
    """

    pixels: NDArray[np.uint8]
    corner: NDArray[np.intp]
    cells: NDArray[np.float64]

    def seen(self, part: Part) -> Part:
        """A part in cells instead of image pixels."""
        outer, *holes = (ring((points - self.corner) * self.cells) for points in part.rings)
        return Part(outer, tuple(holes))

    def in_image(self, part: Part, size: tuple[int, int]) -> Part:
        """A part in pixels of an image of this size; numbers of four bytes, as they are saved."""
        outer, *holes = (
            ring(np.clip(points / self.cells + self.corner, 0, size).astype(np.float32))
            for points in part.rings
        )
        return Part(outer, tuple(holes))


def _view(parts: Sequence[Part], pixels: NDArray[np.uint8], side: int) -> _View | None:
    """What is looked at, `side` cells long at most; None for shapes beside the image."""
    points = np.concatenate([part.outer for part in parts])
    low, high = points.min(0), points.max(0)
    margin = MARGIN * (high - low).max() + LEAST_MARGIN_PX
    size = (pixels.shape[1], pixels.shape[0])
    corner = np.floor(np.clip(low - margin, 0, size)).astype(np.intp)
    end = np.ceil(np.clip(high + margin, 0, size)).astype(np.intp)
    if (end <= corner).any():
        return None
    step = halving_step(int((end - corner).max()), side)
    corner, end = corner // step * step, np.minimum(-(-end // step) * step, size)
    part = pixels[corner[1] : end[1], corner[0] : end[0]]
    scale = min(MOST_ENLARGED, side / max(part.shape[:2]))
    shape = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    small = (
        shrunk(part, shape)
        if scale < 1
        else np.asarray(cv2.resize(part, shape, interpolation=cv2.INTER_CUBIC), np.uint8)
    )
    return _View(small, corner, np.array(shape) / (end - corner))


def _snapped(
    parts: Sequence[Part],
    pixels: NDArray[np.uint8],
    simplify_px: float,
    shift_px: float,
    *,
    by_hand: bool,
) -> tuple[Part, ...]:
    """The outline along the edge; nothing where none is found near."""
    view = _view(parts, pixels, DRAWN_SIDE_CELLS if by_hand else SIDE_CELLS)
    if view is None:
        return ()
    seen = [view.seen(part) for part in parts]
    if _thickness(seen) < LEAST_THICK:
        return ()
    height, width = view.pixels.shape[:2]
    drawn = mask_from_parts(seen, width=width, height=height)
    to_drawn = _distance(drawn)
    inside = _parted(view.pixels, to_drawn, DRAWN_BAND if by_hand else BAND)
    if inside is None or _overlap(inside, drawn) < LEAST_SAME:
        return ()
    if by_hand:
        return _traced(_soft(inside), view, pixels, simplify_px, drawn=seen)
    outside = shift_px * float(view.cells.mean())
    return _traced(_between(inside, to_drawn, outside), view, pixels, simplify_px)


def _thickness(parts: Sequence[Part]) -> float:
    """Twice the area over the length of all outlines: of a line its width, of a disc its radius."""
    length = outline_length(parts)
    return 2 * sum(map(area, parts)) / length if length > 0 else 0.0


def _soft(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A field whose outline at 0.5 runs between cells."""
    return np.asarray(cv2.GaussianBlur(inside.astype(np.float32), (0, 0), SMOOTH_CELLS))


def _between(
    edges: NDArray[np.bool_], to_drawn: NDArray[np.float32], outside: float
) -> NDArray[np.float32]:
    """A field whose outline at 0.5 lies between the edges and what the network drew.

    And so many cells outside of both.

    What a network draws is often too wide or too narrow all around, of small things above all. The
    edges know better, so its outline is moved to them first: the middle of its distances to them.
    """
    to_edges = _distance(edges)
    shift = np.median(to_drawn[np.abs(to_edges) <= AT_EDGE_CELLS])
    smooth = min(SMOOTH_DISTANCE * np.count_nonzero(to_drawn > 0) ** 0.5, MOST_SMOOTH_CELLS)
    to_edges = np.asarray(cv2.GaussianBlur(to_edges, (0, 0), smooth), np.float32)
    away = NETWORK_SHARE * (to_drawn - shift) + (1 - NETWORK_SHARE) * to_edges + outside
    return np.asarray(np.clip(0.5 + away / (2 * FIELD_CELLS), 0, 1), np.float32)


def _distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """`(h, w)` cells to the border of what is inside: above 0 inside, below 0 outside."""
    within, beyond = (
        cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
        for side in (inside, ~inside)
    )
    return np.asarray(within - beyond, np.float32)


def _traced(
    field: NDArray[np.float32],
    view: _View,
    pixels: NDArray[np.uint8],
    simplify_px: float,
    drawn: Sequence[Part] = (),
) -> tuple[Part, ...]:
    """Where a field is above 0.5, in image pixels, without specks smaller than what was drawn."""
    found = parts_from_field(field)
    if not found:
        return ()
    least = LEAST_SHARE * area(found[0])
    least_piece = min([least, *(area(part) / 2 for part in drawn)])
    least_hole = min([least, *(ring_area(hole) / 2 for part in drawn for hole in part.holes)])
    pieces = [
        Part(part.outer, tuple(hole for hole in part.holes if ring_area(hole) >= least_hole))
        for part in found
        if area(part) >= least_piece
    ]
    size = (pixels.shape[1], pixels.shape[0])
    simple = (_with_few_points(part, simplify_px) for part in pieces)
    kept = [view.in_image(part, size) for part in simple if part is not None]
    return repair(kept, width=size[0], height=size[1])


def _with_few_points(part: Part, tolerance: float) -> Part | None:
    """The part with chords where they cost little; None where nothing is left."""
    lengths = np.array([len(points) for points in part.rings])
    traced = Outlines(np.concatenate(part.rings).astype(np.float32), lengths)
    corners, counts = simplify(traced, np.arange(len(lengths)), tolerance_px=tolerance)
    rings = np.split(corners, np.cumsum(counts)[:-1])
    if len(rings[0]) < 3:
        return None
    return Part(ring(rings[0]), tuple(ring(points) for points in rings[1:] if len(points) >= 3))


def _parted(
    pixels: NDArray[np.uint8], to_drawn: NDArray[np.float32], band: float
) -> NDArray[np.bool_] | None:
    """`(h, w)` where the colours of the object are; None where there is nothing to part.

    Args:
        pixels: The object and its surroundings.
        to_drawn: See `_distance`, of what was drawn.
        band: How far from its border the edge may lie, over the root of its area.
    """
    cells = np.count_nonzero(to_drawn > 0)
    if cells < LEAST_CELLS:
        return None
    reach = band * cells**0.5
    known = np.full(to_drawn.shape, cv2.GC_BGD, np.uint8)
    known[to_drawn >= -reach] = cv2.GC_PR_BGD
    known[to_drawn > 0] = cv2.GC_PR_FGD
    known[to_drawn > reach] = cv2.GC_FGD
    if not (known == cv2.GC_BGD).any():
        return None  # it fills the image
    inside = parted(pixels, known)
    return inside if inside.any() else None


def _overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / (one | other).sum())
