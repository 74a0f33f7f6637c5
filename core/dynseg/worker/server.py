"""Answers the window's jobs, one at a time; the image on the screen comes before the batch."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import IO

import dynseg
from dynseg.worker.inbox import Inbox, Job
from dynseg.worker.jobs import JobRunner
from dynseg.worker.protocol import (
    MAX_LINE_BYTES,
    Cancel,
    Cancelled,
    Event,
    Failed,
    Ready,
    Shutdown,
    decode_request,
    encode,
)
from dynseg.worker.wire import ProtocolError

IDLE_S = 5.0
"""Nobody waits for anything who has asked for nothing this long."""

log = logging.getLogger(__name__)


def end_process() -> None:
    """Leave at once: what was committed is safe, and nobody wants the rest."""
    os._exit(0)


class Server:
    """Reads requests from one stream and writes events to another.

    The reading thread only sorts requests; all work is done by the thread that calls `serve`.

    Args:
        source: Requests, one a line; its end means that the window is gone.
        sink: Events, one a line.
        on_gone: Called on the reading thread when `source` has ended, after everything that runs
            was asked to stop.
        on_deaf: Called when nobody reads `sink` any more.
    """

    def __init__(
        self,
        source: IO[bytes],
        sink: IO[bytes],
        *,
        on_gone: Callable[[], None] = lambda: None,
        on_deaf: Callable[[], None] = end_process,
    ) -> None:
        self._source = source
        self._sink = sink
        self._on_gone = on_gone
        self._on_deaf = on_deaf
        self._writing = threading.Lock()
        self._inbox = Inbox()
        self._runner = JobRunner(self.tell, self._serve_urgent, self._serve_asked)

    def tell(self, event: Event) -> None:
        """Write one event."""
        data = encode(event)
        try:
            with self._writing:
                self._sink.write(data)
                self._sink.flush()
        except (OSError, ValueError):  # ValueError: the stream is closed
            self._on_deaf()

    def serve(self) -> None:
        """Answer requests until the source ends or `Shutdown` comes."""
        self.tell(Ready(version=dynseg.__version__, pid=os.getpid()))
        reader = threading.Thread(target=self._read, name="requests", daemon=True)
        reader.start()
        while (job := self._next()) is not None:
            self._run(job)
            if isinstance(job.request, Shutdown):
                break
        self._runner.disturb()

    def _next(self) -> Job | None:
        if not self._inbox.wait(IDLE_S):
            self._runner.rest()
        return self._inbox.get()

    def _run(self, job: Job) -> None:
        try:
            self._runner.run(job)
        finally:
            self._inbox.done(job)

    def _serve_urgent(self) -> None:
        """Between two images of a batch: the image on the screen first."""
        while (job := self._inbox.get_urgent()) is not None:
            self._run(job)

    def _serve_asked(self) -> None:
        """Between two images that nobody waits for: whatever somebody has asked for first."""
        while (job := self._inbox.get_asked()) is not None:
            self._run(job)

    def _read(self) -> None:
        try:
            while line := self._source.readline(MAX_LINE_BYTES):
                if not line.endswith(b"\n") and len(line) >= MAX_LINE_BYTES:
                    self._skip_line()
                    self._refuse(ProtocolError("The engine was sent an endless line."))
                elif line.strip():
                    self._sort(line)
        except OSError as error:
            log.warning("requests cannot be read any more: %s", error)
        finally:
            self._inbox.close()
            self._on_gone()

    def _skip_line(self) -> None:
        while (rest := self._source.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
            pass

    def _sort(self, line: bytes) -> None:
        try:
            request = decode_request(line)
        except ProtocolError as error:
            self._refuse(error)
            return
        if isinstance(request, Cancel):
            waited = self._inbox.cancel(request.job)
            dropped = [] if waited is None else [waited]
        else:
            dropped = self._inbox.put(request)
        for job in dropped:
            self.tell(Cancelled(job=job.request.job))

    def _refuse(self, error: ProtocolError) -> None:
        self.tell(Failed(job=0, kind="protocol", message=error.message, hint=error.hint))
