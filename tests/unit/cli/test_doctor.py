"""What the doctor looks at."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dynseg.cli import doctor, qt_libraries
from dynseg.cli.qt_libraries import Library


def test_oldest_versions_are_those_of_the_project() -> None:
    root = Path(__file__).resolve().parents[3]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted: dict[str, str] = {}
    for line in project["dependencies"]:
        match = re.match(r"([A-Za-z0-9-]+)>=([0-9.]+)", line)
        assert match
        wanted.setdefault(match[1].lower(), match[2])
    for name, oldest in doctor.PACKAGES:
        assert wanted[name.lower()] == oldest


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
    found = [finding for finding in doctor._window() if finding.name == "window libraries"]
    assert found[0].level == "problem"
    assert "sudo apt install libnone-x11 libnone1" in found[0].mend
    assert "sudo dnf install none none-x11" in found[0].mend
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    levels = {finding.text: finding.level for finding in doctor._window()}
    assert levels["missing: libnone-always.so.1"] == "problem"
    assert levels["missing for an X11 display: libnone-x11.so.1"] == "note"


def test_versions_compare_by_number() -> None:
    assert doctor._numbers("2.15.0+cpu") == (2, 15, 0)
    assert doctor._numbers("3.51.3") < doctor._numbers("3.54.1.0")
    assert doctor._numbers("8.4.190") > doctor._numbers("8.4.100")
    assert doctor._numbers("2.0rc1") == (2,)


def test_settings_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path / "new"))
    (found,) = doctor._settings()
    assert found.level == "ok"
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path / "file" / "x"))
    (found,) = doctor._settings()
    assert found.level == "problem"
