"""Long work steps back, also where a nice value alone would not count."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dynseg.priority import autogroup_nice

TELL = """
import os
from dynseg.priority import autogroup_nice, step_back
step_back({by})
print(os.nice(0), autogroup_nice())
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


@pytest.mark.skipif(autogroup_nice() is None, reason="a kernel without groups")
def test_a_session_of_its_own_steps_back_as_a_whole() -> None:
    by = os.nice(0) + 4
    assert told(by, own_session=True) == (by, str(by))
    assert told(by, own_session=False) == (by, str(autogroup_nice()))
