"""Docks that fold to their title, so that everything beside the canvas can be put away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr
from dynseg_annotator.panels.elided_label import ElidedLabel

MAX_HEIGHT_PX = 16_777_215
"""Qt's "no limit"."""


class _Title(QWidget):
    """The title of a dock: a click folds it, a drag moves it as Qt does."""

    def __init__(self, dock: FoldingDock) -> None:
        super().__init__(dock)
        self._dock = dock
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE.tight, theme.SPACE.hair, theme.SPACE.tight, 2)
        row.setSpacing(theme.SPACE.tight)
        self.chevron = QToolButton(self)
        self.chevron.setAutoRaise(True)
        self.chevron.setArrowType(Qt.ArrowType.DownArrow)
        self.chevron.clicked.connect(dock.toggle_fold)
        row.addWidget(self.chevron)
        label = QLabel(dock.windowTitle(), self)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        row.addWidget(label)
        self.note = ElidedLabel("", self)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.note, "muted")
        row.addWidget(self.note, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold instead of floating, which nobody wants by accident."""
        self._dock.toggle_fold()
        event.accept()


class FoldingDock(QDockWidget):
    """A dock with a title that folds its content away.

    Args:
        name: Stable name for the remembered layout.
        title: What the user reads.
        content: The panel.
    """

    folded_changed = Signal(bool)

    def __init__(self, name: str, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        self._content = content
        self._title = _Title(self)
        self.setTitleBarWidget(self._title)
        self.setWidget(content)
        self._say()

    @property
    def folded(self) -> bool:
        """Whether only the title is shown."""
        return self._content.isHidden()

    @property
    def note(self) -> str:
        """What stands beside the title."""
        return self._title.note.text()

    def set_note(self, text: str) -> None:
        """A few words beside the title: "37 of 140"."""
        self._title.note.setText(text)

    def toggle_fold(self) -> None:
        """Fold or unfold."""
        self.set_folded(not self.folded)

    def set_folded(self, folded: bool) -> None:
        """Show the title alone, or all of it."""
        if folded == self.folded:
            return
        self._content.setVisible(not folded)
        height = self._title.sizeHint().height() if folded else MAX_HEIGHT_PX
        self.setMaximumHeight(height)
        self._say()
        self.folded_changed.emit(folded)

    def _say(self) -> None:
        arrow = Qt.ArrowType.RightArrow if self.folded else Qt.ArrowType.DownArrow
        self._title.chevron.setArrowType(arrow)
        title = self.windowTitle()
        words = (
            tr("Unfold {title}", title=title) if self.folded else tr("Fold {title}", title=title)
        )
        self._title.chevron.setToolTip(words)
        self._title.chevron.setAccessibleName(words)
