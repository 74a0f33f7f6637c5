"""Paths as people type them, letter by letter: a field asks at each one, and never fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from dynseg_annotator.jobs.presence import Lookups

ASK_DELAY_MS = 250


def typed_path(text: str) -> Path:
    """The path of a field; `~` is the own folder, and `~name` stays when nobody has that name."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_there(path: Path) -> bool:
    """Whether something lies there that may be seen; no for a name that is too long."""
    try:
        return path.exists()
    except OSError:
        return False


class TypedFiles(QObject):
    """Whether what is typed into some fields lies there; a lost drive answers after half a minute.

    Args:
        fields: Where the paths are typed; an empty one asks for nothing.
        parent: The dialog.
    """

    changed = Signal()
    """More is known."""

    def __init__(self, fields: Sequence[QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self._there: dict[Path, bool] = {}
        self._lookups = Lookups(is_there, self)
        self._lookups.answered.connect(self._know)
        self._typing = QTimer(self, singleShot=True, interval=ASK_DELAY_MS)
        self._typing.timeout.connect(self._ask)
        for field in fields:
            field.textChanged.connect(self._typing.start)

    def is_missing(self, text: str) -> bool:
        """Whether it is known that what a field says is not there."""
        return bool(text.strip()) and not self._there.get(typed_path(text), True)

    @property
    def are_known(self) -> bool:
        """Whether it is known of all of them."""
        return all(path in self._there for path in self._paths())

    def _paths(self) -> list[Path]:
        return [typed_path(field.text()) for field in self._fields if field.text().strip()]

    def _ask(self) -> None:
        for path in self._paths():
            self._lookups.ask(path)

    @Slot(object, bool)
    def _know(self, path: Path, there: bool) -> None:
        self._there[path] = there
        self.changed.emit()
