"""Counts as horizontal bars: name, bar, number. A view that stands anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr

Row = tuple[str, int, str]
"""Name, number, and a colour (`#rrggbb`); the theme's accent where it is empty."""

NAME_CHARACTERS = 34
"""The longest name that is shown whole, in average characters."""


class _Bar(QWidget):
    """One bar, as long as its share of the longest one."""

    def __init__(self, share: float, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = share
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it; an empty one leaves a line of the ground, so that rows stay readable."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self.fontMetrics().height() * 0.6
        top, round_px = (self.height() - height) / 2, height / 4
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), round_px, round_px)
        if self._share > 0:
            painter.setBrush(QColor(self._colour or colours.accent))
            wide = max(height / 2, self.width() * self._share)
            painter.drawRoundedRect(QRectF(0, top, wide, height), round_px, round_px)
        painter.end()


class Bars(QWidget):
    """A column of bars below a title.

    Args:
        title: What is counted.
        parent: Where it stands.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = layout.heading(title, factor=1.0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE.normal)
        self._grid.setVerticalSpacing(theme.SPACE.hair)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 3)
        self._rows: list[QWidget] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these, in their order."""
        for widget in self._rows:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._rows = []
        most = max((number for _, number, _ in rows), default=0)
        for at, (name, number, colour) in enumerate(rows, start=1):
            label = self._name(name)
            value = QLabel(f"{number:,}", self)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            bar = _Bar(number / most if most else 0.0, colour, self)
            bar.setAccessibleName(tr("{name}: {number:,}", name=name, number=number))
            for column, widget in enumerate((label, bar, value)):
                self._grid.addWidget(widget, at, column)
                self._rows.append(widget)

    def _name(self, name: str) -> QLabel:
        """A name; a long one gives way in its middle, or it would push the numbers out of sight."""
        room = self.fontMetrics().averageCharWidth() * NAME_CHARACTERS
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        label = QLabel(shown, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        # Names that are read from the right stand at the left like all others.
        flags = Qt.AlignmentFlag
        label.setAlignment(flags.AlignLeft | flags.AlignAbsolute | flags.AlignVCenter)
        if shown != name:
            label.setToolTip(f"<p>{escape(name)}</p>")
        return label

    def texts(self) -> list[str]:
        """What is shown, name and number by turns."""
        return [widget.text() for widget in self._rows if isinstance(widget, QLabel)]
