"""The frame of the command line: loading, exit statuses, signals."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path
from typing import Any

import pytest

from dynseg.cli import main as cli
from dynseg.cli.command import Result, WrongUseError
from dynseg.cli.console import Console
from dynseg.cli.page import guide_page, parts
from dynseg.errors import InputError
from dynseg.progress import CancelledError


def install(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    """Let `dynseg stats` do something else."""
    module = types.SimpleNamespace(add_arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "load", lambda name: module)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("It broke.", "Mend it."), 1),
        (WrongUseError("It makes no sense.", "Say it otherwise."), 2),
        (CancelledError(), 1),
        (KeyboardInterrupt(), 1),
        (MemoryError(), 1),
        (OSError(28, "No space left on device", "/x"), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors(
    error: BaseException,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(args: object, console: Console) -> Result:
        raise error

    install(monkeypatch, run)
    assert cli.main(["stats", "--json"]) == status
    out, err = capsys.readouterr()
    assert err.startswith("dynseg: ")
    assert "Traceback" not in err
    assert set(json.loads(out.splitlines()[-1])) == {"error", "hint"}


def test_unforeseen_error_leaves_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(args: object, console: Console) -> Result:
        raise ZeroDivisionError("somewhere")

    install(monkeypatch, run)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cli.main(["stats"]) == 1
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    (report,) = tmp_path.iterdir()
    assert "Traceback" in report.read_text(encoding="utf-8")
    assert str(report) in err


def test_result_that_is_not_ok_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, lambda args, console: Result({}, ok=False))
    assert cli.main(["stats"]) == 1
    install(monkeypatch, lambda args, console: Result({}))
    assert cli.main(["stats"]) == 0


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["stats"], ["stats", "a", "--nonsense"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().out == ""


def arguments_of_all() -> list[tuple[str, argparse.Action]]:
    """Every argument of every command and of what `dynseg models` can do."""
    found = []
    for spec in cli.COMMANDS:
        for action in cli.arguments_of(spec.name):
            found.append((spec.name, action))
            for name, parser in parts([action]).items():
                found += [(f"{spec.name} {name}", inner) for inner in parser._actions]
    return found


def test_every_argument_says_what_it_means() -> None:
    silent = [(name, action.dest) for name, action in arguments_of_all() if not action.help]
    assert silent == []


def test_help_names_defaults_as_the_guide_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["prelabel", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert "lowest score of a proposal, 0 to 1 (default 0.25)" in shown
    assert "most objects kept of one image (default 1000)" in shown
    assert "(default False)" not in shown
    page = guide_page()
    assert "lowest score of a proposal, 0 to 1 (default 0.25)" in page
    assert "dynseg models PROJECT compare NAME NAME" in page


@pytest.mark.parametrize("arguments", [["stats", "x", "--js"], ["prelabel", "x", "--dry"]])
def test_options_have_one_spelling(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    err = capsys.readouterr().err
    assert arguments[-1] in err
    assert f"`dynseg {arguments[0]} --help`" in err


def test_an_action_before_its_project_is_told_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "list", "somewhere"]) == 2
    assert "`dynseg models PROJECT list`" in capsys.readouterr().err


def test_a_script_without_a_command_gets_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--json"]) == 2
    assert set(json.loads(capsys.readouterr().out)) == {"error", "hint"}


def test_a_result_with_a_problem_fails_and_keeps_its_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = InputError("Nothing was there.", "Look elsewhere.")
    install(monkeypatch, lambda args, console: Result({"images": 0}, problem=problem))
    assert cli.main(["stats", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "images": 0, "error": "Nothing was there.", "hint": "Look elsewhere.",
    }  # fmt: skip
    assert err == "dynseg: Nothing was there.\nhint: Look elsewhere.\n"


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for spec in cli.COMMANDS:
        with pytest.raises(SystemExit) as ended:
            cli.main([spec.name, "--help"])
        assert ended.value.code == 0
        assert "--json" in capsys.readouterr().out


def test_help_is_fast_and_loads_nothing_heavy() -> None:
    program = (
        "import sys, time; start = time.perf_counter()\n"
        "from dynseg.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'ultralytics', 'cv2', 'numpy', 'PySide6'} & set(sys.modules)\n"
        "print(sorted(heavy), time.perf_counter() - start, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True
    )
    assert ran.stderr.startswith("[] ")
    assert float(ran.stderr.split()[-1]) < 1.0  # 0.05 s on an idle machine


def test_no_command_needs_qt_or_torch_for_its_help() -> None:
    program = (
        "import sys\n"
        "from dynseg.cli.main import main\n"
        "for name in sys.argv[1:]:\n"
        "    try: main([name, '--help'])\n"
        "    except SystemExit: pass\n"
        "    loaded = {'torch', 'ultralytics', 'PySide6'} & set(sys.modules)\n"
        "    if loaded: sys.exit(f'{name} loads {loaded}')\n"
    )
    names = [spec.name for spec in cli.COMMANDS]
    ran = subprocess.run(
        [sys.executable, "-c", program, *names], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("usage: dynseg ") == len(names)


WAITER = """
import sys, time, types
from dynseg.cli import main as cli
from dynseg.cli.command import Result

