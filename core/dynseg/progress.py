"""How long work tells its caller where it is, and how the caller stops it.

Engine functions take ``report`` and ``cancel`` and know no widget, process or console.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


class CancelledError(Exception):
    """The caller asked to stop. Not a failure: what was committed before stays."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a piece of work stands.

    Attributes:
        stage: What is being done, in words for a user: ``"Pre-labelling"``.
        done: Units finished.
        total: Units in all, None when unknown.
        per_s: Units a second over the whole work so far, None when unknown.
        eta_s: Seconds left, None when unknown.
    """

    stage: str
    done: int
    total: int | None = None
    per_s: float | None = None
    eta_s: float | None = None


Report = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Drop a report."""


class CancelToken:
    """A flag that one thread sets and another looks at between units of work."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at the next unit."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `CancelledError` if stopping was asked for."""
        if self._event.is_set():
            raise CancelledError


@dataclass(slots=True)
class Meter:
    """Turns counts into `Progress` with a rate and the time left."""

    stage: str
    total: int | None
    report: Report = ignore
    done: int = 0
    _started_s: float = field(default_factory=time.monotonic)

    def advance(self, by: int = 1) -> None:
        """Count `by` units as finished and report."""
        self.done += by
        elapsed_s = time.monotonic() - self._started_s
        per_s = self.done / elapsed_s if elapsed_s > 0 else None
        left = None if self.total is None else self.total - self.done
        eta_s = left / per_s if left is not None and per_s else None
        self.report(Progress(self.stage, self.done, self.total, per_s, eta_s))
