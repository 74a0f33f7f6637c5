"""`dynseg follow` on a real film: foreseen, done, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.films import HIDDEN, draw, film

from dynseg.cli import main as cli
from dynseg.project.store import Store

FIRST = "film-000000.png"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with film(tmp_path, 5, hidden_from=3) as store:
        draw(store, 0)
        return store.root


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert cli.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def counts(root: Path) -> list[int]:
    with Store.open(root, read_only=True) as store:
        return [row.instance_count for row in store.images()]


def test_shapes_are_followed_and_taken_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("follow", project, "--from", FIRST, "--images", "3")
    with Store.open(project):  # somebody has it open
        foreseen = answer(capsys, *wanted, "--dry-run")
    assert (foreseen["dry_run"], foreseen["shapes"], foreseen["run"]) == (True, 8, None)
    assert counts(project) == [3, 0, 0, 0, 0]
    done = answer(capsys, *wanted)
    assert counts(project) == [3, 3, 3, 2, 0]
    assert (done["shapes"], done["objects"], done["to_the_end"]) == (8, 3, 2)
    told = answer(capsys, "history", project, "--run", "last")
    assert (told["kind"], told["added"], told["images"]) == ("follow", 8, 3)
    undone = answer(capsys, "history", project, "--undo", "last")
    assert (undone["kind"], undone["restored"]) == ("follow", 3)
    assert counts(project) == [3, 0, 0, 0, 0]


def test_it_says_what_became_of_the_objects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with film(tmp_path, 5, hidden_from=3) as store:
        draw(store, 0, [HIDDEN])
        root = store.root
    assert cli.main(["follow", str(root), "--from", FIRST, "--images", "0"]) == 0
    said = capsys.readouterr().out
    assert "2 proposals put on 2 images" in said
    assert f"0 of 1 object of {FIRST} followed to the end" in said
    assert "it ended at film-000003.png, which shows none of them" in said
    assert "--undo" in said


def test_what_cannot_be_followed_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["follow", str(project), "--from", "film-000004.png"]) == 1
    assert "No image comes after film-000004.png" in capsys.readouterr().err
    assert cli.main(["follow", str(project), "--from", "film-000001.png"]) == 1
    assert "has no shapes to follow" in capsys.readouterr().err
    assert cli.main(["follow", str(project), "--from", "other.png"]) == 1
    assert "no image other.png" in capsys.readouterr().err
