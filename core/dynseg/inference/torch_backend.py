"""Networks run by torch: in half precision on a GPU, as they are on a CPU."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dynseg.inference.device import thread_count
from dynseg.inference.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select
from dynseg.model.checkpoint import load
from dynseg.model.convert.graph import RAW_OUTPUTS

GPU_BATCH = 8


class TorchBackend:
    """A network in torch.

    On a GPU weights and activations are float16 in channels-last order, as tensor cores want them;
    boxes are decoded in float32 behind it. Only anchors that are sure enough leave the GPU.

    Args:
        network: A fused network in eval mode whose second output is the head's raw one.
        device: As torch names it.
        half: Take float16 on a GPU.
    """

    in_flight = 1

    def __init__(self, network: nn.Module, device: str, *, half: bool = True) -> None:
        self.device = device
        self._is_gpu = device.startswith("cuda")
        self._type = torch.float16 if self._is_gpu and half else torch.float32
        self._network: Any = network.to(device, self._type)
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

    def run(self, pixels: NDArray[np.uint8], selection: Selection) -> list[Candidates]:
        """See `Backend.run`; a batch that is too large for the memory is halved."""
        try:
            with self._one_at_a_time, torch.inference_mode():
                outputs = self._outputs(pixels, selection.confidence)
        except torch.OutOfMemoryError:
            if len(pixels) == 1:
                raise
            torch.cuda.empty_cache()
            middle = len(pixels) // 2
            return self.run(pixels[:middle], selection) + self.run(pixels[middle:], selection)
        return [select(output, selection) for output in outputs]

    def _outputs(self, pixels: NDArray[np.uint8], confidence: float) -> list[HeadOutput]:
        # Bytes travel, floats are made where they are needed; the layout stays channels last.
        batch = torch.from_numpy(pixels).to(self.device).permute(0, 3, 1, 2)
        _, raw = self._network(batch.to(self._type).div_(255))
        size = (pixels.shape[2], pixels.shape[1])
        return [
            self._output([raw[name][index] for name in RAW_OUTPUTS], size, confidence)
            for index in range(len(pixels))
        ]

    def _output(self, raw: list[Tensor], size: tuple[int, int], confidence: float) -> HeadOutput:
        """The head's output for one image, off the GPU."""
        boxes, scores, coefficients, prototypes = raw
        anchors = None
        if self._is_gpu:
            # A little generous: `select` looks again, in float32.
            surest = scores.float().amax(0).sigmoid()
            wanted = torch.nonzero(surest >= 0.99 * confidence).flatten()
            boxes, scores, coefficients = (
                part[:, wanted] for part in (boxes, scores, coefficients)
            )
            anchors = _array(wanted)
        return HeadOutput(
            _array(boxes),
            _array(scores),
            _array(coefficients),
            _array(prototypes.permute(1, 2, 0)),
            size,
            anchors,
        )


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
