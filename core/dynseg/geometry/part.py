"""Rings and parts: what every polygon in this program is made of.

Frame: image pixels of the decoded, EXIF-rotated image. Continuous coordinates: the pixel in column
c and row r covers [c, c+1) x [r, r+1), so the image covers [0, width] x [0, height] and a YOLO
label is x / width, y / height.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

Ring = NDArray[np.float64]
"""`(N, 2)` float64, N >= 3, x then y in image pixels, read-only, first point not repeated."""


def ring(points: ArrayLike) -> Ring:
    """Return `points` as a read-only ring.

    Args:
        points: `(N, 2)`, x then y in image pixels.

    Raises:
        ValueError: the shape is not `(N, 2)`, N is under 3, or a number is not finite.
    """
    array = np.array(points, dtype=np.float64, order="C")
    if array.ndim != 2 or array.shape[1] != 2 or len(array) < 3:
        raise ValueError(f"a ring is (N >= 3, 2), not {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("a ring has a coordinate that is not a finite number")
    array.setflags(write=False)
    return array


class Part(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One connected piece of an instance: an outer ring and its holes.

    A struct and not a dataclass, as `Instance` is: a project has hundreds of thousands of them, and
    a struct is made in a fifth of the time and left alone by the garbage collector.
    """

    outer: Ring
    holes: tuple[Ring, ...] = ()

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The outer ring, then the holes."""
        return (self.outer, *self.holes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Part):
            return NotImplemented
        return len(self.rings) == len(other.rings) and all(
            np.array_equal(a, b) for a, b in zip(self.rings, other.rings, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]


def moved(parts: Sequence[Part], dx: float, dy: float) -> list[Part]:
    """Parts moved right and down, in image pixels.

    The rings of what is moved together are pieces of one array: an array each would take ten times
    as long for some thousand of them.

    Raises:
        ValueError: a number is no longer finite.
    """
    rings = [points for part in parts for points in part.rings]
    if not rings:
        return []
    points = np.concatenate(rings) + np.array([dx, dy])
    if not np.isfinite(points).all():
        raise ValueError("a ring has a coordinate that is not a finite number")
    points.setflags(write=False)
    made: list[Part] = []
    end = 0
    for part in parts:
        pieces: list[Ring] = []
        for ring_before in part.rings:
            start, end = end, end + len(ring_before)
            pieces.append(points[start:end])
        made.append(Part(pieces[0], tuple(pieces[1:])))
    return made
