"""The statistics of a project in the window (K2)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part, ring
from dynseg_annotator import language
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.statistics_dialog import StatisticsDialog
from dynseg_annotator.language import engine_text

LONG_MS = 8000


def shown(bench: Workbench, qtbot: QtBot) -> StatisticsDialog:
    bench.parts.actions["statistics"].trigger()
    dialog = bench.statistics._dialog
    assert dialog is not None
    qtbot.waitUntil(layout.main_button(dialog._box).isEnabled, timeout=LONG_MS)
    return dialog


def draw(bench: Workbench) -> None:
    store = bench.context.store
    assert store is not None
    class_id = store.add_class("leaf").id
    shape = Instance(class_id, (Part(ring([(9, 9), (90, 9), (50, 80)])),))
    bench.context.session.apply("Draw", edits.add(shape))


def test_k2_counts_are_shown_and_follow_the_work(opened: Workbench, qtbot: QtBot) -> None:
    dialog = shown(opened, qtbot)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("6 images; no object yet." in text for text in said)
    draw(opened)
    dialog = shown(opened, qtbot)
    qtbot.waitUntil(lambda: dialog.classes.texts() == ["leaf", "1"], timeout=LONG_MS)
    assert dialog.points.texts()[:2] == ["3 – 4", "1"]
    assert dict(zip(*[iter(dialog.per_image.texts())] * 2, strict=True))["0"] == "5"
    dialog.reject()
    assert opened.statistics._dialog is None


def test_classes_without_objects_are_not_cut_off_without_a_word(
    opened: Workbench, qtbot: QtBot
) -> None:
    """Of 65 classes without objects eight were named as if these were all."""
    draw(opened)
    for number in range(10):
        opened.classes.add(f"class {number}")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 11)
    dialog = shown(opened, qtbot)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "class 6, class 7 and 2 more." in said


def test_the_counts_are_written_as_a_table(opened: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    draw(opened)
    dialog = shown(opened, qtbot)
    QTest.mouseClick(layout.main_button(dialog._box), Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.reject()
    target = tmp_path / "counts.csv"
    opened.statistics.write(target)
    qtbot.waitUntil(target.is_file, timeout=LONG_MS)
    qtbot.waitUntil(lambda: "objects by class,leaf,1" in target.read_text("utf-8-sig"))
    said: list[str] = []
    opened.context.messages.shown.connect(lambda message: said.append(message.text))
    opened.statistics.write(tmp_path / "no" / "counts.csv")
    qtbot.waitUntil(lambda: any("could not be written" in text for text in said), timeout=LONG_MS)


def test_a_project_that_closes_takes_the_dialog_along(opened: Workbench, qtbot: QtBot) -> None:
    shown(opened, qtbot)
    assert opened.projects.close()
    assert opened.statistics._dialog is None


def test_a_project_that_cannot_be_counted_says_so_in_the_language_of_the_user(
    qtbot: QtBot,
) -> None:
    before = language.current()
    try:
        language.install("zh_CN")
        dialog = StatisticsDialog(QLabel())
        qtbot.addWidget(dialog)
        dialog.show_error(DynsegError("The shape is no longer in the image."))
        words = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert "no longer" not in words
        assert engine_text("The shape is no longer in the image.") in words
    finally:
        language.install(before)
