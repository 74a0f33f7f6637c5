"""Networks for TensorRT, built from ONNX on the machine that they are to run on.

TensorRT is no dependency of this program: where it is missing, that is said. The file is laid out
as Ultralytics lays it out: the length of a JSON description in four bytes, the description, the
engine. Nobody has run this yet, for want of a GPU; the comparison with the original decides, as for
every format.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from dynseg.errors import EngineError

if TYPE_CHECKING:
    from dynseg.model.convert.graph import GraphShape

MAX_BATCH = 16
WORKSPACE_BYTES = 2 << 30
_OUTPUTS = ("predictions", "prototypes")


def load_tensorrt() -> Any:
    """The package.

    Raises:
        EngineError: it is not installed, or there is no GPU to build for.
    """
    try:
        import tensorrt
    except (ImportError, OSError) as error:
        raise EngineError(
            "TensorRT is not installed here, and nothing is installed unasked.",
            "On a machine with an NVIDIA GPU: pip install tensorrt. Or write ONNX and build there.",
        ) from error
    if not torch.cuda.is_available():
        raise EngineError(
            "TensorRT builds a file for the GPU of this machine, and there is none.",
            "Write ONNX here and build it where it is to run.",
        )
    return tensorrt


def build_engine(onnx: Path, shape: GraphShape, about: dict[str, Any]) -> bytes:
    """An engine for this machine's GPU, sums in float32.

    Args:
        onnx: A network as `dynseg.model.convert.write` writes it.
        shape: What it will be given.
        about: What Ultralytics wants to know about it.

    Raises:
        EngineError: TensorRT is missing or cannot build it.
    """
    tensorrt = load_tensorrt()
    logger = tensorrt.Logger(tensorrt.Logger.ERROR)
    builder = tensorrt.Builder(logger)
    network = builder.create_network(0)
    parser = tensorrt.OnnxParser(network, logger)
    if not parser.parse(onnx.read_bytes()):
        raise EngineError(f"TensorRT cannot read the network ({parser.get_error(0)}).")
    config = builder.create_builder_config()
    config.set_memory_pool_limit(tensorrt.MemoryPoolType.WORKSPACE, WORKSPACE_BYTES)
    config.clear_flag(tensorrt.BuilderFlag.TF32)  # its sums have ten bits: boxes would move
    if shape.any_batch:
        size = (3, shape.height, shape.width)
        profile = builder.create_optimization_profile()
        profile.set_shape("images", (1, *size), (MAX_BATCH // 2, *size), (MAX_BATCH, *size))
        config.add_optimization_profile(profile)
    engine = builder.build_serialized_network(network, config)
    if engine is None:
        raise EngineError("TensorRT could not build the network.", "Try one image at a time.")
    description = json.dumps(about).encode()
    return struct.pack("<i", len(description)) + description + bytes(engine)


class TensorRtNetwork:
    """A built network.

    Args:
        path: A file of `build_engine`.

    Raises:
        EngineError: TensorRT is missing, or the file was built for another machine.
    """

    def __init__(self, path: Path) -> None:
        tensorrt = load_tensorrt()
        data = path.read_bytes()
        (length,) = struct.unpack("<i", data[:4])
        self._runtime = tensorrt.Runtime(tensorrt.Logger(tensorrt.Logger.ERROR))
        self._engine = self._runtime.deserialize_cuda_engine(data[4 + length :])
        if self._engine is None:
            raise EngineError(f"{path.name} does not fit this GPU.", "Convert the model here.")
        self._context = self._engine.create_execution_context()

    def __call__(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """`(B, 3, H, W)` float32 in [0, 1] to predictions and prototypes, on the CPU."""
        context, stream = self._context, torch.cuda.current_stream()
        batch = images.cuda().contiguous()
        context.set_input_shape("images", tuple(batch.shape))
        context.set_tensor_address("images", batch.data_ptr())
        found = [
            torch.empty(tuple(context.get_tensor_shape(name)), device="cuda") for name in _OUTPUTS
        ]
        for name, tensor in zip(_OUTPUTS, found, strict=True):
            context.set_tensor_address(name, tensor.data_ptr())
        context.execute_async_v3(stream.cuda_stream)
        stream.synchronize()
        return found[0].cpu(), found[1].cpu()
