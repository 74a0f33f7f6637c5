"""`dynseg models`: names, deletion and return of models (J1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dynseg.annotation import class_edits
from dynseg.cli.main import main
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.evaluate import Metrics
from dynseg_resources import starter_model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    images = tmp_path / "photos"
    images.mkdir()
    with Store.create(images, images=images, classes=["nut"]) as store:
        ModelRegistry(store.layout.models).add(starter_model(), name="round-1")
    return images


def models(project: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    status = main(["models", str(project), *arguments, "--json"])
    out = capsys.readouterr().out.splitlines()
    return json.loads(out[-1]) if status == 0 else {"status": status}


def test_j1_rename_delete_and_restore(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = models(project, "rename", "round-1", "best", capsys=capsys)
    assert [row["name"] for row in found["models"]] == ["best"]
    found = models(project, "delete", "best", capsys=capsys)
    assert [row["name"] for row in found["models"]] == ["starter"]
    assert models(project, "delete", "best", capsys=capsys) == {"status": 1}
    assert models(project, "restore", "best", capsys=capsys)["models"][0]["name"] == "best"
    models(project, "delete", "best", capsys=capsys)
    models(project, "delete", "best", "--for-ever", capsys=capsys)
    assert models(project, "restore", "best", capsys=capsys) == {"status": 1}


def test_j1_a_run_knows_its_model_by_its_new_name(project: Path) -> None:
    with Store.open(project) as store:
        folder = store.layout.runs / "20260101-000000-quick"
        folder.mkdir(parents=True)
        (folder / "config.json").write_text("{}")
        run = launch.find_runs(store.layout)[0]
        run.update(model="round-1")
        launch.rename_model(store.layout, "round-1", "best")
        assert launch.find_runs(store.layout)[0].status().model == "best"


def test_a_model_is_deleted_by_the_name_that_brings_it_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models(project, "delete", "round-1", capsys=capsys)
    registry = ModelRegistry(project / ".dynseg" / "models")
    registry.add(starter_model(), name="round-1")
    assert main(["models", str(project), "delete", "round-1"]) == 0
    assert "restore round-1-2` brings it back" in capsys.readouterr().out


def test_who_takes_a_pt_elsewhere_hears_what_it_needs() -> None:
    from dynseg.model.convert.usage import python_line

    assert python_line(Path("a.pt"), 320).endswith("  # with dynseg-annotator installed there")
    assert python_line(Path("a.onnx"), 320).endswith(")")


def test_a_converted_model_comes_into_a_folder_that_is_there(tmp_path: Path) -> None:
    from dynseg.model.convert.write import target_for

    assert target_for("onnx", tmp_path, "best") == tmp_path / "best.onnx"
    assert target_for("onnx", Path(), "best") == Path("best.onnx")
    assert target_for("onnx", tmp_path / "new", "best") == tmp_path / "new.onnx"
    assert target_for("onnx", tmp_path / "new.onnx", "best") == tmp_path / "new.onnx"
    folder = tmp_path / "best_openvino_model"
    folder.mkdir()
    assert target_for("openvino", folder, "best") == folder


def test_a_comparison_knows_classes_by_their_former_names(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model of before a class was renamed would be measured as one that does not know it."""
    told: list[dict[str, str]] = []

    def evaluate(*_: object, renamed: dict[str, str], **__: object) -> Metrics:
        told.append(renamed)
        return Metrics(0.5, 0.5, {}, 1)

    monkeypatch.setattr("dynseg.training.evaluate.evaluate", evaluate)
    monkeypatch.setattr("dynseg.training.snapshot.make_snapshot", lambda *_, **__: None)
    with Store.open(project) as store:
        store.change_classes(class_edits.rename(store.classes().labels[0].id, "hex nut"))
    found = models(project, "compare", "starter", "round-1", capsys=capsys)
    assert len(found["models"]) == 2
    assert told == [{"nut": "hex nut"}] * 2
