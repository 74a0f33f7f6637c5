"""Bugs: labels first, one report, no loop; closing never loses an edit silently."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.errors import StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.worker.protocol import Failed
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog
from dynseg_annotator.errors import ErrorReporter, Report
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Heard:
    """What the reporter did, in order."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.reports: list[Report] = []

    def save(self) -> int:
        self.steps.append("save")
        return 0

    def show(self, report: Report, unsaved: int) -> None:
        self.steps.append("show")
        self.reports.append(report)


@pytest.fixture
def heard(qapp: QApplication) -> Iterator[tuple[Heard, ErrorReporter]]:
    record = Heard()
    reporter = ErrorReporter(save=record.save, show=record.show)
    before = sys.excepthook, threading.excepthook
    reporter.install()
    yield record, reporter
    reporter.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def fail() -> None:
    raise ZeroDivisionError("a bug")


@pytest.mark.qt_no_exception_capture
def test_a_bug_saves_first_and_reports_once(
    heard: tuple[Heard, ErrorReporter], qtbot: QtBot
) -> None:
    record, _ = heard
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: bool(record.reports), timeout=3000)
    assert record.steps == ["save", "show"]
    assert "ZeroDivisionError: a bug" in record.reports[0].title
    assert "in fail" in record.reports[0].text
    assert "PySide6" in record.reports[0].text


@pytest.mark.qt_no_exception_capture
def test_a_bug_in_a_thread_reaches_the_window(
    heard: tuple[Heard, ErrorReporter], qtbot: QtBot
) -> None:
    record, _ = heard
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(record.reports), timeout=3000)
    assert record.steps == ["save", "show"]


@pytest.mark.qt_no_exception_capture
def test_a_bug_while_a_bug_is_shown_makes_no_loop(qapp: QApplication) -> None:
    shown: list[Report] = []

    def show(report: Report, _unsaved: int) -> None:
        shown.append(report)
        reporter.handle(report)

    reporter = ErrorReporter(save=lambda: 0, show=show)
    reporter.handle(Report("title", "text"))
    assert len(shown) == 1


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("broken", ["save", "show"])
def test_a_bug_in_saving_or_showing_makes_no_loop_either(qapp: QApplication, broken: str) -> None:
    steps: list[str] = []

    def step(name: str) -> None:
        steps.append(name)
        if len(steps) > 20:
            pytest.exit("it goes round and round")
        if name == broken:
            raise ValueError("a bug of its own")

    def save() -> int:
        step("save")
        return 0

    unsaved: list[int] = []

    def show(_report: Report, count: int) -> None:
        unsaved.append(count)
        step("show")

    reporter = ErrorReporter(save=save, show=show)
    reporter.install()
    try:
        try:
            fail()
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        qapp.processEvents()
    finally:
        reporter.uninstall()
    assert steps == ["save", "show"]
    assert unsaved == [1 if broken == "save" else 0], "labels that may be lost are not called saved"


def test_the_report_is_one_dialog(application: Workbench, qtbot: QtBot) -> None:
    from dynseg_annotator.application.start import show_report

    for number in range(3):
        show_report(application.window, Report(f"bug {number}", f"trace {number}"), unsaved=0)
    dialogs = [d for d in application.window.findChildren(ErrorReportDialog) if d.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].close()


def shape(points: int, class_id: int) -> Instance:
    outline = [(10 + i % 90, 10 + (i * 37) % 90) for i in range(points)]
    return Instance(class_id=class_id, parts=(Part(ring(outline)),))


def test_an_edit_that_waits_for_the_disk_is_not_called_saved(
    opened: Workbench, qtbot: QtBot
) -> None:
    """The line counted one too few: of a slow disk it said *all saved* after the first edit."""
    context, session, go = opened.context, opened.context.session, threading.Event()
    assert context.store is not None
    assert context.writer is not None
    label, line = context.store.add_class("bolt"), opened.window.status_line._saved
    context.writer.submit(lambda _: go.wait(20))
    session.apply("Draw shape", edits.add(shape(9, label.id)))
    assert line.text() == "saving …"
    session.apply("Draw shape", edits.add(shape(20, label.id)))
    assert line.text() == "saving 2 …"
    go.set()
    qtbot.waitUntil(lambda: line.text().startswith("saved "))


