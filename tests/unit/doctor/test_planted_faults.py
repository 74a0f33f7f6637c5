"""Faults are planted, for real where that can be done, and each is named with what mends it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import apsw
import pytest
from PIL import Image

import dynseg_resources
from dynseg.doctor import device, places, project, qt_libraries, software, window
from dynseg.doctor.examination import examine
from dynseg.doctor.finding import Finding
from dynseg.doctor.qt_libraries import Library
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store

ROOT = Path(__file__).resolve().parents[3]


def problem(findings: list[Finding], name: str) -> Finding:
    """The problem of this name; every one has a line that mends it."""
    (found,) = [f for f in findings if f.name == name and f.level == "problem"]
    assert found.mend
    return found


def fake_package(folder: Path, name: str, version: str) -> None:
    """What pip leaves of a package: enough for its version to be known."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(text, encoding="utf-8")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A small project."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (64, 48), (number, 2, 3)).save(folder / f"{number}.png")
    Store.create(folder, images=folder, classes=["nut"]).close()
    return folder


# 1 and 2: a GPU that is there and cannot be used


@pytest.mark.parametrize(
    ("cuda", "driver", "text", "mend"),
    [
        (None, "580.65.06", "a build for processors only", "--torch-backend auto torch"),
        ("13.0", "535.183.01", "too old for CUDA 13.0, which asks for 580", "nvidia-driver-580"),
        ("12.8", "470.82", "asks for 525", "nvidia-driver-580"),
        ("13.0", "", "no driver", "sudo dnf install akmod-nvidia"),
    ],
)
def test_a_gpu_that_is_not_used(cuda: str | None, driver: str, text: str, mend: str) -> None:
    found = problem(list(device.unused_gpu(cuda, driver=driver, gpu=True)), "gpu")
    assert text in found.text
    assert mend in found.mend


@pytest.mark.posix_files
def test_driver_and_gpu_are_read_from_the_system(tmp_path: Path) -> None:
    file = tmp_path / "version"
    file.write_text(
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.183.01  Release Build\n"
        "GCC version:  gcc version 12.2.0\n",
        encoding="utf-8",
    )
    assert device.driver_version(file) == "535.183.01"
    assert device.driver_version(tmp_path / "none") == ""
    card = tmp_path / "0000:01:00.0"
    card.mkdir()
    (card / "vendor").write_text("0x10de\n", encoding="utf-8")
    (card / "class").write_text("0x030000\n", encoding="utf-8")
    assert device.has_nvidia_gpu(tmp_path) is sys.platform.startswith("linux")
    (card / "class").write_text("0x040300\n", encoding="utf-8")  # its sound
    assert not device.has_nvidia_gpu(tmp_path)


# 3: system libraries of the window


def test_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = [
        Library("libnone-always.so.1", "libnone1", "none"),
        Library("libnone-x11.so.1", "libnone-x11", "none-x11", x11_only=True),
    ]
    monkeypatch.setattr(qt_libraries, "LIBRARIES", (*gone, Library("libc.so.6", "libc6", "glibc")))
    monkeypatch.setattr(qt_libraries, "try_qt", lambda: "")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    assert qt_libraries.missing() == gone
    found = problem(list(window.check()), "window libraries")
    assert "sudo apt install libnone-x11 libnone1" in found.mend
    assert "sudo dnf install none none-x11" in found.mend
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    levels = {finding.text: finding.level for finding in window.check()}
    assert levels["missing: libnone-always.so.1"] == "problem"
    assert levels["missing for an X11 display: libnone-x11.so.1"] == "note"


# 4: the Qt inside OpenCV


def test_plugins_of_another_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries, "try_qt", lambda: "")
    cv2 = "/usr/lib/python3/site-packages/cv2/qt/plugins"
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", cv2)
    found = problem(list(window.check()), "qt plug-ins")
    assert "OpenCV" in found.text
    assert found.mend == "unset QT_QPA_PLATFORM_PLUGIN_PATH"
    # A bundle points Qt at its own.
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/dynseg/dynseg")
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/opt/dynseg/_internal/PySide6/Qt/plugins")
    assert "qt plug-ins" not in {finding.name for finding in window.check()}


# 5: a full disk


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "FULL_DISK_BYTES", shutil.disk_usage(tmp_path).total)
    found = problem(list(places.disk(tmp_path)), "project's disk")
    assert str(tmp_path) in found.text
    assert "du -xh" in found.mend


# 6 and 7: a project that is damaged, or on a disk that cannot be written


