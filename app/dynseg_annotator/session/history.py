"""What undo and redo would do to the open image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from dynseg.project.store import Store


class History(QObject):
    """The texts of the next undo and the next redo, for menus and tool tips."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_text = ""
        """What undo would take back, empty when there is nothing."""
        self.redo_text = ""
        """What redo would do again, empty when there is nothing."""

    def read(self, store: Store, image_id: int, uncommitted: str = "") -> None:
        """Look into the journal of an image; a read of well under a millisecond.

        Args:
            store: The project.
            image_id: The open image.
            uncommitted: Name of its newest step that was not committed before this look; empty
                when there was none.
        """
        if uncommitted:
            self.set(uncommitted, "")
        else:
            self.set(*store.upcoming(image_id))

    def set(self, undo_text: str, redo_text: str) -> None:
        """Say what the next steps are."""
        if (undo_text, redo_text) != (self.undo_text, self.redo_text):
            self.undo_text, self.redo_text = undo_text, redo_text
            self.changed.emit()
