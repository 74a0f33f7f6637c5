"""Shapes as they stand in messages between the window and the engine worker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dynseg.errors import EngineError
from dynseg.geometry.part import Part, Ring, ring

WireParts = list[list[bytes]]
"""Of each part the outer ring, then its holes: little-endian float64, x then y in image pixels.

JSON has them in base64: as numbers, the 2,000 shapes of a crowded image took three frames of the
window's thread to write.
"""

_POINT = np.dtype("<f8")


class ProtocolError(EngineError):
    """A line that is no message of the protocol."""


def to_wire(parts: Sequence[Part]) -> WireParts:
    """Parts as data of a message."""
    return [
        [points.astype(_POINT, copy=False).tobytes() for points in part.rings] for part in parts
    ]


def from_wire(data: WireParts) -> tuple[Part, ...]:
    """The parts of a message.

    Raises:
        ProtocolError: they are no polygons.
    """
    try:
        return tuple(Part(_ring(rings[0]), tuple(map(_ring, rings[1:]))) for rings in data)
    except (ValueError, IndexError) as error:
        raise ProtocolError(f"A message holds a polygon that is none ({error}).") from None


def _ring(data: bytes) -> Ring:
    return ring(np.frombuffer(data, _POINT).reshape(-1, 2))
