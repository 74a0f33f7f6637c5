"""What every process that learns does before it loads torch."""

from __future__ import annotations

import os


def isolate() -> None:
    """Keep the process off the network, and its waiting threads off the processor."""
    # Threads that wait must not spin: beside other work that made a step six times slower.
    # Read once, when torch is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from dynseg.model.sandbox import forbid_network, prepare_environment

    prepare_environment()
    forbid_network()
