"""Every process is started by the same rule, from Python and in a bundle."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from dynseg import processes


@pytest.mark.parametrize("kind", sorted(processes.MODULES))
def test_python_runs_a_module_that_exists(kind: str) -> None:
    program, switch, module = processes.command(kind)
    assert (program, switch) == (sys.executable, "-m")
    found = importlib.util.find_spec(module)
    assert found is not None
    if found.submodule_search_locations is not None:
        assert importlib.util.find_spec(f"{module}.__main__") is not None


@pytest.mark.parametrize("kind", sorted(processes.MODULES))
def test_bundle_starts_its_own_executable(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert processes.command(kind) == [sys.executable, f"--{kind}"]


def test_a_switch_becomes_the_process_with_the_arguments_behind_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["program"])
    # Another test imports it; a process that becomes the program has not.
    monkeypatch.delitem(sys.modules, "dynseg.training.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        processes.run_as(["--training", "run", "--no-such-switch"])
    assert ended.value.code == 2
    assert "--no-such-switch" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--demo"], ["worker"], ["photos", "--worker"]])
def test_anything_else_is_left_to_the_window(arguments: list[str]) -> None:
    assert processes.run_as(arguments) is False


TAKES = """
import subprocess, sys
from dynseg.processes import take_input, take_output
requests, answers = take_input(), take_output()
child = "import sys; print('said', len(sys.stdin.read()))"
subprocess.run([sys.executable, "-c", child], timeout=60, check=True)
print("a library")
answers.write(requests.readline())
answers.flush()
"""


def test_requests_and_answers_are_for_one_reader_alone() -> None:
    """On Windows a library that is loaded, or a child, would wait until a request comes."""
    with subprocess.Popen(
        [sys.executable, "-c", TAKES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"request\n")
        process.stdin.flush()
        assert process.stdout.read() == b"request\n"
        assert process.stderr.read().split(b"\n")[:2] == [b"said 0", b"a library"]


def test_no_process_reads_what_all_its_libraries_see() -> None:
    source = Path(processes.__file__).parent
    readers = [p.name for p in source.rglob("*.py") if "sys.stdin" in p.read_text("utf-8")]
    assert readers == []
