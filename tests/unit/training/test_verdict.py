"""A model is not taken for better because its parent knew no classes."""

from __future__ import annotations

from typing import Any, cast

import pytest

from dynseg.cli import train
from dynseg.cli.console import Console
from dynseg.training import promotion
from dynseg.training.events import Evaluated
from dynseg.training.verdict import finds_less


@pytest.mark.parametrize(
    ("before", "found", "finds", "expected"),
    [
        (0.0, 0.96, 0.46, True),
        (0.0, 0.96, 0.9, False),
        (0.3, 0.96, 0.46, False),
        (0.0, None, 0.46, False),
        (None, 0.96, 0.46, False),
        (0.0, 0.96, None, False),
    ],
)
def test_finds_less(
    before: float | None, found: float | None, finds: float | None, expected: bool
) -> None:
    assert finds_less(before, found, finds) is expected


class Run:
    """A finished run with these figures."""

    def __init__(self, finds: float) -> None:
        self._said = [
            Evaluated("before", 0.0, 0.0, {}, agnostic_map50=0.96),
            Evaluated("after", 0.12, 0.06, {}, agnostic_map50=finds),
        ]

    def events(self) -> list[Evaluated]:
        return self._said


@pytest.mark.parametrize(("finds", "promoted"), [(0.46, False), (0.95, True)])
def test_a_run_in_a_terminal_promotes_what_the_window_would(
    finds: float,
    promoted: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(promotion, "promote", lambda _registry, run: asked.append(run))
    run = cast("Any", Run(finds))
    assert train._promote(cast("Any", None), run, Console()) is promoted
    assert bool(asked) is promoted
    assert ("not learned enough" in capsys.readouterr().out) is not promoted
