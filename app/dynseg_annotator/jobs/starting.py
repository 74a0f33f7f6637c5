"""Where systems differ in starting and ending processes."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QProcess, Qt

KILLED_MS = 30_000
"""A busy machine takes its time to give back the gigabytes of a process that was killed. Nobody who
destroys a `QProcess` earlier is faster: Qt waits as long then, and complains."""


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


def end(process: QProcess, wait_ms: int) -> None:
    """Ask a process to end, then kill it; Windows has no way to ask one without a window."""
    if sys.platform != "win32":
        process.terminate()
        if process.waitForFinished(wait_ms):
            return
    kill(process)


def kill(process: QProcess) -> None:
    """End a process at once; comes back when it is gone."""
    process.kill()
    process.waitForFinished(KILLED_MS)
