"""OpenVINO answers as torch does, image by image and in batches, and tells nobody."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import torch

from dynseg.model.convert.graph import RAW_OUTPUTS, GraphShape, trace_raw
from dynseg.model.convert.openvino import to_openvino, to_raw_openvino

SIDE = 160
F32 = {"INFERENCE_PRECISION_HINT": "f32"}

PROGRAM = """
import sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith("socket.") else None)
from dynseg.model.convert.openvino import load_openvino
load_openvino()
assert sys.modules["openvino_telemetry"] is None
print(seen)
"""


def compiled(model: Any, shape: GraphShape) -> Any:
    import openvino

    return openvino.Core().compile_model(to_openvino(model, shape), "CPU", F32)


def furthest(found: Any, wanted: Any) -> float:
    return max(
        float((torch.from_numpy(found[name]) - tensor).abs().max())
        for name, tensor in zip(("predictions", "prototypes"), wanted, strict=True)
    )


def test_one_image_at_a_time(routed: Any, photos: torch.Tensor) -> None:
    model, _ = routed
    network = compiled(model, GraphShape(SIDE, SIDE))
    for photo in photos:
        with torch.inference_mode():
            wanted = model(photo[None])[0]
        assert furthest(network(photo[None].numpy()), wanted) < 2e-3


def test_any_batch_and_size(routed: Any, photos: torch.Tensor) -> None:
    model, _ = routed
    network = compiled(model, GraphShape(SIDE, SIDE, any_batch=True, any_size=True))
    for batch in (photos, photos[:1, :, :96, :128]):
        with torch.inference_mode():
            wanted = model(batch)[0]
        assert furthest(network(batch.numpy()), wanted) < 2e-3


def test_up_to_the_head_any_size_fits(routed: Any, photos: torch.Tensor) -> None:
    """Another size than it was traced with, another picture: kernels are mixed for each."""
    import openvino

    model, _ = routed
    network = openvino.Core().compile_model(to_raw_openvino(model), "CPU", F32)
    graph, _ = trace_raw(model)
    seen = []
    for photo in (photos[0], photos[1], photos[2][:, :96, :128]):
        pixels = (photo * 255).byte().permute(1, 2, 0)[None].contiguous()
        found = network(pixels.numpy())
        with torch.inference_mode():
            wanted = graph(pixels)
        for name, tensor in zip(RAW_OUTPUTS, wanted, strict=True):
            assert found[name].shape == tuple(tensor.shape)
            assert float((torch.from_numpy(found[name]) - tensor).abs().max()) < 2e-2
        seen.append(found["proto"])
    assert abs(seen[0] - seen[1]).max() > 0.1


def test_importing_it_asks_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
