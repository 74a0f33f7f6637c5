"""The network that a run starts from: the parent's weights, fitted to the project's classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import torch
from torch import Tensor, nn

from dynseg.model.build import build
from dynseg.model.card import ModelCard

NOISE = 0.01
"""Standard deviation that sets new classes apart, over that of the row they start from."""


@dataclass(frozen=True, slots=True)
class StartNetwork:
    """A network that is ready to learn.

    Attributes:
        model: In training mode, float32.
        card: Its shape and classes; metrics and names are still to be filled in.
        known: Classes that the parent knew by name and that keep their weights.
    """

    model: nn.Module
    card: ModelCard
    known: tuple[str, ...]


def class_sources(parent: ModelCard, classes: Sequence[str]) -> list[int | None]:
    """For each class the parent's class of the same name, None for new ones.

    Names are compared without case and outer spaces. The one class of a class-agnostic parent
    means nothing and matches no name.
    """
    if parent.class_agnostic:
        return [None] * len(classes)
    known = {folded(name): index for index, name in enumerate(parent.classes)}
    return [known.get(folded(name)) for name in classes]


def folded(name: str) -> str:
    """A name of a class as it is compared."""
    return name.strip().casefold()


def as_called_now(card: ModelCard, renamed: Mapping[str, str]) -> ModelCard:
    """A card with the names that its classes have in the project by now.

    Args:
        card: Of a model that was trained before classes were renamed or merged.
        renamed: Names that mean no class any more, folded, and what that class is called now.
    """
    classes = [renamed.get(folded(name), name) for name in card.classes]
    return card if card.class_agnostic else msgspec.structs.replace(card, classes=classes)


def fit_classes(
    parent: nn.Module, card: ModelCard, classes: Sequence[str], *, seed: int = 0
) -> StartNetwork:
    """A network for the project's classes that knows what the parent knows.

    Everything but the class branch is taken over. Classes of the same name keep their weights;
    a new class starts from the mean of all of the parent's classes, which already tells objects
    from background, so that only the difference between classes has to be learned.

    Args:
        parent: The parent's network, not fused, on any device.
        card: The parent's card.
        classes: Names of the project's classes by index.
        seed: Seed of the noise that sets new classes apart.

    Returns:
        A network on the CPU, with the same noise wherever the parent was.
    """
    sources = class_sources(card, classes)
    new_card = msgspec.structs.replace(
        card,
        classes=list(classes),
        class_agnostic=False,
        outline_size=0,
        parent=card.model_id,
        model_id="",
        metrics={},
        snapshot=None,
    )
    torch.manual_seed(seed)
    model = build(new_card)
    rows = class_row_names(model)
    old = {name: tensor.cpu() for name, tensor in parent.state_dict().items()}
    state = model.state_dict()
    with torch.no_grad():
        for name, tensor in state.items():
            if name in rows:
                tensor.copy_(_class_rows(old[name], sources, tensor))
            else:
                _take_over(old[name], tensor)
    known = tuple(n for n, source in zip(classes, sources, strict=True) if source is not None)
    return StartNetwork(model.float().train(), new_card, known)


def class_row_names(model: nn.Module) -> set[str]:
    """Names of the tensors that have one row for each class."""
    head = len(model.model) - 1  # type: ignore[arg-type]
    branch = model.model[-1].cv3  # type: ignore[index, union-attr]
    return {
        f"model.{head}.cv3.{level}.{len(layers) - 1}.{kind}"
        for level, layers in enumerate(branch)
        for kind in ("weight", "bias")
    }


def _class_rows(old: Tensor, sources: Sequence[int | None], like: Tensor) -> Tensor:
    rows = old.float()
    mean = rows.mean(0)
    new = torch.stack([mean if source is None else rows[source] for source in sources])
    if new.ndim > 1:
        spread = NOISE * mean.std()
        for index, source in enumerate(sources):
            if source is None:
                new[index] += torch.randn_like(mean) * spread
    return _fitted(new, like)


def _fitted(values: Tensor, like: Tensor) -> Tensor:
    result = torch.zeros_like(like)
    _take_over(values, result)
    return result


def _take_over(old: Tensor, new: Tensor) -> None:
    """Copy where both have values: the class branch is wider when there are many classes."""
    if old.shape == new.shape:
        new.copy_(old)
    else:
        both = tuple(slice(min(a, b)) for a, b in zip(old.shape, new.shape, strict=True))
        new[both] = old[both].to(new.dtype)
