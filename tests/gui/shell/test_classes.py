"""F1 to F3 with real events: the classes of a project in its window."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import (
    LEFT,
    add_class,
    cell,
    click,
    dialog,
    draw,
    names,
    place,
    put,
    saved,
    shape,
    shapes,
    text,
)

from dynseg.annotation import edits
from dynseg.errors import StoreWriteError
from dynseg.sample.generate import generate
from dynseg_annotator.application.labels import class_changes
from dynseg_annotator.application.labels.class_counts import REST_MS
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_dialog import ClassDialog
from dynseg_annotator.dialogs.class_fate_dialog import ClassFateDialog
from dynseg_annotator.itemmodels.classes import ClassColumn
from dynseg_annotator.panels.message_bar import MessageBar

Alt, Control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def message(window: Workbench) -> str:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return "\n".join(message.text for message in bar.shown_messages)


def test_f1_the_panel_counts_the_open_image_and_the_project(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt), shape("b", nut))
    window.parts.actions["next-image"].trigger()
    put(qtbot, window, shape("c", nut))
    assert text(window, nut, ClassColumn.COUNT) == "1"
    assert text(window, nut, ClassColumn.TOTAL) == "2"
    assert (text(window, bolt, ClassColumn.COUNT), text(window, bolt, ClassColumn.TOTAL)) == (
        "", "1",
    )  # fmt: skip
    window.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: text(window, nut, ClassColumn.TOTAL) == "1")


def test_f1_renamed_by_double_click_and_taken_back_by_ctrl_z(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    view = window.parts.class_panel.view
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(window, bolt, ClassColumn.NAME))
    QTest.mouseDClick(view.viewport(), LEFT, pos=cell(window, bolt, ClassColumn.NAME))
    field = view.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "screw")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["screw", "nut"])
    qtbot.waitUntil(lambda: "Rename bolt to screw" in window.parts.actions["undo"].text())
    window.parts.canvas.setFocus()
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_Z, Control)
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut"])
    qtbot.waitUntil(lambda: window.parts.actions["redo"].isEnabled())
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_Y, Control)
    qtbot.waitUntil(lambda: names(window) == ["screw", "nut"])


def test_f1_a_merge_says_what_it_touches_and_is_one_step(
    two: tuple[Workbench, int, int], qtbot: QtBot, folder: Path
) -> None:
    window, bolt, nut = two
    first = window.context.session.image_id
    put(qtbot, window, shape("a", bolt), shape("b", nut), shape("p", bolt, proposed=True))
    window.parts.actions["next-image"].trigger()
    put(qtbot, window, shape("c", bolt))
    click(window, bolt, ClassColumn.NAME)
    window.parts.actions["class-merge"].trigger()
    asked = dialog(qtbot, window, ClassFateDialog)
    assert any("3 shapes in 2 images" in label for label in _texts(asked))
    QTest.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["nut"])
    qtbot.waitUntil(lambda: shapes(window) == {"c": nut})
    assert window.context.current_class == nut
    qtbot.waitUntil(lambda: "Merge bolt into nut (3 shapes in 2 images)" in message(window))
    assert window.projects.close()
    window.frame.open(folder)  # also after a restart
    qtbot.waitUntil(lambda: window.context.session.annotation is not None)
    window.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut"])
    qtbot.waitUntil(lambda: shapes(window) == {"c": bolt})
    assert first is not None
    window.navigation.open(first)
    assert shapes(window) == {"a": bolt, "b": nut, "p": bolt}


def test_f1_deleting_a_class_asks_what_becomes_of_its_shapes(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt), shape("b", nut))
    click(window, bolt, ClassColumn.NAME)
    view = window.parts.class_panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    asked = dialog(qtbot, window, ClassFateDialog)
    main = layout.main_button(asked._box)
    assert main.text() == "Delete"
    asked.findChildren(QRadioButton)[1].click()
    assert main.text() == "Delete with 1 shape in 1 image"
    main.click()
    qtbot.waitUntil(lambda: names(window) == ["nut"])
    qtbot.waitUntil(lambda: shapes(window) == {"b": nut})
    window.class_changes.undo()
    qtbot.waitUntil(lambda: shapes(window) == {"a": bolt, "b": nut})


def test_f1_an_unused_class_goes_without_a_question(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    click(window, bolt, ClassColumn.NAME)
    window.parts.actions["class-delete"].trigger()
    qtbot.waitUntil(lambda: names(window) == ["nut"])
    assert not [d for d in window.window.findChildren(ClassFateDialog) if d.isVisible()]


def test_f1_edits_made_while_a_merge_is_written_are_put_on_top(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt))
    window.class_changes._let_go(window.context.classes.by_id(bolt), nut)
    window.context.session.apply("Draw shape", edits.add(shape("n", nut, 90)))
    saved(qtbot, window)
    qtbot.waitUntil(lambda: shapes(window) == {"a": nut, "n": nut})
    store, image_id = window.context.store, window.context.session.image_id
    assert store is not None
    assert image_id is not None
    assert {i.id: i.class_id for i in store.annotation(image_id).instances} == shapes(window)


def test_f1_moved_by_alt_and_arrow_and_by_dropping(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    add_class(qtbot, window, "rod")
    click(window, bolt, ClassColumn.NAME)
    view, model = window.parts.class_panel.view, window.parts.classes
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down, Alt)
    qtbot.waitUntil(lambda: names(window) == ["nut", "bolt", "rod"])
    data = model.mimeData([model.index(2, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index(-1, -1))
    qtbot.waitUntil(lambda: names(window) == ["rod", "nut", "bolt"])


def test_f1_name_colour_and_key_in_one_dialog(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    click(window, bolt, ClassColumn.NAME)
    window.parts.actions["class-edit"].trigger()
    asked = dialog(qtbot, window, ClassDialog)
    field = asked.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "screw")
    asked.set_colour("#123456")
    box = asked.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(2)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.classes.by_id(bolt).colour == "#123456")
    assert window.context.classes.by_id(bolt).name == "screw"
    assert window.parts.classes.keys == {bolt: 2, nut: 1}


def test_f1_refused_names_leave_the_class_and_say_why(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    window.parts.classes.rename_requested.emit(bolt, "NUT")
    qtbot.waitUntil(lambda: "There is a class nut already" in message(window))
    assert names(window) == ["bolt", "nut"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.yaml", "names: {0: nut, 1: washer, 2: rod}\n"),
        ("classes.txt", "nut\nwasher\r\nrod\n\n"),
    ],
)
def test_f2_class_names_come_from_a_file_and_ids_stay(
    two: tuple[Workbench, int, int], qtbot: QtBot, tmp_path: Path, name: str, content: str
) -> None:
    window, bolt, nut = two
    (tmp_path / name).write_text(content)
    window.class_changes.import_names(tmp_path / name)
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut", "washer", "rod"])
    assert [label.id for label in window.context.classes.labels][:2] == [bolt, nut]
    window.class_changes.undo()
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut"])
    (tmp_path / "empty.txt").write_text("\n")
    window.class_changes.import_names(tmp_path / "empty.txt")
    qtbot.waitUntil(lambda: "names no class" in message(window))


def test_f3_number_keys_give_classes_and_can_be_chosen(
    two: tuple[Workbench, int, int], qtbot: QtBot, folder: Path
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", nut))
    window.context.session.selection.set(["a"])
    canvas = window.parts.canvas
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert shapes(window) == {"a": bolt}
    menu = window.parts.class_panel.key_menu(nut)
    menu.actions()[0].trigger()
    assert window.parts.classes.keys == {bolt: 2, nut: 1}
    QTest.keyClick(canvas, Qt.Key.Key_1, Control)
    assert shapes(window) == {"a": nut}
    assert window.projects.close()
    window.frame.open(folder)
    qtbot.waitUntil(lambda: window.context.session.annotation is not None)
    assert window.parts.classes.keys == {bolt: 2, nut: 1}
    window.parts.canvas.setFocus()
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_7)
    assert "No class has the number key 7" in message(window)


def test_f3_hidden_classes_are_neither_drawn_nor_picked(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt), shape("b", nut, 120))
    click(window, bolt, ClassColumn.EYE)
    canvas = window.parts.canvas
    assert canvas.scene.hidden == {"a"}
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, 40, 40))
    assert not window.context.session.selection.ids
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, 140, 40))
    assert window.context.session.selection.ids == ("b",)
    window.parts.actions["next-image"].trigger()
    window.parts.actions["previous-image"].trigger()
    assert canvas.scene.hidden == {"a"}, "a hidden class stays hidden"
    click(window, bolt, ClassColumn.EYE)
    assert canvas.scene.hidden == frozenset()


def test_f3_drawing_a_hidden_class_shows_it_again(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, _, nut = two
    click(window, nut, ClassColumn.EYE)
    draw(window, (20, 20, 90, 80))
    assert window.parts.canvas.scene.hidden == frozenset()
    assert list(shapes(window).values()) == [nut]


def test_f3_locked_classes_are_neither_picked_nor_changed(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt))
    before = window.context.session.annotation
    click(window, bolt, ClassColumn.LOCK)
    canvas = window.parts.canvas
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, 40, 40))
    QTest.keyClick(canvas, Qt.Key.Key_A, Control)
    assert not window.context.session.selection.ids
    window.context.session.selection.set(["a"])  # as the list of shapes can
    for key, modifier in (
        (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_U, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(canvas, key, modifier)
    assert window.context.session.annotation is before
    click(window, bolt, ClassColumn.LOCK)
    QTest.keyClick(canvas, Qt.Key.Key_2)
    assert shapes(window) == {"a": nut}


def test_f3_only_one_class_is_shown_and_all_again(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt), shape("b", nut, 120))
    click(window, nut, ClassColumn.NAME)
    window.parts.actions["class-solo"].trigger()
    assert window.parts.canvas.scene.hidden == {"a"}
    window.parts.actions["class-solo"].trigger()
    assert window.parts.canvas.scene.hidden == frozenset()


def test_all_shapes_of_a_class_are_selected_at_once(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", bolt), shape("b", nut, 120), shape("c", nut, 200))
    selection = window.context.session.selection
    click(window, nut, ClassColumn.NAME)
    window.parts.actions["class-select"].trigger()
    assert set(selection.ids) == {"b", "c"}
    window.context.visibility.set_hidden(["b"], True)
    window.parts.actions["class-select"].trigger()
    assert set(selection.ids) == {"c"}
    window.parts.actions["delete"].trigger()
    assert set(shapes(window)) == {"a", "b"}
    window.parts.actions["class-select"].trigger()
    assert window.window.status_line._hint.text().startswith("No shape of nut")


def _texts(asked: QDialog) -> list[str]:
    return [label.text() for label in asked.findChildren(QLabel)]


def test_f1_every_action_on_classes_is_in_the_palette_and_in_a_menu(opened: Workbench) -> None:
    menu = opened.frame.menus["Class"]
    listed = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert {"class-add", "class-merge", "class-delete", "class-import"} <= set(listed)


def test_f1_the_list_is_walked_and_renamed_by_keys_alone(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    assert window.context.current_class == nut
    view = window.parts.class_panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert window.context.current_class == bolt
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = view.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "screw")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["screw", "nut"])


def test_f2_class_names_come_from_a_model(two: tuple[Workbench, int, int], qtbot: QtBot) -> None:
    window, _, _ = two
    registry = window.context.registry
    assert registry is not None
    window.class_changes.import_names(registry.resolve("starter"))
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut", "object"])
    window.class_changes.import_names(registry.resolve("starter"))
    qtbot.waitUntil(lambda: "has every class" in message(window))


def test_f1_a_name_and_a_colour_of_one_dialog_are_taken_back_as_one(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    before = window.context.classes.by_id(bolt)
    click(window, bolt, ClassColumn.NAME)
    window.parts.actions["class-edit"].trigger()
    asked = dialog(qtbot, window, ClassDialog)
    field = asked.findChild(QLineEdit)
    assert field is not None
    field.setText("screw")
    asked.set_colour("#123456")
    asked.accept()
    qtbot.waitUntil(lambda: window.context.classes.by_id(bolt).colour == "#123456")
    assert window.context.classes.by_id(bolt).name == "screw"
    window.class_changes.undo()
    qtbot.waitUntil(lambda: window.context.classes.by_id(bolt) == before)


def test_f2_names_that_are_called_the_same_are_there_already(
    two: tuple[Workbench, int, int], qtbot: QtBot, tmp_path: Path
) -> None:
    window, _, _ = two
    window.class_changes.add("caf\u00e9")
    qtbot.waitUntil(lambda: len(names(window)) == 3)
    (tmp_path / "names.txt").write_text("Bolt\ncafe\u0301\n", encoding="utf-8")
    window.class_changes.import_names(tmp_path / "names.txt")
    qtbot.waitUntil(lambda: "every class of names.txt already" in message(window))


def test_f2_names_that_are_read_while_the_project_closes_reach_no_other(
    two: tuple[Workbench, int, int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, _, _ = two
    go_on = threading.Event()

    def slow(_: Path) -> list[str]:
        go_on.wait(20)
        return ["washer"]

    monkeypatch.setattr(class_changes, "_names_in", slow)
    window.class_changes.import_names(tmp_path / "names.txt")
    generate(tmp_path / "other", images=1, seed=1)
    window.frame.open(tmp_path / "other")
    qtbot.waitUntil(
        lambda: window.context.store is not None and window.context.store.root.name == "other"
    )
    others = names(window)
    go_on.set()
    window.context.background.run(lambda: None, done=lambda _: go_on.clear())
    qtbot.waitUntil(lambda: not go_on.is_set())
    add_class(qtbot, window, "rod")
    assert names(window) == [*others, "rod"]


def test_f1_shapes_of_classes_are_not_counted_over_and_over_while_the_disk_is_full(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, bolt, _ = two
    store, session = window.context.store, window.context.session
    assert store is not None
    qtbot.wait(REST_MS + 200)
    counted: list[int] = []
    uses = store.class_uses

    def full(*_: object, **__: object) -> int:
        raise StoreWriteError("The disk is full.")

    def count() -> dict[int, tuple[int, int]]:
        counted.append(1)
        return uses()

    with monkeypatch.context() as patch:
        patch.setattr(store, "commit", full)
        patch.setattr(store, "class_uses", count)
        with qtbot.waitSignal(session.save_failed):
            session.apply("Draw shape", edits.add(shape("a", bolt)))
        qtbot.wait(4 * REST_MS)
        assert len(counted) <= 1
        patch.setattr(store, "commit", type(store).commit.__get__(store))
        session.retry()
        saved(qtbot, window)
        qtbot.waitUntil(lambda: window.parts.classes.total_of(bolt) == 1)


def test_f1_large_counts_are_shown_whole(two: tuple[Workbench, int, int], qtbot: QtBot) -> None:
    """1,000 was "1...0"."""
    window, bolt, _ = two
    many = [shape(f"s{n}", bolt) for n in range(1000)]
    window.context.session.apply("Paste", lambda image: image.with_instances(many))
    saved(qtbot, window)
    qtbot.waitUntil(lambda: text(window, bolt, ClassColumn.TOTAL) == "1000")
    view, model = window.parts.class_panel.view, window.parts.classes
    row = model.row_of(bolt)
    assert row is not None
    for column in (ClassColumn.COUNT, ClassColumn.TOTAL):
        assert view.sizeHintForIndex(model.index(row, column)).width() <= view.columnWidth(column)
