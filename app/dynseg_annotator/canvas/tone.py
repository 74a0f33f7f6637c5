"""Brightness, contrast and gamma of the image as it is shown; files and models never see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from dynseg_annotator.language import tr

MOST_CONTRAST = 4.0
"""Slope of the curve at contrast 100; at -100 it is one over this."""
OPAQUE = np.uint32(0xFF000000)
"""The byte of a 32-bit pixel that is no colour."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How the grey values of the image are bent before they are shown.

    Attributes:
        brightness: In [-100, 100]; 100 lifts black to white.
        contrast: In [-100, 100], around middle grey.
        gamma: Above 0; more than 1 brings out what lies in the dark.
    """

    brightness: int = 0
    contrast: int = 0
    gamma: float = 1.0

    @property
    def is_neutral(self) -> bool:
        """Whether the image is shown as it is."""
        return self == NEUTRAL

    def apply(self, layer: QImage, rect: QRect) -> None:
        """Tone a rectangle of a layer in place.

        Args:
            layer: 32-bit RGB; no painter may be at work on it.
            rect: Device pixels.
        """
        rect = rect & layer.rect()
        if self.is_neutral or rect.isEmpty():
            return
        rows = np.frombuffer(layer.bits(), np.uint32).reshape(layer.height(), -1)
        piece = rows[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]
        # bytes.translate is as fast as OpenCV, whose import would take longer than a frame
        toned = piece.tobytes().translate(table_of(self).tobytes())
        piece[:] = np.frombuffer(toned, np.uint32).reshape(piece.shape) | OPAQUE

    @property
    def text(self) -> str:
        """What is not as in the file, in words; empty when all is."""
        words = []
        if self.brightness:
            words.append(tr("brightness {value:+d}", value=self.brightness))
        if self.contrast:
            words.append(tr("contrast {value:+d}", value=self.contrast))
        words = [word.replace("-", "\N{MINUS SIGN}") for word in words]
        if self.gamma != NEUTRAL.gamma:
            words.append(tr("gamma {value:.2f}", value=self.gamma))
        return " · ".join(words)


NEUTRAL = Tone()


@dataclass(frozen=True, slots=True)
class Ground:
    """How the bare image and what is around it look.

    Attributes:
        background: Colour around the image, `"#rrggbb"`.
        tone: Of the image.
        grid: Whether lines part the pixels of the image where they are large.
    """

    background: str
    tone: Tone = NEUTRAL
    grid: bool = False


@lru_cache(maxsize=8)
def table_of(tone: Tone) -> NDArray[np.uint8]:
    """`(256,)` uint8: what each grey value becomes.

    First gamma, then contrast around middle grey, then brightness.
    """
    value = np.linspace(0.0, 1.0, 256) ** (1.0 / tone.gamma)
    value = (value - 0.5) * MOST_CONTRAST ** (tone.contrast / 100) + 0.5 + tone.brightness / 100
    table: NDArray[np.uint8] = np.rint(np.clip(value, 0.0, 1.0) * 255).astype(np.uint8)
    return table
