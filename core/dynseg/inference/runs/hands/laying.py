"""How what the network says lies in the memory that a hand reads it from."""

from __future__ import annotations

from math import prod
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.runs.hands.arena import Bytes

_Number = TypeVar("_Number", np.int64, np.float32, np.float16)

ALIGNED = 64
"""Bytes that whatever lies in the shared memory begins at a multiple of."""


class Laid(msgspec.Struct, frozen=True):
    """The candidates of one look in the shared memory.

    Attributes:
        place: Where they begin in the hand's own part of it, a byte.
        count: How many there are.
        prototypes: Shape `(h, w, M)` of the prototypes.
        at: Where these begin in all of the memory, where a GPU has written them there; else they
            lie behind what else there is of the candidates.
        half: They are float16.
        letterbox: How what is looked at lies in the input.
    """

    place: int
    count: int
    prototypes: tuple[int, int, int]
    at: int | None
    half: bool
    letterbox: Letterbox


def place_in(memory: Bytes, candidates: Candidates) -> int | None:
    """Where in the memory the prototypes begin; None where they lie elsewhere."""
    array = candidates.prototypes
    place = array.ctypes.data - memory.ctypes.data
    lies_there = 0 <= place < memory.nbytes and array.flags.c_contiguous
    return place if lies_there else None


def bytes_for(candidates: Candidates, *, all_of_it: bool = True) -> int:
    """Bytes that `put` takes up, so that what follows is aligned.

    Args:
        candidates: What is laid down.
        all_of_it: Prototypes too.
    """
    size = sum(array.nbytes for array in _arrays(candidates)[: None if all_of_it else -1])
    return -(-size // ALIGNED) * ALIGNED


def put(candidates: Candidates, laid: Laid, own: Bytes) -> None:
    """Lay candidates into a hand's memory, for `take`; what a GPU has written stays where it is."""
    place = laid.place
    for array in _arrays(candidates)[: None if laid.at is None else -1]:
        own[place : place + array.nbytes].view(array.dtype)[:] = array.ravel()
        place += array.nbytes


def take(laid: Laid, own: Bytes, memory: Bytes) -> Candidates:
    """The candidates that `put` laid down; views of a hand's memory and of all of it."""
    place = laid.place

    def next_array(shape: tuple[int, ...], kind: type[_Number]) -> NDArray[_Number]:
        nonlocal place
        start = place
        place += prod(shape) * np.dtype(kind).itemsize
        return own[start:place].view(kind).reshape(shape)

    count = laid.count
    classes = next_array((count,), np.int64)
    boxes = next_array((count, 4), np.float32)
    scores = next_array((count,), np.float32)
    coefficients = next_array((count, laid.prototypes[2]), np.float32)
    if laid.at is not None:
        own, place = memory, laid.at
    return Candidates(
        boxes,
        scores,
        classes,
        coefficients,
        next_array(laid.prototypes, np.float16)
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
