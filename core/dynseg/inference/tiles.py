"""One image, as closely as its model looks: as a whole, in tiles, along its edges (A11).

A few looks are under way at a time, so memory does not grow with the image.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.document import ImageState
from dynseg.geometry.tiling import small_side
from dynseg.inference.detections import Detection
from dynseg.inference.looks import Look, at_the_whole, outlined, plan, tile_side_by, together
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.window import Box
from dynseg.progress import Meter, Report, ignore
from dynseg.project.readable import readable
from dynseg.project.view import ProjectView

SAMPLE = 40
"""Images of a project whose labels tell how large its objects are."""

LABELLED = (ImageState.IN_WORK, ImageState.REVIEWED)


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


def predict_tiled(
    pixels: NDArray[np.uint8],
    predictor: Predictor,
    settings: PredictSettings,
    *,
    region: Box | None = None,
    least_score: float = 0.0,
    report: Report = ignore,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """Find objects in an image, in as many looks as it needs.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
        predictor: The model.
        settings: How it runs in each look.
        region: Look only here, `x0, y0, x1, y1` in image pixels; None for what the settings say.
        least_score: What is less sure is left out.
        report: Told after every tile.
        look_up: Called between looks and objects; what it raises ends the work.

    Returns:
        Detections, surest first, image pixels.

    Raises:
        EngineError: the model cannot run on this machine.
        OutsideError: the region is outside of the image.
    """
    if region is not None:
        settings = msgspec.structs.replace(settings, region=region)
    chosen = plan(pixels.shape[1], pixels.shape[0], settings, predictor.card)
    part = chosen.frame.of(pixels)
    found: list[list[Detection]] = []
    for answer in _in_looks(part, chosen.looks[: chosen.wholes], predictor, settings):
        found.append(answer)
        look_up()
    if chosen.is_open:
        whole = at_the_whole(chosen, found)
        side = tile_side_by(whole, chosen, settings, predictor.card)
        chosen = chosen.with_tiles(side)
    tiles = chosen.looks[chosen.wholes :]
    meter = Meter("Tiles", len(tiles), report)
    for answer in _in_looks(part, tiles, predictor, settings):
        found.append(answer)
        meter.advance()
        look_up()
    result = together(chosen, found, least_score=least_score)
    return outlined(chosen, result, pixels, look_up=look_up)


def _seen(
    part: NDArray[np.uint8], look: Look, predictor: Predictor, settings: PredictSettings
) -> list[Detection]:
    """What the model draws in one look, pixels of its window."""
    settings = msgspec.structs.replace(settings, image_size=look.input_px)
    return predictor.predict(look.window.of(part), settings)


def _in_looks(
    part: NDArray[np.uint8],
    looks: Sequence[Look],
    predictor: Predictor,
    settings: PredictSettings,
) -> Iterator[list[Detection]]:
    """What is in each look, in order; as many as the model likes are under way at once."""
    waiting: deque[Future[list[Detection]]] = deque()
    with ThreadPoolExecutor(predictor.in_flight, thread_name_prefix="look") as pool:
        try:
            for look in looks:
                waiting.append(pool.submit(_seen, part, look, predictor, settings))
                if len(waiting) > predictor.in_flight:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for answer in waiting:
                answer.cancel()
