"""A training run that was stopped goes on from the window, also after a restart."""

from __future__ import annotations

import sys
import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from dynseg import processes
from dynseg.training import events, launch
from dynseg.training.config import TrainConfig
from dynseg.training.run import RunFolder, RunPlan
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs import training as training_jobs
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.training_panel import Phase

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

GOES_ON = """
import sys, time
from pathlib import Path
from dynseg.training import events
from dynseg.training.run import RunFolder
run = RunFolder(Path(sys.argv[1]))
run.claim()
time.sleep(1)
run.emit(events.RunStarted(epochs=40, images=4, val_images=2, device="cpu", resumed=2))
time.sleep(60)
"""


def epoch(number: int) -> events.EpochEnded:
    return events.EpochEnded(
        epoch=number, epochs=40, losses={"box": 1.0}, map50=None, map50_95=None, seconds=4.0,
        eta_s=61.0, memory_bytes=0, learning_rate=6e-3,
    )  # fmt: skip


def begun(window: Workbench, *, device: str = "cpu") -> RunFolder:
    """A run of the open project that has just begun."""
    store = window.context.store
    assert store is not None
    made = RunFolder(store.layout.runs / "20260101-000000-quick")
    made.data_yaml.parent.mkdir(parents=True)
    made.data_yaml.touch()
    made.save_plan(RunPlan(config=TrainConfig(), parent="p", snapshot="s", created_s=1.0))
    made.emit(events.RunStarted(epochs=40, images=4, val_images=2, device=device))
    return made


@pytest.fixture
def run(opened: Workbench) -> RunFolder:
    """Three passes are done, and after the second one it kept where it was."""
    made = begun(opened)
    for number in (1, 2, 3):
        made.emit(epoch(number))
    made.update(state="stopped", pid=2**22, checkpoint="checkpoint-2.pt", epoch=2)
    (made.path / "checkpoint-2.pt").touch()
    made.emit(events.RunStopped(epoch=2))
    return made


def button(opened: Workbench) -> QPushButton:
    found = opened.parts.training_panel.stopped.findChild(QPushButton)
    assert isinstance(found, QPushButton)
    return found


def said(opened: Workbench) -> str:
    panel = opened.parts.training_panel
    labels = panel.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(panel))


