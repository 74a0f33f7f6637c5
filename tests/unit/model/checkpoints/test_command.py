"""`dynseg models PROJECT import x.pt`: the whole way, child process included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.model.checkpoints.hostile import archive, named

from dynseg.cli.main import FAILED, FINE, WRONG_USE, main
from dynseg.model.checkpoint import load
from dynseg.model.dynamic_conv import DynamicConv2d
from dynseg.model.registry import ModelRegistry


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (32, 32)).save(tmp_path / "images" / "one.png")
    folder = tmp_path / "project"
    assert main(["init", str(folder), "--images", str(tmp_path / "images"), "--classes", "a"]) == 0
    return folder


def test_a_checkpoint_becomes_a_model_of_the_project(
    project: Path, save: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    take = ["models", str(project), "import", str(save()), "--name", "parts", "--json"]
    assert main([*take, "--upcycle", "mask", "--experts", "2"]) == FINE
    row = json.loads(capsys.readouterr().out.splitlines()[-1])["models"][0]
    assert (row["name"], row["head"], row["placement"], row["experts"]) == (
        "parts", "dynamic", "mask", 2,
    )  # fmt: skip
    assert row["classes"] == ["nut", "bolt", "washer"]
    model: Any
    model, card = load(ModelRegistry(project / ".dynseg" / "models").path("parts"))
    assert card.model_id == row["sha256"]
    assert len([m for m in model.modules() if isinstance(m, DynamicConv2d)]) == 6


def test_refusals_say_what_to_do(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    mark, path = tmp_path / "MARK", tmp_path / "bad.pt"
    archive(path, named("os.system", f"touch {mark}"))
    assert main(["models", str(project), "import", str(path)]) == FAILED
    assert "os.system" in capsys.readouterr().err
    assert not mark.exists()
    assert main(["models", str(project), "import", str(tmp_path / "absent.pt")]) == FAILED
    assert "not there" in capsys.readouterr().err
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path / "cache"))
    assert main(["models", str(project), "import", "yolo11s-seg.pt"]) == FAILED
    said = capsys.readouterr().err
    assert "--download (21 MB)" in said
    assert str(tmp_path / "cache" / "downloads" / "yolo11s-seg.pt") in said
    wrong = ["models", str(project), "import", "x.safetensors", "--upcycle", "all"]
    assert main(wrong) == WRONG_USE
    assert not list((project / ".dynseg" / "models").glob("*.safetensors"))
