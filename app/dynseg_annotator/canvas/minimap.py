"""The whole image in a corner of the canvas while only a part of it is in sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.image_pyramid import ImagePyramid
from dynseg_annotator.canvas.styles import Styles
from dynseg_annotator.canvas.thumbnail import Thumbnail
from dynseg_annotator.language import tr

LONGER_SIDE_PX = 176
MARGIN_PX = 12
MOST_OF_VIEW = 0.3
"""Of the width and height of the view; in a small window the work matters more than the map."""
SMALLEST_PX = 48
"""A map smaller than this shows nothing."""
SMALLEST_FRAME_PX = 10.0
SLACK_PX = 1.0
"""An image that reaches beyond the view by less counts as wholly in sight."""
SHADE = QColor(0, 0, 0, 90)
"""Over what is out of sight."""
LEFT = Qt.MouseButton.LeftButton


class MiniMap(QWidget):
    """Shows what part of the image is in sight; a click or a drag moves it.

    A widget of its own: whatever tool is in force, and whatever it is drawing, hears nothing.

    Args:
        camera: Followed and moved.
        styles: Colours, tone, and whether the map is wanted; replaced by `set_styles`.
        parent: The canvas.
    """

    def __init__(self, camera: Camera, styles: Styles, parent: QWidget) -> None:
        super().__init__(parent)
        self._camera = camera
        self._styles = styles
        self._pyramid: ImagePyramid | None = None
        self._thumbnail = Thumbnail()
        self._grip: QPointF | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Mini-map"))
        self.setToolTip(tr("Click or drag to move the view"))
        self.hide()
        camera.changed.connect(self._follow)

    def set_image(self, pyramid: ImagePyramid | None) -> None:
        """Another image; None for none."""
        self._pyramid = pyramid
        self._follow()

    def set_styles(self, styles: Styles) -> None:
        """Other colours or options."""
        self._styles = styles
        self._follow()

    @property
    def frame(self) -> QRectF:
        """What is in sight, in pixels of this widget; may reach beyond it."""
        view, (wide, high) = self._camera.view, self._camera.view_size
        x0, y0 = view.to_image(0.0, 0.0)
        x1, y1 = view.to_image(wide, high)
        scale = self._scale
        return QRectF(x0 * scale, y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)

    @property
    def _seen_frame(self) -> QRectF:
        """The frame as it is drawn: within the map, and never a speck that nobody finds."""
        frame = self.frame
        x0, x1 = _drawn(frame.left(), frame.right(), self.width())
        y0, y1 = _drawn(frame.top(), frame.bottom(), self.height())
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    @property
    def _scale(self) -> float:
        """Pixels of this widget per image pixel."""
        (width, height), (wide, high) = self._camera.image_size, self._camera.view_size
        longer = min(LONGER_SIDE_PX, MOST_OF_VIEW * wide, MOST_OF_VIEW * high)
        return longer / max(width, height, 1.0)

    def _follow(self) -> None:
        """The camera moved, or it looks at another image."""
        (width, height), (wide, high) = self._camera.image_size, self._camera.view_size
        scale, scale_shown = self._scale, self._camera.view.scale
        beyond = width * scale_shown > wide + SLACK_PX or height * scale_shown > high + SLACK_PX
        fits = max(width, height) * scale >= SMALLEST_PX
        wanted = self._styles.options.show_minimap and self._pyramid is not None
        if wanted and beyond and fits:
            w, h = max(round(width * scale), 2), max(round(height * scale), 2)
            self.setGeometry(round(wide) - w - MARGIN_PX, round(high) - h - MARGIN_PX, w, h)
            self.show()
            self.update()
        elif self._grip is None:  # a drag that the map vanished from would have no end
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The image, shaded where it is out of sight."""
        del event
        if self._pyramid is None:
            return
        ratio = self.devicePixelRatioF()
        size = (round(self.width() * ratio), round(self.height() * ratio))
        image = self._thumbnail.of(self._pyramid, self._styles.ground.tone, size)
        outer = QRectF(self.rect())
        frame = self._seen_frame.toAlignedRect() & self.rect()
        with QPainter(self) as painter:
            painter.drawImage(outer, image)
            painter.setClipRegion(QRegion(self.rect()) - QRegion(frame))
            painter.fillRect(outer, SHADE)
            painter.setClipping(False)
            painter.setPen(QPen(self._styles.colours.colour("rim"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.setPen(QPen(self._styles.colours.colour("accent"), 2))
            painter.drawRect(frame.adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame, or bring its middle here first."""
        if event.button() is not LEFT:
            event.ignore()
            return
        at, middle = event.position(), self.frame.center()
        self._grip = at - middle if self.frame.contains(at) else QPointF()
        self._move_to(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame follows the pointer."""
        if self._grip is not None and event.buttons() & LEFT:
            self._move_to(event.position())
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() is LEFT:
            self._grip = None
            self._follow()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks."""
        self.mousePressEvent(event)

    def _move_to(self, at: QPointF) -> None:
        """Move the view so that the middle of the frame lies where the grip wants it."""
        wished = at - (self._grip or QPointF()) - self.frame.center()
        factor = self._camera.view.scale / self._scale
        self._camera.pan_by(-wished.x() * factor, -wished.y() * factor)


def _drawn(low: float, high: float, end: float) -> tuple[float, float]:
    """A side of the frame between 0 and `end`, pixels: long enough, also where the view ends."""
    low, high = min(max(low, 0.0), end), min(max(high, 0.0), end)
    least = min(SMALLEST_FRAME_PX, end)
    if high - low < least:
        low = min(max((low + high - least) / 2, 0.0), end - least)
        high = low + least
    return low, high
