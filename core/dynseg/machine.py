"""What a process may use of its machine: cores and memory, also in a container or a job.

Free of torch. What Linux tells of such limits is in the control groups of the process (version 2);
elsewhere there are none.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

import psutil

ALL_GPUS = "cuda:all"
"""Device of a training that uses every GPU; what runs on one alone takes the first."""

CORES_VARIABLE = "DYNSEG_CORES"
"""Environment variable with the most cores that this process may use."""

_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUP = Path("/proc/self/cgroup")


def core_count(*, logical: bool = False) -> int:
    """Cores that this process may use: of the machine, its affinity, its container, its caller.

    Args:
        logical: Two that share their units count as two: for processes of which each does
            something else, and not for threads that wait for each other in loops.
    """
    counts = [psutil.cpu_count(logical=logical) or os.cpu_count() or 1]
    if hasattr(os, "sched_getaffinity"):
        counts.append(len(os.sched_getaffinity(0)))
    counts.extend(cores_granted())
    if os.environ.get(CORES_VARIABLE, "").isdecimal():
        counts.append(int(os.environ[CORES_VARIABLE]))
    return max(1, min(counts))


def free_memory() -> int:
    """Bytes that this process can still get: of the machine, and of its container."""
    return max(0, min([psutil.virtual_memory().available, *memory_granted()]))


def cores_granted(groups: Path = _GROUPS, own: Path = _OWN_GROUP) -> list[int]:
    """Cores of each control group that limits them, rounded up.

    Args:
        groups: Where control groups are mounted.
        own: The file that names that of this process.
    """
    found = []
    for group in _own_groups(groups, own):
        quota, _, period = _read(group / "cpu.max").partition(" ")
        if quota.isdecimal() and period.isdecimal() and int(period):
            found.append(math.ceil(int(quota) / int(period)))
    return found


def memory_granted(groups: Path = _GROUPS, own: Path = _OWN_GROUP) -> list[int]:
    """Bytes that are left in each control group that limits memory.

    What only caches files counts as free: the system lets go of it when it is needed.

    Args:
        groups: Where control groups are mounted.
        own: The file that names that of this process.
    """
    found = []
    for group in _own_groups(groups, own):
        limit, used = _read(group / "memory.max"), _read(group / "memory.current")
        if limit.isdecimal() and used.isdecimal():
            stat = dict(line.partition(" ")[::2] for line in _lines(group / "memory.stat"))
            cached = stat.get("inactive_file", "")
            found.append(int(limit) - int(used) + (int(cached) if cached.isdecimal() else 0))
    return found


def _own_groups(groups: Path, own: Path) -> Iterator[Path]:
    """The control group of this process and those around it; in a container the outermost alone."""
    named = next((line[3:] for line in _lines(own) if line.startswith("0::")), "/")
    folder = groups / named.strip("/")
    yield folder
    while folder != groups and groups in folder.parents:
        folder = folder.parent
        yield folder


def _lines(path: Path) -> list[str]:
    return _read(path).splitlines()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
