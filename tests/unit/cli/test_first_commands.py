"""The commands that people begin with: what they say on the way, and of files of another kind."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest
from PIL import Image

from dynseg.cli import init
from dynseg.cli import main as cli
from dynseg.cli.console import Console
from dynseg.project.store import Store


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """A folder of three images."""
    for name in "abc":
        Image.new("RGB", (8, 8)).save(tmp_path / f"{name}.png")
    return tmp_path


def test_making_a_project_of_many_images_shows_how_far_it_is(images: Path) -> None:
    log = Console(stdout=io.StringIO(), stderr=io.StringIO(), logged_s=0.0)
    parser = argparse.ArgumentParser()
    init.add_arguments(parser)
    init.run(parser.parse_args([str(images / "p"), "--images", str(images)]), log)
    assert "Reading image headers 3 of 3" in log.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("x.onnx", "ONNX Runtime"),
        ("X.ENGINE", "TensorRT"),
        ("best_openvino_model", "OpenVINO"),
        ("best.torchscript", "TorchScript"),
    ],
)
@pytest.mark.parametrize("command", ["import", "prelabel"])
def test_a_model_that_was_exported_is_told_from_one_that_can_be_used(
    images: Path, capsys: pytest.CaptureFixture[str], name: str, title: str, command: str
) -> None:
    Store.create(images, images=images).close()
    model = images / name
    model.touch()
    if command == "import":
        assert cli.main(["models", str(images), "import", str(model)]) == 1
    else:
        assert cli.main(["prelabel", str(images), "--model", str(model)]) == 1
    said = capsys.readouterr().err
    assert f"{name} is a model as {title} runs it" in said
    assert "Give the .pt that it was exported from" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["exprot", "p", "out"],
            "There is no command exprot.\nhint: Did you mean `dynseg export`?",
        ),
        (["nothing", "p"], "There is no command nothing.\nhint: There are: init, frames"),
        (["init", "", "--images", "."], "An argument is empty; it would mean the current folder."),
        (["export", "p", " "], "An argument is empty; it would mean the current folder."),
        (["train", "p", "--epochs", "0"], "argument --epochs: has to be 1 or more; it was 0."),
        (["train", "p", "--batch", "0"], "argument --batch: has to be 1 or more; it was 0."),
    ],
)
def test_slips_of_the_hand_are_told_before_anything_is_done(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    assert f"dynseg: {said}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_option_may_be_given_nothing(images: Path) -> None:
    assert cli.main(["init", str(images / "p"), "--images", str(images), "--classes", ""]) == 0


@pytest.mark.parametrize("name", ["set.zip", "set.JSON", "data.yaml"])
def test_an_export_is_not_made_as_a_folder_with_the_name_of_a_file(
    images: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    Store.create(images, images=images).close()
    assert cli.main(["export", str(images), str(images.parent / name)]) == 2
    assert f"{name} is the name of a file; nothing was exported" in capsys.readouterr().err
    assert not (images.parent / name).exists()


def test_the_starter_stays_whatever_model_is_active(
    images: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.create(images, images=images).close()
    assert cli.main(["models", str(images), "delete", "starter"]) == 1
    said = capsys.readouterr().err
    assert "The starter belongs to the program and cannot be deleted" in said
    assert "Promote" not in said
