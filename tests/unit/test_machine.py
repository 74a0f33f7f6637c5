"""What a process may use is what its container grants, not what the machine has."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from dynseg import machine
from dynseg.machine import CORES_VARIABLE, core_count, cores_granted, free_memory, memory_granted


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    folder = tmp_path / "cgroup"
    (folder / "job" / "step").mkdir(parents=True)
    return folder


def own(groups: Path, text: str) -> Path:
    path = groups.parent / "own"
    path.write_text(text)
    return path


def limit(group: Path, *, cpu: str = "max 100000", memory: str = "max") -> None:
    (group / "cpu.max").write_text(f"{cpu}\n")
    (group / "memory.max").write_text(f"{memory}\n")
    (group / "memory.current").write_text("700\n")
    (group / "memory.stat").write_text("anon 450\ninactive_file 200\n")


def test_a_container_sees_its_own_limits_as_the_outermost(groups: Path) -> None:
    limit(groups, cpu="150000 100000", memory="1000")
    mine = own(groups, "0::/\n")
    assert cores_granted(groups, mine) == [2]
    assert memory_granted(groups, mine) == [500]


def test_a_job_is_limited_by_every_group_around_it(groups: Path) -> None:
    limit(groups / "job", cpu="400000 100000", memory="5000")
    limit(groups / "job" / "step", cpu="100000 100000", memory="900")
    mine = own(groups, "4:memory:/old\n0::/job/step\n")
    assert cores_granted(groups, mine) == [1, 4]
    assert memory_granted(groups, mine) == [400, 4500]


def test_rubbish_in_a_statistic_is_no_cache(groups: Path) -> None:
    limit(groups, memory="1000")
    (groups / "memory.stat").write_text("anon\ninactive_file some\n")
    assert memory_granted(groups, own(groups, "0::/\n")) == [300]


@pytest.mark.parametrize("text", ["", "0::/gone/../..\n", "7:cpu:/job\n", "rubbish"])
def test_no_limit_is_none(groups: Path, text: str) -> None:
    limit(groups)
    (groups / "job" / "cpu.max").write_text("-1 x")
    assert cores_granted(groups, own(groups, text)) == []
    assert memory_granted(groups, own(groups, text)) == []
    assert cores_granted(groups / "nothing", groups / "nothing") == []


def test_the_least_of_all_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "memory_granted", lambda: [-5, 1 << 60])
    assert free_memory() == 0
    monkeypatch.setattr(machine, "memory_granted", list)
    assert 0 < free_memory() <= psutil.virtual_memory().total
    monkeypatch.setenv(CORES_VARIABLE, "1")
    assert core_count() == 1
    monkeypatch.setenv(CORES_VARIABLE, "some")
    assert core_count() >= 1
