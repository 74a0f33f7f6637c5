"""Pieces of the shared memory that a GPU writes its answers into, for hands to read them there."""

from __future__ import annotations

import weakref
from math import prod
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.runs.hands.arena import Bytes


class Slots:
    """Pieces of one size; each is free again when nobody has the array in it any more.

    Args:
        memory: All of the shared memory.
        begin: Where the first one begins, a byte.
        size: Of each, bytes.
        count: How many.
    """

    def __init__(self, memory: Bytes, begin: int, size: int, count: int) -> None:
        self._memory = memory
        self._size = size
        self._free: SimpleQueue[int] = SimpleQueue()
        for index in range(count):
            self._free.put(begin + index * size)

    def take(self, shape: tuple[int, ...]) -> NDArray[np.float16] | None:
        """An array in a free piece; None where there is none, or they are too small."""
        size = 2 * prod(shape)
        if size > self._size:
            return None
        try:
            place = self._free.get_nowait()
        except Empty:
            return None
        found = self._memory[place : place + size].view(np.float16).reshape(shape)
        # Views of it know only the whole memory; a tensor that is made of it knows it.
        weakref.finalize(found, self._free.put, place).atexit = False
        return found
