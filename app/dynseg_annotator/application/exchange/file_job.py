"""A job about files, behind the window while the person goes on working."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from dynseg.errors import DynsegError
from dynseg.progress import Progress
from dynseg.worker.protocol import Request
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.jobs.files import Answers
from dynseg_annotator.language import tr


class FileJob(QObject):
    """One job of the file worker at a time; the status line shows it and can stop it.

    It ends with its project. What goes wrong is said in a message.

    Args:
        parts: Of the window.
        key: Of its messages.
        stopped: Says that it was stopped and what came of it, marked for translation.
    """

    stopping = Signal()
    """It was asked to stop."""
    ended = Signal()
    """It is over, in whatever way, and everybody who waited for its result has heard of it."""

    def __init__(self, parts: Parts, parent: QObject, *, key: str, stopped: str) -> None:
        super().__init__(parent)
        self._context = parts.context
        self._line = parts.window.status_line
        self._key, self._stopped = key, stopped
        self._job = 0
        self._about = ""
        self._context.project_closed.connect(self._close)

    @property
    def is_running(self) -> bool:
        """Whether one is on its way."""
        return self._job != 0

    def may_begin(self) -> bool:
        """Whether none is on its way; else says so."""
        if self.is_running:
            self._context.messages.say_running()
        return not self.is_running

    def run(
        self,
        what: str,
        make: Callable[[int], Request],
        done: Callable[[dict[str, Any]], None],
        *,
        about: str = "",
    ) -> None:
        """Begin.

        Args:
            what: Names it in the status line.
            make: Gets the number of the job and returns the request.
            done: Hears of the result.
            about: Of several in a row, the one whose failure is to be read beside those of others.
        """

        def ended(result: dict[str, Any]) -> None:
            self._end()
            done(result)
            self.ended.emit()

        self._about = about
        self._show(Progress(what, 0))
        answers = Answers(ended, self._failed, self._show, self._cancelled)
        self._job = self._context.files.run(make, answers)

    def cancel(self) -> None:
        """Stop it, if there is one."""
        if self._job:
            self.stopping.emit()
            self._context.files.cancel(self._job)

    def _show(self, progress: Progress) -> None:
        self._line.set_job(self, progress, self.cancel)

    def _failed(self, error: DynsegError) -> None:
        self._end()
        self._context.messages.show_error(error, key=f"{self._key}{self._about}")
        self.ended.emit()

    def _cancelled(self) -> None:
        self._end()
        self._context.messages.show(Level.INFO, tr(self._stopped), key=self._key)
        self.ended.emit()

    def _end(self) -> None:
        self._job = 0
        self._line.clear_job(self)

    def _close(self) -> None:
        """The project is closed: nothing goes on in it."""
        if self._job:
            self._context.files.forget(self._job)
            self._end()
