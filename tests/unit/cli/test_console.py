"""What a command says, and where."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import pytest

from dynseg.cli.console import Console, describe, duration, one_line
from dynseg.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def console() -> Console:
    return Console(stdout=io.StringIO(), stderr=io.StringIO())


def test_result_is_strict_json_on_one_line(console: Console) -> None:
    console.as_json = True
    console.say("for people")
    console.result({"a": math.nan, "b": [math.inf, 1.5], "p": Path("x"), "n": "é\u2028\udcff"})
    (line,) = console.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    assert json.loads(line) == {"a": None, "b": [None, 1.5], "p": "x", "n": "é\u2028\udcff"}


def test_without_json_people_read_and_no_object_is_printed(console: Console) -> None:
    console.say("for people")
    console.result({"a": 1})
    assert console.stdout.getvalue() == "for people\n"  # type: ignore[attr-defined]


def test_error_is_one_line_and_a_hint(console: Console) -> None:
    console.error("two\nlines \x1b[31m", "do\nthis")
    lines = console.stderr.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines == ["dynseg: two lines [31m", "hint: do this"]


def test_progress_of_short_work_is_for_terminals_only() -> None:
    quiet = Console(stdout=io.StringIO(), stderr=io.StringIO())
    quiet.progress(Progress("Importing", 1, 2))
    assert quiet.stderr.getvalue() == ""  # type: ignore[attr-defined]
    loud = Console(stdout=io.StringIO(), stderr=Terminal())
    for done in range(1000):
        loud.progress(Progress("Importing", done, 1000))
    loud.progress(Progress("Importing", 1000, 1000))
    loud.say("done")
    text = loud.stderr.getvalue()  # type: ignore[attr-defined]
    assert text.count("\r") < 20
    assert "1000 of 1000" in text
    assert text.endswith("\r\x1b[K")


def test_long_work_leaves_a_line_now_and_then_in_a_log() -> None:
    log = Console(stdout=io.StringIO(), stderr=io.StringIO(), logged_s=0.0)
    log.progress(Progress("Importing", 1, 3))
    log.progress(Progress("Importing", 2, 3, per_s=0.5, eta_s=2.0))
    assert log.stderr.getvalue() == "Importing 2 of 3, 0.5 images/s, 2 s left\n"  # type: ignore[attr-defined]


def test_many_findings_are_shortened(console: Console) -> None:
    console.findings([f"line {n}" for n in range(50)], title="50 found")
    lines = console.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 22
    assert lines[-1] == "  ... and 30 more; --json lists all"
    console.findings([], title="none")
    assert len(console.stdout.getvalue().splitlines()) == 22  # type: ignore[attr-defined]


def test_words() -> None:
    assert describe(Progress("X", 3)) == "X 3"
    assert describe(Progress("X", 3, 9, 84.25, 130)) == "X 3 of 9, 84.2 images/s, 2 min left"
    assert [duration(s) for s in (5, 600, 9000)] == ["5 s", "10 min", "2.5 h"]
    assert one_line(" a \t\n b ") == "a b"
