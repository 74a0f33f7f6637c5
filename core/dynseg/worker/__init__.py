"""The process that answers the window's jobs."""

from __future__ import annotations

import sys

FROZEN_SWITCH = "--worker"
"""First argument that turns the executable of a bundle into the engine worker."""


def command() -> list[str]:
    """The program and arguments that start an engine worker with this installation."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_SWITCH]
    return [sys.executable, "-m", "dynseg.worker"]
