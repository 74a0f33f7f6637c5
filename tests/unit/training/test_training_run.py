"""A run from its snapshot to a promoted candidate, on a few small images."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
import torch
from msgspec import structs
from ultralytics.data.augment import Mosaic

from dynseg.errors import ModelFileError, TrainingError
from dynseg.model.checkpoint import load
from dynseg.model.registry import STARTER, ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch, promotion
from dynseg.training.compared import changes_of
from dynseg.training.config import TrainConfig
from dynseg.training.devices import choose_device
from dynseg.training.events import (
    EpochEnded,
    Evaluated,
    RunFinished,
    RunLog,
    RunStarted,
    RunStopped,
)
from dynseg.training.norms import NORM_MOMENTUM
from dynseg.training.process import TrainingProcess
from dynseg.training.run import CLOSE_UPS, RunFolder
from dynseg.training.trainer import DynamicSegmentationTrainer

pytestmark = pytest.mark.usefixtures("no_forks", "threads_as_before")

SMALL = TrainConfig(epochs=1, image_size=64, batch=4, threads=1, folds=0)


@pytest.fixture(autouse=True)
def short_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten images a pass, not 65."""
    monkeypatch.setattr("dynseg.training.budget.LEAST_SAMPLES_PER_EPOCH", 8)


def execute(run: RunFolder) -> None:
    run.claim()
    TrainingProcess(run, terminated=lambda: False).execute()


def test_a_run_of_tiny_objects_learns_from_close_ups_and_leaves_none(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, image_size=0))
    tiny = structs.replace(run.plan(), object_share=0.0625, large_share=0.3)
    run.save_plan(tiny)
    execute(run)
    card = next(c for c in registry.list() if c.name == run.status().model)
    assert card.image_size == 320
    assert card.close_up == pytest.approx(5 / 3)  # larger objects have half of a part
    said = run.events()
    assert any("parts of the images" in e.text for e in said if isinstance(e, RunLog))
    assert any(isinstance(e, RunStarted) and e.images + e.val_images == 6 for e in said)
    assert not (run.path / CLOSE_UPS).exists()


def test_parts_of_images_are_not_left_on_a_full_disk(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = launch.prepare(
        reviewed_store, ModelRegistry(reviewed_store.layout.models), TrainConfig(threads=2, folds=0)
    )
    run.save_plan(structs.replace(run.plan(), object_share=0.025, large_share=0.2))

    def fill_disk(*_: object) -> None:
        assert (run.path / CLOSE_UPS).is_dir()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TrainingProcess, "_before", fill_disk)
    with pytest.raises(OSError, match="No space left"):
        execute(run)
    assert not (run.path / CLOSE_UPS).exists()


def test_a_run_of_one_pass_ends_with_whole_images(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.budget.LEAST_SAMPLES_PER_EPOCH", 20)
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), SMALL)
    made: list[bool] = []
    combine = Mosaic.__call__

    def spied(self: Mosaic, labels: dict[str, object]) -> object:
        made.append(self.p > 0)
        return combine(self, labels)

    monkeypatch.setattr(Mosaic, "__call__", spied)
    monkeypatch.setattr(TrainingProcess, "_candidate", fail)
    with pytest.raises(RuntimeError, match="far enough"):
        execute(run)
    assert all(made[:4])
    assert not any(made[-4:])


def fail(*_: object) -> None:
    raise RuntimeError("far enough")


def test_figures_of_images_that_it_learned_from_are_called_so(reviewed_store: Store) -> None:
    """As after an import of a data set that has a folder `train` alone."""
    reviewed_store.set_splits({row.id: "train" for row in reviewed_store.images()})
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, SMALL)
    execute(run)
    assert [e.apart for e in run.events() if isinstance(e, Evaluated)] == [False, False]
    card = next(c for c in registry.list() if c.name == run.status().model)
    assert "measured on the same" in card.notes


