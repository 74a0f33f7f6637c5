"""The hands of one run, and the memory that they share."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dynseg import processes
from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.drafts import Rules
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.looks import Plan
from dynseg.inference.names import Names
from dynseg.inference.predictor import RawOutput
from dynseg.inference.runs.hands import arena
from dynseg.inference.runs.hands.laying import ALIGNED
from dynseg.inference.runs.hands.lent import Lease, LentInput
from dynseg.inference.runs.hands.protocol import (
    Answer,
    Decode,
    Finish,
    Finished,
    Ready,
    Refused,
    Span,
    Trace,
    packed_names,
)
from dynseg.inference.runs.hands.slots import Slots
from dynseg.inference.runs.hands.steps import Step, laid, portions, size_in
from dynseg.inference.runs.hands.turns import Hand, Turns
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

MOST_SLOTS = 8
"""Batches of which answers lie in the memory until they are traced."""

MOST_SLOT_BYTES = 240_000_000
"""Of shared memory for them; what finds no room is handed over like that of others."""

_OWN_PIXELS = 1_500_000
"""Of the network's inputs: the answers to so many are handed over together."""
_PROTOTYPES = 32
_CANDIDATES = 1000
_END_S = 2.0
_TRIES = 2
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

_ENDS = Refused(
    "ended the processes that read it",
    "It is damaged or needs more memory than there is: replace it.",
)

log = logging.getLogger(__name__)


class Seen(NamedTuple):
    """An image and the looks at it.

    Attributes:
        path: The file.
        size: Width and height that it must have, pixels.
        plan: The looks.
    """

    path: Path
    size: tuple[int, int]
    plan: Plan


class Answered(NamedTuple):
    """What the network says to all looks at an image.

    Attributes:
        key: Id of the image, for the draft.
        image: The image, which is decoded again where pixels are needed.
        answers: What the network says to each look.
    """

    key: int
    image: Seen
    answers: Sequence[RawOutput]


