"""How many images a step may take, so that learning fits into the memory that is free.

An operating system that runs out of memory says nothing: it swaps until nobody can work, or ends a
program, and not always this one. So the size of a step is chosen beforehand.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

from dynseg.machine import free_memory
from dynseg.training.events import RunLog

LEAST_BATCH = 2
"""Batch normalisation needs more than one image."""

SHARE = 0.6
"""Of the memory that is free when learning begins; other programs want some too."""

OVERHEAD = 1.2
"""Memory at the height of a step over what `bytes_per_pixel` counts (starter, float32, 320 to 640
pixels, batches of 4 to 16: 1.1 to 1.2)."""

_PROBE_PX, _PROBE_IMAGES = 160, 2


def fitting_batch(
    model: nn.Module, *, size: int, wanted: int, free_bytes: int | None = None
) -> int:
    """The number of images of a step on the CPU.

    Args:
        model: The network, on the CPU; left as it is.
        size: Longer side of its input, pixels.
        wanted: Images, if there is enough memory.
        free_bytes: Memory that is free; None asks the system.

    Returns:
        `wanted` or fewer, but not below `LEAST_BATCH`.
    """
    free = free_memory() if free_bytes is None else free_bytes
    per_image = OVERHEAD * bytes_per_pixel(model) * size * size
    return max(min(wanted, LEAST_BATCH), min(wanted, int(SHARE * free / per_image)))


def memory_is_short(images: int, wanted: int) -> RunLog:
    """The remark that steps are smaller than they should be."""
    return RunLog(f"Memory is short: a step takes {images} images instead of {wanted}.")


def bytes_per_pixel(model: nn.Module) -> float:
    """What a step in float32 keeps for its way back, over the pixels of its input."""
    probed = copy.deepcopy(model).train()
    weights = {p.untyped_storage().data_ptr() for p in probed.parameters()}
    kept: dict[int, int] = {}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    pixels = torch.zeros(_PROBE_IMAGES, 3, _PROBE_PX, _PROBE_PX)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        answer = probed(pixels)  # noqa: F841 - what it keeps is counted while it is there
    return sum(kept.values()) / (_PROBE_IMAGES * _PROBE_PX * _PROBE_PX)
