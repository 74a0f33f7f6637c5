"""Jobs about files, in a worker of their own: they never wait behind a model, nor it behind them.

Files of other programs are untrusted and may be large: reading them in the window would stop it
for as long as a decoder holds the interpreter, and a file that ends the process would end it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer

from dynseg.errors import DynsegError
from dynseg.progress import Progress
from dynseg.worker.protocol import Cancelled, Failed, Finished, Progressed, Request
from dynseg_annotator.jobs.engine import EngineClient, Words
from dynseg_annotator.language import mark

WORDS = Words(
    missing=mark(
        "The program that reads and writes files cannot be started, so nothing can be imported or "
        "exported; labelling works."
    ),
    dead=mark(
        "The program that reads and writes files keeps stopping ({why}), so nothing can be "
        "imported or exported."
    ),
    died=mark(
        "The program that reads and writes files stopped ({why}); your labels are safe. It is "
        "being started again."
    ),
    gave_up=mark(
        "The program that reads and writes files stopped twice on this ({why}); no label was "
        "changed."
    ),
    remedy=mark("One of the files may be broken; leave it out and try again."),
)
IDLE_MS = 60_000
"""Then the process ends and gives its memory back; the next job starts another one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the answers of a job go; each is called on the window's thread.

    Attributes:
        done: The result.
        failed: What went wrong.
        progressed: How far it is.
        cancelled: It was stopped.
    """

    done: Callable[[dict[str, Any]], None]
    failed: Callable[[DynsegError], None]
    progressed: Callable[[Progress], None] = lambda _: None
    cancelled: Callable[[], None] = lambda: None


class FileClient(QObject):
    """Runs requests in the file worker. Every job ends in one of its answers.

    Args:
        command: Program and arguments; the worker of this installation when None.
    """

    def __init__(self, parent: QObject | None = None, *, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._worker = EngineClient(self, command=command, words=WORDS)
        self._answers: dict[int, Answers] = {}
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._rest)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.cancelled.connect(self._on_cancelled)

    @property
    def pid(self) -> int:
        """Process id of the worker, 0 when there is none."""
        return self._worker.pid

    @property
    def report(self) -> str:
        """The last lines that the worker wrote beside its answers."""
        return self._worker.report

    def run(self, make: Callable[[int], Request], answers: Answers) -> int:
        """Send a request.

        Args:
            make: Gets the number of the job and returns the request.
            answers: Called until the job has ended.

        Returns:
            The number of the job.
        """
        self._idle.stop()
        job = self._worker.submit(make)
        self._answers[job] = answers
        return job

    def cancel(self, job: int) -> None:
        """Ask for a job to be stopped; it ends in `cancelled` unless it was faster."""
        self._worker.cancel(job)

    def forget(self, job: int) -> None:
        """Stop a job whose answer nobody waits for any more."""
        if self._answers.pop(job, None) is not None:
            self._worker.cancel(job)

    def stop(self) -> None:
        """End the worker; no job is answered any more."""
        self._idle.stop()
        self._answers.clear()
        self._worker.stop()

    def _ended(self, job: int) -> Answers | None:
        answers = self._answers.pop(job, None)
        if not self._answers:
            self._idle.start()
        return answers

    def _rest(self) -> None:
        if not self._answers:
            self._worker.stop()

    def _on_progressed(self, event: Progressed) -> None:
        answers = self._answers.get(event.job)
        if answers is not None:
            answers.progressed(
                Progress(event.stage, event.done, event.total, event.per_s, event.eta_s)
            )

    def _on_finished(self, event: Finished) -> None:
        answers = self._ended(event.job)
        if answers is not None:
            answers.done(event.result)

    def _on_failed(self, event: Failed) -> None:
        answers = self._ended(event.job)
        if answers is not None:
            answers.failed(DynsegError(event.message, event.hint))

    def _on_cancelled(self, event: Cancelled) -> None:
        answers = self._ended(event.job)
        if answers is not None:
            answers.cancelled()
