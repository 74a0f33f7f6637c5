"""Dynamic convolution: exact upcycling, living experts, one kernel per image."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from dynseg.model.dynamic_conv import DynamicConv2d, DynamicConvBlock, routing_entropy


def plain_conv(size: int = 3, groups: int = 1) -> nn.Conv2d:
    torch.manual_seed(1)
    return nn.Conv2d(8, 12 if groups == 1 else 8, size, padding=size // 2, groups=groups)


def with_living_router(conv: DynamicConv2d) -> DynamicConv2d:
    nn.init.normal_(conv.router.fc2.weight, std=3.0)
    return conv


@pytest.mark.parametrize(("size", "groups"), [(3, 1), (1, 1), (3, 8)])
@pytest.mark.parametrize("experts", [2, 4, 8])
def test_upcycled_convolution_equals_the_plain_one(size: int, groups: int, experts: int) -> None:
    plain = plain_conv(size, groups).double()
    dynamic = DynamicConv2d(plain, experts=experts)
    x = torch.randn(3, 8, 9, 7, dtype=torch.double)
    assert torch.allclose(dynamic(x), plain(x), atol=1e-12)
    assert not torch.allclose(dynamic.weight[0], dynamic.weight[1])


@pytest.mark.parametrize(("size", "groups"), [(3, 1), (1, 1), (3, 8)])
def test_every_image_of_a_batch_gets_its_own_kernel(size: int, groups: int) -> None:
    dynamic = with_living_router(DynamicConv2d(plain_conv(size, groups))).double()
    x = torch.randn(4, 8, 9, 7, dtype=torch.double) + torch.arange(4).view(4, 1, 1, 1)
    alpha = dynamic.router(x)
    assert (alpha.std(0) > 0.01).any(), "the images must differ for the router"
    together, alone = dynamic(x), torch.cat([dynamic(x[i : i + 1]) for i in range(4)])
    assert torch.allclose(together, alone, atol=1e-12)
    dynamic.mixes_outputs = True
    assert torch.allclose(dynamic(x), alone, atol=1e-12)


def test_experts_diverge_and_the_router_learns() -> None:
    torch.manual_seed(0)
    dynamic = DynamicConv2d(plain_conv())
    target = copy.deepcopy(plain_conv())
    optimizer = torch.optim.AdamW(dynamic.parameters(), lr=1e-2)
    before = dynamic.weight.detach().std(0).mean().item()
    # Bright images want another kernel than dark ones: one kernel for all cannot fit both.
    sign = torch.tensor([1.0, -1.0, 1.0, -1.0]).view(4, 1, 1, 1)
    for _ in range(150):
        x = torch.randn(4, 8, 6, 6) + sign
        wanted = target(x) * sign
        loss = (dynamic(x) - wanted).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert dynamic.weight.detach().std(0).mean().item() > before * 2
    assert dynamic.router.fc2.weight.abs().max() > 1e-3
    assert 0 < routing_entropy(dynamic.router(torch.randn(4, 8, 6, 6))) < 1


def test_batch_norm_folds_exactly_into_every_expert() -> None:
    norm = nn.BatchNorm2d(12).double()
    assert norm.running_mean is not None
    assert norm.running_var is not None
    norm.running_mean.normal_()
    norm.running_var.uniform_(0.5, 2)
    nn.init.normal_(norm.weight)
    nn.init.normal_(norm.bias)
    conv = with_living_router(DynamicConv2d(plain_conv())).double()
    block = DynamicConvBlock(conv, norm, nn.SiLU()).eval()
    x = torch.randn(3, 8, 5, 5, dtype=torch.double)
    before = block(x)
    block.fuse()
    block.fuse()
    assert block.bn is None
    assert torch.allclose(block(x), before, atol=1e-12)


def test_channels_last_is_accepted() -> None:
    dynamic = DynamicConv2d(plain_conv()).to(memory_format=torch.channels_last)
    x = torch.randn(2, 8, 6, 6)
    assert torch.allclose(dynamic(x), dynamic(x.to(memory_format=torch.channels_last)), atol=1e-5)


def test_entropy_of_an_even_router_is_one_and_of_a_collapsed_one_is_zero() -> None:
    assert routing_entropy(torch.full((3, 4), 0.25)) == pytest.approx(1)
    assert routing_entropy(torch.eye(4)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("size", "groups"), [(3, 1), (1, 1), (3, 8)])
@pytest.mark.parametrize("images", [1, 4])
def test_experts_laid_channels_last_answer_the_same(size: int, groups: int, images: int) -> None:
    dynamic = with_living_router(DynamicConv2d(plain_conv(size, groups))).double()
    x = torch.randn(images, 8, 9, 7, dtype=torch.double).contiguous(
        memory_format=torch.channels_last
    )
    wanted = dynamic(x)
    mixed = dynamic._mix_outputs(x, dynamic.router(x))
    for _ in range(2):  # the second time changes nothing
        dynamic.lay_channels_last()
        assert torch.allclose(dynamic(x), wanted, atol=1e-12)
        assert torch.allclose(dynamic._mix_outputs(x, dynamic.router(x)), mixed, atol=1e-12)
    assert torch.allclose(mixed, wanted, atol=1e-12)