def run(args, console):
    with console.stoppable("All is kept."):
        print("ready", flush=True)
        for _ in range(600):
            if sys.argv[1] == "asks":
                console.cancel.check()
            time.sleep(0.05)
    return Result({})

cli.load = lambda name: types.SimpleNamespace(add_arguments=lambda parser: None, run=run)
sys.exit(cli.main(["stats"]))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent by POSIX means")
@pytest.mark.parametrize(
    ("kind", "signals"),
    [("asks", [signal.SIGINT]), ("asks", [signal.SIGTERM]), ("deaf", [signal.SIGINT] * 2)],
)
def test_stopping_says_what_is_kept(kind: str, signals: list[signal.Signals]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITER, kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        for number in signals:
            process.send_signal(number)
            time.sleep(0.3)
        assert process.wait(20) == 1
        assert process.stderr.read() == "dynseg: Stopped.\nhint: All is kept.\n"


def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    program = (
        "import sys, types\n"
        "from dynseg.cli import main as cli\n"
        "from dynseg.cli.command import Result\n"
        "def run(args, console):\n"
        "    for n in range(100000): console.say(str(n))\n"
        "    return Result({})\n"
        "cli.load = lambda name: types.SimpleNamespace(add_arguments=lambda p: None, run=run)\n"
        "sys.exit(cli.main(['stats']))\n"
    )
    line = f'{sys.executable} -c "$PROGRAM" 2>{tmp_path / "err"} | head -n 1'
    subprocess.run(line, shell=True, env={**os.environ, "PROGRAM": program}, check=True)
    assert (tmp_path / "err").read_text() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes no stream")
def test_who_closes_the_output_gets_the_status_alone(tmp_path: Path) -> None:
    """As services do; the end was an error in the program itself, and so was telling of it."""
    line = f"{sys.executable} -m dynseg.cli.main sample {tmp_path / 'new'} --images 1 >&- 2>&-"
    assert subprocess.run(line, shell=True, check=False).returncode == cli.FINE


def test_windows_says_otherwise_that_the_reader_went_away(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def run(args: object, console: Console) -> Result:
        raise OSError(errno.EINVAL, "Invalid argument")

    class Unread(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

        def fileno(self) -> int:
            return 1

    install(monkeypatch, run)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "dup2", lambda one, two: two)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", Unread())
        assert cli.main(["stats"]) == cli.FAILED
    assert capfd.readouterr().err == ""
    assert cli.main(["stats"]) == cli.FAILED
    assert "Invalid argument" in capfd.readouterr().err, "that was no reader: a drive, for instance"
