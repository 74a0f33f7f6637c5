"""A GPU does what the CPU does: it predicts, learns, measures and hands out the same."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry.polygon import iou
from dynseg.images.decode import decode
from dynseg.inference.backends.torch_backend import TorchBackend
from dynseg.inference.click import ClickSegmenter
from dynseg.inference.detections import Detection
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor
from dynseg.inference.prompt import Prompt
from dynseg.inference.runs.hands import arena
from dynseg.inference.runs.hands.slots import Slots
from dynseg.inference.settings import PredictSettings
from dynseg.label_errors.search import find_disputes
from dynseg.model.checkpoint import load
from dynseg.model.child import import_checkpoint
from dynseg.model.convert.graph import GraphShape
from dynseg.model.convert.write import convert, target_for
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.sample import generate
from dynseg.sample.scene import render
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.evaluate import evaluate
from dynseg.training.events import EpochEnded, RunFinished, RunStarted
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.folder import LiveFolder
from dynseg.training.live.gate import Gate
from dynseg.training.live.learner import Learner
from dynseg.training.live.quality import quality
from dynseg.training.live.source import ReviewedImages
from dynseg.training.run import RunFolder
from dynseg_resources import starter_model

from ultralytics.models.sam.build import build_mobile_sam  # isort: skip

DEVICE = "cuda:0"
IMAGES = 6
TIMEOUT_S = 200.0

pytestmark = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="there is no GPU here that torch can use"
)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated scenes with labels in ultralytics' layout."""
    folder = tmp_path_factory.mktemp("scenes")
    generate(folder, images=IMAGES, seed=3)
    return folder


@pytest.fixture
def project(scenes: Path, tmp_path: Path) -> Iterator[Store]:
    """A project in which all of them are reviewed."""
    shutil.copytree(scenes / "images", tmp_path / "photos")
    with Store.create(tmp_path / "project", images=tmp_path / "photos") as made:
        import_labels(made, scenes, as_reviewed=True)
        yield made


# Predicting


@pytest.mark.parametrize("half", [False, True])
def test_the_same_objects_are_found(scenes: Path, half: bool) -> None:
    for path in sorted((scenes / "images").iterdir())[:2]:
        pixels = decode(path).pixels
        wanted, found = (detections(device, pixels, half=half) for device in ("cpu", DEVICE))
        assert any(is_sure(item) for item in wanted)
        for one, other in ((wanted, found), (found, wanted)):
            for item in filter(is_sure, one):
                same = max(other, key=lambda o: iou(item.parts, o.parts))
                assert iou(item.parts, same.parts) > 0.95, item.box
                assert abs(item.score - same.score) < 0.03


def test_replayed_launches_answer_as_the_network_does(scenes: Path) -> None:
    settings = PredictSettings()
    images = [decode(path).pixels for path in sorted((scenes / "images").iterdir())]
    fresh = [detections(DEVICE, pixels, half=True) for pixels in images[:4]]
    predictor = Predictor.load(starter_model(), device=DEVICE, backend="torch")
    for _ in range(3):
        for pixels, wanted in zip(images[:4], fresh, strict=True):
            found = predictor.predict(pixels, settings)
            assert [d.score for d in found] == pytest.approx([d.score for d in wanted], abs=0.01)
    assert predictor.device.device == DEVICE, predictor.device.reason


class Lent:
    """Memory for four images, and for the answers to them."""

    def __init__(self) -> None:
        file, self.memory = arena.create(1 << 23)
        file.remove()
        self._slots = Slots(self.memory, 1 << 21, 1 << 22, 1)
        self.given: set[int] = set()

    def room_for(self, shape: tuple[int, ...]) -> NDArray[np.float16] | None:
        found = self._slots.take(shape)
        assert found is not None
        self.given.add(found.ctypes.data)
        return found


def test_memory_is_pinned_as_long_as_it_is_lent() -> None:
    backend = TorchBackend.load(starter_model(), DEVICE)
    shared = Lent()
    images = list(shared.memory[: 4 * 320 * 320 * 3].reshape(4, 320, 320, 3))
    scene = render(5, 0, width=320, height=320).pixels
    for image in images:
        image[:] = scene
    selection = Selection(0.05, 0.6, 100)
    wanted = backend.run([scene], selection)[0]
    with backend.pinned(shared):
        assert torch.from_numpy(images[0]).is_pinned()
        for _ in range(3):
            answers = backend.run(images, selection)
            assert len(shared.given) == 1, "what nobody has is given again"
            for found in answers:
                assert len(found) == pytest.approx(len(wanted), abs=2)
                assert np.shares_memory(found.prototypes, shared.memory)
                apart = found.prototypes.astype(np.float32) - wanted.prototypes
                assert np.abs(apart).mean() < 0.02
            del answers, found
    assert not torch.from_numpy(images[0]).is_pinned()


