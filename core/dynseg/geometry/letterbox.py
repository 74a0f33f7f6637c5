"""How an image lies inside the model's input, by the rule of ultralytics' LetterBox.

Inputs can be kept to a few shapes: a network has to be prepared for each of them, which takes a
third of a second on a processor and a second on a GPU, and photographs from everywhere have twenty
at 640 pixels. Squares, 4:3 and 16:9 are as small as ever; 3:2 is a twelfth larger.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHARES = (0.3, 0.6, 0.75, 1.0)
"""Sides of the input over its longer one, where there are to be few shapes."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Image pixels to model pixels: scale, then shift.

    Attributes:
        image_width, image_height: Size of the image, pixels.
        width, height: Size of the model's input, pixels.
        scale: Model pixels per image pixel.
        inner_width, inner_height: Size of the scaled image inside the input, pixels.
        pad_left, pad_top: Model pixels before the scaled image.
    """

    image_width: int
    image_height: int
    width: int
    height: int
    scale: float
    inner_width: int
    inner_height: int
    pad_left: int
    pad_top: int

    @classmethod
    def fit(
        cls,
        image_width: int,
        image_height: int,
        *,
        size: int = 640,
        stride: int = 32,
        square: bool = False,
        few_shapes: bool = False,
        least: int = 0,
    ) -> Letterbox:
        """Fit an image into `size` x `size`, or into the smallest multiple of `stride` around it.

        Args:
            image_width: Pixels, at least 1.
            image_height: Pixels, at least 1.
            size: Longer side of the input, pixels, a multiple of `stride`.
            stride: Largest stride of the network.
            square: Pad to a square instead of the smallest rectangle.
            few_shapes: Pad to one of few shapes (`SHARES`).
            least: Pad to sides of at least so many pixels, a multiple of `stride`.
        """
        scale = min(size / image_width, size / image_height)
        inner_width = max(1, round(image_width * scale))
        inner_height = max(1, round(image_height * scale))
        shares = (1.0,) if square else SHARES if few_shapes else ()
        sides = [math.ceil(size * share / stride) * stride for share in shares]
        width, height = (
            max(least, _padded(inner, sides, stride)) for inner in (inner_width, inner_height)
        )
        return cls(
            image_width=image_width,
            image_height=image_height,
            width=width,
            height=height,
            scale=scale,
            inner_width=inner_width,
            inner_height=inner_height,
            pad_left=round((width - inner_width) / 2 - 0.1),
            pad_top=round((height - inner_height) / 2 - 0.1),
        )

    @property
    def scale_xy(self) -> tuple[float, float]:
        """Exact scale of each axis: the scaled image has whole pixels."""
        return self.inner_width / self.image_width, self.inner_height / self.image_height

    def to_image(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """`(N, 2)` model pixels to `(N, 2)` image pixels."""
        return (np.asarray(points, np.float64) - (self.pad_left, self.pad_top)) / self.scale_xy


def _padded(inner: int, sides: Sequence[int], stride: int) -> int:
    """The smallest of some sides around a scaled image, or the smallest multiple of `stride`."""
    around = math.ceil(inner / stride) * stride
    return min((side for side in sides if side >= around), default=around)
