"""OpenVINO: the fastest way to run a network on a CPU."""

from __future__ import annotations

import sys
import warnings
from types import ModuleType
from typing import Any

from torch import nn

from dynseg.errors import EngineError
from dynseg.model.convert.graph import GraphShape, trace


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
            "OpenVINO is not installed.", "Install it: pip install 'dynseg-annotator[export]'"
        ) from error
    module: ModuleType = openvino
    return module


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
    openvino = load_openvino()
    batch = -1 if shape.any_batch else 1
    height, width = (-1, -1) if shape.any_size else (shape.height, shape.width)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        converted = openvino.convert_model(
            trace(model, shape),
            example_input=shape.example(),
            input=[(batch, 3, height, width)],
        )
    for port, name in zip(
        [*converted.inputs, *converted.outputs],
        ("images", "predictions", "prototypes"),
        strict=True,
    ):
        port.get_tensor().set_names({name})
    return converted