class Hands:
    """Decodes, traces and drafts in other processes.

    What none of them can do is done here or left to who asks: they may have ended, or lack room.

    Args:
        count: How many processes.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.
        names: Who gives names to what is found.
        batch: Images of which a GPU writes its answers into the memory together; 0 where none does.

    Attributes:
        places: How many decoded images there is room for.

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
        batch: int = 0,
    ) -> None:
        self._room = _aligned(3 * input_pixels)
        own = _own_bytes(input_px, input_pixels)
        self._own = own - arena.AT_BYTES
        said = packed_names(names)
        inputs = max(0, min(inputs, (MOST_BYTES - count * own) // self._room))
        begin = inputs * self._room
        end = begin + count * own
        slot = _aligned(batch * 2 * _PROTOTYPES * input_px**2 // 16)
        slots = min(MOST_SLOTS, MOST_SLOT_BYTES // slot) if batch else 0
        self._file, self._memory = arena.create(end + slots * slot + len(said))
        self._slots = Slots(self._memory, end, slot, slots)
        end += slots * slot
        self._names = Span(end, len(said)) if said else None
        self._memory[end:] = np.frombuffer(said, np.uint8)
        self.places = inputs
        self._places: SimpleQueue[int] = SimpleQueue()
        for index in range(inputs):
            self._places.put(index * self._room)
        self._turns = Turns()
        self._lock = threading.Lock()
        self._is_stopped = False
        self._all: list[Hand] = []
        try:
            for index in range(count):
                self._start(begin + index * own, own)
        except OSError:
            self.close()
            raise

    @property
    def memory(self) -> NDArray[np.uint8]:
        """All that is shared; nobody may have it when the hands are closed."""
        return self._memory

    def room_for(self, shape: tuple[int, ...]) -> NDArray[np.float16] | None:
        """Room for the prototypes of a batch, which then need not be handed over; None for none."""
        return self._slots.take(shape)

    @property
    def count(self) -> int:
        """How many have not ended."""
        return self._turns.count

    @property
    def at_work(self) -> tuple[int, int]:
        """How many have not ended, and how many of them have something to do."""
        return self._turns.count, self._turns.count - self._turns.idle

    def __enter__(self) -> Hands:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decode(self, images: Sequence[Seen]) -> list[list[ModelInput] | ImageError]:
        """Decode images and scale each into what the network sees of it.

        One hand takes all of them: what a request costs beside its work is the same for several.

        Returns:
            For each image its inputs, or why it has none: it cannot be read, is not of that size,
            or ends the processes that read it.

        Raises:
            CancelledError: the hands were stopped.
        """
        places = {
            index: place
            for index, image in enumerate(images)
            if 3 * image.plan.input_pixels <= self._room
            and (place := self._free_place()) is not None
        }
        steps = [
            [Step(Decode(os.fsencode(path), size, plan, place, self._room))]
            for place, (path, size, plan) in zip(
                places.values(), (images[index] for index in places), strict=True
            )
        ]
        found: list[list[ModelInput] | ImageError | None] = [None] * len(images)
        try:
            for index, answer in zip(places, self._ask(steps, urgent=False), strict=True):
                if isinstance(answer, Ready):
                    found[index] = self._lent(places[index], answer.letterboxes)
                elif isinstance(answer, Refused):
                    found[index] = ImageError(images[index].path, answer.reason, answer.hint)
        finally:
            for index, place in places.items():
                if not isinstance(found[index], list):
                    self._places.put(place)
        return [
            _decoded_here(image) if result is None else result
            for image, result in zip(images, found, strict=True)
        ]

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
        images: Sequence[Answered],
        *,
        least_score: float,
        rules: Rules | None = None,
    ) -> list[Finished | ImageError | None]:
        """Trace what the network says to all looks at images, bring it together, draft proposals.

        One hand takes as many of them as fit into its memory.

        Args:
            images: The images.
            least_score: What is less sure is left out.
            rules: What makes the drafts; None for no draft.

        Returns:
            For each image what was found; why it cannot be read any more, or that it ends the
            processes that look at it; None where it has to be done here: no hand is left, or there
            is more than fits into its memory.

        Raises:
            CancelledError: the hands were stopped.
        """
        found: list[Finished | ImageError | None] = [None] * len(images)
        together: dict[int, list[Step]] = {}
        left = self._own

        def ask() -> None:
            nonlocal left
            said = self._ask(list(together.values()), urgent=True)
            for index, answer in zip(together, said, strict=True):
                if isinstance(answer, Finished):
                    found[index] = answer
                elif isinstance(answer, Refused):
                    path = images[index].image.path
                    found[index] = ImageError(path, answer.reason, answer.hint)
            together.clear()
            left = self._own

        for index, image in enumerate(images):
            size = sum(size_in(self._memory, raw) for raw in image.answers)
            if together and size > left:
                ask()
            steps = self._steps(image, self._own - left, least_score, rules)
            if steps is not None:
                together[index] = steps
                left -= size
        ask()
        return found

    def _steps(
        self, image: Answered, place: int, least_score: float, rules: Rules | None
    ) -> list[Step] | None:
        """The last is the one that finishes an image; None where that has to be done here."""
        parts = portions(image.answers, self._own, self._memory)
        if parts is None:
            return None
        path, size, plan = image.image
        steps, before = [], 0
        for portion in parts[:-1]:
            where = laid(portion, self._memory)
            request = Trace(before, where, plan.simplify_px)
            steps.append(Step(request, [raw.candidates for raw in portion], where))
            before += len(portion)
        where = laid(parts[-1], self._memory, place if len(parts) == 1 else 0)
        last = Finish(
            before,
            where,
            os.fsencode(path),
            size,
            plan,
            least_score,
            self._names,
            image.key,
            rules,
        )
        return [*steps, Step(last, [raw.candidates for raw in parts[-1]], where)]

    def stop(self) -> None:
        """End all processes, whatever they are doing: whoever asks for it is cancelled."""
        self._is_stopped = True
        for hand in self._all:
            hand.process.kill()

    def close(self) -> None:
        """End all processes; nobody may be asking any more."""
        self._wait_for_ends()
        # What is mapped here can be removed on some systems only.
        self._all.clear()
        self._turns, self._memory = Turns(), np.empty(0, np.uint8)
        self._slots = Slots(self._memory, 0, 0, 0)
        self._file.remove()

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
        lease, inputs = Lease(place, len(letterboxes)), []
        for box in letterboxes:
            pixels = self._memory[place : place + 3 * box.width * box.height]
            inputs.append(LentInput(pixels.reshape(box.height, box.width, 3), box, lease))
            place += pixels.size
        return list(inputs)

    def _start(self, begin: int, size: int) -> None:
        process = subprocess.Popen(
            [*processes.command("hands"), str(self._file.path), str(begin), str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=self._file.passed,
            env={**os.environ, **_ONE_THREAD},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        own, at = arena.parted(self._memory[begin : begin + size])
        hand = Hand(process, process.stdin, process.stdout, own, at)
        self._all.append(hand)
        self._turns.add(hand)

    def _ask(self, tasks: Sequence[Sequence[Step]], *, urgent: bool) -> list[Answer | None]:
        """What a hand answers to the last step of each task; None when none is left.

        Args:
            tasks: Images with what to do for them, one after the other.
            urgent: Goes before what is not.

        Raises:
            CancelledError: the hands were stopped.
        """
        found: dict[int, Answer] = {}
        ended: Counter[int] = Counter()
        left = list(range(len(tasks)))
        while left:
            hand = self._turns.take(urgent=urgent)
            if hand is None and self._is_stopped:
                raise CancelledError
            if hand is None:
                break
            is_alive = hand.process.poll() is None  # else something else has ended it
            answers = None
            try:
                answers = hand.do_all([tasks[index] for index in left])
            finally:
                if answers is not None:
                    self._turns.give(hand)
                else:  # left in the middle of a request, it would answer that one next
                    hand.process.kill()
                    self._turns.lose()
            if answers is not None:
                found.update(zip(left, answers, strict=True))
                break
            if self._is_stopped:
                raise CancelledError
            log.warning("a process that decodes and traces has ended; others go on")
            worst = left[hand.place]
            ended[worst] += is_alive
            if ended[worst] >= _TRIES:
                found[worst] = _ENDS
                left.remove(worst)
        return [found.get(index) for index in range(len(tasks))]


def _decoded_here(image: Seen) -> list[ModelInput] | ImageError:
    """The inputs of an image that no hand has decoded, or why it has none."""
    try:
        return image.plan.inputs(checked_pixels(image.path, image.size))
    except MemoryError:
        return ImageError(image.path, "needs more memory than there is")
    except ImageError as error:
        return error


def hands_for(
    images: int,
    *,
    input_px: int,
    input_pixels: int,
    inputs: int,
    on_gpu: bool,
    together: int = 0,
    batch: int = 0,
    names: Names | None = None,
) -> Hands | None:
    """Hands for a run, where they bring something.

    Args:
        images: How many the run has, as far as is known.
        input_px: Longer side of the network's largest input, pixels.
        input_pixels: Pixels of all inputs of an image together.
        inputs: How many decoded images are waited with at the same time.
        together: How many more each hand is decoding.
        batch: Images that a GPU answers together; 0 for no GPU.
        on_gpu: The network leaves the cores alone; elsewhere it needs most of them.
        names: Who gives names to what is found.
    """
    cores = core_count()
    if cores < ENOUGH_CORES or images < ENOUGH_IMAGES:
        return None
    most = MOST_BYTES // _own_bytes(input_px, input_pixels)
    count = min(core_count(logical=True) if on_gpu else cores // 2, MOST_HANDS, most)
    if not count:
        return None
    for some in dict.fromkeys((batch if on_gpu else 0, 0)):  # without room for its answers, too
        try:
            return Hands(
                count,
                input_px=input_px,
                input_pixels=input_pixels,
                inputs=inputs + together * count,
                names=names,
                batch=some,
            )
        except OSError as error:
            why = error
    log.warning("no processes to decode and trace, threads do it: %s", why)
    return None


def _own_bytes(input_px: int, input_pixels: int) -> int:
    """Memory of a hand: for all looks at an image if they are few, else for the largest."""
    pixels = max(input_px**2, min(input_pixels, _OWN_PIXELS))
    return _aligned(4 * _PROTOTYPES * pixels // 16 + 200 * _CANDIDATES) + arena.AT_BYTES


def _aligned(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
