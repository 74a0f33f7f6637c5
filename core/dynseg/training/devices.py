"""Which devices a run learns on, of those that are there."""

from __future__ import annotations

import re

import torch

from dynseg.errors import TrainingError
from dynseg.machine import ALL_GPUS

_GPUS = re.compile(r"(?:cuda:)?\d+(?:,(?:cuda:)?\d+)*")


def choose_devices(wish: str) -> tuple[str, ...]:
    """The torch devices to train on, one for each process that learns.

    Args:
        wish: `auto`, `cpu`, `cuda`, `cuda:N`, several of them as `cuda:0,1` or `0,1`, or
            `cuda:all`. Tests also write `cpu,cpu`: the same on processors, which gains nobody time.

    Raises:
        TrainingError: one of them is not there, or is named twice.
    """
    parts = wish.split(",")
    if set(parts) == {"cpu"}:
        return tuple(parts)
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if wish == "auto":
        return ("cuda:0",) if count else ("cpu",)
    if wish == ALL_GPUS:
        numbers = list(range(count))
    elif wish == "cuda" or _GPUS.fullmatch(wish):
        numbers = [int(part.removeprefix("cuda").removeprefix(":") or 0) for part in parts]
    else:
        numbers = []
    if not numbers or max(numbers) >= count:
        there = ", ".join(f"`cuda:{number}`" for number in range(count))
        raise TrainingError(
            f"There is no device {wish!r} on this computer.",
            f"Use {there}, `auto` or `cpu`." if there else "Use `auto` or `cpu`.",
        )
    if len(set(numbers)) < len(numbers):
        raise TrainingError(f"{wish!r} names a GPU twice.")
    return tuple(f"cuda:{number}" for number in numbers)


def choose_device(wish: str) -> str:
    """The one device of work that uses one, the first of those that are wished for.

    Raises:
        TrainingError: it is not there.
    """
    return choose_devices(wish)[0]


def in_one_word(devices: tuple[str, ...]) -> str:
    """`cuda:0,1` for several, as `choose_devices` reads them; a single one as it is."""
    kind = devices[0].partition(":")[0]
    numbers = ",".join(device.partition(":")[2] for device in devices)
    return f"{kind}:{numbers}" if numbers.strip(",") else ",".join(devices)
