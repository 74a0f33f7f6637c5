"""The tensors of a model file as arrays, looked through before anybody uses them. Free of torch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard

Tensors = Mapping[str, NDArray[np.generic]]


def read_tensors(path: Path, card: ModelCard) -> dict[str, NDArray[np.generic]]:
    """All tensors of a model file by name, as they are stored.

    Args:
        path: The weights file.
        card: Its card.

    Raises:
        ModelFileError: no model of ours, damaged, changed, or not finite.
    """
    try:
        tensors: dict[str, NDArray[np.generic]] = load(path.read_bytes())
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(
            f"{path.name} is damaged or no model file ({error}).",
            "Copy it again, or choose another model; labels are as they were.",
        ) from error
    if tensor_hash(tensors) != card.model_id:
        raise ModelFileError(
            f"{path.name} is not the file that its card describes (its hash differs).",
            "Copy both files of the model again.",
        )
    problem = broken(tensors)
    if problem:
        raise ModelFileError(f"{path.name} cannot be used: {problem}.", "Choose another model.")
    return tensors


def misfit(path: Path) -> ModelFileError:
    """The error of tensors that are not those of the network that their card describes."""
    return ModelFileError(
        f"{path.name} does not fit the network that its card describes.",
        "Copy both files of the model again.",
    )


def tensor_hash(tensors: Tensors) -> str:
    """SHA-256 over names, types, shapes and bytes of all tensors, hexadecimal."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = np.ascontiguousarray(tensors[name])
        # As torch calls the types, which wrote the first of these files.
        digest.update(f"{name}:torch.{tensor.dtype}:{tensors[name].shape}:".encode())
        digest.update(tensor.tobytes())
    return digest.hexdigest()


def broken(tensors: Tensors) -> str | None:
    """Why weights cannot be used, or None: training that met NaN leaves files full of zeros."""
    floats = {name: array for name, array in tensors.items() if array.dtype.kind == "f"}
    for name, array in floats.items():
        if not np.isfinite(array).all():
            return f"{name} has values that are not finite numbers"
    if not any(array.any() for array in floats.values()):
        return "all weights are zero"
    return None
