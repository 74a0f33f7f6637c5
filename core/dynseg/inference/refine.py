"""One object looked at again, close up: a polygon's outline, what a box holds, what is at a click.

The model sees the surroundings of the box alone, enlarged, so the mask of the object has several
times as many cells as in a look at the whole image. Of all that it finds there, the best match for
what was asked comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.edges import follows_edges, inside_box, snapped
from dynseg.inference.overlap import ious, outlines
from dynseg.inference.pointing import Option, Sight, options
from dynseg.inference.predictor import Predictor
from dynseg.inference.seams import cut_by
from dynseg.inference.settings import PredictSettings
from dynseg.inference.window import Box, Window, moved

CONTEXT = (2.0, 3.5)
"""Least and most side of a crop over the longer side of the box: objects were taught in scenes."""

ZOOMS = (1.5, 8.0)
"""Looks at the object, enlarged this many times against a look at the whole image.

A model that has seen objects of one size only knows them at about that size; one that has seen all
sizes outlines best what is large. On seven sets with a sloppy box, both looks together match or
beat the better of the two (mask IoU: scenes of parts 0.72 and 0.43, tiny bugs 0.25 and 0.27).
"""

MAX_INPUT_PX = 448
"""An object over half of this has over 50 cells of its mask; more costs time and brings nothing."""

MIN_INPUT_PX = 160
"""A tiny object keeps this much of its surroundings, enlarged."""

MAX_SCALE = 3.0
"""Pixels enlarged further are a blur that no model knows."""

INPUT_SIDES = (MIN_INPUT_PX, 320, MAX_INPUT_PX)
"""Looks are padded to squares of these sides, model pixels: for every other one the network would
have to be prepared while the person waits."""

POINTED_ZOOMS = (1.5, 3.0, 6.0)
"""Looks around a click, enlarged this many times against a look at the whole: nobody knows the size
of what is there. A fourth at 12 times brings 1 to 2 objects of 100."""

POINTED_PX = 320
"""Longer side of these looks, model pixels."""

END_PX = 3
"""What comes so near to an end of a look, image pixels, goes on beyond it."""

NO_CLASS = -1
"""Class of what a box holds and no model has seen."""

MIN_MATCH = 0.3
"""What overlaps the asked object less is another one."""


def window_around(box: Box, *, side: float, width: int, height: int) -> Window:
    """The square crop around a box, moved into the image, or cut where the image is smaller.

    Args:
        box: Inside the image.
        side: Of the crop, image pixels.
        width: Of the image, pixels.
        height: Of the image, pixels.
    """
    x0, y0, x1, y1 = box
    left, right = _stretch((x0 + x1) / 2, side, width)
    top, bottom = _stretch((y0 + y1) / 2, side, height)
    return Window(left, top, right, bottom)


def _stretch(middle: float, side: float, limit: int) -> tuple[int, int]:
    """`side` pixels around `middle`, inside [0, `limit`]."""
    length = max(1, min(round(side), limit))
    start = min(max(round(middle - length / 2), 0), limit - length)
    return start, start + length


def looks(box: Box, *, width: int, height: int, size: int) -> list[tuple[Window, int]]:
    """The crops to look at and the longer side of the model's input for each, pixels.

    Args:
        box: Inside the image.
        width: Of the image, pixels.
        height: Of the image, pixels.
        size: Longer side of the model's input for a whole image.
    """
    longest = max(box[2] - box[0], box[3] - box[1], 1.0)
    largest = min(size, MAX_INPUT_PX)
    found: list[tuple[Window, int]] = []
    for zoom in ZOOMS:
        closest = largest / (CONTEXT[0] * longest)
        scale = min(zoom * size / max(width, height), closest, MAX_SCALE)
        context = min(max(largest / (scale * longest), CONTEXT[0]), CONTEXT[1])
        # Whole strides around a tiny object, never less than a model can make sense of.
        side = max(context * longest, MIN_INPUT_PX / scale)
        window = window_around(box, side=side, width=width, height=height)
        look = (window, min(largest, max(MIN_INPUT_PX, round(window.side * scale))))
        if look not in found:
            found.append(look)
    return found


def refine(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    *,
    box: Box,
    parts: Sequence[Part] = (),
) -> Detection | None:
    """Find the object in a box, or the better outline of a polygon.

    Args:
        pixels: `(H, W, 3)` uint8 RGB, the whole image.
        predictor: The model.
        settings: How it runs; confidence plays no part, since a person has said where to look.
        box: Where, image pixels; may reach over the border of the image.
        parts: The polygon to refine; empty to find what the box holds.

    Returns:
        The object in image pixels, None when nothing there matches. Where outlines follow edges,
        what the model does not see is found by its colours, of class `NO_CLASS`.

    Raises:
        EngineError: the model cannot run on this machine.
    """
    height, width = pixels.shape[:2]
    inside = _clipped(box, width, height)
    if inside is None:
        return None
    size = settings.image_size or predictor.card.image_size
    found: list[Detection] = []
    for window, input_px in looks(inside, width=width, height=height, size=size):
        closer = msgspec.structs.replace(settings, image_size=input_px)
        side = next(side for side in INPUT_SIDES if side >= input_px)
        crop = predictor.predict(window.of(pixels), closer, least_px=side)
        found += [moved(item, window.x0, window.y0) for item in crop]
    best = _best(found, tuple(parts) or (_rectangle(inside),), by_box=not parts)
    if not follows_edges(settings, predictor.card):
        return best
    if best is None:  # the model sees nothing there; the person does
        return _by_colours(pixels, inside, tuple(parts), settings)
    shift_px = predictor.card.edge_shift_px
    return snapped([best], pixels, simplify_px=settings.simplify_px, shift_px=shift_px)[0]


def point(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    *,
    x: float,
    y: float,
    known: Sequence[Detection] = (),
) -> list[Option]:
    """What a click may mean, looked at in three sizes.

    Args:
        pixels: `(H, W, 3)` uint8 RGB, the whole image.
        predictor: The model.
        settings: How it runs; confidence plays no part, since a person has said where to look.
        x: Of the click, image pixels.
        y: Of the click, image pixels.
        known: What the model has seen in the whole image, image pixels.

    Returns:
        The outlines, the likeliest first, at edges where outlines follow them; none where the model
        sees nothing.

    Raises:
        EngineError: the model cannot run on this machine.
    """
    height, width = pixels.shape[:2]
    longest = max(width, height)
    size = settings.image_size or predictor.card.image_size
    seen = [Sight(item, longest) for item in known]
    for zoom in POINTED_ZOOMS:
        side = longest * POINTED_PX / (size * zoom)
        window = window_around((x, y, x, y), side=side, width=width, height=height)
        input_px = min(POINTED_PX, max(MIN_INPUT_PX, round(window.side * MAX_SCALE)))
        closer = msgspec.structs.replace(settings, image_size=input_px)
        least = next(least for least in INPUT_SIDES if least >= input_px)
        for item in predictor.predict(window.of(pixels), closer, least_px=least):
            found = moved(item, window.x0, window.y0)
            cut = cut_by(found.box, window.box, width=width, height=height, margin_px=END_PX)
            seen.append(Sight(found, window.side, cut))
    best = options(seen, x, y)
    if not follows_edges(settings, predictor.card):
        return best
    there = set(map(id, known))  # these are at edges already
    fresh = [item.detection for item in best if id(item.detection) not in there]
    shift_px = predictor.card.edge_shift_px
    sharp = snapped(fresh, pixels, simplify_px=settings.simplify_px, shift_px=shift_px)
    sharper = dict(zip(map(id, fresh), sharp, strict=True))
    return [replace(o, detection=sharper.get(id(o.detection), o.detection)) for o in best]


def prepare_looks(predictor: Predictor, settings: PredictSettings) -> Iterator[None]:
    """Run the network once in every size of close looks: the first time in each takes a second.

    Those of clicks first; others may use the model between two of them.

    Raises:
        EngineError: the model cannot run on this machine.
    """
    for side in sorted(INPUT_SIDES, key=lambda side: side != POINTED_PX):
        nothing = np.zeros((side, side, 3), np.uint8)
        predictor.predict(nothing, msgspec.structs.replace(settings, image_size=side))
        yield


def _by_colours(
    pixels: NDArray[np.uint8], box: Box, parts: tuple[Part, ...], settings: PredictSettings
) -> Detection | None:
    """What a box holds, or a polygon at the edges near it; None where nothing stands out."""
    if not parts:
        held = inside_box(box, pixels, simplify_px=settings.simplify_px)
        return Detection(NO_CLASS, 0.0, held, box) if held else None
    drawn = Detection(NO_CLASS, 1.0, parts, box)
    found = snapped([drawn], pixels, simplify_px=settings.simplify_px, by_hand=True)[0]
    return found if found is not drawn else None


def _clipped(box: Box, width: int, height: int) -> Box | None:
    x0, x1 = (float(v) for v in np.clip(sorted((box[0], box[2])), 0, width))
    y0, y1 = (float(v) for v in np.clip(sorted((box[1], box[3])), 0, height))
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _rectangle(box: Box) -> Part:
    x0, y0, x1, y1 = box
    return Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))


def _best(found: Sequence[Detection], asked: tuple[Part, ...], *, by_box: bool) -> Detection | None:
    """The detection that overlaps most; of equal ones the surest.

    Args:
        found: All that the model sees around.
        asked: What it was asked for.
        by_box: A person drew `asked` around the object: compare it with boxes, not with outlines.
    """
    if not found:
        return None
    shapes = [(_rectangle(item.box),) if by_box else item.parts for item in found]
    overlap = ious(outlines(shapes), outlines([asked] * len(shapes)))
    scores = np.array([item.score for item in found])
    best = int(np.argmax(overlap * (1 + scores)))
    return found[best] if overlap[best] >= MIN_MATCH else None
