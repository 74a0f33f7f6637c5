"""Networks run by ONNX Runtime, where it is installed: for processors that OpenVINO is slow on.

Several images at a time, a thread each, in float32; one session serves all input sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import EngineError
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select
from dynseg.machine import core_count
from dynseg.model.onnx_runtime import failures, load_onnx_runtime

MAX_RUNS = 8
"""With more cores, each run gets several threads: single images must not take too long."""


class OnnxBackend:
    """A converted network on the CPU.

    Args:
        network: `.onnx` file written by `dynseg.inference.backends.converted`.

    Raises:
        EngineError: ONNX Runtime is not installed.
        RuntimeError: the file is damaged, or cannot be run here.
    """

    batch_size = 1
    name = "onnxruntime"

    def __init__(self, network: Path) -> None:
        try:
            onnxruntime = load_onnx_runtime()
        except ImportError as error:
            raise EngineError(
                "ONNX Runtime is not installed.", "Install it: pip install onnxruntime"
            ) from error
        self.in_flight = min(core_count(), MAX_RUNS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, core_count() // self.in_flight)
        options.inter_op_num_threads = 1
        # Threads that wait in loops would take the cores that decoding needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._failures = failures()
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(network), options, providers=["CPUExecutionProvider"]
            )
        except self._failures as error:
            raise RuntimeError(str(error)) from error

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`."""
        return [self._one(np.ascontiguousarray(image[None]), selection) for image in images]

    def _one(self, image: NDArray[np.uint8], selection: Selection) -> Candidates:
        try:
            outputs = self._session.run(None, {"pixels": image})
        except self._failures as error:
            raise RuntimeError(str(error)) from error
        boxes, scores, coefficients, prototypes = (output[0] for output in outputs)
        size = (image.shape[2], image.shape[1])
        return select(HeadOutput(boxes, scores, coefficients, prototypes, size), selection)
