"""What the learner is told from outside."""

from __future__ import annotations

import psutil
import pytest

from dynseg.training.live.orders import Orders


@pytest.mark.parametrize("error", [OSError("no such file"), NotImplementedError(), ValueError()])
def test_a_system_that_does_not_know_its_battery_has_none(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert not Orders().on_battery
