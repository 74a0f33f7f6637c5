"""The window's end of the engine worker: a process that can die without touching a label."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from dynseg import processes
from dynseg.worker import protocol
from dynseg.worker.follow_messages import Followed
from dynseg.worker.point_messages import Pointed, Refined
from dynseg.worker.protocol import (
    Alike,
    Cancel,
    Cancelled,
    Failed,
    Finished,
    LoadModel,
    ModelLoaded,
    Predicted,
    Progressed,
    Ready,
    Request,
    Shutdown,
)
from dynseg.worker.wire import ProtocolError
from dynseg_annotator.jobs import ending
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.jobs.starting import failed_to_start, on_error
from dynseg_annotator.language import mark, sentences, tr

log = logging.getLogger(__name__)

MAX_TRIES = 2
"""A job that was running when the worker ended is tried once more, then it has failed."""
MAX_RESTARTS = 3
RESTART_WINDOW_S = 60.0
RESTART_DELAY_MS = 300
STOP_S = 1.0
STDERR_LINES = 200


@dataclass(slots=True)
class _Pending:
    """A request without its last answer.

    Attributes:
        request: What was asked.
        tries: How often it was sent to a worker.
        stopped: It was to be stopped: if its worker ends, it is not sent to another one.
    """

    request: Request
    tries: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """How the worker is spoken of to the user: marked texts, `{why}` for how it ended.

    Attributes:
        missing: It cannot be started, and what does not work without it.
        dead: It ended so often that it is not started again, and what does not work without it.
        died: It ended once.
        gave_up: It ended on the same job for the second time.
        remedy: What to do when it stops on a job, one sentence.
    """

    missing: str
    dead: str
    died: str
    gave_up: str
    remedy: str


ENGINE = Words(
    missing=mark("The engine cannot be started, so no model can run; labelling works."),
    dead=mark("The engine keeps stopping ({why}), so no model can run."),
    died=mark("The engine stopped ({why}); your labels are safe. It is being started again."),
    gave_up=mark("The engine stopped twice on this ({why}); your labels are safe."),
    remedy=mark("Try a smaller model, a smaller image size, or the CPU."),
)


class EngineClient(QObject):
    """Starts the worker on demand, sends requests, gives its answers as signals.

    When the worker dies, jobs without an answer are sent to a new one; a job that has seen two
    workers die, or a worker that cannot be started, ends in `failed`. So every job ends.

    Args:
        command: Program and arguments; the worker of this installation when None.
        words: How it is spoken of.
    """

    state_changed = Signal(object)
    """`EngineState`"""
    model_loaded = Signal(object)
    """`ModelLoaded`"""
    progressed = Signal(object)
    """`Progressed`"""
    predicted = Signal(object)
    """`Predicted`"""
    refined = Signal(object)
    """`Refined`"""
    pointed = Signal(object)
    """`Pointed`"""
    alike = Signal(object)
    """`Alike`"""
    followed = Signal(object)
    """`Followed`"""
    finished = Signal(object)
    """`Finished`"""
    failed = Signal(object)
    """`Failed`"""
    cancelled = Signal(object)
    """`Cancelled`"""
    died = Signal(str, str)
    """What happened, in words, and the last lines that the worker wrote."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        command: list[str] | None = None,
        words: Words = ENGINE,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._command = command or processes.command("worker")
        self._further: tuple[str, ...] = ()
        self._process: QProcess | None = None
        self._pending: dict[int, _Pending] = {}
        self._next_job = 0
        self._buffer = b""
        self._stderr: deque[str] = deque(maxlen=STDERR_LINES)
        self._deaths: deque[float] = deque(maxlen=MAX_RESTARTS)
        self._state = EngineState.OFF
        self._stopping = False
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.setInterval(RESTART_DELAY_MS)
        self._restart.timeout.connect(self.start)

    @property
    def state(self) -> EngineState:
        """What the engine is doing."""
        return self._state

    @property
    def pid(self) -> int:
        """Process id of the worker, 0 when there is none."""
        return self._process.processId() if self._process is not None else 0

    @property
    def report(self) -> str:
        """The last lines that the worker wrote beside its answers."""
        return "\n".join(self._stderr)

    def is_running(self, job: int) -> bool:
        """Whether a job has not ended yet."""
        return job in self._pending

    def start(self) -> None:
        """Start the worker unless it runs."""
        if self._process is not None or self._stopping:
            return
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *self._further])
        process.readyReadStandardOutput.connect(self._read_answers)
        process.readyReadStandardError.connect(self._read_stderr)
        process.finished.connect(self._on_ended)
        on_error(process, self._on_error)
        self._process = process
        self._buffer = b""
        self._set_state(EngineState.STARTING)
        process.start()
        for pending in self._pending.values():
            self._write(pending)

    def use(self, *further: str) -> None:
        """Start the worker with these further arguments; one that runs with others ends now.

        Its jobs are cancelled, so that nobody waits for their answers.
        """
        if further == self._further:
            return
        self._further = further
        if self._process is not None:
            self.end()

    def submit(self, make: Callable[[int], Request]) -> int:
        """Send a request, starting the worker when there is none.

        Args:
            make: Gets the number of the job and returns the request.

        Returns:
            The number of the job.
        """
        self._next_job += 1
        job = self._next_job
        pending = _Pending(make(job))
        self._pending[job] = pending
        if self._process is None:
            self._deaths.clear()
            self._restart.stop()
            self.start()
        else:
            self._write(pending)
        self._say_busy()
        return job

    def cancel(self, job: int) -> None:
        """Ask for a job to be stopped; it ends in `cancelled` unless it was faster."""
        pending = self._pending.get(job)
        if pending is None:
            return
        pending.stopped = True
        if self._process is not None:
            self._process.write(protocol.encode(Cancel(job=job)))
        else:  # between two workers
            QTimer.singleShot(0, self, self._end_stopped)

    def load_model(self, path: str, *, device: str, project: str = "") -> int:
        """Load a model so that the next answer is fast."""
        return self.submit(
            lambda job: LoadModel(job=job, path=path, device=device, project=project)
        )

    def end(self) -> None:
        """End the worker; its jobs are cancelled, so that nobody waits for their answers."""
        left = list(self._pending)
        self.stop()
        for job in left:
            self.cancelled.emit(Cancelled(job=job))

    def stop(self) -> None:
        """Let the worker end: asked, then terminated, then killed. No job is answered any more."""
        self._stopping = True
        self._restart.stop()
        self._pending.clear()
        process, self._process = self._process, None
        if process is not None:
            if process.state() is not QProcess.ProcessState.NotRunning:
                process.write(protocol.encode(Shutdown(job=0)))
                process.closeWriteChannel()
            ending.end(process, wait_s=STOP_S)
        self._set_state(EngineState.OFF)
        self._stopping = False

    def _write(self, pending: _Pending) -> None:
        pending.tries += 1
        if self._process is not None and self._process.isOpen():
            self._process.write(protocol.encode(pending.request))

    def _read_answers(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            if line.strip():
                self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            event = protocol.decode_event(line)
        except ProtocolError as error:
            log.warning("%s", error)
            return
        match event:
            case Ready():
                self._set_state(EngineState.READY)
                self._say_busy()
            case ModelLoaded():
                self.model_loaded.emit(event)
            case Progressed():
                self.progressed.emit(event)
            case Predicted():
                self.predicted.emit(event)
            case Refined():
                self.refined.emit(event)
            case Pointed():
                self.pointed.emit(event)
            case Alike():
                self.alike.emit(event)
            case Followed():
                self.followed.emit(event)
            case _:
                self._take_last(event)

    def _take_last(self, event: protocol.Event) -> None:
        """The last answer of a job."""
        match event:
            case Finished():
                self._pending.pop(event.job, None)
                self.finished.emit(event)
            case Failed():
                self._pending.pop(event.job, None)
                self.failed.emit(event)
            case Cancelled():
                self._pending.pop(event.job, None)
                self.cancelled.emit(event)
            case _:
                return
        self._say_busy()

    def _read_stderr(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            for line in text.splitlines():
                self._stderr.append(line)
                log.debug("worker: %s", line)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if failed_to_start(self._process, error):
            self._forget_process()
            self._give_up(tr(self._words.missing))

    def _on_ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_answers()
        self._read_stderr()
        self._forget_process()
        self._end_stopped()
        killed = status is QProcess.ExitStatus.CrashExit
        why = tr("signal {code}", code=code) if killed else tr("exit code {code}", code=code)
        now = time.monotonic()
        self._deaths.append(now)
        log.warning("the engine worker ended (%s %s)", "signal" if killed else "exit code", code)
        often = len(self._deaths) == MAX_RESTARTS and now - self._deaths[0] < RESTART_WINDOW_S
        if often:
            self._give_up(tr(self._words.dead, why=why))
            return
        self.died.emit(tr(self._words.died, why=why), self.report)
        self._fail_tired(why)
        self._set_state(EngineState.STARTING)
        self._restart.start()

    def _forget_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()

    def _end_stopped(self) -> None:
        """Jobs that were to be stopped do not begin anew in another worker."""
        for job in [job for job, pending in self._pending.items() if pending.stopped]:
            del self._pending[job]
            self.cancelled.emit(Cancelled(job=job))

    def _fail_tired(self, why: str) -> None:
        """End jobs that have seen too many workers die."""
        tired = [job for job, pending in self._pending.items() if pending.tries >= MAX_TRIES]
        for job in tired:
            del self._pending[job]
            self.failed.emit(
                Failed(
                    job=job,
                    kind="engine",
                    message=tr(self._words.gave_up, why=why),
                    hint=tr(self._words.remedy),
                )
            )

    def _give_up(self, message: str) -> None:
        hint = tr("Run `dynseg doctor` in a terminal: it names what is missing.")
        self._set_state(EngineState.DEAD)
        self.died.emit(sentences(message, hint), self.report)
        jobs = list(self._pending)
        self._pending.clear()
        for job in jobs:
            self.failed.emit(Failed(job=job, kind="engine", message=message, hint=hint))

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _say_busy(self) -> None:
        if self._state in (EngineState.READY, EngineState.BUSY):
            self._set_state(EngineState.BUSY if self._pending else EngineState.READY)
