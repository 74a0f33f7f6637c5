"""Runs functions off the window's thread and brings what they return back to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from dynseg.errors import DynsegError
from dynseg.files import from_system
from dynseg.progress import CancelledError, Progress
from dynseg_annotator.language import tr

log = logging.getLogger(__name__)

T = TypeVar("T")

LONG_THREADS = 8
"""A download and frames of a video must not hold up the opening of a project."""


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Where the answer of one call goes."""

    done: Callable[[Any], None]
    failed: Callable[[DynsegError], None]
    progressed: Callable[[Progress], None] | None
    cancelled: Callable[[], None]
    newest_of: Hashable | None


class _Call(QRunnable):
    """One function on a pool thread."""

    def __init__(self, owner: Background, number: int, work: Callable[[], Any]) -> None:
        super().__init__()
        self._owner = owner
        self._number = number
        self._work = work

    def run(self) -> None:
        """Runs on a pool thread."""
        try:
            outcome: object = self._work()
        except CancelledError:
            outcome = CancelledError()
        except DynsegError as error:
            outcome = error
        except OSError as error:
            log.warning("the system refused something", exc_info=True)
            outcome = from_system(error)
        except Exception as error:  # a job runner: nothing may end the window
            log.exception("a background function failed")
            outcome = DynsegError(tr("Something unexpected went wrong: {reason}", reason=error))
            outcome.__cause__ = error
        self._owner.deliver(self._number, outcome)


class Background(QObject):
    """Small pools for functions that the user waits for but that must not block the window.

    Everything that a callback does happens on the window's thread.
    """

    _ended = Signal(int, object)
    _moved = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        # What reports may take minutes; what does not is waited for, and never stands behind it.
        self._short, self._long = QThreadPool(), QThreadPool()
        self._short.setMaxThreadCount(threads)
        self._long.setMaxThreadCount(LONG_THREADS)
        self._tickets: dict[int, _Ticket] = {}
        self._newest: dict[Hashable, int] = {}
        self._next = 0
        self._closed = False
        self._ended.connect(self._on_ended)
        self._moved.connect(self._on_moved)

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[DynsegError], None] | None = None,
        newest_of: Hashable | None = None,
    ) -> None:
        """Call `work` on a pool thread, then `done` or `failed` on the window's thread.

        Args:
            work: What to do.
            done: Takes what it returned.
            failed: Takes its error.
            newest_of: Of the calls that name the same, only the one begun last is answered: two
                readers of one thing end in any order, and what the earlier read is of before.
        """
        self._start(lambda _: work(), done, failed, None, None, newest_of)

    def run_reporting(
        self,
        work: Callable[[Callable[[Progress], None]], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[DynsegError], None] | None = None,
        progressed: Callable[[Progress], None],
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """As `run`, for work that takes a `report`, heard by `progressed`, and can be stopped."""
        self._start(work, done, failed, progressed, cancelled)

    def deliver(self, number: int, outcome: object) -> None:
        """Bring an outcome to the window's thread; called on a pool thread."""
        if not self._closed:
            self._ended.emit(number, outcome)

    def close(self) -> None:
        """Wait for what runs and drop what comes back."""
        self._closed = True
        for pool in (self._short, self._long):
            pool.clear()
        for pool in (self._short, self._long):
            pool.waitForDone()
        self._tickets.clear()

    def _start(
        self,
        work: Callable[[Callable[[Progress], None]], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[DynsegError], None] | None,
        progressed: Callable[[Progress], None] | None,
        cancelled: Callable[[], None] | None,
        newest_of: Hashable | None = None,
    ) -> None:
        self._next += 1
        number = self._next
        self._tickets[number] = _Ticket(
            done or _nothing, failed or _log_failure, progressed, cancelled or _no_word, newest_of
        )
        if newest_of is not None:
            self._newest[newest_of] = number
        pool = self._short if progressed is None else self._long
        pool.start(_Call(self, number, lambda: work(lambda p: self._report(number, p))))

    def _report(self, number: int, progress: Progress) -> None:
        if not self._closed:
            self._moved.emit(number, progress)

    def _on_moved(self, number: int, progress: Progress) -> None:
        ticket = self._tickets.get(number)
        if ticket is not None and ticket.progressed is not None:
            ticket.progressed(progress)

    def _on_ended(self, number: int, outcome: object) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None:
            return
        if ticket.newest_of is not None:
            if self._newest.get(ticket.newest_of) != number:
                return
            del self._newest[ticket.newest_of]
        if isinstance(outcome, CancelledError):
            ticket.cancelled()
        elif isinstance(outcome, DynsegError):
            ticket.failed(outcome)
        else:
            ticket.done(outcome)


def _nothing(_: object) -> None:
    """Take no notice."""


def _no_word() -> None:
    """Whoever stopped it knows."""


def _log_failure(error: DynsegError) -> None:
    """Nobody asked to hear of a failure: keep it in the log."""
    log.error("%s", error)
