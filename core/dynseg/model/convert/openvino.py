"""OpenVINO: the fastest way to run a network on a CPU. Loads torch only to convert."""

from __future__ import annotations

import sys
import warnings
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dynseg.errors import EngineError

if TYPE_CHECKING:
    from torch import nn

    from dynseg.model.convert.graph import GraphShape


def load_openvino() -> ModuleType:
    """The `openvino` package, without its telemetry.

    Importing it sends a usage event wherever `openvino_telemetry` is installed beside it and nobody
    has opted out (measured in its source, 2026.4): so that package is made impossible to import,
    and openvino takes its own silent stand-in.

    Raises:
        EngineError: it is not installed.
    """
    if "openvino" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        import openvino
    except ImportError as error:
        raise EngineError(
            "OpenVINO is not installed.", "Install it: pip install openvino"
        ) from error
    module: ModuleType = openvino
    return module


def openvino_core() -> Any:
    """An `openvino.Core` that reads networks into memory.

    It would map their files, which Windows then lets nobody replace or remove; and a mapped file
    that somebody cuts short ends the process.

    Raises:
        EngineError: OpenVINO is not installed.
    """
    core = load_openvino().Core()
    core.set_property({"ENABLE_MMAP": False})
    return core


def to_openvino(model: nn.Module, shape: GraphShape) -> Any:
    """A network as an `openvino.Model` with float32 weights.

    One input, `(B, 3, H, W)` float32 RGB in [0, 1]; two outputs, predictions and prototypes, as
    `dynseg.model.convert.graph.exportable` describes them.

    Args:
        model: A network of `dynseg.model.build`; left as it is.
        shape: What it will be given; one image of a fixed size runs fastest.

    Raises:
        EngineError: OpenVINO is not installed.
    """
    from dynseg.model.convert.graph import trace

    batch = -1 if shape.any_batch else 1
    height, width = (-1, -1) if shape.any_size else (shape.height, shape.width)
    graph, example = trace(model, shape), shape.example()
    return _converted(
        graph, example, (batch, 3, height, width), ("images", "predictions", "prototypes")
    )


def to_raw_openvino(model: nn.Module) -> Any:
    """A network as an `openvino.Model` that ends where the head's decoding begins.

    One input `pixels`, `(1, h, w, 3)` uint8 RGB of any size; `RAW_OUTPUTS` out, as
    `dynseg.model.convert.graph.trace_raw` describes them.

    Args:
        model: A network of `dynseg.model.build`; left as it is.

    Raises:
        EngineError: OpenVINO is not installed.
    """
    from dynseg.model.convert.graph import RAW_OUTPUTS, trace_raw

    graph, example = trace_raw(model)
    return _converted(graph, example, (1, -1, -1, 3), ("pixels", *RAW_OUTPUTS))


def _converted(graph: Any, example: Any, shape: tuple[int, ...], names: tuple[str, ...]) -> Any:
    """A traced graph with its ports named: the input, then the outputs."""
    openvino = load_openvino()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        converted = openvino.convert_model(graph, example_input=example, input=[shape])
    for port, name in zip([*converted.inputs, *converted.outputs], names, strict=True):
        port.get_tensor().set_names({name})
    return converted
