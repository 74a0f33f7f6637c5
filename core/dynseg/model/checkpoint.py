"""Model files: tensors as safetensors, everything else in the card. Nothing in them is code."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save as save_tensors
from torch import Tensor, nn

from dynseg.errors import ModelFileError
from dynseg.files import write_atomic
from dynseg.model import tensors
from dynseg.model.build import build, parameter_count
from dynseg.model.card import ModelCard, read_card, write_card
from dynseg.model.tensors import misfit, read_tensors


def save(model: nn.Module, card: ModelCard, path: Path, *, half: bool = True) -> ModelCard:
    """Write a model and its card; the weights first, each file whole or not at all.

    Args:
        model: An unfused network of the shape that the card describes.
        card: Its `model_id` and `params` are filled in.
        path: A `.safetensors` path; the card gets the same stem.
        half: Store floating-point tensors in half precision.

    Returns:
        The card as written.

    Raises:
        ModelFileError: the weights are not finite, or all zero.
        OSError: the disk is full or the folder cannot be written.
    """
    state = {name: _stored(tensor, half) for name, tensor in model.state_dict().items()}
    problem = broken(state)
    if problem:
        raise ModelFileError(f"The model {card.name} was not saved: {problem}.")
    identity = tensors.tensor_hash({name: _array(tensor) for name, tensor in state.items()})
    card = msgspec.structs.replace(
        card, name=path.stem, model_id=identity, params=parameter_count(model)
    )
    write_atomic(path, save_tensors(state, metadata={"format": "dynseg"}))
    write_card(path, card)
    return card


def load(path: Path) -> tuple[nn.Module, ModelCard]:
    """Read a model file: the network in float32, eval mode, not fused, and its card.

    Raises:
        ModelFileError: no model of ours, damaged, changed, of another shape, or not finite.
    """
    card = read_card(path)
    state = {name: torch.tensor(array) for name, array in read_tensors(path, card).items()}
    model = build(card)
    try:
        model.load_state_dict(state, strict=True)
    except RuntimeError as error:
        raise misfit(path) from error
    return model.float().eval(), card


def broken(state: dict[str, Tensor]) -> str | None:
    """Why weights cannot be used, or None: training that met NaN leaves files full of zeros."""
    return tensors.broken({name: _array(tensor) for name, tensor in state.items()})


def _stored(tensor: Tensor, half: bool) -> Tensor:
    tensor = tensor.detach().cpu()
    if tensor.is_floating_point():
        tensor = tensor.to(torch.float16 if half else torch.float32)
    return tensor.contiguous().clone()


def _array(tensor: Tensor) -> NDArray[np.generic]:
    tensor = tensor.detach().cpu()
    if tensor.dtype == torch.bfloat16:  # which numpy does not know
        tensor = tensor.float()
    array: NDArray[np.generic] = tensor.numpy()
    return array
