"""`dynseg import --class`: what names of a source become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from dynseg.cli.main import main
from dynseg.project.store import Store


def test_two_spellings_are_named_and_become_one_new_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = tmp_path / "images"
    images.mkdir()
    Image.new("RGB", (64, 48)).save(images / "a.png")
    corners = [[[1, 1], [20, 1], [20, 20]], [[30, 1], [60, 1], [60, 20]]]
    shapes = [
        {"label": label, "points": points, "shape_type": "polygon"}
        for label, points in zip(("hex nut", "Hex_Nut"), corners, strict=True)
    ]
    said = {"version": "5", "imagePath": "a.png", "shapes": shapes}
    (images / "a.json").write_text(json.dumps(said))
    project = str(tmp_path / "project")
    assert main(["init", project, "--images", str(images)]) == 0
    assert main(["import", project, str(images), "--dry-run"]) == 0
    assert "meant as one? hex nut / Hex_Nut: --class 'Hex_Nut=hex nut'" in capsys.readouterr().out
    assert main(["import", project, str(images), "--class", "Hex_Nut=wing nut"]) == 2
    assert main(["import", project, str(images), "--class", "Hex_Nut=hex nut"]) == 0
    with Store.open(Path(project)) as store:
        assert store.classes().names == ["hex nut"]
        assert store.images()[0].instance_count == 2


def test_proposals_that_give_way_are_counted(
    labelled_scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(tmp_path / "p")
    Store.create(Path(project), images=labelled_scenes / "images", classes=["part"]).close()
    assert main(["import", project, str(labelled_scenes), "--as-proposals"]) == 0
    capsys.readouterr()
    assert main(["import", project, str(labelled_scenes), "--dry-run"]) == 0
    assert "proposals that nobody touched would give way" in capsys.readouterr().out
    assert main(["import", project, str(labelled_scenes), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["superseded"] == answer["instances"] > 0


def test_a_name_that_no_shape_has_is_told_with_those_that_there_are(
    labelled_scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.create(tmp_path / "p", images=labelled_scenes / "images", classes=["part"]).close()
    command = ["import", str(tmp_path / "p"), str(labelled_scenes), "--dry-run"]
    assert main([*command, "--class", "nut=part"]) == 0
    assert not capsys.readouterr().err
    assert main([*command, "--class", "nuts=part"]) == 0
    said = capsys.readouterr().err
    assert "No shape is called 'nuts'; --class nuts= changes nothing." in said
    assert "nut, " in said


def test_a_spelling_of_a_class_that_is_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = tmp_path / "images"
    images.mkdir()
    Image.new("RGB", (64, 48)).save(images / "a.png")
    shape = {"label": "Hex_Nut", "points": [[1, 1], [20, 1], [20, 20]], "shape_type": "polygon"}
    said = {"version": "5", "imagePath": "a.png", "shapes": [shape]}
    (images / "a.json").write_text(json.dumps(said))
    project = str(tmp_path / "project")
    assert main(["init", project, "--images", str(images), "--classes", "hex nut,hex_bolt"]) == 0
    assert main(["import", project, str(images), "--dry-run"]) == 0
    assert "meant as one? hex nut / Hex_Nut: --class 'Hex_Nut=hex nut'" in capsys.readouterr().out
