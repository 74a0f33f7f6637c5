"""What weights have to pass before anybody sees their proposals."""

from __future__ import annotations

import copy
from pathlib import Path

import msgspec
from torch import nn

from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import broken, save
from dynseg.model.probe import probe_network
from dynseg.training.live.batches import Memory
from dynseg.training.live.example import Example
from dynseg.training.live.folder import LiveFolder
from dynseg.training.live.quality import quality

GUARDS = 4
"""Images that a new version is held against."""
SPARE_GUARDS = 4 * GUARDS
"""So many of the validation split stay in memory, the newest: some may be opened again."""
TOLERANCE = 0.05
"""Loss of quality that still counts as "not worse": a few images are a small sample."""


class RefusedError(ModelFileError):
    """Weights that are broken, or worse than those in use."""


class Gate:
    """Hands out weights that are sound and not worse than those in use.

    Args:
        folder: Where they go.
        memory: Images that are learned from.
    """

    def __init__(self, folder: LiveFolder, memory: Memory) -> None:
        self._folder = folder
        self._memory = memory
        self._guards: dict[int, Example] = {}
        self._in_use: nn.Module | None = None

    @property
    def in_use(self) -> nn.Module | None:
        """What passed last; None before the first and after another set of classes."""
        return self._in_use

    def add_guard(self, example: Example) -> None:
        """An image of the fixed validation split: it measures and is never learned from."""
        self._guards.pop(example.image_id, None)
        self._guards[example.image_id] = example
        while len(self._guards) > SPARE_GUARDS:
            del self._guards[next(iter(self._guards))]

    def drop_guard(self, image_id: int) -> None:
        """Such an image is no longer reviewed."""
        self._guards.pop(image_id, None)

    def forget(self) -> None:
        """The classes are other ones now: there is nothing to compare with."""
        self._in_use = None

    def pass_on(
        self, model: nn.Module, card: ModelCard, size: int
    ) -> tuple[Path, ModelCard, float]:
        """Check weights and write them.

        Args:
            model: The network, not fused, in eval mode; it is copied.
            card: Its card; name and id are filled in.
            size: Longer side of its input, pixels.

        Returns:
            The file, its card, and the quality on images that it was held against.

        Raises:
            ModelFileError: the weights must not be used; nothing was written. `RefusedError` where
                they are worse than those in use.
            OSError: the disk is full; the version before stays.
        """
        reached = self._checked(model, card, size)
        path = self._folder.next()
        written = save(model, msgspec.structs.replace(card, name=path.stem), path)
        self._in_use = copy.deepcopy(model)
        self._folder.forget_old()
        return path, written, reached

    def _checked(self, model: nn.Module, card: ModelCard, size: int) -> float:
        """The quality of weights that may be used."""
        problem = broken(dict(model.state_dict()))
        if problem:
            raise RefusedError(f"The newest weights are not used: {problem}.")
        probe_network(model, card.name)
        guards = self._chosen()
        if not guards:
            return 0.0
        reached = quality(model, guards, size=size)
        # Both see the same images: those of the last time may have been others.
        before = quality(self._in_use, guards, size=size) if self._in_use is not None else 0.0
        if reached < before - TOLERANCE:
            raise RefusedError(
                f"The newest weights are not used: quality {reached:.2f} after {before:.2f} on the "
                "same images."
            )
        return reached

    def _chosen(self) -> list[Example]:
        """Images never learned from if there are enough, else the newest."""
        guards = list(self._guards.values())
        if len(guards) < GUARDS:
            guards = [*self._memory.all()[len(guards) - GUARDS :], *guards]
        return guards[-GUARDS:]
