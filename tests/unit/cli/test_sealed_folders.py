"""Folders that nobody may write to: what is said is about rights, not about room on the disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.project.test_read_only_folder import WITHOUT_PRIVILEGE

from dynseg.files import ELSEWHERE, room_or_rights
from dynseg.project.store import Store


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write to, with a picture beside it."""
    Image.new("RGB", (64, 48)).save(tmp_path / "a.png")
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


def said(*arguments: str | Path) -> str:
    """What a command prints where rights bind it, as they do not bind root."""
    command = [sys.executable, "-m", "dynseg.cli", *map(str, arguments)]
    if sys.platform == "win32":
        pytest.skip("folders are sealed by other means on this system")
    elif os.geteuid() == 0:
        if sys.platform != "linux":
            pytest.skip("permissions do not bind root")
        command = [sys.executable, "-c", WITHOUT_PRIVILEGE, *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done
    return done.stderr


def test_labels_that_have_no_place_to_go(sealed: Path) -> None:
    words = said("prelabel", sealed.parent, "--out", sealed / "labels", "--device", "cpu")
    assert "cannot be written (Permission denied)" in words
    assert ELSEWHERE in words
    assert "space" not in words


def test_a_backup_of_a_project_whose_backups_are_sealed(sealed: Path) -> None:
    root = sealed.parent / "project"
    Store.create(root, images=sealed.parent).close()
    (root / ".dynseg" / "backups").mkdir(mode=0o555, exist_ok=True)
    (root / ".dynseg" / "backups").chmod(0o555)
    try:
        words = said("backup", root)
    finally:
        (root / ".dynseg" / "backups").chmod(0o755)
    assert "Get the right to write there" in words


def test_which_refusals_are_about_rights() -> None:
    for number in (errno.EACCES, errno.EPERM, errno.EROFS):
        assert room_or_rights(OSError(number, "no"), "Free some space.") == ELSEWHERE
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        assert room_or_rights(OSError(number, "no"), "Free some space.") == "Free some space."
