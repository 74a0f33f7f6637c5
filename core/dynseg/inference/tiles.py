"""Large images in overlapping tiles and one look at the whole (A11).

A network that sees a photograph of 6,000 pixels at 640 loses every object under about 80 pixels.
Tiles show them at the size that it was taught; the look at the whole keeps what is larger than a
tile. One tile after the other is run, so memory does not grow with the image.
"""

from __future__ import annotations

import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError, EngineError, ImageError
from dynseg.geometry.tiling import SEEN_PX, small_side, starts
from dynseg.inference.detections import Detection
from dynseg.inference.edges import follows_edges, snapped
from dynseg.inference.letterboxed import checked_pixels
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import Box, Window, moved
from dynseg.inference.seams import EDGE_PX, Seen, cut_by, merge_looks
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.inference.sharpening import looks_again, sharpened
from dynseg.inference.stages import LOOK_UP_S, Outcome, PixelBudget, Stages, Work, header_size
from dynseg.model.card import ModelCard
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.readable import readable
from dynseg.project.view import ProjectView
from dynseg.review.traits import reduced

OVERLAP = 0.25
"""Share of a tile that it has in common with the next: what is smaller than this is seen whole."""

WANTED_PX = 64.0
"""Tiles are chosen so that a small object has this many pixels of the model."""

SAMPLE = 40
"""Images of a project whose labels tell how large its objects are."""

LABELLED = (ImageState.IN_WORK, ImageState.REVIEWED)

ZOOMS = (1.5, 4.0)
"""Least and most side of a tile over the side of the model's input."""

NOTICED = 0.25
"""Objects that the look at the whole is this sure of tell how large objects are."""


class OutsideError(EngineError):
    """The region to look at has nothing of the image in it."""


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


def small_objects(store: ProjectView) -> float:
    """How large the small objects of a project are, image pixels, by what people made of it.

    Looks at the shapes of a few images that are spread over the project; 0 where there are none.
    """
    rows = [row.id for row in store.images() if row.state in LABELLED and row.instance_count]
    chosen = rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]
    sides = [
        max(x1 - x0, y1 - y0)
        for annotation in readable(store, chosen)
        for item in annotation.instances
        if item.is_human_work or annotation.state is ImageState.REVIEWED
        for x0, y0, x1, y1 in (item.bounds,)
    ]
    return small_side(sides)


def sized(settings: PredictSettings, store: ProjectView) -> PredictSettings:
    """The same settings with the size of the project's small objects, where tiles need it."""
    if settings.tiles in ("off", "model") or settings.tile_px or settings.small_px:
        return settings
    return msgspec.structs.replace(settings, small_px=small_objects(store))


def looks_closer(settings: PredictSettings, card: ModelCard) -> bool:
    """Whether one look of the model may not be enough: a larger one, its parts, or its edges."""
    learned = settings.tiles == "model" and card.close_up > 1
    tiled = learned or settings.tiles in ("auto", "on") or settings.region is not None
    return tiled or looks_again(settings, card) or follows_edges(settings, card)


def tile_side(small_px: float, *, input_px: int) -> int:
    """A side for tiles, image pixels, by the size of small objects.

    Args:
        small_px: Image pixels; 0 where nobody knows: then small tiles, which miss least.
        input_px: Longer side of the model's input.
    """
    least, most = (zoom * input_px for zoom in ZOOMS)
    return round(min(max(input_px * small_px / WANTED_PX, least), most))


def _side(
    size: tuple[int, int],
    whole: Sequence[Detection],
    settings: PredictSettings,
    card: ModelCard,
) -> int:
    """Side of the tiles that an image is to be cut into; 0 for none."""
    longest, small_px = max(size), settings.small_px
    if settings.tiles == "model":
        return math.ceil(longest / card.close_up) if card.close_up > 1 else 0
    input_px = settings.image_size or card.image_size
    if not small_px:
        small_px = small_side(
            [
                max(item.box[2] - item.box[0], item.box[3] - item.box[1])
                for item in whole
                if item.score >= NOTICED
            ]
        )
    if settings.tiles == "off":
        return 0
    if settings.tiles == "auto" and small_px * input_px / longest >= SEEN_PX:
        return 0
    side = settings.tile_px or tile_side(small_px, input_px=input_px)
    return side if longest > max(side, input_px) else 0


