"""Ends processes beside the window: nobody waits for one on its thread.

A busy machine takes half a minute to give back the gigabytes of a process that was killed, and Qt
waits that long for one whose `QProcess` is destroyed earlier. So what ends is kept here until the
system says that it is gone.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from dynseg.errors import DynsegError, EngineError
from dynseg_annotator.language import tr

log = logging.getLogger(__name__)

TERMINATED_S = 1.0
"""How long a process may take to end that was told to; then it is killed."""
PATIENCE_S = 60.0
"""What needs a process to be gone is given up then: only a disk that hangs keeps one so long."""
CLOSING_S = 10.0
"""The program ends then, whoever is still there: it was killed, and ends as soon as it can."""
LOOK_MS = 20


@dataclass(slots=True)
class _Leaving:
    """A process on its way out.

    Attributes:
        process: Nobody listens to it.
        steps: What is done to it when, on the monotonic clock; the last one kills it.
    """

    process: QProcess
    steps: list[tuple[float, Callable[[], None]]]


class _Reaper(QObject):
    """Keeps processes until they are gone; lives as long as the program."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.leaving: list[_Leaving] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def add(self, leaving: _Leaving) -> None:
        leaving.process.setParent(self)
        self.leaving.append(leaving)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Let go of those that are gone, and insist where it is time to."""
        for one in list(self.leaving):
            if one.process.state() is QProcess.ProcessState.NotRunning:
                self.leaving.remove(one)
                one.process.deleteLater()
                continue
            while one.steps and one.steps[0][0] <= time.monotonic():
                one.steps.pop(0)[1]()
        if not self.leaving:
            self._timer.stop()

    def settle(self, timeout_s: float) -> list[int]:
        """Wait until all are gone; returns the ids of those that are not."""
        until = time.monotonic() + timeout_s
        while self.leaving and time.monotonic() < until:
            self.leaving[0].process.waitForFinished(LOOK_MS)
            self.look()
        for one in self.leaving:
            one.process.kill()
        return [one.process.processId() for one in self.leaving]


def end(process: QProcess, *, wait_s: float, terminate: bool = True) -> None:
    """Let a process end and come back at once; none of its signals is heard any more.

    Args:
        process: Whoever calls this has no more to do with it.
        wait_s: How long it has to end by itself; then it is terminated, where a process without
            a window can be told so (not on Windows), then killed.
        terminate: Whether it is told at all before it is killed.
    """
    process.blockSignals(True)
    due = time.monotonic() + wait_s
    steps: list[tuple[float, Callable[[], None]]] = [(due, process.kill)]
    if terminate and sys.platform != "win32":
        steps = [(due, process.terminate), (due + TERMINATED_S, process.kill)]
    _reaper().add(_Leaving(process, steps))


def kill(process: QProcess) -> None:
    """End a process at once, as `end` does."""
    end(process, wait_s=0.0, terminate=False)


def when_gone(
    parent: QObject, then: Callable[[], None], *, failed: Callable[[DynsegError], None]
) -> None:
    """Call `then` on the window's thread once every process that was ended is gone.

    Args:
        parent: Neither is called once it is destroyed.
        then: What needs them to be gone.
        failed: One does not go; called instead.
    """
    reaper, until = _reaper(), time.monotonic() + PATIENCE_S
    timer = QTimer(parent)
    timer.setInterval(LOOK_MS)

    def look() -> None:
        if reaper.leaving and time.monotonic() < until:
            return
        timer.stop()
        timer.deleteLater()
        if not reaper.leaving:
            then()
            return
        failed(
            EngineError(
                tr("A process of this program does not end, so nothing was changed."),
                tr("Does a disk or network drive hang? Start the computer again if it goes on."),
            )
        )

    timer.timeout.connect(look)
    timer.start()


def settle(timeout_s: float = CLOSING_S) -> list[int]:
    """Wait for what was ended, at the end of the program when no window is left to be held up.

    Returns:
        Ids of processes that are not gone: each was killed and goes when the system lets it, which
        whoever destroys what is here would wait for.
    """
    left = _reaper().settle(timeout_s)
    if left:
        log.warning("did not end within %g s and were killed: processes %s", timeout_s, left)
    return left


def _reaper() -> _Reaper:
    program = QCoreApplication.instance()
    found = program.findChild(_Reaper) if program is not None else None
    return found if isinstance(found, _Reaper) else _Reaper(program)
