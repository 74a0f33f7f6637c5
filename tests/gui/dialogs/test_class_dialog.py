"""Classes: name, colour, choosing one by a few letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from dynseg.annotation.classes import PALETTE, ClassLabel, ClassTable, colour_for
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_dialog import ClassDialog
from dynseg_annotator.dialogs.class_picker import ClassPicker

TABLE = ClassTable(
    tuple(ClassLabel(i + 10, n, colour_for(i)) for i, n in enumerate(("bolt", "nut", "wing nut")))
)


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def dialog(qtbot):
    made = ClassDialog(TABLE.labels[1], ["bolt", "wing nut"])
    qtbot.addWidget(made)
    return made


def test_a_class_keeps_its_id_when_renamed_and_recoloured(dialog):
    dialog.findChild(QLineEdit).setText("  hex nut ")
    dialog.findChildren(QToolButton)[5].click()
    assert dialog.label() == ClassLabel(11, "hex nut", PALETTE[5])


@pytest.mark.parametrize("name", ["", "   ", "bolt", "BOLT"])
def test_names_that_cannot_be_are_refused(dialog, name):
    dialog.findChild(QLineEdit).setText(name)
    assert not layout.main_button(dialog._box).isEnabled()


def test_a_colour_outside_the_palette_is_kept(dialog):
    dialog.set_colour("#123456")
    assert dialog.label().colour == "#123456"
    assert not any(button.isChecked() for button in dialog.findChildren(QToolButton))


@pytest.fixture
def picker(qtbot):
    made = ClassPicker(TABLE, 11)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_current_class_is_marked(picker):
    assert picker.class_id() == 11


def test_a_class_is_found_by_letters_and_chosen_by_enter(picker, qtbot):
    field = picker.findChild(QLineEdit)
    qtbot.keyClicks(field, "wing")
    with qtbot.waitSignal(picker.accepted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert picker.class_id() == 12


def test_arrows_move_while_the_field_keeps_the_focus(picker, qtbot):
    field = picker.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert picker.class_id() == 12
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert picker.class_id() == 10


def test_a_new_name_asks_for_a_new_class(picker, qtbot):
    qtbot.keyClicks(picker.findChild(QLineEdit), "washer")
    with qtbot.waitSignal(picker.class_requested) as asked:
        picker.accept()
    assert asked.args == ["washer"]
    assert picker.class_id() is None


def test_an_existing_name_is_not_offered_twice(picker):
    picker.findChild(QLineEdit).setText("nut")
    assert picker.shown() == ["nut", "wing nut"]


@pytest.mark.parametrize("name", ["wing  nut", "WING nut", "hex\u200bnut"])
def test_a_name_that_would_be_refused_afterwards_is_refused_while_it_is_typed(dialog, name):
    dialog.findChild(QLineEdit).setText(name)
    assert not layout.main_button(dialog._box).isEnabled()


def test_no_class_is_offered_that_is_there_under_another_gap(picker):
    picker.findChild(QLineEdit).setText("wing  nut")
    assert not any("New class" in shown for shown in picker.shown())
