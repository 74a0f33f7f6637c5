"""The model that a run has made: written, read again, probed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard, write_card
from dynseg.model.checkpoint import load, save

PROBE_SIZE = 160


def write_candidate(model: nn.Module, card: ModelCard, path: Path) -> tuple[nn.Module, ModelCard]:
    """Write a model and hand back what a reader of the file gets, after it was probed.

    Args:
        model: The network, not fused.
        card: Its name is filled in from `path`, its id and size from the network.
        path: A `.safetensors` path.

    Raises:
        ModelFileError: its weights are not finite or all zero, or its answers are of no use.
        OSError: the disk is full.
    """
    save(model, card, path, half=False)
    return probe(path)


def probe(path: Path) -> tuple[nn.Module, ModelCard]:
    """Read a model file and look at what the network answers to made-up images.

    Raises:
        ModelFileError: the file is damaged, or the answers are not finite or always the same.
    """
    model, card = load(path)
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(2, 3, PROBE_SIZE, PROBE_SIZE, generator=generator)
    images[1] = (images[1] > 0.9).float()
    with torch.inference_mode():
        first, second = (_flat(model(image[None])) for image in images)
    if not (torch.isfinite(first).all() and torch.isfinite(second).all()):
        raise ModelFileError(f"{card.name} answers with values that are not finite numbers.")
    if torch.equal(first, second):
        raise ModelFileError(f"{card.name} answers the same to every image.")
    return model, card


def with_metrics(path: Path, card: ModelCard, metrics: dict[str, float]) -> ModelCard:
    """Put figures into the card of a model file."""
    card = msgspec.structs.replace(card, metrics=metrics)
    write_card(path, card)
    return card


def _flat(answer: object) -> Tensor:
    """All tensors of a nested answer in one row."""
    if isinstance(answer, Tensor):
        return answer.float().flatten()
    if isinstance(answer, dict):
        answer = list(answer.values())
    parts = [_flat(item) for item in answer] if isinstance(answer, list | tuple) else []
    return torch.cat(parts) if parts else torch.zeros(0)
