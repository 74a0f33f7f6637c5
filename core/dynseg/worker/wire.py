"""Shapes as they stand in messages between the window and the engine worker."""

from __future__ import annotations

from collections.abc import Sequence

from dynseg.errors import EngineError
from dynseg.geometry.part import Part, ring

WireParts = list[list[list[tuple[float, float]]]]
"""Parts as JSON: of each part the outer ring, then its holes, each a list of points."""


class ProtocolError(EngineError):
    """A line that is no message of the protocol."""


def to_wire(parts: Sequence[Part]) -> WireParts:
    """Parts as JSON data."""
    return [[[(x, y) for x, y in points.tolist()] for points in part.rings] for part in parts]


def from_wire(data: WireParts) -> tuple[Part, ...]:
    """The parts of a message.

    Raises:
        ProtocolError: they are no polygons.
    """
    try:
        return tuple(Part(ring(rings[0]), tuple(map(ring, rings[1:]))) for rings in data)
    except (ValueError, IndexError) as error:
        raise ProtocolError(f"A message holds a polygon that is none ({error}).") from None
