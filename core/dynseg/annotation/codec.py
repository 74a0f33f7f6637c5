"""Deltas as bytes: how the journal of a project keeps them.

Parts: little-endian uint32 counts (parts; then per part its rings; then points per ring), zeros up
to a multiple of eight bytes, then the coordinates of all rings, float64, x then y, image pixels.
Reading gives views of the bytes, so it copies nothing and the arrays are read-only.

Deltas: a MessagePack header, then the parts of every shape. A shape that only changed is written as
the exclusive-or with what it was, which is zeros but for the moved points and packs to almost
nothing. A new shape may be left to the document, where it stands as long as the step is not taken
back: only its position is written, and a hash of the ids.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from operator import itemgetter

import msgspec
import numpy as np
import xxhash

from dynseg.annotation.delta import Delta, Placed
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part

ORIGINS = {str(origin): origin for origin in Origin}
STATES = {str(state): state for state in ImageState}

_PLAIN, _PACKED = b"P", b"Z"
_PACK_LEVEL = 1  # higher levels win under 3 % on deltas and cost five times as much
_ONE_RING = struct.Struct("<IIII")
_UNKNOWN: tuple[int, None, bytes] = (-1, None, b"")


class _Shape(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The fields of one shape and where its parts are in the body."""

    position: int
    id: str
    class_id: int
    origin: str
    accepted: bool
    score: float | None
    model_id: str | None
    run_id: str | None
    size_bytes: int
    base: int
    """Index in `removed` of what the parts are relative to, -1 for none."""


class _Header(msgspec.Struct, array_like=True, frozen=True, gc=False):
    state_before: str
    state_after: str
    removed: list[_Shape]
    added: list[_Shape]
    standing: list[int] = []
    """Positions of added shapes that are left to the document after the step."""
    standing_ids: int = 0
    """Hash of their ids."""


_encoder = msgspec.msgpack.Encoder()
_header_decoder = msgspec.msgpack.Decoder(_Header)


def encode_parts(parts: Sequence[Part]) -> bytes:
    """The parts of one shape as bytes."""
    if len(parts) == 1 and not parts[0].holes:
        outer = parts[0].outer
        return _ONE_RING.pack(1, 1, len(outer), 0) + outer.tobytes()
    counts = [len(parts)]
    for part in parts:
        counts.append(len(part.rings))
        counts.extend(len(points) for points in part.rings)
    if len(counts) % 2:
        counts.append(0)
    head = np.array(counts, dtype="<u4").tobytes()
    return head + b"".join(points.tobytes() for part in parts for points in part.rings)


def decode_parts(data: bytes) -> tuple[Part, ...]:
    """The parts in `data`, as read-only views of it.

    Raises:
        ValueError: the bytes are not those of parts.
    """
    try:
        # One part, one ring: nearly every shape, and the case that decides how fast a project is
        # read.
        count = (len(data) - 16) >> 4
        if count >= 3 and len(data) & 15 == 0 and data[:16] == _ONE_RING.pack(1, 1, count, 0):
            return (Part(np.ndarray((count, 2), np.float64, data, 16)),)
        return _decode_many(data)
    except (IndexError, struct.error) as error:
        raise ValueError("the bytes of a shape end too early") from error


def encode_delta(delta: Delta, *, leave: bool = False) -> bytes:
    """A delta as bytes; what only changed is kept as the difference.

    Args:
        delta: The delta.
        leave: Leave new shapes to the document after the step; reading then needs that document.
    """
    return _encoded(delta, leave, None)


def mapped_delta(data: bytes, change: Callable[[Instance], Instance]) -> bytes:
    """The delta in `data` with other shapes; those left to the document stay left to it.

    Args:
        data: From `encode_delta`.
        change: Gives what becomes of a shape; its id has to stay.

    Raises:
        ValueError: the bytes are not those of a delta.
    """
    header, removed, added = _read(data)
    delta = Delta(
        tuple((position, change(item)) for position, item in removed),
        tuple((position, change(item)) for position, item in added),
        STATES[header.state_before],
        STATES[header.state_after],
    )
    return _encoded(delta, False, header)


