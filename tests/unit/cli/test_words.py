"""Numbers and what they count, and what is shown where there is no number."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.cli.main import main
from dynseg.cli.words import many
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store


def test_one_is_one_and_lists_are_counted() -> None:
    assert many(1, "image") == "1 image"
    assert many(0, "image") == "0 images"
    assert many(["a", "b"], "class", "classes") == "2 classes"
    assert many(1, "image was", "images were") == "1 image was"


def test_a_project_of_one_image_is_told_in_the_singular(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, root = tmp_path / "photos", tmp_path / "project"
    photos.mkdir()
    Image.new("L", (40, 40)).save(photos / "a.png")
    assert main(["init", str(root), "--images", str(photos), "--classes", "leaf"]) == 0
    assert "1 image, 1 class" in capsys.readouterr().out
    outer = ring([(1, 1), (30, 1), (30, 30), (1, 30)])
    hole = ring([(10, 10), (10, 20), (20, 20), (20, 10)])
    with Store.open(root) as store:
        before = store.annotation(1)
        after = edits.add(Instance(0, (Part(outer, (hole,)),)))(before)
        store.commit(1, diff(before, after), expected_revision=before.revision, text="Draw")
    out = str(tmp_path / "out")
    assert main(["export", str(root), out, "--all", "--dry-run", "--policy", "holes=fill"]) == 0
    said = capsys.readouterr().out
    assert "1 image with 1 shape: 1 object\n" in said
    assert "1 shape with holes that would be filled\n" in said
    assert main(["stats", str(root), "--effort"]) == 0
    assert "None" not in capsys.readouterr().out, "nothing was measured: no figure"


def test_names_of_classes_that_are_spoken_alike_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model knows classes by their names without case: it would take both for one."""
    Image.new("L", (40, 40)).save(tmp_path / "a.png")
    command = ["init", str(tmp_path / "p"), "--images", str(tmp_path), "--classes"]
    for names in ("Hex nut,hex  Nut", "nut,nut"):
        assert main([*command, names]) == 2
    assert "Two classes have the same name: nut, nut." in capsys.readouterr().err
    assert main([*command, "nut,nuts"]) == 0
