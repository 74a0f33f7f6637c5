"""The whole image in few pixels, toned as it is shown; made from what is there."""

from __future__ import annotations

from PySide6.QtGui import QImage

from dynseg_annotator.canvas.image_pyramid import ImagePyramid
from dynseg_annotator.canvas.tone import Tone


class Thumbnail:
    """Keeps the last one that was asked for."""

    def __init__(self) -> None:
        self._pyramid: ImagePyramid | None = None
        self._wish: tuple[Tone, tuple[int, int]] | None = None
        self._image = QImage()

    def of(self, pyramid: ImagePyramid, tone: Tone, size: tuple[int, int]) -> QImage:
        """The image at this size, pixels; shared, not to be changed."""
        if pyramid is not self._pyramid or self._wish != (tone, size):
            self._pyramid, self._wish = pyramid, (tone, size)
            self._image = pyramid.thumbnail(*size)
            tone.apply(self._image, self._image.rect())
        return self._image
