from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import psutil
import pytest

from dynseg import processes
from dynseg.errors import ProjectLockedError, ReadOnlyError
from dynseg.project import lock
from dynseg.project.lock import Holder, ProjectLock, read_holder, verify_token

PROGRAM = """
import sys, pathlib, time
from dynseg.project.lock import ProjectLock
held = ProjectLock.acquire(pathlib.Path(sys.argv[1]), program="the other window")
print("held", flush=True)
time.sleep(60)
"""


def test_the_holder_is_named_and_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = ProjectLock.acquire(path, program="window")
    assert read_holder(path) == held.holder
    with pytest.raises(ProjectLockedError, match="window \\(process"):
        ProjectLock.acquire(path, program="second")
    verify_token(path, held.holder.token)
    with pytest.raises(ProjectLockedError):
        verify_token(path, "guess")
    held.release()
    held.release()
    assert read_holder(path) is None
    ProjectLock.acquire(path, program="second").release()


def test_a_killed_holder_leaves_nothing_to_clean_up(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ProjectLockedError, match="the other window"):
            ProjectLock.acquire(path, program="window")
        process.kill()
        process.wait()
    assert read_holder(path) is not None
    held = ProjectLock.acquire(path, program="window")
    assert held.holder.program == "window"
    held.release()


@pytest.mark.parametrize("content", [b"", b"{", b'{"pid": 1}', b"\xff\xfe", b"x" * 10_000])
def test_a_strange_lock_file_does_not_lock_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lock"
    path.write_bytes(content)
    ProjectLock.acquire(path, program="window").release()


def write(path: Path, **changes: object) -> None:
    holder = msgspec.structs.replace(Holder.here("window"), **changes)
    path.write_bytes(msgspec.json.encode(holder))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a start is written down once")
def test_a_clock_that_is_set_ends_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a night: the clock is put right, and the system moves the start of everything."""
    path = tmp_path / "lock"
    held = ProjectLock.acquire(path, program="window")
    booted_s = psutil.boot_time()
    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: booted_s - 5.0)
    verify_token(path, held.holder.token)
    with pytest.raises(ProjectLockedError):
        verify_token(path, "another")
    held.release()


def test_another_computer_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    write(path, host="elsewhere", pid=1)
    with pytest.raises(ProjectLockedError, match="on elsewhere") as caught:
        ProjectLock.acquire(path, program="second")
    assert str(path) in caught.value.hint


def test_without_locks_of_the_system_the_process_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network drive that does not lock."""
    monkeypatch.setattr(lock, "lock_file", lambda descriptor: None)
    path = tmp_path / "lock"
    held = ProjectLock.acquire(path, program="window")
    with pytest.raises(ProjectLockedError):
        ProjectLock.acquire(path, program="second")
    held.release()
    write(path, started_s=processes.begun_s(os.getpid()) - 100)  # the id was used again
    ProjectLock.acquire(path, program="second").release()
    write(path, pid=2**22 - 1)
    ProjectLock.acquire(path, program="second").release()


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyError):
        ProjectLock.acquire(tmp_path / "none" / "lock", program="window")
