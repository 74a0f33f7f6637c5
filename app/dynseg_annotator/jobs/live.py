"""The window's end of live learning: a process that ends with the window and can die alone."""

from __future__ import annotations

import logging
import time
from collections import deque

from PySide6.QtCore import QObject, QProcess, Signal

from dynseg import processes
from dynseg.training.live import messages
from dynseg.training.live.messages import (
    Broken,
    Command,
    GoOn,
    Learning,
    Measured,
    Pause,
    Remark,
    Stop,
    Weights,
)
from dynseg_annotator.jobs import ending
from dynseg_annotator.jobs.starting import failed_to_start, on_error
from dynseg_annotator.language import engine_text, tr

log = logging.getLogger(__name__)

STOP_S = 2.0
MAX_DEATHS = 3
DEATHS_WINDOW_S = 300.0
_LINES = 200


class LiveClient(QObject):
    """Starts the live learner of a project and tells what it says.

    Args:
        command: Program and first arguments; this installation's when None.
    """

    told = Signal(object)
    """`Learning`: where the learner stands."""
    improved = Signal(object)
    """`Weights` that may be used from now on."""
    measured = Signal(object)
    """`Measured`: what its proposals for an image were worth."""
    remarked = Signal(str)
    """What does not go as it should while it goes on, a sentence."""
    broke = Signal(str, str)
    """It has ended and does not come again: message and hint."""

    def __init__(self, parent: QObject | None = None, *, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or processes.command("training")
        self._process: QProcess | None = None
        self._arguments: list[str] = []
        self._buffer = b""
        self._paused = False
        self._deaths: deque[float] = deque(maxlen=MAX_DEATHS)
        self._lines: deque[str] = deque(maxlen=_LINES)

    @property
    def is_running(self) -> bool:
        """Whether there is a learner."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """Process id of the learner, 0 when there is none."""
        return self._process.processId() if self._process is not None else 0

    @property
    def report(self) -> str:
        """The last lines that it wrote beside its events."""
        return "\n".join(self._lines)

    def start(self, project: str, *, device: str) -> None:
        """Start learning from a project, unless that is going on."""
        if self._process is not None:
            return
        self._arguments = ["--live", project, "--device", device]
        self._deaths.clear()
        self._launch()

    def pause(self, paused: bool) -> None:
        """Let it wait, or go on; it stays warm."""
        if paused != self._paused:
            self._paused = paused
            self._send(Pause() if paused else GoOn())

    def stop(self) -> None:
        """Let it end, within two seconds."""
        process, self._process = self._process, None
        self._paused = False
        if process is not None:
            process.write(messages.encode(Stop()))
            process.closeWriteChannel()
            ending.end(process, wait_s=STOP_S, terminate=False)

    def _launch(self) -> None:
        program = self._command
        process = QProcess(self)
        process.setProgram(program[0])
        process.setArguments([*program[1:], *self._arguments])
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_stderr)
        process.finished.connect(self._ended)
        on_error(process, self._failed)
        self._process = process
        self._buffer = b""
        process.start()
        if self._paused:
            self._send(Pause())

    def _send(self, command: Command) -> None:
        if self._process is not None:
            self._process.write(messages.encode(command))

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take(messages.decode_event(line))

    def _take(self, event: messages.Event | None) -> None:
        match event:
            case Learning():
                self.told.emit(event)
            case Weights():
                self.improved.emit(event)
            case Measured():
                self.measured.emit(event)
            case Remark():
                log.warning("the live learner: %s", event.text)
                self.remarked.emit(engine_text(event.text))
            case Broken():
                self._deaths.extend([time.monotonic()] * MAX_DEATHS)  # it has tried by itself
                self.broke.emit(engine_text(event.message), engine_text(event.hint))
            case None:
                log.warning("the live learner said something unknown")

    def _read_stderr(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self._lines.extend(text.splitlines())

    def _failed(self, error: QProcess.ProcessError) -> None:
        if failed_to_start(self._process, error):
            self._forget()
            self.broke.emit(tr("Live learning cannot be started; labelling works."), "")

    def _ended(self) -> None:
        self._read()
        self._read_stderr()
        self._forget()
        now_s = time.monotonic()
        said = len(self._deaths) == MAX_DEATHS and self._deaths[0] == self._deaths[-1]
        if said:
            return
        self._deaths.append(now_s)
        if len(self._deaths) == MAX_DEATHS and now_s - self._deaths[0] < DEATHS_WINDOW_S:
            text = tr("Live learning keeps stopping, so it is off; labelling works.")
            self.broke.emit(text, "")
            return
        log.warning("the live learner ended by itself; it is started again")
        self._launch()

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
