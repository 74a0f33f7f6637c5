"""Colours of classes as small discs for lists."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

SIDE_PX = 16
DISC_PX = 12

_SWATCHES: dict[str, QIcon] = {}


def swatch(colour: str) -> QIcon:
    """A filled circle of a class colour, the same in both themes."""
    if colour not in _SWATCHES:
        side = 2 * SIDE_PX
        drawn = QPixmap(side, side)
        drawn.setDevicePixelRatio(2.0)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        gap = (SIDE_PX - DISC_PX) / 2
        painter.drawEllipse(QRectF(gap, gap, DISC_PX, DISC_PX))
        painter.end()
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled):
            icon.addPixmap(drawn, mode)
        _SWATCHES[colour] = icon
    return _SWATCHES[colour]
