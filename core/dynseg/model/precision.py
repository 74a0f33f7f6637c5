"""Which reduced precision pays on a device."""

from __future__ import annotations

import torch


def cpu_has_bf16() -> bool:
    """Whether the processor multiplies bfloat16 itself; emulated it is slower than float32."""
    for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"):
        test = getattr(torch.cpu, name, None)
        if test is not None and test():
            return True
    return False


def has_bf16(device: torch.device) -> bool:
    """Whether a device multiplies bfloat16 itself; a GPU is asked only when it is meant."""
    if device.type == "cuda":
        with torch.cuda.device(device):
            return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and cpu_has_bf16()
