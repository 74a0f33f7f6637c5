"""Jobs in the status line: each is seen, can be stopped, and keeps to its own."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_outline import begin_outline
from tests.gui.shell.test_switching import LONG_MS, shown
from tests.unit.images.test_frames import video

from dynseg.errors import ReadOnlyError
from dynseg.progress import CancelToken, Progress, Report
from dynseg.project.relink import Move, RelinkPlan
from dynseg_annotator.application.frame import Frame
from dynseg_annotator.application.projects import current
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.export_words import ExportRequest
from dynseg_annotator.dialogs.frame_dialog import FrameRequest
from dynseg_annotator.panels.status_line import StatusLine
from dynseg_annotator.session import creating, opening
from dynseg_annotator.session.creating import ProjectPlan
from dynseg_annotator.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_of_two_jobs_the_one_that_is_shown_is_stopped(qtbot: QtBot) -> None:
    line, stopped = StatusLine(), list[str]()
    qtbot.addWidget(line)
    line.show()
    line.set_job("export", Progress("Exporting", 3, 9), lambda: stopped.append("export"))
    line.set_job("batch", Progress("Pre-labelling", 1, 5), lambda: stopped.append("batch"))
    assert line._job.text() == "Exporting 3 of 9; 1 more job"
    line._stop.click()
    assert stopped == ["export"]
    line.clear_job("export")
    assert line._job.text() == "Pre-labelling 1 of 5"
    line._stop.click()
    assert stopped == ["export", "batch"]
    line.set_job("opening", Progress("Reading", 1, 5))
    line.clear_job("batch")
    assert not line._stop.isVisible(), "nothing stops it"
    line.clear_job("opening")
    assert not line.has_jobs
    assert not line._job.isVisible()


class Slow:
    """A search for moved images that waits until it is let go, and hears of being stopped."""

    def __init__(self, plan: RelinkPlan) -> None:
        self.plan = plan
        self.go_on, self.begun = threading.Event(), threading.Event()

    def __call__(self, _place: Path, *, report: Report, cancel: CancelToken) -> RelinkPlan:
        report(Progress("Reading files", 1, 2))
        self.begun.set()
        while not self.go_on.wait(0.01):
            cancel.check()
        return self.plan


def begin_search(window: Workbench, monkeypatch: pytest.MonkeyPatch, *moves: Move) -> Slow:
    store = window.context.store
    assert store is not None
    slow = Slow(RelinkPlan(store.images_root, moves, (), ()))
    monkeypatch.setattr(store, "plan_relink", slow)
    window.originals.find(store.images_root)
    assert slow.begun.wait(10)
    return slow


def test_a_search_for_moved_images_can_be_stopped(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = opened.window.status_line
    begin_search(opened, monkeypatch)
    qtbot.waitUntil(line._stop.isVisible, timeout=LONG_MS)
    rescans: list[bool] = []
    monkeypatch.setattr(opened.projects, "rescan", lambda *, quiet=False: rescans.append(quiet))
    opened.watching._look()
    assert rescans == [], "what lies at the new place is no new image"
    opened.originals.ask()
    assert opened.window.findChild(QFileDialog) is None, "one search at a time"
    line._stop.click()
    qtbot.waitUntil(lambda: not line.has_jobs, timeout=LONG_MS)
    assert any("no image was linked again" in message.text for message in shown(opened))
    opened.watching._look()
    assert rescans == [True]


def test_images_that_were_found_are_not_linked_under_the_hand(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened.context.store
    slow = begin_search(opened, monkeypatch, Move(1, "a.jpg", "b/a.jpg", by_content=True))
    begin_outline(qtbot, opened)
    slow.go_on.set()
    qtbot.waitUntil(
        lambda: any("was found" in message.text for message in shown(opened)), timeout=LONG_MS
    )
    assert opened.context.store is store
    assert opened.parts.canvas.is_drawing


def test_a_language_does_not_cost_an_outline_or_a_job(opened: Workbench, qtbot: QtBot) -> None:
    assert opened.may_be_remade()
    opened.window.status_line.set_job("export", Progress("Exporting", 0))
    assert not opened.may_be_remade()
    opened.window.status_line.clear_job("export")
    begin_outline(qtbot, opened)
    assert not opened.may_be_remade()
    assert "A shape is being drawn" in shown(opened)[0].hint


def test_frames_for_a_new_project_leave_the_one_that_was_opened_meanwhile(
    application: Workbench, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    source = video(tmp_path / "clip.avi", list(range(9)))
    frames = tmp_path / "clip-frames"
    application.frames._begin_with(frames, FrameRequest((source,), 4, False))
    application.frame.open(folder)
    qtbot.waitUntil(
        lambda: any("The frames are in" in m.text for m in shown(application)), timeout=20_000
    )
    store = application.context.store
    assert store is not None
    assert store.root == folder
    (message,) = [m for m in shown(application) if "The frames are in" in m.text]
    assert message.action is not None
    message.action.run()
    qtbot.waitUntil(
        lambda: application.context.store is not None and application.context.store.root == frames,
        timeout=LONG_MS,
    )


def test_reading_frames_can_be_stopped(
    application: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dynseg.images import frame_process

    def endless(*_: Any, report: Report, cancel: CancelToken) -> None:
        report(Progress("Reading frames", 1, 9))
        while True:
            cancel.check()
            threading.Event().wait(0.01)

    monkeypatch.setattr(frame_process, "extract_apart", endless)
    request = FrameRequest((tmp_path / "clip.avi",), 4, False)
    application.frames._begin_with(tmp_path / "frames", request)
    line = application.window.status_line
    qtbot.waitUntil(line._stop.isVisible, timeout=LONG_MS)
    application.frames.ask_how(*request.sources)
    assert any("going on already" in message.text for message in shown(application))
    line._stop.click()
    qtbot.waitUntil(lambda: not line.has_jobs, timeout=LONG_MS)
    assert any("no frame was written" in message.text for message in shown(application))
    assert application.parts.start_page.open_folder.isEnabled()


def test_a_project_that_is_being_made_can_be_stopped(
    application: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_path: Path, report: Report, *, cancel: CancelToken, **_: Any) -> Any:
        report(Progress("Reading images", 1, 9))
        while True:
            cancel.check()
            threading.Event().wait(0.01)

    monkeypatch.setattr(current, "open_path", endless)
    application.frame.open(folder)
    line = application.window.status_line
    qtbot.waitUntil(line._stop.isVisible, timeout=LONG_MS)
    line._stop.click()
    qtbot.waitUntil(lambda: not application.projects._opening, timeout=LONG_MS)
    assert application.parts.start_page.open_folder.isEnabled()
    assert any("no project was made" in message.text for message in shown(application))
    monkeypatch.undo()
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.store is not None, timeout=LONG_MS)


def test_a_plan_for_a_sealed_folder_is_kept_when_its_labels_go_elsewhere(
    application: Workbench,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make = opening.make_project

    def sealed(images: Path, root: Path, *rest: Any, **named: Any) -> Any:
        if root == folder:
            raise ReadOnlyError("The folder cannot be written.")
        return make(images, root, *rest, **named)

    monkeypatch.setattr(creating, "make_project", sealed)
    application.projects.create(ProjectPlan(folder, classes=("bolt", "nut")))
    qtbot.waitUntil(lambda: any(m.action is not None for m in shown(application)), timeout=LONG_MS)
    open_again = application.projects._elsewhere
    assert open_again is not None
    open_again(tmp_path / "labels")
    qtbot.waitUntil(lambda: application.context.store is not None, timeout=LONG_MS)
    assert application.context.classes.names == ["bolt", "nut"]
    store = application.context.store
    assert store is not None
    assert store.root == tmp_path / "labels" / folder.name


def test_nothing_is_exported_while_edits_cannot_be_saved(
    opened: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(opened.exporting._job, "run", lambda what, *_: begun.append(what))
    monkeypatch.setattr(opened.context.session, "flush", lambda _=0.0: 2)
    opened.exporting.run(ExportRequest(folder=tmp_path / "out"))
    assert begun == []
    monkeypatch.setattr(opened.context.session, "flush", lambda _=0.0: 0)
    opened.exporting.run(ExportRequest(folder=tmp_path / "out"))
    assert begun == ["Exporting"]
    opened.exporting._job._job = 7
    opened.exporting.ask()
    assert any("going on already" in message.text for message in shown(opened))
    opened.exporting._job._job = 0


def question(window: Workbench) -> QMessageBox | None:
    boxes = window.window.findChildren(QMessageBox)
    return next((box for box in boxes if box.isVisible()), None)


def test_closing_asks_before_it_stops_a_job(opened: Workbench, qtbot: QtBot) -> None:
    line, window = opened.window.status_line, opened.window
    window.may_close = opened.closing.may_close
    line.set_job("export", Progress("Exporting", 3, 9))
    window.close()
    box = question(opened)
    assert window.isVisible()
    assert box is not None
    assert box.text() == "Exporting 3 of 9"
    box.defaultButton().click()
    assert window.isVisible()
    line.clear_job("export")
    line.set_job(opened.projects, Progress("Reading images", 3, 9))
    assert opened.closing.may_close(), "a project that is being opened has nothing to lose"
    line.set_job("batch", Progress("Pre-labelling", 3, 9))
    window.close()
    box = question(opened)
    assert box is not None
    next(b for b in box.buttons() if b.text() == "Stop it and close").click()
    assert not window.isVisible()


def test_what_is_opened_can_be_stopped_though_another_was_asked_for(
    application: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: Any, cancel: CancelToken, **__: Any) -> None:
        while True:
            cancel.check()
            threading.Event().wait(0.01)

    monkeypatch.setattr(current, "open_path", endless)
    page = application.parts.start_page
    page.set_recent(["/photos/a"])
    application.frame.open(folder)
    assert [b.isEnabled() for b in page.findChildren(QAbstractButton)].count(True) == 0
    application.frame.open(folder.parent)
    assert folder.name in page._busy.text(), "that is what is being opened"
    assert any("this one was not" in message.text for message in shown(application))
    application.projects.stop_opening()
    qtbot.waitUntil(lambda: not application.projects._opening, timeout=LONG_MS)
    assert not any("this one was not" in message.text for message in shown(application))


def test_a_network_drive_that_is_gone_holds_up_no_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, answers = Path.is_dir, threading.Event()

    def is_dir(path: Path) -> bool:
        if path.name == "lost":
            answers.wait(20)
            return True
        return there(path)

    monkeypatch.setattr(Path, "is_dir", is_dir)
    settings = Settings()
    settings.set("recent_projects", ["/server/lost", str(tmp_path), str(tmp_path / "none")])
    begin = time.monotonic()
    frame = Frame(settings)
    qtbot.addWidget(frame.window)
    assert time.monotonic() - begin < 10

    def offered() -> list[str]:
        buttons = frame.start_page.findChildren(QToolButton)
        return [b.text().split()[0] for b in buttons if not b.isHidden()]

    qtbot.waitUntil(lambda: offered() == [tmp_path.name])
    answers.set()
    qtbot.waitUntil(lambda: offered() == ["lost", tmp_path.name])


def test_a_job_ends_with_the_window(
    application: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dynseg.images import frame_process

    ended: list[str] = []

    def slow(*_: Any, report: Report, cancel: CancelToken) -> list[Any]:
        report(Progress("Reading frames", 1, 9))
        for _turn in range(800):
            if cancel.cancelled:
                ended.append("stopped")
            cancel.check()
            threading.Event().wait(0.01)
        ended.append("read to the end")
        return []

    monkeypatch.setattr(frame_process, "extract_apart", slow)
    request = FrameRequest((tmp_path / "clip.avi",), 4, False)
    application.frames._begin_with(tmp_path / "frames", request)
    qtbot.waitUntil(application.window.status_line._stop.isVisible, timeout=LONG_MS)
    application.closing.finish()
    assert ended == ["stopped"]
