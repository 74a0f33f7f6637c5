"""What a tour shows over the window: a ring around a control, and a card that says what to do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.language import tr

WIDTH_CHARACTERS = 46
GAP_PX = 12
BARS = 0.12
"""Share of the window's height that menus and tool bar take."""
RING_PX = 3
FOLLOW_MS = 150
"""Docks fold and windows change their size: the ring looks that often where its control is."""


class Spotlight(QWidget):
    """A ring around a control; everything beneath stays usable."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring: dark and light, so that it is seen on every ground."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.rect().adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        for width, colour in ((2 * RING_PX, theme.colours().surface), (RING_PX, "")):
            painter.setPen(QPen(QColor(colour or theme.colours().focus), width))
            painter.drawRoundedRect(inside, 7, 7)


class TourCard(QFrame):
    """One step in words, beside the control that it is about.

    Args:
        window: What it floats over.
    """

    next_requested = Signal()
    leave_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        theme.set_role(self, "callout")
        self._target: QWidget | None = None
        self._ring = Spotlight(window)
        self._title, self._text = QLabel("", self), QLabel("", self)
        self._title.setFont(theme.heading_font(1.1))
        self._count = QLabel("", self)
        theme.set_role(self._count, "muted")
        for label in (self._title, self._text):
            label.setWordWrap(True)
        self.next = QPushButton("", self)
        self.leave = QPushButton(tr("Leave the tour"), self)
        theme.set_role(self.leave, "flat")
        for button in (self.next, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the canvas
        self.next.clicked.connect(self.next_requested)
        self.leave.clicked.connect(self.leave_requested)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.leave)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.SPACE.page,) * 4)
        column.setSpacing(theme.SPACE.normal)
        for widget in (self._title, self._text):
            column.addWidget(widget)
        column.addLayout(row)
        self._following = QTimer(self)
        self._following.setInterval(FOLLOW_MS)
        self._following.timeout.connect(self._place)
        self.hide()

    def show_step(
        self, title: str, text: str, count: str, *, target: QWidget | None, button: str, main: bool
    ) -> None:
        """Say one step.

        Args:
            title: A few words.
            text: What to do.
            count: `"3 of 8"`.
            target: The control that it is about, None for none.
            button: What the button says that goes on.
            main: Whether that button is the way on, rather than a way around the step.
        """
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(count)
        self.next.setText(button)
        theme.set_role(self.next, "primary" if main else "flat")
        self.setAccessibleName(tr("Tour, {count}: {title}", count=count, title=title))
        self.setAccessibleDescription(text)
        self._target = target
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * WIDTH_CHARACTERS)
        self._following.start()
        self._place()
        self.show()

    def end(self) -> None:
        """Take card and ring away."""
        self._following.stop()
        self._ring.hide()
        self.hide()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        height = self.heightForWidth(self.width())
        size = QSize(self.width(), max(height, self.sizeHint().height()))
        around = self._target_rect(window)
        self._ring.setVisible(not around.isEmpty())
        if not around.isEmpty():
            margin = 2 * RING_PX
            self._ring.setGeometry(around.adjusted(-margin, -margin, margin, margin))
            self._ring.raise_()
        place = beside(around, size, window.rect(), self._surroundings(window) or around)
        self.setGeometry(QRect(place, size))
        self.raise_()

    def _surroundings(self, window: QWidget) -> QRect | None:
        """The dock of the control, which says what the control is about."""
        dock = self._target
        while dock is not None and not isinstance(dock, QDockWidget):
            dock = dock.parentWidget()
        return None if dock is None else QRect(dock.mapTo(window, QPoint(0, 0)), dock.size())

    def _target_rect(self, window: QWidget) -> QRect:
        target = self._target
        if target is None or not target.isVisible():
            return QRect()
        return QRect(target.mapTo(window, QPoint(0, 0)), target.size())


def beside(target: QRect, size: QSize, room: QRect, around: QRect | None = None) -> QPoint:
    """Where a card goes: beside a control, off what surrounds it, else inside at its lower end.

    What is wide or at the upper edge (menus, tool bar) has its surroundings left and right, what is
    in a dock above and below.

    Args:
        target: The control; empty for none.
        size: Of the card.
        room: The window, from (0, 0).
        around: The dock that it is in, which a card at its side keeps free; None for none.
    """
    around = around or target
    inner = room.adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX)
    if target.isEmpty():
        return inner.center() - QPoint(size.width() // 2, size.height() // 2)
    left = min(max(target.left(), inner.left()), inner.right() - size.width())
    top = min(max(target.top(), inner.top()), inner.bottom() - size.height())
    vertical = [
        QPoint(left, target.bottom() + GAP_PX),
        QPoint(left, target.top() - size.height() - GAP_PX),
    ]
    sideways = [
        QPoint(around.left() - size.width() - GAP_PX, top),
        QPoint(around.right() + GAP_PX, top),
    ]
    above = target.top() < room.height() * BARS
    for place in vertical + sideways if above else sideways + vertical:
        if inner.contains(QRect(place, size)):
            return place
    x = target.center().x() - size.width() // 2
    return QPoint(x, target.bottom() - size.height() - 2 * GAP_PX)
