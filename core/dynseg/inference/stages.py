"""Decode, run, trace: three stages that overlap, with a bounded number of images between them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYetError
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from operator import length_hint
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import DynsegError, ImageError
from dynseg.images.decode import read_header
from dynseg.inference.detections import Detection
from dynseg.inference.hands.pool import Hands, hands_for
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.machine import core_count
from dynseg.progress import CancelToken

T = TypeVar("T")

AHEAD = 6
"""Images that wait before and behind the network: enough that it never waits for one."""

GROUPS_WAITING = 1
"""Groups that are put together while others run."""

MAX_WORKERS = 16
"""Threads that decode; enough for any network of this kind."""

DECODED_PIXELS = 160_000_000
"""Images of more pixels than this together are not decoded at the same time."""

LOOK_UP_S = 0.05
"""How often somebody who waits for a decoder looks whether something else is wanted."""


@dataclass(frozen=True, slots=True)
class Work:
    """One image on its way: a row of a project or a file of a folder.

    Attributes:
        key: Whatever its owner knows it by.
        rel: Path for messages.
        path: The file.
        size: Width and height that it must have, pixels; None when any will do.
        cached: What is known to be in it: then neither it nor the model is needed.
    """

    key: int
    rel: str
    path: Path
    size: tuple[int, int] | None = None
    cached: list[Detection] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in one image.

    Attributes:
        detections: Surest first, image pixels.
        width: Of the image, pixels; 0 when it was cached.
        height: Of the image, pixels; 0 when it was cached.
        fresh: The model ran for it.
        packed: The detections as `dynseg.inference.detections.encode` packs them, where they came
            that way.
        small: `(h, w, 3)` uint8 RGB, the image as `dynseg.review.traits.reduced` makes it, where
            it was decoded here and the model tells no kinds apart: names are given by it.
    """

    detections: list[Detection]
    width: int
    height: int
    fresh: bool
    packed: bytes | None = None
    small: NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)


class PixelBudget:
    """Lets threads decode at the same time as long as their images are small together."""

    def __init__(self, pixels: int = DECODED_PIXELS) -> None:
        self._limit = pixels
        self._held = 0
        self._change = threading.Condition()

    @contextmanager
    def taken(self, pixels: int) -> Iterator[None]:
        """Hold this many pixels; an image over the limit waits until it is the only one."""
        pixels = min(pixels, self._limit)
        with self._change:
            self._change.wait_for(lambda: self._held + pixels <= self._limit)
            self._held += pixels
        try:
            yield
        finally:
            with self._change:
                self._held -= pixels
                self._change.notify_all()


