"""Large images in overlapping tiles and one look at the whole (A11).

A network that sees a photograph of 6,000 pixels at 640 loses every object under about 80 pixels.
Tiles show them at the size that it was taught; the look at the whole keeps what is larger than a
tile. One tile after the other is run, so memory does not grow with the image.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import DynsegError, EngineError, ImageError
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import Box, Window, moved
from dynseg.inference.seams import EDGE_PX, Seen, cut_by, merge_looks
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.inference.stages import Outcome, Stages, Work, checked_pixels
from dynseg.progress import CancelToken, Meter, Report, ignore

OVERLAP = 0.25
"""Share of a tile that it has in common with the next: what is smaller than this is seen whole."""

WANTED_PX = 40.0
"""Tiles are chosen so that a small object has this many pixels of the model."""

ZOOMS = (1.5, 4.0)
"""Least and most side of a tile over the side of the model's input."""

SMALL = 25
"""Percentile of the sizes in an image that counts as its small objects."""

NOTICED = 0.25
"""Objects that the look at the whole is this sure of tell how large objects are."""


def grid(width: int, height: int, *, tile_px: int, overlap: float = OVERLAP) -> list[Window]:
    """Tiles of equal size that cover an image, row by row, evenly spread.

    Args:
        width: Of the image, pixels.
        height: Of the image, pixels.
        tile_px: Side of a tile; an image that is smaller makes it smaller.
        overlap: Least share of a tile that it has in common with its neighbour.
    """
    across, down = (_starts(side, tile_px, overlap) for side in (width, height))
    side_x, side_y = min(tile_px, width), min(tile_px, height)
    return [Window(x, y, x + side_x, y + side_y) for y in down for x in across]


def _starts(side: int, tile_px: int, overlap: float) -> list[int]:
    if side <= tile_px:
        return [0]
    count = math.ceil((side - tile_px) / (tile_px * (1 - overlap))) + 1
    return [round(k * (side - tile_px) / (count - 1)) for k in range(count)]


def tile_side(found: Sequence[Detection], *, input_px: int) -> int:
    """A side for tiles, image pixels, by the size of the objects that the whole image shows.

    Args:
        found: By the look at the whole, any score.
        input_px: Longer side of the model's input.
    """
    sides = [
        max(item.box[2] - item.box[0], item.box[3] - item.box[1])
        for item in found
        if item.score >= NOTICED
    ]
    least, most = (zoom * input_px for zoom in ZOOMS)
    if not sides:
        return round((least + most) / 2)
    small = float(np.percentile(sides, SMALL))
    return round(min(max(input_px * small / WANTED_PX, least), most))


