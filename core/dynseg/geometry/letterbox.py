"""How an image lies inside the model's input, by the rule of ultralytics' LetterBox."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    ) -> Letterbox:
        """Fit an image into `size` x `size`, or into the smallest multiple of `stride` around it.

        Args:
            image_width: Pixels, at least 1.
            image_height: Pixels, at least 1.
            size: Longer side of the input, pixels, a multiple of `stride`.
            stride: Largest stride of the network.
            square: Pad to a square instead of the smallest rectangle.
        """
        scale = min(size / image_width, size / image_height)
        inner_width = max(1, round(image_width * scale))
        inner_height = max(1, round(image_height * scale))
        width = size if square else math.ceil(inner_width / stride) * stride
        height = size if square else math.ceil(inner_height / stride) * stride
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
