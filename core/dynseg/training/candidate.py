"""The model that a run has made: written, read again, probed."""

from __future__ import annotations

from pathlib import Path

import msgspec
from torch import nn

from dynseg.model.card import ModelCard, write_card
from dynseg.model.checkpoint import load, save
from dynseg.model.probe import probe_network


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
    probe_network(model, card.name)
    return model, card


def with_metrics(path: Path, card: ModelCard, metrics: dict[str, float]) -> ModelCard:
    """Put figures into the card of a model file."""
    card = msgspec.structs.replace(card, metrics=metrics)
    write_card(path, card)
    return card
