"""The command line with the model: proposals, training, promotion, the doctor."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dynseg.formats.incoming.importing import import_labels
from dynseg.project.store import Store

COMMAND = [sys.executable, "-m", "dynseg.cli"]
TIMEOUT_S = 600


def dynseg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )


def answer(*arguments: str | Path) -> dict[str, Any]:
    ran = dynseg(*arguments, "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def refusal(*arguments: str | Path) -> str:
    ran = dynseg(*arguments)
    assert ran.returncode != 0
    assert len(ran.stderr.splitlines()) == 2, ran.stderr
    return ran.stderr


@pytest.fixture
def photos(shared_data: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted((shared_data / "nuts" / "yolo" / "images" / "val").glob("*.jpg")):
        shutil.copyfile(path, folder / path.name)
    return folder


def test_proposals_for_a_project(photos: Path, tmp_path: Path) -> None:
    (photos / "text.jpg").write_text("this is no picture")
    whole = sorted(photos.glob("*.jpg"))[0]
    (photos / "half.jpg").write_bytes(whole.read_bytes()[:20_000])
    project = tmp_path / "project"
    answer("init", project, "--images", photos, "--classes", "nut,bolt")
    said = answer("prelabel", project, "--device", "cpu", "--dry-run")
    assert answer("stats", project)["instances"] == 0
    assert said["added"] == sum(item["added"] for item in said["changes"]) == said["instances"]
    done = answer("prelabel", project, "--device", "cpu")
    assert done["instances"] == said["added"]
    assert (done["images"], done["skipped"], done["device"]) == (3, 0, "cpu")
    assert {item["image"] for item in done["failures"]} == {"text.jpg", "half.jpg"}
    assert done["instances"] > 5
    assert set(done) >= {"seconds", "images_per_s", "backend", "model", "run"}
    stats = answer("stats", project)
    assert stats["instances"] == done["instances"]
    assert stats["by_state"]["prelabelled"] == 3
    again = answer("prelabel", project, "--scope", "all")
    assert again["instances"] == done["instances"]
    assert answer("stats", project)["by_origin"] == stats["by_origin"]
    told = dynseg("prelabel", project, "--scope", "unreviewed").stdout
    assert f"{again['instances']} proposals are called object, because this model knows" in told
    assert "no model" in refusal("prelabel", project, "--model", "absent")
    (tmp_path / "none.safetensors").write_text("no model")
    assert "card" in refusal("prelabel", project, "--model", tmp_path / "none.safetensors")
    assert answer("stats", project)["instances"] == done["instances"]


def test_labels_for_a_bare_folder(photos: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in photos.iterdir()}
    assert "--out" in refusal("prelabel", photos)
    done = answer("prelabel", photos, "--out", tmp_path / "labels")
    assert done["images"] == 3
    assert {path.name: path.read_bytes() for path in photos.iterdir()} == before
    with Store.create(tmp_path / "project", images=photos) as store:
        back = import_labels(store, tmp_path / "labels")
        assert (back.images, back.instances, back.refused) == (3, done["instances"], ())


def test_options_without_effect_are_refused(photos: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    answer("init", project, "--images", photos)
    assert "Leave out --out" in refusal("prelabel", project, "--out", tmp_path / "labels")
    assert "--recursive" in refusal("prelabel", project, "--recursive")
    assert "--scope" in refusal("prelabel", photos, "--out", tmp_path / "l", "--scope", "all")


def test_a_run_with_nothing_to_do_or_to_use_says_so(photos: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    answer("init", project, "--images", photos)
    answer("prelabel", project, "--imgsz", "160", "--conf", "0.05")
    ran = dynseg("prelabel", project, "--imgsz", "160")
    assert ran.returncode == 0
    assert "--scope unreviewed" in ran.stdout
    assert "0 proposals" not in ran.stdout
    for path in photos.iterdir():
        path.unlink()
    ran = dynseg("prelabel", project, "--scope", "all", "--json")
    assert ran.returncode == 1
    assert "None of 3 images" in json.loads(ran.stdout)["error"]


@pytest.mark.skipif(shutil.which("nvidia-smi") is not None, reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_told(photos: Path, tmp_path: Path) -> None:
    ran = dynseg("prelabel", photos, "--out", tmp_path / "l", "--imgsz", "160", "--device", "cuda")
    assert ran.returncode == 0
    assert "cuda cannot be used (" in ran.stderr


def test_doctor() -> None:
    ran = dynseg("doctor", "--json")
    found = json.loads(ran.stdout.splitlines()[-1])
    assert ran.returncode == (0 if found["ok"] else 1)
    by_name = {finding["name"]: finding for finding in found["findings"]}
    assert {"python", "torch", "sqlite", "device", "starter model", "qt"} <= set(by_name)
    assert by_name["starter model"]["level"] == "ok"
    assert found["device"] == "cpu" or found["device"].startswith("cuda")
    assert found["device_reason"]
    for finding in found["findings"]:
        assert finding["level"] != "problem" or finding["mend"] or finding["name"] == "device"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_training_from_the_command_line(shared_data: Path, tmp_path: Path) -> None:
    nuts = shared_data / "nuts" / "yolo"
    project = tmp_path / "project"
    answer("init", project, "--images", nuts / "images", "--recursive")
    assert "reviewed" in refusal("train", project)
    answer("import", project, nuts, "--as-reviewed")
    done = answer("train", project, "--epochs", "2", "--imgsz", "160", "--device", "cpu")
    assert {"run", "map50_95", "map50_before", "map50_95_before"} <= set(done)
    assert done["map50"] > 0
    assert not done["promoted"]
    models = answer("models", project, "list")
    assert [model["name"] for model in models["models"]] == ["starter", done["model"]]
    assert models["active"] == "starter"
    trained = models["models"][1]
    assert trained["parent"] == models["models"][0]["sha256"]
    assert trained["classes"] == ["date", "fig", "hazelnut"]
    assert trained["flops"] > 1e9
    assert answer("models", project, "promote", done["model"])["active"] == done["model"]
    assert answer("models", project, "rollback")["active"] == "starter"
    compared = answer("models", project, "compare", "starter", done["model"], "--imgsz", "160")
    assert [row["images"] for row in compared["models"]] == [3, 3]
    file = project / ".dynseg" / "models" / f"{done['model']}.safetensors"
    taken = answer("models", project, "import", file, "--name", "copy")
    assert taken["models"][0]["sha256"] == trained["sha256"]


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(os.name != "posix", reason="signals are sent by POSIX means")
def test_training_is_stopped_and_goes_on(shared_data: Path, tmp_path: Path) -> None:
    nuts = shared_data / "nuts" / "yolo"
    project = tmp_path / "project"
    answer("init", project, "--images", nuts / "images", "--recursive")
    answer("import", project, nuts, "--as-reviewed")
    arguments = ["train", str(project), "--epochs", "3", "--imgsz", "160", "--device", "cpu"]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            if line.startswith("epoch 1/"):
                break
        process.send_signal(signal.SIGINT)
        asked_s = time.monotonic()
        assert process.wait(60) == 1
        assert time.monotonic() - asked_s < 30
        said = process.stderr.read()
    assert said.startswith("dynseg: Stopped.\nhint: Go on with")
    assert answer("models", project, "list")["active"] == "starter"
    (run,) = (project / ".dynseg" / "runs").iterdir()
    assert run.name in said
    done = answer("train", project, "--resume", "last")
    assert done["run"] == run.name
    assert done["map50"] >= 0
    assert "no run" in refusal("train", project, "--resume", "absent")
