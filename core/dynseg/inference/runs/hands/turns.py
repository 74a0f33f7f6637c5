"""Processes that decode and trace, and whose turn it is to have one."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.runs.hands import arena
from dynseg.inference.runs.hands.laying import put
from dynseg.inference.runs.hands.protocol import Answer, Refused, next_answers, send
from dynseg.inference.runs.hands.steps import Step


@dataclass(frozen=True, slots=True)
class Hand:
    """A process, and the part of the memory in which it is given candidates.

    Attributes:
        process: The process.
        requests: Where it reads.
        answers: Where it writes.
        own: Its part of the memory.
        at: `(1,)` which of the requests that it was given together it is at.
    """

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    own: arena.Bytes
    at: NDArray[np.int64]

    @property
    def place(self) -> int:
        """Which of the tasks that it was given together it is at, or has ended over."""
        return int(self.at[0])

    def do_all(self, tasks: Sequence[Sequence[Step]]) -> list[Answer] | None:
        """Its answer to the last step of each task, or to the first that it refuses.

        Args:
            tasks: One with several steps, or several with one each.

        Returns:
            None when it has ended.
        """
        with suppress(OSError, ValueError):
            for steps in zip(*tasks, strict=True):
                answers = self._do(steps)
                if answers is None or (len(tasks) == 1 and isinstance(answers[0], Refused)):
                    break
            return answers
        return None

    def _do(self, steps: Sequence[Step]) -> list[Answer] | None:
        """Its answers to steps that it is given together."""
        self.at[0] = 0
        for step in steps:
            for candidates, laid in zip(step.candidates, step.laid, strict=True):
                put(candidates, laid, self.own)
        send([step.request for step in steps], self.requests)  # type: ignore[arg-type]
        return next_answers(self.answers)  # type: ignore[arg-type]


class Turns:
    """Hands that have nothing to do; who traces is given one before who decodes.

    Polygons that are traced make room for more images, decoded ones take it.

    Attributes:
        count: Hands that have not ended.
    """

    def __init__(self) -> None:
        self.count = 0
        self._idle: list[Hand] = []
        self._urgent = 0
        lock = threading.Lock()
        self._for_urgent, self._for_others = threading.Condition(lock), threading.Condition(lock)

    @property
    def idle(self) -> int:
        """How many have nothing to do."""
        return len(self._idle)

    def add(self, hand: Hand) -> None:
        """One more."""
        with self._for_urgent:
            self.count += 1
            self._put(hand)

    def take(self, *, urgent: bool) -> Hand | None:
        """One that is free, after waiting for it; None when there are none any more."""
        change = self._for_urgent if urgent else self._for_others
        with change:
            self._urgent += urgent
            change.wait_for(lambda: not self.count or (self._idle and (urgent or not self._urgent)))
            self._urgent -= urgent
            if not self._urgent and len(self._idle) > 1:
                self._for_others.notify()
            return self._idle.pop() if self.count else None

    def give(self, hand: Hand) -> None:
        """It is free again."""
        with self._for_urgent:
            self._put(hand)

    def lose(self) -> None:
        """One that was taken has ended."""
        with self._for_urgent:
            self.count -= 1
            self._for_urgent.notify_all()
            self._for_others.notify_all()

    def _put(self, hand: Hand) -> None:
        # One at a time: to wake all who wait for one hand takes longer than what it does.
        self._idle.append(hand)
        (self._for_urgent if self._urgent else self._for_others).notify()
