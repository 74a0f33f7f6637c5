"""What becomes of a run whose network turned out worse than the model that it began with."""

from __future__ import annotations

import copy

import torch
from torch import nn


@torch.no_grad()
def half_way(learned: nn.Module, start: nn.Module) -> nn.Module:
    """The mean of a network and of the one that it was made from.

    What the start knew and what was learned stay alive in it, where both lie in one valley
    (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
    """
    mean = copy.deepcopy(learned)
    ours, theirs = mean.state_dict(), start.state_dict()
    for name, value in ours.items():
        if value.is_floating_point():
            value.lerp_(theirs[name].to(value), 0.5)
    return mean
