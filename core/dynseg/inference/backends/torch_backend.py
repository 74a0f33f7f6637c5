"""Networks run by torch: in half precision on a GPU, as they are on a CPU."""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dynseg.inference.backends.backend import Shared
from dynseg.inference.backends.branch_streams import BranchStreams
from dynseg.inference.backends.cuda_graphs import Replayed
from dynseg.inference.backends.device import thread_count
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select, select_each
from dynseg.model.checkpoint import load
from dynseg.model.convert.graph import RAW_OUTPUTS
from dynseg.model.dynamic_conv import DynamicConv2d
from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics.nn.modules import Segment  # noqa: E402

log = logging.getLogger(__name__)

GPU_BATCH = 16

LANES = 2
"""Batches that are on a GPU at once: what one copies, the other computes."""


class TorchBackend:
    """A network in torch.

    On a GPU weights and activations are float16 in channels-last order, as tensor cores want them,
    and launches are replayed (`Replayed`) on two streams, so that copies of one batch run beside
    the other. Only anchors that are sure enough leave the GPU; their boxes are decoded in float32.

    Args:
        network: A fused network in eval mode; it is changed for inference and used nowhere else.
        device: As torch names it.
        half: Take float16 on a GPU.
    """

    def __init__(self, network: nn.Module, device: str, *, half: bool = True) -> None:
        self.device = device
        self._is_gpu = device.startswith("cuda")
        self._type = torch.float16 if self._is_gpu and half else torch.float32
        self._network: Any = network.to(device, self._type)
        # The one used last is taken first: who asks for one image after the other waits for the
        # recordings of one lane alone.
        self._lanes: LifoQueue[_Lane] = LifoQueue()
        self._full = GPU_BATCH
        self._shared: Shared | None = None
        self._emptying = threading.Lock()
        for module in list(network.modules()):
            if isinstance(module, Segment):
                module.training = True  # then it stops before it decodes boxes
                if self._is_gpu:
                    BranchStreams(module, device)
            elif isinstance(module, DynamicConv2d) and self._is_gpu:
                module.lay_channels_last()
        for _ in range(LANES if self._is_gpu else 0):
            stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
            self._lanes.put(_Lane(stream, Replayed(self._raw, device)))

    @classmethod
    def load(cls, path: Path, device: str, *, half: bool = True) -> TorchBackend:
        """Read a model file.

        Raises:
            ModelFileError: the file cannot be used.
            RuntimeError: the device cannot take it.
        """
        if device == "cpu":
            torch.set_num_threads(thread_count())
        return cls(read_network(path), device, half=half)

    @property
    def name(self) -> str:
        """`torch`, and the precision where it is reduced."""
        return "torch fp16" if self._type is torch.float16 else "torch"

    @property
    def batch_size(self) -> int:
        """On a CPU a batch brings nothing."""
        return GPU_BATCH if self._is_gpu else 1

    @property
    def in_flight(self) -> int:
        """Boxes of one group are suppressed while the GPU has the next two."""
        return LANES + 1 if self._is_gpu else 1

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`; a batch that is too large for the memory is halved."""
        if not self._is_gpu:
            with torch.inference_mode():
                outputs = self._on_cpu(images)
            return [select(output, selection) for output in outputs]
        full = self._full  # smaller behind any of the parts
        if len(images) > full:
            parts = [images[at : at + full] for at in range(0, len(images), full)]
            return [found for part in parts for found in self.run(part, selection)]
        try:
            with torch.inference_mode():
                return self._on_gpu(images, selection)
        except torch.OutOfMemoryError:
            if len(images) == 1:
                raise
        # Not while the error is handled: it holds what the network had in the memory.
        self._give_back_memory()
        self._full = min(self._full, max(1, full // 2))
        return self.run(images, selection)

    @contextmanager
    def pinned(self, shared: Shared) -> Iterator[None]:
        """See `Pinning.pinned`; where the system refuses, copies take as long as ever."""
        memory = shared.memory
        with torch.cuda.device(self.device) if self._is_gpu else nullcontext():
            done = self._is_gpu and self._registered(memory)
        self._shared = shared if done else None
        try:
            yield
        finally:
            self._shared = None
            if done:
                # A GPU that has failed may refuse: the run has gone on without it.
                with suppress(RuntimeError), torch.cuda.device(self.device):
                    _runtime().cudaHostUnregister(memory.ctypes.data)

    def _registered(self, memory: NDArray[np.uint8]) -> bool:
        answer = _runtime().cudaHostRegister(memory.ctypes.data, memory.nbytes, 0)
        if answer == _runtime().cudaError.success:
            return True
        log.warning("memory cannot be pinned: %s", answer)
        with suppress(RuntimeError):  # the next launch would be blamed for it
            torch.zeros(1, device=self.device).add_(1)
        return False

    def _home(self, prototypes: Tensor) -> Tensor:
        """Pinned memory for prototypes of a batch in the order in which they are traced."""
        count, coefficients, height, width = prototypes.shape
        shape = (count, height, width, coefficients)
        if self._shared is not None and prototypes.dtype == torch.float16:
            room = self._shared.room_for(shape)
            if room is not None:
                return torch.from_numpy(room)
        return torch.empty(shape, dtype=prototypes.dtype, pin_memory=True)

    def _give_back_memory(self) -> None:
        with self._emptying:  # two who take all lanes would wait for each other
            lanes = [self._lanes.get() for _ in range(LANES)]
            for lane in lanes:
                lane.network.forget()
                self._lanes.put(lane)
        torch.cuda.empty_cache()

    def _raw(self, pixels: Tensor) -> list[Tensor]:
        """`RAW_OUTPUTS` for `(B, h, w, 3)` uint8: floats are made where they are needed."""
        raw = self._network(pixels.permute(0, 3, 1, 2).to(self._type).div_(255))
        return [raw[name] for name in RAW_OUTPUTS]

    def _on_cpu(self, images: Sequence[NDArray[np.uint8]]) -> list[HeadOutput]:
        raw = self._raw(torch.from_numpy(np.stack(images)))
        return [
            HeadOutput(
                boxes=raw[0][index].numpy(),
                scores=raw[1][index].numpy(),
                coefficients=raw[2][index].numpy(),
                prototypes=raw[3][index].permute(1, 2, 0).numpy(),
                size=_size(images),
            )
            for index in range(len(images))
        ]

    def _on_gpu(
        self, images: Sequence[NDArray[np.uint8]], selection: Selection
    ) -> list[Candidates]:
        """What is sure enough in all images of a batch, off the GPU in few large pieces."""
        lane = self._lanes.get()
        try:
            # Streams and recordings are those of the current GPU, which need not be the first.
            with torch.cuda.device(self.device), torch.cuda.stream(lane.stream):
                outputs = lane.network(filled_up(images, self._full))
                some = [output[: len(images)] for output in outputs]
                found = _sure(some, self._home(some[3]), selection.confidence)
                _wait()
        except BaseException:
            with suppress(RuntimeError):
                lane.stream.synchronize()  # nothing is still on its way when others take its room
            raise
        finally:
            self._lanes.put(lane)
        return found.selected(_size(images), selection, [item.shape[1] for item in some[:2]])


def _runtime() -> Any:
    """CUDA's runtime, as far as torch hands it on."""
    return torch.cuda.cudart()  # type: ignore[no-untyped-call]


def filled_up(images: Sequence[NDArray[np.uint8]], full: int) -> list[Tensor]:
    """One image or a full batch: each number of images that comes up costs a GPU a second once.

    Args:
        images: At most `full`.
        full: Images of a batch.
    """
    count = 1 if len(images) == 1 else full
    return [torch.from_numpy(image) for image in (*images, *[images[-1]] * (count - len(images)))]


@dataclass(frozen=True, slots=True)
class _Lane:
    """A stream of the GPU and the recordings that run on it, for one thread at a time."""

    stream: torch.cuda.Stream
    network: Replayed


class _Sure(NamedTuple):
    """What leaves the GPU, on its way until the stream is waited for.

    Attributes:
        rows: `(K, 4 R + C + M)` outputs of each anchor that is sure enough.
        images: `(K,)` the image in the batch, ascending.
        anchors: `(K,)` the anchor in the image.
        prototypes: `(B, h, w, M)` in the network's own type.
    """

    rows: Tensor
    images: Tensor
    anchors: Tensor
    prototypes: Tensor

    def selected(
        self, size: tuple[int, int], selection: Selection, lengths: Sequence[int]
    ) -> list[Candidates]:
        """What is kept of each image.

        Args:
            size: Width and height of the images.
            selection: Which boxes are kept.
            lengths: How many numbers of a row tell boxes, and how many scores.
        """
        prototypes = self.prototypes.numpy()
        ends = np.searchsorted(self.images.numpy(), np.arange(1, len(prototypes) + 1))
        split = np.cumsum(lengths)
        boxes, scores, coefficients = np.split(self.rows.numpy().T, split)
        anchors = self.anchors.numpy()
        all_of_them = HeadOutput(boxes, scores, coefficients, prototypes, size, anchors)
        return select_each(all_of_them, ends.tolist(), list(prototypes), selection)


def _sure(outputs: Sequence[Tensor], home: Tensor, confidence: float) -> _Sure:
    """The anchors worth a look; a little generous: `select` looks again, in float32.

    Args:
        outputs: `RAW_OUTPUTS` of a batch.
        home: Where the prototypes go.
        confidence: Lowest score.
    """
    boxes, scores, coefficients, prototypes = outputs
    # First what is large: it travels while the rest is computed.
    masks = home.copy_(prototypes.permute(0, 2, 3, 1).contiguous(), non_blocking=True)
    sure = scores.float().amax(1).sigmoid() >= 0.99 * confidence
    _wait()  # how many there are decides what is launched next
    images, anchors = torch.nonzero(sure, as_tuple=True)
    rows = torch.cat([boxes, scores, coefficients], 1).transpose(1, 2)[images, anchors]
    return _Sure(_off_gpu(rows), _off_gpu(images), _off_gpu(anchors), masks)


def _wait() -> None:
    """Wait for the current stream, asleep: by default a core asks again and again."""
    done = torch.cuda.Event(blocking=True)  # type: ignore[no-untyped-call]
    done.record()
    done.synchronize()


def _off_gpu(tensor: Tensor) -> Tensor:
    """A copy in pinned memory, on its way until the stream is waited for."""
    home = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
    return home.copy_(tensor.contiguous(), non_blocking=True)


def _size(images: Sequence[NDArray[np.uint8]]) -> tuple[int, int]:
    """Width and height that all of them have."""
    height, width = images[0].shape[:2]
    return width, height


def read_network(path: Path) -> nn.Module:
    """A network for inference on the CPU.

    Raises:
        ModelFileError: the file cannot be used.
    """
    return _fused(load(path)[0])


def fused_copy(network: nn.Module) -> nn.Module:
    """The same for a network that goes on learning."""
    return _fused(copy.deepcopy(network).float().cpu())


def _fused(network: nn.Module) -> nn.Module:
    model: Any = network
    model.fuse(verbose=False)
    model.eval().requires_grad_(False)
    return model.to(memory_format=torch.channels_last)  # type: ignore[no-any-return]
