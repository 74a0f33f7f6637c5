"""The hands of one run, and the memory that they share."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

import numpy as np

from dynseg import processes
from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.drafts import Rules
from dynseg.inference.hands import arena
from dynseg.inference.hands.protocol import (
    ALIGNED,
    Answer,
    Decode,
    Finish,
    Finished,
    Laid,
    Ready,
    Refused,
    Request,
    Span,
    Trace,
    bytes_for,
    next_answer,
    packed_names,
    put,
    send,
)
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.looks import Plan
from dynseg.inference.names import Names
from dynseg.inference.polygons import Candidates
from dynseg.inference.predictor import RawOutput
from dynseg.machine import core_count
from dynseg.progress import CancelledError

MOST_HANDS = 16
"""Enough for any network of this kind on one GPU."""

ENOUGH_CORES = 4
"""On fewer, threads are as fast: one of two cores always computes without Python's lock."""

ENOUGH_IMAGES = 200
"""For fewer, starting processes takes longer than they save."""

MOST_BYTES = 400_000_000
"""Of shared memory; where it would take more there are fewer hands, and threads decode as well."""

_OWN_PIXELS = 1_500_000
"""Of the network's inputs: the answers to so many are handed over together."""
_PROTOTYPES = 32
_CANDIDATES = 1000
_END_S = 2.0
_TRIES = 2
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class LentInput(ModelInput):
    """An input whose pixels lie in the shared memory, until `Hands.give_back`.

    Attributes:
        lease: The place that it shares with other looks at the image.
    """

    lease: _Lease


@dataclass(slots=True, eq=False)
class _Lease:
    """A place in the shared memory and how many inputs in it the network has not seen.

    Attributes:
        place: Where it begins, a byte.
        inputs: Left.
    """

    place: int
    inputs: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A request, and what has to lie in the hand's memory before it is asked.

    Attributes:
        request: What to do.
        candidates: What it is about.
        laid: Where they go.
    """

    request: Request
    candidates: Sequence[Candidates] = ()
    laid: Sequence[Laid] = ()


@dataclass(frozen=True, slots=True)
class _Hand:
    """A process, and the part of the memory in which it is given candidates."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    own: arena.Bytes

    def do(self, steps: Sequence[_Step]) -> Answer | None:
        """Its answer to the last step, or to the first that it refuses; None when it has ended."""
        answer: Answer | None = None
        with suppress(OSError, ValueError):
            for step in steps:
                for candidates, laid in zip(step.candidates, step.laid, strict=True):
                    put(candidates, self.own[laid.place :])
                send(step.request, self.requests)  # type: ignore[arg-type]
                answer = next_answer(self.answers)  # type: ignore[arg-type]
                if answer is None or isinstance(answer, Refused):
                    break
            return answer
        return None


class _Turns:
    """Hands that have nothing to do; who traces is given one before who decodes.

    Polygons that are traced make room for more images, decoded ones take it.

    Attributes:
        count: Hands that have not ended.
    """

    def __init__(self) -> None:
        self.count = 0
        self._idle: list[_Hand] = []
        self._urgent = 0
        lock = threading.Lock()
        self._for_urgent, self._for_others = threading.Condition(lock), threading.Condition(lock)

    def add(self, hand: _Hand) -> None:
        """One more."""
        with self._for_urgent:
            self.count += 1
            self._put(hand)

    def take(self, *, urgent: bool) -> _Hand | None:
        """One that is free, after waiting for it; None when there are none any more."""
        change = self._for_urgent if urgent else self._for_others
        with change:
            self._urgent += urgent
            change.wait_for(lambda: not self.count or (self._idle and (urgent or not self._urgent)))
            self._urgent -= urgent
            if not self._urgent and len(self._idle) > 1:
                self._for_others.notify()
            return self._idle.pop() if self.count else None

    def give(self, hand: _Hand) -> None:
        """It is free again."""
        with self._for_urgent:
            self._put(hand)

    def lose(self) -> None:
        """One that was taken has ended."""
        with self._for_urgent:
            self.count -= 1
            self._for_urgent.notify_all()
            self._for_others.notify_all()

    def _put(self, hand: _Hand) -> None:
        # One at a time: to wake all who wait for one hand takes longer than what it does.
        self._idle.append(hand)
        (self._for_urgent if self._urgent else self._for_others).notify()


