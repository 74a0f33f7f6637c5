"""Decode, run, trace: three stages that overlap, with a bounded number of images between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dynseg.errors import DynsegError
from dynseg.images.decode import decode
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import ModelInput, Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.progress import CancelToken

AHEAD = 6
"""Decoded images that wait for the network: enough that it never waits, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Work:
    """One image on its way: a row of the project or a file of a folder."""

    key: int
    rel: str
    path: Path
    cached: list[Detection] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in one image of a size in pixels; `fresh` when the model ran for it."""

    detections: list[Detection]
    width: int
    height: int
    fresh: bool


def detected(
    works: Iterable[Work], predictor: Predictor, settings: PredictSettings, cancel: CancelToken
) -> Iterator[tuple[Work, Outcome | DynsegError]]:
    """Decode ahead on threads, run the network here, trace polygons on threads behind it.

    Results come in the order of the work. At most `AHEAD` images wait on each side.
    """
    source = iter(works)
    decoding: deque[tuple[Work, Future[tuple[ModelInput, int, int]] | None]] = deque()
    tracing: deque[tuple[Work, Future[Outcome] | DynsegError]] = deque()
    with ThreadPoolExecutor(2, thread_name_prefix="prelabel") as pool:

        def decode_next() -> None:
            work = next(source, None)
            if work is not None:
                task = (
                    None
                    if work.cached is not None
                    else pool.submit(_prepared, work, predictor, settings)
                )
                decoding.append((work, task))

        try:
            for _ in range(AHEAD):
                decode_next()
            while decoding or tracing:
                cancel.check()
                if decoding and len(tracing) < AHEAD:
                    work, task = decoding.popleft()
                    decode_next()
                    tracing.append((work, _run(work, task, predictor, settings, pool)))
                if tracing and (len(tracing) >= AHEAD or not decoding or _done(tracing[0][1])):
                    work, result = tracing.popleft()
                    yield work, result if isinstance(result, DynsegError) else result.result()
        finally:
            for _, waiting in decoding:
                if waiting is not None:
                    waiting.cancel()


def _done(result: Future[Outcome] | DynsegError) -> bool:
    return isinstance(result, DynsegError) or result.done()


def _run(
    work: Work,
    task: Future[tuple[ModelInput, int, int]] | None,
    predictor: Predictor,
    settings: PredictSettings,
    pool: ThreadPoolExecutor,
) -> Future[Outcome] | DynsegError:
    """Run the network on one decoded image and hand its masks to a thread."""
    if task is None:
        ready: Future[Outcome] = Future()
        ready.set_result(Outcome(work.cached or [], 0, 0, fresh=False))
        return ready
    try:
        item, width, height = task.result()
        raw = predictor.forward([item], settings)[0]
    except DynsegError as error:
        return error

    def finish() -> Outcome:
        return Outcome(predictor.polygons(raw, settings), width, height, fresh=True)

    return pool.submit(finish)


def _prepared(
    work: Work, predictor: Predictor, settings: PredictSettings
) -> tuple[ModelInput, int, int]:
    pixels = decode(work.path).pixels
    return predictor.prepare(pixels, settings), pixels.shape[1], pixels.shape[0]
