"""Every kind of work on a project while one call to the system after the other fails.

ENOSPC, EIO, EACCES and EROFS at opens, writes, truncations, syncs, renames and new folders, of
SQLite as of the program: each failure is said, or has no consequence; nothing is lost or half.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("failing_calls.c")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("there is no C compiler, or no LD_PRELOAD")
    target = tmp_path_factory.mktemp("library") / "failing.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(target), str(SOURCE), "-ldl"], check=True
    )
    return target


@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_a_call_that_fails_loses_nothing(library: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.on_a_failing_disk", str(tmp_path), "0"],
        env={**os.environ, "LD_PRELOAD": str(library)},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *problems, counts = done.stdout.splitlines()
    print(counts)
    assert problems == []
    assert int(counts.split()[0]) >= 280