def predict_tiled(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    *,
    tile_px: int = 0,
    region: Box | None = None,
    report: Report = ignore,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """Find objects in a large image.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
        predictor: The model.
        settings: How it runs on each tile.
        tile_px: Side of a tile in image pixels; 0 chooses it by the size of the objects.
        region: Look only here, `x0, y0, x1, y1` in image pixels; None for the whole image.
        report: Told after every tile.
        look_up: Called between tiles; what it raises ends the work.

    Returns:
        Detections, surest first, image pixels.

    Raises:
        EngineError: the model cannot run on this machine, or the region is outside of the image.
    """
    if region is not None:
        window = _inside(region, pixels)
        part = predict_tiled(
            window.of(pixels),
            predictor,
            settings,
            tile_px=tile_px,
            report=report,
            look_up=look_up,
        )
        return [moved(item, window.x0, window.y0) for item in part]
    height, width = pixels.shape[:2]
    input_px = settings.image_size or predictor.card.image_size
    look_up()
    whole = predictor.predict(pixels, settings)
    side = tile_px or tile_side(whole, input_px=input_px)
    if max(width, height) <= max(side, input_px):
        return whole
    everything = (0.0, 0.0, float(width), float(height))
    seen = [Seen(item, everything, is_cut=False, is_close=False) for item in whole]
    windows = grid(width, height, tile_px=side)
    meter = Meter("Tiles", len(windows), report)
    margin_px = EDGE_PX * side / input_px
    for window, found in _looked_at(pixels, windows, predictor, settings):
        box = (float(window.x0), float(window.y0), float(window.x1), float(window.y1))
        for item in found:
            shifted = moved(item, window.x0, window.y0)
            cut = cut_by(shifted.box, box, width=width, height=height, margin_px=margin_px)
            seen.append(Seen(shifted, box, is_cut=cut, is_close=True))
        meter.advance()
        look_up()
    return merge_looks(seen)[: max(settings.max_detections, len(whole))]


def _inside(region: Box, pixels: NDArray[np.uint8]) -> Window:
    height, width = pixels.shape[:2]
    x0, x1 = sorted(int(np.clip(round(v), 0, width)) for v in (region[0], region[2]))
    y0, y1 = sorted(int(np.clip(round(v), 0, height)) for v in (region[1], region[3]))
    if x1 <= x0 or y1 <= y0:
        raise EngineError("The region to look at lies outside of the image.")
    return Window(x0, y0, x1, y1)


def _looked_at(
    pixels: NDArray[np.uint8],
    windows: Sequence[Window],
    predictor: Predictor,
    settings: PredictSettings,
) -> Iterator[tuple[Window, list[Detection]]]:
    """What is in each tile, in order; as many as the model likes are under way at once."""

    def look(window: Window) -> list[Detection]:
        return predictor.predict(window.of(pixels), settings)

    waiting: deque[tuple[Window, Future[list[Detection]]]] = deque()
    with ThreadPoolExecutor(predictor.in_flight, thread_name_prefix="tile") as pool:
        try:
            for window in windows:
                waiting.append((window, pool.submit(look, window)))
                if len(waiting) > predictor.in_flight:
                    done, answer = waiting.popleft()
                    yield done, answer.result()
            while waiting:
                done, answer = waiting.popleft()
                yield done, answer.result()
        finally:
            for _, answer in waiting:
                answer.cancel()


class TiledStages:
    """`Stages` for large images: one at a time, its tiles in flight.

    Args:
        predictor: The model.
        settings: How it runs.
        confidence: Lowest score to keep.
        cancel: Asked between tiles.
        between: Called between tiles: urgent work for the same model is done there.
        report: Told about the tiles of each image.
    """

    def __init__(
        self,
        predictor: Predictor,
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
        cancel: CancelToken | None = None,
        between: Callable[[], None] = lambda: None,
        report: Report = ignore,
    ) -> None:
        self._predictor = predictor
        self._confidence = confidence
        self._settings = msgspec.structs.replace(settings, tiles=False)
        self._cancel = cancel or CancelToken()
        self._between = between
        self._report = report

    def run(self, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """What was found in each image, in their order; the error where one cannot be used.

        Raises:
            CancelledError: it was asked for.
            EngineError: the model cannot run on this machine.
        """
        for work in works:
            self._look_up()
            yield work, self._outcome(work)

    def _outcome(self, work: Work) -> Outcome | DynsegError:
        if work.cached is not None:
            return Outcome(work.cached, 0, 0, fresh=False)
        try:
            pixels = checked_pixels(work.path, work.size)
        except MemoryError:
            return ImageError(work.path, "needs more memory than there is")
        except ImageError as error:
            return error
        found = predict_tiled(
            pixels, self._predictor, self._settings, report=self._report, look_up=self._look_up
        )
        found = [item for item in found if item.score >= self._confidence]
        return Outcome(found, pixels.shape[1], pixels.shape[0], fresh=True)

    def _look_up(self) -> None:
        self._cancel.check()
        self._between()


def stages_for(
    predictor: Predictor,
    settings: PredictSettings,
    *,
    confidence: float = CANDIDATE_CONFIDENCE,
    cancel: CancelToken | None = None,
    between: Callable[[], None] = lambda: None,
    report: Report = ignore,
) -> Stages | TiledStages:
    """What runs a model over many images, in tiles when the settings say so."""
    if settings.tiles:
        return TiledStages(
            predictor,
            settings,
            confidence=confidence,
            cancel=cancel,
            between=between,
            report=report,
        )
    return Stages(predictor, settings, confidence=confidence, cancel=cancel, between=between)
