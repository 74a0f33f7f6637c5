"""Snapshots are copies; nothing in a data set is run, downloaded or written."""

from __future__ import annotations

import itertools
import os
import pickle
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch.utils.data import Dataset

from dynseg.annotation import class_edits
from dynseg.errors import InputError, TrainingError
from dynseg.model.card import read_card
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import MosaicsEnd, end_mosaics, read_description
from dynseg.training.evaluate import evaluate
from dynseg.training.events import RunLog
from dynseg.training.ranks import Ranks
from dynseg.training.run import RunFolder
from dynseg.training.snapshot import make_snapshot
from dynseg_resources import starter_model

from ultralytics.data.build import InfiniteDataLoader  # isort: skip


class Payload:
    """Writes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.touch, (self.marker,))


def test_snapshot_copies_the_reviewed_images(reviewed_store: Store, tmp_path: Path) -> None:
    first = make_snapshot(reviewed_store, tmp_path / "a")
    second = make_snapshot(reviewed_store, tmp_path / "b")

    assert first.images + first.val_images == 6
    assert first.val_images >= 1
    assert first.sha256 == second.sha256
    data = read_description(tmp_path / "a" / "data.yaml")
    assert len(data["train"]) == first.images
    assert all(not path.is_symlink() for path in data["train"])


def test_too_little_to_learn_from_is_said_and_leaves_no_run(
    labelled_scenes: Path, tmp_path: Path
) -> None:
    with Store.create(tmp_path / "p", images=labelled_scenes / "images") as store:
        with pytest.raises(TrainingError, match="need at least 2"):
            launch.prepare(store, ModelRegistry(store.layout.models), TrainConfig())
        assert launch.find_runs(store.layout) == []
        assert list(store.layout.runs.iterdir()) == []


def test_reviewed_images_that_are_gone_are_told_and_too_few_refused(
    reviewed_store: Store,
) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    files = sorted(reviewed_store.images_root.iterdir())
    for path in files[:2]:
        path.unlink()
    run = launch.prepare(reviewed_store, registry, TrainConfig())
    (said,) = run.events()
    assert isinstance(said, RunLog)
    assert said.text == (
        f"Not learned from, because the file is missing (2): {files[0].name}, {files[1].name}"
    )
    for path in files[2:-1]:
        path.unlink()
    with pytest.raises(
        TrainingError,
        match=r"6 images are reviewed; 1 of them can be read.*of 5 are missing",
    ):
        launch.prepare(reviewed_store, registry, TrainConfig())
    assert launch.find_runs(reviewed_store.layout) == [run]


def test_what_a_killed_preparation_left_is_removed_after_a_day(reviewed_store: Store) -> None:
    runs = reviewed_store.layout.runs
    for name, age_s in (("old", 90_000), ("under-way", 60)):
        (runs / name / "data").mkdir(parents=True)
        os.utime(runs / name, (time.time() - age_s,) * 2)
    run = launch.prepare(reviewed_store, ModelRegistry(reviewed_store.layout.models), TrainConfig())
    assert {path.name for path in runs.iterdir()} == {"under-way", run.name}


def test_prepared_run_is_found_again(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    run = launch.prepare(reviewed_store, registry, TrainConfig(preset="quick"))

    assert launch.find_runs(reviewed_store.layout) == [run]
    assert run.plan().parent == str(starter_model())
    # It goes on with what it began with, wherever the original and the project are by then.
    assert run.parent == run.path / "parent.safetensors"
    assert read_card(run.parent).model_id == registry.starter().model_id
    assert run.models == registry.folder
    elsewhere = reviewed_store.layout.folder.parent / "renamed"
    assert RunFolder(elsewhere / "runs" / run.name).models == elsewhere / "models"
    assert launch.current_state(run) == "preparing"
    assert not launch.is_alive(run)


def test_a_run_knows_what_classes_were_called(reviewed_store: Store) -> None:
    table = reviewed_store.classes()
    first = table.labels[0]
    reviewed_store.change_classes(class_edits.rename(first.id, "renamed since"))
    registry = ModelRegistry(reviewed_store.layout.models)
    plan = launch.prepare(reviewed_store, registry, TrainConfig()).plan()
    assert plan.renamed == {first.name.casefold(): "renamed since"}


def test_old_runs_give_their_copies_back(reviewed_store: Store) -> None:
    registry = ModelRegistry(reviewed_store.layout.models)
    runs = []
    for _ in range(launch.KEPT_SNAPSHOTS + 2):
        runs.append(launch.prepare(reviewed_store, registry, TrainConfig()))
        runs[-1].update(state="finished")
    launch.prepare(reviewed_store, registry, TrainConfig())

    kept = [(run.path / "data").exists() for run in runs]
    assert kept == [False, False, True, True, True]
    assert all(run.plan().snapshot for run in runs)


def test_planted_cache_and_yaml_do_nothing(labelled_scenes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for split in ("train", "val"):
        shutil.copytree(labelled_scenes / "images", data / "images" / split)
        shutil.copytree(labelled_scenes / "labels", data / "labels" / split)
        bomb = pickle.dumps(Payload(tmp_path / "marker"))
        (data / "labels" / f"{split}.cache").write_bytes(bomb)
    names = read_description(labelled_scenes / "data.yaml")["names"]
    marker = tmp_path / "marker2"
    (data / "data.yaml").write_text(
        f"train: images/train\nval: images/val\nnames: {list(names.values())}\n"
        f"download: open({str(marker)!r}, 'w')\n"
    )
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    aware = evaluate(starter_model(), data / "data.yaml", 160)
    agnostic = evaluate(starter_model(), data / "data.yaml", 160, agnostic=True)

    assert not (tmp_path / "marker").exists()
    assert not marker.exists()
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    assert aware.map50 == 0
    assert set(aware.per_class) == set(names.values())
    assert agnostic.map50 > 0.2
    assert np.isfinite(agnostic.map50_95)


@pytest.mark.parametrize(
    "text",
    ["", "names: 3", "names: {0: a, 2: b}", "train: ../..\nval: /etc\nnames: [a]", "\xff: ["],
)
def test_bad_description_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(InputError):
        read_description(path)


def test_mosaics_end_with_the_image_and_not_with_the_moment_in_which_it_is_loaded() -> None:
    """A resumed run counts on: two images of 6 were shown, the fifth is the first without."""
    drawn = MosaicsEnd([3, 1, 2], 2, lambda given: given >= 4)
    assert len(drawn) == 3
    assert list(drawn) == [3, 1, ~2]
    assert list(drawn) == [~3, ~1, ~2], "they do not come back with the next pass"


class Same(Dataset[int]):
    """Shows which images are drawn."""

    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> int:
        return index


class Eager(InfiniteDataLoader):  # type: ignore[misc]
    """Draws when it is made and reset, as the loaders of ultralytics 8.4.145 do."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.reset()

    def reset(self) -> None:
        drawn = self._get_iterator()
        self.iterator = itertools.chain([next(drawn)], drawn)


@pytest.mark.parametrize("kind", [InfiniteDataLoader, Eager])
def test_mosaics_end_in_the_first_pass_whenever_its_images_are_drawn(
    kind: type[InfiniteDataLoader],
) -> None:
    loader = kind(Same(), batch_size=2, collate_fn=list)
    end_mosaics(loader, 0, lambda given: given >= 2, Ranks(), seed=0)
    assert list(loader) == [[0, 1], [~2, ~3]]
