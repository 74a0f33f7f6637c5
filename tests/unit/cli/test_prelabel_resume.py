"""Which run `dynseg prelabel --resume` goes on with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from dynseg.cli.main import main
from dynseg.cli.prelabel import _unfinished
from dynseg.project.store import Store


def test_a_run_that_was_taken_back_is_not_gone_on_with(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with Store.create(tmp_path, images=tmp_path) as store:
        assert _unfinished(store.runs()) is None
        stopped = store.begin_run("prelabel", "net", {})
        store.finish_run(stopped, "cancelled")
        taken_back = store.begin_run("prelabel", "net", {})
        store.finish_run(taken_back, "finished")
        store.undo_run(taken_back)
        assert _unfinished(store.runs()) == stopped


def test_damaged_images_that_stay_fail_no_later_run(
    tmp_path: Path, labelled_scenes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A nightly run would fail for ever, once all others have their proposals."""
    photos = tmp_path / "photos"
    photos.mkdir()
    scene = next(iter(sorted((labelled_scenes / "images").rglob("*.*g"))))
    shutil.copy(scene, photos / scene.name)
    (photos / "damaged.png").write_bytes(b"no image")
    root = str(tmp_path / "project")
    assert main(["init", root, "--images", str(photos)]) == 0
    run = ["prelabel", root, "--imgsz", "160", "--device", "cpu", "--backend", "torch", "--json"]
    for images in (1, 0):
        assert main(run) == 0
        answer = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (answer["images"], answer["failed"]) == (images, 1)
    photos.rename(tmp_path / "unplugged")
    assert main(run) == 1
    assert "None of 1 image can be used" in capsys.readouterr().err
