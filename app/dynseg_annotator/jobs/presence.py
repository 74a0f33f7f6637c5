"""Which folders are there, without waiting for a network drive that is gone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal

PATIENCE_S = 0.015


class Presence(QObject):
    """Asks for folders in threads of their own: a lost drive answers after half a minute."""

    changed = Signal(list)
    """Those of the last `ask` that are there; when one answered after that."""
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: list[str] = []
        self._told: list[str] = []
        self._there: set[str] = set()
        self._answered.connect(self._tell)

    def ask(self, paths: Sequence[str]) -> list[str]:
        """Those that are known to be there within a moment, in their order."""
        self._asked = list(paths)
        there = self._there = set()
        threads = [Thread(target=self._look, args=(p, there), daemon=True) for p in self._asked]
        for thread in threads:
            thread.start()
        until = time.monotonic() + PATIENCE_S
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._told = self._known()
        return self._told

    def _look(self, path: str, there: set[str]) -> None:
        with contextlib.suppress(OSError):
            if Path(path).is_dir():
                there.add(path)
                with contextlib.suppress(RuntimeError):  # the window is gone
                    self._answered.emit(there)

    def _known(self) -> list[str]:
        return [path for path in self._asked if path in self._there]

    def _tell(self, there: object) -> None:
        if there is self._there and self._known() != self._told:
            self._told = self._known()
            self.changed.emit(self._told)


class Lookups(QObject):
    """Asks about one path after the other, each in a thread of its own: the next never waits.

    Args:
        test: What is asked; called on a thread.
        parent: Owns this object.
    """

    answered = Signal(object, bool)
    """A `Path`, and what the test said of it."""

    def __init__(self, test: Callable[[Path], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._test = test
        self._asked: set[Path] = set()
        self.answered.connect(lambda path, _: self._asked.discard(path))

    def ask(self, path: Path) -> None:
        """Ask, unless that was asked and not answered yet."""
        if path not in self._asked:
            self._asked.add(path)
            Thread(target=self._look, args=(path,), daemon=True).start()

    def _look(self, path: Path) -> None:
        found = self._test(path)
        with contextlib.suppress(RuntimeError):  # whoever asked is gone
            self.answered.emit(path, found)
