"""F3 with real events: a class is chosen in the picker."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
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


@pytest.fixture
def slow_disk(opened: Workbench) -> Iterator[threading.Event]:
    """What is written waits until the event is set."""
    go_on = threading.Event()
    yield go_on
    go_on.set()


def hold(window: Workbench, go_on: threading.Event) -> None:
    assert window.context.writer is not None
    window.context.writer.submit(lambda _: go_on.wait(20))


def name_it(qtbot: QtBot, window: Workbench, name: str) -> None:
    picker = dialog(qtbot, window, ClassPicker)
    QTest.keyClicks(picker.focusWidget(), name)
    QTest.keyClick(picker, Qt.Key.Key_Return)


def go_on_to_the_next(qtbot: QtBot, window: Workbench) -> None:
    before = window.context.session.image_id
    window.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: window.context.session.image_id not in (before, None))
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)


def late(window: Workbench) -> bool:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return any("no shape got it" in message.text for message in bar.shown_messages)


def test_the_first_shape_does_not_land_on_the_next_image(
    opened: Workbench, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    """A class is made on the writer's thread, which may have other things to do."""
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    hold(opened, slow_disk)
    name_it(qtbot, opened, "bolt")
    go_on_to_the_next(qtbot, opened)
    slow_disk.set()
    qtbot.waitUntil(lambda: names(opened) == ["bolt"])
    qtbot.waitUntil(lambda: late(opened))
    assert shapes(opened) == {}


def test_a_new_class_goes_to_the_shapes_that_it_was_made_for(
    two: tuple[Workbench, int, int], qtbot: QtBot, slow_disk: threading.Event
) -> None:
    window, bolt, nut = two
    put(qtbot, window, shape("a", nut), shape("b", bolt, x=120))
    window.context.session.selection.set(["a"])
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_E, Control)
    hold(window, slow_disk)
    name_it(qtbot, window, "washer")
    window.context.session.selection.set(["b"])
    slow_disk.set()
    qtbot.waitUntil(lambda: window.context.classes.by_name("washer") is not None)
    washer = window.context.classes.by_name("washer")
    assert washer is not None
    qtbot.waitUntil(lambda: shapes(window) == {"a": washer.id, "b": bolt})