def _encoded(delta: Delta, leave: bool, left: _Header | None) -> bytes:
    if leave and not delta.removed:  # nearly all that a batch run writes
        positions = [position for position, _ in delta.added]
        ids_hash = _ids_hash([item.id for _, item in delta.added])
        return _PLAIN + _joined(_header(delta, [], [], positions, ids_hash), [])
    removed: list[_Shape] = []
    blobs: list[bytes] = []
    known: dict[str, tuple[int, Instance, bytes]] = {}
    for position, item in delta.removed:
        parts = encode_parts(item.parts)
        known[item.id] = (len(removed), item, parts)
        removed.append(_shape(position, item, len(parts), -1))
        blobs.append(parts)
    added: list[_Shape] = []
    standing: list[int] = []
    ids: list[str] = []
    changed = False
    for position, item in delta.added:
        base, old, old_parts = known.get(item.id, _UNKNOWN)
        if old is not None and (old.parts is item.parts or old.parts == item.parts):
            parts = b""
        else:
            difference = _difference(item, old_parts)
            if difference is None and leave:
                standing.append(position)
                ids.append(item.id)
                continue
            base = -1 if difference is None else base
            parts = encode_parts(item.parts) if difference is None else difference
        changed = changed or base >= 0
        added.append(_shape(position, item, len(parts), base))
        blobs.append(parts)
    stands = (standing, _ids_hash(ids)) if left is None else (left.standing, left.standing_ids)
    data = _joined(_header(delta, removed, added, *stands), blobs)
    # New shapes hardly pack; trying costs more than a batch run over a folder can afford.
    if not changed:
        return _PLAIN + data
    return _PACKED + struct.pack("<I", len(data)) + zlib.compress(data, _PACK_LEVEL)


def _header(
    delta: Delta, removed: list[_Shape], added: list[_Shape], standing: list[int], ids_hash: int
) -> _Header:
    states = delta.state_before.value, delta.state_after.value
    return _Header(*states, removed, added, standing, ids_hash)


def _joined(header: _Header, blobs: Sequence[bytes]) -> bytes:
    head = _encoder.encode(header)
    return b"".join((struct.pack("<I", len(head)), head, *blobs))


def decode_delta(data: bytes, after: Annotation | None = None) -> Delta:
    """The delta in `data`.

    Args:
        data: From `encode_delta`.
        after: The document right after the step, for shapes that were left to it.

    Raises:
        ValueError: the bytes are not those of a delta, or it belongs to another document.
    """
    header, removed, added = _read(data)
    if header.standing:
        added = tuple(sorted((*added, *_standing(header, after)), key=itemgetter(0)))
    return Delta(removed, added, STATES[header.state_before], STATES[header.state_after])


def decode_alone(data: bytes) -> tuple[Placed, Placed]:
    """What a delta removes and adds, without shapes that were left to the document.

    Raises:
        ValueError: the bytes are not those of a delta.
    """
    return _read(data)[1:]


def leaves_shapes(data: bytes) -> bool:
    """Whether reading the delta in `data` needs the document after the step.

    Raises:
        ValueError: the bytes are not those of a delta.
    """
    return bool(_read(data)[0].standing)


def _read(data: bytes) -> tuple[_Header, Placed, Placed]:
    """Header, removed shapes, and the added shapes that are in `data`."""
    try:
        data = _unpacked(data)
        (size,) = struct.unpack_from("<I", data)
        header = _header_decoder.decode(data[4 : 4 + size])
        removed, blobs, end = _read_shapes(data, 4 + size, header.removed, (), ())
        added, _, end = _read_shapes(data, end, header.added, blobs, removed)
        if end != len(data):
            raise ValueError("a delta is followed by something else")
        if header.state_before not in STATES or header.state_after not in STATES:
            raise ValueError("a delta has an unknown state")
    except (struct.error, zlib.error, msgspec.MsgspecError, KeyError, IndexError) as error:
        raise ValueError("the bytes of a delta cannot be read") from error
    return header, removed, added


