"""Checks with one-click repair in the window (K1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.worker.answers import CheckAnswer, CheckLine
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.check_dialog import CheckDialog

LONG_MS = 20_000


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_findings_are_listed_shown_and_repaired(opened: Workbench, qtbot: QtBot) -> None:
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    session = opened.context.session
    class_id = opened.context.classes.labels[0].id
    square = Part(ring([[20, 20], [90, 20], [90, 80], [20, 80]]))
    speck = Part(ring([[5, 5], [6, 5], [6, 6]]))
    for part in (square, speck):
        session.apply("Draw shape", edits.add(Instance(class_id, (part,))))
    qtbot.waitUntil(lambda: session.unsaved == 0)
    opened.navigation.step(1)
    opened.parts.actions["check-project"].trigger()
    dialog = opened.checking._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._list.topLevelItemCount() == 2, timeout=LONG_MS)
    kinds = [dialog._list.topLevelItem(n) for n in range(2)]
    assert [kind.text(0) for kind in kinds if kind] == ["Damaged image (1)", "Tiny shape (1)"]

    tiny = kinds[1].child(0) if kinds[1] else None
    assert tiny is not None
    place = dialog._list.visualItemRect(tiny).center()
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(dialog._list.viewport(), button, Qt.KeyboardModifier.NoModifier, place)
    qtbot.waitUntil(lambda: len(session.selection.ids) == 1, timeout=LONG_MS)
    assert session.annotation is not None
    assert session.annotation.instance(session.selection.ids[0]).parts == (speck,)

    before = session.annotation
    QTest.mouseClick(layout.main_button(dialog._box), button)
    qtbot.waitUntil(lambda: "1 finding repaired" in said(dialog), timeout=LONG_MS)
    qtbot.waitUntil(lambda: session.annotation != before, timeout=LONG_MS)
    assert session.annotation is not None
    assert [item.parts for item in session.annotation.instances] == [(square,)]
    dialog.reject()


def test_classes_without_shapes_are_no_fault_of_the_labels(opened: Workbench, qtbot: QtBot) -> None:
    """Who took over COCO's 80 classes was told of “65 findings”; a click on one showed nothing."""
    remarks = [CheckLine("class without shapes", f"class {n} has no shape") for n in range(3)]
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show_answer(CheckAnswer(remarks, 3, 0, remarks=3))
    assert "Nothing is broken or doubtful." in said(dialog)
    assert "3 remarks on classes or images: no fault of the labels." in said(dialog)
    assert "finding" not in said(dialog)

    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    opened.parts.actions["check-project"].trigger()
    own = opened.checking._dialog
    assert own is not None
    qtbot.waitUntil(lambda: "1 remark" in said(own), timeout=LONG_MS)
    own.reject()
