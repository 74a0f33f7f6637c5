"""A sign of life in the folder of a run, for computers that see the folder and not its process.

Their clocks may differ: what counts is whether the sign changes, by the clock of whoever looks.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dynseg.progress import CancelToken, Progress, Report, ignore
from dynseg.training.run import ENDED, RunFolder

log = logging.getLogger(__name__)

BEAT_S = 5.0
STALE_S = 60.0
"""A run whose sign of life has not changed for so long does not go on. Networks falter, and a file
is seen on another computer seconds after it was written."""
_LOOK_S = 0.2
_TAKEN_OVER = 1


@contextmanager
def beating(run: RunFolder) -> Iterator[None]:
    """Give signs of life for a run that this process has claimed.

    A computer that slept may have been taken for dead: when another process has claimed the run
    meanwhile, this one ends at once, because two must not write into one folder.
    """
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(run, _claim(run), over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(BEAT_S)


def _beat(run: RunFolder, ours: tuple[str, int] | None, over: threading.Event) -> None:
    number = 0
    while not over.wait(BEAT_S if number else 0.0):
        if _claim(run) not in (ours, None):
            log.warning("%s was taken over by another process", run.name)
            os._exit(_TAKEN_OVER)
        number += 1
        with suppress(OSError):  # a drive that is away for a moment
            (run.path / "heartbeat").write_bytes(b"%d\n" % number)


class Pulse:
    """Whether a run on another computer goes on, as far as is known by now.

    Args:
        run: Its folder.
        clock: Seconds, always forward.
    """

    def __init__(self, run: RunFolder, clock: Callable[[], float] = time.monotonic) -> None:
        self._run, self._clock = run, clock
        self._seen, self._since_s = _sign(run), clock()
        self._has_changed = False

    @property
    def is_sure(self) -> bool:
        """Whether a sign of life came or is overdue; at first a run is believed to go on."""
        return self._has_changed or not self.goes_on()

    def goes_on(self) -> bool:
        """Whether the run has not ended, and its sign of life is not overdue."""
        if self._run.status().state in ENDED:
            return False
        sign, now_s = _sign(self._run), self._clock()
        if sign != self._seen:
            self._seen, self._since_s, self._has_changed = sign, now_s, True
        return now_s - self._since_s < STALE_S


_pulses: dict[Path, tuple[tuple[str, int] | None, Pulse]] = {}
"""Kept with the process that they are of, so that who looks again knows what was seen before."""


def goes_on(run: RunFolder) -> bool:
    """Whether a run on another computer goes on, as far as is known by now."""
    return _pulse(run).goes_on()


def surely_goes_on(run: RunFolder, cancel: CancelToken, report: Report = ignore) -> bool:
    """As `goes_on`, once a sign of life came or is overdue: that may take a minute.

    Args:
        run: Its folder.
        cancel: Asked while it is waited for.
        report: Told of what is waited for and of the seconds that it may take.

    Raises:
        CancelledError: `cancel` was set.
    """
    stage, since_s = _stage(run), time.monotonic()
    while not _pulse(run).is_sure:
        cancel.check()
        waited_s = min(time.monotonic() - since_s, STALE_S)
        report(Progress(stage, int(waited_s), int(STALE_S)))
        time.sleep(_LOOK_S)
    return goes_on(run)


def _stage(run: RunFolder) -> str:
    return f"Waiting for a sign of life of the run {run.name} on {run.elsewhere}, seconds"


def _pulse(run: RunFolder) -> Pulse:
    claim, known = _claim(run), _pulses.get(run.path)
    if known is None or known[0] != claim:
        known = _pulses[run.path] = claim, Pulse(run)
    return known[1]


def _claim(run: RunFolder) -> tuple[str, int] | None:
    """Which process has the run; None while that cannot be read or nobody has."""
    status = run.status()
    return (status.host, status.pid) if status.pid else None


def _sign(run: RunFolder) -> bytes:
    try:
        return (run.path / "heartbeat").read_bytes()
    except OSError:
        return b""
