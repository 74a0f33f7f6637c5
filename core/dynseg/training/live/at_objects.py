"""What a network makes of labelled objects: features and scores where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dynseg.training.live.augment import Picture, PictureMaker
from dynseg.training.live.example import Example


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One of the grids on which the network looks for objects, cell by cell, row by row.

    Attributes:
        features: `(cells, channels)` float32: what the last class layer sees.
        logits: `(cells, classes)` float32: what it says.
        numbers: `(cells,)` int64 number of the object under the middle of a cell, from 1, 0 for
            none.
    """

    features: Tensor
    logits: Tensor
    numbers: Tensor


@torch.no_grad()
def levels_at_objects(
    model: nn.Module, examples: Sequence[Example], *, size: int
) -> Iterator[tuple[Picture, list[Level]]]:
    """Show a network images as it sees them when it proposes.

    Args:
        model: Not fused; it is left in the mode in which it was.
        examples: Labelled images.
        size: Side of the network's input, pixels.

    Yields:
        Each image with its objects, and all levels from the finest to the coarsest, on the CPU.
    """
    head: Any = model.model[-1]  # type: ignore[index]
    was_training = model.training
    model.eval()
    caught: dict[int, tuple[Tensor, Tensor]] = {}
    hooks = [
        branch[-1].register_forward_hook(
            lambda _, inputs, output, level=level: caught.__setitem__(level, (inputs[0], output))
        )
        for level, branch in enumerate(head.cv3)
    ]
    maker = PictureMaker(size)
    device = next(model.parameters()).device
    try:
        for example in examples:
            picture = maker.plain(example)
            image = torch.from_numpy(picture.pixels).permute(2, 0, 1)[None].float() / 255
            model(image.to(device))
            yield picture, [_level(*caught[index], picture) for index in range(len(head.cv3))]
    finally:
        for hook in hooks:
            hook.remove()
        model.train(was_training)


def _level(features: Tensor, logits: Tensor, picture: Picture) -> Level:
    rows, columns = features.shape[-2:]
    return Level(
        features[0].float().flatten(1).T.cpu(),
        logits[0].float().flatten(1).T.cpu(),
        _numbers(picture.mask, rows, columns),
    )


def _numbers(mask: np.ndarray, rows: int, columns: int) -> Tensor:
    """The number of the object under the middle of each cell of a grid, row by row."""
    y = ((np.arange(rows) + 0.5) * mask.shape[0] / rows).astype(int)
    x = ((np.arange(columns) + 0.5) * mask.shape[1] / columns).astype(int)
    return torch.from_numpy(mask[np.ix_(y, x)].astype(np.int64)).flatten()
