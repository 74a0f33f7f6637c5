"""The embedded model on real photos: what it finds, how near the polygons are, what fails how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from dynseg.benchmark.quality import full_mask, mask_iou
from dynseg.errors import EngineError, InputError
from dynseg.geometry.polygon import iou
from dynseg.images.decode import decode
from dynseg.inference.backends import choice
from dynseg.inference.backends.device import DeviceReport, choose
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import NotEnoughMemoryError, Predictor
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.sample.scene import render

SETTINGS = PredictSettings()


def surer(found: list[Detection], confidence: float = 0.25) -> list[Detection]:
    return [item for item in found if item.score >= confidence]


def photos(folder: Path, count: int) -> list[NDArray[np.uint8]]:
    return [decode(path).pixels for path in sorted(folder.iterdir())[:count]]


def test_objects_of_a_generated_scene_are_found(starter: Predictor) -> None:
    scene = render(1, 0)
    found = starter.predict(scene.pixels, SETTINGS)
    assert [d.score for d in found] == sorted((d.score for d in found), reverse=True)
    assert all(d.score >= CANDIDATE_CONFIDENCE for d in found)
    best = [max((iou(item.parts, d.parts) for d in found), default=0) for item in scene.instances]
    assert np.mean(np.array(best) > 0.5) > 0.5


def test_the_same_pixels_give_the_same_bits(starter: Predictor) -> None:
    pixels = render(1, 1).pixels
    assert starter.predict(pixels, SETTINGS) == starter.predict(pixels.copy(), SETTINGS)


def test_red_is_red(starter: Predictor, shared_data: Path) -> None:
    """Red and blue swapped find less, or the channels went in the wrong order."""
    sure = [0.0, 0.0]
    for pixels in photos(shared_data / "food-tray/yolo/images/val", 4):
        for index, seen in enumerate((pixels, np.ascontiguousarray(pixels[:, :, ::-1]))):
            sure[index] += sum(d.score for d in surer(starter.predict(seen, SETTINGS)))
    assert sure[0] > sure[1]


# The starter knows nuts, and frays the outlines of a part of the food, so there the median counts.
@pytest.mark.parametrize(("name", "middle"), [("nuts", np.mean), ("food-tray", np.median)])
def test_polygons_are_near_the_full_mask_with_few_points(
    starter: Predictor,
    shared_data: Path,
    name: str,
    middle: Callable[[list[float]], float],
) -> None:
    overlaps, points = [], []
    for pixels in photos(shared_data / name / "yolo/images/train", 8):
        raw = starter.forward([starter.prepare(pixels, SETTINGS)], SETTINGS, confidence=0.25)[0]
        found = {d.score: d for d in starter.polygons(raw, SETTINGS)}
        for index, score in enumerate(raw.candidates.scores.tolist()):
            if score in found:
                full = full_mask(raw.candidates, index, raw.letterbox)
                overlaps.append(mask_iou(full, found[score].parts))
                points.append(float(sum(len(r) for p in found[score].parts for r in p.rings)))
    overlap, count = np.mean(overlaps), np.mean(points)
    print(f"{name}: {len(overlaps)} objects, mean IoU {overlap:.4f}, {count:.1f} points")
    assert middle(overlaps) >= 0.98
    assert middle(points) <= 25


def test_a_batch_finds_what_single_images_find(starter: Predictor) -> None:
    scenes = [render(2, index).pixels for index in range(3)]
    inputs = [starter.prepare(pixels, SETTINGS) for pixels in scenes]
    together = starter.forward(inputs, SETTINGS, confidence=0.25)
    for item, raw in zip(inputs, together, strict=True):
        alone = starter.polygons(starter.forward([item], SETTINGS, confidence=0.25)[0], SETTINGS)
        batched = starter.polygons(raw, SETTINGS)
        assert len(alone) == len(batched)
        for one, other in zip(alone, batched, strict=True):
            assert one.score == pytest.approx(other.score, abs=1e-3)
            assert iou(one.parts, other.parts) > 0.995


def test_images_of_different_sizes_keep_their_order(starter: Predictor) -> None:
    sizes = [(300, 200), (200, 300), (300, 200)]
    images = [np.full((h, w, 3), 40 * i, np.uint8) for i, (w, h) in enumerate(sizes)]
    items = [starter.prepare(pixels, SETTINGS) for pixels in images]
    answers = starter.forward(items, SETTINGS)
    assert [(a.letterbox.image_width, a.letterbox.image_height) for a in answers] == sizes


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 900), (33, 47)])
def test_images_of_any_size_are_no_problem(starter: Predictor, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (size[1], size[0], 3), np.uint8)
    for found in starter.predict(pixels, SETTINGS):
        for part in found.parts:
            assert (part.outer >= 0).all()
            assert (part.outer <= size).all()


def test_the_image_size_is_the_models_own_unless_chosen(starter: Predictor) -> None:
    pixels = np.zeros((480, 640, 3), np.uint8)
    assert starter.prepare(pixels, SETTINGS).pixels.shape == (256, 320, 3)
    assert starter.prepare(pixels, PredictSettings(image_size=330)).pixels.shape == (288, 352, 3)


def test_the_device_is_named_with_its_reason() -> None:
    assert choose("cpu") == DeviceReport("cpu", "chosen in the settings")
    assert choose("auto").reason
    if not torch.cuda.is_available():
        assert choose("cuda:0").device == "cpu"
        assert choose("cuda:0").reason != "chosen in the settings"
    with pytest.raises(InputError, match="no device 'tpu'"):
        choose("tpu")


def test_of_several_gpus_the_first_runs_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dynseg.inference.backends.device._cuda_problem", lambda: "")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"GPU of slot {number}")
    assert choose("cuda:all") == choose("auto") == DeviceReport("cuda:0", "GPU of slot 0", 2)
    assert choose("cuda:1") == DeviceReport("cuda:1", "GPU of slot 1", 2)
    with pytest.raises(InputError, match="no device 'cuda:0,1'"):
        choose("cuda:0,1")


class Failing(nn.Module):
    """Raises what a GPU or an allocator raises."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise self.error


