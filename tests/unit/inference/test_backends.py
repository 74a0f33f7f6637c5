"""OpenVINO finds what torch finds, from several threads, at any size, without loading torch."""

from __future__ import annotations

import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tests.unit.inference.conftest import FAST, write_scenes

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.polygon import iou
from dynseg.inference.backends.cuda_graphs import MOST_GRAPHS
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.openvino_backend import KEPT_SIZES
from dynseg.inference.backends.torch_backend import TorchBackend, filled_up
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.crew import Crew
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Work
from dynseg.inference.settings import PredictSettings
from dynseg.sample.scene import render
from dynseg_resources import starter_model

PROGRAM = f"""
import sys
import numpy as np
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.openvino_backend import KEPT_SIZES
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
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

    (kept,) = (tmp_path / "onnx").glob("*.onnx")
    kept.write_bytes(kept.read_bytes()[:5000])  # as after a crash of the machine
    again = Predictor.load(starter_model(), device="cpu", backend="onnx")
    assert again.predict(pixels, settings) == onnx.predict(pixels, settings)
    with pytest.raises(RuntimeError):  # what a predictor leaves a backend for
        again._backend.run([np.zeros((33, 35, 3), np.uint8)], Selection(0.25, 0.6, 300))


class Slow:
    """Stands where a GPU is, to see what it is given: groups, and how large."""

    name, batch_size, in_flight = "slow", 4, 2

    def __init__(self, answer: Candidates, next_is_there: Callable[[int], bool]) -> None:
        self.answer = answer
        self.next_is_there = next_is_there
        self.groups: list[int] = []

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        self.groups.append(len(images))
        while not self.next_is_there(sum(self.groups)):
            time.sleep(0.01)
        time.sleep(0.1)  # whoever lines them up sees them meanwhile
        return [self.answer] * len(images)


def test_while_the_network_is_busy_its_next_group_fills_up(
    starter: Predictor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_scenes(tmp_path, 18)
    decoded: list[object] = []
    real = Crew.prepared

    def counted(self: Crew, works: list[Work]) -> object:
        found = real(self, works)
        decoded.extend(found)
        return found

    monkeypatch.setattr(Crew, "prepared", counted)
    item = starter.prepare(render(5, 0, width=320, height=240).pixels, FAST)
    answer = starter.forward([item], FAST)[0].candidates
    slow = Slow(answer, lambda begun: len(decoded) >= min(18, begun + 4))
    predictor = Predictor(starter.path, starter.card, slow, DeviceReport("cpu", "slow"))
    works = [Work(index, path.name, path) for index, path in enumerate(paths)]
    found = list(Stages(predictor, FAST).run(works))
    assert [work.key for work, _ in found] == list(range(18))
    assert sum(slow.groups) == 18
    # The first one begins at once; what is left over comes last.
    assert slow.groups[1:-1] == [4] * len(slow.groups[1:-1])


@pytest.mark.parametrize(("images", "filled"), [(1, 1), (2, 16), (9, 16), (16, 16)])
def test_a_batch_is_one_image_or_full(images: int, filled: int) -> None:
    batch = [np.full((2, 2, 3), index, np.uint8) for index in range(images)]
    tensors = filled_up(batch, 16)
    assert len(tensors) == filled
    assert [int(tensor[0, 0, 0]) for tensor in tensors[:images]] == list(range(images))


def test_a_batch_that_is_halved_again_and_again_loses_no_image(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor does a batch that failed stay in the memory that the next try needs."""
    backend = TorchBackend.load(starter_model(), "cpu")
    monkeypatch.setattr(backend, "_is_gpu", True)
    taken: list[weakref.ref[torch.Tensor]] = []

    def little(images: Sequence[NDArray[np.uint8]], _: Selection) -> list[Any]:
        layers = torch.zeros(len(images))
        taken.append(weakref.ref(layers))
        if len(images) > 3:
            raise torch.OutOfMemoryError
        return [int(image[0, 0, 0]) for image in images]

    def given_back() -> None:
        assert [layers for layers in taken if layers() is not None] == []

    monkeypatch.setattr(backend, "_on_gpu", little)
    monkeypatch.setattr(backend, "_give_back_memory", given_back)
    selection = Selection(0.05, 0.6, 100)
    for count in (16, 16, 5):
        images = [np.full((32, 32, 3), number, np.uint8) for number in range(count)]
        monkeypatch.setattr(backend, "_full", min(backend._full, 8))
        found: list[Any] = backend.run(images, selection)
        assert found == list(range(count))
    assert backend._full == 2


def test_the_shapes_of_two_looks_are_kept_prepared() -> None:
    """Photographs from everywhere would else have them prepared again and again."""
    sides = [1, *range(40, 4000, 80)]
    shapes = {
        (box.width, box.height)
        for size in (320, 640)
        for width in sides
        for height in sides
        for box in [Letterbox.fit(width, height, size=size, few_shapes=True)]
    }
    assert len(shapes) == 14
    assert len(shapes) < min(KEPT_SIZES, MOST_GRAPHS)
