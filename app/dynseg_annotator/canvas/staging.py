"""The bare image as one view shows it; drawn when it is needed, or ahead of time on a thread.

Scaling an image to the view takes most of the time of a switch to it. For the neighbours of the
image that is open, it is done before they are asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from dynseg.images.levels import Levels
from dynseg_annotator.canvas.image_pyramid import ImagePyramid
from dynseg_annotator.canvas.pixel_grid import draw_grid
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.canvas.tone import Ground
from dynseg_annotator.canvas.view import ViewTransform, view_for

RGB = QImage.Format.Format_RGB32
EDGE_PX = 2
"""An antialiased one-pixel line reaches this far beyond its points, device pixels."""


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The background and the image on it as one view shows them.

    Attributes:
        view: The transform.
        ratio: Device pixels per view pixel.
        ground: Colour around the image, and its tone.
        image: All of the view, device pixels.
    """

    view: ViewTransform
    ratio: float
    ground: Ground
    image: QImage

    def is_for(
        self, view: ViewTransform, size: tuple[int, int], ratio: float, ground: Ground
    ) -> bool:
        """Whether it is what this view shows; `size` is in device pixels."""
        same_size = (self.image.width(), self.image.height()) == size
        same_place = self.view == view and self.ratio == ratio
        return same_size and same_place and self.ground == ground


@dataclass(frozen=True, slots=True)
class Staged:
    """An image that is ready to be shown."""

    pyramid: ImagePyramid
    backdrop: Backdrop

    @property
    def size_bytes(self) -> int:
        """Memory that it holds beside the image."""
        return self.backdrop.image.sizeInBytes() + self.pyramid.halves_bytes


@dataclass(frozen=True, slots=True)
class Staging:
    """Gets images ready for the view as it is now; may be called on any thread.

    Two that are equal give the same result.

    Attributes:
        view_size: Width and height of the view, view pixels.
        device_size: The same in device pixels.
        ratio: Device pixels per view pixel.
        kept: The transform that the next image is looked at with; None when it is fitted.
        ground: Colour around the image, and its tone.
    """

    view_size: tuple[float, float]
    device_size: tuple[int, int]
    ratio: float
    kept: ViewTransform | None
    ground: Ground

    def __call__(self, image: QImage, details: Levels | None = None) -> Staged:
        """Scale an image as the view will show it.

        Args:
            image: The image; a preview when there are details.
            details: The image at all its sizes, on the disk.
        """
        size = (image.width(), image.height())
        if details is not None:
            size = (details.width, details.height)
        pyramid = ImagePyramid(image, width=size[0], height=size[1], details=details)
        view = view_for(size, self.view_size, kept=self.kept)
        drawn = QImage(*self.device_size, RGB)
        draw_image(drawn, drawn.rect(), pyramid, view, self.ratio, self.ground)
        return Staged(pyramid, Backdrop(view, self.ratio, self.ground, drawn))


def ready_for(
    backdrop: Backdrop | None,
    view: ViewTransform,
    size: tuple[int, int],
    ratio: float,
    ground: Ground,
) -> QImage | None:
    """The bare image for a view when it was drawn ahead of time."""
    if backdrop is None or not backdrop.is_for(view, size, ratio, ground):
        return None
    return backdrop.image


def draw_image(
    target: QImage,
    rect: QRect,
    pyramid: ImagePyramid | None,
    view: ViewTransform,
    ratio: float,
    ground: Ground,
) -> None:
    """Draw the background and the image into a rectangle of a layer.

    Args:
        target: The layer, device pixels.
        rect: What to draw, device pixels.
        pyramid: The image; None for the background alone.
        view: Where the image lies.
        ratio: Device pixels per view pixel.
        ground: Colour around the image, and its tone.
    """
    painter = QPainter(target)
    painter.setClipRect(rect)
    painter.fillRect(rect, QColor(ground.background))
    if pyramid is not None:
        x0, y0, x1, y1 = image_box(rect, view, ratio)
        x0, y0 = max(math.floor(x0), 0), max(math.floor(y0), 0)
        x1, y1 = min(math.ceil(x1), pyramid.width), min(math.ceil(y1), pyramid.height)
        scale = view.scale * ratio
        if x1 > x0 and y1 > y0:
            placed = QRectF(
                x0 * scale + view.dx * ratio,
                y0 * scale + view.dy * ratio,
                (x1 - x0) * scale,
                (y1 - y0) * scale,
            )
            source = QRectF(x0, y0, x1 - x0, y1 - y0)
            pyramid.draw(painter, scale=scale, target=placed, source=source)
    painter.end()
    if pyramid is not None:
        covered = rect & image_rect(pyramid, view, ratio)
        ground.tone.apply(target, covered)
        if ground.grid:
            draw_grid(target, covered, (view.dx * ratio, view.dy * ratio), view.scale * ratio)


def image_rect(pyramid: ImagePyramid, view: ViewTransform, ratio: float) -> QRect:
    """The device pixels that the image covers, rounded as the painter rounds."""
    limit = 1e6  # at high zoom the numbers leave the range of an int
    edges = (
        view.dx * ratio,
        view.dy * ratio,
        (view.dx + pyramid.width * view.scale) * ratio,
        (view.dy + pyramid.height * view.scale) * ratio,
    )
    x0, y0, x1, y1 = (math.floor(min(max(edge, -limit), limit) + 0.5) for edge in edges)
    return QRect(x0, y0, x1 - x0, y1 - y0)


def image_box(rect: QRect, view: ViewTransform, ratio: float) -> Box:
    """A device rectangle with room for the line, in image pixels."""
    scale = view.scale * ratio
    dx, dy = view.dx * ratio, view.dy * ratio
    grown = rect.adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX)
    return (
        (grown.left() - dx) / scale,
        (grown.top() - dy) / scale,
        (grown.right() + 1 - dx) / scale,
        (grown.bottom() + 1 - dy) / scale,
    )
