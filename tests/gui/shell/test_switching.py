"""What comes too late: answers and buttons of a project, an image or a run that is left behind."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import propose, square
from tests.gui.shell.test_outline import begin_outline

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import ImageState
from dynseg.errors import ProjectClosedError
from dynseg.worker.answers import CheckLine
from dynseg.worker.point_messages import Refined
from dynseg.worker.protocol import Cancelled, Finished
from dynseg.worker.wire import to_wire
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, Message, MessageAction
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LONG_MS = 10_000


def shown(window: Workbench) -> list[Message]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return bar.shown_messages


def twin_of(folder: Path) -> Path:
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin, ignore=shutil.ignore_patterns(".dynseg"))
    return twin


def open_other(window: Workbench, folder: Path, qtbot: QtBot) -> None:
    twin = twin_of(folder)
    window.frame.open(twin)
    qtbot.waitUntil(
        lambda: window.context.store is not None and window.context.store.root == twin,
        timeout=LONG_MS,
    )


def submit_nothing(window: Workbench, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the engine take jobs and do nothing; returns the numbers of those to be stopped."""
    numbers, stopped = iter(range(1, 100)), list[int]()
    monkeypatch.setattr(window.context.engine, "submit", lambda _: next(numbers))
    monkeypatch.setattr(window.context.engine, "cancel", stopped.append)
    return stopped


def test_a_batch_that_was_stopped_at_once_takes_nothing_older_back(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    earlier = propose(opened, 1, 0.9)
    submit_nothing(opened, monkeypatch)
    opened.batch.run("unlabelled")
    opened.context.engine.cancelled.emit(Cancelled(job=1))
    (message,) = [m for m in shown(opened) if m.key == "batch"]
    assert message.action is None
    opened.batch.run("unlabelled")
    late = propose(opened, 2, 0.8)
    opened.context.engine.cancelled.emit(Cancelled(job=2))
    (message,) = [m for m in shown(opened) if m.key == "batch"]
    assert message.action is not None
    propose(opened, 3, 0.7)  # a further run, while the message still stands there
    message.action.run()
    store = opened.context.store
    assert store is not None
    qtbot.waitUntil(lambda: store.annotation(late).instances == (), timeout=LONG_MS)
    assert len(store.annotation(earlier).instances) == 1


def test_buttons_of_messages_go_with_their_project(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    messages = opened.context.messages
    messages.show(Level.WARN, "It was merged.", action=MessageAction("Undo", lambda: None))
    messages.show(Level.ERROR, "Something is wrong with the disk.")
    open_other(opened, folder, qtbot)
    texts = [message.text for message in shown(opened)]
    assert "It was merged." not in texts
    assert "Something is wrong with the disk." in texts


def test_nobody_hears_that_a_project_was_closed_which_is_known(opened: Workbench) -> None:
    store = opened.context.store
    assert store is not None
    before = shown(opened)
    assert opened.projects.close()
    with pytest.raises(ProjectClosedError) as late:
        store.images()
    opened.context.messages.show_error(late.value)
    assert shown(opened) == before


def test_classes_of_a_closed_project_are_not_those_of_the_next(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    add_class(qtbot, opened, "bolt")
    old, table = opened.context.store, opened.context.classes
    open_other(opened, folder, qtbot)
    heard: list[object] = []
    opened.class_changes._written.emit(old, ("a step", table), heard.append)
    opened.models.matching._classes_made.emit(old, table, lambda: heard.append(1))
    assert opened.context.classes == ClassTable()
    assert heard == []


def test_a_promotion_does_not_pre_label_another_project(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dynseg.training import promotion

    begun, go_on, over = threading.Event(), threading.Event(), threading.Event()

    def slow(*_: Any) -> Any:
        begun.set()
        assert go_on.wait(10)
        over.set()
        return opened.context.active_model

    monkeypatch.setattr(promotion, "promote", slow)
    monkeypatch.setattr(type(opened.context.training), "run", property(lambda _: object()))
    runs: list[str] = []
    monkeypatch.setattr(opened.batch, "run", runs.append)
    told: list[Any] = []
    monkeypatch.setattr(opened.training, "_promoted", told.append)
    opened.training.promote()
    assert begun.wait(10)
    monkeypatch.undo()
    monkeypatch.setattr(opened.training, "_promoted", told.append)
    open_other(opened, folder, qtbot)
    go_on.set()
    assert over.wait(10)
    qtbot.wait(50)
    assert told == []


def test_the_answer_of_a_closed_comparison_is_not_shown(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    propose(opened, 1, 0.9)
    stopped = submit_nothing(opened, monkeypatch)
    opened.comparing.show_last()
    open_other(opened, folder, qtbot)
    assert 1 in stopped
    opened.context.engine.finished.emit(Finished(job=1, result={"changes": [[2, 1, 0, 0]]}))
    assert opened.comparing.shown is None


def test_stop_in_the_panel_ends_a_comparison(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = submit_nothing(opened, monkeypatch)
    opened.comparing.try_out("unlabelled")
    opened.parts.assist_panel.stop_requested.emit()
    assert stopped == [1]
    opened.comparing.try_out("unlabelled")
    opened.comparing.show_last()
    assert "No run has changed anything in this project yet." in [m.text for m in shown(opened)]
    opened.comparing.try_out("all")
    assert "A run is going on, so nothing is compared now." in [m.text for m in shown(opened)]


def test_an_outline_that_the_model_finds_too_late_is_dropped(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit_nothing(opened, monkeypatch)
    opened.finding.find((10, 10, 60, 60))
    assert opened.finding._questions.waiting()
    image_id = opened.context.session.image_id
    assert image_id is not None
    open_other(opened, folder, qtbot)
    qtbot.waitUntil(lambda: opened.context.session.image_id == image_id)  # the same number
    needed: list[object] = []
    opened.editing.class_needed.disconnect()
    opened.editing.class_needed.connect(lambda *asked: needed.append(asked))
    parts = to_wire(square(10, 10))
    answer = Refined(job=1, image_id=image_id, model_id="m", parts=parts, score=0.9)
    opened.context.engine.refined.emit(answer)
    assert needed == []


def test_the_tour_never_begins_in_a_folder_of_ones_own(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    application.tour._asked = True  # it was wanted, and the sample could not be opened
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=LONG_MS)
    assert application.tour.step is None


def ways(window: Workbench, image_id: int) -> dict[str, Callable[[], object]]:
    line = CheckLine("tiny", "is tiny", "b.jpg", image_id)
    return {
        "check": lambda: window.checking.go_to(line),
        "nameless": lambda: window.nameless._go_to(image_id),
    }


@pytest.mark.parametrize("way", ["check", "nameless"])
def test_no_list_beside_the_work_costs_an_outline(
    opened: Workbench, qtbot: QtBot, way: str
) -> None:
    begin_outline(qtbot, opened)
    first = opened.context.session.image_id
    ways(opened, opened.parts.images.ids()[2])[way]()
    assert opened.context.session.image_id == first
    assert opened.parts.canvas.is_drawing
    assert opened.parts.images.counts[ImageState.REVIEWED] == 0
