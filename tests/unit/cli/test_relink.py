"""`dynseg relink` on files that were really moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.cli.main import main
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store


@pytest.fixture
def moved(tmp_path: Path) -> tuple[Path, Path]:
    """A project with a labelled image, and where its images are now."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for name, colour in (("a.png", 10), ("b.png", 20)):
        Image.new("L", (30, 20), colour).save(photos / name)
    with Store.create(tmp_path / "project", images=photos, classes=["leaf"]) as store:
        shape = Instance(store.classes().labels[0].id, (Part(ring([(1, 1), (9, 1), (5, 8)])),))
        before = store.annotation(1)
        delta = diff(before, edits.add(shape)(before))
        store.commit(1, delta, expected_revision=0, text="Draw")
        store.record_contents()
    return store.root, photos.rename(tmp_path / "archive")


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def test_a_dry_run_lists_and_changes_nothing(
    moved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root, archive = moved
    assert main(["relink", str(root), str(archive), "--dry-run", "--json"]) == 0
    answer = said(capsys)
    assert answer["linked"] == 0
    assert answer["found"] == [
        {"image": "a.png", "file": "a.png", "by_content": True},
        {"image": "b.png", "file": "b.png", "by_content": False},
    ]
    with Store.open(root) as store:
        assert store.images_root != archive


def test_labels_follow(moved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    root, archive = moved
    (archive / "a.png").rename(archive / "renamed.png")
    assert main(["relink", str(root), str(archive)]) == 0
    assert "a.png -> renamed.png" in capsys.readouterr().out
    with Store.open(root) as store:
        assert store.images_root == archive
        assert [row.rel for row in store.images() if row.instance_count] == ["renamed.png"]
        assert [row.damage for row in store.images()] == ["", ""]
    assert main(["relink", str(root), str(archive)]) == 0
    assert "no image is missing" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_refused(
    moved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["relink", str(moved[0]), str(moved[0] / "nowhere")]) == 1
    assert "cannot be listed" in capsys.readouterr().err
