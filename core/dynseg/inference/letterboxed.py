"""From an image file to the network's input, without a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.images.decode import decode
from dynseg.images.shrink import shrunk

PADDING = 114
"""Grey of what the image does not cover in the network's input, as in training."""

STRIDE = 32


@dataclass(frozen=True, slots=True, eq=False)
class ModelInput:
    """One image as the network takes it.

    Attributes:
        pixels: `(h, w, 3)` uint8 RGB, letterboxed.
        letterbox: How the image lies in it.
    """

    pixels: NDArray[np.uint8]
    letterbox: Letterbox


def input_side(wanted_px: int) -> int:
    """The longer side of the network's input nearest above a wished one, pixels."""
    return -(-wanted_px // STRIDE) * STRIDE


def letterboxed(pixels: NDArray[np.uint8], size: int, *, least: int = 0) -> ModelInput:
    """Scale an image into the network's input, of one of a few shapes.

    Args:
        pixels: `(H, W, 3)` uint8 RGB, as `dynseg.images.decode` gives them.
        size: Longer side that the image gets, pixels, a multiple of 32.
        least: Both sides of the input are at least so long, pixels, a multiple of 32.
    """
    height, width = pixels.shape[:2]
    box = Letterbox.fit(width, height, size=size, stride=STRIDE, few_shapes=True, least=least)
    inner = (box.inner_width, box.inner_height)
    if inner != (width, height):
        # Bilinear skips pixels when an image shrinks a lot, and small objects with them.
        pixels = (
            shrunk(pixels, inner)
            if box.scale < 0.75
            else np.asarray(cv2.resize(pixels, inner, interpolation=cv2.INTER_LINEAR), np.uint8)
        )
    padded = np.full((box.height, box.width, 3), PADDING, np.uint8)
    padded[box.pad_top : box.pad_top + inner[1], box.pad_left : box.pad_left + inner[0]] = pixels
    return ModelInput(padded, box)


def checked_pixels(path: Path, size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """Decode an image that must have a certain size, or polygons would lie beside their objects.

    Raises:
        ImageError: it cannot be read, or is not the image that was added to the project.
    """
    pixels = decode(path).pixels
    found = (pixels.shape[1], pixels.shape[0])
    if size is not None and found != size:
        raise ImageError(
            path,
            f"is {found[0]} x {found[1]} pixels now and was {size[0]} x {size[1]} when added",
            "Rescan the folder.",
        )
    return pixels
