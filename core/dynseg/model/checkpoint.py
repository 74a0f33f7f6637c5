"""Model files: tensors as safetensors, everything else in the card. Nothing in them is code."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor, nn

from dynseg.errors import ModelFileError
from dynseg.files import write_atomic
from dynseg.model.build import build, parameter_count
from dynseg.model.card import ModelCard, read_card, write_card


def tensor_hash(state: dict[str, Tensor]) -> str:
    """SHA-256 over names, types, shapes and bytes of all tensors, hexadecimal."""
    digest = hashlib.sha256()
    for name in sorted(state):
        tensor = state[name].detach().cpu().contiguous()
        digest.update(f"{name}:{tensor.dtype}:{tuple(tensor.shape)}:".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


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
    card = msgspec.structs.replace(
        card, name=path.stem, model_id=tensor_hash(state), params=parameter_count(model)
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
    try:
        state = load_tensors(path.read_bytes())
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelFileError(
            f"{path.name} is damaged or no model file ({error}).",
            "Copy it again, or choose another model; labels are as they were.",
        ) from error
    if tensor_hash(state) != card.model_id:
        raise ModelFileError(
            f"{path.name} is not the file that its card describes (its hash differs).",
            "Copy both files of the model again.",
        )
    problem = broken(state)
    if problem:
        raise ModelFileError(f"{path.name} cannot be used: {problem}.", "Choose another model.")
    model = build(card)
    try:
        model.load_state_dict(state, strict=True)
    except RuntimeError as error:
        raise ModelFileError(
            f"{path.name} does not fit the network that its card describes.",
            "Copy both files of the model again.",
        ) from error
    return model.float().eval(), card


def broken(state: dict[str, Tensor]) -> str | None:
    """Why weights cannot be used, or None: training that met NaN leaves files full of zeros."""
    floats = {n: t for n, t in state.items() if t.is_floating_point()}
    for name, tensor in floats.items():
        if not torch.isfinite(tensor).all():
            return f"{name} has values that are not finite numbers"
    if not floats or not any(tensor.any() for tensor in floats.values()):
        return "all weights are zero"
    return None


def _stored(tensor: Tensor, half: bool) -> Tensor:
    tensor = tensor.detach().cpu()
    if tensor.is_floating_point():
        tensor = tensor.to(torch.float16 if half else torch.float32)
    return tensor.contiguous().clone()