def test_it_goes_on_with_one_press_after_a_restart(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", GOES_ON])
    opened.window.reveal("training")
    opened.training._project_opened()
    qtbot.waitUntil(button(opened).isVisible)
    assert "Stopped. The current model stays active." in said(opened)
    panel = opened.parts.training_panel
    try:
        button(opened).click()
        qtbot.waitUntil(lambda: opened.context.training.is_running)
        assert "Going on where it stopped" in said(opened)
        assert panel.phase is Phase.RUNNING
        assert not button(opened).isVisible()
        qtbot.waitUntil(lambda: "4 images to learn from" in said(opened), timeout=15_000)
        panel.run.epoch_ended(epoch(3))
        assert [done.epoch for done in panel.run._epochs] == [1, 2, 3]
        panel.stop_requested.emit()
        qtbot.waitUntil(button(opened).isVisible, timeout=15_000)
        assert panel.train.isVisible()
    finally:
        launch.stop(run, timeout_s=0)


def test_one_that_has_to_be_killed_was_stopped_and_did_not_end_without_a_word(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process is gone a moment before that is written down."""
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", GOES_ON])
    launch.start(run)
    watcher = opened.context.training
    watcher.watch(run)
    qtbot.waitUntil(lambda: run.process() is not None, timeout=15_000)
    looked: list[object] = []
    look = watcher.look

    def killed(run: RunFolder, *, timeout_s: float) -> bool:
        process = run.process()
        assert process is not None
        process.kill()
        process.wait()
        while len(looked) < 2:  # in a thread of its own
            time.sleep(0.05)
        launch.mark_stopped(run)
        return True

    def noted() -> None:
        if not launch.is_alive(run):
            looked.append(run.status().state)
        look()

    monkeypatch.setattr(launch, "stop", killed)
    watcher._timer.timeout.disconnect()
    watcher._timer.timeout.connect(noted)
    watcher.stop()
    opened.window.reveal("training")
    qtbot.waitUntil(button(opened).isVisible, timeout=15_000)
    assert "Stopped. The current model stays active." in said(opened)
    assert "without a word" not in said(opened)


def test_finish_now_asks_the_run_for_its_result(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    opened.context.training.watch(run)
    opened.parts.training_panel.run.finish_pressed.emit()
    qtbot.waitUntil(lambda: run.stop_requested() == "finish")
    opened.training._event(events.Advanced(0.6, 60.0))
    assert "min left" in opened.window.dock("training").note
    opened.training._event(events.Evaluated("after", 0.5, 0.3, {}))
    assert opened.window.dock("training").note == "nearly done"


@pytest.mark.parametrize("state", ["running", "failed"])
def test_one_that_ended_by_itself_is_offered_too_without_an_alarm(
    opened: Workbench, run: RunFolder, qtbot: QtBot, state: str
) -> None:
    """The computer went off, or the disk was full: neither is news at the next start."""
    run.update(state=state, message="The disk is full." if state == "failed" else "")
    opened.window.reveal("training")
    opened.training._project_opened()
    qtbot.waitUntil(button(opened).isVisible)
    assert ("The disk is full." in said(opened)) is (state == "failed")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert not bar.shown_messages


def test_nothing_is_offered_where_nothing_is_kept(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    run.update(checkpoint="")
    assert found(opened, qtbot) == [None]


def test_one_that_was_left_running_and_killed_is_told_of_once(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    """The computer was switched off before a pass was done: no model, and no word of it."""
    run.update(state="running", checkpoint="")
    opened.window.reveal("training")
    opened.training._project_opened()
    qtbot.waitUntil(lambda: "It had kept nothing yet to go on with." in said(opened))
    assert found(opened, qtbot) == [None]


def test_one_that_a_terminal_is_about_to_start_is_not_called_stopped(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    run.update(state="preparing", pid=0)
    before = run.events()
    assert found(opened, qtbot) == [run]
    assert run.status().state == "preparing"
    assert run.events() == before


def test_one_in_a_folder_that_cannot_be_written_is_found(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_run: RunFolder) -> None:
        raise PermissionError(13, "Permission denied")

    run.update(state="running")
    monkeypatch.setattr(launch, "mark_stopped", refuse)
    assert found(opened, qtbot) == [run]


def found(opened: Workbench, qtbot: QtBot) -> list[object]:
    store = opened.context.store
    assert store is not None
    heard: list[object] = []
    opened.context.training.find(store.layout, seen="", found=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    return heard


TAKES_LEAVE = """
import sys, time
from pathlib import Path
from dynseg.training.run import RunFolder, say_stopped
run = RunFolder(Path(sys.argv[1]))
run.claim()
while not run.stop_requested():
    time.sleep(0.05)
say_stopped(run)
(run.path / "said").touch()
time.sleep(60)
"""


def test_one_that_was_stopped_does_not_go_on_while_its_process_takes_leave(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network and a graphics card are put away for seconds after the last word."""
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", TAKES_LEAVE])
    launch.start(run)
    opened.window.reveal("training")
    try:
        opened.context.training.watch(run)
        assert "Going on where it stopped" in said(opened)
        run.request_stop()
        qtbot.waitUntil((run.path / "said").exists, timeout=15_000)
        opened.context.training.look()
        assert opened.context.training.is_running
        assert "Going on where it stopped" not in said(opened)
        assert "Stopped. The current model stays active." in said(opened)
    finally:
        launch.stop(run, timeout_s=0)


def test_what_cannot_be_started_can_be_tried_again(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda _kind: [str(run.path / "no program")])
    opened.window.reveal("training")
    opened.training._project_opened()
    qtbot.waitUntil(button(opened).isVisible)
    button(opened).click()
    qtbot.waitUntil(lambda: "could not be started" in said(opened))
    assert button(opened).isVisible()
    assert "Stopped." not in said(opened)


def test_one_that_goes_on_in_a_terminal_is_followed(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", GOES_ON])
    opened.window.reveal("training")
    opened.training._project_opened()
    qtbot.waitUntil(button(opened).isVisible)
    launch.start(run)
    try:
        button(opened).click()
        qtbot.waitUntil(lambda: "4 images to learn from" in said(opened), timeout=15_000)
        assert "going on already" not in said(opened)
    finally:
        launch.stop(run, timeout_s=0)


def test_a_run_that_cannot_be_told_to_finish_says_so_and_goes_on(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", GOES_ON])
    launch.start(run)
    (run.path / "stop").mkdir()  # as good as a full disk: the wish cannot be written
    panel = opened.parts.training_panel
    opened.window.reveal("training")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    try:
        opened.context.training.watch(run)
        panel.run.advanced(events.Advanced(0.1, 60.0))
        panel.run._finish.click()
        qtbot.waitUntil(lambda: bool(bar.shown_messages))
        assert "goes on" in bar.shown_messages[0].text
        assert panel.run._finish.isEnabled()
        assert panel.run._finish.text() == "&Finish now"
        panel.run._stop.click()  # needs no room on the disk
        qtbot.waitUntil(lambda: not launch.is_alive(run), timeout=15_000)
    finally:
        (run.path / "stop").rmdir()
        launch.stop(run, timeout_s=0)


def test_a_run_that_was_asked_to_finish_is_not_asked_again_after_a_restart(
    opened: Workbench, run: RunFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", GOES_ON])
    launch.start(run)
    run.request_stop(finish=True)
    opened.window.reveal("training")
    shown = opened.parts.training_panel.run
    try:
        opened.training._project_opened()
        qtbot.waitUntil(lambda: "4 images to learn from" in said(opened), timeout=15_000)
        run.emit(events.Advanced(0.1, 60.0))
        qtbot.waitUntil(shown._finish.isVisible, timeout=15_000)
        assert not shown._finish.isEnabled()
        assert shown._finish.text() == "Finishing…"
        assert "60" not in shown._stage.text()
    finally:
        launch.stop(run, timeout_s=0)


def test_the_end_of_a_run_that_has_said_much_is_heard(
    opened: Workbench, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_jobs, "MAX_READ_BYTES", 1000)
    for number in range(20):
        run.emit(events.RunLog(f"{number} {'x' * 100}"))
    run.emit(events.RunLog("the last line"))
    heard: list[object] = []
    opened.context.training.event_arrived.connect(heard.append)
    opened.context.training.watch(run)
    assert not opened.context.training.is_running
    assert heard[-1] == events.RunLog("the last line")


def test_what_goes_on_with_a_stopped_run_is_in_sight_and_the_wheel_turns_no_number(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    """The panel showed its middle, and who scrolled up from there gave the next run six minutes."""
    panel = opened.parts.training_panel
    opened.window.reveal("training")
    panel.take(events.RunStarted(epochs=40, images=4, val_images=2, device="cpu"))
    panel.take(epoch(1))
    bar = panel._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    panel.take(events.RunStopped(epoch=1))
    panel.stopped.offer()
    qtbot.waitUntil(lambda: bar.value() == 0)
    minutes = panel.presets.findChild(QSpinBox)
    assert isinstance(minutes, QSpinBox)
    at = QPointF(minutes.rect().center())
    turned = QWheelEvent(
        at, minutes.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = minutes.value()
    QApplication.sendEvent(minutes, turned)
    assert minutes.value() == before


def test_one_that_has_kept_nothing_says_so_instead_of_offering(
    opened: Workbench, run: RunFolder, qtbot: QtBot
) -> None:
    """Who stopped it in the first minute looked for the button that goes on."""
    (run.path / "checkpoint-2.pt").unlink()
    opened.window.reveal("training")
    opened.context.training.watch(run)
    qtbot.waitUntil(lambda: "Stopped. The current model stays active." in said(opened))
    assert "It had kept nothing yet to go on with." in said(opened)
    assert not button(opened).isVisible()
