"""`python -m dynseg.worker`: answer jobs until the window goes away."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading

from dynseg.model.sandbox import forbid_network
from dynseg.processes import NETWORK, take_input, take_output
from dynseg.worker.log import start_logging
from dynseg.worker.server import Server, end_process

GRACE_S = 5.0
"""When the window is gone, work that does not stop by itself is given up after this time."""


def main() -> int:
    """Keep standard output for the protocol, send everything else to standard error.

    Nothing that the worker does needs a network, so it cannot reach one; only a window whose user
    gave the address of a cluster starts it with `NETWORK`.
    """
    requests, out = take_input(), take_output()
    faulthandler.enable()
    start_logging()
    # Ctrl+C in a terminal goes to the window as well, and the window decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if NETWORK not in sys.argv:
        forbid_network()
    Server(requests, out, on_gone=_leave_in_time).serve()
    return 0


def _leave_in_time() -> None:
    timer = threading.Timer(GRACE_S, end_process)
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # The reading thread still waits for requests: an ordinary exit aborts on the lock it holds.
    os._exit(status)
