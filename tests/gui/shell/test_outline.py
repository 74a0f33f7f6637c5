"""An outline that is being drawn is not lost by a slip: not by a key, not by closing or opening."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_window import LEFT, add_class, place, shapes

from dynseg.annotation.document import ImageState
from dynseg.sample.generate import generate
from dynseg.training.run import RunFolder
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.training_panel import Phase

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def begin_outline(qtbot: QtBot, window: Workbench) -> None:
    """Three points of a polygon, as a person clicks them."""
    add_class(qtbot, window, "bolt")
    window.parts.actions["draw-polygon"].trigger()
    click_points(window)


def click_points(window: Workbench) -> None:
    canvas = window.parts.canvas
    for x, y in ((60, 40), (120, 40), (120, 90)):
        QTest.mouseClick(canvas, LEFT, pos=place(canvas, x, y))


@pytest.mark.parametrize(
    "how", ["next-image", "previous-unreviewed", "accept-image", "skip-image", "click"]
)
def test_no_key_beside_the_drawing_ones_costs_an_outline(
    opened: Workbench, qtbot: QtBot, how: str
) -> None:
    canvas, session, panel = opened.parts.canvas, opened.context.session, opened.parts.image_panel
    begin_outline(qtbot, opened)
    first = session.image_id
    if how == "click":
        row = panel.view.visualRect(panel.view.model().index(2, 0)).center()
        QTest.mouseClick(panel.view.viewport(), LEFT, pos=row)
    else:
        opened.parts.actions[how].trigger()
    qtbot.wait(20)
    assert session.image_id == first
    assert panel.view.selectionModel().selectedRows()[0].row() == 0
    assert session.annotation is not None
    assert session.annotation.state is ImageState.UNLABELLED
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert bar.shown_messages[0].text == "A shape is being drawn, so this image stays open."
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1, "nothing of the outline was lost"
    opened.parts.actions["next-image"].trigger()
    assert session.image_id != first


def test_another_tool_waits_until_the_outline_is_finished(opened: Workbench, qtbot: QtBot) -> None:
    canvas, actions = opened.parts.canvas, opened.parts.actions
    begin_outline(qtbot, opened)
    for action_id in ("brush", "edit-mode", "draw-rectangle"):
        actions[action_id].trigger()
        assert canvas.tool == "polygon"
        assert actions["draw-polygon"].isChecked()
        assert not actions[action_id].isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1
    actions["brush"].trigger()
    assert canvas.tool == "brush"


def test_the_window_asks_once_for_an_outline_that_is_open(opened: Workbench, qtbot: QtBot) -> None:
    canvas, window = opened.parts.canvas, opened.window
    begin_outline(qtbot, opened)
    assert not window.close()
    bar = window.findChild(MessageBar)
    assert bar is not None
    assert bar.shown_messages[0].text == "A shape is being drawn, so the window stays open."
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1, "nothing of the outline was lost"
    for x, y in ((20, 20), (50, 20)):
        QTest.mouseClick(canvas, LEFT, pos=place(canvas, x, y))
    assert canvas.is_drawing
    assert window.close(), "who closes again at once means it"


def test_opening_something_else_asks_once_for_an_outline_that_is_open(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    frame, canvas, store = opened.frame, opened.parts.canvas, opened.context.store
    assert store is not None
    other = tmp_path / "other"
    generate(other, images=2, seed=1)
    begin_outline(qtbot, opened)
    frame.open(other)
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert bar.shown_messages[0].text == "A shape is being drawn, so this project stays open."
    assert opened.context.store is store
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1, "nothing of the outline was lost"
    frame.open(other)
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == other,
        timeout=8000,
    )


def test_who_opens_again_at_once_gives_the_outline_up(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other"
    generate(other, images=2, seed=1)
    begin_outline(qtbot, opened)
    opened.frame.open(other)
    opened.frame.open(other)
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == other,
        timeout=8000,
    )
    assert not opened.parts.canvas.is_drawing


def test_no_plan_for_a_project_is_asked_for_while_a_shape_is_drawn(
    opened: Workbench, qtbot: QtBot
) -> None:
    begin_outline(qtbot, opened)
    opened.parts.actions["new-project"].trigger()
    assert opened.window.findChild(NewProjectDialog) is None
    opened.parts.actions["new-project"].trigger()
    dialog = opened.window.findChild(NewProjectDialog)
    assert dialog is not None
    dialog.reject()
    assert opened.parts.canvas.is_drawing, "who gives up the plan goes on drawing"


def test_no_backup_relink_or_scaling_takes_an_open_outline_unasked(
    opened: Workbench, qtbot: QtBot
) -> None:
    store = opened.context.store
    assert store is not None
    backup = store.backup("by hand")
    begin_outline(qtbot, opened)
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    for act, said in (
        (opened.originals.scale, "so the shapes were not scaled."),
        (opened.originals.ask, "so no image is linked again."),
        (lambda: opened.backups.restore(backup), "so the backup was not brought back."),
    ):
        opened.originals._outline._insisting.stop()
        act()
        assert bar.shown_messages[0].text.endswith(said)
    assert opened.context.store is store
    assert opened.parts.canvas.is_drawing
    opened.backups.restore(backup)
    qtbot.waitUntil(lambda: opened.context.store not in (None, store), timeout=8000)
    assert not opened.parts.canvas.is_drawing, "who asks again at once means it"


def test_a_file_that_changes_leaves_outline_and_view_alone(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    canvas = opened.parts.canvas
    canvas.camera.set_zoom(2.5)
    begin_outline(qtbot, opened)
    view = canvas.camera.view
    for image in folder.glob("*.*"):
        os.utime(image, (1, 1))
    with qtbot.waitSignal(opened.navigation.shown, timeout=8000):
        opened.projects.rescan(quiet=True)
    assert canvas.camera.view == view
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1


def test_an_outline_that_was_begun_while_a_training_run_stopped_keeps_the_window_open(
    opened: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    """A run takes seconds to stop, and nothing keeps the person from drawing on."""
    window, training = opened.window, opened.context.training
    window.may_close = opened.closing.may_close
    run = RunFolder(tmp_path / "run")
    run.path.mkdir()
    training.watch(run)
    add_class(qtbot, opened, "bolt")
    opened.parts.actions["draw-polygon"].trigger()
    window.close()
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.text() == "Stop it").click()
    click_points(opened)
    bar = window.findChild(MessageBar)
    assert bar is not None
    said = "A shape is being drawn, so the window stays open."
    qtbot.waitUntil(
        lambda: said in [message.text for message in bar.shown_messages] or not window.isVisible()
    )
    assert window.isVisible()
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_Return)
    assert len(shapes(opened)) == 1
    window.close()


def test_a_window_that_waits_until_a_training_run_has_stopped_says_so(
    opened: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For seconds nothing showed that *Stop it* was pressed."""
    window, training = opened.window, opened.context.training
    window.may_close = opened.closing.may_close
    run = RunFolder(tmp_path / "run")
    run.path.mkdir()
    training.watch(run)
    asked: list[object] = []
    monkeypatch.setattr(training, "stop", lambda then: asked.append(then))
    window.close()
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.text() == "Stop it").click()
    assert asked
    bar = window.findChild(MessageBar)
    assert bar is not None
    said = "The training run is being stopped; the window closes after that."
    assert said in [message.text for message in bar.shown_messages]
    assert opened.parts.training_panel.phase is Phase.STOPPING
    training.release()
