"""Floating-point operations as torch counts them; ultralytics misses functional convolutions."""

from __future__ import annotations

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def count_flops(model: nn.Module, *, image_size: int = 640) -> int:
    """FLOPs of one forward pass over one square image (a multiply-add counts as two)."""
    parameter = next(model.parameters())
    image = torch.zeros(
        1, 3, image_size, image_size, device=parameter.device, dtype=parameter.dtype
    )
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        model(image)
    return int(counter.get_total_flops())
