"""A panel that is made when it is first looked at: its libraries cost time at start-up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LatePanel(QWidget):
    """Empty until it is shown; then filled by what `set_factory` was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factory: Callable[[], QWidget] | None = None
        self.content: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def set_factory(self, factory: Callable[[], QWidget]) -> None:
        """How to make the content; called once, when the panel is seen."""
        self._factory = factory
        if self.isVisible():
            QTimer.singleShot(0, self, self.fill)

    def fill(self) -> None:
        """Make the content now, unless it is there."""
        if self._factory is None or self.content is not None:
            return
        self.content = self._factory()
        column = self.layout()
        if column is not None:
            column.addWidget(self.content)

    def showEvent(self, event: QShowEvent) -> None:
        """The panel comes into sight: fill it once the window has painted."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.fill)
