"""Files that others read while they are replaced."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dynseg import files
from dynseg.files import write_atomic
from dynseg.training.run import RunFolder


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two refusals of Windows for whoever comes first."""
    left = [Path(), Path()]
    replace, read = Path.replace, Path.read_bytes

    def replaced(self: Path, target: Path) -> Path:
        if left:
            left.pop()
            raise PermissionError(13, "Access is denied", str(target))
        return replace(self, target)

    def got(self: Path) -> bytes:
        if left:
            left.pop()
            raise PermissionError(13, "Access is denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "read_bytes", got)
    return left


def test_on_windows_a_file_that_is_being_read_is_replaced_a_moment_later(
    tmp_path: Path, refusals: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_READERS_HOLD_FILES", True)
    write_atomic(tmp_path / "a", b"new")
    assert not refusals
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_status_that_is_being_replaced_is_read_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A run whose status cannot be read would be taken for one that has ended."""
    run = RunFolder(tmp_path)
    run.update(state="running", pid=5)
    monkeypatch.setattr(files, "_READERS_HOLD_FILES", True)
    request.getfixturevalue("refusals")
    assert run.status().pid == 5


def test_elsewhere_a_refusal_is_one(tmp_path: Path, refusals: list[Path]) -> None:
    if files._READERS_HOLD_FILES:
        pytest.skip("this is Windows")
    with pytest.raises(PermissionError):
        write_atomic(tmp_path / "a", b"new")
    assert len(refusals) == 1
    assert not list(tmp_path.iterdir())


def test_what_killed_processes_left_half_written_is_collected_and_nothing_else(
    tmp_path: Path,
) -> None:
    files._looked_through.clear()
    old, young = (tmp_path / f".staging-{digit * 32}" for digit in "ab")
    others = [tmp_path / ".staging-mine", tmp_path / f".staging-{'c' * 32}.db", tmp_path / "a.txt"]
    for path in (old, young, *others):
        path.write_bytes(b"half")
    folder = tmp_path / f".staging-{'d' * 32}"
    folder.mkdir()
    for path in (old, *others, folder):
        os.utime(path, (time.time() - files.ABANDONED_S - 60,) * 2)
    write_atomic(tmp_path / "b", b"new")
    assert sorted(tmp_path.iterdir()) == sorted([young, *others, folder, tmp_path / "b"])
    old.touch()
    os.utime(old, (0, 0))
    write_atomic(tmp_path / "b", b"newer")
    assert old.exists(), "a folder is looked through once"


def test_what_cannot_be_removed_keeps_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows where a scanner holds it open."""
    several = [tmp_path / f".staging-{digit * 32}" for digit in "abc"]
    for path in several:
        path.write_bytes(b"half")
        os.utime(path, (0, 0))
    real, held = Path.unlink, next(tmp_path.glob(".staging-*"))

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == held:
            raise PermissionError(path)
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    write_atomic(tmp_path / "b", b"new")
    assert sorted(tmp_path.iterdir()) == [held, tmp_path / "b"]


def test_a_process_that_is_killed_while_it_writes_leaves_what_is_known_as_abandoned(
    tmp_path: Path,
) -> None:
    """As by the system where memory was short, or by a power cut."""
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom dynseg import files\n"
        "os.fsync = lambda _: os._exit(9)\nfiles.write_atomic(Path(sys.argv[1]), b'new')"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a")], check=False)
    assert done.returncode == 9
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))
    files._looked_through.clear()
    write_atomic(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
