"""What the engine was asked about the open image, until it has answered or nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from dynseg.worker.protocol import Cancelled, Failed, Finished, Request
from dynseg_annotator.application.parts import Parts

T = TypeVar("T")


class Questions(QObject, Generic[T]):
    """Questions of one kind, each with what it is about; another image ends them all.

    Args:
        parts: Of the window.
        key: Of the message that says why one failed.
        parent: Who asks.
        failed: Takes one that failed, in the place of that message.
    """

    def __init__(
        self,
        parts: Parts,
        key: str,
        parent: QObject,
        *,
        failed: Callable[[T, Failed], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._key = key
        self._tell_failed = failed
        self._about: dict[int, T] = {}
        self._context.session.opened.connect(lambda _: self.drop())
        self._context.session.closed.connect(self.drop)
        engine = self._context.engine
        engine.finished.connect(self._ended)
        engine.cancelled.connect(self._ended)
        engine.failed.connect(self._failed)

    def ask(self, request: Callable[[int], Request], about: T, said: str) -> None:
        """Ask the engine.

        Args:
            request: Makes the request, given the number of its job.
            about: Comes back with the answer.
            said: Stands in the status line meanwhile.
        """
        self._about[self._context.engine.submit(request)] = about
        self._say(said)

    def about(self, job: int) -> T | None:
        """What a job was asked for; None where it is none of these, or nobody waits any more."""
        return self._about.get(job)

    def waiting(self) -> list[tuple[int, T]]:
        """Jobs that were not answered yet, and what each is about; the oldest first."""
        return list(self._about.items())

    def take_back(self, job: int) -> None:
        """Nobody waits for this one any more."""
        if self._about.pop(job, None) is not None:
            self._context.engine.cancel(job)

    def drop(self) -> None:
        """Nobody waits for any."""
        if self._about:
            self._say("")
        for job in list(self._about):
            self.take_back(job)

    def _ended(self, event: Finished | Cancelled) -> None:
        if self._about.pop(event.job, None) is not None and isinstance(event, Cancelled):
            self._say("")

    def _failed(self, event: Failed) -> None:
        about = self._about.pop(event.job, None)
        if about is None:
            return
        self._say("")
        if self._tell_failed is not None:
            self._tell_failed(about, event)
        else:
            self._context.show_failed(event, key=self._key)

    def _say(self, text: str) -> None:
        self._parts.window.status_line.set_hint(text)
