"""`dynseg bench`: what cannot be measured, and sizes that no network takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from dynseg.cli import main as cli
from dynseg.cli.main import FAILED, FINE


def test_a_canvas_that_cannot_be_measured_is_no_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails = [sys.executable, "-c", "raise SystemExit(1)"]
    monkeypatch.setattr("dynseg.processes.command", lambda kind: fails)
    assert cli.main(["bench", "canvas"]) == FAILED
    assert "dynseg doctor" in capsys.readouterr().err


@pytest.mark.parametrize(("given", "taken"), [("0", 640), ("100", 128), ("320", 320)])
def test_networks_are_measured_at_a_size_that_they_take(
    given: str, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def measure_costs(*, image_size: int, **_: object) -> Iterator[object]:
        sizes.append(image_size)
        return iter(())

    monkeypatch.setattr("dynseg.benchmark.costs.measure_costs", measure_costs)
    assert cli.main(["bench", "model", "--imgsz", given, "--device", "cpu"]) == FINE
    assert sizes == [taken]