def test_a_gpu_with_little_memory_takes_smaller_batches_and_goes_on() -> None:
    """It may run out while launches are recorded, and the recording has to end all the same."""
    images = [render(5, number, width=640, height=640).pixels for number in range(16)]
    selection = Selection(0.05, 0.6, 300)
    wanted = [
        len(found) for found in TorchBackend.load(starter_model(), DEVICE).run(images, selection)
    ]
    total = torch.cuda.get_device_properties(DEVICE).total_memory
    try:
        for left in (500, 350):
            backend = TorchBackend.load(starter_model(), DEVICE)
            torch.cuda.empty_cache()
            least = torch.cuda.memory_reserved(DEVICE) + (left << 20)
            torch.cuda.set_per_process_memory_fraction(least / total)
            for _ in range(3):
                answers = [len(found) for found in backend.run(images, selection)]
                assert answers == pytest.approx(wanted, abs=2)
            torch.cuda.set_per_process_memory_fraction(1.0)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)


def detections(device: str, pixels: NDArray[np.uint8], *, half: bool) -> list[Detection]:
    predictor = Predictor.load(starter_model(), device=device, backend="torch", half=half)
    found = predictor.predict(pixels, PredictSettings())
    assert predictor.device.device == device, predictor.device.reason  # nothing fell back
    return found


def is_sure(item: Detection) -> bool:
    """Whether rounding cannot push it below the limit of what is proposed."""
    return item.score >= PredictSettings().confidence + 0.1


def test_a_click_finds_the_same(scenes: Path) -> None:
    pixels = decode(next((scenes / "images").iterdir())).pixels
    prompt = Prompt(inside=((pixels.shape[1] / 2, pixels.shape[0] / 2),))
    torch.manual_seed(0)
    state = build_mobile_sam().state_dict()
    logits = []
    for device in ("cpu", DEVICE):
        network = build_mobile_sam()
        network.load_state_dict(state)
        segmenter = ClickSegmenter(network, device)
        image = segmenter.encode(pixels)
        assert image.features.device.type == torch.device(device).type
        logits.append(segmenter.mask(image, prompt)[0].ravel())
    assert np.corrcoef(logits[0], logits[1])[0, 1] > 0.99


# Measuring and converting


def test_a_model_is_measured_alike(scenes: Path) -> None:
    cpu, gpu = (
        evaluate(starter_model(), scenes / "data.yaml", 320, agnostic=True, device=device)
        for device in ("cpu", DEVICE)
    )
    assert cpu.map50 > 0.2
    assert gpu.map50 == pytest.approx(cpu.map50, abs=0.02)
    assert gpu.map50_95 == pytest.approx(cpu.map50_95, abs=0.02)
    assert gpu.images == cpu.images


@pytest.mark.filterwarnings("ignore:.*torch.jit")
@pytest.mark.parametrize("kind", ["torchscript", "onnx"])
def test_a_file_for_other_programs_asks_for_no_gpu(tmp_path: Path, kind: str) -> None:
    if kind == "onnx":
        pytest.importorskip("onnx")
        pytest.importorskip("onnxruntime")
    model, card = load(starter_model())
    target = target_for(kind, tmp_path / "model", "model")
    assert convert(model.to(DEVICE), card, kind, GraphShape(160, 160), target).is_fine
    assert next(model.parameters()).device == torch.device(DEVICE)
    if kind == "torchscript":
        network = torch.jit.load(target)  # type: ignore[no-untyped-call]
        tensors = [*network.parameters(), *network.buffers()]
        assert {tensor.device.type for tensor in tensors} == {"cpu"}
        assert "cuda" not in str(network.inlined_graph)


def test_a_checkpoint_is_imported_within_the_limits_of_its_process(tmp_path: Path) -> None:
    model, card = load(starter_model())
    source = target_for("pt", tmp_path / "theirs", "theirs")
    convert(model.to(DEVICE), card, "pt", GraphShape(160, 160), source)
    registry = ModelRegistry(tmp_path / "models")
    added = import_checkpoint(source, registry)
    assert load(registry.path(added.name))[1].classes == card.classes


# Training


