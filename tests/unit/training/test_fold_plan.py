"""Which images measure a model of few images: none that it, or what it came from, has seen."""

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

AUTO = TrainConfig()


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


def finished(store: Store, run: RunFolder, name: str, *, folds: bool = True) -> ModelCard:
    """A run as its end leaves it: the starter stands for every model."""
    model = run.models / f"{name}.safetensors"
    card = copy_model(model, sorted(images(run).values()))
    run.update(state="finished", model=name, model_sha256=file_digest(model))
    for number, part in enumerate(dealt(run).parts, 1) if folds else ():
        copy_model(fold_of(run, number), [d for n, d in images(run).items() if n not in part])
    return card


def set_state(store: Store, image_id: int, state: ImageState) -> None:
    now = store.annotation(image_id)
    then = edits.set_state(state)(now)
    store.commit(image_id, diff(now, then), expected_revision=now.revision, text="State")


def test_every_image_of_a_small_project_is_measured_once(reviewed_store: Store) -> None:
    run = prepared(reviewed_store)
    plan = dealt(run)
    assert [len(part) for part in plan.parts] == [2, 2, 2]
    assert sorted(name for part in plan.parts for name in part) == sorted(images(run))
    assert not plan.own_starts
    assert dealt(prepared(reviewed_store)) == plan, "the same labels are dealt alike"
    assert prepared(reviewed_store, TrainConfig(folds=0)).plan().folds is None
    assert len(dealt(prepared(reviewed_store, TrainConfig(folds=2))).parts) == 2


def test_what_shows_nearly_the_same_is_in_one_fold(reviewed_store: Store) -> None:
    first, *others = sorted(reviewed_store.images_root.iterdir())
    shutil.copy(first, others[2])
    alike = {first.name, others[2].name}
    names = [{Path(name).name for name in part} for part in dealt(prepared(reviewed_store)).parts]
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


def test_folds_go_on_from_those_of_the_current_model(reviewed_store: Store) -> None:
    first = prepared(reviewed_store)
    finished(reviewed_store, first, "dishes-1")
    second = prepared(reviewed_store, parent="dishes-1")
    assert dealt(second) == structs.replace(dealt(first), own_starts=True)
    for number, part in enumerate(dealt(second).parts, 1):
        learned = read_card(start_of(second, number)).learned
        assert not {images(second)[name] for name in part} & set(learned)
    card_path(fold_of(first, 2)).unlink()
    third = prepared(reviewed_store, parent="dishes-1").plan()
    assert third.folds is None, "nothing is left that the current model has not learned from"
    assert third.known == [name for name in images(second) if name.startswith("images/val/")]


def test_new_images_are_dealt_to_the_folds_there_are(reviewed_store: Store) -> None:
    rows = reviewed_store.images()
    set_state(reviewed_store, rows[2].id, ImageState.IN_WORK)
    first = prepared(reviewed_store)
    finished(reviewed_store, first, "dishes-1")
    set_state(reviewed_store, rows[2].id, ImageState.REVIEWED)
    second = prepared(reviewed_store, parent="dishes-1")
    new = {images(second)[name] for name in images(second)} - set(images(first).values())
    assert len(new) == 1
    before, after = (
        [{images(run)[name] for name in part} for part in dealt(run).parts]
        for run in (first, second)
    )
    assert [part - new for part in after] == before
    assert sum(bool(part & new) for part in after) == 1


def test_without_them_only_what_the_current_model_has_not_seen_measures(
    reviewed_store: Store,
) -> None:
    rows = reviewed_store.images()
    for row in rows[:2]:
        set_state(reviewed_store, row.id, ImageState.IN_WORK)
    finished(reviewed_store, prepared(reviewed_store), "dishes-1", folds=False)
    for row in rows[:2]:
        set_state(reviewed_store, row.id, ImageState.REVIEWED)
    plan = dealt(prepared(reviewed_store, parent="dishes-1"))
    assert not plan.own_starts
    assert sorted(Path(name).stem for part in plan.parts for name in part) == [
        Path(row.rel).stem for row in rows[:2]
    ]


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
    assert learned_by(card, ["c", "a"]) == ["a", "b", "c"]
    assert learned_by(card, map(str, range(fold_plan.MOST_LISTED + 1))) == ["a", "b"]
