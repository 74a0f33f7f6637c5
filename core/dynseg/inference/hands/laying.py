"""How what the network says lies in the memory that a hand reads it from."""

from __future__ import annotations

from math import prod
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.hands.arena import Bytes
from dynseg.inference.polygons import Candidates

_Number = TypeVar("_Number", np.int64, np.float32, np.float16)

ALIGNED = 64
"""Bytes that whatever lies in the shared memory begins at a multiple of."""


class Laid(msgspec.Struct, frozen=True):
    """The candidates of one look in the hand's own part of the shared memory.

    Attributes:
        place: Where they begin in it, a byte.
        count: How many there are.
        prototypes: Shape `(h, w, M)` of the prototypes.
        half: They are float16.
        letterbox: How what is looked at lies in the input.
    """

    place: int
    count: int
    prototypes: tuple[int, int, int]
    half: bool
    letterbox: Letterbox


def bytes_for(candidates: Candidates) -> int:
    """Bytes that `put` takes up, so that what follows is aligned."""
    size = sum(array.nbytes for array in _arrays(candidates))
    return -(-size // ALIGNED) * ALIGNED


def put(candidates: Candidates, memory: Bytes) -> None:
    """Lay candidates into memory that is large enough, for `take`."""
    place = 0
    for array in _arrays(candidates):
        memory[place : place + array.nbytes].view(array.dtype)[:] = array.ravel()
        place += array.nbytes


def take(laid: Laid, own: Bytes) -> Candidates:
    """The candidates that `put` laid into a hand's memory; views of it."""
    place = laid.place

    def next_array(shape: tuple[int, ...], kind: type[_Number]) -> NDArray[_Number]:
        nonlocal place
        start = place
        place += prod(shape) * np.dtype(kind).itemsize
        return own[start:place].view(kind).reshape(shape)

    count = laid.count
    return Candidates(
        classes=next_array((count,), np.int64),
        boxes=next_array((count, 4), np.float32),
        scores=next_array((count,), np.float32),
        coefficients=next_array((count, laid.prototypes[2]), np.float32),
        prototypes=next_array(laid.prototypes, np.float16)
        if laid.half
        else next_array(laid.prototypes, np.float32),
    )


def _arrays(candidates: Candidates) -> tuple[NDArray[Any], ...]:
    """In the order in which they lie there, the most exact first: none begins between two steps."""
    return (
        candidates.classes,
        candidates.boxes,
        candidates.scores,
        candidates.coefficients,
        candidates.prototypes,
    )
