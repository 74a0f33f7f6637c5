"""OpenVINO finds what torch finds, from several threads, at any size, without loading torch."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.unit.inference.conftest import FAST

from dynseg.geometry.polygon import iou
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.sample.scene import render
from dynseg_resources import starter_model

PROGRAM = f"""
import sys
import numpy as np
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
predictor = Predictor.load(__import__("pathlib").Path({str(starter_model())!r}), backend="openvino")
predictor.predict(np.zeros((64, 64, 3), np.uint8), PredictSettings(image_size=64))
print(predictor.device.device, "torch" in sys.modules)
"""


def matched(found: list[Detection], wanted: list[Detection]) -> list[float]:
    """Overlap of each wanted object that is sure enough with the nearest that was found."""
    return [
        max((iou(item.parts, other.parts) for other in found), default=0.0)
        for item in wanted
        if item.score >= 0.3
    ]


def test_openvino_finds_what_torch_finds(starter: Predictor, fast_starter: Predictor) -> None:
    overlaps: list[float] = []
    for number in range(4):
        pixels = render(3, number, width=480, height=360).pixels
        settings = PredictSettings(image_size=320)
        overlaps += matched(
            fast_starter.predict(pixels, settings), starter.predict(pixels, settings)
        )
    assert len(overlaps) > 20
    assert np.mean(np.array(overlaps) > 0.9) > 0.95
    assert np.median(overlaps) > 0.985


def test_many_threads_and_sizes_get_their_own_answers(fast_starter: Predictor) -> None:
    pixels = [render(4, number, width=320, height=240).pixels for number in range(6)]
    sizes = (64, 96, 128, 160)
    asked = [
        (image, msgspec.structs.replace(FAST, image_size=size))
        for image in pixels
        for size in sizes
    ]
    wanted = [fast_starter.predict(image, settings) for image, settings in asked]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda job: fast_starter.predict(*job), asked))
    assert found == wanted
    assert len({len(item) for item in found}) > 3


def test_a_converted_model_needs_no_torch(fast_starter: Predictor) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["cpu", "False"]


def test_the_name_says_the_precision(fast_starter: Predictor, starter: Predictor) -> None:
    assert fast_starter.backend in ("openvino bf16", "openvino f32")
    assert starter.backend == "torch"
    assert fast_starter.in_flight > 1


def test_onnx_runtime_finds_what_torch_finds(
    starter: Predictor, fast_starter: Predictor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path))
    onnx = Predictor.load(starter_model(), device="cpu", backend="onnx")
    assert onnx.backend == "onnxruntime"
    overlaps: list[float] = []
    for number, size in ((0, 320), (1, 192), (2, 320)):  # each image has kernels of its own
        pixels = render(3, number, width=480, height=360).pixels
        settings = PredictSettings(image_size=size)
        overlaps += matched(onnx.predict(pixels, settings), starter.predict(pixels, settings))
    assert len(overlaps) > 10
    assert min(overlaps) > 0.98
