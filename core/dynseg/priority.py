"""Work that a person does not wait for steps back behind what they see."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil

LOWER = 10
"""How far long work steps back: on POSIX a nice value, 0 to 19."""

_AUTOGROUP = Path("/proc/self/autogroup")


def step_back(by: int = LOWER) -> None:
    """Lower the priority of this process; nothing happens where the system does not allow it.

    On Linux with `sched_autogroup_enabled`, which desktops have, a nice value counts only among
    the processes of one session (sched(7), "The autogroup feature"). A process that was started in
    a session of its own competes with the window as an equal, whatever its nice value is, unless
    the whole group steps back. A group that holds other programs too is left alone.

    Args:
        by: The nice value on POSIX; on Windows any value above 0 is "below normal".
    """
    if by <= 0:
        return
    own = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            own.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            return
        own.nice(by)
        leads_a_session = os.getsid(0) == os.getpid()
        if leads_a_session and autogroup_nice() is not None:
            _AUTOGROUP.write_bytes(b"%d" % by)


def autogroup_nice() -> int | None:
    """The nice value of the group this process is in, "/autogroup-71 nice 0"; None without groups.

    The file may be there and still say nothing, in a container for example.
    """
    try:
        words = _AUTOGROUP.read_text(encoding="ascii").split()
        return int(words[-1]) if words else None
    except (OSError, ValueError):
        return None
