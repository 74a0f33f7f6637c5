"""What dynamic heads cost beside the plain one, in parameters, work and time."""

from __future__ import annotations

import copy
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dynseg.errors import EngineError, InputError
from dynseg.inference.backends.backend import Backend
from dynseg.inference.backends.openvino_backend import OpenVinoBackend
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.inference.postprocess import Selection
from dynseg.model.build import build, parameter_count, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.convert.openvino import load_openvino, to_raw_openvino
from dynseg.model.flops import count_flops
from dynseg.model.head import BRANCHES
from dynseg.progress import CancelToken

CLASSES = 80
BATCH = 4
BACKENDS = ("auto", "openvino", "torch")
_SELECTION = Selection(confidence=0.9, iou=0.6, max_detections=1)
"""Random weights find nothing that is worth tracing."""

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class CostRow:
    """One dynamic network over the plain one of the same scale; ratios, measured in turn.

    Attributes:
        backend: What ran both, with its precision.
        params_x, flops_x: Parameters and FLOPs (torch's counter, one image).
        latency_x: Median over rounds of the time of one image over that of the plain network.
        throughput_x: The same for images a second, as many at a time as the backend likes.
        plain_ms: Median time of one image in the plain network.
    """

    scale: str
    placement: str
    experts: int
    backend: str
    params_x: float
    flops_x: float
    latency_x: float
    throughput_x: float
    plain_ms: float


@dataclass(frozen=True, slots=True)
class _Runner:
    """A network, ready: one image, and several of them at once."""

    name: str
    alone: Work
    together: Work


def measure_costs(
    *,
    scales: tuple[str, ...],
    experts: int,
    image_size: int,
    rounds: int,
    device: str = "cpu",
    backend: str = "auto",
    cancel: CancelToken | None = None,
) -> Iterator[CostRow]:
    """Rows for each scale and placement, as they are measured.

    Weights are random and networks are fused. On a CPU they run in OpenVINO, the default there, or
    in torch in float32; on a GPU as pre-labelling runs them there. Plain and dynamic take turns
    within a round, so that a busy machine hits both.

    Args:
        scales: Of n, s, m, l, x.
        experts: Experts of each dynamic convolution.
        image_size: Side of the images, pixels.
        rounds: Measurements of each.
        device: A torch device.
        backend: One of `BACKENDS`; `auto` takes torch where OpenVINO is not installed.
        cancel: Asked between networks.

    Raises:
        InputError: the backend is unknown or not for this device.
    """
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as folder:
        make = _maker(backend, device, image_size, Path(folder))
        for scale in scales:
            card = ModelCard(
                name="plain", scale=scale, head="plain", experts=1, classes=["?"] * CLASSES
            )
            plain = build(card).eval()
            params, flops = parameter_count(plain), count_flops(plain, image_size=image_size)
            base = make(plain)
            for placement in BRANCHES:
                if cancel is not None:
                    cancel.check()
                dynamic: Any = upcycle(plain, placement=placement, experts=experts).eval()
                runner = make(dynamic)
                alone = _times(base.alone, runner.alone, rounds)
                together = _times(base.together, runner.together, max(3, rounds // 3))
                yield CostRow(
                    scale=scale,
                    placement=placement,
                    experts=experts,
                    backend=base.name,
                    params_x=parameter_count(dynamic) / params,
                    flops_x=count_flops(dynamic, image_size=image_size) / flops,
                    latency_x=statistics.median(d / p for p, d in alone),
                    throughput_x=statistics.median(p / d for p, d in together),
                    plain_ms=1000 * statistics.median(p for p, _ in alone),
                )


def _maker(
    backend: str, device: str, image_size: int, folder: Path
) -> Callable[[nn.Module], _Runner]:
    if backend not in BACKENDS or (backend == "openvino" and device != "cpu"):
        raise InputError(
            f"There is no backend {backend!r} on {device}.", f"Use {', '.join(BACKENDS)}."
        )
    if device != "cpu":
        return partial(_gpu_runner, device=device, image_size=image_size)
    in_torch = partial(_torch_runner, image_size=image_size)
    if backend == "torch":
        return in_torch
    try:
        load_openvino()
    except EngineError:
        if backend == "openvino":
            raise
        return in_torch
    return partial(_openvino_runner, image_size=image_size, folder=folder)


def _torch_runner(model: nn.Module, *, image_size: int) -> _Runner:
    network = _fused(model)
    one, some = (_images(count, image_size) for count in (1, BATCH))
    return _Runner("torch", partial(_run, network, one), partial(_run, network, some))


def _fused(model: nn.Module) -> nn.Module:
    network: Any = copy.deepcopy(model)
    network.fuse(verbose=False)
    found: nn.Module = network.eval().to(memory_format=torch.channels_last)
    return found


def _images(count: int, side: int) -> Tensor:
    return torch.rand(count, 3, side, side).contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def _run(network: nn.Module, images: Tensor) -> None:
    network(images)


def _gpu_runner(model: nn.Module, *, device: str, image_size: int) -> _Runner:
    backend = TorchBackend(_fused(model), device)
    pixels = _pixels(image_size)
    one = partial(backend.run, [pixels], _SELECTION)
    batch = partial(backend.run, [pixels] * backend.batch_size, _SELECTION)
    for work in (one, batch) * 3:  # each stream records what it runs
        _all_at_once(backend, work)
    return _Runner(backend.name, one, partial(_all_at_once, backend, batch))


def _pixels(side: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 255, (side, side, 3), np.uint8)


def _openvino_runner(model: nn.Module, *, image_size: int, folder: Path) -> _Runner:
    path = folder / f"{len(list(folder.iterdir()))}.xml"
    load_openvino().save_model(to_raw_openvino(model), str(path), compress_to_fp16=False)
    backend = OpenVinoBackend.read(path)
    one = partial(backend.run, [_pixels(image_size)], _SELECTION)
    return _Runner(backend.name, one, partial(_all_at_once, backend, one))


def _all_at_once(backend: Backend, one: Work) -> None:
    with ThreadPoolExecutor(backend.in_flight) as pool:
        list(pool.map(lambda _: one(), range(max(BATCH, backend.in_flight))))


def _times(plain: Work, dynamic: Work, rounds: int) -> list[tuple[float, float]]:
    """Seconds of both, round by round, after one round that does not count."""
    return [(_timed(plain), _timed(dynamic)) for _ in range(rounds + 1)][1:]


def _timed(work: Work) -> float:
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s
