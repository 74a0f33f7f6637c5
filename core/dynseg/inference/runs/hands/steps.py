"""What a hand is asked to do with what the network says, and what has to lie in its memory then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.predictor import RawOutput
from dynseg.inference.runs.hands.arena import Bytes
from dynseg.inference.runs.hands.laying import Laid, bytes_for, place_in
from dynseg.inference.runs.hands.protocol import Request


@dataclass(frozen=True, slots=True)
class Step:
    """A request, and what has to lie in the hand's memory before it is asked.

    Attributes:
        request: What to do.
        candidates: What it is about.
        laid: Where they go.
    """

    request: Request
    candidates: Sequence[Candidates] = ()
    laid: Sequence[Laid] = ()


def size_in(memory: Bytes, raw: RawOutput) -> int:
    """Bytes of an answer that have to be laid down: not what a GPU has written there itself."""
    return bytes_for(raw.candidates, all_of_it=place_in(memory, raw.candidates) is None)


def portions(
    answers: Sequence[RawOutput], room: int, memory: Bytes
) -> list[list[RawOutput]] | None:
    """The answers in their order, as many together as fit; None where one does not.

    Args:
        answers: What the network says.
        room: Bytes that there are.
        memory: All of the shared memory.
    """
    found: list[list[RawOutput]] = [[]]
    left = room
    for raw in answers:
        size = size_in(memory, raw)
        if size > room:
            return None
        if size > left:
            found.append([])
            left = room
        found[-1].append(raw)
        left -= size
    return found


def laid(answers: Sequence[RawOutput], memory: Bytes, place: int = 0) -> list[Laid]:
    """Where candidates go that fit together, from a place on."""
    found = []
    for raw in answers:
        some = raw.candidates
        shape, half = some.prototypes.shape, some.prototypes.dtype == np.float16
        at = place_in(memory, some)
        found.append(Laid(place, len(some), shape, at, half, raw.letterbox))
        place += bytes_for(some, all_of_it=at is None)
    return found
