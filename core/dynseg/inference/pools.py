"""The threads of a run, and the processes that some of them ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from dynseg.inference.hands.pool import Hands
from dynseg.inference.predictor import Predictor
from dynseg.machine import core_count

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
    """

    def __init__(self, predictor: Predictor) -> None:
        cores = max(2, min(MAX_WORKERS, core_count()))
        in_flight = predictor.in_flight
        self.decoders = ThreadPoolExecutor(cores, thread_name_prefix="decode")
        self.runners = ThreadPoolExecutor(in_flight, thread_name_prefix="run")
        # A tracer may have to wait for its image: then another one has something to do.
        waiting = (in_flight + GROUPS_WAITING) * predictor.batch_size
        self.tracers = ThreadPoolExecutor(cores + waiting, thread_name_prefix="trace")
        self.alone = ThreadPoolExecutor(1, thread_name_prefix="alone")
        self._hands: Hands | None = None

    def add_hands(self, hands: Hands | None) -> Hands | None:
        """Processes that end with the threads which ask them."""
        self._hands = hands
        return hands

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._hands is not None and kind is not None:
            self._hands.stop()  # nobody waits for what they are doing
        for pool in (self.decoders, self.runners, self.tracers, self.alone):
            pool.shutdown()
        if self._hands is not None:
            self._hands.close()
