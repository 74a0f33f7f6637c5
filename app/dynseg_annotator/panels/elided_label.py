"""A line of text that gives way: where there is no room for it, it ends in dots."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST_CHARACTERS = 6


class ElidedLabel(QLabel):
    """Never makes its window wider; `text` is the whole line, also when it is cut."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # it may name a class or a file

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters; a label asks for its whole text, and a window grows by it."""
        whole = super().minimumSizeHint()
        few = self.fontMetrics().averageCharWidth() * LEAST_CHARACTERS
        return QSize(min(whole.width(), few), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, or what there is room for."""
        place = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, place.width()
        )
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                place,
                int(self.alignment()),
                self.palette(),
                self.isEnabled(),
                words,
                self.foregroundRole(),
            )
