"""A moving average of the weights: what is shown to the user, calmer than the network itself."""

from __future__ import annotations

import copy

import torch
from torch import nn

HORIZON = 0.98
"""Highest share that the average keeps at each step: it looks back about 50 steps."""


_REMEMBERED = 45
"""Steps that count as made after the classes have changed: the average then looks back ten steps,
and fifty again before long. With all of them, weights of which the new class knows nothing yet
would be shown too long: on food-tray at 160 px, quality .66 instead of .63 after 40 steps (four
draws)."""


class Average:
    """Follows a network that learns.

    Args:
        model: The network.
        horizon: Highest share that is kept at each step.
    """

    def __init__(self, model: nn.Module, *, horizon: float = HORIZON) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self._horizon = horizon
        self._steps = 0

    def become(self, model: nn.Module) -> None:
        """Go on as another network of the same kind, a little faster at first.

        Args:
            model: What was averaged so far, for other classes; taken over as it is.
        """
        self.model = model.eval().requires_grad_(False)
        self._steps = min(self._steps, _REMEMBERED)

    @torch.no_grad()
    def follow(self, model: nn.Module) -> None:
        """Move towards the network; the first steps count less the further it gets."""
        self._steps += 1
        kept = min(self._horizon, self._steps / (self._steps + 5))
        ours, theirs = self.model.state_dict(), model.state_dict()
        floats = [name for name, value in ours.items() if value.is_floating_point()]
        torch._foreach_lerp_(
            [ours[name] for name in floats], [theirs[name] for name in floats], 1 - kept
        )
        for name in ours.keys() - set(floats):
            ours[name].copy_(theirs[name])
