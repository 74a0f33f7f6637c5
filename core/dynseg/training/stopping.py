"""Ends the measurements of a run when somebody wants it to stop: nothing in them is worth keeping.

Learning itself asks after each step and keeps where it is, see `dynseg.training.trainer`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from torch.nn.modules.module import register_module_forward_pre_hook

from dynseg.progress import CancelledError

INTERVAL_S = 0.5
"""The wish to stop lies in a file: it is looked for as often as this."""


@contextmanager
def stoppable(stop_wanted: Callable[[], bool]) -> Iterator[Callable[[], None]]:
    """Within it, every layer of a network looks first whether to go on.

    Sixteen images of 640 pixels keep a processor busy for many seconds, a layer does not.

    Args:
        stop_wanted: Whether somebody wants the run to stop.

    Yields:
        What work without a network calls now and then, to the same end.

    Raises:
        CancelledError: somebody does.
    """
    asked_s, wanted = -math.inf, False

    def look_up(*_: object) -> None:
        nonlocal asked_s, wanted
        now_s = time.monotonic()
        if not wanted and now_s - asked_s >= INTERVAL_S:
            asked_s = now_s
            wanted = stop_wanted()
        if wanted:  # again and again: ultralytics catches whatever comes while it counts
            raise CancelledError

    hook = register_module_forward_pre_hook(look_up)
    try:
        yield look_up
    finally:
        hook.remove()
