"""The wheel holds everything, and works from a fresh environment in a folder with an odd name."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.packaging.conftest import ROOT, Run, build

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def wheel() -> Path:
    build("wheel")
    (built,) = (ROOT / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, odd_folder: Path) -> Path:
    """Programs of a fresh environment with nothing but the wheel and what it needs."""
    uv = shutil.which("uv")
    assert uv is not None
    folder = odd_folder / "environment"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(folder)], check=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    command = [uv, "pip", "install", "-q", "--python", str(programs / "python"), str(wheel)]
    subprocess.run([*command, "-c", str(_constraints(odd_folder / "constraints.txt"))], check=True)
    return programs


def _constraints(target: Path) -> Path:
    """The pins of the lock: what is handed out is what was tested."""
    lines = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.removesuffix("\\").strip() for line in lines if line and line[0] not in "# -"]
    target.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return target


def tracked(*folders: str) -> set[str]:
    """Files under version control, relative to the source root that they lie in."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines())


def test_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == {path.partition("/")[2] for path in tracked("core", "app", "resources")}


def test_source_archive_holds_what_the_wheel_is_made_of(wheel: Path) -> None:
    (archive,) = (ROOT / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as content:
        names = {name.partition("/")[2] for name in content.getnames()}
    assert names >= tracked("core", "app", "resources", "packaging", "tests", "README.md")


def test_commands_work_in_a_fresh_environment(installed: Path, odd_folder: Path, run: Run) -> None:
    doctor = json.loads(run(installed / "dynseg", "doctor", "--json").stdout.splitlines()[-1])
    assert doctor["ok"], [f for f in doctor["findings"] if f["level"] == "problem"]
    photos = odd_folder / "photos"
    run(installed / "dynseg", "sample", photos, "--images", "4", "--seed", "3")
    done = run(
        installed / "dynseg", "prelabel", photos / "images", "--out", odd_folder / "labels",
        "--json",
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1])["instances"] > 0
    assert any((odd_folder / "labels").rglob("*.txt"))


def test_window_starts_in_a_fresh_environment(installed: Path, run: Run) -> None:
    assert "usage" in run(installed / "dynseg-annotator", "--help").stdout
