"""The processes of this installation: how each is started, and what each runs.

From Python a process is `python -m MODULE`; a bundle has no Python beside it and starts its one
executable with a switch instead, which its entry hands to `run_as`. Free of torch and of Qt.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from types import MappingProxyType

MODULES = MappingProxyType(
    {
        "worker": "dynseg.worker",
        "training": "dynseg.training",
        "label-errors": "dynseg.label_errors",
        "cluster": "dynseg.cluster",
        "model": "dynseg.model",
        "commands": "dynseg.cli",
        "cli": "dynseg.cli",
        "hands": "dynseg.inference.hands",
        "frames": "dynseg.images.frame_process",
        "unpack": "dynseg.images.unpack",
        "canvas-bench": "dynseg_annotator.canvas.benchmark",
    }
)
"""Kind of a process: the module that it runs."""


def is_bundle() -> bool:
    """Whether this is an executable with everything inside, rather than a Python program."""
    return bool(getattr(sys, "frozen", False))


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
