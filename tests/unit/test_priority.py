"""Long work steps back, also where a nice value alone would not count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TELL = """
import os, pathlib
from dynseg.priority import step_back
step_back({by})
group = pathlib.Path("/proc/self/autogroup")
print(os.nice(0), group.read_text().split()[-1] if group.exists() else "none")
"""


def told(by: int, *, own_session: bool) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", TELL.format(by=by)],
        start_new_session=own_session,
        capture_output=True,
        text=True,
        check=True,
    )
    nice, group = done.stdout.split()
    return int(nice), group


@pytest.mark.skipif(sys.platform == "win32", reason="nice values are POSIX")
def test_a_process_steps_back() -> None:
    before = os.nice(0)
    nice, _ = told(before + 3, own_session=False)
    assert nice == before + 3
    assert told(0, own_session=False)[0] == before


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="a kernel without groups")
def test_a_session_of_its_own_steps_back_as_a_whole() -> None:
    by = os.nice(0) + 4
    assert told(by, own_session=True) == (by, str(by))
    own_group = Path("/proc/self/autogroup").read_text(encoding="ascii").split()[-1]
    assert told(by, own_session=False) == (by, own_group)
