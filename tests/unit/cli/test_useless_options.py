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
        (["history", "PROJECT", "a.png", "--run", "last"], "IMAGE"),
        (["history", "PROJECT", "--runs", "--restore", "3"], "--restore"),
        (["review", "PROJECT", "--anew"], "--anew"),
    ],
    ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else value,
)
def test_of_a_project(
    command: list[str], useless: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(project) if word == "PROJECT" else word for word in command]) == 2
    assert f"Leave out {useless}." in capsys.readouterr().err


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
