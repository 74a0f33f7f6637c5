"""What comes too late: answers and buttons of a project, an image or a run that is left behind."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import propose, square
from tests.gui.shell.test_outline import begin_outline

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import ImageState
from dynseg.errors import ProjectClosedError
from dynseg.worker.answers import CheckLine
from dynseg.worker.point_messages import Refined
from dynseg.worker.protocol import Cancelled, Failed, Finished, Predict, Prelabel
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


class Idle:
    """An engine that takes jobs and does nothing.

    Attributes:
        asked: What it was asked, by the number of the job.
        stopped: Jobs that are to be stopped.
    """

    def __init__(self, window: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[int, Any] = {}
        self.stopped: list[int] = []
        monkeypatch.setattr(window.context.engine, "submit", self._submit)
        monkeypatch.setattr(window.context.engine, "cancel", self.stopped.append)

    def _submit(self, make: Callable[[int], Any]) -> int:
        job = len(self.asked) + 1
        self.asked[job] = make(job)
        return job


def said_of_batch(window: Workbench) -> Message | None:
    return next((message for message in shown(window) if message.key == "batch"), None)


def test_a_batch_that_was_stopped_at_once_takes_nothing_older_back(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    earlier = propose(opened, 1, 0.9)
    engine = Idle(opened, monkeypatch)
    opened.batch.run("unlabelled")
    opened.context.engine.cancelled.emit(Cancelled(job=1))
    message = said_of_batch(opened)
    assert message is not None
    assert message.action is None
    opened.batch.run("unlabelled")
    late = propose(opened, 2, 0.8, run_id=engine.asked[2].run_id)
    opened.context.engine.cancelled.emit(Cancelled(job=2))
    message = said_of_batch(opened)
    assert message is not None
    assert message.action is not None
    propose(opened, 3, 0.7)  # a further run, while the message still stands there
    message.action.run()
    store = opened.context.store
    assert store is not None
    qtbot.waitUntil(lambda: store.annotation(late).instances == (), timeout=LONG_MS)
    assert len(store.annotation(earlier).instances) == 1


def test_a_batch_that_failed_on_its_way_says_what_stays_and_takes_it_back(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    engine = Idle(opened, monkeypatch)
    why = Failed(1, "memory", "The model needs more memory than there is; your labels are safe.")
    opened.batch.run("unlabelled")
    done = propose(opened, 2, 0.8, run_id=engine.asked[1].run_id)
    opened.context.engine.failed.emit(why)
    message = said_of_batch(opened)
    assert message is not None
    assert message.hint.endswith("What was done until then stays.")
    assert message.action is not None
    message.action.run()
    store = opened.context.store
    assert store is not None
    qtbot.waitUntil(lambda: store.annotation(done).instances == (), timeout=LONG_MS)
    opened.batch.run("unlabelled")
    opened.context.engine.failed.emit(replace(why, job=2))
    message = said_of_batch(opened)
    assert message is not None
    assert (message.hint, message.action) == ("", None)


def test_a_batch_that_was_taken_back_on_its_way_is_not_said_to_have_left_something(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    engine = Idle(opened, monkeypatch)
    opened.batch.run("unlabelled")
    propose(opened, 2, 0.8, run_id=engine.asked[1].run_id)
    opened.batch.undo(engine.asked[1].run_id)
    qtbot.waitUntil(lambda: said_of_batch(opened) is not None, timeout=LONG_MS)
    opened.context.engine.cancelled.emit(Cancelled(job=1))
    message = said_of_batch(opened)
    assert message is not None
    assert message.text == "The run is taken back on 1 image."


def test_a_promoted_model_is_not_asked_for_classes_of_the_one_before(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may not know them, and its first run would fail."""
    qtbot.waitUntil(lambda: opened.context.active_model is not None)
    store, active = opened.context.store, opened.context.active_model
    assert store is not None
    assert active is not None
    opened.context.settings.set("only_classes", {str(store.root): active.classes})
    assert opened.models.predict_settings().classes == tuple(active.classes)
    engine = Idle(opened, monkeypatch)
    opened.training._promoted(replace(active, name="round-1", classes=["nut"]))
    (run,) = [asked for asked in engine.asked.values() if isinstance(asked, Prelabel)]
    assert run.settings.classes == ()


def test_the_engine_looks_no_more_at_images_of_a_closed_project(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large one takes a minute, and the first image of the next project would wait for it."""
    add_class(qtbot, opened, "bolt")
    engine = Idle(opened, monkeypatch)
    opened.parts.actions["run-image"].trigger()
    assert isinstance(engine.asked[1], Predict)
    open_other(opened, folder, qtbot)
    assert 1 in engine.stopped


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
    stopped = Idle(opened, monkeypatch).stopped
    opened.comparing.show_last()
    open_other(opened, folder, qtbot)
    assert 1 in stopped
    opened.context.engine.finished.emit(Finished(job=1, result={"changes": [[2, 1, 0, 0]]}))
    assert opened.comparing.shown is None


def test_stop_in_the_panel_ends_a_comparison(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Idle(opened, monkeypatch).stopped
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
    Idle(opened, monkeypatch)
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