def test_run_makes_a_candidate_that_can_be_promoted_and_taken_back(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, SMALL)
    execute(run)

    said = run.events()
    names = [(e.name, e.apart) for e in said if isinstance(e, Evaluated)]
    assert names == [("before", True), ("after", True)]
    assert any(isinstance(e, RunStarted) and e.images + e.val_images == 6 for e in said)
    epoch = next(e for e in said if isinstance(e, EpochEnded))
    assert set(epoch.losses) >= {"box_loss", "seg_loss", "cls_loss"}
    assert epoch.router_entropy is not None
    assert epoch.router_entropy > 0.9
    finished = said[-1]
    assert isinstance(finished, RunFinished)
    status = run.status()
    assert status.state == "finished"
    assert list(run.path.glob("checkpoint-*.pt")) == []

    assert status.model == f"{reviewed_store.root.name}-1"
    card = next(c for c in registry.list() if c.name == status.model)
    assert card.parent == registry.starter().model_id
    assert card.snapshot == run.plan().snapshot
    assert card.metrics["map50"] == finished.map50
    model, _ = load(registry.path(status.model))
    assert model.names == dict(enumerate(reviewed_store.classes().names))
    assert registry.active().name == STARTER
    promotion.promote(registry, run, force=True)
    assert registry.active().name == status.model
    assert registry.rollback().name == STARTER

    run.update(problem="It is worse.")
    with pytest.raises(TrainingError, match="It is worse"):
        promotion.promote(registry, run)
    path = registry.path(status.model)
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    with pytest.raises(ModelFileError, match="not the file"):
        promotion.promote(registry, run, force=True)
    assert registry.active().name == STARTER


def test_stopped_run_goes_on_where_it_was(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, epochs=2))
    started = TrainingProcess(run, terminated=lambda: False)
    stop_once(started, lambda: any(isinstance(e, RunStarted) for e in run.events()))
    run.claim()
    started.execute()

    assert run.status().state == "stopped"
    assert run.status().epoch == 1
    assert isinstance(run.events()[-1], RunStopped)
    with pytest.raises(TrainingError, match="no finished model"):
        promotion.promote(registry, run)
    lines = len(run.events())
    execute(run)
    said = run.events(lines)
    assert any(isinstance(e, RunStarted) and e.resumed == 1 for e in said)
    # The first pass was broken off half way: one and a half were left.
    passes = [(e.epoch, e.epochs) for e in said if isinstance(e, EpochEnded)]
    assert passes == [(2, 3), (3, 3)]
    assert isinstance(said[-1], RunFinished)


def stop_once(process: TrainingProcess, when: Callable[[], bool]) -> None:
    """Let somebody want the run to stop from a moment on."""
    process._stop_requested = lambda: "stop" if when() else ""  # type: ignore[method-assign]


def test_stopped_while_the_new_model_is_measured_it_keeps_what_was_learned(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, time_limit_min=0.001))
    started = TrainingProcess(run, terminated=lambda: False)
    stop_once(started, run.candidate.is_file)
    run.claim()
    started.execute()
    assert run.status().state == "stopped"
    assert [e.name for e in run.events() if isinstance(e, Evaluated)] == ["before"]
    assert run.status().epoch == 1
    assert run.status().checkpoint
    lines = len(run.events())
    execute(run)
    said = run.events(lines)
    assert sum(isinstance(e, EpochEnded) for e in said) == 1, "one step, and it is measured"
    assert isinstance(said[-1], RunFinished)
    # Its time is over: what a run can do without is left out.
    assert not any(e.text.startswith("Outlines") for e in said if isinstance(e, RunLog))
    assert changes_of(run.path) is None


