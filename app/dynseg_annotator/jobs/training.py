"""Watches the training run, which is a process of its own and may outlive the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from dynseg.training.run import RunFolder

POLL_MS = 500


class TrainingWatcher(QObject):
    """Reads what a run has written since the last look, every half second."""

    run_changed = Signal(object)
    """`RunFolder | None` that is watched."""
    event_arrived = Signal(object)
    """One of `dynseg.training.events`."""
    status_changed = Signal(object)
    """The run's status."""
    ended = Signal(object)
    """The run's last status."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: RunFolder | None = None
        self.may_outlive_window = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)

    @property
    def is_running(self) -> bool:
        """Whether a run is going on."""
        return self._timer.isActive()

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """Ask the run to stop."""
        if then is not None:
            then()

    def release(self) -> None:
        """Stop watching; the run goes on."""
        self._timer.stop()
        self._run = None
