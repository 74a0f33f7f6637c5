"""Networks run by OpenVINO: the fastest on CPUs. Free of torch once the model is converted.

One image at a time on each of several streams, a thread each: on a CPU a batch brings nothing, and
an image of its own is what dynamic convolutions want. Every input size has a network of its own,
compiled when it is first seen; one network for all sizes is as fast, but corrupted memory when
sizes changed (OpenVINO 2026.4.1).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select
from dynseg.machine import core_count
from dynseg.model.convert.openvino import openvino_core

MAX_STREAMS = 8
"""With more cores, streams get several threads each: single images must not take too long."""

OUTPUTS = 4
"""Of a network, in the order of `HeadOutput`."""

KEPT_SIZES = 16
"""Compiled networks in memory: the shapes of two looks (`geometry.letterbox.SHARES`), and some."""


class OpenVinoBackend:
    """A converted network on the CPU.

    Sums are bfloat16 where the processor multiplies it, else float32; what would suffer from it,
    OpenVINO keeps in float32 by itself.

    Args:
        network: An `openvino.Model` as `dynseg.model.convert.openvino.to_raw_openvino` makes it.
        half: Take bfloat16 where the processor has it.

    Raises:
        EngineError: OpenVINO is not installed.
    """

    batch_size = 1

    def __init__(self, network: Any, *, half: bool = True) -> None:
        self._core: Any = openvino_core()
        _use_bindings(self._core)
        self._model: Any = network
        capabilities = self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self._precision = "bf16" if half and "BF16" in capabilities else "f32"
        self._streams = min(core_count(), MAX_STREAMS)
        self._sizes: OrderedDict[tuple[int, int], _Compiled] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def read(cls, path: Path, *, half: bool = True) -> OpenVinoBackend:
        """A network from an `.xml` file, as `dynseg.inference.backends.converted` writes it.

        Raises:
            EngineError: OpenVINO is not installed.
            RuntimeError: the file is damaged.
        """
        return cls(openvino_core().read_model(str(path)), half=half)

    @property
    def name(self) -> str:
        """`openvino` and the precision."""
        return f"openvino {self._precision}"

    @property
    def in_flight(self) -> int:
        """One more than streams: the next image waits where it is needed."""
        return self._streams + 1

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """See `Backend.run`."""
        network = self._network(*images[0].shape[:2])
        return [network.run(image[None], selection) for image in images]

    def _network(self, height: int, width: int) -> _Compiled:
        size = (height, width)
        with self._lock:
            found = self._sizes.get(size)
            if found is None:
                model = self._model.clone()
                model.reshape([1, height, width, 3])
                found = self._sizes[size] = _Compiled(model, self.in_flight)
                if len(self._sizes) > KEPT_SIZES:
                    self._sizes.popitem(last=False)
            self._sizes.move_to_end(size)
        found.compile(self._core, self._options())
        return found

    def _options(self) -> dict[str, Any]:
        return {
            "INFERENCE_PRECISION_HINT": self._precision,
            "NUM_STREAMS": self._streams,
            "INFERENCE_NUM_THREADS": core_count(),
            # Threads that decode and trace take turns with these; pinned ones would wait for them.
            "ENABLE_CPU_PINNING": False,
        }


class _Compiled:
    """The network for one input size, compiled by whoever needs it first."""

    def __init__(self, model: Any, requests: int) -> None:
        self._model = model
        self._compiling = threading.Lock()
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self._count = requests

    def compile(self, core: Any, options: dict[str, Any]) -> None:
        if self._model is None:
            return
        with self._compiling:
            if self._model is None:
                return
            requests = _tried(core.compile_model(self._model, "CPU", options), self._count)
            for request in requests:
                self._requests.put(request)
            self._model = None

    def run(self, image: NDArray[np.uint8], selection: Selection) -> Candidates:
        """`(1, h, w, 3)` uint8."""
        request = self._requests.get()
        try:
            boxes, scores, coefficients, prototypes = _outputs(request, image)
            size = (image.shape[2], image.shape[1])
            # The next image is written over these; the others are picked from.
            own = prototypes.copy()
            return select(HeadOutput(boxes, scores, coefficients, own, size), selection)
        finally:
            self._requests.put(request)


def _outputs(request: Any, image: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """The raw outputs for `(1, h, w, 3)` uint8, views that last until the request runs again."""
    request.infer({0: np.ascontiguousarray(image)}, share_inputs=True, share_outputs=True)
    return [request.get_output_tensor(index).data[0] for index in range(OUTPUTS)]


def _tried(compiled: Any, count: int) -> list[Any]:
    """So many requests to a network, the first of which has been used."""
    requests = [compiled.create_infer_request() for _ in range(count)]
    _outputs(requests[0], np.zeros(compiled.input(0).shape, np.uint8))
    return requests


_BINDING = threading.Lock()


def _use_bindings(core: Any) -> None:
    """Use once in a process, alone, all of OpenVINO that several threads use at a time.

    Types of its bindings are set up on first use, and two threads that do this at once wait for
    each other for ever (seen with OpenVINO 2026.4.1).
    """
    from openvino import Model, opset13

    with _BINDING:
        if getattr(_use_bindings, "done", False):
            return
        pixels = opset13.parameter([1, -1], np.uint8)
        small = Model([opset13.convert(pixels, np.float32)] * OUTPUTS, [pixels], "small").clone()
        small.reshape([1, 2])
        _tried(core.compile_model(small, "CPU", {}), 1)
        _use_bindings.done = True  # type: ignore[attr-defined]