def _standing(header: _Header, after: Annotation | None) -> Placed:
    """The shapes that were left to the document."""
    instances = after.instances if after is not None else ()
    if any(not 0 <= position < len(instances) for position in header.standing):
        raise ValueError("a delta speaks of shapes that are not there")
    placed = tuple((position, instances[position]) for position in header.standing)
    if _ids_hash([item.id for _, item in placed]) != header.standing_ids:
        raise ValueError("a delta speaks of other shapes")
    return placed


def _ids_hash(ids: list[str]) -> int:
    return xxhash.xxh3_64_intdigest("\n".join(ids).encode("utf-8", "surrogatepass"))


def _difference(item: Instance, old_parts: bytes) -> bytes | None:
    """The parts of a changed shape relative to what they were; None where that makes no sense."""
    if not old_parts:
        return None
    parts = encode_parts(item.parts)
    return _exclusive_or(parts, old_parts) if len(parts) == len(old_parts) else None


def _shape(position: int, item: Instance, size_bytes: int, base: int) -> _Shape:
    return _Shape(
        position, item.id, item.class_id, str(item.origin), item.accepted, item.score,
        item.model_id, item.run_id, size_bytes, base,
    )  # fmt: skip


def _instance(shape: _Shape, parts: tuple[Part, ...]) -> Instance:
    return Instance(
        shape.class_id, parts, ORIGINS[shape.origin], shape.accepted, shape.score,
        shape.model_id, shape.run_id, shape.id,
    )  # fmt: skip


def _read_shapes(
    data: bytes, at: int, shapes: Sequence[_Shape], base_blobs: Sequence[bytes], bases: Placed
) -> tuple[Placed, list[bytes], int]:
    """Shapes whose parts start at `at`; also their part bytes, and where they end."""
    placed, blobs = [], []
    for shape in shapes:
        blob = data[at : at + shape.size_bytes]
        at += shape.size_bytes
        if shape.base < 0:
            parts = decode_parts(blob)
        elif not blob:
            parts = bases[shape.base][1].parts
        else:
            blob = _exclusive_or(blob, base_blobs[shape.base])
            parts = decode_parts(blob)
        blobs.append(blob)
        placed.append((shape.position, _instance(shape, parts)))
    return tuple(placed), blobs, at


def _exclusive_or(one: bytes, other: bytes) -> bytes:
    if len(one) != len(other):
        raise ValueError("a changed shape does not fit what it was")
    return (np.frombuffer(one, np.uint8) ^ np.frombuffer(other, np.uint8)).tobytes()


def _unpacked(data: bytes) -> bytes:
    if data[:1] == _PLAIN:
        return data[1:]
    if data[:1] != _PACKED:
        raise ValueError("the bytes of a delta cannot be read")
    (size,) = struct.unpack_from("<I", data, 1)
    plain = zlib.decompressobj().decompress(data[5:], size + 1)
    if len(plain) != size:
        raise ValueError("a delta does not have the size that was announced")
    return plain


def _decode_many(data: bytes) -> tuple[Part, ...]:
    """Parts of any number of rings."""
    counts = np.frombuffer(data, "<u4", count=len(data) // 4)
    at, sizes = 1, []
    for _ in range(int(counts[0])):
        rings = int(counts[at])
        lengths = [int(n) for n in counts[at + 1 : at + 1 + rings]]
        if rings < 1 or len(lengths) != rings or min(lengths) < 3:
            raise ValueError("a part has no ring, or a ring has too few points")
        sizes.append(lengths)
        at += 1 + rings
    points = np.frombuffer(data, np.float64, offset=(at + at % 2) * 4).reshape(-1, 2)
    if not sizes or len(points) != sum(map(sum, sizes)):
        raise ValueError("a shape does not have the points that were announced")
    parts, first = [], 0
    for lengths in sizes:
        rings_of_part = []
        for length in lengths:
            rings_of_part.append(points[first : first + length])
            first += length
        parts.append(Part(rings_of_part[0], tuple(rings_of_part[1:])))
    return tuple(parts)
