"""How often and how closely a model looks at an image, and what comes of all looks together (A11).

A network that sees a photograph of 6,000 pixels at 640 loses every object under about 80 pixels.
Tiles show them at the size that it was taught; the look at the whole keeps what is larger than a
tile. A second, larger look at the whole sharpens outlines, and the edges in the image sharpen them
further. Nearly always the size of an image says which looks there will be: then many images can be
on their way at once (`dynseg.inference.runs.stages`). Else the look at the whole has to tell first
how small the objects are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import EngineError
from dynseg.geometry.tiling import SEEN_PX, small_side, starts
from dynseg.inference.detections import Detection
from dynseg.inference.letterboxed import ModelInput, input_side, letterboxed
from dynseg.inference.outlines.edges import follows_edges, snapped
from dynseg.inference.seams import EDGE_PX, Seen, cut_by, merge_looks
from dynseg.inference.settings import PredictSettings
from dynseg.inference.sharpening import looks_again, sharpened
from dynseg.inference.window import Box, Window, moved
from dynseg.model.card import ModelCard

OVERLAP = 0.25
"""Share of a tile that it has in common with the next: what is smaller than this is seen whole."""

WANTED_PX = 64.0
"""Tiles are chosen so that a small object has this many pixels of the model."""

ZOOMS = (1.5, 4.0)
"""Least and most side of a tile over the side of the model's input."""

NOTICED = 0.25
"""Objects that the look at the whole is this sure of tell how large objects are."""


