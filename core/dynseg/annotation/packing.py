"""Shapes as two byte strings, their fields and their points: how a sheet holds them.

Head: a MessagePack list with one entry a shape, see `Entry`. Body: the coordinates of all rings in
the order of the entries, float64, x then y, image pixels. Reading gives views of one buffer: it
copies no point, and the arrays are read-only.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import numpy as np

from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part, Ring

POINT_SIZE = 16
"""Bytes of one point."""

Rings = int | list[list[int]]
"""Points of the only ring of the only part; else for each part the points of each of its rings."""
Entry = tuple[str, int, Origin, bool, float | None, str | None, str | None, Rings]
"""Id, class id, origin, accepted, score, model id, run id, rings."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Entry]).decode
_FIX_ARRAY, _ARRAY_16, _ARRAY_32 = 0x90, 0xDC, 0xDD


def entry_of(item: Instance) -> Entry:
    """The fields of a shape."""
    parts = item.parts
    rings: Rings
    if len(parts) == 1 and not parts[0].holes:
        rings = len(parts[0].outer)
    else:
        rings = [[len(points) for points in part.rings] for part in parts]
    score = item.score
    return (
        item.id, item.class_id, item.origin, item.accepted,
        None if score is None else float(score), item.model_id, item.run_id, rings,
    )  # fmt: skip


def points_of(item: Instance) -> bytes:
    """The coordinates of a shape, ring after ring."""
    parts = item.parts
    if len(parts) == 1 and not parts[0].holes:
        return parts[0].outer.tobytes()
    return b"".join(points.tobytes() for part in parts for points in part.rings)


def body_of(items: Iterable[Instance]) -> bytes:
    """The coordinates of shapes, one after the other: all points are copied once."""
    rings: list[Ring] = []
    for item in items:
        for part in item.parts:
            rings.append(part.outer)
            rings += part.holes
    try:
        return b"".join(rings)  # type: ignore[arg-type]  # arrays are buffers; their stubs say so later
    except TypeError:  # one of them is a view with gaps, or a reversed one
        return b"".join([points.tobytes() for points in rings])


def size_of(entry: Entry) -> int:
    """Bytes that the coordinates of a shape take."""
    rings = entry[7]
    return POINT_SIZE * (rings if isinstance(rings, int) else sum(map(sum, rings)))


def encode_entries(entries: Iterable[Entry]) -> bytes:
    """The head for shapes with these fields."""
    return _encode(list(entries))


def decode_entries(head: bytes) -> list[Entry]:
    """The fields of every shape.

    Raises:
        ValueError: the bytes are no head.
    """
    try:
        return _decode(head)
    except msgspec.MsgspecError as error:
        raise ValueError("the fields of shapes cannot be read") from error


def count_of(head: bytes) -> int:
    """How many shapes a head names, from its first bytes.

    Raises:
        ValueError: the bytes are no head.
    """
    first = head[0] if head else 0
    if first & 0xF0 == _FIX_ARRAY:
        return first & 0x0F
    if first == _ARRAY_16:
        return int.from_bytes(head[1:3], "big")
    if first == _ARRAY_32:
        return int.from_bytes(head[1:5], "big")
    raise ValueError("the fields of shapes cannot be read")


def split_points(entries: Iterable[Entry], body: bytes) -> list[bytes]:
    """The coordinates of each shape.

    Raises:
        ValueError: the body is not that of these shapes.
    """
    pieces, at = [], 0
    for entry in entries:
        end = at + size_of(entry)
        pieces.append(body[at:end])
        at = end
    if at != len(body):
        raise ValueError("the points do not belong to these shapes")
    return pieces


def unpack(head: bytes, body: bytes) -> list[Instance]:
    """The shapes of a sheet, bottom to top.

    Raises:
        ValueError: the bytes are not those of shapes.
    """
    points = np.frombuffer(body, np.float64).reshape(-1, 2)
    shapes = []
    end = 0
    for identifier, class_id, origin, accepted, score, model, run, rings in decode_entries(head):
        parts: tuple[Part, ...]
        if isinstance(rings, int):
            first, end = end, end + rings
            parts = (Part(points[first:end]),)
        else:
            several = []
            for lengths in rings:
                views = []
                for length in lengths:
                    first, end = end, end + length
                    views.append(points[first:end])
                several.append(Part(views[0], tuple(views[1:])))
            parts = tuple(several)
        shapes.append(Instance(class_id, parts, origin, accepted, score, model, run, identifier))
    if end != len(points):
        raise ValueError("the points do not belong to these shapes")
    return shapes
