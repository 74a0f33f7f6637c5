"""The network as exporters want it: fused, two outputs, and a batch that is what it seems.

A traced network is a fixed list of operations. With kernels mixed per image that list fits one
image: traced with a dynamic batch it would silently use the first image's kernels for all of them.
So there are two forms: one image at a time, or the outputs of all experts mixed (M times the work
of those convolutions, but right for any batch).
"""

from __future__ import annotations

import copy
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dynseg.model.dynamic_conv import DynamicConv2d

RAW_OUTPUTS = ("boxes", "scores", "mask_coefficient", "proto")
"""What the head knows before it decodes boxes, by its names in ultralytics."""

_RAW_SIDE = 64
"""Any size does for tracing a graph that fits all; a small one is traced quickly."""


@dataclass(frozen=True, slots=True)
class GraphShape:
    """What goes into an exported network.

    Attributes:
        height, width: Pixels, multiples of 32.
        any_batch: Any number of images at a time instead of one.
        any_size: Any height and width instead of these.
    """

    height: int
    width: int
    any_batch: bool = False
    any_size: bool = False

    def example(self) -> Tensor:
        """`(B, 3, H, W)` float32 in [0, 1] to trace with; two images where any number may come."""
        generator = torch.Generator().manual_seed(0)
        count = 2 if self.any_batch else 1
        return torch.rand(count, 3, self.height, self.width, generator=generator)


def exportable(model: nn.Module, shape: GraphShape) -> nn.Module:
    """A fused copy that takes `(B, 3, H, W)` float32 RGB in [0, 1].

    It answers `(B, 4 + C + M, A)` (centre x, centre y, width and height in model pixels, C class
    scores, M mask coefficients) and prototypes `(B, M, H / 4, W / 4)`.

    Args:
        model: A network of `dynseg.model.build`, plain or dynamic; left as it is.
        shape: What it will be given.
    """
    network: Any = copy.deepcopy(model).cpu().float().eval()
    network.fuse(verbose=False)
    network.requires_grad_(False)
    for module in network.modules():
        if isinstance(module, DynamicConv2d):
            module.mixes_outputs = shape.any_batch
    head = network.model[-1]
    head.export, head.dynamic = True, shape.any_size
    return network


def trace(model: nn.Module, shape: GraphShape) -> Any:
    """`exportable(model, shape)` as a TorchScript graph."""
    network, example = exportable(model, shape), shape.example()
    with torch.no_grad(), warnings.catch_warnings():
        # It warns of every shape that becomes a constant, which is what is wanted here.
        warnings.simplefilter("ignore")
        network(example)  # anchors are kept from the first call on
        return torch.jit.trace(network, example, check_trace=False, strict=False)  # type: ignore[no-untyped-call]


class _RawNetwork(nn.Module):
    """Bytes in, `RAW_OUTPUTS` out."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """`(1, h, w, 3)` uint8 RGB to the outputs of `trace_raw`.

        Channels stay last at both ends, as convolutions on a CPU have them inside: the layout of
        torch in front and behind cost a fifth of the whole network (OpenVINO 2026.4.1, bf16).
        """
        _, raw = self.network((pixels.float() / 255).permute(0, 3, 1, 2))
        boxes, scores, coefficients, prototypes = (raw[name] for name in RAW_OUTPUTS)
        return boxes, scores, coefficients, prototypes.permute(0, 2, 3, 1)


def trace_raw(model: nn.Module) -> tuple[Any, Tensor]:
    """The network up to where the head begins to decode boxes, as a TorchScript graph.

    One image at a time, of any size: all that is left is convolutions. Outputs are the logits of
    the distances to the sides `(1, 4 R, A)`, the logits of the classes `(1, C, A)`, the
    coefficients of the masks `(1, M, A)` and the prototypes `(1, h / 4, w / 4, M)`.

    Args:
        model: A network of `dynseg.model.build`; left as it is.

    Returns:
        The graph, and the example it was traced with.
    """
    raw, example = _raw(model)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.jit.trace(raw, example, check_trace=False), example  # type: ignore[no-untyped-call]


def write_raw_onnx(model: nn.Module, path: Path) -> None:
    """The same as an ONNX file for images of any size: `pixels` in, `RAW_OUTPUTS` out.

    Args:
        model: A network of `dynseg.model.build`; left as it is.
        path: The file to write.
    """
    raw, example = _raw(model)
    axes: dict[str, dict[int, str]] = {name: {2: "anchors"} for name in RAW_OUTPUTS[:3]}
    axes |= {"pixels": {1: "height", 2: "width"}, RAW_OUTPUTS[3]: {1: "rows", 2: "columns"}}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            raw,
            (example,),
            path,
            input_names=["pixels"],
            output_names=list(RAW_OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _raw(model: nn.Module) -> tuple[nn.Module, Tensor]:
    """The network of `trace_raw` and an image for it."""
    network: Any = exportable(model, GraphShape(_RAW_SIDE, _RAW_SIDE))
    network.model[-1].export = False
    example = torch.zeros(1, _RAW_SIDE, _RAW_SIDE, 3, dtype=torch.uint8)
    return _RawNetwork(network).eval(), example
