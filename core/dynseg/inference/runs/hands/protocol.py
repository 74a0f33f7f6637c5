"""What a hand is asked and what it answers: lists in MessagePack behind a length of four bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import msgspec
import numpy as np

from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.drafts import PackedDraft, Rules
from dynseg.inference.looks import Plan
from dynseg.inference.names import Names
from dynseg.inference.runs.hands.laying import Laid
from dynseg.review.naming import Namer


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
    """Trace candidates, and keep what comes of them until `Finish`: more follow.

    Attributes:
        before: Looks at this image that are traced already.
        laid: The next ones.
        simplify_px: See `dynseg.inference.outlines.polygons.trace`.
    """

    before: int
    laid: list[Laid]
    simplify_px: float


class Span(msgspec.Struct, frozen=True):
    """A piece of the shared memory, bytes."""

    place: int
    size: int


class Finish(msgspec.Struct, tag="finish", frozen=True):
    """Trace the last looks at an image and finish it, see `dynseg.inference.finishing.finish`.

    Attributes:
        before: Looks that are traced already.
        laid: The others.
        path: The file, as `os.fsencode` has it.
        size: Width and height that it must have, pixels.
        plan: The looks at it.
        least_score: What is less sure is left out.
        names: Where it is written who gives names; None for nobody.
        key: Id of the image, for the draft.
        rules: What makes a draft; None for no draft.
    """

    before: int
    laid: list[Laid]
    path: bytes
    size: tuple[int, int]
    plan: Plan
    least_score: float
    names: Span | None
    key: int
    rules: Rules | None


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The pixels are in their place, for each look `(height, width, 3)` uint8."""

    letterboxes: list[Letterbox]


class Traced(msgspec.Struct, tag="traced", frozen=True):
    """More looks can be laid down."""


class Finished(msgspec.Struct, tag="finished", frozen=True):
    """What was found in an image.

    Attributes:
        found: As `dynseg.inference.detections.encode` packs it.
        draft: What to propose, if that was asked for.
    """

    found: bytes
    draft: PackedDraft | None


class Refused(msgspec.Struct, tag="refused", frozen=True):
    """The image cannot be used, in the words of its `ImageError`."""

    reason: str
    hint: str


NO_ROOM = Refused("does not fit into the memory that was meant for it", "")


def unexpected(error: Exception) -> Refused:
    """What is said of an image whose request met an error of the program."""
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Refused(
        f"met an error that nobody expected ({said})",
        "Look at the image; if nothing is wrong with it, please report this.",
    )


Request = Decode | Trace | Finish
Answer = Ready | Traced | Finished | Refused

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[list[Request]] = msgspec.msgpack.Decoder(list[Request])
_answers: msgspec.msgpack.Decoder[list[Answer]] = msgspec.msgpack.Decoder(list[Answer])


def send(messages: Sequence[Request] | Sequence[Answer], stream: BinaryIO) -> None:
    """Write some requests, or the answers to them, together: each on its own wakes a process.

    Raises:
        OSError: nobody reads any more.
    """
    data = _encoder.encode(messages)
    stream.write(len(data).to_bytes(4, "little") + data)
    stream.flush()


def next_requests(stream: BinaryIO) -> list[Request] | None:
    """The next ones; None when there will be none."""
    data = _next(stream)
    return None if data is None else _requests.decode(data)


def next_answers(stream: BinaryIO) -> list[Answer] | None:
    """The next ones; None when the process has ended."""
    data = _next(stream)
    return None if data is None else _answers.decode(data)


def _next(stream: BinaryIO) -> bytes | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "little")
    data = stream.read(size)
    return data if len(data) == size else None


class _PackedNames(msgspec.Struct, array_like=True, frozen=True):
    """Examples that names are given by; arrays as bytes."""

    traits: bytes
    class_ids: bytes
    image_ids: bytes
    confidence: float


def packed_names(names: Names | None) -> bytes:
    """Who gives names, for `unpacked_names`; nothing where nobody does."""
    if names is None or names.namer is None:
        return b""
    traits, class_ids, image_ids = names.namer.examples
    return _encoder.encode(
        _PackedNames(traits.tobytes(), class_ids.tobytes(), image_ids.tobytes(), names.confidence)
    )


def unpacked_names(data: bytes) -> Names:
    """Who gives names: the very same as `packed_names` was given."""
    packed = msgspec.msgpack.decode(data, type=_PackedNames)
    class_ids, image_ids = (
        np.frombuffer(array, np.int64) for array in (packed.class_ids, packed.image_ids)
    )
    traits = np.frombuffer(packed.traits, np.float64).reshape(len(class_ids), -1)
    return Names(Namer(traits, class_ids, image_ids), packed.confidence)
