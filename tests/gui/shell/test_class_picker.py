"""F3 with real events: a class is chosen in the picker."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import (
    LEFT,
    dialog,
    draw,
    names,
    place,
    put,
    saved,
    shape,
    shapes,
)
from tests.gui.shell.test_window import draw_rectangle

from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.class_picker import ClassPicker
from dynseg_annotator.panels.message_bar import MessageBar

Control = Qt.KeyboardModifier.ControlModifier


def test_f3_the_picker_needs_no_mouse(two: tuple[Workbench, int, int], qtbot: QtBot) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", nut))
    window.context.session.selection.set(["a"])
    canvas = window.parts.canvas
    QTest.keyClick(canvas, Qt.Key.Key_E, Control)
    picker = dialog(qtbot, window, ClassPicker)
    field = picker.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "bo")
    assert picker.shown() == ["bolt", "New class “bo”"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shapes(window) == {"a": bolt}
    QTest.keyClick(canvas, Qt.Key.Key_E, Control)
    picker = dialog(qtbot, window, ClassPicker)
    field = picker.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shapes(window) == {"a": nut}


def test_f3_without_a_selection_the_picker_chooses_the_class_of_new_shapes(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """Also in the middle of an outline, which goes on."""
    window, bolt, nut = two
    assert window.context.current_class == nut
    canvas = window.parts.canvas
    window.parts.actions["draw-polygon"].trigger()
    for x, y in ((20, 20), (90, 20)):
        QTest.mouseClick(canvas, LEFT, pos=place(canvas, x, y))
    QTest.keyClick(canvas, Qt.Key.Key_E, Control)
    picker = dialog(qtbot, window, ClassPicker)
    field = picker.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "bo")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.context.current_class == bolt
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, 60, 80))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert list(shapes(window).values()) == [bolt]


def test_f3_double_click_opens_the_picker_and_a_typed_name_makes_a_class(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, _, nut = two
    put(qtbot, window, shape("a", nut))
    canvas = window.parts.canvas
    spot = place(canvas, 40, 40)
    QTest.mouseClick(canvas, LEFT, pos=spot)
    QTest.mouseDClick(canvas, LEFT, pos=spot)
    picker = dialog(qtbot, window, ClassPicker)
    field = picker.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "washer")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["bolt", "nut", "washer"])
    washer = window.context.classes.by_name("washer")
    assert washer is not None
    qtbot.waitUntil(lambda: shapes(window) == {"a": washer.id})


def test_f3_the_class_is_asked_for_at_the_end_of_drawing_and_both_are_one_step(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    window.context.settings.set("ask_class", True)
    draw(window, (20, 20, 90, 80))
    picker = dialog(qtbot, window, ClassPicker)
    assert picker.class_id() == nut
    field = picker.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "bolt")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert list(shapes(window).values()) == [bolt]
    saved(qtbot, window)
    window.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: shapes(window) == {})
    draw(window, (20, 20, 90, 80))
    QTest.keyClick(dialog(qtbot, window, ClassPicker), Qt.Key.Key_Escape)
    assert list(shapes(window).values()) == [bolt], "Esc keeps the current class"


def test_the_first_shape_is_not_lost_when_nobody_names_its_class(
    opened: Workbench, qtbot: QtBot
) -> None:
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    picker = dialog(qtbot, opened, ClassPicker)
    assert opened.parts.canvas.marks, "it is seen while its class is asked for"
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert not opened.parts.canvas.marks
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    (message,) = bar.shown_messages
    assert "not kept without a class" in message.text
    assert message.action is not None
    message.action.run()
    picker = dialog(qtbot, opened, ClassPicker)
    QTest.keyClicks(picker.focusWidget(), "bolt")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shapes(opened)) == 1)
    assert not opened.parts.canvas.marks
