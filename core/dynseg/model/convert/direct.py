"""YOLO11-seg as an OpenVINO graph, straight from a model file: what tracing gives, without torch.

Loading torch, building the network and tracing it takes five seconds of the first proposals on a
new computer, and of those of every model that was just trained; this takes a tenth of one. Which
layers there are is read off the names and shapes of the tensors; the order in which they are
connected is that of ultralytics' `yolo11-seg.yaml`. Batch norms are folded step by step as
`torch.nn.utils.fuse_conv_bn_weights` and `DynamicConv2d.fold` do it, so that the very same numbers
come out.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.model.card import ModelCard
from dynseg.model.convert.openvino import load_openvino
from dynseg.model.tensors import Tensors, misfit, read_tensors

EPSILON = np.float32(1e-3)
"""Of every batch norm, as ultralytics sets it (`initialize_weights`)."""

_UNUSED = (".num_batches_tracked", ".dfl.conv.weight")
"""Ends of names of tensors that training alone needs, and the decoding of boxes."""


def can_be_built(card: ModelCard) -> bool:
    """Whether `openvino_graph` knows the network of a card."""
    return card.family == "yolo11" and card.head in ("plain", "dynamic")


def openvino_graph(path: Path, card: ModelCard) -> Any:
    """A model file as the `openvino.Model` that `to_raw_openvino` makes of its network.

    Args:
        path: The weights file.
        card: Its card, one of those that `can_be_built`.

    Raises:
        EngineError: OpenVINO is not installed.
        ModelFileError: no model of ours, damaged, changed, of another shape, or not finite.
    """
    openvino = load_openvino()
    tensors = read_tensors(path, card)
    layers = _Layers(tensors, card.temperature)
    try:
        pixels, outputs = layers.network(len(card.classes))
    except (KeyError, IndexError, ValueError, RuntimeError) as error:
        raise misfit(path) from error
    left = {name for name in tensors if not name.endswith(_UNUSED)} - layers.used
    if left:
        raise misfit(path)
    return openvino.Model(outputs, [pixels], "network")


class _Layers:
    """Makes the nodes of a graph; named after the classes of ultralytics that they stand for.

    Every node is `(1, C, h, w)` float32 unless it says otherwise; `name` is how the tensors of a
    layer begin.
    """

    def __init__(self, tensors: Tensors, temperature: float) -> None:
        from openvino import op, opset13

        self._ops: Any = opset13
        # Arrays that are handed to the operations would be turned into lists first, for a log.
        self._constant: Any = op.Constant
        self._tensors = tensors
        self._temperature = temperature
        self.used: set[str] = set()

    def network(self, classes: int) -> tuple[Any, list[Any]]:
        """The input and the outputs, named.

        Args:
            classes: How many it has to tell apart.
        """
        import openvino

        ops = self._ops
        pixels = ops.parameter(openvino.PartialShape([1, -1, -1, 3]), np.uint8, name="pixels")
        pixels.output(0).set_names({"pixels"})
        # The layout of torch is between two transpositions: see `_RawNetwork`.
        image = ops.divide(ops.convert(pixels, np.float32), np.float32(255))
        levels = self._body(ops.transpose(image, np.array([0, 3, 1, 2])))
        outputs = []
        for name, branch in (("boxes", "cv2"), ("scores", "cv3"), ("mask_coefficient", "cv4")):
            found = [
                self._branch(x, f"model.23.{branch}.{level}") for level, x in enumerate(levels)
            ]
            outputs.append((name, ops.concat(found, -1)))
            if name == "scores" and any(_channels(x) != classes for x in found):
                raise ValueError(name)
        outputs.append(("proto", ops.transpose(self._proto(levels[0]), np.array([0, 2, 3, 1]))))
        results = [ops.result(node) for _, node in outputs]
        for (name, _), result in zip(outputs, results, strict=True):
            result.output(0).get_tensor().set_names({name})
        return pixels, results

    def _body(self, image: Any) -> list[Any]:
        """Backbone and neck; what goes into the head at each of three levels."""
        x = self._conv(self._conv(image, "model.0", 2), "model.1", 2)
        x = self._conv(self._c3k2(x, "model.2"), "model.3", 2)
        eighth = self._c3k2(x, "model.4")
        sixteenth = self._c3k2(self._conv(eighth, "model.5", 2), "model.6")
        x = self._c3k2(self._conv(sixteenth, "model.7", 2), "model.8")
        last = self._c2psa(self._sppf(x, "model.9"), "model.10")
        up = self._c3k2(self._joined(self._doubled(last), sixteenth), "model.13")
        first = self._c3k2(self._joined(self._doubled(up), eighth), "model.16")
        x = self._joined(self._conv(first, "model.17", 2), up)
        second = self._c3k2(x, "model.19")
        x = self._joined(self._conv(second, "model.20", 2), last)
        return [first, second, self._c3k2(x, "model.22")]

    def _branch(self, x: Any, name: str) -> Any:
        """One of the head for one level, `(1, C, h w)`."""
        for part in ("0", "1"):
            if self._has(f"{name}.{part}.0.conv.weight"):  # depthwise, then pointwise
                x = self._conv(self._conv(x, f"{name}.{part}.0"), f"{name}.{part}.1")
            else:
                x = self._conv(x, f"{name}.{part}")
        weight = self._get(f"{name}.2.weight")
        x = self._convolved(x, self._plain(x, weight))
        x = self._biased(x, self._get(f"{name}.2.bias"))
        return self._ops.reshape(x, np.array([0, len(weight), -1]), special_zero=True)

    def _proto(self, x: Any) -> Any:
        name = "model.23.proto"
        x = self._ops.convolution_backprop_data(
            self._conv(x, f"{name}.cv1"),
            self._constant(self._get(f"{name}.upsample.weight")),
            [2, 2],
            pads_begin=[0, 0],
            pads_end=[0, 0],
        )
        x = self._biased(x, self._get(f"{name}.upsample.bias"))
        return self._conv(self._conv(x, f"{name}.cv2"), f"{name}.cv3")

    def _c3k2(self, x: Any, name: str) -> Any:
        found = self._halves(self._conv(x, f"{name}.cv1"))
        number = 0
        while self._has(f"{name}.m.{number}.cv1.conv.weight"):
            inner = f"{name}.m.{number}"
            is_c3k = self._has(f"{inner}.cv3.conv.weight")
            found.append((self._c3k if is_c3k else self._bottleneck)(found[-1], inner))
            number += 1
        return self._conv(self._joined(*found), f"{name}.cv2")

    def _c3k(self, x: Any, name: str) -> Any:
        y = self._conv(x, f"{name}.cv1")
        number = 0
        while self._has(f"{name}.m.{number}.cv1.conv.weight"):
            y = self._bottleneck(y, f"{name}.m.{number}")
            number += 1
        return self._conv(self._joined(y, self._conv(x, f"{name}.cv2")), f"{name}.cv3")

    def _bottleneck(self, x: Any, name: str) -> Any:
        return self._ops.add(x, self._conv(self._conv(x, f"{name}.cv1"), f"{name}.cv2"))

    def _sppf(self, x: Any, name: str) -> Any:
        found = [self._conv(x, f"{name}.cv1")]
        for _ in range(3):
            pooled = self._ops.max_pool(found[-1], [1, 1], [1, 1], [2, 2], [2, 2], [5, 5])
            found.append(pooled.output(0))
        return self._conv(self._joined(*found), f"{name}.cv2")

    def _c2psa(self, x: Any, name: str) -> Any:
        first, y = self._halves(self._conv(x, f"{name}.cv1"))
        number = 0
        while self._has(f"{name}.m.{number}.attn.qkv.conv.weight"):
            inner = f"{name}.m.{number}"
            y = self._ops.add(y, self._attention(y, f"{inner}.attn"))
            fed = self._conv(self._conv(y, f"{inner}.ffn.0"), f"{inner}.ffn.1", active=False)
            y = self._ops.add(y, fed)
            number += 1
        return self._conv(self._joined(first, y), f"{name}.cv2")

    def _attention(self, x: Any, name: str) -> Any:
        ops = self._ops
        channels = _channels(x)
        heads = max(channels // 64, 1)
        size = channels // heads
        key = size // 2
        qkv = self._conv(x, f"{name}.qkv", active=False)
        qkv = ops.reshape(qkv, np.array([0, heads, 2 * key + size, -1]), special_zero=True)
        split = ops.variadic_split(qkv, 2, np.array([key, key, size]))
        q, k, v = (split.output(index) for index in range(3))
        likeness = ops.matmul(ops.multiply(q, np.float32(key**-0.5)), k, True, False)
        shape = ops.shape_of(x)
        seen = ops.reshape(ops.matmul(v, ops.softmax(likeness, -1), False, True), shape, False)
        place = self._conv(ops.reshape(v, shape, False), f"{name}.pe", active=False)
        return self._conv(ops.add(seen, place), f"{name}.proj", active=False)

    def _conv(self, x: Any, name: str, stride: int = 1, *, active: bool = True) -> Any:
        """Convolution, plain or dynamic, batch norm and SiLU."""
        weight = self._get(f"{name}.conv.weight")
        mean, variance = (self._get(f"{name}.bn.running_{kind}") for kind in ("mean", "var"))
        scale, shift = (self._get(f"{name}.bn.{kind}") for kind in ("weight", "bias"))
        channels = weight.shape[1 if weight.ndim == 3 else 0]
        if {row.shape for row in (mean, variance, scale, shift)} != {(channels,)}:
            raise ValueError(name)
        root = 1 / np.sqrt(variance + EPSILON)
        shift = -mean * root * scale + shift
        if weight.ndim == 3:
            kernel = self._mixed(x, f"{name}.conv", weight * (scale * root).reshape(1, -1, 1))
        else:
            kernel = self._plain(x, weight * (scale * root).reshape(-1, 1, 1, 1))
        y = self._biased(self._convolved(x, kernel, stride), shift)
        return self._ops.swish(y) if active else y

    def _mixed(self, x: Any, name: str, experts: NDArray[np.float32]) -> Any:
        """The kernel `(O, I, k, k)` for this image, mixed from experts `(M, O, I k k)`."""
        ops = self._ops
        y = ops.reduce_mean(x, np.array([2, 3]), False)
        y = ops.swish(self._linear(y, f"{name}.router.fc1"))
        y = self._linear(y, f"{name}.router.fc2")
        if self._temperature != 1:
            y = ops.divide(y, np.float32(self._temperature))
        flat = np.ascontiguousarray(experts.reshape(len(experts), -1).T)
        kernels = ops.matmul(ops.softmax(y, -1), self._constant(flat), False, True)
        channels = _channels(x)
        side = math.isqrt(experts.shape[2] // channels)
        return ops.reshape(
            kernels, np.array([experts.shape[1], channels, side, side]), special_zero=False
        )

    def _linear(self, x: Any, name: str) -> Any:
        weight = self._constant(self._get(f"{name}.weight"))
        bias = self._constant(self._get(f"{name}.bias")[None])
        return self._ops.add(self._ops.matmul(x, weight, False, True), bias)

    def _plain(self, x: Any, weight: NDArray[np.float32]) -> Any:
        """A kernel that is the same for all images; depthwise ones have a group each channel."""
        depthwise = weight.shape[1] == 1 and _channels(x) > 1
        return self._constant(np.ascontiguousarray(weight[:, None] if depthwise else weight))

    def _convolved(self, x: Any, kernel: Any, stride: int = 1) -> Any:
        shape = kernel.get_output_shape(0)
        make = self._ops.group_convolution if len(shape) == 5 else self._ops.convolution
        pad = [shape[-1] // 2] * 2
        return make(x, kernel, [stride, stride], pad, pad, [1, 1])

    def _biased(self, x: Any, bias: NDArray[np.float32]) -> Any:
        return self._ops.add(x, self._constant(bias.reshape(1, -1, 1, 1)))

    def _halves(self, x: Any) -> list[Any]:
        split = self._ops.split(x, 1, 2)
        return [split.output(0), split.output(1)]

    def _joined(self, *found: Any) -> Any:
        return self._ops.concat(found, 1)

    def _doubled(self, x: Any) -> Any:
        """Twice as wide and as high, each pixel four times."""
        return self._ops.interpolate(
            x,
            np.array([2, 2], np.float32),
            "nearest",
            "scales",
            axes=np.array([2, 3], np.int32),
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )

    def _has(self, name: str) -> bool:
        return name in self._tensors

    def _get(self, name: str) -> NDArray[np.float32]:
        """A tensor.

        Raises:
            KeyError: there is none of that name.
        """
        self.used.add(name)
        return self._tensors[name].astype(np.float32)


def _channels(x: Any) -> int:
    node = x.output(0) if hasattr(x, "output") else x
    return int(node.get_partial_shape()[1].get_length())
