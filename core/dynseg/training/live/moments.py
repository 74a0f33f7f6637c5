"""What an optimizer knows of the weights that stay when the classes become other ones.

AdamW divides each step by how far gradients usually reach. Forgotten, its first steps move every
weight by the whole rate, in a direction that one batch has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from dynseg.training.start_weights import class_row_names

FIRST, SECOND = "exp_avg", "exp_avg_sq"
"""The moments as `torch.optim.AdamW` names them."""

Moments = dict[str, dict[str, Tensor]]
"""State of the optimizer by the name of the parameter."""


def moments_of(optimizer: torch.optim.Optimizer, model: nn.Module) -> Moments:
    """What an optimizer of a network knows; parameters that it never moved are left out."""
    named = {name: optimizer.state.get(parameter) for name, parameter in model.named_parameters()}
    return {name: dict(state) for name, state in named.items() if state}


def carry(
    known: Moments,
    optimizer: torch.optim.Optimizer,
    model: nn.Module,
    sources: Sequence[int | None],
) -> None:
    """Give the optimizer of a network what that of the network before knew.

    Args:
        known: Of the network before.
        optimizer: Of the network now, fresh.
        model: The network now.
        sources: For each class now its row before, None for new ones.
    """
    rows = class_row_names(model)
    learning = {id(p) for group in optimizer.param_groups for p in group["params"]}
    for name, parameter in model.named_parameters():
        old = known.get(name)
        if old is None or id(parameter) not in learning:
            continue
        first, second = old[FIRST], old[SECOND]
        if name in rows:
            first, second = _rows(first, sources, 0.0), _rows(second, sources, second.mean(0))
        optimizer.state[parameter] = {
            "step": old["step"],
            FIRST: _fitted(first, parameter, 0.0),
            SECOND: _fitted(second, parameter, float(second.mean())),
        }


def _rows(old: Tensor, sources: Sequence[int | None], new: Tensor | float) -> Tensor:
    rows = [old[at] if at is not None else torch.zeros_like(old[0]) + new for at in sources]
    return torch.stack(rows)


def _fitted(values: Tensor, parameter: Tensor, beyond: float) -> Tensor:
    """In the shape of a parameter: the class branch is wider when there are many classes."""
    result = torch.full_like(parameter, beyond)
    both = tuple(slice(min(a, b)) for a, b in zip(values.shape, parameter.shape, strict=True))
    result[both] = values[both].to(result)
    return result


@dataclass(slots=True)
class Newcomers:
    """Rows of classes that are new to a network that has learned for a while: they warm up alone.

    Attributes:
        since: Step from which on they learn.
        rows: Their indices.
        layers: Weights and biases that have a row for each class.
    """

    since: int = 0
    rows: list[int] = field(default_factory=list)
    layers: list[nn.Parameter] = field(default_factory=list)

    def begin(
        self, rows: Iterable[int], model: nn.Module, optimizer: torch.optim.Optimizer, *, step: int
    ) -> None:
        """Rows were made anew: what is known of their gradients is that of the others."""
        named: Mapping[str, nn.Parameter] = dict(model.named_parameters())
        self.layers = [named[name] for name in sorted(class_row_names(model))]
        self.rows, self.since = sorted(rows), step
        for layer in self.layers:
            state = optimizer.state.get(layer)
            others = [at for at in range(len(layer)) if at not in self.rows]
            if state and others:
                state[FIRST][self.rows] = 0.0
                state[SECOND][self.rows] = state[SECOND][others].mean(0)

    def held(self) -> list[Tensor]:
        """Their weights before a step."""
        return [layer.detach()[self.rows] for layer in self.layers]

    @torch.no_grad()
    def hold_back(self, before: Sequence[Tensor], share: float) -> None:
        """Let them take but a share of the step that was made.

        Args:
            before: From `held`.
            share: 0 to 1.
        """
        for layer, was in zip(self.layers, before, strict=True):
            layer[self.rows] = torch.lerp(was, layer[self.rows], share)
