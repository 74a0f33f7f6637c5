"""Where few images validate, more of them measure before all of them teach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from msgspec import structs
from torch import nn

from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.compared import changes_of
from dynseg.training.config import TrainConfig
from dynseg.training.drawn import drawn_rows
from dynseg.training.events import (
    Advanced,
    EpochEnded,
    Evaluated,
    FoldStarted,
    RunFinished,
    RunStarted,
    RunStopped,
)
from dynseg.training.fold_plan import fold_of, snapshot_images
from dynseg.training.folded import SHARE, FoldedTraining, process_of
from dynseg.training.run import FoldPlan, RunFolder, can_go_on

pytestmark = pytest.mark.usefixtures("no_forks", "threads_as_before")

SMALL = TrainConfig(epochs=1, image_size=64, batch=4, threads=1)
TWICE = structs.replace(SMALL, folds=2)


@pytest.fixture(autouse=True)
def short_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten images a pass, not 65."""
    monkeypatch.setattr("dynseg.training.budget.LEAST_SAMPLES_PER_EPOCH", 8)


@pytest.fixture
def registry(reviewed_store: Store) -> ModelRegistry:
    return ModelRegistry(reviewed_store.layout.models)


def execute(run: RunFolder) -> FoldedTraining:
    run.claim()
    process = process_of(run, terminated=lambda: False)
    assert isinstance(process, FoldedTraining)
    process.execute()
    run.update(pid=0)  # it goes on in this process, as others do
    return process


def plan_of(run: RunFolder) -> FoldPlan:
    plan = run.plan().folds
    assert plan is not None
    return plan


def said(run: RunFolder, kind: type[Any], since: int = 0) -> list[Any]:
    return [event for event in run.events(since) if isinstance(event, kind)]


def unseen_by_folds(run: RunFolder) -> None:
    images = snapshot_images(run.data_yaml.parent)
    for number, part in enumerate(plan_of(run).parts, 1):
        learned = read_card(fold_of(run, number)).learned
        assert learned == sorted(digest for name, digest in images.items() if name not in part)


def test_what_measures_has_not_taught_round_after_round(
    reviewed_store: Store, registry: ModelRegistry
) -> None:
    run = launch.prepare(reviewed_store, registry, SMALL)
    execute(run)
    events = run.events()
    first = events[0]
    assert isinstance(first, RunStarted)
    assert (first.images, first.val_images, first.folds) == (6, 3, 1)
    assert [(e.fold, e.folds, e.images) for e in said(run, FoldStarted)] == [(1, 1, 3)]
    measured = [(e.name, e.images, e.folds, e.reviewed, e.apart) for e in said(run, Evaluated)]
    assert measured == [("before", 3, 1, 6, True), ("after", 3, 1, 6, True)]
    assert len(said(run, RunStarted)) == 1
    assert [e.epoch for e in said(run, EpochEnded)] == [1, 2], "one way, for whoever looks"
    shares = [e.share for e in said(run, Advanced)]
    assert shares == sorted(shares)
    assert shares[0] <= SHARE < shares[-1]
    assert all(e.eta_s >= 0 for e in said(run, Advanced))
    assert isinstance(events[-1], RunFinished)
    assert changes_of(run.path) is not None
    assert set(drawn_rows(run) or ()) == set(plan_of(run).parts[0])
    unseen_by_folds(run)
    name = run.status().model
    card = next(c for c in registry.list() if c.name == name)
    assert card.learned == sorted(snapshot_images(run.data_yaml.parent).values())
    assert "measured on 3 of them before it learned from them" in card.notes

    second = launch.prepare(reviewed_store, registry, SMALL, parent_model=name)
    assert plan_of(second) == structs.replace(plan_of(run), own_starts=True)
    execute(second)
    unseen_by_folds(second)
    before = next(e for e in said(second, Evaluated) if e.name == "before")
    after = next(e for e in said(run, Evaluated) if e.name == "after")
    assert before.map50 == pytest.approx(after.map50, abs=0.02), "what stands for the current model"
    run.forget_data()
    assert fold_of(run, 1).is_file(), "the next model's goes on from it"


def test_a_broken_off_run_keeps_the_folds_that_it_has(
    reviewed_store: Store, registry: ModelRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = launch.prepare(reviewed_store, registry, TWICE)
    learn = FoldedTraining._learn

    def killed(self: FoldedTraining, *arguments: Any) -> tuple[nn.Module, int]:
        if len(said(run, FoldStarted)) == 2:
            raise KeyboardInterrupt
        return learn(self, *arguments)

    assert not can_go_on(run)
    with monkeypatch.context() as broken:
        broken.setattr(FoldedTraining, "_learn", killed)
        with pytest.raises(KeyboardInterrupt):
            execute(run)
    assert can_go_on(run)
    lines = len(run.events())
    with monkeypatch.context() as stopped:
        stop_when(run, stopped, lambda: bool(said(run, Advanced, lines + 2)), "stop")
        execute(run)
    assert run.status().state == "stopped"
    assert isinstance(run.events()[-1], RunStopped)
    lines = len(run.events())
    execute(run)
    assert [e.fold for e in said(run, FoldStarted, lines)] == [2]
    assert isinstance(run.events()[-1], RunFinished)
    assert said(run, Evaluated)[-1].images == 6


def test_a_run_that_shall_finish_makes_do_with_the_folds_that_it_has(
    reviewed_store: Store, registry: ModelRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = launch.prepare(reviewed_store, registry, TWICE)
    stop_when(run, monkeypatch, lambda: bool(said(run, FoldStarted)), "finish")
    execute(run)
    assert len(said(run, FoldStarted)) == 1
    after = said(run, Evaluated)[-1]
    assert (after.name, after.images, after.reviewed) == ("after", len(plan_of(run).parts[0]), 6)
    assert run.status().state == "finished"


def stop_when(
    run: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    when: Callable[[], bool],
    how: Literal["stop", "finish"],
) -> None:
    monkeypatch.setattr(RunFolder, "stop_requested", lambda _: how if when() else "")
