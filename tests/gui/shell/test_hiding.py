"""Shapes that are hidden for a moment, and classes that are hidden for longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class, draw, saved, shapes

from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_shapes_are_hidden_while_h_is_held(opened: Workbench, qtbot: QtBot) -> None:
    canvas = opened.parts.canvas
    canvas.setFocus()
    handle = opened.window.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, Qt.Key.Key_H)
    assert canvas.hide_shapes
    QTest.keyRelease(handle, Qt.Key.Key_H)
    assert not canvas.hide_shapes
    search = opened.parts.image_panel._search
    search.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_H)
    assert search.text() == "h"


def test_letting_go_of_h_shows_the_shapes_whatever_happened_meanwhile(opened: Workbench) -> None:
    canvas, search = opened.parts.canvas, opened.parts.image_panel._search
    handle = opened.window.windowHandle()
    assert handle is not None
    for keys, focus in (
        (Qt.KeyboardModifier.ShiftModifier, canvas),
        (Qt.KeyboardModifier.NoModifier, search),
    ):
        canvas.setFocus()
        QTest.keyPress(handle, Qt.Key.Key_H)
        assert canvas.hide_shapes
        focus.setFocus()
        QTest.keyRelease(handle, Qt.Key.Key_H, keys)
        assert not canvas.hide_shapes
    canvas.setFocus()
    QTest.keyPress(handle, Qt.Key.Key_H)
    dialog = QDialog(opened.window)
    dialog.show()
    QApplication.instance().focusWindowChanged.emit(dialog.windowHandle())  # type: ignore[union-attr]
    assert not canvas.hide_shapes, "the dialog gets the release"
    dialog.close()


def test_a_class_that_was_hidden_is_shown_on_the_canvas_when_its_project_opens_again(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bolt = add_class(qtbot, opened, "bolt")
    draw(opened, (20, 20, 90, 80))
    saved(qtbot, opened)
    visibility, scene = opened.context.visibility, opened.parts.canvas.scene
    visibility.set_class_hidden(bolt, True)
    visibility.set_class_locked(bolt, True)
    assert scene.hidden
    assert scene.locked
    with Store.create(tmp_path / "other", images=folder, classes=["screw"]) as other:
        root = other.root
    for project, name in ((root, "screw"), (folder, "bolt")):
        opened.frame.open(project)
        wait_for_class(qtbot, opened, name)
        qtbot.waitUntil(lambda: opened.context.session.annotation is not None, timeout=8000)
    assert shapes(opened)
    assert scene.shown.all()
    assert not scene.locked


def wait_for_class(qtbot: QtBot, window: Workbench, name: str) -> None:
    qtbot.waitUntil(lambda: window.context.classes.by_name(name) is not None, timeout=8000)


def test_hidden_shapes_are_said_and_a_drawing_tool_shows_them(opened: Workbench) -> None:
    """Ctrl+H by mistake, and every click on the image did nothing, unsaid."""
    canvas, hide = opened.parts.canvas, opened.parts.actions["hide-shapes"]
    note = opened.view.hidden_note
    hide.trigger()
    assert canvas.hide_shapes
    assert note.isVisible()
    assert note.text() == "Shapes are hidden"
    assert "Ctrl+H" in note.toolTip()
    note.click()
    assert not canvas.hide_shapes
    assert not note.isVisible()
    hide.trigger()
    opened.parts.actions["draw-rectangle"].trigger()
    assert canvas.accepts_gestures
    assert not note.isVisible()
    handle = opened.window.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, Qt.Key.Key_H)
    assert not note.isVisible(), "for a moment is no matter to speak of"
    QTest.keyRelease(handle, Qt.Key.Key_H)
