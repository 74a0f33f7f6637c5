"""Decode, run, trace: three stages that overlap, with a bounded number of images between them.

An image may be looked at several times: all of its looks go through the stages together, and the
network gets those of one size from whichever images they are. Looks that nobody can know before the
first one has answered, and more than fit, are taken by `predict_tiled`, one image at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache, partial
from math import prod
from operator import length_hint
from queue import SimpleQueue
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import DynsegError, ImageError
from dynseg.inference.budget import PixelBudget, Room
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import Draft, Rules
from dynseg.inference.finishing import finish
from dynseg.inference.hands.pool import Hands, hands_for
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.looks import OutsideError, Plan, looks_often, plan
from dynseg.inference.names import Names
from dynseg.inference.pools import GROUPS_WAITING, Pools
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.inference.work import Outcome, Work, header_size
from dynseg.model.card import ModelCard
from dynseg.progress import CancelledError, CancelToken, Progress, Report, ignore

AHEAD = 6
"""Images that wait before and behind the network: enough that it never waits for one."""

LEAST_AHEAD = 2
"""Images that are under way, however often each is looked at."""

MOST_INPUT_PIXELS = 12_000_000
"""An image whose looks have more pixels of the model than this together is taken by itself."""

MOST_PLANS = 100
"""Sizes of images whose looks are remembered; with tiles there are many in each."""

LARGE_PX = 10_000
"""Side of an image that is looked at as often as any."""

LOOK_UP_S = 0.05
"""How often somebody who waits for a decoder looks whether something else is wanted."""


@dataclass(slots=True, eq=False)
class _Job:
    """An image between the stages.

    Attributes:
        work: The image.
        size: Its width and height, pixels.
        plan: The looks at it.
        inputs: What the network sees, look by look; emptied as it is handed over.
        pixels: `(H, W, 3)` uint8, where they are needed once more and there was room for them.
        answers: Look by look where the network's answer will be, when it was asked.
        is_asked: All looks are on their way.
        outcome: What will be found, when the network has answered.
    """

    work: Work
    size: tuple[int, int]
    plan: Plan
    inputs: list[ModelInput] = field(default_factory=list)
    pixels: NDArray[np.uint8] | None = None
    answers: dict[int, tuple[Future[list[RawOutput]], int]] = field(default_factory=dict)
    is_asked: bool = False
    outcome: Future[Outcome | DynsegError] | None = None

    @property
    def is_answered(self) -> bool:
        """The network has nothing to say about it any more."""
        return self.is_asked and all(future.done() for future, _ in self.answers.values())

    @property
    def is_alone(self) -> bool:
        """It is taken by itself: how often it is looked at is not known, or too often."""
        return self.plan.is_open or self.plan.input_pixels > MOST_INPUT_PIXELS


class Stages:
    """Runs a model over many images.

    Args:
        predictor: The model.
        settings: How it runs.
        confidence: Lowest score to keep.
        cancel: Asked between images and while waiting.
        between: Called between images and while waiting, on the thread that iterates: urgent work
            for the same model is done there.
        report: Told about the tiles of images that are taken by themselves, on that thread too.
        names: Gives names to what is found.
        rules: Asked for each image, from other threads: what makes a draft of its proposals.
            Without other processes there are no drafts: who wants one makes it as cheaply.
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
        names: Names | None = None,
        rules: Callable[[], Rules | None] = lambda: None,
    ) -> None:
        self._predictor = predictor
        self._names = names
        self._rules = rules
        self._settings = settings
        self._confidence = confidence
        self._largest = _largest(settings, predictor.card)
        self._looks = len(self._largest.looks)
        # Looks are held against each other by what they are hardly sure of, too.
        is_often = looks_often(settings, predictor.card)
        self._asked = min(confidence, CANDIDATE_CONFIDENCE) if is_often else confidence
        self._cancel = cancel or CancelToken()
        self._between = between
        self._report = report
        self._budget, self._room = PixelBudget(), Room()
        self._images: int | None = None
        self._hands: Hands | None = None
        self._has_ended = False
        self._not_asked = 0
        # Most images of a folder have one of a few sizes.
        self._plan = lru_cache(MOST_PLANS)(partial(plan, settings=settings, card=predictor.card))
        self._told: SimpleQueue[Progress] = SimpleQueue()
        self._decoding: deque[tuple[Work, Future[_Job | DynsegError] | None]] = deque()
        self._waiting: deque[tuple[_Job, int]] = deque()
        self._running: deque[tuple[Future[list[RawOutput]], list[_Job]]] = deque()
        self._tracing: deque[tuple[Work, _Job | Outcome | DynsegError]] = deque()

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
        with Pools(self._predictor) as pools:
            try:
                self._decode_ahead(source, pools)
                while self._decoding or self._tracing:
                    pools.done.clear()
                    self._look_up()
                    moved = self._take_decoded(pools)
                    moved |= self._take_answers(pools)
                    moved |= self._has_room() and self._run_next(pools)
                    self._decode_ahead(source, pools)
                    while self._tracing and self._is_found():
                        moved = True
                        work, result = self._tracing.popleft()
                        yield work, _result(result)
                        self._decode_ahead(source, pools)  # there is room for one more
                    if not moved:
                        pools.done.wait(LOOK_UP_S)
            finally:
                self._drop_all()

    @property
    def _ahead(self) -> int:
        """Images that may wait before the network, and as many behind it."""
        groups = self._predictor.in_flight + GROUPS_WAITING
        inputs = AHEAD + groups * self._predictor.batch_size
        return max(LEAST_AHEAD, inputs // self._looks)

    def _look_up(self) -> None:
        self._cancel.check()
        self._between()
        while not self._told.empty():
            self._report(self._told.get())

    def _check(self) -> None:
        """For threads: ends their work when nobody waits for it any more."""
        self._cancel.check()
        if self._has_ended:
            raise CancelledError

    # Before the network

    def _decode_ahead(self, source: Iterator[Work], pools: Pools) -> None:
        while len(self._decoding) + self._not_asked < self._ahead and not self._is_full:
            work = next(source, None)
            if work is None:
                return
            known = work.cached is not None
            if not known and self._images is not None:
                self._hands, self._images = pools.add_hands(self._new_hands(self._images)), None
            self._decoding.append(
                (work, None if known else pools.submit(pools.decoders, self._prepared, work))
            )

    def _new_hands(self, images: int) -> Hands | None:
        """Made when the first image has to be looked at: a run may find that all are known."""
        return hands_for(
            images,
            input_px=self._largest.input_px,
            input_pixels=self._largest.input_pixels,
            inputs=self._ahead + self._predictor.in_flight * self._predictor.batch_size,
            on_gpu=self._predictor.device.device != "cpu",
            names=self._names,
        )

    def _prepared(self, work: Work) -> _Job | DynsegError:
        try:
            if self._cancel.cancelled or self._has_ended:
                return ImageError(work.path, "was not needed any more")
            size = work.size or header_size(work.path)
            job = _Job(work, size, self._plan(*size))
            if not job.is_alone:
                with self._budget.taken(prod(size)):
                    self._decode(job)
        except MemoryError:
            return ImageError(work.path, "needs more memory than there is")
        except (ImageError, OutsideError) as error:
            return error
        return job

    def _decode(self, job: _Job) -> None:
        if self._hands is not None:
            job.inputs = self._hands.decode(job.work.path, job.size, job.plan)
            return
        pixels = checked_pixels(job.work.path, job.size)
        job.inputs = job.plan.inputs(pixels)
        if self._needs_pixels(job) and self._room.take(prod(job.size)):
            job.pixels = pixels

    def _take_decoded(self, pools: Pools) -> bool:
        """Line up what is decoded, in its order; whether there was something."""
        before = len(self._decoding)
        while self._decoding and ((future := self._decoding[0][1]) is None or future.done()):
            work, _ = self._decoding.popleft()
            if future is None:
                self._tracing.append((work, Outcome(work.cached or [], 0, 0, fresh=False)))
                continue
            job = future.result()
            self._tracing.append((work, job))
            if isinstance(job, DynsegError):
                continue
            if job.is_alone:
                job.outcome = pools.submit(pools.alone, self._by_itself, job)
                continue
            self._looks = max(self._looks, len(job.inputs))
            self._not_asked += 1
            self._waiting.extend((job, look) for look in range(len(job.inputs)))
        return len(self._decoding) < before

    # The network

    def _has_room(self) -> bool:
        """Whether the network can take another group."""
        return len(self._running) < self._predictor.in_flight + GROUPS_WAITING and (
            not self._is_full or self._waits_for_network()
        )

    @property
    def _is_full(self) -> bool:
        """Whether enough images wait behind the network."""
        return len(self._tracing) - self._not_asked >= self._ahead

    def _waits_for_network(self) -> bool:
        """Whether the image that is next to be handed over has looks that did not begin."""
        job = self._tracing[0][1]
        return isinstance(job, _Job) and not (job.is_asked or job.is_alone)

    def _run_next(self, pools: Pools) -> bool:
        """Run the network on looks of one size; whether there were some."""
        group = self._group()
        if not group:
            return False
        chosen = set(map(id, group))
        self._waiting = deque(item for item in self._waiting if id(item) not in chosen)
        inputs = [job.inputs[look] for job, look in group]
        answers = pools.submit(pools.runners, self._forward, inputs)
        self._running.append((answers, [job for job, _ in group]))
        for place, (job, look) in enumerate(group):
            job.answers[look] = (answers, place)
            if len(job.answers) == len(job.inputs):
                job.inputs, job.is_asked = [], True
                self._not_asked -= 1
        return True

    def _take_answers(self, pools: Pools) -> bool:
        """Have images traced that the network has answered; whether there was an answer."""
        done = [(future, jobs) for future, jobs in self._running if future.done()]
        for entry in done:
            self._running.remove(entry)
        for job in (job for _, jobs in done for job in jobs):
            if job.outcome is None and job.is_answered:
                job.outcome = pools.submit(pools.tracers, self._traced, job)
        return bool(done)

    def _group(self) -> list[tuple[_Job, int]]:
        """Looks of one size, a full batch if there is one, else the oldest; none to wait for more.

        Images may have all kinds of sizes: oldest first would make small batches of them.
        """
        sizes: dict[tuple[int, ...], list[tuple[_Job, int]]] = {}
        for item in self._waiting:
            job, look = item
            group = sizes.setdefault(job.inputs[look].pixels.shape, [])
            group.append(item)
            if len(group) == self._predictor.batch_size:
                if not self._is_full:
                    return group
                break
        oldest = next(iter(sizes.values()), [])
        return [] if self._decoding and self._running and not self._is_full else oldest

    def _forward(self, inputs: list[ModelInput]) -> list[RawOutput]:
        answers = self._predictor.forward(inputs, self._settings, confidence=self._asked)
        if self._hands is not None:
            for item in inputs:
                self._hands.give_back(item)
        return answers

    # Behind the network

    def _traced(self, job: _Job) -> Outcome | DynsegError:
        answers = [future.result()[place] for _, (future, place) in sorted(job.answers.items())]
        try:
            return self._found(job, answers)
        except MemoryError:
            return ImageError(job.work.path, "needs more memory than there is")
        except ImageError as error:
            return error
        finally:
            if job.pixels is not None:
                job.pixels = None
                self._room.give(prod(job.size))

    def _found(self, job: _Job, answers: list[RawOutput]) -> Outcome:
        """What is in an image, by the network's answers to all looks at it."""
        if self._hands is not None and any(len(raw.candidates) for raw in answers):
            # The hand decodes the image once more.
            with self._budget.taken(prod(job.size) if self._needs_pixels(job) else 0):
                done = self._hands.finish(
                    job.work.key,
                    job.work.path,
                    job.size,
                    job.plan,
                    answers,
                    least_score=self._confidence,
                    rules=self._rules(),
                )
            if done is not None:
                draft = None if done.draft is None else done.draft.unpacked()
                return self._outcome(job, done.found, draft)
        found = finish(
            job.plan,
            [self._predictor.polygons(raw, self._settings) for raw in answers],
            lambda: self._pixels(job),
            size=job.size,
            least_score=self._confidence,
            names=self._names,
            look_up=self._check,
        )
        return self._outcome(job, found)

    def _outcome(
        self, job: _Job, found: list[Detection] | bytes, draft: Draft | None = None
    ) -> Outcome:
        return Outcome(found, *job.size, fresh=True, draft=draft, names=self._names)

    def _needs_pixels(self, job: _Job) -> bool:
        """Whether an image is looked at once more behind the network."""
        return job.plan.edges or (self._names is not None and self._names.namer is not None)

    def _pixels(self, job: _Job) -> NDArray[np.uint8]:
        if job.pixels is not None:
            return job.pixels
        with self._budget.taken(prod(job.size)):
            return checked_pixels(job.work.path, job.size)

    def _by_itself(self, job: _Job) -> Outcome | DynsegError:
        """An image in all of its looks, one after the other."""
        try:
            with self._budget.taken(prod(job.size)):
                pixels = checked_pixels(job.work.path, job.size)
                found = predict_tiled(
                    pixels,
                    self._predictor,
                    self._settings,
                    least_score=self._confidence,
                    report=self._told.put,
                    look_up=self._check,
                )
        except MemoryError:
            return ImageError(job.work.path, "needs more memory than there is")
        except ImageError as error:
            return error
        if self._names is not None:
            found = self._names.given(found, lambda: pixels, job.size)
        return self._outcome(job, found)

    def _is_found(self) -> bool:
        """Whether the image that is next to be handed over is done."""
        result = self._tracing[0][1]
        return not isinstance(result, _Job) or (
            result.outcome is not None and result.outcome.done()
        )

    def _drop_all(self) -> None:
        """Nobody waits any more: what has not begun does not begin."""
        self._has_ended = True
        begun: list[Future[Any]] = [future for _, future in self._decoding if future is not None]
        begun += [future for future, _ in self._running]
        jobs = (result for _, result in self._tracing if isinstance(result, _Job))
        begun += [job.outcome for job in jobs if job.outcome is not None]
        for future in begun:
            future.cancel()
        self._decoding.clear()
        self._waiting.clear()
        self._running.clear()
        self._tracing.clear()


def _result(result: _Job | Outcome | DynsegError) -> Outcome | DynsegError:
    """What came of an image that is done.

    Raises:
        EngineError: the model cannot run on this machine.
    """
    if not isinstance(result, _Job):
        return result
    assert result.outcome is not None
    return result.outcome.result()


def _largest(settings: PredictSettings, card: ModelCard) -> Plan:
    """The looks at a large image, but for tiles that are too many to be under way with others."""
    settings = msgspec.structs.replace(settings, region=None)
    found = plan(LARGE_PX, LARGE_PX, settings, card)
    return found if found.input_pixels <= MOST_INPUT_PIXELS else found.with_tiles(0)
