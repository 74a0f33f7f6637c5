"""The processes of this installation: how each is started, what each runs, how one is known again.

From Python a process is `python -m MODULE`; a bundle has no Python beside it and starts its one
executable with a switch instead, which its entry hands to `run_as`. Free of torch and of Qt.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import BinaryIO

import psutil

if sys.platform == "win32":
    import ctypes
    import msvcrt

MODULES = MappingProxyType(
    {
        "worker": "dynseg.worker",
        "training": "dynseg.training",
        "label-errors": "dynseg.label_errors",
        "cluster": "dynseg.cluster",
        "model": "dynseg.model",
        "measure": "dynseg.inference.backends.measure",
        "commands": "dynseg.cli",
        "cli": "dynseg.cli",
        "hands": "dynseg.inference.runs.hands",
        "frames": "dynseg.images.frame_process",
        "unpack": "dynseg.images.unpack",
        "canvas-bench": "dynseg_annotator.canvas.benchmark",
    }
)
"""Kind of a process: the module that it runs."""


def is_bundle() -> bool:
    """Whether this is an executable with everything inside, rather than a Python program."""
    return bool(getattr(sys, "frozen", False))


_SAME_S = 2.0
"""Starts of one process as read at two times: the system rounds one part of them to seconds."""

if sys.platform == "win32":
    WITHOUT_CONSOLE = subprocess.CREATE_NO_WINDOW
else:
    WITHOUT_CONSOLE = 0
"""`creationflags` of a process that shares no console window, which a person could close, and opens
none. There are such windows on Windows alone."""

NETWORK = "--network"
"""Lets a worker reach other machines: for a user who gave the address of a cluster."""


def command(kind: str) -> list[str]:
    """Program and first arguments of a process of this installation.

    Args:
        kind: One of `MODULES`.

    Raises:
        KeyError: there is no such kind.
    """
    module = MODULES[kind]
    if is_bundle():
        return [sys.executable, f"--{kind}"]
    return [sys.executable, "-m", module]


def take_input() -> BinaryIO:
    """Standard input for one reader alone; whoever else reads it finds its end.

    On Windows everybody who asks what standard input is waits until the read that is going on has
    ended, and libraries ask when they are loaded (numpy#24290), processes when they start
    (cpython#78961): a model would be loaded when the next request comes.
    """
    taken = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    _put(nothing, 0)
    os.close(nothing)
    return taken


def take_output() -> BinaryIO:
    """Standard output for answers alone; what libraries print goes to standard error.

    A stray line among the answers would be taken for one.
    """
    taken = os.fdopen(os.dup(1), "wb")
    _put(2, 1)
    sys.stdout = sys.stderr
    return taken


def _put(descriptor: int, place: int) -> None:
    """Let standard input (0) or output (1) be what a descriptor is, also for child processes."""
    os.dup2(descriptor, place)
    if sys.platform == "win32":  # Python tells the system of it only where there is a console
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(place))
        ctypes.windll.kernel32.SetStdHandle(ctypes.c_ulong(0xFFFFFFF6 - place), handle)


def begun_s(pid: int) -> float:
    """When a process began, in seconds: ids are used again, and this tells two of one id apart.

    Setting the clock does not move it. Linux knows the time since the machine was started, and
    that is what counts there: the time of day of it changes with the clock.

    Raises:
        psutil.Error: there is no such process, or it may not be looked at.
    """
    begun = psutil.Process(pid).create_time()
    return begun - psutil.boot_time() if sys.platform == "linux" else begun


def is_same(pid: int, begun: float) -> bool:
    """Whether the process of that id is the one that began then, as `begun_s` said.

    Raises:
        psutil.AccessDenied: it may not be looked at.
    """
    try:
        return abs(begun_s(pid) - begun) < _SAME_S
    except psutil.NoSuchProcess:
        return False


def run_as(arguments: Sequence[str]) -> bool:
    """Be the process that the first argument asks for; only a bundle's entry calls this.

    Args:
        arguments: Those of the executable, without its own name.

    Returns:
        False at once when the first argument is no such switch; otherwise the process ends as
        its module ends it, and this returns only if the module merely falls through.
    """
    kind = arguments[0].removeprefix("--") if arguments else ""
    if kind not in MODULES or not arguments[0].startswith("--"):
        return False
    sys.argv = [sys.argv[0], *arguments[1:]]
    runpy.run_module(MODULES[kind], run_name="__main__", alter_sys=True)
    return True