def test_a_damaged_database(photos: Path) -> None:
    assert {f.level for f in project.check(photos)} == {"ok"}
    database = photos / ".dynseg" / "project.db"
    data = bytearray(database.read_bytes())
    at = data.find(b"2.png")
    assert at > 0
    data[at] ^= 1  # a flipped bit, which SQLite itself does not notice
    database.write_bytes(bytes(data))
    for rest in database.parent.glob("project.db-*"):
        rest.unlink()
    found = problem(list(project.check(photos)), "database")
    assert found.mend == f'dynseg restore "{photos}" newest'
    database.write_bytes(b"not a database at all" * 100)
    problem(list(project.check(photos)), "database")


def test_a_project_that_cannot_be_written(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = photos / ".dynseg"
    if os.name == "posix" and os.geteuid():
        folder.chmod(0o555)
    else:  # root may write anywhere: the file system itself has to refuse
        done = subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this file system cannot refuse to be written")
    try:
        found = problem(list(project.check(photos)), "project folder")
    finally:
        subprocess.run(["chattr", "-i", str(folder)], capture_output=True, check=False)
        folder.chmod(0o755)
    assert "chmod" in found.mend


def test_a_project_of_a_newer_version_is_not_to_be_restored(photos: Path) -> None:
    """An older backup would cost all that the newer version has done."""
    database = apsw.Connection(str(photos / ".dynseg" / "project.db"))
    database.execute("PRAGMA user_version=999")
    database.close()
    found = problem(list(project.check(photos)), "database")
    assert found.mend == "Update this program to open it."


def test_an_active_model_that_is_gone(photos: Path) -> None:
    registry = ModelRegistry(photos / ".dynseg" / "models")
    registry.add(dynseg_resources.starter_model(), name="best")
    registry.promote("best")
    registry.path("best").unlink()
    found = problem(list(project.check(photos)), "active model")
    assert "best" in found.text
    assert found.mend == f'dynseg models "{photos}" promote starter'


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    assert "dynseg init" in problem(list(project.check(tmp_path)), "project").mend


# 8: settings that cannot be kept


def test_settings_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path / "new"))
    (found,) = places.settings()
    assert found.level == "ok"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path / "file" / "x"))
    assert "DYNSEG_CONFIG_DIR" in problem(list(places.settings()), "settings folder").mend


# 9: files of the program that are gone or damaged


def test_missing_resources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dynseg_resources, "_ROOT", tmp_path)
    found = list(places.resources())
    assert "models/starter.safetensors" in problem(found, "program files").text
    assert "--force-reinstall" in problem(found, "starter model").mend


@pytest.mark.slow  # loads torch and ultralytics
def test_a_damaged_starter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(dynseg_resources.resource("models"), models)
    weights = models / "starter.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(bytes(data))
    monkeypatch.setattr(dynseg_resources, "_ROOT", tmp_path)
    problem(list(places.resources()), "starter model")


# 10, 11 and 12: packages that do not go together


def test_packages_that_do_not_go_together(tmp_path: Path) -> None:
    fake_package(tmp_path, "opencv-python-headless", "4.13.0")
    fake_package(tmp_path, "PySide6_Essentials", "6.12.0")
    fake_package(tmp_path, "shapely", "2.0.7")
    program = (
        "import json\n"
        "from dataclasses import asdict\n"
        "from dynseg.doctor import software\n"
        "print(json.dumps([asdict(f) for f in software.check()]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = [Finding(**item) for item in json.loads(done.stdout)]
    double = problem(found, "opencv")
    assert "opencv-python and opencv-python-headless" in double.text
    assert "uninstall -y opencv-python opencv-python-headless && " in double.mend
    assert "2.0.7 is older than 2.1" in problem(found, "shapely").text
    if sys.version_info < (3, 12):
        assert '"PySide6-Essentials<6.12"' in problem(found, "PySide6-Essentials").mend


def test_a_check_that_fails_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("no")

    for module in (software, device, window):
        monkeypatch.setattr(module, "check", broken)
    names = {finding.name: finding for finding in examine()}
    assert "ZeroDivisionError" in names["device"].text
    assert names["settings folder"].level == "ok"


def test_oldest_versions_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted: dict[str, str] = {}
    for line in project["dependencies"]:
        match = re.match(r"([A-Za-z0-9-]+)>=([0-9.]+)", line)
        assert match
        wanted.setdefault(match[1].lower(), match[2])
    for name, oldest in software.PACKAGES:
        assert wanted[name.lower()] == oldest


def test_versions_compare_by_number() -> None:
    assert software.numbers("2.15.0+cpu") == (2, 15, 0)
    assert software.numbers("3.51.3") < software.numbers("3.54.1.0")
    assert software.numbers("8.4.190") > software.numbers("8.4.100")
    assert software.numbers("2.0rc1") == (2,)
