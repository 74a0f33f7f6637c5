"""The command line as a person uses it: real processes, real data, real mistakes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store
from dynseg_resources import starter_model

COMMAND = [sys.executable, "-m", "dynseg.cli"]
NO_OVERRIDE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Lets root meet folders that it may not write; other users meet them anyway."""


def dynseg(*arguments: str | Path, bound: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*(NO_OVERRIDE if bound and os.geteuid() == 0 else []), *COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def answer(*arguments: str | Path) -> dict[str, Any]:
    """The JSON object of a command that has to go well."""
    ran = dynseg(*arguments, "--json")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    (line,) = ran.stdout.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


def refusal(*arguments: str | Path, status: int = 1, bound: bool = False) -> tuple[str, str]:
    """Message and hint of a command that has to fail, one line each and nothing else."""
    ran = dynseg(*arguments, bound=bound)
    assert ran.returncode == status, (ran.stdout, ran.stderr)
    lines = ran.stderr.splitlines()
    assert len(lines) == 2, ran.stderr
    assert lines[0].startswith("dynseg: ")
    assert lines[1].startswith("hint: ")
    assert "Traceback" not in ran.stderr + ran.stdout
    return lines[0], lines[1]


@pytest.fixture
def images(shared_data: Path, tmp_path: Path) -> Path:
    """A folder of 18 photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted((shared_data / "nuts" / "yolo" / "images").rglob("*.jpg")):
        shutil.copy(path, folder / path.name)
    return folder


@pytest.fixture
def project(images: Path, shared_data: Path, tmp_path: Path) -> Path:
    root = tmp_path / "project"
    data = shared_data / "nuts" / "yolo" / "data.yaml"
    assert answer("init", root, "--images", images, "--data", data)["images"] == 18
    return root


def test_from_a_folder_to_a_data_set(
    project: Path, images: Path, shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "nuts" / "yolo"
    done = answer("import", project, source, "--as-reviewed")
    assert (done["images"], done["instances"], done["repaired"], done["refused"]) == (18, 165, 0, 0)
    assert (done["report"], sum(done["by_class"].values())) == ([], 165)
    again = answer("import", project, source, "--as-reviewed")
    assert (again["instances"], again["duplicates"]) == (0, 165)
    stats = answer("stats", project)
    assert (stats["images"], stats["instances"], stats["reviewed"]) == (18, 165, 18)
    assert sum(stats["by_class"].values()) == 165
    assert set(stats["by_class"]) == {"date", "fig", "hazelnut"}
    assert stats["by_state"]["reviewed"] == 18
    check = answer("check", project)
    assert (check["findings"], check["fixed"]) == ([], 0)
    out = answer("export", project, tmp_path / "out", "--verify")
    assert out["round_trip"]["shapes"] == 165
    assert out["round_trip"]["min_iou"] > 0.999
    assert (out["images"], out["instances"], out["dropped"], out["format"]) == (18, 165, 0, "yolo")
    assert (Path(out["path"]) / "data.yaml").is_file()
    assert len(list((tmp_path / "out").rglob("*.jpg"))) == 18
    assert len(list(images.iterdir())) == 18


def test_commands_speak_to_people_without_json(project: Path) -> None:
    ran = dynseg("stats", project)
    assert ran.returncode == 0
    assert "images: 18" in ran.stdout
    assert "{" not in ran.stdout
    assert dynseg("--version").stdout.startswith("dynseg ")
    assert "prelabel" in dynseg("--help").stdout


def test_repairs_are_edits_that_can_be_undone(project: Path, images: Path, tmp_path: Path) -> None:
    source = tmp_path / "labels"
    source.mkdir()
    name = sorted(images.iterdir())[0].stem
    (source / f"{name}.txt").write_text(
        "0 0.1 0.1 0.3 0.1 0.3 0.3 0.1 0.3\n0 0.1 0.1 0.3 0.1 0.3 0.3 0.1 0.31\n"
        "1 0.5 0.5 0.501 0.5 0.501 0.501\n"
    )
    assert answer("import", project, source)["instances"] == 3
    found = answer("check", project)
    kinds = [finding["kind"] for finding in found["findings"]]
    assert kinds.count("doubled shape") == 1
    assert kinds.count("tiny shape") == 1
    assert dynseg("check", project, "--strict", "--labels-only").returncode == 1
    assert answer("check", project, "--fix")["fixed"] == 2
    assert answer("stats", project)["instances"] == 1
    assert answer("check", project, "--strict", "--labels-only")["left"] > 0, "unused classes"


def test_sample(tmp_path: Path) -> None:
    one = answer("sample", tmp_path / "one", "--images", "2", "--seed", "3")
    answer("sample", tmp_path / "two", "--images", "2", "--seed", "3")
    assert one["images"] == 2
    first, second = (
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (tmp_path / "one", tmp_path / "two")
    )
    assert first == second
    assert answer("init", tmp_path / "p", "--images", tmp_path / "one" / "images")["images"] == 2
    done = answer("import", tmp_path / "p", tmp_path / "one", "--as-reviewed")
    assert (done["instances"], done["refused"]) == (one["instances"], 0)


# ------------------------------------------------------------------------------- mistakes


def test_folder_without_images(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("x")
    message, hint = refusal("init", tmp_path / "p", "--images", tmp_path / "empty")
    assert "no images" in message
    assert ".jpg" in hint
    assert not (tmp_path / "p").exists()
    (tmp_path / "empty" / "deep").mkdir()
    Image.new("RGB", (20, 20)).save(tmp_path / "empty" / "deep" / "a.png")
    _, hint = refusal("init", tmp_path / "p", "--images", tmp_path / "empty")
    assert "--recursive" in hint


def test_damaged_images_are_named_and_do_not_stop_anything(
    images: Path, shared_data: Path, tmp_path: Path
) -> None:
    (images / "text.jpg").write_text("this is no picture")
    whole = sorted(images.glob("*.jpg"))[0]
    (images / "half.jpg").write_bytes(whole.read_bytes()[:20_000])
    (images / "zero.png").write_bytes(b"")
    made = answer("init", tmp_path / "p", "--images", images, "--classes", "date,fig,hazelnut")
    assert made["images"] == 21
    assert {line.split(":")[0] for line in made["damaged"]} >= {"text.jpg", "zero.png"}
    done = answer("import", tmp_path / "p", shared_data / "nuts" / "yolo", "--as-reviewed")
    assert done["instances"] == 165
    found = answer("check", tmp_path / "p")["findings"]
    damaged = {finding["image"] for finding in found if finding["kind"] == "damaged image"}
    assert damaged == {"text.jpg", "half.jpg", "zero.png"}
    assert answer("export", tmp_path / "p", tmp_path / "out")["images"] == 18


def test_model_file_that_is_none(project: Path, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_text("no model")
    (tmp_path / "model.json").write_text("{}")
    (tmp_path / "model.pt").write_text("no model")
    (tmp_path / "carded.safetensors").write_text("no model")
    shutil.copy(starter_model().with_suffix(".json"), tmp_path / "carded.json")
    for name in ("model.safetensors", "model.pt", "absent.safetensors", "carded.safetensors"):
        refusal("models", project, "import", tmp_path / name)
    ran = dynseg("models", project, "list")
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stdout.startswith("* starter")


def test_project_of_a_newer_version(project: Path) -> None:
    database = project / ".dynseg" / "project.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version=9999")
    connection.close()
    before = database.read_bytes()
    message, hint = refusal("stats", project)
    assert "9999" in message
    assert hint
    refusal("check", project, "--fix")
    assert database.read_bytes() == before


@pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and not shutil.which("setpriv")),
    reason="rights are set by POSIX means, and root needs setpriv to meet them",
)
def test_folders_that_cannot_be_written(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (20, 20)).save(photos / "a.png")
    assert answer("init", tmp_path / "p", "--images", photos)["images"] == 1
    sealed = [tmp_path, tmp_path / "p", tmp_path / "p" / ".dynseg"]
    for folder in sealed:
        folder.chmod(0o555)
    try:
        refusal("init", tmp_path / "q", "--images", photos, bound=True)
        refusal("check", tmp_path / "p", "--fix", bound=True)
        ran = dynseg("stats", tmp_path / "p", "--json", bound=True)
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout)["images"] == 1
        message, hint = refusal("backup", tmp_path / "p", bound=True)
        assert "cannot be written" in message
        assert "write to the folder" in hint
    finally:
        for folder in sealed:
            folder.chmod(0o755)
    assert answer("stats", tmp_path / "p")["images"] == 1


def test_other_mistakes(project: Path, images: Path, tmp_path: Path) -> None:
    assert "does not exist" in refusal("stats", tmp_path / "none")[0]
    assert "dynseg init" in refusal("stats", images)[1]
    assert "already" in refusal("init", project, "--images", images)[0]
    assert "does not exist" in refusal("import", project, tmp_path / "none")[0]
    assert "no reviewed image" in refusal("export", project, tmp_path / "out")[0]
    assert "no labels of a known format" in refusal("import", project, images)[0]
    refusal("init", tmp_path / "q", "--images", images, "--classes", "a,a", status=2)
    refusal("export", project, tmp_path / "out", "--policy", "holes=no", status=2)
    refusal("sample", tmp_path / "s", "--images", "0", status=2)
    refusal("export", project, status=2)
    (tmp_path / "data.yaml").write_text("names: !!python/name:os.system []\n")
    refusal("init", tmp_path / "q", "--images", images, "--data", tmp_path / "data.yaml")
    assert not (tmp_path / "q").exists()


def test_labels_of_other_images_are_a_failure(
    project: Path, shared_data: Path, tmp_path: Path
) -> None:
    other = shared_data / "food-tray" / "yolo"
    ran = dynseg("import", project, other, "--json")
    assert ran.returncode == 1
    found = json.loads(ran.stdout)
    assert (found["images"], found["refused"]) == (0, 138)
    assert "nothing was imported" in found["error"]
    (tmp_path / "half.json").write_text('{"images": [')
    assert dynseg("import", project, tmp_path / "half.json", "--format", "coco").returncode == 1
    assert dynseg("import", project, other, "--format", "coco", "--dry-run").returncode == 1


def test_images_in_subfolders_are_counted(images: Path, tmp_path: Path) -> None:
    (images / "more").mkdir()
    next(images.glob("*.jpg")).rename(images / "more" / "a.jpg")
    made = answer("init", tmp_path / "p", "--images", images)
    assert (made["images"], made["left_out"]) == (17, 1)
    assert answer("init", tmp_path / "q", "--images", images, "--recursive")["left_out"] == 0


def test_project_in_use_names_its_holder(project: Path, shared_data: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from dynseg.project.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(project)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        message, _ = refusal("import", project, shared_data / "nuts" / "yolo")
        assert str(holder.pid) in message
        assert answer("stats", project)["images"] == 18
        holder.kill()
    assert answer("import", project, shared_data / "nuts" / "yolo")["instances"] == 165


def test_a_project_in_use_is_exported_as_it_is_saved(
    project: Path, shared_data: Path, tmp_path: Path
) -> None:
    answer("import", project, shared_data / "nuts" / "yolo")
    alone = answer("export", project, tmp_path / "alone", "--all")
    with Store.open(project, read_only=False):
        ran = dynseg("export", project, tmp_path / "beside", "--all", "--json")
    assert ran.returncode == 0, ran.stderr
    (line,) = ran.stderr.splitlines()
    assert "has the project open" in line
    assert "What is saved by now is taken." in line
    beside = json.loads(ran.stdout)
    assert {**beside, "path": ""} == {**alone, "path": ""}


def test_a_project_that_cannot_be_written_is_exported(
    project: Path, shared_data: Path, tmp_path: Path
) -> None:
    answer("import", project, shared_data / "nuts" / "yolo", "--as-reviewed")
    sealed = [project, project / ".dynseg"]
    for folder in sealed:
        folder.chmod(0o555)
    try:
        ran = dynseg("export", project, tmp_path / "out", "--json", bound=True)
    finally:
        for folder in sealed:
            folder.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["instances"] == 165
    (line,) = ran.stderr.splitlines()
    assert "cannot be written" in line


def test_the_review_queue_says_what_to_look_at_next_and_why(project: Path) -> None:
    queue = answer("review", project, "--order", "uncertainty", "--limit", "5")
    assert (queue["order"], queue["images"], queue["waiting"]) == ("uncertainty", 18, 18)
    assert len(queue["queue"]) == 5
    assert queue["queue"][0]["reason"] == "no proposals that wait for a person"
    for order in ("suggested", "disagreement", "name", "random"):
        listed = answer("review", project, "--order", order, "--limit", "0")["queue"]
        assert len({entry["image"] for entry in listed}) == 18
    assert "18 wait for a person" in dynseg("review", project).stdout
    refusal("review", project, "--order", "beauty", status=2)


def test_the_review_queue_does_without_a_place_for_what_images_show(project: Path) -> None:
    thumbnails = ProjectLayout(project).thumbnails
    shutil.rmtree(thumbnails, ignore_errors=True)
    thumbnails.write_text("a file where a folder belongs")
    listed = dynseg("review", project, "--compare", "6", "--limit", "0")
    assert listed.stdout.count("typical: ") + listed.stdout.count("shows what others") == 6
    assert "12 images are not compared with the others yet" in listed.stdout
    assert "could not be kept" in listed.stderr
    assert str(thumbnails) in listed.stderr
