"""Paths as people type them, letter by letter: a field asks at each one, and never fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from dynseg_annotator.jobs.presence import Lookups
from dynseg_annotator.language import tr

ASK_DELAY_MS = 250
PATIENCE_MS = 700
"""What is not answered by then is waited for, which a person wants to know."""


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
    """More is known, or it is known that somebody waits."""

    def __init__(self, fields: Sequence[QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self._there: dict[Path, bool] = {}
        self._lookups = Lookups(is_there, self)
        self._lookups.answered.connect(self._know)
        self._typing = QTimer(self, singleShot=True, interval=ASK_DELAY_MS)
        self._typing.timeout.connect(self._ask)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.changed)
        for field in fields:
            field.textChanged.connect(self._typing.start)
            field.textChanged.connect(self._patience.start)

    def is_missing(self, text: str) -> bool:
        """Whether it is known that what a field says is not there."""
        return bool(text.strip()) and not self._there.get(typed_path(text), True)

    @property
    def are_known(self) -> bool:
        """Whether it is known of all of them."""
        return all(path in self._there for path in self._paths())

    @property
    def waiting(self) -> str:
        """What has not answered for a while, for people; empty while nobody waits."""
        unknown = [path for path in self._paths() if path not in self._there]
        if not unknown or self._patience.isActive():
            return ""
        return tr(
            "Waiting for an answer about {place}: its drive may be disconnected, which takes "
            "half a minute. Choose another file, or leave the field empty, to go on at once.",
            place=unknown[0],
        )

    def _paths(self) -> list[Path]:
        return [typed_path(field.text()) for field in self._fields if field.text().strip()]

    def _ask(self) -> None:
        for path in self._paths():
            self._lookups.ask(path)

    @Slot(object, bool)
    def _know(self, path: Path, there: bool) -> None:
        self._there[path] = there
        self.changed.emit()
