"""Which instances of the open image are selected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """An ordered set of instance ids; the last one was selected last."""

    changed = Signal(list)
    """The ids now selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The selected instances, in the order in which they were selected."""
        return self._ids

    @property
    def last(self) -> str | None:
        """The instance selected last, None when nothing is selected."""
        return self._ids[-1] if self._ids else None

    def set(self, ids: Iterable[str]) -> None:
        """Select these and no others."""
        new = tuple(dict.fromkeys(ids))
        if new != self._ids:
            self._ids = new
            self.changed.emit(list(new))

    def toggle(self, ids: Iterable[str]) -> None:
        """Add those that are not selected, take away those that are."""
        wanted, had = dict.fromkeys(ids), set(self._ids)
        kept = [i for i in self._ids if i not in wanted]
        self.set([*kept, *(i for i in wanted if i not in had)])

    def clear(self) -> None:
        """Select nothing."""
        self.set(())

    def keep_only(self, existing: Iterable[str]) -> None:
        """Drop ids of instances that are gone."""
        alive = set(existing)
        self.set(i for i in self._ids if i in alive)