def failing(like: Predictor, error: Exception, where: DeviceReport) -> Predictor:
    backend = TorchBackend(Failing(error), where.device)
    return Predictor(like.path, like.card, backend, where)


def test_a_gpu_that_fails_is_left_for_the_cpu(
    starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No GPU is needed: what matters is that the weights are read again and the reason is told.
    monkeypatch.setattr(choice, "MAKERS", {"torch": choice.MAKERS["torch"]})
    error = RuntimeError("CUDA error: an illegal memory access was encountered\nmore")
    broken = failing(starter, error, DeviceReport("meta", "a GPU"))
    pixels = render(1, 0).pixels
    assert broken.predict(pixels, SETTINGS) == starter.predict(pixels, SETTINGS)
    assert broken.device.device == "cpu"
    assert "illegal memory access" in broken.device.reason
    assert broken.batch_size == 1


def test_a_gpu_that_fails_under_two_threads_is_left_once(
    starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one whose images fail a moment later has to go on where the first one went."""
    monkeypatch.setattr(choice, "MAKERS", {"torch": choice.MAKERS["torch"]})
    broken = failing(starter, RuntimeError("CUDA error"), DeviceReport("meta", "a GPU"))
    pixels = render(1, 0).pixels
    backend = broken._backend
    answers: list[list[Detection]] = []
    run = backend.run

    def late(*arguments: Any) -> Any:
        monkeypatch.setattr(backend, "run", run)
        answers.append(broken.predict(pixels, SETTINGS))  # falls back in the meantime
        return run(*arguments)

    monkeypatch.setattr(backend, "run", late)
    answers.append(broken.predict(pixels, SETTINGS))
    assert answers[0] == answers[1] == starter.predict(pixels, SETTINGS)


def test_a_cpu_that_fails_is_an_error_in_words(starter: Predictor) -> None:
    cpu = DeviceReport("cpu", "")
    pixels = np.zeros((64, 64, 3), np.uint8)
    full = RuntimeError(
        "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"
    )
    with pytest.raises(NotEnoughMemoryError) as caught:
        failing(starter, full, cpu).predict(pixels, SETTINGS)
    assert caught.value.hint
    odd = RuntimeError("shape mismatch")
    with pytest.raises(EngineError, match="shape mismatch"):
        failing(starter, odd, cpu).predict(pixels, SETTINGS)
