"""What a model found in one image, and the same as bytes.

Bytes: zlib over MessagePack of `_Packed`. Coordinates are float32 where that loses nothing, which
holds for everything that comes from a mask, and float64 otherwise: reading gives what was written,
bit for bit, because ids of proposals are made from it.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, Ring

_PACK_LEVEL = 1
_MAX_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Detection:
    """One object that a model found.

    Attributes:
        class_index: Position in the model's own classes.
        score: Confidence in [0, 1].
        parts: One or more connected pieces, image pixels.
        box: `x0, y0, x1, y1` as the model predicted it, image pixels, inside the image.
        named: Class of the project whose reviewed shapes it resembles, of a model that tells no
            kinds apart; None where nobody has compared it.
    """

    class_index: int
    score: float
    parts: tuple[Part, ...]
    box: tuple[float, float, float, float]
    named: int | None = None

    __hash__ = None  # type: ignore[assignment]


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    class_indices: list[int]
    scores: list[float]
    boxes: list[float]
    """Four numbers a detection."""
    rings: list[list[int]]
    """A detection: the number of rings of each part."""
    lengths: list[int]
    """Points of each ring, in order."""
    single: bool
    """Coordinates are float32."""
    coordinates: bytes
    """x then y of all points of all rings, little-endian."""
    named: list[int | None] = []
    """Of each detection; empty when none has a name."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


def encode(detections: Sequence[Detection]) -> bytes:
    """`detections` as bytes, in their order."""
    rings = [ring for item in detections for part in item.parts for ring in part.rings]
    points = np.concatenate(rings) if rings else np.empty((0, 2))
    names = [item.named for item in detections]
    small = points.astype("<f4")
    single = bool((small == points).all())
    packed = _Packed(
        class_indices=[item.class_index for item in detections],
        scores=[float(item.score) for item in detections],
        boxes=[float(value) for item in detections for value in item.box],
        rings=[[len(part.rings) for part in item.parts] for item in detections],
        lengths=[len(ring) for ring in rings],
        single=single,
        coordinates=(small if single else points.astype("<f8")).tobytes(),
        named=names if any(name is not None for name in names) else [],
    )
    return zlib.compress(_encoder.encode(packed), _PACK_LEVEL)


def decode(data: bytes) -> list[Detection]:
    """The detections in `data`; their rings are read-only.

    Raises:
        ValueError: the bytes are not those of detections.
    """
    try:
        packed = _decoder.decode(_unpacked(data))
        return _detections(packed)
    except (zlib.error, msgspec.MsgspecError, IndexError) as error:
        raise ValueError("the bytes of predictions cannot be read") from error


def scored_shapes(data: bytes) -> list[tuple[float, tuple[Part, ...]]]:
    """Score and outline of each detection in `data`, for who does not ask for classes.

    Raises:
        ValueError: the bytes are not those of detections.
    """
    return [(item.score, item.parts) for item in decode(data)]


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(data, _MAX_BYTES)
    if not unpacker.eof:
        raise ValueError("the bytes of predictions end too early")
    return plain


def _detections(packed: _Packed) -> list[Detection]:
    count = len(packed.class_indices)
    if (
        len(packed.scores) != count
        or len(packed.boxes) != 4 * count
        or len(packed.rings) != count
        or sum(map(sum, packed.rings)) != len(packed.lengths)
        or len(packed.named) not in (0, count)
    ):
        raise ValueError("the bytes of predictions do not fit together")
    rings = iter(_rings(packed))
    named = packed.named or [None] * count
    result = []
    for index in range(count):
        parts = []
        for ring_count in packed.rings[index]:
            if ring_count < 1:
                raise ValueError("a part of a prediction has no ring")
            outer, *holes = (next(rings) for _ in range(ring_count))
            parts.append(Part(outer, tuple(holes)))
        x0, y0, x1, y1 = packed.boxes[4 * index : 4 * index + 4]
        result.append(
            Detection(
                packed.class_indices[index],
                packed.scores[index],
                tuple(parts),
                (x0, y0, x1, y1),
                named[index],
            )
        )
    return result


def _rings(packed: _Packed) -> list[Ring]:
    """All rings in their order, as views of one array."""
    if any(length < 3 for length in packed.lengths):
        raise ValueError("a ring of a prediction has fewer than 3 points")
    kind = "<f4" if packed.single else "<f8"
    points: NDArray[np.float64] = np.frombuffer(packed.coordinates, kind).astype(np.float64)
    if len(points) != 2 * sum(packed.lengths) or not np.isfinite(points).all():
        raise ValueError("the points of predictions do not fit together")
    points = points.reshape(-1, 2)
    points.setflags(write=False)
    starts = np.cumsum([0, *packed.lengths])
    return [points[a:b] for a, b in itertools.pairwise(starts)]
