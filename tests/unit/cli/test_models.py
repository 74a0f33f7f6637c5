"""`dynseg models`: names, deletion and return of models (J1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dynseg.cli.main import main
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
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
