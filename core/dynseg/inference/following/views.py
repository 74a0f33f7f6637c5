"""Pieces of an image, seen through a matrix."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring

Matrix = NDArray[np.float64]
"""`(3, 3)`, of points `(x, y, 1)`; the last row is `0, 0, 1`."""
Pixels = NDArray[np.uint8]
"""`(H, W, 3)` uint8; the order of the colours does not matter."""
Shape = tuple[Part, ...]


class Photo:
    """An image that is looked at in many sizes.

    Args:
        pixels: `(H, W, 3)` uint8.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._halves = [pixels]
        while min(self._halves[-1].shape[:2]) >= 64:
            height, width = self._halves[-1].shape[:2]
            half = cv2.resize(
                self._halves[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA
            )
            self._halves.append(np.asarray(half, np.uint8))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return self._halves[0].shape[1], self._halves[0].shape[0]

    def whole(self, side: int) -> Pixels:
        """All of it, smaller where its longer side is over so many pixels."""
        scale = min(1.0, side / max(self.size))
        size = tuple(max(1, round(n * scale)) for n in self.size)
        source = self._near(1 / scale)
        return np.asarray(cv2.resize(source, size, interpolation=cv2.INTER_AREA), np.uint8)

    def view(self, to_image: Matrix, size: tuple[int, int]) -> NDArray[np.float32]:
        """A piece of it.

        Args:
            to_image: Where cells lie, image pixels; the middle of the first cell is `.5, .5`.
            size: Columns and rows of cells.

        Returns:
            `(rows, columns, 3)` float32; beyond the border the image goes on as it ends.
        """
        step = float(np.sqrt(abs(np.linalg.det(to_image[:2, :2]))))
        source = self._near(step)
        factor = np.array([source.shape[1], source.shape[0]]) / self.size
        # OpenCV counts from the middle of the first pixel.
        linear = to_image[:2, :2] * factor[:, None]
        offset = (to_image[:2, :2] @ (0.5, 0.5) + to_image[:2, 2]) * factor - 0.5
        seen = cv2.warpAffine(
            source, np.column_stack([linear, offset]), size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        return seen.astype(np.float32)

    def _near(self, step: float) -> Pixels:
        """The image in the size nearest above one that has a pixel for each `step` pixels."""
        at = int(np.log2(max(step, 1.0)) + 0.01)
        return self._halves[min(at, len(self._halves) - 1)]


def transformed(shape: Shape, matrix: Matrix) -> Shape:
    """A shape whose points went through a matrix."""
    return tuple(
        Part(_through(part.outer, matrix), tuple(_through(hole, matrix) for hole in part.holes))
        for part in shape
    )


def _through(points: NDArray[np.float64], matrix: Matrix) -> NDArray[np.float64]:
    return ring(points @ matrix[:2, :2].T + matrix[:2, 2])


def scaling(factor: float, offset: NDArray[np.float64]) -> Matrix:
    """Times a factor, then moved."""
    return np.array([[factor, 0, offset[0]], [0, factor, offset[1]], [0, 0, 1.0]])


def bounds(shape: Shape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and largest x and y of a shape."""
    points = np.concatenate([part.outer for part in shape])
    return points.min(0), points.max(0)
