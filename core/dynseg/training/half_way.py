"""What becomes of a run whose network turned out worse than the model that it began with."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import nn

from dynseg.training.promotion import TOLERANCE


def is_taken(began: float, learned: float, mean: float) -> bool:
    """Whether the mean stands for what was learned: that became worse, and the mean less so.

    Args:
        began: Mask mAP50-95 of what the run began with.
        learned: The same of what was learned.
        mean: The same of the mean of both.
    """
    return learned < began - TOLERANCE and mean > learned


def remark(map50_95: float) -> str:
    """That the mean stands for what was learned, for the log of the run.

    Args:
        map50_95: Mask mAP50-95 of what was learned.
    """
    return (
        "What was learned is worse than what it began with "
        f"(mAP50-95 {map50_95:.3f}): the mean of both is kept."
    )


@torch.no_grad()
def mean_of(networks: Sequence[nn.Module]) -> nn.Module:
    """The mean of networks that were made from the same one.

    Args:
        networks: At least one; the first may be changed.
    """
    mean = networks[0]
    states = [network.state_dict() for network in networks]
    for name, value in states[0].items():
        if value.is_floating_point():
            value.copy_(torch.stack([state[name].to(value) for state in states]).mean(0))
    return mean


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
