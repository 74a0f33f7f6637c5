"""A training run that ended while no window was open is shown as long as there is a decision."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dynseg.model.registry import STARTER
from dynseg.training import launch
from dynseg.training.run import RunStatus
from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Ended:
    """A run that made a model."""

    name = "run"

    def __init__(self, model: str) -> None:
        self._model = model

    def status(self) -> RunStatus:
        return RunStatus(state="finished", model=self._model)


@pytest.mark.parametrize(("model", "shown"), [(STARTER, False), ("photos-1", True)])
def test_a_model_that_is_active_already_waits_for_nobody(
    model: str, shown: bool, opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: Any = Ended(model)
    monkeypatch.setattr(launch, "find_runs", lambda _layout: [run])
    monkeypatch.setattr(launch, "is_alive", lambda _run: False)
    store = opened.context.store
    assert store is not None
    heard: list[object] = []
    opened.context.training.find(store.layout, seen="", found=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert (heard[0] is run) is shown
