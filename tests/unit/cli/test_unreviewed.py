"""Labelled images that an export or a training leaves out are told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from dynseg.cli.main import main


def test_an_image_of_which_a_shape_is_left_out_is_not_reviewed_and_not_exported_silently(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three of nine images were missing in the data set, and nothing said so or why."""
    images = tmp_path / "images"
    images.mkdir()
    for name, kinds in (("a", ["polygon"]), ("b", ["polygon", "line"])):
        Image.new("RGB", (64, 48)).save(images / f"{name}.png")
        shapes = [
            {"label": "nut", "points": [[1, 1], [30, 1], [30, 30]][: 3 - (kind == "line")],
             "shape_type": kind}
            for kind in kinds
        ]  # fmt: skip
        said = {"version": "5", "imagePath": f"{name}.png", "shapes": shapes}
        (images / f"{name}.json").write_text(json.dumps(said))
    project, out = str(tmp_path / "project"), str(tmp_path / "out")
    assert main(["init", project, "--images", str(images)]) == 0
    assert main(["import", project, str(images), "--as-reviewed"]) == 0
    assert "of which a shape could not be used is not reviewed" in capsys.readouterr().out
    assert main(["export", project, out, "--dry-run"]) == 0
    assert "1 labelled image is not reviewed and would stay out" in capsys.readouterr().out
    assert main(["export", project, out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["unreviewed"] == 1
    assert main(["export", project, out, "--all"]) == 0
    assert "not reviewed" not in capsys.readouterr().out


def test_an_export_of_some_images_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = tmp_path / "images"
    images.mkdir()
    for name in ("one_1", "one_2", "two_1"):
        Image.new("RGB", (64, 48)).save(images / f"{name}.png")
        shapes = [{"label": "nut", "points": [[1, 1], [30, 1], [30, 30]], "shape_type": "polygon"}]
        said = {"version": "5", "imagePath": f"{name}.png", "shapes": shapes}
        (images / f"{name}.json").write_text(json.dumps(said))
    project, out = str(tmp_path / "project"), str(tmp_path / "out")
    assert main(["init", project, "--images", str(images)]) == 0
    assert main(["import", project, str(images)]) == 0
    capsys.readouterr()
    named = ["export", project, out, "--named", "one", "--json"]
    assert main([*named, "--dry-run"]) == 0
    counted = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (counted["images"], counted["unreviewed"]) == (0, 2)
    assert main([*named, "--all"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["images"] == 2
