"""A training run on another computer of a shared drive, seen from a window here."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_stopped_runs import begun, button, epoch, said

from dynseg.training import events, heartbeat
from dynseg.training.live.messages import Learning
from dynseg.training.run import RunFolder
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.training_panel import Phase

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def run(opened: Workbench) -> RunFolder:
    """Goes on on a computer called attic."""
    made = begun(opened, device="cuda:0")
    made.emit(epoch(1))
    (made.path / "checkpoint-1.pt").touch()
    made.update(state="running", pid=7, host="attic", checkpoint="checkpoint-1.pt", epoch=1)
    (made.path / "heartbeat").write_text("1\n")
    return made


def test_of_how_far_it_was_only_the_last_is_shown(opened: Workbench, run: RunFolder) -> None:
    """A window that found a run of hours again stood still for the thousands of times before."""
    for number in range(200):
        run.emit(events.Advanced(number / 400, 180.0))
    run.emit(epoch(2))
    told: list[events.Event] = []
    opened.context.training.event_arrived.connect(told.append)
    opened.window.reveal("training")
    opened.context.training.watch(run)
    kinds = [type(event).__name__ for event in told]
    assert kinds == ["RunStarted", "EpochEnded", "Advanced", "EpochEnded"]
    assert opened.window.dock("training").note == "50 %, 3 min left, on attic"
    assert "GPU 0 of attic" in said(opened)


def test_it_is_shown_as_running_there_until_it_gives_no_more_signs_of_life(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (run.path / "status.json").read_bytes()
    pauses: list[bool] = []
    monkeypatch.setattr(opened.context.live, "pause", pauses.append)
    opened.window.reveal("training")
    opened.training._project_opened()
    watcher, panel = opened.context.training, opened.parts.training_panel
    qtbot.waitUntil(lambda: watcher.is_running)
    assert panel.phase is Phase.RUNNING
    assert opened.window.dock("training").note == "running on attic"
    assert "GPU 0 of attic" in said(opened)
    assert not button(opened).isVisible()
    run.emit(events.Advanced(0.4, 180.0))
    qtbot.waitUntil(lambda: opened.window.dock("training").note == "40 %, 3 min left, on attic")
    opened.window.may_close = opened.closing.may_close
    assert opened.closing.may_close(), "it is not this computer that trains"
    assert not opened.window.findChildren(QMessageBox)

    opened.context.live.told.emit(Learning("learning", 3, 40))
    assert panel.live.text.startswith("Learning from 3 images"), "this computer is free for it"
    assert pauses
    assert not any(pauses)

    panel.stop_requested.emit()
    qtbot.waitUntil(lambda: run.stop_requested() == "stop")
    qtbot.waitUntil(lambda: watcher._being_stopped is None, timeout=15_000)
    assert watcher.is_running, "it was asked, and ends there"
    assert (run.path / "status.json").read_bytes() == before

    monkeypatch.setattr(heartbeat, "STALE_S", 0.0)
    qtbot.waitUntil(button(opened).isVisible, timeout=15_000)
    assert "attic trains no more, or cannot be reached" in said(opened)
    assert (run.path / "status.json").read_bytes() == before, "it may come back"
