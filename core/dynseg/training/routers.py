"""Whether the routers of dynamic convolutions use all of their experts."""

from __future__ import annotations

from functools import partial
from typing import Any

from torch import Tensor, nn

from dynseg.model.dynamic_conv import Router, routing_entropy

COLLAPSED = 0.05
"""Entropy over its maximum below which a router counts as collapsed to one expert."""


def router_parameters(model: nn.Module) -> set[int]:
    """Identities of all parameters of routers."""
    return {
        id(parameter)
        for module in model.modules()
        if isinstance(module, Router)
        for parameter in module.parameters()
    }


class RouterWatch:
    """Remembers what each router last answered in training.

    Args:
        model: The network in training.
    """

    def __init__(self, model: nn.Module) -> None:
        self._last: dict[str, Tensor] = {}
        self._warned: set[str] = set()
        for name, module in model.named_modules():
            if isinstance(module, Router):
                module.register_forward_hook(partial(self._remember, name))

    def _remember(self, name: str, module: nn.Module, _: Any, alpha: Tensor) -> None:
        if module.training:
            self._last[name] = alpha.detach()

    def entropies(self) -> dict[str, float]:
        """Entropy over its maximum of every router's last answers."""
        return {name: routing_entropy(alpha.float()) for name, alpha in self._last.items()}

    def lowest_entropy(self) -> float | None:
        """The lowest of them, None without routers."""
        return min(self.entropies().values(), default=None)

    def newly_collapsed(self) -> list[str]:
        """Routers that have collapsed since the last call."""
        low = {name for name, value in self.entropies().items() if value < COLLAPSED}
        new = sorted(low - self._warned)
        self._warned |= low
        return new
