"""Answers the window's jobs, one at a time; the image on the screen comes before the batch."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from typing import IO

import dynseg
from dynseg.worker.jobs import JobRunner
from dynseg.worker.protocol import (
    Cancel,
    Event,
    Failed,
    Predict,
    ProtocolError,
    Ready,
    Request,
    Shutdown,
    decode_request,
    encode,
)

log = logging.getLogger(__name__)


class Inbox:
    """Requests that wait, filled by the reading thread."""

    def __init__(self) -> None:
        self._waiting: deque[Request] = deque()
        self._change = threading.Condition()
        self._closed = False

    def put(self, request: Request) -> None:
        """Add a request; one for the image on the screen goes before the others."""
        with self._change:
            if isinstance(request, Predict):
                at = sum(isinstance(r, Predict) for r in self._waiting)
                self._waiting.insert(at, request)
            else:
                self._waiting.append(request)
            self._change.notify()

    def close(self) -> None:
        """No more requests will come."""
        with self._change:
            self._closed = True
            self._change.notify()

    def get(self) -> Request | None:
        """The next request; waits for one, None when no more will come."""
        with self._change:
            while not self._waiting and not self._closed:
                self._change.wait()
            return self._waiting.popleft() if self._waiting else None

    def get_urgent(self) -> Predict | None:
        """A waiting request for the image on the screen, if there is one."""
        with self._change:
            if self._waiting and isinstance(self._waiting[0], Predict):
                return self._waiting.popleft()  # type: ignore[return-value]
            return None

    def remove(self, job: int) -> Request | None:
        """Take a waiting request out; None when it does not wait."""
        with self._change:
            for request in self._waiting:
                if request.job == job:
                    self._waiting.remove(request)
                    return request
            return None


class Server:
    """Reads requests from one stream and writes events to another.

    The reading thread only sorts requests; all work is done by the thread that calls `serve`.

    Args:
        source: Requests, one a line; its end means that the window is gone.
        sink: Events, one a line.
    """

    def __init__(self, source: IO[bytes], sink: IO[bytes]) -> None:
        self._source = source
        self._sink = sink
        self._writing = threading.Lock()
        self._inbox = Inbox()
        self._runner = JobRunner(self.tell, self._serve_urgent)

    def tell(self, event: Event) -> None:
        """Write one event; when nobody reads any more, end the process."""
        data = encode(event)
        try:
            with self._writing:
                self._sink.write(data)
                self._sink.flush()
        except OSError:
            # The window is gone. What was committed is safe, and nobody wants the rest.
            os._exit(0)

    def serve(self) -> None:
        """Answer requests until the source ends or `Shutdown` comes."""
        self.tell(Ready(version=dynseg.__version__, pid=os.getpid()))
        reader = threading.Thread(target=self._read, name="requests", daemon=True)
        reader.start()
        while (request := self._inbox.get()) is not None:
            self._runner.run(request)
            if isinstance(request, Shutdown):
                break
        self._runner.close()

    def _read(self) -> None:
        for line in iter(self._source.readline, b""):
            if line.strip():
                self._sort(line)
        self._runner.cancel_all()
        self._inbox.close()

    def _sort(self, line: bytes) -> None:
        try:
            request = decode_request(line)
        except ProtocolError as error:
            self.tell(Failed(job=0, kind="protocol", message=error.message, hint=error.hint))
            return
        if isinstance(request, Cancel):
            waiting = self._inbox.remove(request.job)
            self._runner.cancel(request.job, waiting=waiting is not None)
            return
        if isinstance(request, Shutdown):
            self._runner.cancel_all()
        self._inbox.put(request)

    def _serve_urgent(self) -> None:
        """Between two images of a batch: the image on the screen first."""
        while (request := self._inbox.get_urgent()) is not None:
            self._runner.run(request)
