"""Before its first step a run tells new classes apart as far as the features of its start do."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch.nn import functional

from dynseg.model.checkpoint import load
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network
from dynseg.training.head_start import give_head_start, telling
from dynseg.training.process import TrainingProcess
from dynseg.training.start_weights import StartNetwork, class_row_names, fit_classes
from dynseg_resources import starter_model


def test_it_looks_at_images_of_rare_classes_first() -> None:
    kinds = [{0}, {0}, {0, 1}, {0}, set(), {2}, {2}]
    assert telling(kinds, 2) == [2, 5]
    assert telling(kinds, 3) == [2, 5, 6]
    assert telling(kinds, 99) == [0, 1, 2, 3, 5, 6]


def test_new_classes_are_told_apart_without_a_step(labelled_scenes: Path) -> None:
    data = read_description(labelled_scenes / "data.yaml")
    data = {**data, "val": data["train"]}
    names = list(data["names"].values())
    found = []
    for head_start in (False, True):
        start = fit_classes(*load(starter_model()), names)
        if head_start:
            give_head_start(start, data, size=320)
        assert start.model.training
        network = start.model.eval()
        found.append(evaluate_network(network, start.card, data, image_size=320).map50)
    assert found[1] > 2 * found[0]


def test_classes_that_the_parent_knew_stay_and_those_without_objects_keep_still(
    labelled_scenes: Path,
) -> None:
    data = read_description(labelled_scenes / "data.yaml")
    names = list(data["names"].values())
    first = fit_classes(*load(starter_model()), names[:2])
    start = fit_classes(first.model, first.card, [*names, "nothing"])
    before = {name: value.clone() for name, value in start.model.state_dict().items()}
    give_head_start(start, data, size=320)
    after = start.model.state_dict()
    for name, value in before.items():
        if name not in class_row_names(start.model):
            assert torch.equal(after[name], value)
            continue
        assert torch.equal(after[name][:2], value[:2])
        if name.endswith("bias"):
            assert (after[name][len(names)] < value[len(names)] - 3).all()


@pytest.mark.usefixtures("threads_as_before")
def test_a_run_begins_with_it(reviewed_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    config = TrainConfig(epochs=1, image_size=320, batch=4, threads=1, folds=0)
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), config)
    begun: list[StartNetwork] = []

    def train(_: TrainingProcess, start: StartNetwork, *__: object) -> None:
        begun.append(start)
        raise RuntimeError("far enough")

    monkeypatch.setattr(TrainingProcess, "_train", train)
    run.claim()
    with pytest.raises(RuntimeError, match="far enough"):
        TrainingProcess(run, terminated=lambda: False).execute()
    state = begun[0].model.state_dict()
    rows = [state[n] for n in class_row_names(begun[0].model) if n.endswith("weight")]
    alike = [functional.cosine_similarity(r[0].flatten(), r[1].flatten(), dim=0) for r in rows]
    assert min(alike) < 0.95, "only noise sets the classes apart"
    assert begun[0].card.classes == reviewed_store.classes().names
