"""Where systems differ in starting processes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QProcess, Qt


def on_error(process: QProcess, then: Callable[[QProcess.ProcessError], None]) -> None:
    """Tell errors of a process later: Windows knows of a missing program before `start` returns.

    Its job has no number then, and nobody waits for it yet.

    Args:
        process: Not started yet.
        then: A method of a `QObject`; asks `failed_to_start`.
    """
    process.errorOccurred.connect(then, Qt.ConnectionType.QueuedConnection)


def failed_to_start(process: QProcess | None, error: QProcess.ProcessError) -> bool:
    """Whether `process` could not be started: another one may have had the error."""
    return (
        process is not None
        and error is QProcess.ProcessError.FailedToStart
        and process.state() is QProcess.ProcessState.NotRunning
    )
