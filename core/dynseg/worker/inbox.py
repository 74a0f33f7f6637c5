"""Requests that wait, and the cancel tokens of all jobs that have not ended."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dynseg.progress import CancelToken
from dynseg.worker.follow_messages import Follow
from dynseg.worker.point_messages import Point, Refine
from dynseg.worker.protocol import Click, Describe, FindAlike, Predict, Request, Shutdown

URGENT = (Predict, Refine, Point, Click, FindAlike, Follow)
"""A person looks at the screen and waits for these."""

WITHOUT_MODEL = (Follow,)
"""Those of them that never wait for others, which may have to load a model first."""


UNASKED = (Describe, Shutdown)
"""Not what somebody waits for while images are described: that again, and the end."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A request and the flag that stops it."""

    request: Request
    token: CancelToken = field(default_factory=CancelToken)


class Inbox:
    """Filled by the thread that reads, emptied by the thread that works."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self._running: list[Job] = []
        self._change = threading.Condition()
        self._closed = False

    def put(self, request: Request) -> list[Job]:
        """Add a request; one for the image on the screen goes before the others.

        `Shutdown` goes before all of them, and stops what runs.

        Returns:
            Jobs that are not done any more because of it.
        """
        dropped: list[Job] = []
        with self._change:
            job = Job(request)
            if isinstance(request, Shutdown):
                dropped = self._stop_all()
                self._waiting.append(job)
            elif isinstance(request, URGENT):
                before = WITHOUT_MODEL if isinstance(request, WITHOUT_MODEL) else URGENT
                ahead = sum(isinstance(other.request, before) for other in self._waiting)
                self._waiting.insert(ahead, job)
            else:
                self._waiting.append(job)
            self._change.notify()
        return dropped

    def close(self) -> None:
        """Nobody will ask for anything any more, nor wait for an answer: stop everything."""
        with self._change:
            self._closed = True
            self._stop_all()
            self._change.notify()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until `get` has an answer; whether it has one after that time."""
        with self._change:
            return self._change.wait_for(lambda: bool(self._waiting) or self._closed, timeout_s)

    def get(self) -> Job | None:
        """The next job; waits for one, None when no more will come."""
        with self._change:
            self.wait()
            return self._taken() if self._waiting else None

    def get_urgent(self) -> Job | None:
        """A waiting job for the image on the screen, if there is one."""
        return self._next_if(lambda request: isinstance(request, URGENT))

    def get_asked(self) -> Job | None:
        """A waiting job that somebody asked for, if that is the next one."""
        return self._next_if(lambda request: not isinstance(request, UNASKED))

    def done(self, job: Job) -> None:
        """Forget a job that has ended."""
        with self._change:
            self._running.remove(job)

    def cancel(self, number: int) -> Job | None:
        """Stop the job with this number; returns it when it had not begun."""
        with self._change:
            for job in self._waiting:
                if job.request.job == number:
                    self._waiting.remove(job)
                    return job
            for job in self._running:
                if job.request.job == number:
                    job.token.cancel()
            return None

    def _next_if(self, wanted: Callable[[Request], bool]) -> Job | None:
        with self._change:
            return self._taken() if self._waiting and wanted(self._waiting[0].request) else None

    def _taken(self) -> Job:
        # Under the same lock as `cancel`: a job either waits or runs, and is found in both cases.
        job = self._waiting.popleft()
        self._running.append(job)
        return job

    def _stop_all(self) -> list[Job]:
        dropped = list(self._waiting)
        self._waiting.clear()
        for job in self._running:
            job.token.cancel()
        return dropped
