"""A part of an image that is looked at for itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection

Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1` in image pixels."""


@dataclass(frozen=True, slots=True)
class Window:
    """A crop of an image: columns `x0` to `x1` and rows `y0` to `y1`, ends not included."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Columns."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Rows."""
        return self.y1 - self.y0

    @property
    def side(self) -> int:
        """The longer side, pixels."""
        return max(self.width, self.height)

    @property
    def box(self) -> Box:
        """Its corners."""
        return (float(self.x0), float(self.y0), float(self.x1), float(self.y1))

    def of(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The pixels of the crop."""
        return np.ascontiguousarray(pixels[self.y0 : self.y1, self.x0 : self.x1])


def moved(item: Detection, dx: float, dy: float) -> Detection:
    """The same detection, shifted by whole pixels."""
    shift = np.array([dx, dy])
    parts = tuple(
        Part(ring(part.outer + shift), tuple(ring(hole + shift) for hole in part.holes))
        for part in item.parts
    )
    x0, y0, x1, y1 = item.box
    return replace(item, parts=parts, box=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))
