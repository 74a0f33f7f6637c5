"""An outline that is being drawn is given up by who insists, never by a slip."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import UNFINISHED
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr

INSIST_MS = 10_000
"""Who does the same again within this time means it."""


class OutlineGuard(QObject):
    """Refuses once what would lose an open outline; one for each kind of act."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._insisting = QTimer(self, singleShot=True, interval=INSIST_MS)

    def may_go_on(self, text: str, hint: str = "") -> bool:
        """Whether nothing is being drawn, or the user insists; else says so.

        Args:
            text: What does not happen, and why.
            hint: How to keep the outline and how to give it up; by asking once more when empty.
        """
        if not self._parts.canvas.is_drawing or self._insisting.isActive():
            return True
        self._insisting.start()
        hint = hint or tr("Finish it first; asking once more now gives it up.")
        self._parts.context.messages.show(Level.INFO, text, hint, key=UNFINISHED)
        return False