class OutsideError(EngineError):
    """The region to look at has nothing of the image in it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One input of the network.

    Attributes:
        window: What it shows, pixels of the plan's frame.
        input_px: Longer side of the input, pixels, a multiple of 32.
    """

    window: Window
    input_px: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All looks at one image, and what is made of them.

    Attributes:
        frame: The part of the image that is looked at, image pixels.
        looks: Looks at the whole frame first, one or two; then tiles, row by row.
        wholes: How many of them show the whole frame.
        model_px: Longer side of the input that the model was taught, or that a person chose.
        max_detections: Most detections of a look, and of all looks at the whole.
        simplify_px: See `PredictSettings`.
        edges: Outlines are moved to the edges in the image.
        edge_shift_px: So far outside of them; see `ModelCard`.
        is_open: What the looks find says whether there will be tiles.
        nests: Whether an object may lie in another one that is called the same.
    """

    frame: Window
    looks: tuple[Look, ...]
    wholes: int
    model_px: int
    max_detections: int
    simplify_px: float
    edges: bool
    edge_shift_px: float = 0.0
    is_open: bool = False
    nests: bool = True

    @property
    def input_px(self) -> int:
        """Longer side of the largest input, pixels."""
        return max(look.input_px for look in self.looks)

    @property
    def input_pixels(self) -> int:
        """Pixels of all inputs of the network, at most."""
        return sum(look.input_px**2 for look in self.looks)

    def inputs(self, pixels: NDArray[np.uint8]) -> list[ModelInput]:
        """What the network sees.

        Args:
            pixels: `(H, W, 3)` uint8 RGB, the whole image.
        """
        part = self.frame.of(pixels)
        return [letterboxed(look.window.of(part), look.input_px) for look in self.looks]

    def with_tiles(self, side: int) -> Plan:
        """The same with tiles of this side, image pixels; 0 for none."""
        size = self.frame.width, self.frame.height
        windows = grid(*size, tile_px=side) if side else []
        tiles = tuple(Look(window, input_side(self.model_px)) for window in windows)
        return replace(self, looks=self.looks[: self.wholes] + tiles, is_open=False)


def plan(width: int, height: int, settings: PredictSettings, card: ModelCard) -> Plan:
    """The looks at an image, as far as its size says.

    Args:
        width: Of the image, pixels.
        height: Of the image, pixels.
        settings: How the model runs.
        card: The model.

    Raises:
        OutsideError: the region to look at is outside of the image.
    """
    frame = Window(0, 0, width, height)
    if settings.region is not None:
        frame = _inside(settings.region, width, height)
    whole = Window(0, 0, frame.width, frame.height)
    model_px = settings.image_size or card.image_size
    sizes = [model_px]
    if looks_again(settings, card) and frame.side > card.image_size:
        sizes.append(card.outline_size)
    found = Plan(
        frame=frame,
        looks=tuple(Look(whole, input_side(size)) for size in sizes),
        wholes=len(sizes),
        model_px=model_px,
        max_detections=settings.max_detections,
        simplify_px=settings.simplify_px,
        edges=follows_edges(settings, card),
        edge_shift_px=card.edge_shift_px,
        nests=card.class_agnostic,  # a tray and the dishes on it are all "object"
    )
    side = _side(frame.side, settings, card)
    return replace(found, is_open=True) if side is None else found.with_tiles(side)


def looks_often(settings: PredictSettings, card: ModelCard) -> bool:
    """Whether there are images that are looked at more than once."""
    is_tiled = settings.tiles in ("auto", "on") or _learned(settings, card)
    return is_tiled or looks_again(settings, card)


def tile_side_by(
    found: Sequence[Detection], plan: Plan, settings: PredictSettings, card: ModelCard
) -> int:
    """Side of the tiles that an open plan gets by what the looks at the whole have found."""
    sides = [
        max(item.box[2] - item.box[0], item.box[3] - item.box[1])
        for item in found
        if item.score >= NOTICED
    ]
    return _side(plan.frame.side, settings, card, small_px=small_side(sides)) or 0


def at_the_whole(plan: Plan, found: Sequence[Sequence[Detection]]) -> list[Detection]:
    """What one or two looks at the whole have found, together.

    Args:
        plan: The looks.
        found: What each has found, at least those at the whole.

    Returns:
        Surest first, pixels of the frame.
    """
    if plan.wholes == 1:
        return list(found[0])
    return sharpened(found[0], found[1])[: plan.max_detections]


def together(
    plan: Plan,
    found: Sequence[Sequence[Detection]],
    *,
    least_score: float = 0.0,
) -> list[Detection]:
    """What all looks have found, nothing twice.

    Args:
        plan: The looks.
        found: What each of them has found, pixels of its own window.
        least_score: What is less sure is left out.

    Returns:
        Surest first, pixels of the frame.
    """
    result = at_the_whole(plan, found)
    if len(plan.looks) > plan.wholes:
        seen = [_seen_from_afar(item, plan) for item in result]
        for look, items in zip(plan.looks[plan.wholes :], found[plan.wholes :], strict=True):
            seen += _seen_closely(look.window, items, plan)
        result = merge_looks(seen, nests=plan.nests)[: max(plan.max_detections, len(result))]
    return [item for item in result if item.score >= least_score]


def outlined(
    plan: Plan,
    found: Sequence[Detection],
    pixels: NDArray[np.uint8] | None,
    *,
    threads: int | None = None,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """Detections in the frame with their outlines at edges, where the plan says so, in the image.

    Args:
        plan: The looks.
        found: Pixels of the frame.
        pixels: `(H, W, 3)` uint8 RGB, the whole image; only a plan with edges needs it.
        threads: See `dynseg.inference.outlines.edges.snapped`.
        look_up: See there.

    Returns:
        In the same order, image pixels.
    """
    result = list(found)
    if plan.edges and pixels is not None:
        result = snapped(
            result,
            plan.frame.of(pixels),
            simplify_px=plan.simplify_px,
            shift_px=plan.edge_shift_px,
            threads=threads,
            look_up=look_up,
        )
    x, y = plan.frame.x0, plan.frame.y0
    return [moved(item, x, y) for item in result] if x or y else result


def grid(width: int, height: int, *, tile_px: int, overlap: float = OVERLAP) -> list[Window]:
    """Tiles of equal size that cover an image, row by row, evenly spread.

    Args:
        width: Of the image, pixels.
        height: Of the image, pixels.
        tile_px: Side of a tile; an image that is smaller makes it smaller.
        overlap: Least share of a tile that it has in common with its neighbour.
    """
    across, down = (starts(side, tile_px, overlap) for side in (width, height))
    side_x, side_y = min(tile_px, width), min(tile_px, height)
    return [Window(x, y, x + side_x, y + side_y) for y in down for x in across]


def tile_side(small_px: float, *, input_px: int) -> int:
    """A side for tiles, image pixels, by the size of small objects.

    Args:
        small_px: Image pixels; 0 where nobody knows: then small tiles, which miss least.
        input_px: Longer side of the model's input.
    """
    least, most = (zoom * input_px for zoom in ZOOMS)
    return round(min(max(input_px * small_px / WANTED_PX, least), most))


def _learned(settings: PredictSettings, card: ModelCard) -> bool:
    """Whether the model has learned from parts of images, and looks at parts again."""
    return settings.tiles == "model" and card.close_up > 1


def _side(
    longest: int,
    settings: PredictSettings,
    card: ModelCard,
    *,
    small_px: float | None = None,
) -> int | None:
    """Side of the tiles for an image, image pixels; 0 for none, None while nobody can know.

    Args:
        longest: Longer side of what is looked at, image pixels.
        settings: How the model runs; what it says about the size of objects goes first.
        card: The model.
        small_px: Size of small objects in the image, 0 where its objects tell nothing; None
            before the look at the whole.
    """
    if settings.tiles not in ("auto", "on"):
        return math.ceil(longest / card.close_up) if _learned(settings, card) else 0
    input_px = settings.image_size or card.image_size
    if longest <= max(settings.tile_px or tile_side(0, input_px=input_px), input_px):
        return 0
    small_px = settings.small_px or small_px
    if settings.tiles == "auto":
        if small_px is None:
            return None
        if small_px * input_px / longest >= SEEN_PX:
            return 0
    if settings.tile_px:
        return settings.tile_px
    if small_px is None:
        return None
    side = tile_side(small_px, input_px=input_px)
    return side if longest > max(side, input_px) else 0


def _seen_from_afar(item: Detection, plan: Plan) -> Seen:
    """What the looks at the whole show: roughly, where it has few pixels of the model."""
    whole = plan.looks[0].window
    x0, y0, x1, y1 = item.box
    finest_px = max(look.input_px for look in plan.looks[: plan.wholes])
    seen_px = max(x1 - x0, y1 - y0) * finest_px / whole.side
    return Seen(item, whole.box, is_cut=False, is_close=False, is_rough=seen_px < SEEN_PX)


def _seen_closely(window: Window, found: Sequence[Detection], plan: Plan) -> list[Seen]:
    """What a tile shows, in its place; what reaches its ends may go on beside it."""
    margin_px = EDGE_PX * window.side / plan.model_px
    width, height = plan.frame.width, plan.frame.height
    seen = []
    for item in found:
        shifted = moved(item, window.x0, window.y0)
        cut = cut_by(shifted.box, window.box, width=width, height=height, margin_px=margin_px)
        seen.append(Seen(shifted, window.box, is_cut=cut, is_close=True))
    return seen


def _inside(region: Box, width: int, height: int) -> Window:
    x0, x1 = sorted(int(np.clip(round(v), 0, width)) for v in (region[0], region[2]))
    y0, y1 = sorted(int(np.clip(round(v), 0, height)) for v in (region[1], region[3]))
    if x1 <= x0 or y1 <= y0:
        raise OutsideError("The region to look at lies outside of the image.")
    return Window(x0, y0, x1, y1)
