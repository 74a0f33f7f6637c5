"""A run that made its model worse falls back on the mean of both."""

from __future__ import annotations

import pytest
import torch
from msgspec import structs

from dynseg.model.checkpoint import load
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.evaluate import Metrics
from dynseg.training.events import Evaluated, RunLog
from dynseg.training.half_way import half_way
from dynseg.training.process import Measured, TrainingProcess
from dynseg.training.run import RunFolder
from dynseg.training.start_weights import fit_classes
from dynseg_resources import starter_model

SMALL = TrainConfig(epochs=1, image_size=64, batch=4, threads=1, folds=0)


def test_half_way_is_the_mean_of_weights_and_statistics() -> None:
    start, card = load(starter_model())
    learned = fit_classes(start, card, ["nut"]).model
    start = fit_classes(start, card, ["nut"]).model
    with torch.no_grad():
        for tensor in (*learned.parameters(), *learned.buffers()):
            if tensor.is_floating_point():
                tensor += 1
    mean = half_way(learned, start).state_dict()
    for name, value in start.state_dict().items():
        expected = value + 0.5 if value.is_floating_point() else value
        torch.testing.assert_close(mean[name], expected)


@pytest.mark.usefixtures("no_forks", "threads_as_before")
@pytest.mark.parametrize(("mean", "kept"), [(0.797, 0.797), (0.4, 0.5)])
def test_a_run_that_made_it_worse_keeps_the_better_of_both(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch, mean: float, kept: float
) -> None:
    monkeypatch.setattr("dynseg.training.budget.LEAST_SAMPLES_PER_EPOCH", 8)
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, structs.replace(SMALL, learning_rate=0.01))
    process = TrainingProcess(run, terminated=lambda: False)
    learned: list[torch.nn.Module] = []
    figures = iter((0.8, 0.5, mean))  # of 64 pixels nothing is learned that could be measured

    def measure(model: torch.nn.Module, *_: object, **__: object) -> Measured:
        learned.append(model)
        figure = next(figures)
        return Measured(Metrics(figure, figure, {"nut": figure}, 2), None)

    monkeypatch.setattr(process, "_measure", measure)
    run.claim()
    process.execute()
    said = run.events()
    measured = [(e.name, e.map50_95) for e in said if isinstance(e, Evaluated)]
    assert measured == [("before", 0.8), ("after", kept)]
    assert any("mean of both" in e.text for e in said if isinstance(e, RunLog)) == (kept == mean)
    _weights_are(run, registry, learned[2 if kept == mean else 1])
    assert run.status().problem.startswith("The new model is worse") == (kept != mean)


def _weights_are(run: RunFolder, registry: ModelRegistry, wanted: torch.nn.Module) -> None:
    model, card = load(registry.path(run.status().model))
    assert card.metrics["map50_95"] in (0.797, 0.5)
    state = wanted.state_dict()
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, state[name].to(value))
