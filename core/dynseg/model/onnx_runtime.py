"""ONNX Runtime, which is to tell nobody what it runs.

Since 1.29 its official builds send names and hashes of models to mobile.events.data.microsoft.com,
from compiled code that no audit hook of Python sees (seen with 1.32.0).
"""

from __future__ import annotations

import os
from types import ModuleType

QUIET = {"ORT_DISABLE_TELEMETRY": "1"}
"""Read once, when the library starts: no sender, no device id, no file of events."""


def load_onnx_runtime() -> ModuleType:
    """The package, with its telemetry off for as long as the process lives.

    Raises:
        ImportError: it is not installed.
    """
    os.environ.update(QUIET)
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # builds of Windows that do not know the variable
    module: ModuleType = onnxruntime
    return module


def failures() -> tuple[type[Exception], ...]:
    """Everything that the library raises; its errors have no common base, and none is standard."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    kinds = [kind for kind in vars(state).values() if isinstance(kind, type)]
    return tuple(kind for kind in kinds if issubclass(kind, Exception))
