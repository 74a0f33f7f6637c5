"""Backups and versions from the command line, on a real project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import apsw
import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.cli import main as cli
from dynseg.geometry.part import Part, ring
from dynseg.project import backups
from dynseg.project.store import Store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("L", (20, 10)).save(photos / "a.png")
    root = tmp_path / "project"
    with Store.create(root, images=photos, classes=["leaf"]):
        pass
    return root


def mark(root: Path, state: ImageState) -> None:
    with Store.open(root) as store:
        before = store.annotation(1)
        delta = diff(before, edits.set_state(state)(before))
        store.commit(1, delta, expected_revision=before.revision, text=f"Set {state.value}")


def state_of(root: Path) -> ImageState:
    with Store.open(root, read_only=True) as store:
        return store.annotation(1).state


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    capsys.readouterr()
    assert cli.main([*map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_a_backup_comes_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "backup", project, "--list")["backups"] == []
    mark(project, ImageState.REVIEWED)
    made = Path(answer(capsys, "backup", project)["backup"])
    mark(project, ImageState.SKIPPED)
    assert [b["name"] for b in answer(capsys, "backup", project, "--list")["backups"]] == [
        made.name
    ]
    done = answer(capsys, "restore", project, made.name)
    assert state_of(project) is ImageState.REVIEWED
    assert Path(done["replaced"]).is_file()


def test_a_damaged_database_is_replaced_by_the_newest_backup(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(project, ImageState.REVIEWED)
    answer(capsys, "backup", project)
    (project / ".dynseg" / "project.db").write_bytes(b"no database")
    answer(capsys, "restore", project, "newest")
    assert state_of(project) is ImageState.REVIEWED


def test_newest_is_the_newest_without_damage(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(project, ImageState.REVIEWED)
    sound = answer(capsys, "backup", project)
    database = apsw.Connection(str(project / ".dynseg" / "project.db"))
    database.execute("UPDATE class SET name='tree'")
    database.close()
    damaged = answer(capsys, "backup", project)
    assert (sound["damaged"], damaged["damaged"]) == (False, True)
    assert [b["damaged"] for b in answer(capsys, "backup", project, "--list")["backups"]] == [
        True,
        False,
    ]
    assert answer(capsys, "restore", project, "newest")["restored"] == sound["backup"]
    Path(sound["backup"]).unlink()
    refused = answer(capsys, "restore", project, "newest", status=1)
    assert "without damage" in refused["error"]


def test_a_backup_by_hand_is_one_and_other_commands_tell_of_damage(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "is_due", lambda connection, layout, interval_s: True)
    mark(project, ImageState.REVIEWED)
    before = len(answer(capsys, "backup", project, "--list")["backups"])
    answer(capsys, "backup", project)
    assert len(answer(capsys, "backup", project, "--list")["backups"]) == before + 1
    database = apsw.Connection(str(project / ".dynseg" / "project.db"))
    database.execute("UPDATE op SET delta=zeroblob(length(delta))")
    database.close()
    assert cli.main(["check", str(project), "--fix"]) == 1
    assert f"dynseg: {backups.DAMAGED_NOTICE}" in capsys.readouterr().err


def test_restore_refuses_what_it_does_not_have_and_an_open_project(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no backup" in answer(capsys, "restore", project, "x.db", status=1)["error"]
    answer(capsys, "backup", project)
    with Store.open(project):
        assert answer(capsys, "restore", project, "newest", status=1)["error"]


def test_a_version_comes_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark(project, ImageState.REVIEWED)
    mark(project, ImageState.SKIPPED)
    steps = answer(capsys, "history", project, "a.png")["steps"]
    assert [step["text"] for step in steps] == ["Set skipped", "Set reviewed"]
    assert answer(capsys, "history", project, "a.png", "--restore", steps[1]["step"])["restored"]
    assert state_of(project) is ImageState.REVIEWED
    assert "no image" in answer(capsys, "history", project, "b.png", status=1)["error"]


def test_what_a_run_did_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(project) as store:
        before = store.annotation(1)
        class_id = store.classes().labels[0].id
        found = Instance(
            class_id,
            (Part(ring([(1, 1), (9, 1), (9, 8)])),),
            origin=Origin.MODEL,
            score=0.5,
            model_id="m",
        )
        run_id = store.begin_run("prelabel", "m", {})
        store.commit_run(run_id, [(1, 0, diff(before, before.with_instances([found])))])
        store.finish_run(run_id, "finished")
    runs = answer(capsys, "history", project, "--runs")["runs"]
    assert [(row["run"], row["state"]) for row in runs] == [(run_id, "finished")]
    told = answer(capsys, "history", project, "--run", "last")
    assert (told["images"], told["added"], told["removed"], told["changed"]) == (1, 1, 0, 0)
    assert told["changes"] == [{"image": "a.png", "added": 1, "removed": 0, "changed": 0}]
    assert cli.main(["history", str(project), "--run", run_id]) == 0
    assert "a.png  +1" in capsys.readouterr().out
    with Store.open(project) as store:
        store.undo_run(run_id)
    assert answer(capsys, "history", project, "--run", run_id)["images"] == 0
    assert cli.main(["history", str(project), "--run", run_id]) == 0
    assert "was taken back" in capsys.readouterr().out
    assert cli.main(["history", str(project), "--run", "none"]) == 1
    assert cli.main(["history", str(project)]) == 2


def test_an_image_is_known_by_where_its_file_is(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell completes it, from wherever one is."""
    mark(project, ImageState.REVIEWED)
    monkeypatch.chdir(project.parent)
    for name in ("a.png", "./a.png", "photos/a.png", project.parent / "photos" / "a.png"):
        found = answer(capsys, "history", project, name)
        assert (found["image"], len(found["steps"])) == ("a.png", 1)
    assert "no image b.png" in answer(capsys, "history", project, "b.png", status=1)["error"]


def test_an_import_is_taken_back_as_one(
    labelled_scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "p"
    Store.create(root, images=labelled_scenes / "images").close()
    assert cli.main(["import", str(root), str(labelled_scenes)]) == 0
    (line,) = [text for text in capsys.readouterr().out.splitlines() if "take it back" in text]
    with Store.open(root) as store:
        before = store.annotation(1)
        delta = diff(before, edits.set_state(ImageState.SKIPPED)(before))
        store.commit(1, delta, expected_revision=before.revision, text="Skip")
        names = [row.rel for row in store.images()]
    run = line.split()[-1].strip("`")
    assert line.endswith(f"`dynseg history {root} --undo {run}`")
    done = answer(capsys, "history", root, "--undo", run)
    assert (done["kind"], done["state"], done["kept"]) == ("import", "undone", names[:1])
    assert done["restored"] == len(names) - 1
    with Store.open(root) as store:
        assert [bool(row.instance_count) for row in store.images()] == [True] + [False] * (
            len(names) - 1
        )
    assert answer(capsys, "history", root, "--undo", "last", status=1)["hint"]
    assert answer(capsys, "history", root, "--undo", "nosuch", status=1)["hint"]
