"""What a hand is asked and what it answers: MessagePack behind a length of four bytes."""

from __future__ import annotations

from typing import BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.hands.arena import Bytes
from dynseg.inference.looks import Plan
from dynseg.inference.polygons import Candidates


class Decode(msgspec.Struct, tag="decode", frozen=True):
    """Decode an image and scale it into what the network sees of it.

    Attributes:
        path: The file, as `os.fsencode` has it: not every name is text.
        size: Width and height that it must have, pixels.
        plan: The looks at it.
        place: Where in the shared memory their pixels go, one after the other, a byte.
        room: How many bytes there are.
    """

    path: bytes
    size: tuple[int, int]
    plan: Plan
    place: int
    room: int


class Trace(msgspec.Struct, tag="trace", frozen=True):
    """Trace the candidates that lie in the hand's own part of the shared memory.

    Attributes:
        letterbox: How the image lies in the input.
        count: How many candidates.
        prototypes: Shape `(h, w, M)` of the prototypes.
        simplify_px: See `dynseg.inference.polygons.trace`.
    """

    letterbox: Letterbox
    count: int
    prototypes: tuple[int, int, int]
    simplify_px: float


class Finish(msgspec.Struct, tag="finish", frozen=True):
    """See `dynseg.inference.finishing.finish`.

    Attributes:
        path: The file, as `os.fsencode` has it.
        size: Width and height that it must have, pixels.
        plan: The looks at it.
        found: What each has found, as `dynseg.inference.detections.encode` packs it.
        least_score: What is less sure is left out.
        by_likeness: The image is wanted as names are given by it.
    """

    path: bytes
    size: tuple[int, int]
    plan: Plan
    found: list[bytes]
    least_score: float
    by_likeness: bool


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The pixels are in their place, for each look `(height, width, 3)` uint8."""

    letterboxes: list[Letterbox]


class Traced(msgspec.Struct, tag="traced", frozen=True):
    """What was found, as `dynseg.inference.detections.encode` packs it."""

    found: bytes


class Finished(msgspec.Struct, tag="finished", frozen=True):
    """What was found in an image.

    Attributes:
        found: As `dynseg.inference.detections.encode` packs it.
        small: `(height, width, 3)` uint8 of the image as names are given by it, or nothing.
        shape: Its height and width.
    """

    found: bytes
    small: bytes
    shape: tuple[int, int]


class Refused(msgspec.Struct, tag="refused", frozen=True):
    """The image cannot be used, in the words of its `ImageError`."""

    reason: str
    hint: str


Request = Decode | Trace | Finish
Answer = Ready | Traced | Finished | Refused

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def send(message: Request | Answer, stream: BinaryIO) -> None:
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    data = _encoder.encode(message)
    stream.write(len(data).to_bytes(4, "little") + data)
    stream.flush()


def next_request(stream: BinaryIO) -> Request | None:
    """The next one; None when there will be none."""
    data = _next(stream)
    return None if data is None else _requests.decode(data)


def next_answer(stream: BinaryIO) -> Answer | None:
    """The next one; None when the process has ended."""
    data = _next(stream)
    return None if data is None else _answers.decode(data)


def _next(stream: BinaryIO) -> bytes | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "little")
    data = stream.read(size)
    return data if len(data) == size else None


def bytes_for(candidates: Candidates) -> int:
    """Bytes that `put` needs."""
    return 8 * len(candidates) + sum(array.nbytes for array in _floats(candidates))


def put(candidates: Candidates, memory: Bytes) -> None:
    """Lay candidates into memory that is large enough, for `take`."""
    count = len(candidates)
    memory[: 8 * count].view(np.int64)[:] = candidates.classes
    place = 8 * count
    for array in _floats(candidates):
        memory[place : place + array.nbytes].view(np.float32)[:] = array.ravel()
        place += array.nbytes


def take(count: int, shape: tuple[int, int, int], memory: Bytes) -> Candidates:
    """The candidates that `put` laid there; views of the memory."""
    rows, columns, masks = shape
    floats = memory[8 * count :]
    numbers: NDArray[np.float32] = floats[: len(floats) // 4 * 4].view(np.float32)
    parts = []
    for size in (4 * count, count, masks * count, rows * columns * masks):
        parts.append(numbers[:size])
        numbers = numbers[size:]
    return Candidates(
        boxes=parts[0].reshape(count, 4),
        scores=parts[1],
        classes=memory[: 8 * count].view(np.int64),
        coefficients=parts[2].reshape(count, masks),
        prototypes=parts[3].reshape(shape),
    )


def _floats(candidates: Candidates) -> tuple[NDArray[np.float32], ...]:
    return (
        candidates.boxes,
        candidates.scores,
        candidates.coefficients,
        candidates.prototypes,
    )
