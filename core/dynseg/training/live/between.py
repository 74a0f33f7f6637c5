"""What proposes while little was learned: a network between the start and what was learned.

Two images say little. A network that learned from them alone finds fewer objects of other images,
with worse outlines, than the one that it began from: it took what these two have in common for what
objects are. Weights halfway between both keep what the start knew and have most of what was learned
(Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022). The share of the start falls
with every image.

Scores of such a network are too low: features and the rows that read them are no longer made for
each other. They are lifted until those of known objects lie between the two as the weights do.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn

from dynseg.model.card import ModelCard
from dynseg.training.live.at_objects import levels_at_objects
from dynseg.training.live.example import Example, telling_parts
from dynseg.training.live.imprint import imprint
from dynseg.training.start_weights import as_called_now, fit_classes

START_IMAGES = 0.75
"""The start counts as so many images."""
_ALL_LEARNED = 0.98
"""From this share on what was learned proposes alone."""
_LOOKED_AT = 4
"""Newest images on which scores are compared."""


def learned_share(images: int, *, start_images: float = START_IMAGES) -> float:
    """Share of what was learned in the network that proposes, 0 to 1.

    Args:
        images: Number of images learned from, at least one.
        start_images: As how many more the start counts.
    """
    return images / (images + start_images)


class Start:
    """The network that learning began from, fitted to the classes of now; it never learns.

    Args:
        parent: The network, not fused.
        card: Its card.
        seed: Seed of the noise that sets new classes apart.
        device: Where it computes.
    """

    def __init__(
        self, parent: nn.Module, card: ModelCard, *, seed: int, device: torch.device
    ) -> None:
        self._parent = parent
        self._card = card
        self._seed = seed
        self._device = device
        self.network: nn.Module | None = None
        """In eval mode; None until it met objects of the classes."""

    def rename_classes(self, renamed: Mapping[str, str]) -> None:
        """Call classes what the project calls them now; see `as_called_now`."""
        self._card = as_called_now(self._card, renamed)

    def meet(self, examples: Sequence[Example], classes: Sequence[str], *, size: int) -> None:
        """Solve for the classes that the parent does not know, from all that is labelled.

        Args:
            examples: All that is known now.
            classes: Names of the project's classes by index.
            size: Longer side of the input, pixels.
        """
        fitted = fit_classes(self._parent, self._card, list(classes), seed=self._seed)
        network = fitted.model.to(self._device).eval().requires_grad_(False)
        unknown = [index for index, name in enumerate(classes) if name not in fitted.known]
        if unknown:
            imprint(network, examples, size=size, new=unknown)
        self.network = network


def between(
    start: nn.Module,
    learned: nn.Module,
    examples: Sequence[Example],
    *,
    size: int,
    start_images: float = START_IMAGES,
) -> nn.Module:
    """A network between two of the same shape, the nearer to the second the more it learned from.

    Args:
        start: What learning began from, in eval mode.
        learned: What came of it, in eval mode.
        examples: What it learned from, the newest last; at least one.
        size: Longer side of the input, pixels.
        start_images: As how many images the start counts.

    Returns:
        A network of its own, in eval mode; `learned` itself where the start counts no more.
    """
    share = learned_share(len(examples), start_images=start_images)
    if share >= _ALL_LEARNED:
        return learned
    result = copy.deepcopy(learned)
    state, began = result.state_dict(), start.state_dict()
    floats = [name for name, value in state.items() if value.is_floating_point()]
    torch._foreach_lerp_(
        [state[name] for name in floats], [began[name] for name in floats], 1 - share
    )
    parts = [part for example in examples[-_LOOKED_AT:] for part in telling_parts(example)]
    low, high, reached = (
        mean_own_logit(network, parts, size=size) for network in (start, learned, result)
    )
    if low is not None and high is not None and reached is not None:
        _lift(result, (1 - share) * low + share * high - reached)
    return result


def mean_own_logit(model: nn.Module, examples: Sequence[Example], *, size: int) -> float | None:
    """How sure a network is of known objects.

    Args:
        model: Not fused.
        examples: Labelled images.
        size: Longer side of the input, pixels.

    Returns:
        Mean over objects of the highest logit of the object's own class in any cell that it
        covers; None where no object covers one.
    """
    found: list[float] = []
    for picture, levels in levels_at_objects(model, examples, size=size):
        for number, label in enumerate(picture.labels.tolist(), 1):
            own = torch.cat([level.logits[level.numbers == number, label] for level in levels])
            if len(own):
                found.append(float(own.max()))
    return sum(found) / len(found) if found else None


@torch.no_grad()
def _lift(model: nn.Module, logits: float) -> None:
    """Raise the scores of all classes alike."""
    head: Any = model.model[-1]  # type: ignore[index]
    for branch in head.cv3:
        branch[-1].bias += logits
