"""A project of few images is measured by models that have not seen them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from dynseg.formats.outgoing.staging import read_manifest
from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch, promotion
from dynseg.training.compared import changes_of
from dynseg.training.config import TrainConfig
from dynseg.training.events import (
    Advanced,
    EpochEnded,
    Evaluated,
    FoldStarted,
    RunFinished,
    RunStarted,
)
from dynseg.training.fold_plan import fold_of, snapshot_images
from dynseg.training.folded import FoldedTraining, process_of
from dynseg.training.run import RunFolder

pytestmark = pytest.mark.usefixtures("no_forks", "threads_as_before")

SMALL = TrainConfig(epochs=1, image_size=64, batch=4, threads=1)


@pytest.fixture(autouse=True)
def short_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten images a pass, not 65."""
    monkeypatch.setattr("dynseg.training.budget.LEAST_SAMPLES_PER_EPOCH", 8)


def execute(run: RunFolder) -> None:
    run.claim()
    process_of(run, terminated=lambda: False).execute()


def test_every_image_is_measured_by_a_model_that_has_not_seen_it(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, SMALL)
    images = snapshot_images(run)
    plan = run.plan().folds
    assert plan is not None
    assert sorted(name for part in plan.parts for name in part) == sorted(images)
    execute(run)
    said = run.events()
    assert [(e.name, e.images, e.folds, e.reviewed) for e in said if isinstance(e, Evaluated)] == [
        ("before", 6, 3, 6),
        ("after", 6, 3, 6),
    ]
    print(said)
    for number, part in enumerate(plan.parts, 1):
        learned = read_card(fold_of(run, number)).learned
        assert sorted(learned) == sorted(d for name, d in images.items() if name not in part)
    card = next(c for c in registry.list() if c.name == run.status().model)
    assert sorted(card.learned) == sorted(images.values())
    assert changes_of(run.path) is not None
