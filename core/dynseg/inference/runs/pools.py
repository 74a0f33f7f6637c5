"""The threads of a run, and the processes that some of them ask."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from threading import Event
from typing import Any, TypeVar

from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.hands.pool import Hands
from dynseg.machine import core_count

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

GROUPS_WAITING = 1
"""Groups that are put together while others run."""

MAX_WORKERS = 16
"""Threads that decode; enough for any network of this kind."""


class Pools(AbstractContextManager["Pools"]):
    """Threads of each stage: polygons must not wait behind images that nobody needs yet.

    Attributes:
        decoders: Read images.
        runners: Ask the network.
        tracers: Turn its answers into outlines.
        alone: Takes images one at a time, in all of their looks.
        done: Set whenever one of them has done something.
    """

    def __init__(self, predictor: Predictor) -> None:
        on_gpu = predictor.device.device != "cpu"
        cores = max(2, min(MAX_WORKERS, core_count(logical=on_gpu)))
        self.decoders = ThreadPoolExecutor(cores, thread_name_prefix="decode")
        self.runners = ThreadPoolExecutor(predictor.in_flight, thread_name_prefix="run")
        self.tracers = ThreadPoolExecutor(cores, thread_name_prefix="trace")
        self.alone = ThreadPoolExecutor(1, thread_name_prefix="alone")
        self.done = Event()
        self._hands: Hands | None = None
        self._predictor = predictor
        self._lent = ExitStack()

    def submit(
        self, pool: ThreadPoolExecutor, work: Callable[[Asked], Answer], asked: Asked
    ) -> Future[Answer]:
        """Have something done on a thread of `pool`."""
        future = pool.submit(work, asked)
        future.add_done_callback(self._told)
        return future

    def _told(self, _: Future[Any]) -> None:
        self.done.set()

    def add_hands(self, hands: Hands | None) -> Hands | None:
        """Processes that end with the threads which ask them."""
        self._hands = hands
        if hands is not None:
            self._lent.enter_context(hands)
            self._lent.enter_context(self._predictor.pinned(hands))
        return hands

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._hands is not None and kind is not None:
            self._hands.stop()  # nobody waits for what they are doing
        for pool in (self.decoders, self.runners, self.tracers, self.alone):
            pool.shutdown()
        self._lent.close()
