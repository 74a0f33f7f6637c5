"""A network whose launches are recorded once and replayed: a GPU waits for Python otherwise.

A small network is some 300 kernels of a few microseconds each; starting them one by one from Python
takes longer than running them. A CUDA graph starts all of them with one call (NVIDIA, "CUDA C++
Programming Guide", CUDA graphs). It holds for one shape of the input.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

log = logging.getLogger(__name__)

Network = Callable[[Tensor], Sequence[Tensor]]

MOST_GRAPHS = 16
"""Shapes that are kept recorded, each with its input and its outputs: those of two looks
(`geometry.letterbox.SHARES`), and some. To record one again takes the time of many batches."""

_LAUNCHER = ThreadPoolExecutor(1, thread_name_prefix="launch")
"""The one thread that launches kernel by kernel. A recording begins and ends with the whole GPU at
rest, hooks of a network (`BranchStreams`) remember what the thread is about, and torch remembers by
thread how cuDNN computes a convolution of some shape: to work that out takes 15 ms, and more than a
second for all of a network's (nano, H100)."""

BEFORE_RECORDING = 1
"""Runs of a shape before it is recorded: a shape that comes once is not worth it."""


@dataclass(frozen=True, slots=True)
class _Recorded:
    """One shape, ready to be replayed.

    Attributes:
        graph: The launches.
        pixels: Where they read.
        outputs: Where they write.
    """

    graph: torch.cuda.CUDAGraph
    pixels: Tensor
    outputs: Sequence[Tensor]


class Replayed:
    """Runs a network on a GPU, from the second time on a shape comes by replaying its launches.

    For one stream, and not for several threads at once: outputs stay valid until the next call.

    Args:
        network: Takes `(B, h, w, 3)` uint8 on the GPU; nothing in it may wait for the GPU.
        device: Which GPU; it is the current one during calls.
    """

    def __init__(self, network: Network, device: str) -> None:
        self._network = network
        self._device = device
        self._seen: dict[torch.Size, int] = {}
        self._recorded: OrderedDict[torch.Size, _Recorded] = OrderedDict()
        self._pool: Any = None
        self._allowed = True

    def __call__(self, images: Sequence[Tensor]) -> Sequence[Tensor]:
        """The outputs for a batch.

        Args:
            images: Of one size, `(h, w, 3)` uint8 on the CPU; those in pinned memory stay as they
                are until the stream has been waited for.
        """
        shape = torch.Size((len(images), *images[0].shape))
        found = self._recorded.get(shape)
        if found is None:
            stream = torch.cuda.current_stream(self._device)
            return _LAUNCHER.submit(self._launched, shape, images, stream).result()
        self._recorded.move_to_end(shape)
        return _replayed(found, images)

    def _launched(
        self, shape: torch.Size, images: Sequence[Tensor], stream: torch.cuda.Stream
    ) -> Sequence[Tensor]:
        """The same for a shape that is not recorded yet; on the thread that launches."""
        self._seen[shape] = self._seen.get(shape, 0) + 1
        with torch.cuda.device(self._device), torch.cuda.stream(stream), torch.inference_mode():
            here = torch.empty(shape, dtype=torch.uint8, device=self._device)
            _fill(here, images)
            if self._allowed and self._seen[shape] > BEFORE_RECORDING:
                found = self._record(here)
                if found is not None:
                    return _replayed(found, images)
            return self._network(here)

    def _record(self, like: Tensor) -> _Recorded | None:
        """Record a shape; after a failure everything runs as it would without.

        Raises:
            torch.OutOfMemoryError: there is no memory for it, and may be for a smaller batch.
        """
        pixels = like.clone()
        graph = torch.cuda.CUDAGraph()
        try:
            wanted = [tensor.clone() for tensor in self._network(pixels)]
            torch.cuda.synchronize()
            # Other threads may use the GPU meanwhile: only what this one does is recorded.
            with torch.cuda.graph(graph, pool=self._pool, capture_error_mode="thread_local"):
                outputs = self._network(pixels)
            graph.replay()
            if not all(map(_alike, outputs, wanted)):
                raise RuntimeError("a replay answers otherwise than the network")
        except RuntimeError as error:
            if isinstance(error, torch.OutOfMemoryError) and len(like) > 1:
                raise
            log.warning("the network cannot be recorded on this GPU: %s", error)
            self._allowed = False
            return None
        # Outputs are read before the next replay, so all graphs can share their memory.
        self._pool = self._pool or graph.pool()
        while len(self._recorded) >= MOST_GRAPHS:
            self._recorded.popitem(last=False)
        self._recorded[pixels.shape] = _Recorded(graph, pixels, outputs)
        return self._recorded[pixels.shape]

    def forget(self) -> None:
        """Give back the memory of all graphs."""
        self._recorded.clear()
        self._seen.clear()
        self._pool = None


def _replayed(recorded: _Recorded, images: Sequence[Tensor]) -> Sequence[Tensor]:
    _fill(recorded.pixels, images)
    recorded.graph.replay()
    return recorded.outputs


def _fill(batch: Tensor, images: Sequence[Tensor]) -> None:
    # In one call: after each of sixteen this thread would wait for Python's lock again, which took
    # 12 ms a batch where others were at work, and the copies take half of one (H200, H100).
    torch._foreach_copy_(batch.unbind(), list(images), non_blocking=True)


def _alike(found: Tensor, wanted: Tensor) -> bool:
    """Whether two answers differ by no more than rounding in half precision."""
    allowed = 1e-3 + 1e-2 * wanted.float().abs().max()
    return bool(((found.float() - wanted.float()).abs().max() <= allowed).item())
