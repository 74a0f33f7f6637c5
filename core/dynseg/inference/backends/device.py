"""Where a model runs, and why there, in words for a person."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import warnings
from dataclasses import dataclass

from dynseg.errors import InputError
from dynseg.machine import core_count

MAX_THREADS = 8
"""More threads do not make one small image faster."""

_CUDA = re.compile(r"cuda(?::(\d+|all))?")


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """A device and why it was taken.

    Attributes:
        device: As torch names it: `cpu`, `cuda:0`.
        reason: A clause: `"no NVIDIA driver found"`, or the name of the GPU.
        gpus: How many could be taken; 0 where that was not asked.
    """

    device: str
    reason: str
    gpus: int = 0


def choose(device: str = "auto") -> DeviceReport:
    """Find the device to run on; a GPU that cannot be used gives the CPU with the reason.

    Args:
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `machine.ALL_GPUS`.

    Raises:
        InputError: `device` is none of these.
    """
    if device == "cpu":
        return DeviceReport("cpu", "chosen in the settings")
    match = _CUDA.fullmatch(device)
    if device != "auto" and match is None:
        raise InputError(f"There is no device {device!r}.", "Use auto, cpu, cuda or cuda:0.")
    problem = _cuda_problem()
    if problem:
        return DeviceReport("cpu", problem)
    import torch

    number = match.group(1) if match else None
    index = int(number) if number and number.isdecimal() else 0
    count = torch.cuda.device_count()
    if index >= count:
        return DeviceReport("cpu", f"there is no GPU number {index}, only {count}")
    return DeviceReport(f"cuda:{index}", torch.cuda.get_device_name(index), count)


def _cuda_problem() -> str:
    """Why CUDA cannot be used; empty when it can."""
    if not _has_nvidia_driver():
        return "no NVIDIA driver found"
    import torch

    if torch.version.cuda is None:
        return "torch was built without CUDA"
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return "CUDA_VISIBLE_DEVICES hides every GPU"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if torch.cuda.is_available() and torch.cuda.device_count():
            return ""
        try:
            torch.cuda.init()  # type: ignore[no-untyped-call]
        except (RuntimeError, AssertionError) as error:
            return _in_words(str(error))
    return "no GPU found"


def _has_nvidia_driver() -> bool:
    """Whether it is worth loading torch, which takes seconds, to look for a GPU."""
    if sys.platform == "darwin":
        return False
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def _in_words(message: str) -> str:
    """A clause for what CUDA says when it cannot start."""
    if "no NVIDIA driver" in message or "driver shared library" in message:
        return "no NVIDIA driver found"
    if "too old" in message:
        return "the NVIDIA driver is too old for this torch"
    if "no CUDA-capable device" in message or "No CUDA GPUs" in message:
        return "no GPU found"
    first = message.strip().splitlines()[0] if message.strip() else "it gave no reason"
    return f"CUDA cannot start: {first[:120]}"


def thread_count() -> int:
    """Threads for torch on the CPU: one core stays free for decoding and for the window.

    Threads on all cores beside other work are slower than one: they wait for each other in loops.
    """
    return max(1, min(MAX_THREADS, core_count() - 1))
