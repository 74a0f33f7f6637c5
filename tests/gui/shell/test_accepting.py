"""The proposals of many images are accepted in one step of the window, and taken back as one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose, square

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance
from dynseg.model.card import ModelCard
from dynseg.progress import Progress
from dynseg.project.query import ImageQuery
from dynseg.review import many
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.accept_dialog import AcceptDialog
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def ask(opened: Workbench, qtbot: QtBot) -> AcceptDialog:
    found: list[AcceptDialog] = []

    def is_there() -> bool:
        found[:] = [d for d in opened.window.findChildren(AcceptDialog) if d.isVisible()]
        return bool(found)

    opened.parts.actions["accept-many"].trigger()
    qtbot.waitUntil(is_there)
    return found[0]


def button_text(dialog: AcceptDialog) -> str:
    return layout.main_button(dialog._box).text()


def states(opened: Workbench) -> list[str]:
    store = opened.context.store
    assert store is not None
    return [row.state.value for row in store.images()[:4]]


def said(opened: Workbench) -> list[Message]:
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    return [message for message in bar.shown_messages if message.key == "batch"]


def test_it_says_what_it_would_do_does_it_and_takes_it_back(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, bolt, _ = two
    session = opened.context.session
    propose(opened, 0, 0.9, 0.8)
    propose(opened, 1, 0.9, 0.4)
    propose(opened, 2, 0.6)
    qtbot.waitUntil(lambda: len(session.annotation.instances if session.annotation else ()) == 2)
    mine = Instance(bolt, square(200, 150))
    session.apply("Draw", edits.add(mine))  # on its way to the disk when it is counted
    dialog = ask(opened, qtbot)
    assert dialog.images.count() == 1  # the list shows all of them
    dialog.least.setValue(50)
    assert button_text(dialog) == "Accept 4 proposals"
    dialog.least.setValue(100)
    assert not layout.main_button(dialog._box).isEnabled()
    dialog.least.setValue(50)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert states(opened) == ["reviewed", "in_work", "reviewed", "unlabelled"]
    (message,) = said(opened)
    assert message.text == "4 proposals accepted on 3 images. 2 images are reviewed now."
    qtbot.waitUntil(
        lambda: session.annotation is not None and session.annotation.state is ImageState.REVIEWED
    )
    assert session.annotation is not None
    assert [item.is_human_work for item in session.annotation.instances] == [True] * 3
    assert mine in session.annotation.instances
    assert opened.parts.images.counts[ImageState.REVIEWED] == 2

    assert message.action is not None
    jobs: list[str] = []
    real = opened.window.status_line.set_job

    def heard(owner: str, progress: Progress) -> None:
        jobs.append(progress.stage)
        real(owner, progress)

    monkeypatch.setattr(opened.window.status_line, "set_job", heard)
    message.action.run()
    assert jobs == ["Taking the run back"]
    qtbot.waitUntil(lambda: states(opened)[0] != "reviewed")
    qtbot.waitUntil(lambda: not opened.window.status_line.has_jobs)
    assert states(opened) == ["in_work", "prelabelled", "prelabelled", "unlabelled"]
    qtbot.waitUntil(lambda: opened.parts.images.counts[ImageState.REVIEWED] == 0)


def test_the_selected_ones_are_offered_before_all_others(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    for number in range(3):
        propose(opened, number, 0.9)
    view = opened.parts.image_panel.view
    view.selectRow(0)
    opened.parts.image_panel.view.selectAll()
    dialog = ask(opened, qtbot)
    assert dialog.images.itemText(0) == "Selected images that wait for you (5)"
    dialog.reject()
    view.clearSelection()
    for row in (1, 2):
        at = opened.parts.images.index(row)
        view.selectionModel().select(at, QItemSelectionModel.SelectionFlag.Select)
    dialog = ask(opened, qtbot)
    assert dialog.images.currentText() == "Selected images that wait for you (2)"
    assert dialog.images.count() == 2
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert states(opened) == ["prelabelled", "reviewed", "reviewed", "unlabelled"]


def test_those_that_the_list_shows_are_offered_first(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    for number in range(3):
        propose(opened, number, 0.9)
    opened.parts.image_panel.query_asked.emit(ImageQuery(text="img_1"))
    qtbot.waitUntil(lambda: opened.parts.images.rowCount() == 1)
    dialog = ask(opened, qtbot)
    assert (dialog.images.count(), button_text(dialog)) == (2, "Accept 1 proposal")
    dialog.images.setCurrentIndex(1)
    assert button_text(dialog) == "Accept 3 proposals"
    dialog.images.setCurrentIndex(0)
    dialog.as_reviewed.setChecked(False)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert states(opened)[:3] == ["prelabelled", "in_work", "prelabelled"]


def test_nothing_to_accept_is_said_before(opened: Workbench, qtbot: QtBot) -> None:
    dialog = ask(opened, qtbot)
    assert not layout.main_button(dialog._box).isEnabled()
    dialog.reject()
    assert opened.context.store is not None
    assert opened.context.store.runs() == []


def test_proposals_without_a_class_of_ones_own_are_told_before(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """One image that is accepted with “object” on it is told; forty were not."""
    opened, _, _ = two
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    card = ModelCard(name="starter", scale="n", head="plain", classes=["bolt"], class_agnostic=True)
    opened.context.set_active_model(card)
    propose(opened, 0, 0.9)
    dialog = ask(opened, qtbot)
    texts = [label.text() for label in dialog.card.findChildren(QLabel)]
    assert any(text.startswith("1 of them is called “bolt”") for text in texts)


def test_what_people_made_elsewhere_is_reviewed_without_a_word_of_proposals(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """Labels of another program came in as work to look at: “0 proposals accepted”, it said."""
    opened, bolt, _ = two
    store = opened.context.store
    assert store is not None
    imported = Instance(bolt, square(20, 20), run_id=store.begin_run("import", "", {}))
    opened.context.session.apply("Import", edits.add(imported))
    dialog = ask(opened, qtbot)
    assert button_text(dialog) == "Accept 1 image"
    dialog.accept()
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert [message.text for message in said(opened)] == ["1 image is reviewed now."]


def test_it_stops_where_the_line_says_so_and_what_is_done_can_be_taken_back(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, _, _ = two
    monkeypatch.setattr(many, "AT_ONCE", 1)
    for number in range(3):
        propose(opened, number, 0.9)
    line = opened.window.status_line
    real = line.set_job

    def stop_after_one(owner: object, progress: Progress, stop: object = None) -> None:
        real(owner, progress, stop)  # type: ignore[arg-type]
        if progress.done == 1:
            line.stop_jobs()

    store = opened.context.store
    assert store is not None
    monkeypatch.setattr(line, "set_job", stop_after_one)
    opened.accepting.accept([row.id for row in store.images()], 0.0, True)
    qtbot.waitUntil(lambda: bool(said(opened)))
    (message,) = said(opened)
    reviewed = states(opened).count("reviewed")
    assert 1 <= reviewed <= 3
    assert message.action is not None
    assert not line.has_jobs
    opened.parts.actions["undo-batch"].trigger()
    qtbot.waitUntil(lambda: states(opened).count("reviewed") == 0)
