"""A network whose routers tell images apart, and photographs of different content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from dynseg.images.decode import decode
from dynseg.model.build import build
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.model.convert.graph import GraphShape, trace
from dynseg.model.convert.openvino import load_openvino
from dynseg.model.dynamic_conv import DynamicConv2d, Router
from dynseg_resources import sample_project, starter_model

SIDE = 160


@pytest.fixture(scope="session")
def routed() -> tuple[Any, ModelCard]:
    """The starter with routers as after long training; alike images would hide a shared kernel."""
    model, card = load(starter_model())
    torch.manual_seed(5)
    for module in model.modules():
        if isinstance(module, Router):
            torch.nn.init.normal_(module.fc2.weight, std=0.7)
        if isinstance(module, DynamicConv2d):
            with torch.no_grad():
                module.weight.add_(torch.randn_like(module.weight) * 0.1 * module.weight.std())
    return model.eval(), card


@pytest.fixture(scope="session", autouse=True)
def library_threads_started() -> None:
    """The first conversion starts threads of torch's own that live as long as the process."""
    load_openvino().convert_model(
        trace(build(ModelCard(name="x", head="plain", classes=["a"])), GraphShape(32, 32)),
        example_input=GraphShape(32, 32).example(),
    )


@pytest.fixture(scope="session")
def plain() -> tuple[Any, ModelCard]:
    card = ModelCard(name="plain", head="plain", experts=1, classes=["a", "b"])
    torch.manual_seed(2)
    return build(card).eval(), card


@pytest.fixture(scope="session")
def photos() -> torch.Tensor:
    """`(6, 3, SIDE, SIDE)` float32 RGB in [0, 1]."""
    files = sorted((Path(sample_project()) / "images").glob("*.jpg"))[:6]
    pixels = [
        cv2.resize(decode(file).pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        for file in files
    ]
    pixels[1] = 255 - pixels[1]
    pixels[3] = pixels[3] // 4
    return torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() / 255