def test_asked_to_finish_it_learns_a_little_more_at_a_falling_rate(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network whose rate is high answers worse than the model that it began with."""
    monkeypatch.setattr("dynseg.training.budget.END_SAMPLES", 24)
    monkeypatch.setattr("dynseg.training.trainer.STOP_INTERVAL_S", 0.0)
    rates: list[float] = []
    momenta: set[float | None] = set()
    step = DynamicSegmentationTrainer.optimizer_step

    def noted(self: DynamicSegmentationTrainer) -> None:
        step(self)
        rates.append(self.optimizer.param_groups[0]["lr"])
        norms = [m for m in self.model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        momenta.update(norm.momentum for norm in norms)

    monkeypatch.setattr(DynamicSegmentationTrainer, "optimizer_step", noted)
    config = structs.replace(SMALL, epochs=50, learning_rate=1e-3)
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), config)
    process = TrainingProcess(run, terminated=lambda: False)
    process._stop_requested = lambda: "finish" if len(rates) >= 8 else ""  # type: ignore[method-assign]
    run.claim()
    process.execute()
    assert run.status().state == "finished"
    assert len(rates) == 8 + 24 // SMALL.batch
    assert min(rates[5:8]) > 9e-4
    assert rates[8:] == sorted(rates[8:], reverse=True)
    assert rates[-1] < 1e-4
    assert momenta == {NORM_MOMENTUM}


def test_a_run_that_finishes_can_still_be_stopped(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.trainer.STOP_INTERVAL_S", 0.0)
    config = structs.replace(SMALL, epochs=50)
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), config)
    process = TrainingProcess(run, terminated=lambda: False)
    wishes: list[Literal["", "stop", "finish"]] = ["", "finish", "finish"]
    process._stop_requested = lambda: wishes.pop(0) if wishes else "stop"  # type: ignore[method-assign]
    monkeypatch.setattr(process, "_stoppable", contextlib.nullcontext)
    monkeypatch.setattr(process, "_before", lambda *_: None)
    run.claim()
    process.execute()
    assert run.status().state == "stopped"
    assert run.status().checkpoint


def test_finish_keeps_where_a_stop_during_the_measurements_goes_on(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynseg.training.budget.END_SAMPLES", 4)
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, epochs=50))
    started = TrainingProcess(run, terminated=lambda: False)

    def wish() -> Literal["", "stop", "finish"]:
        if run.candidate.is_file():
            return "stop"
        return "finish" if any(isinstance(e, RunStarted) for e in run.events()) else ""

    started._stop_requested = wish  # type: ignore[method-assign]
    run.claim()
    started.execute()
    assert run.status().state == "stopped"
    assert run.status().epoch == 1
    assert run.status().checkpoint


def test_stop_is_heard_while_the_current_model_is_measured(reviewed_store: Store) -> None:
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), SMALL)
    started = TrainingProcess(run, terminated=lambda: False)
    stop_once(started, lambda: True)
    run.claim()
    started.execute()
    assert [type(event) for event in run.events()] == [RunStopped]


def test_stop_is_heard_while_a_pass_is_measured(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = launch.prepare(
        reviewed_store,
        ModelRegistry(reviewed_store.layout.models),
        structs.replace(SMALL, epochs=9),
    )
    started = TrainingProcess(run, terminated=lambda: False)
    measuring: list[bool] = []
    validate = DynamicSegmentationTrainer.validate

    def begin(self: DynamicSegmentationTrainer) -> object:
        measuring.append(True)
        return validate(self)

    monkeypatch.setattr(DynamicSegmentationTrainer, "validate", begin)
    stop_once(started, lambda: bool(measuring))
    run.claim()
    started.execute()
    ends = [event for event in run.events() if isinstance(event, EpochEnded)]
    assert [event.map50 for event in ends] == [None]
    assert (run.status().state, run.status().epoch) == ("stopped", 1)
    assert run.status().checkpoint


def test_loss_that_is_no_number_ends_the_run(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, epochs=3))

    def poisoned(self: DynamicSegmentationTrainer, batch: dict[str, torch.Tensor]) -> object:
        batch["img"] = batch["img"].float() * float("nan")
        return batch

    monkeypatch.setattr(DynamicSegmentationTrainer, "preprocess_batch", poisoned)
    with pytest.raises(TrainingError, match="no longer a number"):
        execute(run)
    assert not run.candidate.exists()
    assert registry.active().name == STARTER


def test_changed_snapshot_is_not_trained_on(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, SMALL)
    with (run.path / "data" / "manifest.json").open("a") as file:
        file.write(" ")
    with pytest.raises(TrainingError, match="were changed"):
        execute(run)


@pytest.mark.parametrize("wish", ["cuda:99", "gpu", "cuda:x"])
def test_device_that_is_not_there_is_named(wish: str) -> None:
    assert choose_device("cpu") == "cpu"
    with pytest.raises(TrainingError, match="no device"):
        choose_device(wish)


def test_gate_lets_better_and_equal_ones_through() -> None:
    assert promotion.problem_of((0.5, 0.4), (0.5, 0.4)) == ""
    assert promotion.problem_of((0.0, 0.0), (0.6, 0.5)) == ""
    assert "worse" in promotion.problem_of((0.5, 0.4), (0.6, 0.3))
    assert "nothing" in promotion.problem_of((0.0, 0.0), (0.0, 0.0))
    unknown = promotion.problem_of((0.0, 0.0), (0.0, 0.0), has_objects=False)
    assert unknown.startswith("No validation image has a shape")


@pytest.mark.slow
def test_file_is_checked_in_a_process_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="not there"):
        promotion.check_candidate(tmp_path / "none.safetensors")
