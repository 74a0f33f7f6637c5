"""The image at several sizes, so that every zoom draws few pixels and draws them well."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

MAX_LEVELS = 12
NEAREST_FROM = 4.0
"""Device pixels per image pixel from which single pixels are shown as squares."""


class ImagePyramid:
    """An image and its halves, made when a zoom first needs them.

    Args:
        image: The decoded image; converted to 32-bit RGB when it is not already.
        width, height: Size in image pixels; larger than `image` when that is only a preview.
    """

    def __init__(self, image: QImage, *, width: float, height: float) -> None:
        fast = QImage.Format.Format_RGB32
        if image.format() != fast:
            image = image.convertToFormat(fast)
        self.width = width
        self.height = height
        self._levels = [image]

    def draw(
        self, painter: QPainter, *, scale: float, target: QRectF, source: QRectF, fast: bool = False
    ) -> None:
        """Draw a part of the image.

        Args:
            painter: Its coordinates are device pixels.
            scale: Device pixels per image pixel.
            target: Where to, device pixels.
            source: Which part, image pixels.
            fast: Take the coarser level and no filter: for a frame that is replaced at once.
        """
        level = self._level(scale / 2 if fast else scale)
        smooth = scale < NEAREST_FROM and not fast
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        x, y = level.width() / self.width, level.height() / self.height
        part = QRectF(source.x() * x, source.y() * y, source.width() * x, source.height() * y)
        painter.drawImage(target, level, part)

    def _level(self, scale: float) -> QImage:
        """The smallest level with at least `scale` of its pixels per image pixel."""
        base = self._levels[0].width() / self.width
        index = 0
        while base * 0.5 ** (index + 1) >= scale and index < MAX_LEVELS:
            index += 1
            if index == len(self._levels):
                last = self._levels[-1]
                if min(last.width(), last.height()) < 4:
                    return last
                self._levels.append(
                    last.scaled(
                        (last.width() + 1) // 2,
                        (last.height() + 1) // 2,
                        Qt.AspectRatioMode.IgnoreAspectRatio,
                        Qt.TransformationMode.SmoothTransformation,
                    )
                )
        return self._levels[index]
