"""What stands on the canvas while there is no image: a title and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from dynseg_annotator.canvas.colours import CanvasColours

MAX_WIDTH_PX = 520.0
MARGIN_PX = 24.0
WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Two texts in the middle of the canvas.

    Attributes:
        title: What is the case, a few words.
        text: What to do next, a sentence or two.
    """

    title: str = ""
    text: str = ""

    def paint(self, painter: QPainter, rect: QRectF, colours: CanvasColours, font: QFont) -> None:
        """Fill the canvas and write both texts; painter in view pixels."""
        painter.fillRect(rect, colours.colour("background"))
        large = QFont(font)
        large.setPointSizeF(max(font.pointSizeF(), 8.0) * 1.5)
        large.setWeight(QFont.Weight.DemiBold)
        width = min(rect.width() - 2 * MARGIN_PX, MAX_WIDTH_PX)
        if width <= 0:
            return
        room = QRectF(rect.center().x() - width / 2, 0, width, 1e4)
        title = QFontMetricsF(large).boundingRect(room, int(WRAPPED), self.title)
        text = QFontMetricsF(font).boundingRect(room, int(WRAPPED), self.text)
        gap = QFontMetricsF(font).height() * 0.6 if self.title and self.text else 0.0
        top = rect.center().y() - (title.height() + gap + text.height()) / 2
        painter.setFont(large)
        painter.setPen(colours.colour("text"))
        painter.drawText(QRectF(room.x(), top, width, title.height()), int(WRAPPED), self.title)
        painter.setFont(font)
        painter.setPen(colours.colour("muted"))
        below = QRectF(room.x(), top + title.height() + gap, width, text.height())
        painter.drawText(below, int(WRAPPED), self.text)
