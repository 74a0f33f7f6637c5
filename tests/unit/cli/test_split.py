"""`dynseg split`: images get their place by rule, or by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState
from dynseg.cli import main as cli
from dynseg.curation.split import rule_of
from dynseg.project.store import Store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ten reviewed images in two folders, and one that is not reviewed."""
    photos = tmp_path / "photos"
    chance = np.random.default_rng(0)
    for at in range(11):
        path = photos / ("day" if at < 5 else "night") / f"{at:02}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(chance.integers(0, 256, (32, 32), np.uint8)).save(path)
    root = tmp_path / "project"
    with Store.create(root, images=photos, classes=["leaf"], recursive=True) as store:
        for row in store.images()[:10]:
            after = Annotation(row.id, 32, 32, (), ImageState.REVIEWED)
            delta = diff(store.annotation(row.id), after)
            store.commit(row.id, delta, expected_revision=0, text="Review")
    return root


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert cli.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def places(root: Path) -> dict[str, str]:
    with Store.open(root, read_only=True) as store:
        return {row.rel: row.split for row in store.images()}


def test_reviewed_images_get_a_place_and_keep_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(project):  # somebody has it open
        foreseen = answer(capsys, "split", project, "--test-share", "0.1", "--dry-run")
    assert set(places(project).values()) == {""}
    done = answer(capsys, "split", project, "--test-share", "0.1")
    assert [done[key] for key in ("assigned", "train", "val", "test", "without")] == [
        10,
        7,
        2,
        1,
        1,
    ]
    assert foreseen == {**done, "dry_run": True}
    before = places(project)
    assert list(before.values()).count("val") == 2
    assert answer(capsys, "split", project, "--val-share", "0.5")["assigned"] == 0
    assert places(project) == before


def test_the_rule_stays_with_the_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(capsys, "split", project, "--val-share", "0.5", "--group-by", "folder")
    by_folder = {(rel.split("/")[0], place) for rel, place in places(project).items() if place}
    assert len(by_folder) == 2, by_folder
    with Store.open(project, read_only=True) as store:
        rule = rule_of(store)
    assert (rule.val_share, rule.by_folder) == (0.5, True)


def test_named_images_get_the_place_that_is_given_and_lose_it_again(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("split", project, "day/00.png", "night/10.png", "day/00.png", "--put", "val")
    foreseen = answer(capsys, *wanted, "--dry-run")
    assert (foreseen["assigned"], foreseen["val"], foreseen["without"]) == (2, 2, 9)
    done = answer(capsys, *wanted)
    assert [rel for rel, place in places(project).items() if place] == [
        "day/00.png",
        "night/10.png",
    ]
    assert done == {**foreseen, "dry_run": False, "run": done["run"]}
    assert answer(capsys, *wanted)["run"] is None
    answer(capsys, "history", project, "--undo", done["run"])
    assert set(places(project).values()) == {""}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["day/00.png"], "images need --put"),
        (["--put", "val"], "--put needs images"),
        (["nowhere.png", "--put", "val"], "no image nowhere.png"),
        (["--val-share", "0"], "nothing validates"),
        (["--val-share", "0.6", "--test-share", "0.4"], "nothing is left to learn from"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(["split", str(project), *arguments]) == 1
    assert said in capsys.readouterr().err
    assert set(places(project).values()) == {""}
