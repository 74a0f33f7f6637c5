"""Where a model runs, and why there."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from dynseg.errors import InputError


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """A choice and its reason.

    Attributes:
        device: In torch's words: `cpu`, `cuda:0`.
        reason: Why, a clause for a person.
    """

    device: str
    reason: str


def choose(wanted: str = "auto") -> DeviceReport:
    """Pick the device: a GPU where there is one that works, else the CPU.

    Args:
        wanted: `auto`, `cpu`, `cuda` or `cuda:N`.

    Raises:
        InputError: it is none of these.
    """
    if wanted == "cpu":
        return DeviceReport("cpu", "chosen in the settings")
    if wanted not in ("auto", "cuda") and not (wanted[:5] == "cuda:" and wanted[5:].isdigit()):
        raise InputError(f"{wanted!r} is no device.", "Use auto, cpu, cuda or cuda:0.")
    problem = _cuda_problem(wanted)
    if problem:
        return DeviceReport("cpu", problem)
    device = wanted if ":" in wanted else "cuda:0"
    return DeviceReport(device, torch.cuda.get_device_name(device))


def _cuda_problem(wanted: str) -> str:
    """Why no GPU can be used, a clause; empty when one can."""
    if torch.version.cuda is None:
        return "this build of torch has no GPU support"
    if not torch.cuda.is_available():
        return "no NVIDIA GPU with a working driver was found"
    index = int(wanted[5:]) if ":" in wanted else 0
    if index >= torch.cuda.device_count():
        return f"there is no GPU number {index}"
    try:
        torch.zeros(1, device=f"cuda:{index}").add_(1)
    except RuntimeError as error:
        return f"the GPU does not answer ({error})"
    return ""
