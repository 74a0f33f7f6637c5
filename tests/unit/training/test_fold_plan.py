"""Which images measure where few validate: none that what they measure has learned from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec import structs

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState
from dynseg.curation import split
from dynseg.formats.outgoing.staging import file_digest
from dynseg.model.card import ModelCard, card_path, read_card, write_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import fold_plan, launch
from dynseg.training.config import TrainConfig
from dynseg.training.fold_plan import fair_images, fold_of, learned_by, snapshot_images, start_of
from dynseg.training.process import TrainingProcess
from dynseg.training.run import FoldPlan, RunFolder
from dynseg_resources import starter_model

AUTO, THREE = TrainConfig(), TrainConfig(folds=3)


def prepared(store: Store, config: TrainConfig = AUTO, parent: str | None = None) -> RunFolder:
    return launch.prepare(store, ModelRegistry(store.layout.models), config, parent_model=parent)


def dealt(run: RunFolder) -> FoldPlan:
    plan = run.plan().folds
    assert plan is not None
    return plan


def images(run: RunFolder) -> dict[str, str]:
    return snapshot_images(run.data_yaml.parent)


def copy_model(target: Path, learned: list[str]) -> ModelCard:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(starter_model(), target)
    card = structs.replace(read_card(starter_model()), name=target.stem, learned=learned)
    write_card(target, card)
    return card


def finished(run: RunFolder, name: str) -> None:
    """A run as its end leaves it: the starter stands for every model."""
    model = run.models / f"{name}.safetensors"
    copy_model(model, sorted(images(run).values()))
    run.update(state="finished", model=name, model_sha256=file_digest(model))
    for number, part in enumerate(dealt(run).parts, 1):
        copy_model(fold_of(run, number), [d for n, d in images(run).items() if n not in part])


def set_state(store: Store, image_id: int, state: ImageState) -> None:
    now = store.annotation(image_id)
    then = edits.set_state(state)(now)
    store.commit(image_id, diff(now, then), expected_revision=now.revision, text="State")


def test_half_of_a_few_images_measure_before_they_teach(reviewed_store: Store) -> None:
    run = prepared(reviewed_store)
    plan = dealt(run)
    (part,) = plan.parts
    assert len(part) == 3
    assert {name for name in images(run) if name.startswith("images/val/")} < set(part)
    assert not plan.own_starts
    assert dealt(prepared(reviewed_store)) == plan, "the same labels are dealt alike"
    assert prepared(reviewed_store, TrainConfig(folds=0)).plan().folds is None


def test_of_more_images_no_more_measure_than_are_enough(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold_plan, "FEW", 2)
    reviewed_store.set_splits({row.id: "train" for row in reviewed_store.images()})
    (part,) = dealt(prepared(reviewed_store)).parts
    assert len(part) <= 2


def test_of_several_folds_every_image_measures_one(reviewed_store: Store) -> None:
    run = prepared(reviewed_store, THREE)
    parts = dealt(run).parts
    assert [len(part) for part in parts] == [2, 2, 2]
    assert sorted(name for part in parts for name in part) == sorted(images(run))


def test_what_shows_nearly_the_same_is_in_one_fold(reviewed_store: Store) -> None:
    first, *others = sorted(reviewed_store.images_root.iterdir())
    shutil.copy(first, others[2])
    alike = {first.name, others[2].name}
    parts = dealt(prepared(reviewed_store, THREE)).parts
    names = [{Path(name).name for name in part} for part in parts]
    assert [alike & part for part in names if alike & part] == [alike]


def test_where_all_is_of_one_folder_that_stays_together_there_are_no_folds(
    reviewed_store: Store,
) -> None:
    split.keep_rule(reviewed_store, split.SplitRule(by_folder=True))
    assert prepared(reviewed_store).plan().folds is None


def test_enough_validation_images_measure_by_themselves(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold_plan, "FEW", 1)
    plan = prepared(reviewed_store).plan()
    assert (plan.folds, plan.known) == (None, [])


@pytest.mark.parametrize("config", [AUTO, THREE], ids=["one", "three"])
def test_folds_go_on_from_those_of_the_current_model(
    reviewed_store: Store, config: TrainConfig
) -> None:
    first = prepared(reviewed_store, config)
    finished(first, "dishes-1")
    second = prepared(reviewed_store, parent="dishes-1")
    assert dealt(second) == structs.replace(dealt(first), own_starts=True)
    for number, part in enumerate(dealt(second).parts, 1):
        learned = read_card(start_of(second, number)).learned
        assert not {images(second)[name] for name in part} & set(learned)
    card_path(fold_of(first, 1)).unlink()
    third = prepared(reviewed_store, parent="dishes-1").plan()
    assert third.folds is None, "nothing is left that the current model has not learned from"
    assert third.known == [name for name in images(second) if name.startswith("images/val/")]


@pytest.mark.parametrize("config", [AUTO, THREE], ids=["one", "three"])
def test_what_has_measured_measures_again_and_new_images_join(
    reviewed_store: Store, config: TrainConfig
) -> None:
    rows = reviewed_store.images()
    for row in rows[1:3]:
        set_state(reviewed_store, row.id, ImageState.IN_WORK)
    first = prepared(reviewed_store, config)
    finished(first, "dishes-1")
    for row in rows[1:3]:
        set_state(reviewed_store, row.id, ImageState.REVIEWED)
    second = prepared(reviewed_store, parent="dishes-1")
    new = {images(second)[name] for name in images(second)} - set(images(first).values())
    assert len(new) == 2
    before, after = (
        [{images(run)[name] for name in part} for part in dealt(run).parts]
        for run in (first, second)
    )
    assert [part - new for part in after] == before
    assert sum(len(part & new) for part in after) == (1 if config is AUTO else 2)


def test_a_grown_project_validates_on_what_the_current_model_has_not_seen(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold_plan, "FEW", 1)
    run = prepared(reviewed_store)
    first, second = [name for name in images(run) if name.startswith("images/val/")]
    copy_model(run.models / "dishes-1.safetensors", [images(run)[first]])
    grown = prepared(reviewed_store, parent="dishes-1")
    assert (grown.plan().folds, grown.plan().known) == (None, [first])
    data = TrainingProcess(grown, terminated=lambda: False)._data()
    assert [path.name for path in data["val"]] == [Path(second).name]
    assert len(data["train"]) == 5


def test_models_are_compared_on_images_that_neither_has_learned_from(
    reviewed_store: Store,
) -> None:
    run = prepared(reviewed_store)
    data, digests = run.data_yaml.parent, images(run)
    validate = [name for name in digests if name.startswith("images/val/")]
    trains = [name for name in digests if name not in validate]
    card = read_card(starter_model())

    def compared(*names: str) -> tuple[list[str], dict[str, int]]:
        other = structs.replace(card, name="other", learned=[digests[name] for name in names])
        return fair_images(data, [card, other])

    assert compared(*trains) == (validate, {})
    assert compared(validate[0]) == (validate[1:], {})
    assert compared(*validate) == (trains, {})
    assert compared(*digests) == (validate, {"other": 2})


def test_a_card_lists_what_few_images_taught_and_what_came_before() -> None:
    card = structs.replace(read_card(starter_model()), learned=["b", "a"])
    many = [str(number) for number in range(fold_plan.MOST_LISTED + 1)]
    assert learned_by(card, ["c", "a"], all_teach=False) == ["a", "b", "c"]
    assert learned_by(card, many, all_teach=False) == ["a", "b"]
    assert len(learned_by(card, many, all_teach=True)) == len(many) + 2
