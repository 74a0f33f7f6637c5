"""`dynseg review --accept` on a real project: counted first, done, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dynseg.annotation import class_edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.cli import main as cli
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

SQUARE = (Part(ring([(1, 1), (8, 1), (8, 8), (1, 8)])),)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in ("day1", "day2", "night1"):
        Image.new("L", (20, 10)).save(photos / f"{name}.png")
    root = tmp_path / "project"
    with Store.create(root, images=photos, classes=["leaf"]) as store:
        for row in store.images():
            scores = (0.9, 0.4) if row.rel == "day2.png" else (0.9,)
            items = tuple(Instance(0, SQUARE, Origin.MODEL, score=s, model_id="n") for s in scores)
            after = Annotation(row.id, 20, 10, items, ImageState.PRELABELLED)
            delta = diff(store.annotation(row.id), after)
            store.commit(row.id, delta, expected_revision=0, text="Pre-label")
    return root


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert cli.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def states(root: Path) -> dict[str, str]:
    with Store.open(root, read_only=True) as store:
        return {row.rel[:-4]: row.state.value for row in store.images()}


def test_sure_proposals_are_accepted_and_taken_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("review", project, "--accept", "0.5", "--as-reviewed", "--named", "day*")
    counted = answer(capsys, *wanted, "--dry-run")
    assert (counted["proposals"], counted["reviewed"], counted["left"]) == (2, 1, 1)
    assert set(states(project).values()) == {"prelabelled"}
    done = answer(capsys, *wanted)
    assert (done["proposals"], done["images"], done["reviewed"], done["kept"]) == (2, 2, 1, [])
    assert states(project) == {"day1": "reviewed", "day2": "in_work", "night1": "prelabelled"}
    undone = answer(capsys, "history", project, "--undo", "last")
    assert (undone["kind"], undone["restored"]) == ("accept", 2)
    assert set(states(project).values()) == {"prelabelled"}


def test_the_word_of_a_model_without_classes_is_told_of(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hundreds of “object” became labels beside the classes of a person, without a word."""
    wanted = ("review", project, "--accept", "0.5")
    assert answer(capsys, *wanted, "--dry-run")["nameless"] == 0
    with Store.open(project) as store:
        store.change_classes(class_edits.rename(0, "object"))
        store.change_classes(class_edits.add(["leaf"]))
    assert answer(capsys, *wanted, "--dry-run")["nameless"] == 3
    assert cli.main([*map(str, wanted)]) == 0
    assert "3 of these proposals are called object, which is not one" in capsys.readouterr().out


def test_a_score_beyond_one_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", str(project), "--accept", "50"]) == 2
    assert "from 0 to 1" in capsys.readouterr().err