class Hands:
    """Decodes, traces and drafts in other processes.

    What none of them can do is done here or left to who asks: they may have ended, or lack room.

    Args:
        count: How many processes.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.
        names: Who gives names to what is found.

    Raises:
        OSError: there is no room for the shared memory, or a process cannot be started.
    """

    def __init__(
        self,
        count: int,
        *,
        input_px: int,
        input_pixels: int,
        inputs: int,
        names: Names | None = None,
    ) -> None:
        self._room = _aligned(3 * input_pixels)
        self._own = own = _own_bytes(input_px, input_pixels)
        said = packed_names(names)
        inputs = max(0, min(inputs, (MOST_BYTES - count * own) // self._room))
        begin = inputs * self._room
        self._path, self._memory = arena.create(begin + count * own + len(said))
        self._names = Span(begin + count * own, len(said)) if said else None
        self._memory[begin + count * own :] = np.frombuffer(said, np.uint8)
        self._places: SimpleQueue[int] = SimpleQueue()
        for index in range(inputs):
            self._places.put(index * self._room)
        self._turns = _Turns()
        self._lock = threading.Lock()
        self._is_stopped = False
        self._all: list[_Hand] = []
        try:
            for index in range(count):
                self._start(begin + index * own, own)
        except OSError:
            self.close()
            raise

    def __enter__(self) -> Hands:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decode(self, path: Path, size: tuple[int, int], plan: Plan) -> list[ModelInput]:
        """Decode an image and scale it into what the network sees of it.

        Args:
            path: The file.
            size: Width and height that it must have, pixels.
            plan: The looks at it.

        Raises:
            ImageError: it cannot be read, is not of that size, or ends the processes that read it.
            CancelledError: the hands were stopped.
        """
        if 3 * plan.input_pixels > self._room or (place := self._free_place()) is None:
            return plan.inputs(checked_pixels(path, size))
        request = Decode(os.fsencode(path), size, plan, place, self._room)
        answer = None
        try:
            answer = self._ask(path, [_Step(request)], urgent=False)
        finally:
            if not isinstance(answer, Ready):
                self._places.put(place)
        if isinstance(answer, Ready):
            return self._lent(place, answer.letterboxes)
        return plan.inputs(checked_pixels(path, size))

    def give_back(self, item: ModelInput) -> None:
        """The network has seen it: after the last look its place is free for another image."""
        if isinstance(item, LentInput):
            with self._lock:
                item.lease.inputs -= 1
                is_free = item.lease.inputs == 0
            if is_free:
                self._places.put(item.lease.place)

    def finish(
        self,
        key: int,
        path: Path,
        size: tuple[int, int],
        plan: Plan,
        answers: Sequence[RawOutput],
        *,
        least_score: float,
        rules: Rules | None = None,
    ) -> Finished | None:
        """Trace what the network says to all looks at an image, bring it together, draft proposals.

        Args:
            key: Id of the image, for the draft.
            path: The image, which is decoded again where pixels are needed.
            size: Width and height that it must have, pixels.
            plan: The looks at it.
            answers: What the network says to each.
            least_score: What is less sure is left out.
            rules: What makes the draft; None for no draft.

        Returns:
            What was found; None where it has to be done here: no hand is left, or there is more
            than fits into its memory.

        Raises:
            ImageError: it cannot be read any more, or ends the processes that look at it.
            CancelledError: the hands were stopped.
        """
        portions = _portions(answers, self._own)
        if portions is None:
            return None
        steps, before = [], 0
        for portion in portions[:-1]:
            laid = _laid(portion)
            request = Trace(before, laid, plan.simplify_px)
            steps.append(_Step(request, [raw.candidates for raw in portion], laid))
            before += len(portion)
        laid = _laid(portions[-1])
        last = Finish(
            before, laid, os.fsencode(path), size, plan, least_score, self._names, key, rules
        )
        steps.append(_Step(last, [raw.candidates for raw in portions[-1]], laid))
        answer = self._ask(path, steps, urgent=True)
        return answer if isinstance(answer, Finished) else None

    def stop(self) -> None:
        """End all processes, whatever they are doing: whoever asks for it is cancelled."""
        self._is_stopped = True
        for hand in self._all:
            hand.process.kill()

    def close(self) -> None:
        """End all processes; nobody may be asking any more."""
        self._wait_for_ends()
        # Windows removes no file that somebody has mapped.
        self._all.clear()
        self._turns, self._memory = _Turns(), np.empty(0, np.uint8)
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _wait_for_ends(self) -> None:
        for hand in self._all:
            with suppress(OSError):
                hand.requests.close()
        for hand in self._all:
            try:
                hand.process.wait(_END_S)
            except subprocess.TimeoutExpired:
                hand.process.kill()
                hand.process.wait()
            hand.answers.close()

    def _free_place(self) -> int | None:
        with suppress(Empty):
            return self._places.get_nowait()
        return None

    def _lent(self, place: int, letterboxes: Sequence[Letterbox]) -> list[ModelInput]:
        """The inputs that a hand has laid into a place, one after the other."""
        lease, inputs = _Lease(place, len(letterboxes)), []
        for box in letterboxes:
            pixels = self._memory[place : place + 3 * box.width * box.height]
            inputs.append(LentInput(pixels.reshape(box.height, box.width, 3), box, lease))
            place += pixels.size
        return list(inputs)

    def _start(self, begin: int, size: int) -> None:
        process = subprocess.Popen(
            [*processes.command("hands"), str(self._path), str(begin), str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        hand = _Hand(process, process.stdin, process.stdout, self._memory[begin : begin + size])
        self._all.append(hand)
        self._turns.add(hand)

    def _ask(self, path: Path, steps: Sequence[_Step], *, urgent: bool) -> Answer | None:
        """What a hand answers to the last step; None when none is left.

        Args:
            path: The image that it is about.
            steps: What to do, one after the other.
            urgent: Goes before what is not.

        Raises:
            ImageError: a hand refuses it, or two have ended over it.
            CancelledError: the hands were stopped.
        """
        ended = 0
        while ended < _TRIES:
            hand = self._turns.take(urgent=urgent)
            if hand is None and self._is_stopped:
                raise CancelledError
            if hand is None:
                return None
            ended += hand.process.poll() is None  # else something else has ended it
            answer = None
            try:
                answer = hand.do(steps)
            finally:
                if answer is not None:
                    self._turns.give(hand)
                else:  # left in the middle of a request, it would answer that one next
                    hand.process.kill()
                    self._turns.lose()
            if isinstance(answer, Refused):
                raise ImageError(path, answer.reason, answer.hint)
            if answer is not None:
                return answer
            if self._is_stopped:
                raise CancelledError
            log.warning("a process that decodes and traces has ended; others go on")
        raise ImageError(
            path,
            "ended the processes that read it",
            "It is damaged or needs more memory than there is: replace it.",
        )


def hands_for(
    images: int,
    *,
    input_px: int,
    input_pixels: int,
    inputs: int,
    on_gpu: bool,
    names: Names | None = None,
) -> Hands | None:
    """Hands for a run, where they bring something.

    Args:
        images: How many the run has, as far as is known.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.
        on_gpu: The network leaves the cores alone; elsewhere it needs most of them.
        names: Who gives names to what is found.
    """
    cores = core_count()
    if cores < ENOUGH_CORES or images < ENOUGH_IMAGES:
        return None
    most = MOST_BYTES // _own_bytes(input_px, input_pixels)
    count = min(cores if on_gpu else cores // 2, MOST_HANDS, most)
    if not count:
        return None
    try:
        return Hands(
            count, input_px=input_px, input_pixels=input_pixels, inputs=inputs, names=names
        )
    except OSError as error:
        log.warning("no processes to decode and trace, threads do it: %s", error)
        return None


def _portions(answers: Sequence[RawOutput], room: int) -> list[list[RawOutput]] | None:
    """The answers in their order, as many together as fit; None where one does not."""
    portions: list[list[RawOutput]] = [[]]
    left = room
    for raw in answers:
        size = bytes_for(raw.candidates)
        if size > room:
            return None
        if size > left:
            portions.append([])
            left = room
        portions[-1].append(raw)
        left -= size
    return portions


def _laid(answers: Sequence[RawOutput]) -> list[Laid]:
    """Where candidates go that fit together."""
    laid, place = [], 0
    for raw in answers:
        found = raw.candidates
        shape, half = found.prototypes.shape, found.prototypes.dtype == np.float16
        laid.append(Laid(place, len(found), shape, half, raw.letterbox))
        place += bytes_for(found)
    return laid


def _own_bytes(input_px: int, input_pixels: int) -> int:
    """Memory of a hand: for all looks at an image if they are few, else for the largest."""
    pixels = max(input_px**2, min(input_pixels, _OWN_PIXELS))
    return _aligned(4 * _PROTOTYPES * pixels // 16 + 200 * _CANDIDATES)


def _aligned(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