def predict_tiled(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    *,
    region: Box | None = None,
    report: Report = ignore,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """Find objects in a large image.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
        predictor: The model.
        settings: How it runs on each tile.
        region: Look only here, `x0, y0, x1, y1` in image pixels; None for what the settings say.
        report: Told after every tile.
        look_up: Called between tiles and objects; what it raises ends the work.

    Returns:
        Detections, surest first, image pixels.

    Raises:
        EngineError: the model cannot run on this machine.
        OutsideError: the region is outside of the image.
    """
    region = region or settings.region
    if region is not None:
        settings = msgspec.structs.replace(settings, region=None)
        window = _inside(region, pixels)
        part = predict_tiled(
            window.of(pixels),
            predictor,
            settings,
            report=report,
            look_up=look_up,
        )
        return [moved(item, window.x0, window.y0) for item in part]
    found = _found(pixels, predictor, settings, report, look_up)
    if not follows_edges(settings, predictor.card):
        return found
    return snapped(found, pixels, simplify_px=settings.simplify_px, look_up=look_up)


def _found(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    report: Report,
    look_up: Callable[[], None],
) -> list[Detection]:
    """What the model draws, in the image as a whole and in tiles."""
    height, width = pixels.shape[:2]
    look_up()
    whole = _as_a_whole(pixels, predictor, settings, look_up)
    side = _side((width, height), whole, settings, predictor.card)
    if not side:
        return whole
    everything = (0.0, 0.0, float(width), float(height))
    seen = [Seen(item, everything, is_cut=False, is_close=False) for item in whole]
    windows = grid(width, height, tile_px=side)
    meter = Meter("Tiles", len(windows), report)
    margin_px = EDGE_PX * side / (settings.image_size or predictor.card.image_size)
    for window, found in _looked_at(pixels, windows, predictor, settings):
        box = (float(window.x0), float(window.y0), float(window.x1), float(window.y1))
        for item in found:
            shifted = moved(item, window.x0, window.y0)
            cut = cut_by(shifted.box, box, width=width, height=height, margin_px=margin_px)
            seen.append(Seen(shifted, box, is_cut=cut, is_close=True))
        meter.advance()
        look_up()
    return merge_looks(seen)[: max(settings.max_detections, len(whole))]


def _as_a_whole(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    look_up: Callable[[], None],
) -> list[Detection]:
    """What the model sees in the image as a whole, in one look or two."""
    found, card = predictor.predict(pixels, settings), predictor.card
    if not looks_again(settings, card) or max(pixels.shape[:2]) <= card.image_size:
        return found
    look_up()
    finer = msgspec.structs.replace(settings, image_size=card.outline_size)
    return sharpened(found, predictor.predict(pixels, finer))[: settings.max_detections]


def _inside(region: Box, pixels: NDArray[np.uint8]) -> Window:
    height, width = pixels.shape[:2]
    x0, x1 = sorted(int(np.clip(round(v), 0, width)) for v in (region[0], region[2]))
    y0, y1 = sorted(int(np.clip(round(v), 0, height)) for v in (region[1], region[3]))
    if x1 <= x0 or y1 <= y0:
        raise OutsideError("The region to look at lies outside of the image.")
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
    """`Stages` for several looks: one image at a time, its tiles in flight; others take `Stages`.

    Images that the model looks at twice as wholes are under way several at once.

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
        self._settings = settings
        self._cancel = cancel or CancelToken()
        self._between = between
        self._report = report
        self._budget = PixelBudget()

    def run(self, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """What was found in each image, in their order; the error where one cannot be used.

        Raises:
            CancelledError: it was asked for.
            EngineError: the model cannot run on this machine.
        """
        for is_large, group in itertools.groupby(works, key=self._is_large):
            if not is_large:
                stages = Stages(
                    self._predictor,
                    self._settings,
                    confidence=self._confidence,
                    cancel=self._cancel,
                    between=self._between,
                )
                yield from stages.run(group)
            elif self._settings.region is None and not self._is_cut():
                yield from self._several(group)
            else:
                for work in group:
                    self._look_up()
                    yield work, self._outcome(work, self._look_up)

    def _is_cut(self) -> bool:
        """Whether images may be cut into tiles, and not only looked at twice."""
        learned = self._settings.tiles == "model" and self._predictor.card.close_up > 1
        return learned or self._settings.tiles in ("auto", "on")

    def _several(self, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """Images as wholes, as many at once as the model likes."""
        waiting: deque[tuple[Work, Future[Outcome | DynsegError]]] = deque()
        with ThreadPoolExecutor(self._predictor.in_flight, thread_name_prefix="looks") as pool:
            try:
                for work in works:
                    self._look_up()
                    answer = pool.submit(self._within_budget, work)
                    waiting.append((work, answer))
                    if len(waiting) > self._predictor.in_flight:
                        yield self._awaited(*waiting.popleft())
                while waiting:
                    yield self._awaited(*waiting.popleft())
            finally:
                for _, answer in waiting:
                    answer.cancel()

    def _within_budget(self, work: Work) -> Outcome | DynsegError:
        """What came of an image, beside others that are not too large together with it."""
        try:
            size = work.size or header_size(work.path)
        except ImageError as error:
            return error
        with self._budget.taken(math.prod(size)):
            return self._outcome(work, self._cancel.check)

    def _awaited(
        self, work: Work, answer: Future[Outcome | DynsegError]
    ) -> tuple[Work, Outcome | DynsegError]:
        """What came of an image; meanwhile whoever is in a hurry is served."""
        while not wait((answer,), timeout=LOOK_UP_S).done:
            self._look_up()
        return work, answer.result()

    def _is_large(self, work: Work) -> bool:
        """Whether an image may get several looks; what cannot be read is for `Stages` to say."""
        settings, card = self._settings, self._predictor.card
        if work.cached is not None:
            return False
        if settings.region is not None or (settings.tiles == "model" and card.close_up > 1):
            return True
        try:
            size = work.size or header_size(work.path)
        except ImageError:
            return False
        if follows_edges(settings, card):
            return True
        if looks_again(settings, card) and max(size) > card.image_size:
            return True
        input_px = settings.image_size or card.image_size
        return max(size) > (settings.tile_px or ZOOMS[0] * input_px)

    def _outcome(self, work: Work, look_up: Callable[[], None]) -> Outcome | DynsegError:
        try:
            pixels = checked_pixels(work.path, work.size)
        except MemoryError:
            return ImageError(work.path, "needs more memory than there is")
        except ImageError as error:
            return error
        try:
            found = predict_tiled(
                pixels,
                self._predictor,
                self._settings,
                report=self._report,
                look_up=look_up,
            )
        except OutsideError as error:
            return error
        found = [item for item in found if item.score >= self._confidence]
        small = reduced(pixels) if self._predictor.card.class_agnostic and found else None
        return Outcome(found, pixels.shape[1], pixels.shape[0], fresh=True, small=small)

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
    """What runs a model over many images, in several looks when the settings or it say so."""
    if looks_closer(settings, predictor.card):
        return TiledStages(
            predictor,
            settings,
            confidence=confidence,
            cancel=cancel,
            between=between,
            report=report,
        )
    return Stages(predictor, settings, confidence=confidence, cancel=cancel, between=between)
