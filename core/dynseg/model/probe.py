"""Whether a network answers, and not the same to everything."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from dynseg.errors import ModelFileError

PROBE_SIZE = 160


def probe_network(model: nn.Module, name: str) -> None:
    """Look at what a network answers to made-up images.

    Args:
        model: In eval mode, float32, on any device.
        name: For the message.

    Raises:
        ModelFileError: the answers are not finite, or always the same.
    """
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(2, 3, PROBE_SIZE, PROBE_SIZE, generator=generator)
    images[1] = (images[1] > 0.9).float()
    images = images.to(next(model.parameters()).device)
    with torch.inference_mode():
        first, second = (_flat(model(image[None])) for image in images)
    if not (torch.isfinite(first).all() and torch.isfinite(second).all()):
        raise ModelFileError(f"{name} answers with values that are not finite numbers.")
    if torch.equal(first, second):
        raise ModelFileError(f"{name} answers the same to every image.")


def _flat(answer: object) -> Tensor:
    """All tensors of a nested answer in one row."""
    if isinstance(answer, Tensor):
        return answer.float().flatten()
    if isinstance(answer, dict):
        answer = list(answer.values())
    parts = [_flat(item) for item in answer] if isinstance(answer, list | tuple) else []
    return torch.cat(parts) if parts else torch.zeros(0)
