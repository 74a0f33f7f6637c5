"""Networks run by torch: in half precision on a GPU, as they are on a CPU."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dynseg.inference.cuda_graphs import Replayed
from dynseg.inference.device import thread_count
from dynseg.inference.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select
from dynseg.model.checkpoint import load
from dynseg.model.convert.graph import RAW_OUTPUTS

GPU_BATCH = 16


class TorchBackend:
    """A network in torch.

    On a GPU weights and activations are float16 in channels-last order, as tensor cores want them,
    and launches are replayed (`Replayed`); boxes are decoded in float32 behind it. Only anchors
    that are sure enough leave the GPU.

    Args:
        network: A fused network in eval mode whose second output is the head's raw one.
        device: As torch names it.
        half: Take float16 on a GPU.
    """

    def __init__(self, network: nn.Module, device: str, *, half: bool = True) -> None:
        self.device = device
        self._is_gpu = device.startswith("cuda")
        self._type = torch.float16 if self._is_gpu and half else torch.float32
        self._network: Any = network.to(device, self._type)
        self._run_network = (
            Replayed(self._raw, device, self._anchors) if self._is_gpu else self._raw
        )
        # The head keeps the anchors of the last size: two sizes at once would mix them.
        self._one_at_a_time = threading.Lock()

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
        """Boxes of one group are suppressed while the GPU has the next."""
        return 2 if self._is_gpu else 1

    def run(self, pixels: NDArray[np.uint8], selection: Selection) -> list[Candidates]:
        """See `Backend.run`; a batch that is too large for the memory is halved."""
        try:
            with self._one_at_a_time, torch.inference_mode(), self._current_device():
                outputs = self._outputs(pixels, selection.confidence)
        except torch.OutOfMemoryError:
            if len(pixels) == 1:
                raise
            self._give_back_memory()
            middle = len(pixels) // 2
            return self.run(pixels[:middle], selection) + self.run(pixels[middle:], selection)
        return [select(output, selection) for output in outputs]

    def _current_device(self) -> AbstractContextManager[object]:
        """Streams and recordings are those of the current GPU, which need not be the first."""
        return torch.cuda.device(self.device) if self._is_gpu else nullcontext()

    def _give_back_memory(self) -> None:
        if isinstance(self._run_network, Replayed):
            self._run_network.forget()
        torch.cuda.empty_cache()

    def _raw(self, pixels: Tensor) -> list[Tensor]:
        """`RAW_OUTPUTS` for `(B, h, w, 3)` uint8: floats are made where they are needed."""
        _, raw = self._network(pixels.permute(0, 3, 1, 2).to(self._type).div_(255))
        return [raw[name] for name in RAW_OUTPUTS]

    def _anchors(self) -> list[Tensor]:
        head = self._network.model[-1]
        return [head.anchors, head.strides]

    def _outputs(self, pixels: NDArray[np.uint8], confidence: float) -> list[HeadOutput]:
        size = (pixels.shape[2], pixels.shape[1])
        if self._is_gpu:
            return self._from_gpu(pixels, size, confidence)
        raw = self._run_network(torch.from_numpy(pixels))
        return [
            HeadOutput(
                boxes=_array(raw[0][index]),
                scores=_array(raw[1][index]),
                coefficients=_array(raw[2][index]),
                prototypes=_array(raw[3][index].permute(1, 2, 0)),
                size=size,
            )
            for index in range(len(pixels))
        ]

    def _from_gpu(
        self, pixels: NDArray[np.uint8], size: tuple[int, int], confidence: float
    ) -> list[HeadOutput]:
        """What is sure enough in all images of a batch, off the GPU in few large pieces."""
        batch = torch.from_numpy(pixels).pin_memory()
        boxes, scores, coefficients, prototypes = self._run_network(batch)
        # A little generous: `select` looks again, in float32.
        sure = scores.float().amax(1).sigmoid() >= 0.99 * confidence
        images, anchors = torch.nonzero(sure, as_tuple=True)
        rows = torch.cat([boxes, scores, coefficients], 1).transpose(1, 2)[images, anchors]
        masks = _off_gpu(prototypes.permute(0, 2, 3, 1))
        table, image_of, anchor_of = (_off_gpu(part) for part in (rows, images, anchors))
        torch.cuda.current_stream().synchronize()
        ends = np.searchsorted(image_of.numpy(), np.arange(len(pixels) + 1))
        split = np.cumsum([boxes.shape[1], scores.shape[1]])
        outputs = []
        for index, (start, end) in enumerate(pairwise(ends)):
            parts = np.split(table.numpy()[start:end].T, split)
            outputs.append(
                HeadOutput(
                    boxes=parts[0],
                    scores=parts[1],
                    coefficients=parts[2],
                    prototypes=masks.numpy()[index],
                    size=size,
                    anchors=anchor_of.numpy()[start:end],
                )
            )
        return outputs


def _off_gpu(tensor: Tensor) -> Tensor:
    """A copy in pinned memory, on its way until the stream is waited for."""
    home = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
    return home.copy_(tensor.contiguous(), non_blocking=True)


def read_network(path: Path) -> nn.Module:
    """A network for inference on the CPU.

    Raises:
        ModelFileError: the file cannot be used.
    """
    model: Any = load(path)[0]
    model.fuse(verbose=False)
    model.eval().requires_grad_(False)
    return model.to(memory_format=torch.channels_last)  # type: ignore[no-any-return]


def _array(tensor: Tensor) -> NDArray[Any]:
    return tensor.cpu().numpy()
