"""Options that would have no effect are refused: who gives them expects one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from dynseg.cli import main as cli
from dynseg.project.store import Store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    Store.create(tmp_path, images=tmp_path).close()
    return tmp_path


@pytest.mark.parametrize(
    ("command", "useless"),
    [
        (["train", "PROJECT", "--live", "--preset", "thorough"], "--preset"),
        (["train", "PROJECT", "--resume", "last", "--preset", "quick"], "--preset"),
        (["train", "PROJECT", "--resume", "last", "--device", "cuda"], "--device"),
        (["prelabel", "PROJECT", "--dry-run", "--resume"], "--resume"),
        (["prelabel", "PROJECT", "--dry-run", "--ray", "auto"], "--ray"),
        (["prelabel", "PROJECT", "--no-tile", "--tile-size", "640"], "--tile-size"),
        (["history", "PROJECT", "a.png", "--run", "last"], "IMAGE"),
        (["history", "PROJECT", "--runs", "--restore", "3"], "--restore"),
        (["history", "PROJECT", "--runs", "--undo", "last"], "--runs"),
        (["history", "PROJECT", "--run", "last", "--undo", "last"], "--run"),
        (["review", "PROJECT", "--anew"], "--anew"),
        (["review", "PROJECT", "--accept", "0.5", "--anew"], "--anew"),
        (["review", "PROJECT", "--accept", "0.5", "--limit", "5"], "--limit"),
        (["review", "PROJECT", "--accept", "0.5", "--order", "name"], "--order"),
        (["review", "PROJECT", "--as-reviewed"], "--as-reviewed"),
        (["review", "PROJECT", "--named", "a*"], "--named"),
        (["review", "PROJECT", "--dry-run"], "--dry-run"),
    ],
    ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else value,
)
def test_of_a_project(
    command: list[str], useless: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(project) if word == "PROJECT" else word for word in command]) == 2
    assert f"Leave out {useless}." in capsys.readouterr().err


@pytest.mark.parametrize("device", ["0,1", "cuda:all"])
def test_live_learning_takes_one_device(
    device: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", str(project), "--live", "--device", device]) == 2
    assert f"takes one device, not {device}" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--dry-run"], ["--scope", "all"], ["--recursive"]])
def test_of_an_object_store(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run must not write labels."""
    out = tmp_path / "out"
    command = ["prelabel", "s3://bucket/photos", "--ray", "auto", "--out", str(out), *option]
    assert cli.main(command) == 2
    assert f"Leave out {option[0]}." in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("pair", [("--tile", "--no-tile"), ("--tile-auto", "--tile")])
def test_options_that_contradict_each_other(
    pair: tuple[str, str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["prelabel", str(project), *pair]) == 2
    assert f"argument {pair[1]}: not allowed with argument {pair[0]}" in capsys.readouterr().err


def test_an_image_is_no_folder_of_images(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["prelabel", str(project / "a.png"), "--out", str(tmp_path / "out")]) == 1
    assert "a.png is no folder." in capsys.readouterr().err
