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
from numpy.typing import NDArray

from dynseg import processes
from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference import detections as packing
from dynseg.inference.finishing import finish
from dynseg.inference.hands import arena
from dynseg.inference.hands.protocol import (
    Answer,
    Decode,
    Finish,
    Finished,
    Ready,
    Refused,
    Request,
    Trace,
    Traced,
    bytes_for,
    next_answer,
    put,
    send,
)
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.looks import Plan
from dynseg.inference.polygons import Candidates, trace
from dynseg.machine import core_count
from dynseg.progress import CancelledError

MOST_HANDS = 16
"""Enough for any network of this kind on one GPU."""

ENOUGH_CORES = 4
"""On fewer, threads are as fast: one of two cores always computes without Python's lock."""

ENOUGH_IMAGES = 200
"""For fewer, starting processes takes longer than they save."""

MOST_BYTES = 400_000_000
"""Of shared memory; where it would take more, some images are decoded by threads as ever."""

_ALIGNED = 64
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
class _Hand:
    """A process, and the part of the memory in which it is given candidates."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    own: arena.Bytes

    def ask(self, request: Request) -> Answer | None:
        """Its answer; None when it has ended."""
        with suppress(OSError, ValueError):
            send(request, self.requests)  # type: ignore[arg-type]
            return next_answer(self.answers)  # type: ignore[arg-type]
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
    """Decodes and traces in other processes; does it here where one of them has ended.

    Args:
        count: How many processes.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.

    Raises:
        OSError: there is no room for the shared memory, or a process cannot be started.
    """

    def __init__(self, count: int, *, input_px: int, input_pixels: int, inputs: int) -> None:
        self._room = _aligned(3 * input_pixels)
        own = _aligned(4 * _PROTOTYPES * (input_px // 4) ** 2 + 200 * _CANDIDATES)
        inputs = max(0, min(inputs, (MOST_BYTES - count * own) // self._room))
        self._path, self._memory = arena.create(inputs * self._room + count * own)
        self._places: SimpleQueue[int] = SimpleQueue()
        for index in range(inputs):
            self._places.put(index * self._room)
        self._turns = _Turns()
        self._lock = threading.Lock()
        self._is_stopped = False
        self._all: list[_Hand] = []
        try:
            for index in range(count):
                self._start(inputs * self._room + index * own, own)
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
        answer = self._ask(Decode(os.fsencode(path), size, plan, place, self._room), urgent=False)
        if isinstance(answer, Ready):
            return self._lent(place, answer.letterboxes)
        self._places.put(place)
        if isinstance(answer, Refused):
            raise ImageError(path, answer.reason, answer.hint)
        if not self._turns.count:
            return plan.inputs(checked_pixels(path, size))
        raise _ended(path)

    def give_back(self, item: ModelInput) -> None:
        """The network has seen it: after the last look its place is free for another image."""
        if isinstance(item, LentInput):
            with self._lock:
                item.lease.inputs -= 1
                is_free = item.lease.inputs == 0
            if is_free:
                self._places.put(item.lease.place)

    def trace(self, candidates: Candidates, letterbox: Letterbox, *, simplify_px: float) -> bytes:
        """`polygons.trace`, packed by `detections.encode`.

        Raises:
            CancelledError: the hands were stopped.
        """
        if len(candidates):
            shape = candidates.prototypes.shape
            request = Trace(letterbox, len(candidates), shape, simplify_px)
            answer = self._ask(request, urgent=True, candidates=candidates)
            if isinstance(answer, Traced):
                return answer.found
        return packing.encode(trace(candidates, letterbox, simplify_px=simplify_px))

    def finish(
        self,
        path: Path,
        size: tuple[int, int],
        plan: Plan,
        found: list[bytes],
        *,
        least_score: float,
        by_likeness: bool,
    ) -> tuple[bytes, NDArray[np.uint8] | None]:
        """`dynseg.inference.finishing.finish` of what is packed by `detections.encode`.

        Args:
            path: The image, which is decoded again where pixels are needed.
            size: Width and height that it must have, pixels.
            plan: The looks at it.
            found: What each has found.
            least_score: What is less sure is left out.
            by_likeness: The image is wanted as names are given by it.

        Raises:
            ImageError: it cannot be read any more, or ends the processes that look at it.
            CancelledError: the hands were stopped.
        """
        request = Finish(os.fsencode(path), size, plan, found, least_score, by_likeness)
        answer = self._ask(request, urgent=True)
        if isinstance(answer, Finished):
            small = np.frombuffer(answer.small, np.uint8).reshape(*answer.shape, 3)
            return answer.found, small if small.size else None
        if isinstance(answer, Refused):
            raise ImageError(path, answer.reason, answer.hint)
        if self._turns.count:
            raise _ended(path)
        done, reduced = finish(
            plan,
            [packing.decode(data) for data in found],
            lambda: checked_pixels(path, size),
            least_score=least_score,
            by_likeness=by_likeness,
        )
        return packing.encode(done), reduced

    def stop(self) -> None:
        """End all processes, whatever they are doing: whoever asks for it is cancelled."""
        self._is_stopped = True
        for hand in self._all:
            hand.process.kill()

    def close(self) -> None:
        """End all processes; nobody may be asking any more."""
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
        self._all.clear()
        # Windows removes no file that somebody has mapped.
        self._turns, self._memory = _Turns(), np.empty(0, np.uint8)
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

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

    def _ask(
        self, request: Request, *, urgent: bool, candidates: Candidates | None = None
    ) -> Answer | None:
        """What a hand answers; None when two have ended over it, it does not fit, or none is left.

        Args:
            request: What to do.
            urgent: Goes before what is not.
            candidates: What it is about.

        Raises:
            CancelledError: the hands were stopped.
        """
        for _ in range(_TRIES):
            hand = self._turns.take(urgent=urgent)
            if hand is None and self._is_stopped:
                raise CancelledError
            if hand is None:
                return None
            if candidates is not None and bytes_for(candidates) > len(hand.own):
                self._turns.give(hand)
                return None
            if candidates is not None:
                put(candidates, hand.own)
            answer = hand.ask(request)
            if answer is not None:
                self._turns.give(hand)
                return answer
            self._turns.lose()
            if self._is_stopped:
                raise CancelledError
            log.warning("a process that decodes and traces has ended; others go on")
        return None


def hands_for(
    images: int, *, input_px: int, input_pixels: int, inputs: int, on_gpu: bool
) -> Hands | None:
    """Hands for a run, where they bring something.

    Args:
        images: How many the run has, as far as is known.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.
        on_gpu: The network leaves the cores alone; elsewhere it needs most of them.
    """
    cores = core_count()
    if cores < ENOUGH_CORES or images < ENOUGH_IMAGES:
        return None
    try:
        count = min(cores if on_gpu else cores // 2, MOST_HANDS)
        return Hands(count, input_px=input_px, input_pixels=input_pixels, inputs=inputs)
    except OSError as error:
        log.warning("no processes to decode and trace, threads do it: %s", error)
        return None


def _ended(path: Path) -> ImageError:
    return ImageError(
        path,
        "ended the processes that read it",
        "It is damaged or needs more memory than there is: replace it.",
    )


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
