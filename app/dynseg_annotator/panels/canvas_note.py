"""A few words in a corner of the canvas about how the image is shown; a click undoes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from dynseg_annotator import theme
from dynseg_annotator.actions.spec import literal

MARGIN_PX = 12


class CanvasNote(QToolButton):
    """Hidden while it has nothing to say; never takes the keyboard.

    Args:
        canvas: Where it floats.
        top: At the top in the middle; else at the bottom on the left.
    """

    def __init__(self, canvas: QWidget, *, top: bool = False) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._top = top
        theme.set_role(self, "badge")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.hide()
        canvas.installEventFilter(self)

    def say(self, text: str, tip: str = "") -> None:
        """Show these words; none hide it."""
        self.setText(literal(text))
        self.setAccessibleName(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The canvas has another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        hint = self.sizeHint()
        width = min(hint.width(), max(self._canvas.width() - 2 * MARGIN_PX, 0))
        self.resize(width, hint.height())
        if self._top:
            self.move((self._canvas.width() - width) // 2, MARGIN_PX)
        else:
            self.move(MARGIN_PX, self._canvas.height() - hint.height() - MARGIN_PX)
