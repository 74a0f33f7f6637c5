"""The image at several sizes, so that every zoom draws few pixels and draws them well."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from dynseg.images.levels import Levels

NEAREST_FROM = 4.0
"""Device pixels per image pixel from which single pixels are shown as squares."""
MARGIN_PX = 2
"""Around a piece from the disk, so that the filter finds the pixels beside it."""
THINNED_FROM = 8
"""Pixels per pixel of a thumbnail from which not all are looked at."""


class ImagePyramid:
    """An image and its halves, made when a zoom first needs them.

    Args:
        image: The decoded image; converted to 32-bit RGB when it is not already.
        width, height: Size in image pixels; larger than `image` when that is only a preview.
        details: The image at all its sizes on the disk, for zooms that show more than the preview.
    """

    def __init__(
        self, image: QImage, *, width: float, height: float, details: Levels | None = None
    ) -> None:
        fast = QImage.Format.Format_RGB32
        if image.format() != fast:
            image = image.convertToFormat(fast)
        self.width = width
        self.height = height
        self._levels = {0: image}
        self._details = details

    @property
    def halves_bytes(self) -> int:
        """Memory of the smaller levels."""
        return sum(level.sizeInBytes() for index, level in self._levels.items() if index)

    def draw(
        self, painter: QPainter, *, scale: float, target: QRectF, source: QRectF, fast: bool = False
    ) -> None:
        """Draw a part of the image.

        Args:
            painter: Its coordinates are device pixels.
            scale: Device pixels per image pixel.
            target: Where to, device pixels.
            source: Which part, image pixels.
            fast: Take what is there and no filter: for a frame that is soon replaced.
        """
        smooth = scale < NEAREST_FROM and not fast
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        detail = None if fast else self._detail(scale, source)
        if detail is not None:
            painter.drawImage(target, *detail)
            return
        level = self._at_hand(scale) if fast else self._level(scale)
        x, y = level.width() / self.width, level.height() / self.height
        part = QRectF(source.x() * x, source.y() * y, source.width() * x, source.height() * y)
        painter.drawImage(target, level, part)

    def thumbnail(self, width: int, height: int) -> QImage:
        """The whole image at a small size; drawn from what is at hand, so that nobody waits."""
        level = self._at_hand(width / self.width)
        if level.width() > THINNED_FROM * width:  # thinned out first: averaging all takes too long
            level = level.scaled(THINNED_FROM * width, THINNED_FROM * height)
        smooth = Qt.TransformationMode.SmoothTransformation
        made = level.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return made.convertToFormat(QImage.Format.Format_RGB32).copy()

    def pixels(
        self, box: tuple[float, float, float, float]
    ) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
        """The image in a box: `(H, W, 3)` uint8 RGB, column and row of its first pixel.

        None when the box lies outside, or there is only a preview.
        """
        base = self._levels[0]
        if base.width() != self.width:
            return self._detailed_pixels(box)
        left, top = max(math.floor(box[0]), 0), max(math.floor(box[1]), 0)
        right, bottom = min(math.ceil(box[2]), base.width()), min(math.ceil(box[3]), base.height())
        if right <= left or bottom <= top:
            return None
        piece = base.copy(left, top, right - left, bottom - top)
        bgrx = np.frombuffer(piece.constBits(), np.uint8).reshape(bottom - top, -1, 4)
        return np.ascontiguousarray(bgrx[:, : right - left, 2::-1]), (left, top)

    def _detailed_pixels(
        self, box: tuple[float, float, float, float]
    ) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
        """As `pixels`, from the disk."""
        details = self._details
        if details is None:
            return None
        left, top = max(math.floor(box[0]), 0), max(math.floor(box[1]), 0)
        try:
            piece = details.piece(0, (left, top, math.ceil(box[2]), math.ceil(box[3])))
        except OSError:
            return None
        return (np.ascontiguousarray(piece[:, :, 2::-1]), (left, top)) if piece.size else None

    def _detail(self, scale: float, source: QRectF) -> tuple[QImage, QRectF] | None:
        """What is to be drawn of the image, and where `source` lies in it.

        None when the preview shows as much as the screen can, or the disk has nothing to give.
        """
        details = self._details
        if details is None or scale <= self._levels[0].width() / self.width:
            return None
        level = max(0, math.floor(-math.log2(scale)))
        shrink = 1 / 2**level
        box = (
            math.floor(source.left() * shrink) - MARGIN_PX,
            math.floor(source.top() * shrink) - MARGIN_PX,
            math.ceil(source.right() * shrink) + MARGIN_PX,
            math.ceil(source.bottom() * shrink) + MARGIN_PX,
        )
        try:
            piece = details.piece(level, box)
        except OSError:
            return None
        height, width = piece.shape[:2]
        if not piece.size:
            return None
        # a copy, since the picture does not keep the array alive
        image = QImage(piece.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        x, y = max(box[0], 0), max(box[1], 0)
        place = QRectF(
            source.x() * shrink - x, source.y() * shrink - y,
            source.width() * shrink, source.height() * shrink,
        )  # fmt: skip
        return image, place

    def _index(self, scale: float) -> int:
        """How often the image can be halved and still has `scale` pixels per image pixel."""
        resolution, index = self._levels[0].width() / self.width, 0
        smallest = min(self._levels[0].width(), self._levels[0].height())
        while resolution / 2 >= scale and smallest >> (index + 1) >= 1:
            resolution /= 2
            index += 1
        return index

    def _level(self, scale: float) -> QImage:
        """The smallest level with at least `scale` of its pixels per image pixel.

        Made from the next larger one that is there, in one step: the levels between would cost
        most of the time and all of the memory.
        """
        index = self._index(scale)
        if index not in self._levels:
            source = self._levels[max(i for i in self._levels if i < index)]
            base = self._levels[0]
            self._levels[index] = source.scaled(
                max(base.width() >> index, 1),
                max(base.height() >> index, 1),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._levels[index]

    def _at_hand(self, scale: float) -> QImage:
        """The level nearest to the right one among those that are there."""
        index = self._index(scale)
        return self._levels[min(self._levels, key=lambda i: abs(i - index))]
