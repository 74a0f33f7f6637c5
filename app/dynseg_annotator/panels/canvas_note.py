"""A few words in a corner of the canvas about how the image is shown; a click undoes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from dynseg_annotator import theme
from dynseg_annotator.actions.spec import literal

MARGIN_PX = 12
GAP_PX = 6


class CanvasNote(QToolButton):
    """Hidden while it has nothing to say; never takes the keyboard.

    Notes at one place stand one below the other.

    Args:
        canvas: Where it floats.
        top: At the top in the middle; else at the bottom on the left.
    """

    def __init__(self, canvas: QWidget, *, top: bool = False) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.top = top
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
        self._place_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The canvas has another size."""
        if event.type() == QEvent.Type.Resize:
            self._place_all()
        return super().eventFilter(watched, event)

    def _place_all(self) -> None:
        """Each of the notes at this place, in the order in which they were made."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        notes = self._canvas.findChildren(CanvasNote, options=direct)
        before_px = MARGIN_PX
        for note in notes:
            if note.top is self.top and not note.isHidden():
                note.place(before_px)
                before_px += note.height() + GAP_PX

    def place(self, before_px: int) -> None:
        """Beside the edge of the canvas; `before_px` of it are taken."""
        hint = self.sizeHint()
        width = min(hint.width(), max(self._canvas.width() - 2 * MARGIN_PX, 0))
        self.resize(width, hint.height())
        if self.top:
            self.move((self._canvas.width() - width) // 2, before_px)
        else:
            self.move(MARGIN_PX, self._canvas.height() - hint.height() - before_px)
