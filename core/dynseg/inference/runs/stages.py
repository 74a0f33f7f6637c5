"""Decode, run, trace: three stages that overlap, with a bounded number of images between them.

An image may be looked at several times: all of its looks go through the stages together, and the
network gets those of one size from whichever images they are. Looks that nobody can know before the
first one has answered, and more than fit, are taken by `predict_tiled`, one image at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from math import prod
from operator import length_hint
from typing import Any, NamedTuple

import msgspec

from dynseg.errors import DynsegError
from dynseg.inference.drafts import Rules
from dynseg.inference.looks import Plan, plan
from dynseg.inference.names import Names
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.runs.crew import MOST_INPUT_PIXELS, Crew, Job
from dynseg.inference.runs.hands.pool import hands_for
from dynseg.inference.runs.pools import GROUPS_WAITING, Pools
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.model.card import ModelCard
from dynseg.progress import CancelToken, Report, ignore

AHEAD = 6
"""Images that wait before and behind the network: enough that it never waits for one."""

LEAST_AHEAD = 2
"""Images that are under way, however often each is looked at."""

TOGETHER = 8
"""Images that a hand is given at once where a GPU is as fast as all of them: each request costs
this process as much as an image does, and it alone talks to the GPU."""

TOGETHER_PIXELS = 6_000_000
"""Of images that a hand is given at once: those of large ones take long enough alone."""

LARGE_PX = 10_000
"""Side of an image that is looked at as often as any."""

LOOK_UP_S = 0.05
"""How often somebody who waits for a decoder looks whether something else is wanted."""


class UnderWay(NamedTuple):
    """What a run is about at one moment.

    Attributes:
        decoding: Images that are being decoded or wait for somebody who decodes.
        waiting: Decoded images that wait for their turn at the network.
        groups: Groups of inputs that the network has.
        tracing: Images that it has answered and that are being traced.
        done: Images that wait for who takes them.
        hands: Processes that decode and trace.
        busy: How many of them have something to do.
    """

    decoding: int
    waiting: int
    groups: int
    tracing: int
    done: int
    hands: int
    busy: int


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
        self._largest = _largest(settings, predictor.card)
        self._looks = len(self._largest.looks)
        self._cancel = cancel or CancelToken()
        self._between = between
        self._report = report
        self._crew = Crew(
            predictor,
            settings,
            confidence=confidence,
            cancel=self._cancel,
            names=names,
            rules=rules,
        )
        self._together, self._ahead, self._behind = 1, 0, 0
        self._images: int | None = None
        self._not_asked = 0
        self._decoding: deque[tuple[Work, Future[list[Job | DynsegError]] | None, int]] = deque()
        self._waiting: deque[tuple[Job, int]] = deque()
        self._running: deque[tuple[Future[list[RawOutput]], list[Job]]] = deque()
        self._tracing: deque[tuple[Work, Job | Outcome | DynsegError]] = deque()
        self._measure()

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

    def under_way(self) -> UnderWay:
        """What the run is about right now; for any thread."""
        before, behind = self._decoding.copy(), self._tracing.copy()
        ahead = sum(future is not None and not future.done() for _, future, _ in before)
        jobs = [job for _, job in behind if isinstance(job, Job)]
        asked = [job.outcome[0] for job in jobs if job.outcome is not None]
        done = sum(future.done() for future in asked)
        groups = sum(not future.done() for future, _ in self._running.copy())
        hands, busy = self._crew.hands.at_work if self._crew.hands is not None else (0, 0)
        waiting = len(before) - ahead + self._not_asked
        return UnderWay(ahead, waiting, groups, len(asked) - done, done, hands, busy)

    def _measure(self) -> None:
        """How many images may wait before the network, and behind it."""
        model, hands = self._predictor, self._crew.hands
        at_network = model.in_flight * model.batch_size // self._looks
        inputs = AHEAD + (model.in_flight + GROUPS_WAITING) * model.batch_size
        self._ahead = self._behind = max(LEAST_AHEAD, inputs // self._looks)
        if hands is not None:
            if model.batch_size > 1:
                self._together = max(1, TOGETHER // self._looks)
                self._ahead += self._together * hands.count
                self._behind = self._ahead  # all that is at the network is among them
            # Without a place of its own an image would be decoded by this process.
            self._ahead = max(LEAST_AHEAD, min(self._ahead, hands.places - at_network))

    def _look_up(self) -> None:
        self._cancel.check()
        self._between()
        while not self._crew.told.empty():
            self._report(self._crew.told.get())

    # Before the network

    def _decode_ahead(self, source: Iterator[Work], pools: Pools) -> None:
        while self._has_room_ahead:
            works, known = self._next_works(source)
            if works:
                self._make_hands(pools)
                jobs = pools.submit(pools.decoders, self._crew.prepared, works)
                self._decoding += [(work, jobs, place) for place, work in enumerate(works)]
            if known is not None:
                self._decoding.append((known, None, 0))
            elif not works:
                return

    @property
    def _has_room_ahead(self) -> bool:
        """Whether as many images can be decoded as are given away at once."""
        room = self._ahead - len(self._decoding) - self._not_asked
        enough = room >= self._together or (room > 0 and not self._decoding)
        return enough and not self._is_full

    def _next_works(self, source: Iterator[Work]) -> tuple[list[Work], Work | None]:
        """Images that are decoded together, and one behind them that is known already."""
        works: list[Work] = []
        pixels = 0
        while len(works) < self._together and pixels < TOGETHER_PIXELS:
            work = next(source, None)
            if work is None or work.cached is not None:
                return works, work
            works.append(work)
            pixels += prod(work.size or (0, 0))
        return works, None

    def _make_hands(self, pools: Pools) -> None:
        """Only when an image has to be looked at: a run may find that all are known."""
        if self._images is None:
            return
        model, images, self._images = self._predictor, self._images, None
        at_network = model.in_flight * model.batch_size
        self._crew.hands = pools.add_hands(
            hands_for(
                images,
                input_px=self._largest.input_px,
                input_pixels=self._largest.input_pixels,
                inputs=self._ahead + at_network,
                together=TOGETHER if model.batch_size > 1 else 0,
                batch=model.batch_size,
                on_gpu=model.device.device != "cpu",
                names=self._names,
            )
        )
        self._measure()

    def _take_decoded(self, pools: Pools) -> bool:
        """Line up what is decoded, in its order; whether there was something."""
        before = len(self._decoding)
        while self._decoding and ((future := self._decoding[0][1]) is None or future.done()):
            work, _, place = self._decoding.popleft()
            if future is None:
                self._tracing.append((work, Outcome(work.cached or [], 0, 0, fresh=False)))
                continue
            job = future.result()[place]
            self._tracing.append((work, job))
            if isinstance(job, DynsegError):
                continue
            if job.is_alone:
                job.outcome = pools.submit(pools.alone, self._crew.by_itself, job), 0
                continue
            if len(job.inputs) > self._looks:
                self._looks = len(job.inputs)
                self._measure()
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
        return len(self._tracing) - self._not_asked >= self._behind

    def _waits_for_network(self) -> bool:
        """Whether the image that is next to be handed over has looks that did not begin."""
        job = self._tracing[0][1]
        return isinstance(job, Job) and not (job.is_asked or job.is_alone)

    def _run_next(self, pools: Pools) -> bool:
        """Run the network on looks of one size; whether there were some."""
        group = self._group()
        if not group:
            return False
        chosen = set(map(id, group))
        self._waiting = deque(item for item in self._waiting if id(item) not in chosen)
        inputs = [job.inputs[look] for job, look in group]
        answers = pools.submit(pools.runners, self._crew.forward, inputs)
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
        jobs = dict.fromkeys(job for _, jobs in done for job in jobs)
        ready = [job for job in jobs if job.outcome is None and job.is_answered]
        for start in range(0, len(ready), self._together):
            some = ready[start : start + self._together]
            outcomes = pools.submit(pools.tracers, self._crew.traced, some)
            for place, job in enumerate(some):
                job.outcome = outcomes, place
        return bool(done)

    def _group(self) -> list[tuple[Job, int]]:
        """Looks of one size, a full batch if there is one, else the oldest; none to wait for more.

        Images may have all kinds of sizes: oldest first would make small batches of them.
        """
        sizes: dict[tuple[int, ...], list[tuple[Job, int]]] = {}
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

    # Behind the network

    def _is_found(self) -> bool:
        """Whether the image that is next to be handed over is done."""
        result = self._tracing[0][1]
        return not isinstance(result, Job) or (
            result.outcome is not None and result.outcome[0].done()
        )

    def _drop_all(self) -> None:
        """Nobody waits any more: what has not begun does not begin."""
        self._crew.has_ended = True
        begun: list[Future[Any]] = [future for _, future, _ in self._decoding if future]
        begun += [future for future, _ in self._running]
        jobs = (result for _, result in self._tracing if isinstance(result, Job))
        begun += [job.outcome[0] for job in jobs if job.outcome is not None]
        for future in begun:
            future.cancel()
        self._decoding.clear()
        self._waiting.clear()
        self._running.clear()
        self._tracing.clear()


def _result(result: Job | Outcome | DynsegError) -> Outcome | DynsegError:
    """What came of an image that is done.

    Raises:
        EngineError: the model cannot run on this machine.
    """
    if not isinstance(result, Job):
        return result
    assert result.outcome is not None
    future, place = result.outcome
    return future.result()[place]


def _largest(settings: PredictSettings, card: ModelCard) -> Plan:
    """The looks at a large image, but for tiles that are too many to be under way with others."""
    settings = msgspec.structs.replace(settings, region=None)
    found = plan(LARGE_PX, LARGE_PX, settings, card)
    return found if found.input_pixels <= MOST_INPUT_PIXELS else found.with_tiles(0)
