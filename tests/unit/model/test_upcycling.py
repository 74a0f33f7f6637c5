"""A dynamic network made from a plain one predicts what the plain one predicts, on photographs."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from dynseg.images.decode import decode
from dynseg.model.build import build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.head import BRANCHES
from dynseg_resources import sample_project

SIDE = 320


@pytest.fixture(scope="module")
def photos(request: pytest.FixtureRequest) -> torch.Tensor:
    """`(8, 3, SIDE, SIDE)`: photographs where the real sets are there, else those of the sample."""
    folder = Path(sample_project()) / "images"
    shared = request.getfixturevalue("shared_data") / "food-tray" / "yolo" / "images" / "val"
    files = sorted((shared if shared.is_dir() else folder).iterdir())[:8]
    pixels = [
        cv2.resize(decode(file).pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        for file in files
    ]
    return torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() / 255


def settled(scale: str, photos: torch.Tensor) -> Any:
    """A plain network whose norms know photographs, as after training."""
    torch.manual_seed(3)
    card = ModelCard(name="p", scale=scale, head="plain", experts=1, classes=["a", "b", "c"])
    model = build(card)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None
    with torch.no_grad():
        model.train()(photos)
    return model.eval()


def largest_difference(first: Any, second: Any, photos: torch.Tensor) -> float:
    """Over boxes in pixels, scores, mask coefficients and prototypes of all photographs."""
    with torch.inference_mode():
        return max(
            float((one - other).abs().max())
            for photo in photos
            for one, other in zip(_answers(first, photo), _answers(second, photo), strict=True)
        )


def _answers(model: Any, photo: torch.Tensor) -> list[torch.Tensor]:
    predictions, raw = model(photo[None])
    tensor: torch.Tensor = predictions[0] if isinstance(predictions, tuple) else predictions
    return [tensor, raw["proto"]]


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["n", "s", "m"])
def test_upcycled_network_differs_less_than_fusing_does(scale: str, photos: torch.Tensor) -> None:
    plain = settled(scale, photos)
    bound = largest_difference(plain, copy.deepcopy(plain).fuse(verbose=False), photos)
    for placement in BRANCHES:
        dynamic = upcycle(plain, placement=placement, experts=4).eval()
        found = largest_difference(plain, dynamic, photos)
        sys.stdout.write(f"{scale} {placement}: {found:.2g}; fusing: {bound:.2g}\n")
        assert found <= bound
