"""New classes get a head start: their weights are solved for instead of learned.

The features before the last class layer of the starting network already tell kinds of things
apart. A ridge regression from the features at the labelled objects to their classes gives rows for
that layer in one step (weight imprinting: Qi et al., "Low-Shot Learning with Imprinted Weights",
CVPR 2018), so that the first proposals of a new class come before its first training step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dynseg.training.live.augment import PictureMaker
from dynseg.training.live.example import Example

MARGIN = 4.0
"""Logits that part an object's own class from the others."""
RIDGE = 0.15
"""Pull of the solution towards zero, over the mean variance of the features."""
SILENCE = 6.0
"""Taken off the logits of a class of which nothing was labelled yet."""
MOST_EXAMPLES = 48
"""Images looked at."""
_POINTS = 3
"""Places looked at on one object and level."""


def imprint(
    model: nn.Module,
    examples: Sequence[Example],
    *,
    size: int,
    new: Sequence[int] | None = None,
    margin: float = MARGIN,
    ridge: float = RIDGE,
) -> None:
    """Solve for the last class layer of the network, in place.

    Args:
        model: The network; its class rows are those of the starting network or near them.
        examples: Labelled images of the classes; the last ones count when there are many.
        size: Side of the pictures, pixels.
        new: Classes to solve for; all when None. The rows of other classes stay; a class of
            which there is no object yet keeps still.
        margin: Logits between an object's own class and the others.
        ridge: Pull towards zero.
    """
    found = _features(model, examples[-MOST_EXAMPLES:], size)
    head: Any = model.model[-1]  # type: ignore[index]
    for level, branch in enumerate(head.cv3):
        features, labels = found[level]
        layer = branch[-1]
        wanted = range(layer.out_channels) if new is None else new
        if len(features) < 2:
            continue
        _solve(layer, features, labels, wanted, margin=margin, ridge=ridge)


@torch.no_grad()
def _solve(
    layer: nn.Conv2d,
    features: Tensor,
    labels: Tensor,
    wanted: Sequence[int] | range,
    *,
    margin: float,
    ridge: float,
) -> None:
    classes = layer.out_channels
    counts = torch.bincount(labels, minlength=classes)
    seen = counts.nonzero().flatten().tolist()
    weight = (1 / counts.clamp(min=1).double())[labels]  # every class counts the same
    weight /= weight.sum()
    x = features.double()
    mean = (weight[:, None] * x).sum(0)
    x = x - mean
    # An object keeps its score in its own class and loses the margin in the others.
    target = torch.full((len(x), classes), -margin, dtype=torch.float64)
    target[torch.arange(len(x)), labels] = 0.0
    level = (weight[:, None] * target).sum(0)
    gram = (x * weight[:, None]).T @ x
    gram += ridge * gram.diagonal().mean().clamp(min=1e-9) * torch.eye(len(gram)).double()
    solution = torch.linalg.solve(gram, (x * weight[:, None]).T @ (target - level)).T
    own = (x * solution[labels]).sum(1) + level[labels]
    level = level - (weight * own).sum()  # what the ridge took from the own class
    base_weight = layer.weight[seen].mean(0)
    base_bias = layer.bias[seen].mean(0)  # type: ignore[index]
    for index in wanted:
        layer.weight[index] = base_weight
        layer.bias[index] = base_bias  # type: ignore[index]
        if index in seen:
            row = solution[index]
            layer.weight[index, :, 0, 0] += row.to(layer.weight)
            layer.bias[index] += float(level[index] - row @ mean)  # type: ignore[index]
        else:
            layer.bias[index] -= SILENCE  # type: ignore[index]


@torch.no_grad()
def _features(
    model: nn.Module, examples: Sequence[Example], size: int
) -> list[tuple[Tensor, Tensor]]:
    """For every level the features before its last class layer at labelled objects, with labels.

    The places are those inside an object's mask that the network holds most likely to be one.
    """
    head: Any = model.model[-1]  # type: ignore[index]
    was_training = model.training
    model.eval()
    caught: dict[int, Tensor] = {}
    hooks = [
        branch[-1].register_forward_hook(
            lambda _, inputs, __, level=level: caught.__setitem__(level, inputs[0])
        )
        for level, branch in enumerate(head.cv3)
    ]
    features: list[list[Tensor]] = [[] for _ in head.cv3]
    labels: list[list[Tensor]] = [[] for _ in head.cv3]
    maker = PictureMaker(size)
    device = next(model.parameters()).device
    try:
        for example in examples:
            picture = maker.plain(example)
            image = torch.from_numpy(picture.pixels).permute(2, 0, 1)[None].float() / 255
            model(image.to(device))
            for level, branch in enumerate(head.cv3):
                values = caught[level][0].float()
                scores = branch[-1](caught[level])[0].float().mean(0).flatten().cpu()
                grid = _at(picture.mask, tuple(values.shape[1:]))
                flat = values.flatten(1).T.cpu()
                for number, label in enumerate(picture.labels.tolist(), 1):
                    places = torch.nonzero(grid == number).flatten()
                    if len(places):
                        best = places[scores[places].argsort(descending=True)[:_POINTS]]
                        features[level].append(flat[best])
                        labels[level].append(torch.full((len(best),), label))
    finally:
        for hook in hooks:
            hook.remove()
        model.train(was_training)
    empty = (torch.zeros(0, 1), torch.zeros(0, dtype=torch.long))
    return [
        (torch.cat(f), torch.cat(c)) if f else empty for f, c in zip(features, labels, strict=True)
    ]


def _at(mask: np.ndarray, shape: tuple[int, ...]) -> Tensor:
    """The number of the object under the middle of each cell of a grid, row by row."""
    rows = ((np.arange(shape[0]) + 0.5) * mask.shape[0] / shape[0]).astype(int)
    columns = ((np.arange(shape[1]) + 0.5) * mask.shape[1] / shape[1]).astype(int)
    return torch.from_numpy(mask[np.ix_(rows, columns)].astype(np.int64)).flatten()
