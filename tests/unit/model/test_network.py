"""The whole network: every image of a batch has its own kernels, in every implementation."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch

from dynseg.model.checkpoint import load
from dynseg.model.dynamic_conv import DynamicConv2d, Router
from dynseg_resources import starter_model


@pytest.fixture(scope="module")
def routed() -> Any:
    """The starter with routers that tell images apart, as after training."""
    model, _ = load(starter_model())
    torch.manual_seed(5)
    for module in model.modules():
        if isinstance(module, Router):
            torch.nn.init.normal_(module.fc2.weight, std=0.7)
        if isinstance(module, DynamicConv2d):
            with torch.no_grad():
                spread = 0.3 * module.weight.std()
                module.weight.add_(torch.randn_like(module.weight) * spread)
    return model.eval()


@pytest.fixture(scope="module")
def pictures() -> torch.Tensor:
    """`(4, 3, 96, 96)` of different content: equal content would hide a shared kernel."""
    torch.manual_seed(9)
    coarse = torch.rand(4, 3, 6, 6) * torch.tensor([0.2, 1.0, 0.5, 1.0]).view(4, 1, 1, 1)
    coarse[3] = (coarse[3] > 0.5).float()
    return torch.nn.functional.interpolate(coarse, size=96, mode="nearest")


def test_batch_and_single_agree_although_kernels_differ(
    routed: Any, pictures: torch.Tensor
) -> None:
    alphas: list[torch.Tensor] = []
    hooks = [
        module.register_forward_hook(lambda _m, _i, alpha: alphas.append(alpha))
        for module in routed.modules()
        if isinstance(module, Router)
    ]
    with torch.inference_mode():
        together = routed(pictures)[0]
        for hook in hooks:
            hook.remove()
        apart = [routed(picture[None])[0] for picture in pictures]
    assert max(float(alpha.std(0).max()) for alpha in alphas) > 0.05
    scale = together[0].abs().max()
    for index, single in enumerate(apart):
        for whole, one in zip(together, single, strict=True):
            assert (whole[index] - one[0]).abs().max() <= 1e-4 * scale


def test_mixing_outputs_and_channels_last_give_the_same(
    routed: Any, pictures: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with torch.inference_mode():
        wanted = routed(pictures)[0][0]
        last = copy.deepcopy(routed).to(memory_format=torch.channels_last)
        found = last(pictures.contiguous(memory_format=torch.channels_last))[0][0]
        assert (found - wanted).abs().max() <= 1e-4 * wanted.abs().max()
        monkeypatch.setattr(DynamicConv2d, "mixes_outputs", True)
        mixed = routed(pictures)[0][0]
    assert (mixed - wanted).abs().max() <= 1e-4 * wanted.abs().max()


def test_fused_network_answers_the_same(routed: Any, pictures: torch.Tensor) -> None:
    with torch.inference_mode():
        wanted = routed(pictures)[0][0]
        fused = copy.deepcopy(routed).fuse(verbose=False)
        found = fused(pictures)[0][0]
    assert fused.is_fused()
    assert (found - wanted).abs().max() <= 1e-4 * wanted.abs().max()
