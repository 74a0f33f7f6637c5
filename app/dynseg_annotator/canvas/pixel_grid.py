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
DARKER = np.rint(np.arange(256) * 0.78).astype(np.uint8)
LIGHTER = np.minimum(np.arange(256) + 30, 255).astype(np.uint8)
"""`(256,)` uint8: the value of a line on each value; all colours of a pixel by one of the two, so
that the lines have the hue of the image."""


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
    pixels = np.frombuffer(target.bits(), np.uint8).reshape(target.height(), -1, 4)
    piece = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1, :3]
    columns = lines(rect.left(), rect.right(), offset[0], scale)
    rows = lines(rect.top(), rect.bottom(), offset[1], scale)
    between = np.delete(np.arange(rect.width()), columns)
    piece[:, columns] = line_on(piece[:, columns])
    crossing = np.ix_(rows, between)  # where two lines meet there is one
    piece[crossing] = line_on(piece[crossing])


def line_on(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A line's pixels on `(H, W, 3)` uint8 pixels of the image."""
    dark = pixels.max(axis=2, keepdims=True) < DARK_BELOW
    return np.where(dark, LIGHTER[pixels], DARKER[pixels])


def lines(first: int, last: int, offset: float, scale: float) -> NDArray[np.intp]:
    """First device pixel of every image pixel from `first` to `last`, counted from `first`."""
    begin, end = math.floor((first - offset) / scale), math.ceil((last - offset) / scale)
    found = np.floor(np.arange(begin, end + 1) * scale + offset + 0.5).astype(np.intp)
    within: NDArray[np.intp] = found[(found >= first) & (found <= last)] - first
    return within
