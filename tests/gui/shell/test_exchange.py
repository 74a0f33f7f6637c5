"""Data sets out and in through the window; classes of a model mapped by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose

from dynseg.annotation import edits
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.model.card import ModelCard
from dynseg.project.store import Store
from dynseg_annotator.application.models.matching import Mapping
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.model_classes_dialog import ModelClassesDialog
from dynseg_annotator.dialogs.report_dialog import ReportDialog
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG_MS = 20_000


def label(window: Workbench, qtbot: QtBot, names: tuple[str, ...] = ("bolt",)) -> Store:
    """Give the project classes and a reviewed image with one shape."""
    for name in names:
        window.classes.add(name)
    qtbot.waitUntil(lambda: len(window.context.classes) == len(names))
    class_id = window.context.classes.labels[0].id
    corners = [(20, 20), (90, 20), (90, 80), (20, 80)]
    shape = Instance(class_id=class_id, parts=(Part(ring(corners)),))
    window.context.session.apply("Draw shape", edits.add(shape))
    window.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)
    store = window.context.store
    assert store is not None
    return store


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def messages(window: Workbench) -> list[str]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return [message.text for message in bar.shown_messages]


def test_export_through_the_window(opened: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    label(opened, qtbot)
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "1 shape in, 1 object out" in said(dialog), timeout=LONG_MS)
    qtbot.waitUntil(
        lambda: dialog._format.itemText(0).endswith("holds everything"), timeout=LONG_MS
    )
    out = tmp_path / "out"
    dialog._folder.selectAll()
    QTest.keyClicks(dialog._folder, str(out))
    QTest.mouseClick(layout.main_button(dialog._box), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.window.findChild(ReportDialog) is not None, timeout=LONG_MS)
    report = opened.window.findChild(ReportDialog)
    assert report is not None
    assert "1 image with 1 object exported" in said(report)
    assert "Read again: 1 shape" in said(report)
    assert "1 shape in, 1 object out, as YOLO-seg." in said(report)
    assert any("1 image with 1 object" in text for text in messages(opened))
    assert (out / "data.yaml").is_file()
    assert len(list(out.rglob("*.txt"))) >= 1
    report.close()


def test_the_selected_images_alone_are_exported(
    opened: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    label(opened, qtbot)
    for number in (1, 2, 3):
        propose(opened, number, 0.9)
    view = opened.parts.image_panel.view
    for row in (2, 3, 4):
        place = view.visualRect(view.model().index(row, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, place)
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    some = dialog.findChildren(QRadioButton)[2]
    assert some.text().endswith("(3)"), "the open one is selected too; one has no shapes"
    some.click()
    qtbot.waitUntil(lambda: "3 shapes in, 3 objects out" in said(dialog), timeout=LONG_MS)
    dialog._folder.setText(str(tmp_path / "out"))
    QTest.mouseClick(layout.main_button(dialog._box), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.window.findChild(ReportDialog) is not None, timeout=LONG_MS)
    assert {path.stem for path in (tmp_path / "out").rglob("img_*.txt")} == {
        "img_1", "img_2", "img_3",
    }  # fmt: skip


def test_export_asked_for_again_is_about_what_is_selected_then(
    opened: Workbench, qtbot: QtBot
) -> None:
    label(opened, qtbot)
    propose(opened, 1, 0.9)
    view = opened.parts.image_panel.view
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    some = dialog.findChildren(QRadioButton)[2]
    assert some.isHidden()
    for last, count in ((1, "(2)"), (0, "")):
        view.clearSelection()
        for row in range(last + 1):
            view.selectionModel().select(
                view.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select
            )
        opened.parts.actions["export"].trigger()
        assert opened.exporting._dialog is dialog
        assert some.isHidden() is not bool(count)
        if count:
            assert some.text().endswith(count)
            some.click()
            qtbot.waitUntil(lambda: "2 shapes in, 2 objects out" in said(dialog), timeout=LONG_MS)
            assert dialog.request().image_ids == tuple(opened.parts.images.ids()[:2])
    assert dialog.request().image_ids is None, "nothing that is no longer offered is exported"
    dialog.reject()


def test_a_folder_with_other_files_is_refused_before_the_dialog_closes(
    opened: Workbench, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    label(opened, qtbot)
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: layout.main_button(dialog._box).isEnabled(), timeout=LONG_MS)
    dialog._folder.setText(str(folder))
    layout.main_button(dialog._box).click()
    assert dialog.isVisible()
    assert "photos holds other files" in said(dialog)
    dialog._folder.setText(str(tmp_path / "out"))
    qtbot.waitUntil(lambda: "1 shape in, 1 object out" in said(dialog), timeout=LONG_MS)
    assert "holds other files" not in said(dialog)
    dialog.reject()


def test_another_format_without_images(opened: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    label(opened, qtbot)
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    QTest.keyClick(dialog._format, Qt.Key.Key_Down)
    QTest.keyClick(dialog._link, Qt.Key.Key_End)
    out = tmp_path / "out"
    dialog._folder.setText(str(out))
    qtbot.waitUntil(lambda: not dialog._card.is_busy, timeout=LONG_MS)
    QTest.mouseClick(layout.main_button(dialog._box), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.window.findChild(ReportDialog) is not None, timeout=LONG_MS)
    assert list(out.rglob("*.json"))
    assert not list(out.rglob("*.jpg")), "labels alone"


def test_export_of_nothing_is_not_offered(opened: Workbench, qtbot: QtBot) -> None:
    opened.parts.actions["export"].trigger()
    dialog = opened.exporting._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "No image is reviewed yet" in said(dialog), timeout=LONG_MS)
    assert not layout.main_button(dialog._box).isEnabled()
    dialog.reject()


def test_mapping_dialog_hands_out_what_differs_from_the_names(qtbot: QtBot, store: Store) -> None:
    table: ClassTable = store.classes()
    card = ModelCard(name="m", classes=["bolt", "gear", "dirt"])
    dialog = ModelClassesDialog(card, table, {"dirt": None})
    qtbot.addWidget(dialog)
    assert dialog.chosen() == {"dirt": None}
    nut = table.by_name("nut")
    assert nut is not None
    dialog.box("gear").setCurrentIndex(dialog.box("gear").findData(nut.id))
    with qtbot.waitSignal(dialog.chosen_changed) as heard:
        dialog.accept()
    assert heard.args[0] == {"gear": nut.id, "dirt": None}


def test_the_mapping_dialog_says_what_a_run_would_do(qtbot: QtBot) -> None:
    table = ClassTable(
        (ClassLabel(0, "Bolt", "#0072b2"), ClassLabel(1, "hexagonal nut", "#e69f00")),
        {"nut": 1, "dirt": None},
    )
    card = ModelCard(name="m", classes=["bolt", "nut", "dirt", "gear"])
    dialog = ModelClassesDialog(card, table, {"bolt": 0})
    qtbot.addWidget(dialog)
    assert [dialog.box(name).currentText() for name in card.classes] == [
        "Bolt (by name)",
        "hexagonal nut",
        "Left out: dirt was deleted here",
        "New class gear, when needed",
    ]
    assert dialog.chosen() == {}
    finds_all = ModelCard(name="starter", classes=["object"], class_agnostic=True)
    only = ModelClassesDialog(finds_all, ClassTable(table.labels[1:]), {})
    qtbot.addWidget(only)
    assert only.box("object").currentText() == "hexagonal nut"


def test_a_chosen_mapping_is_used_and_kept(opened: Workbench, qtbot: QtBot) -> None:
    label(opened, qtbot, ("bolt", "nut"))
    card = opened.context.active_model
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=LONG_MS)
    card = opened.context.active_model
    assert card is not None
    nut = opened.context.classes.by_name("nut")
    assert nut is not None
    opened.models.matching.ask()
    dialog = opened.window.findChild(ModelClassesDialog)
    assert dialog is not None
    box = dialog.box(card.classes[0])
    box.setCurrentIndex(box.findData(nut.id))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(opened.models.matching.chosen_classes(card.model_id)))
    heard: list[Mapping] = []
    opened.models.matching.with_mapping(card.model_id, [0], heard.append)
    assert heard[0][0] == nut.id


def test_a_class_of_the_model_is_added_when_a_shape_needs_it(
    opened: Workbench, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=LONG_MS)
    card = opened.context.active_model
    assert card is not None
    heard: list[Mapping] = []
    opened.models.matching.with_mapping(card.model_id, [], heard.append)
    assert len(opened.context.classes) == 0, "nothing is added that no shape needs"
    opened.models.matching.with_mapping(card.model_id, [0], heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert opened.context.classes.names == [card.classes[0]]
    assert heard[1][0] == opened.context.classes.labels[0].id


def test_keys_of_the_list_do_not_leave_the_image(opened: Workbench, qtbot: QtBot) -> None:
    view = opened.parts.image_panel.view
    view.setFocus()
    first = opened.context.session.image_id
    QTest.keyClick(view, Qt.Key.Key_D)
    assert opened.context.session.image_id != first, "D is the next image, also from the list"