def test_closing_with_unsaved_edits_asks_first(opened: Workbench, qtbot: QtBot) -> None:
    store = opened.context.store
    assert store is not None
    label = store.add_class("bolt")
    connection = store._writer
    assert connection is not None
    connection.pragma("max_page_count", connection.pragma("page_count"))
    session = opened.context.session
    with qtbot.waitSignal(session.save_failed, timeout=20_000):
        session.apply("Draw shape", edits.add(shape(9000, label.id)))
    session.apply("Draw shape", edits.add(shape(20, label.id)))
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    line = opened.window.status_line._saved
    qtbot.waitUntil(lambda: line.text() == "not saved: 2")  # it waits behind the first
    (said,) = [m for m in bar.shown_messages if m.key == "save"]
    assert said.hint.endswith("2 edits are kept in memory.")
    opened.window.close()
    assert opened.window.isVisible(), "the window stays while edits are only in memory"
    boxes = [b for b in opened.window.findChildren(QMessageBox) if b.isVisible()]
    assert len(boxes) == 1
    boxes[0].reject()
    connection.pragma("max_page_count", 1 << 30)
    session.retry()
    qtbot.waitUntil(lambda: session.unsaved == 0, timeout=20_000)
    assert opened.closing.may_close()


def test_a_run_that_cannot_be_taken_back_for_an_unknown_reason_is_reported(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened.context.store
    assert store is not None
    monkeypatch.setattr(store, "undo_run", lambda _run: 1 / 0)
    with qtbot.captureExceptions() as caught:
        opened.batch.undo("a run")
        qtbot.waitUntil(lambda: bool(caught), timeout=8000)
    assert caught[0][0] is ZeroDivisionError


def test_the_button_of_a_message_survives_one_that_says_the_same(opened: Workbench) -> None:
    """On a full disk *Retry* went away when something else could not be written either."""
    messages = opened.context.messages
    full = StoreWriteError("The disk is full.", "Free some space.")
    messages.show(
        Level.ERROR,
        full.message,
        "1 edit is kept.",
        MessageAction("Retry", lambda: None),
        key="save",
    )
    messages.show_error(full, key="predict")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    (said,) = bar.shown_messages
    assert said.action is not None
    messages.withdraw("save")
    messages.show_error(full, key="predict")
    assert [message.key for message in bar.shown_messages] == ["predict"]


def test_what_is_said_as_an_error_is_not_said_again_as_a_warning(opened: Workbench) -> None:
    """Of a damaged model the engine says so, and live learning a moment later."""
    messages = opened.context.messages
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    messages.show(Level.ERROR, "The model is damaged.", key="model")
    messages.show(Level.WARN, "The model is damaged.", key="live")
    assert [message.key for message in bar.shown_messages] == ["model"]
    messages.show(Level.ERROR, "The disk is full.", key="save")
    messages.withdraw("model")
    messages.show(Level.WARN, "The model is damaged.", key="live")
    messages.show(Level.ERROR, "The model is damaged.", key="model")
    assert [message.key for message in bar.shown_messages] == ["model", "save"]


def test_where_the_file_of_the_model_is_damaged_another_one_is_offered(opened: Workbench) -> None:
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    opened.models._load_job = 7
    opened.context.engine.failed.emit(Failed(job=7, kind="model", message="Damaged.", hint=""))
    (said,) = bar.shown_messages
    assert said.action is not None
    assert said.action.text == "Choose another…"
    opened.context.engine.failed.emit(Failed(job=7, kind="engine", message="Odd.", hint=""))
    assert bar.shown_messages[0].action is None
