"""Keys that go with the pointer belong to the canvas while it is there, wherever the focus is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

WRITTEN_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
"""Widgets in which these keys write."""


class NearbyKeys(QObject):
    """Brings the keyboard to the canvas when a key is pressed that goes with the pointer on it.

    A button that was clicked, or a list, would take Space for itself, and the drag that follows
    would move a vertex instead of the image; Enter would not close the outline that is being drawn.
    Whoever went on by keys since the pointer last moved here means what has the keyboard, not the
    canvas.

    Args:
        canvas: Gets the keys; owns this object.
        wants: Whether a key is one of them now.
    """

    def __init__(self, canvas: QWidget, wants: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._wants = wants
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._let_go)

    def pointer_moved(self) -> None:
        """The pointer moved over the canvas: the hand is here."""
        holder = QApplication.focusWidget()
        if holder is self._watched or holder is self._canvas:
            return
        self._let_go()
        if holder is None or holder.window() is not self._canvas.window() or _writes(holder):
            return
        holder.installEventFilter(self)
        self._watched = holder

    def pointer_left(self) -> None:
        """The pointer went elsewhere, and the keys with it."""
        self._let_go()

    def _let_go(self, *_: object) -> None:
        watched, self._watched = self._watched, None
        if watched is not None and isValid(watched):  # it may be what takes the keyboard away
            watched.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys from the widget that has the keyboard."""
        kind = event.type()
        wanted = kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not (wanted and isinstance(event, QKeyEvent) and self._wants(event)):
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
            QApplication.sendEvent(self._canvas, event)
        return True


def _writes(widget: QWidget) -> bool:
    """Whether a person may be writing in a widget."""
    return isinstance(widget, WRITTEN_IN) or (isinstance(widget, QComboBox) and widget.isEditable())
