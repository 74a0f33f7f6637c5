"""What dynamic heads cost beside the plain one, in parameters, work and time."""

from __future__ import annotations

import copy
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from dynseg.model.build import build, parameter_count, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.flops import count_flops
from dynseg.model.head import BRANCHES
from dynseg.progress import CancelToken

CLASSES = 80
BATCH = 4


@dataclass(frozen=True, slots=True)
class CostRow:
    """One dynamic network over the plain one of the same scale; ratios, measured in turn.

    Attributes:
        params_x, flops_x: Parameters and FLOPs (torch's counter, one image).
        latency_x: Median over rounds of the time of one image over that of the plain network.
        throughput_x: The same for images a second in a batch.
        plain_ms: Median time of one image in the plain network.
    """

    scale: str
    placement: str
    experts: int
    params_x: float
    flops_x: float
    latency_x: float
    throughput_x: float
    plain_ms: float


def measure_costs(
    *,
    scales: tuple[str, ...],
    experts: int,
    image_size: int,
    rounds: int,
    device: str = "cpu",
    cancel: CancelToken | None = None,
) -> Iterator[CostRow]:
    """Rows for each scale and placement, as they are measured.

    Weights are random and both networks are fused, in float32 on a CPU and in half precision on a
    GPU. Plain and dynamic take turns within a round, so that a busy machine hits both.

    Args:
        scales: Of n, s, m, l, x.
        experts: Experts of each dynamic convolution.
        image_size: Side of the images, pixels.
        rounds: Measurements of each.
        device: A torch device.
        cancel: Asked between networks.
    """
    torch.manual_seed(0)
    for scale in scales:
        card = ModelCard(
            name="plain", scale=scale, head="plain", experts=1, classes=["?"] * CLASSES
        )
        plain = build(card).eval()
        base = parameter_count(plain), count_flops(plain, image_size=image_size)
        for placement in BRANCHES:
            if cancel is not None:
                cancel.check()
            dynamic: Any = upcycle(plain, placement=placement, experts=experts).eval()
            params = parameter_count(dynamic)
            flops = count_flops(dynamic, image_size=image_size)
            pair = _ready(plain, device), _ready(dynamic, device)
            alone = _times(pair, _images(1, image_size, pair[0]), rounds)
            batched = _times(pair, _images(BATCH, image_size, pair[0]), max(3, rounds // 3))
            yield CostRow(
                scale=scale,
                placement=placement,
                experts=experts,
                params_x=params / base[0],
                flops_x=flops / base[1],
                latency_x=statistics.median(d / p for p, d in alone),
                throughput_x=statistics.median(p / d for p, d in batched),
                plain_ms=1000 * statistics.median(p for p, _ in alone),
            )


def _ready(model: nn.Module, device: str) -> nn.Module:
    network: Any = copy.deepcopy(model)
    network.fuse(verbose=False)
    network = network.to(device, memory_format=torch.channels_last)
    ready: nn.Module = network.half() if device != "cpu" else network
    return ready


def _images(count: int, side: int, network: nn.Module) -> Tensor:
    like = next(network.parameters())
    images = torch.rand(count, 3, side, side, dtype=like.dtype, device=like.device)
    return images.contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def _times(
    pair: tuple[nn.Module, nn.Module], images: Tensor, rounds: int
) -> list[tuple[float, float]]:
    """Seconds of both networks, round by round, after one round that does not count."""
    found = [(_timed(pair[0], images), _timed(pair[1], images)) for _ in range(rounds + 1)]
    return found[1:]


def _timed(network: nn.Module, images: Tensor) -> float:
    began_s = time.perf_counter()
    network(images)
    if images.is_cuda:
        torch.cuda.synchronize()
    return time.perf_counter() - began_s
