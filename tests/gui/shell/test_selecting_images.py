"""Several images of the list are selected, and something is done with all of them (B3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose

from dynseg.model.card import ModelCard
from dynseg.project.query import ImageQuery
from dynseg.worker.protocol import Compare, Prelabel
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.itemmodels.history import Place
from dynseg_annotator.panels.image_rows import ImageRows
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def rows(opened: Workbench) -> ImageRows:
    return opened.parts.image_panel.view


def press(
    opened: Workbench,
    row: int,
    keys: Qt.KeyboardModifier = NONE,
    button: Qt.MouseButton = LEFT,
) -> None:
    view = rows(opened)
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), button, keys, place)


def names(opened: Workbench) -> list[str]:
    known = map(opened.parts.images.row_of, opened.parts.image_panel.selected_ids())
    return [Path(row.rel).stem.removeprefix("img_") for row in known if row is not None]


def open_name(opened: Workbench) -> str:
    image_id = opened.context.session.image_id
    row = opened.parts.images.row_of(image_id) if image_id is not None else None
    return Path(row.rel).stem.removeprefix("img_") if row is not None else ""


def states(opened: Workbench) -> list[str]:
    store = opened.context.store
    assert store is not None
    return [row.state.value for row in store.images()]


def said(opened: Workbench, key: str = "batch") -> list[Message]:
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    return [message for message in bar.shown_messages if message.key == key]


def offered(opened: Workbench) -> dict[str, str]:
    """Texts of the context menu by the action behind them."""
    menu = opened.listing.menu.menu
    assert menu is not None
    lines = [line for own in (menu, *menu.findChildren(QMenu)) for line in own.actions()]
    return {line.objectName(): line.text() for line in lines if line.objectName()}


def test_ctrl_and_shift_select_while_the_open_image_stays(opened: Workbench) -> None:
    press(opened, 1)
    assert (open_name(opened), names(opened)) == ("1", ["1"])
    press(opened, 3, SHIFT)
    assert (open_name(opened), names(opened)) == ("1", ["1", "2", "3"])
    press(opened, 2, CTRL)
    press(opened, 4, CTRL)
    assert (open_name(opened), names(opened)) == ("1", ["1", "3", "4"])
    press(opened, 3)
    assert (open_name(opened), names(opened)) == ("3", ["3"]), "one of several, alone"
    press(opened, 0)
    assert (open_name(opened), names(opened)) == ("0", ["0"])


def test_the_keyboard_selects_and_goes_on_from_there(opened: Workbench) -> None:
    press(opened, 0)
    view = rows(opened)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert (open_name(opened), names(opened)) == ("0", ["0", "1", "2"])
    QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert (open_name(opened), names(opened)) == ("0", ["0", "1"])
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert (open_name(opened), names(opened)) == ("2", ["2"])
    opened.window.activateWindow()
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert len(names(opened)) == opened.parts.images.total, "shapes were selected instead"


def test_a_right_click_within_the_selection_keeps_it_and_says_how_many(
    opened: Workbench,
) -> None:
    press(opened, 1)
    press(opened, 3, SHIFT)
    press(opened, 2, button=RIGHT)
    assert (open_name(opened), names(opened)) == ("1", ["1", "2", "3"])
    view = rows(opened)
    place = view.visualRect(view.model().index(2, 0)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.viewport(), event)
    texts = offered(opened)
    assert texts["selected-review"] == "Mark 3 images as &reviewed"
    assert texts["selected-prelabel"] == "&Pre-label 3 images"
    assert {"selected-train", "selected-val", "selected-test", "selected-unassigned"} <= set(texts)
    menu = opened.listing.menu.menu
    assert menu is not None
    menu.close()


def test_what_is_selected_stays_in_another_order_and_what_is_filtered_away_goes(
    opened: Workbench, qtbot: QtBot
) -> None:
    press(opened, 1)
    press(opened, 3, SHIFT)
    opened.parts.actions["order-random"].trigger()
    qtbot.waitUntil(lambda: sorted(names(opened)) == ["1", "2", "3"])
    opened.parts.image_panel.query_asked.emit(ImageQuery(text="img_2"))
    qtbot.waitUntil(lambda: opened.parts.images.rowCount() == 1)
    assert names(opened) == ["2"]
    assert open_name(opened) == "1"


def test_the_next_image_within_the_selection_keeps_it(opened: Workbench) -> None:
    press(opened, 1)
    press(opened, 2, SHIFT)
    opened.navigation.step(1)
    assert (open_name(opened), names(opened)) == ("2", ["1", "2"])
    opened.navigation.step(1)
    assert (open_name(opened), names(opened)) == ("3", ["3"])


def test_all_of_them_are_skipped_in_one_step_and_taken_back(
    opened: Workbench, qtbot: QtBot
) -> None:
    press(opened, 0)
    press(opened, 2, SHIFT)
    opened.parts.actions["selected-skip"].trigger()
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert states(opened)[:4] == ["skipped"] * 3 + ["unlabelled"]
    (message,) = said(opened)
    assert message.text == "3 images are skipped now."
    assert open_name(opened) == "0", "the open image stays"
    assert message.action is not None
    message.action.run()
    qtbot.waitUntil(lambda: states(opened)[0] == "unlabelled")
    qtbot.waitUntil(lambda: not opened.window.status_line.has_jobs)
    assert set(states(opened)) == {"unlabelled"}


def question(opened: Workbench, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: opened.window.findChild(QMessageBox) is not None)
    box = opened.window.findChild(QMessageBox)
    assert box is not None
    return box


def test_images_without_shapes_are_reviewed_only_where_that_is_said(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    propose(opened, 1, 0.9)
    rows(opened).selectAll()
    opened.parts.actions["selected-review"].trigger()
    box = question(opened, qtbot)
    assert box.text() == "Mark 5 images as reviewed?"
    assert box.informativeText().startswith("4 of them have no shapes")
    some = next(own for own in box.buttons() if own.text() == "Only the 1 with shapes")
    assert box.defaultButton() is some
    QTest.mouseClick(some, LEFT)
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert states(opened) == ["unlabelled", "reviewed", *["unlabelled"] * 4]
    assert said(opened)[0].hint.startswith("1 image stays as it is: its file cannot be shown")


def test_proposals_are_accepted_unseen_only_where_that_is_said(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    propose(opened, 1, 0.9, 0.4)
    press(opened, 1)
    opened.parts.actions["selected-review"].trigger()
    box = question(opened, qtbot)
    assert box.informativeText().startswith("2 proposals that nobody has looked at are accepted")
    box.reject()
    assert states(opened)[1] == "prelabelled"


def test_a_name_that_stands_for_anything_is_told_before_models_learn_it(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    card = ModelCard(name="starter", scale="n", head="plain", classes=["bolt"], class_agnostic=True)
    opened.context.set_active_model(card)
    for number in (0, 1):
        propose(opened, number, 0.9)
    press(opened, 0)
    press(opened, 1, SHIFT)
    opened.parts.actions["selected-review"].trigger()
    box = question(opened, qtbot)
    assert "\n\n2 shapes are called “bolt”" in box.informativeText()
    assert [own.text() for own in box.buttons()] == ["Mark 2 images", "Cancel"]
    box.reject()
    assert states(opened)[:2] == ["prelabelled"] * 2


def test_images_that_were_skipped_are_reviewed_only_where_that_is_said(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    opened, _, _ = two
    for number in (0, 1):
        propose(opened, number, 0.9)
    press(opened, 0)
    opened.parts.actions["selected-skip"].trigger()
    qtbot.waitUntil(lambda: bool(said(opened)))
    press(opened, 1, SHIFT)
    opened.parts.actions["selected-review"].trigger()
    box = question(opened, qtbot)
    told = "1 of them was skipped until now: models learn from it too."
    assert box.informativeText().startswith(told)
    assert [own.text() for own in box.buttons()] == ["Mark 2 images", "Cancel"]
    box.reject()
    assert states(opened)[:2] == ["skipped", "prelabelled"]


def test_what_is_divided_is_what_the_project_has(opened: Workbench, qtbot: QtBot) -> None:
    """The list may be behind: the file worker and other computers write as well."""
    store, writer = opened.context.store, opened.context.writer
    assert store is not None
    assert writer is not None
    press(opened, 0)
    (image_id,) = opened.parts.image_panel.selected_ids()
    writer.submit(lambda own: own.set_splits({image_id: "test"})).result()
    opened.parts.actions["selected-unassigned"].trigger()
    qtbot.waitUntil(lambda: store.image(image_id).split == "")


def test_the_split_is_set_stands_in_the_history_and_is_taken_back(
    opened: Workbench, qtbot: QtBot
) -> None:
    store = opened.context.store
    assert store is not None

    def splits() -> list[str]:
        return [row.split for row in store.images()]

    panel = opened.parts.history_panel
    opened.parts.actions["history"].trigger()
    panel.tabs.setCurrentIndex(1)
    press(opened, 0)
    press(opened, 1, SHIFT)
    opened.parts.actions["selected-val"].trigger()
    qtbot.waitUntil(lambda: bool(said(opened)))
    assert splits()[:3] == ["val", "val", ""]
    qtbot.waitUntil(lambda: opened.parts.images.all_rows()[1].split == "val")
    (message,) = said(opened)
    assert message.text == "2 images belong to “Validation” now."
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.model.index(0, 0).data() == "Set the split (2 images)"
    press(opened, 1)
    opened.parts.actions["selected-test"].trigger()
    qtbot.waitUntil(lambda: splits()[:3] == ["val", "test", ""])
    opened.parts.actions["undo-batch"].trigger()
    qtbot.waitUntil(lambda: splits()[:3] == ["val", "val", ""])
    qtbot.waitUntil(lambda: panel.model.row_at(0).place is Place.FUTURE)
    opened.parts.actions["selected-unassigned"].trigger()
    qtbot.waitUntil(lambda: said(opened)[0].text == "1 image has no place in the split now.")
    assert message.action is not None
    message.action.run()  # one of them was changed since
    qtbot.waitUntil(lambda: splits()[:3] == ["", "", ""])
    qtbot.waitUntil(
        lambda: (
            said(opened)[0].text
            == "The run is taken back on 1 image. 1 image was changed since and stays."
        )
    )


def test_b3_the_selected_images_are_a_scope_of_a_run_and_of_a_trial(
    opened: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = opened.parts.assist_panel.scope
    press(opened, 1)
    assert scope.findData("selected") < 0
    press(opened, 3, SHIFT)
    assert scope.itemText(scope.findData("selected")) == "3 selected images"
    asked: list[Prelabel | Compare] = []

    def submit(make: object) -> int:
        asked.append(make(len(asked) + 1))  # type: ignore[operator]
        return len(asked)

    monkeypatch.setattr(opened.context.engine, "submit", submit)
    scope.setCurrentIndex(scope.findData("selected"))
    wanted = opened.parts.image_panel.selected_ids()
    opened.parts.assist_panel.try_batch.setEnabled(True)
    opened.parts.assist_panel.try_batch.click()
    assert isinstance(asked[0], Compare)
    assert asked[0].image_ids == wanted
    opened.comparing.stop()
    opened.parts.assist_panel.run_batch.setEnabled(True)
    opened.parts.actions["selected-prelabel"].trigger()
    assert isinstance(asked[1], Prelabel)
    assert asked[1].image_ids == wanted
    opened.parts.image_panel.query_asked.emit(ImageQuery(text="no image"))
    assert scope.findData("selected") < 0
    opened.parts.image_panel.query_asked.emit(ImageQuery())
    press(opened, 0)
    assert scope.findData("selected") < 0


def test_the_title_of_the_list_counts_them(opened: Workbench) -> None:
    def title() -> str:
        return opened.window.dock("images").note

    press(opened, 0)
    assert "selected" not in title()
    press(opened, 2, CTRL)
    assert title().endswith("2 selected")
    opened.parts.image_panel.query_asked.emit(ImageQuery(text="img_2"))
    assert "selected" not in title()


def test_a_menu_of_the_keyboard_opens_at_the_row_of_the_keyboard(opened: Workbench) -> None:
    press(opened, 1)
    press(opened, 2, SHIFT)
    view = rows(opened)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(view.viewport(), event)
    menu = opened.listing.menu.menu
    assert menu is not None
    row = view.visualRect(view.model().index(2, 0))
    assert view.viewport().mapFromGlobal(menu.pos()).y() in range(row.top(), row.bottom() + 1)
    menu.close()
