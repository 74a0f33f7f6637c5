"""What Windows and macOS do otherwise, as far as it can be played on one system."""

from __future__ import annotations

import ast
import json
import logging
import ntpath
import os
import re
import subprocess
import sys
import types
from pathlib import Path, PureWindowsPath
from unittest.mock import MagicMock

import pytest

from dynseg import processes
from dynseg.doctor import places
from dynseg.formats.yolo import source as yolo_source
from dynseg.images import index
from dynseg.project.writing import file_identity, is_drive_away
from dynseg.worker.log import _SharedLog

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for top in ("core", "app") for path in (ROOT / top).rglob("*.py"))
_WRITING = re.compile(r"\.open\(|write_text\(")
CODE_PAGE = {**os.environ, "PYTHONIOENCODING": "cp1252"}
"""What a process has whose output is no terminal, on Windows in western Europe."""


def test_files_of_a_data_set_are_named_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels found no image on Windows: `train\\labels\\a.txt` was one name without a folder."""
    monkeypatch.setattr(yolo_source, "PurePath", PureWindowsPath)
    monkeypatch.setattr(yolo_source, "os", types.SimpleNamespace(path=ntpath))
    search = yolo_source._Search(Path("C:\\set"))
    assert search.rel(Path("C:\\set\\train\\labels\\a.txt")) == "train/labels/a.txt"


def test_the_process_that_imports_models_answers_in_any_script(tmp_path: Path) -> None:
    damaged = tmp_path / "猫.pt"
    damaged.write_bytes(b"no model")
    done = subprocess.run(
        [*processes.command("model"), str(damaged), str(tmp_path / "out.safetensors")],
        env=CODE_PAGE,
        capture_output=True,
        check=False,
    )
    assert "猫.pt" in json.loads(done.stdout.splitlines()[-1])["message"], done.stderr


def test_commands_write_utf_8_where_no_terminal_reads(tmp_path: Path) -> None:
    """The window shows what they say on standard error."""
    done = subprocess.run(
        [*processes.command("cli"), "stats", str(tmp_path / "Löwe 猫")],
        env=CODE_PAGE,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Löwe 猫" in done.stderr.decode("utf-8")


def test_text_files_are_the_same_bytes_everywhere() -> None:
    """Windows ends lines in another way unless it is told not to."""
    at_fault = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        if _WRITING.search(text := path.read_text(encoding="utf-8"))  # parsing takes seconds
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and writes_text(call)
        if not {"encoding", "newline"} <= {keyword.arg for keyword in call.keywords}
    ]
    assert not at_fault


def writes_text(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    modes = [a.value for a in call.args if isinstance(a, ast.Constant)]
    opened = call.func.attr == "open" and bool({"w", "a", "x"} & {*modes})
    return opened or call.func.attr == "write_text"


def test_a_drive_that_numbers_files_anew_loses_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shares do so; Windows lets nobody take away an open file anyway."""
    database = tmp_path / "project.db"
    database.touch()
    monkeypatch.setattr(sys, "platform", "win32")
    before = file_identity(database)
    database.rename(tmp_path / "old")
    database.touch()
    assert file_identity(database) == before
    database.unlink()
    assert file_identity(database) is None
    assert before is not None
    assert not is_drive_away(database, before[0]), "its folder is there, so it was deleted"


@pytest.mark.parametrize(
    ("tag", "looked_into"), [(0xA0000003, False), (0x9000001A, True), (0, True)]
)
def test_a_junction_is_not_looked_into(
    tag: int, looked_into: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`My Pictures` is one that nobody may list; the folder of a cloud is none."""
    entry = MagicMock(spec=os.DirEntry)
    entry.is_dir.return_value = True
    entry.stat.return_value = types.SimpleNamespace(st_reparse_tag=tag)
    monkeypatch.setattr(sys, "platform", "win32")
    assert index.is_folder(entry) is looked_into


def test_what_mends_is_a_line_of_this_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(places, "FULL_DISK_BYTES", 1 << 62)
    assert places.own_again(tmp_path).startswith("icacls")
    assert all("du -" not in finding.mend for finding in places.disk(tmp_path))


def test_a_log_that_another_worker_has_open_loses_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(13, "in use", source)

    monkeypatch.setattr(os, "rename", refuse)
    handler = _SharedLog(tmp_path / "engine.log", maxBytes=100, backupCount=1, encoding="utf-8")
    for number in range(20):
        handler.emit(logging.makeLogRecord({"msg": f"line {number}", "levelno": logging.INFO}))
    handler.close()
    lines = (tmp_path / "engine.log").read_text(encoding="utf-8").splitlines()
    assert lines == [f"line {number}" for number in range(20)]
    assert not capsys.readouterr().err


PLAYED = """
import mmap, os, shutil
from pathlib import Path

held = Path("held.txt")
held.write_bytes(b"x" * 9000)

def refused(act, kind=PermissionError):
    try:
        act()
    except kind:
        return
    raise SystemExit("not refused")

with held.open("rb") as file:
    refused(held.unlink)
    refused(lambda: held.rename("other.txt"))
    refused(lambda: Path("new.txt").write_bytes(b"") or Path("new.txt").replace(held))
    refused(lambda: shutil.rmtree(Path.cwd()))
    seen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
refused(held.unlink)
refused(lambda: held.write_bytes(b""), OSError)
seen.close()
Path("taken.txt").touch()
refused(lambda: held.rename("taken.txt"), FileExistsError)
held.replace("taken.txt")
Path("taken.txt").unlink()
refused(lambda: Path("aux.txt").touch(), OSError)
refused(lambda: Path("a:b").mkdir(), OSError)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says what is open")
def test_the_rules_of_windows_are_played(tmp_path: Path) -> None:
    folder = str(ROOT / "tests" / "windows_rules")
    rules = {**os.environ, "DYNSEG_WINDOWS_RULES": "1", "PYTHONPATH": folder}
    done = subprocess.run(
        [sys.executable, "-c", PLAYED], cwd=tmp_path, env=rules, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says what is open")
def test_projects_and_exports_keep_to_the_rules_of_windows(tmp_path: Path) -> None:
    """A lock or a backup that needs an open file to go would fail there."""
    places = ("project/test_lock.py", "project/test_bulk_backups.py", "formats/test_staging.py")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *("--basetemp", str(tmp_path / "t")),
            *(str(ROOT / "tests" / "unit" / place) for place in places),
        ],
        cwd=ROOT,
        env={**os.environ, "DYNSEG_WINDOWS_RULES": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()[-3000:]