def test_dynseg_train_takes_the_gpu_by_itself(project: Store) -> None:
    labels = [project.annotation(row.id) for row in project.images()]
    project.close()  # the command wants to write
    result = dynseg("train", str(project.root), "--epochs", "1", "--imgsz", "96", "--batch", "22")
    run = RunFolder(project.layout.runs / result["run"])
    said = run.events()
    assert next(e.device for e in said if isinstance(e, RunStarted)) == DEVICE
    epoch = next(e for e in said if isinstance(e, EpochEnded))
    assert epoch.losses
    assert all(map(math.isfinite, epoch.losses.values()))
    model, card = load(Path(result["path"]))
    assert card.device == DEVICE
    assert {parameter.device.type for parameter in model.parameters()} == {"cpu"}
    with Store.open(project.root, read_only=True) as view:
        assert [view.annotation(row.id) for row in view.images()] == labels


def test_a_stopped_run_goes_on_on_the_gpu(project: Store) -> None:
    config = TrainConfig(epochs=100_000, image_size=96, batch=22, folds=0)
    run = launch.prepare(project, ModelRegistry(project.layout.models), config)
    launch.start(run)
    wait_for(run, lambda: any(isinstance(e, EpochEnded) for e in run.events()))
    assert launch.stop(run, timeout_s=TIMEOUT_S)
    assert run.status().checkpoint, run.log.read_text()
    lines = len(run.events())
    launch.start(run)
    wait_for(run, lambda: any(isinstance(e, EpochEnded) for e in run.events(lines)))
    launch.stop(run, finish=True, timeout_s=TIMEOUT_S)
    said = run.events(lines)
    started = next(e for e in said if isinstance(e, RunStarted))
    assert started.resumed >= 1
    assert started.device == DEVICE
    assert isinstance(said[-1], RunFinished), run.log.read_text()


def wait_for(run: RunFolder, reached: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + TIMEOUT_S
    while not reached():
        assert time.monotonic() < limit_s, run.log.read_text()
        assert launch.is_alive(run) or reached(), (run.events()[-1:], run.log.read_text())
        time.sleep(0.1)


# Learning while somebody labels


def test_the_live_learner_learns_and_hands_out(project: Store, tmp_path: Path) -> None:
    with Store.open(project.root, read_only=True) as view:
        images = ReviewedImages(view)
        images.size = 224
        changes = images.poll()
    memory = Memory()
    for example in changes.fresh:
        memory.put(example)
    learner = Learner(*load(starter_model()), changes.classes, size=224, device=DEVICE)
    folder = LiveFolder(project.layout)
    gate = Gate(folder, memory)
    for guard in changes.guards:
        gate.add_guard(guard)
    source = BatchSource(memory, BatchSettings(224, 8))
    try:
        assert learner.meet(memory.all())
        imprinted = learner.average.model
        path, _, reached = gate.pass_on(imprinted, learner.card, learner.size)
        assert reached > 0.1
        losses = [learner.step(source.next()) for _ in range(3)]
        assert all(map(math.isfinite, losses))
        gate.forget()  # three steps may well be worse than none: both are compared below
        newest, card, _ = gate.pass_on(learner.average.model, learner.card, learner.size)
        gate.pass_on(learner.average.model, learner.card, learner.size)
        learner.set_classes([*changes.classes, "one more"])
        assert math.isfinite(learner.step(source.next()))
    finally:
        source.close()
    assert {p.device for p in learner.model.parameters()} == {torch.device(DEVICE)}
    assert path != newest
    read, read_card = load(newest)
    assert read_card.model_id == card.model_id
    guards = memory.all()[:4]
    on_cpu = quality(read, guards, size=224)
    assert quality(read.to(DEVICE), guards, size=224) == pytest.approx(on_cpu, abs=0.05)


def test_dynseg_train_live_runs_on_the_gpu(project: Store) -> None:
    result = dynseg("train", str(project.root), "--live", "--time", "0.4", "--device", DEVICE)
    assert result["steps"] > 0
    assert load(Path(result["path"]))[1].classes == list(project.classes().names)


def test_label_errors_are_looked_for_on_the_gpu(project: Store) -> None:
    with Store.open(project.root, read_only=True) as view:
        assert find_disputes(view, folds=2, steps=3, device=DEVICE).images == IMAGES


def dynseg(*arguments: str) -> dict[str, Any]:
    """What a command prints for programs."""
    done = subprocess.run(
        [sys.executable, "-m", "dynseg.cli", *arguments, "--json"],
        capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
