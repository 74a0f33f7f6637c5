"""Follows a training run in a cluster: `python -m dynseg.cluster RUN ADDRESS`.

Here this process stands for the run: as long as it lives the run goes on, and to end it ends the
run. Whoever looks at the folder, window or command, need not know that the training is elsewhere.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from dynseg.cluster.connection import connected
from dynseg.cluster.training import ClusterRun
from dynseg.errors import DynsegError
from dynseg.training import launch
from dynseg.training.events import RunLog
from dynseg.training.heartbeat import beating
from dynseg.training.run import RunFolder

FINE, FAILED = 0, 1
POLL_S = 0.5
LAST_WORDS_S = 2.0
"""Who terminates this process kills it soon afterwards (`launch.stop`)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Have a run trained by a cluster; what happened stands in the run's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("address")
    arguments = parser.parse_args(argv)
    run = RunFolder(arguments.run)
    run.claim()
    try:
        with beating(run), connected(arguments.address) as cluster:
            terminated = threading.Event()

            def remember(_signal: int, _frame: FrameType | None) -> None:
                terminated.set()

            signal.signal(signal.SIGTERM, remember)
            signal.signal(signal.SIGINT, remember)
            run.emit(RunLog(f"On the Ray cluster at {cluster.address}: {cluster.words}"))
            follow(run, ClusterRun(run, cluster), terminated=terminated.is_set)
    except DynsegError as error:
        run.fail(error.message, error.hint)
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        run.fail(
            f"Training failed ({type(error).__name__}: {error}); the active model is unchanged.",
            "process.log in the run's folder has the details.",
        )
        return FAILED
    return FINE


def follow(run: RunFolder, training: ClusterRun, *, terminated: Callable[[], bool]) -> None:
    """Wait for the end of a run, which may be that somebody wants it.

    The training process reads the same wish in the folder; it is cancelled when it does not
    answer in time.

    Args:
        run: Its folder.
        training: The run in the cluster.
        terminated: Whether this process was asked to end, and its run with it.

    Raises:
        TrainingError: the cluster has given it up.
    """
    until_s = math.inf
    while training.is_alive():
        if terminated():
            until_s = min(until_s, time.monotonic() + LAST_WORDS_S)
        elif run.stop_requested() == "stop":
            until_s = min(until_s, time.monotonic() + launch.STOP_TIMEOUT_S)
        if time.monotonic() > until_s:
            training.cancel()
            launch.mark_stopped(run)
            return
        training.wait(POLL_S)
    if run.stop_requested():
        launch.mark_stopped(run)


if __name__ == "__main__":
    sys.exit(main())
