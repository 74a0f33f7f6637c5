"""Lines between the pixels of the image, once each is large enough to be worked on by itself."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

GRID_FROM = 8.0
"""Device pixels per image pixel."""
DARK_BELOW = 72
"""Where no colour reaches this a line is lighter than what it crosses; elsewhere darker."""
SHIFTS = (np.uint32(16), np.uint32(8), np.uint32(0))
"""Bits below red, green and blue."""
LIFT = np.uint8(30)
"""By how much a line on the dark is lighter."""


def draw_grid(target: QImage, rect: QRect, offset: tuple[float, float], scale: float) -> None:
    """Draw the lines that cross a rectangle of a layer.

    Args:
        target: 32-bit RGB; no painter may be at work on it.
        rect: Within the image, device pixels.
        offset: Where the image begins, x and y in device pixels.
        scale: Device pixels per image pixel.
    """
    rect = rect & target.rect()
    if scale < GRID_FROM or rect.isEmpty():
        return
    pixels = np.frombuffer(target.bits(), np.uint32).reshape(target.height(), -1)
    piece = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]
    columns = lines(rect.left(), rect.right(), offset[0], scale)
    rows = lines(rect.top(), rect.bottom(), offset[1], scale)
    # both from the image as it is: where two lines meet there is one
    upright, level = line_on(piece[:, columns]), line_on(piece[rows])
    piece[:, columns] = upright
    piece[rows] = level


def line_on(pixels: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A line's pixels on `(H, W)` uint32 0xffRRGGBB pixels of the image, with the same hue."""
    red, green, blue = ((pixels >> shift).astype(np.uint8) for shift in SHIFTS)
    dark = np.maximum(np.maximum(red, green), blue) < DARK_BELOW
    made = np.full_like(pixels, 0xFF000000)
    for colour, shift in zip((red, green, blue), SHIFTS, strict=True):
        line = np.where(dark, colour + LIFT, colour - (colour >> np.uint8(2)))
        made |= line.astype(np.uint32) << shift
    return made


def lines(first: int, last: int, offset: float, scale: float) -> NDArray[np.intp]:
    """First device pixel of every image pixel from `first` to `last`, counted from `first`."""
    begin, end = math.floor((first - offset) / scale), math.ceil((last - offset) / scale)
    found = np.floor(np.arange(begin, end + 1) * scale + offset + 0.5).astype(np.intp)
    within: NDArray[np.intp] = found[(found >= first) & (found <= last)] - first
    return within