class Stages:
    """Runs a model over many images.

    Args:
        predictor: The model.
        settings: How it runs.
        confidence: Lowest score to keep.
        cancel: Asked between images and while waiting.
        between: Called between images and while waiting, on the thread that iterates: urgent work
            for the same model is done there.
    """

    def __init__(
        self,
        predictor: Predictor,
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
        cancel: CancelToken | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self._predictor = predictor
        self._settings = settings
        self._confidence = confidence
        self._cancel = cancel or CancelToken()
        self._between = between
        self._budget = PixelBudget()
        self._images: int | None = None
        self._hands: Hands | None = None
        self._decoding: deque[tuple[Work, Future[ModelInput] | None]] = deque()
        self._running: deque[Future[list[RawOutput]]] = deque()
        self._tracing: deque[tuple[Work, Future[Outcome] | Outcome | DynsegError]] = deque()

    def run(self, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome | DynsegError]]:
        """What was found in each image, in their order; the error where one cannot be used.

        Decoding runs ahead on threads and polygons are traced on threads behind; a bounded number
        of images is on its way, whatever the length of the folder.

        Raises:
            CancelledError: it was asked for.
            EngineError: the model cannot run on this machine.
        """
        source = iter(works)
        self._images = length_hint(works)
        with _Pools(self._predictor) as pools:
            try:
                self._decode_ahead(source, pools)
                while self._decoding or self._tracing:
                    self._look_up()
                    if self._decoding and self._has_room():
                        self._run_next(pools)
                        self._decode_ahead(source, pools)
                    while self._tracing and (self._must_hand_over() or self._is_traced()):
                        work, result = self._tracing.popleft()
                        yield work, self._awaited(result) if isinstance(result, Future) else result
            finally:
                self._drop_all()

    @property
    def _ahead(self) -> int:
        groups = self._predictor.in_flight + GROUPS_WAITING
        return AHEAD + groups * self._predictor.batch_size

    def _has_room(self) -> bool:
        """Whether the network can take another group; waits a little for it."""
        while self._running and self._running[0].done():
            self._running.popleft()
        if len(self._running) >= self._predictor.in_flight + GROUPS_WAITING:
            wait(self._running, timeout=LOOK_UP_S, return_when=FIRST_COMPLETED)
            self._running = deque(future for future in self._running if not future.done())
        return (
            len(self._tracing) < self._ahead
            and len(self._running) < self._predictor.in_flight + GROUPS_WAITING
        )

    def _look_up(self) -> None:
        self._cancel.check()
        self._between()

    def _awaited(self, future: Future[T]) -> T:
        """The result of a thread; meanwhile whoever is in a hurry is served."""
        while True:
            try:
                return future.result(timeout=LOOK_UP_S)
            except NotYetError:
                if future.done():  # the work itself ran into a time limit
                    raise
                self._look_up()

    def _decode_ahead(self, source: Iterator[Work], pools: _Pools) -> None:
        while len(self._decoding) < self._ahead:
            work = next(source, None)
            if work is None:
                return
            known = work.cached is not None
            if not known and self._images is not None:
                self._hands, self._images = pools.add_hands(self._new_hands(self._images)), None
            self._decoding.append(
                (work, None if known else pools.decoders.submit(self._prepared, work))
            )

    def _new_hands(self, images: int) -> Hands | None:
        """Made when the first image has to be looked at: a run may find that all are known."""
        return hands_for(
            images,
            input_px=self._predictor.input_px(self._settings),
            inputs=self._ahead + self._predictor.in_flight * self._predictor.batch_size,
            on_gpu=self._predictor.device.device != "cpu",
        )

    def _prepared(self, work: Work) -> ModelInput:
        if self._cancel.cancelled:
            raise ImageError(work.path, "was not needed any more")
        width, height = work.size or header_size(work.path)
        with self._budget.taken(width * height):
            if self._hands is not None:
                return self._hands.decode(work.path, work.size)
            try:
                pixels = checked_pixels(work.path, work.size)
                return self._predictor.prepare(pixels, self._settings)
            except MemoryError as error:
                raise ImageError(work.path, "needs more memory than there is") from error

    def _run_next(self, pools: _Pools) -> None:
        """Run the network on the next images that are ready, at least one."""
        group: list[tuple[Work, ModelInput]] = []
        while self._decoding and len(group) < self._predictor.batch_size:
            work, future = self._decoding[0]
            if future is None or (group and not future.done() and not self._is_busy()):
                break
            self._decoding.popleft()
            try:
                group.append((work, self._awaited(future)))
            except DynsegError as error:
                # Images keep their order, so what came before this one goes first.
                self._run_group(group, pools)
                self._tracing.append((work, error))
                return
        if group:
            self._run_group(group, pools)
        elif self._decoding:
            work, _ = self._decoding.popleft()
            self._tracing.append((work, Outcome(work.cached or [], 0, 0, fresh=False)))

    def _is_busy(self) -> bool:
        """Whether a group runs: then there is time to wait until the next one is full."""
        return any(not answers.done() for answers in self._running)

    def _run_group(self, group: list[tuple[Work, ModelInput]], pools: _Pools) -> None:
        if not group:
            return
        answers = pools.runners.submit(self._forward, [item for _, item in group])
        self._running.append(answers)
        for index, (work, _) in enumerate(group):
            self._tracing.append((work, pools.tracers.submit(self._traced, answers, index)))

    def _forward(self, inputs: list[ModelInput]) -> list[RawOutput]:
        answers = self._predictor.forward(inputs, self._settings, confidence=self._confidence)
        if self._hands is not None:
            for item in inputs:
                self._hands.give_back(item)
        return answers

    def _traced(self, answers: Future[list[RawOutput]], index: int) -> Outcome:
        raw = answers.result()[index]
        box, packed = raw.letterbox, None
        if self._hands is None:
            found = self._predictor.polygons(raw, self._settings)
        else:
            found, packed = self._hands.trace(
                raw.candidates, box, simplify_px=self._settings.simplify_px
            )
        return Outcome(found, box.image_width, box.image_height, fresh=True, packed=packed)

    def _must_hand_over(self) -> bool:
        return not self._decoding or len(self._tracing) >= self._ahead

    def _is_traced(self) -> bool:
        result = self._tracing[0][1]
        return not isinstance(result, Future) or result.done()

    def _drop_all(self) -> None:
        """Nobody waits any more: what has not begun does not begin."""
        begun: list[Future[ModelInput] | Future[list[RawOutput]] | Future[Outcome]]
        begun = [future for _, future in self._decoding if future is not None]
        begun += self._running
        begun += [result for _, result in self._tracing if isinstance(result, Future)]
        for future in begun:
            future.cancel()
        self._decoding.clear()
        self._running.clear()
        self._tracing.clear()


class _Pools(AbstractContextManager["_Pools"]):
    """Threads of each stage: polygons must not wait behind images that nobody needs yet."""

    def __init__(self, predictor: Predictor) -> None:
        cores = max(2, min(MAX_WORKERS, core_count()))
        in_flight = predictor.in_flight
        self.decoders = ThreadPoolExecutor(cores, thread_name_prefix="decode")
        self.runners = ThreadPoolExecutor(in_flight, thread_name_prefix="run")
        # A tracer may have to wait for its image: then another one has something to do.
        waiting = (in_flight + GROUPS_WAITING) * predictor.batch_size
        self.tracers = ThreadPoolExecutor(cores + waiting, thread_name_prefix="trace")
        self._hands: Hands | None = None

    def add_hands(self, hands: Hands | None) -> Hands | None:
        """Processes that end with the threads which ask them."""
        self._hands = hands
        return hands

    def __exit__(self, *_: object) -> None:
        for pool in (self.decoders, self.runners, self.tracers):
            pool.shutdown()
        if self._hands is not None:
            self._hands.close()


def header_size(path: Path) -> tuple[int, int]:
    """Width and height of an image, pixels, without decoding it.

    Raises:
        ImageError: it cannot be read.
    """
    header = read_header(path)
    return header.width, header.height
