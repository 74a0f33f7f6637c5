"""The network of a recognised checkpoint: built from our table, filled with the file's numbers.

Keys and shapes must match to the last one, the numbers must be finite, and it must answer two
images.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from dynseg.errors import ModelFileError
from dynseg.model.build import build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import broken, save
from dynseg.model.head import BRANCHES
from dynseg.model.inert import InertFile, TensorNote
from dynseg.model.probe import probe_network
from dynseg.model.recognise import Recognised

_OTHER = "Choose another model; nothing was changed."


def rebuild(
    file: InertFile, found: Recognised, target: Path, *, placement: str | None, experts: int
) -> ModelCard:
    """Write the network of a checkpoint as a model file.

    Args:
        file: The open checkpoint.
        found: What it was recognised as.
        target: A `.safetensors` path.
        placement: Make a plain network dynamic; None leaves it as it is.
        experts: Experts of each dynamic convolution then.

    Raises:
        ModelFileError: keys, shapes or numbers are not those of such a network.
        OSError: the disk is full.
    """
    card = found.card
    model = build(card)
    check_shapes(model, found.notes, card.name)
    state = {name: tensor_of(file, note) for name, note in found.notes.items()}
    problem = broken(state)
    if problem:
        raise ModelFileError(f"{card.name} cannot be used: {problem}.", _OTHER)
    model.load_state_dict(state, strict=True)
    half = all(t.dtype == torch.float16 for t in state.values() if t.is_floating_point())
    if placement is not None and card.head == "plain":
        if placement not in BRANCHES:
            raise ModelFileError(f"No head has the placement {placement!r}.", "Use mask or all.")
        model = upcycle(model, placement=placement, experts=experts)
        card = msgspec.structs.replace(card, head="dynamic", placement=placement, experts=experts)
    probe_network(model.float().eval(), card.name)
    return save(model, card, target, half=half)


def check_shapes(model: nn.Module, notes: dict[str, TensorNote], name: str) -> None:
    """Compare names and shapes of weights before a single number is read.

    Raises:
        ModelFileError: they differ.
    """
    wanted = {key: tuple(tensor.shape) for key, tensor in model.state_dict().items()}
    given = {key: note.shape for key, note in notes.items()}
    different = [key for key in wanted if given.get(key) != wanted[key]]
    different += [key for key in given if key not in wanted]
    if different:
        fused = not any(".bn." in key for key in given)
        why = "its batch norms were folded" if fused else f"{different[0][:80]} does not fit"
        raise ModelFileError(
            f"{name} is no YOLO11 segmentation network that is known here ({why}).",
            "Choose the checkpoint that training wrote (best.pt), not a converted one.",
        )


def tensor_of(file: InertFile, note: TensorNote) -> Tensor:
    """The numbers of a tensor, copied out of the file."""
    dtype = getattr(torch, note.dtype)
    if not note.count:
        return torch.empty(note.shape, dtype=dtype)
    flat = torch.frombuffer(bytearray(file.numbers(note)), dtype=dtype)
    return torch.as_strided(flat, note.shape, note.stride, note.offset).clone()
