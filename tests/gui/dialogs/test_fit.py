"""No text of a dialog is cut off, with a larger font either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.formats.format import Holds
from dynseg.progress import Progress
from dynseg.worker.answers import ImportAnswer, PreflightAnswer
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.about_dialog import AboutDialog
from dynseg_annotator.dialogs.class_dialog import ClassDialog
from dynseg_annotator.dialogs.class_fate_dialog import ClassFateDialog
from dynseg_annotator.dialogs.command_palette import CommandPalette
from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog
from dynseg_annotator.dialogs.export_dialog import ExportDialog
from dynseg_annotator.dialogs.export_words import OutFormat
from dynseg_annotator.dialogs.guide_dialog import GuideDialog
from dynseg_annotator.dialogs.import_dialog import FormatChoice, ImportDialog
from dynseg_annotator.dialogs.key_editor import KeyEditor
from dynseg_annotator.dialogs.report_dialog import Report, ReportDialog
from dynseg_annotator.dialogs.settings_dialog import SettingsDialog
from dynseg_annotator.dialogs.shortcuts_dialog import ShortcutsDialog
from dynseg_annotator.settings import SECTIONS, Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG = "The window met an error that it did not expect while it showed the next image. " * 3
FACTS = PreflightAnswer(
    images=37, shapes=412, instances=412, empty=3, with_holes=5, in_parts=12, unreadable=1,
    undivided=4,
)  # fmt: skip
FORMAT = OutFormat("yolo", "YOLO-seg", LONG[:90], Holds())


def export_dialog(settings: Settings) -> ExportDialog:
    dialog = ExportDialog(
        [FORMAT], {"reviewed": 3, "shapes": 4}, settings, folder=Path("/tmp"), name="set"
    )
    dialog.refresh()
    dialog.show_facts(FACTS)
    return dialog


def import_dialog() -> ImportDialog:
    dialog = ImportDialog([FormatChoice("yolo", "YOLO-seg", LONG)], ClassTable(), {})
    dialog.set_source(Path("/tmp/set"))
    dialog.show_answer(
        ImportAnswer("yolo", [("yolo", 3), ("coco", 1)], [("nut", 3)], images=2, instances=3)
    )
    return dialog


def dialogs(settings: Settings) -> Iterator[QDialog]:
    yield ErrorReportDialog(LONG, LONG, "details")
    yield export_dialog(settings)
    yield import_dialog()
    yield ReportDialog(Report(window_title="Export", title=LONG, facts=["/x"], nothing="Nothing."))
    yield ClassDialog(ClassLabel(1, "nut", "#0072b2"), ["bolt"], uses=120)
    labels = [ClassLabel(1, "nut", "#0072b2"), ClassLabel(2, "bolt", "#e69f00")]
    for merge in (True, False):
        yield ClassFateDialog(labels[0], labels[1:], (3120, 45), merge=merge)
    for section in SECTIONS:
        dialog = SettingsDialog(settings)
        dialog.show_section(section)
        yield dialog


@pytest.fixture(params=[1.0, 1.5, 2.0])
def scaled(request, qapp):
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * request.param)
    qapp.setFont(font)
    theme.apply(qapp, "light")
    yield request.param
    qapp.setFont(before)


def cut_off(dialog: QWidget) -> list[str]:
    found = []
    for label in dialog.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        if label.height() < max(needed, label.fontMetrics().height()):
            found.append(label.text())
    for button in dialog.findChildren(QPushButton):
        wide = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        if button.isVisible() and button.width() < wide:
            found.append(button.text())
    return found


def scrolled_in_vain(dialog: QDialog, scaled: float) -> list[str]:
    """Areas that are narrower than their content, or that scroll where the screen has room."""
    room = int(0.92 * dialog.screen().availableGeometry().height())
    found = []
    for area in dialog.findChildren(QScrollArea):
        if not area.isVisible():  # a page that is not turned to has no size yet
            continue
        content = area.widget()
        assert content is not None
        if content.width() > area.viewport().width():
            found.append(f"{content.width()} px in {area.viewport().width()} px")
        hidden = area.verticalScrollBar().maximum()
        if hidden and scaled < 1.6 and dialog.height() < room:
            found.append(f"{hidden} px are scrolled")
    return found


def test_no_text_is_cut_off(scaled, qtbot, settings):
    for dialog in dialogs(settings):
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        for _ in range(100):  # a dialog finds its height in some turns of the event loop
            if not scrolled_in_vain(dialog, scaled):
                break
            qtbot.wait(20)
        assert cut_off(dialog) == [], type(dialog).__name__
        assert scrolled_in_vain(dialog, scaled) == [], type(dialog).__name__
        dialog.close()


def test_a_dialog_that_grows_stays_on_the_screen(qtbot, settings):
    dialog = ImportDialog([FormatChoice("yolo", "YOLO-seg", LONG)], ClassTable(), {})
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    screen = dialog.screen().availableGeometry()
    dialog.move(screen.right() - dialog.width(), screen.bottom() - dialog.height() - 20)
    before = dialog.height()
    classes = [(f"class {number}", 3) for number in range(9)]
    dialog.show_answer(ImportAnswer("yolo", [("yolo", 3)], classes, images=2, instances=3))
    qtbot.waitUntil(lambda: dialog.height() > before)
    qtbot.waitUntil(lambda: screen.contains(dialog.frameGeometry()))
    dialog.close()


@pytest.mark.parametrize("details", ["", "a.txt:3: joins 2 outlines"])
def test_a_report_is_closed_by_the_key_that_lies_at_hand(qtbot, details):
    report = Report(window_title="Import", title="Done", facts=["A fact."], details=details)
    dialog = ReportDialog(report)
    qtbot.addWidget(dialog)
    dialog.show()
    focus = dialog.focusWidget()
    assert isinstance(focus, QPushButton), "a text has nothing to do with Enter"
    assert focus.text() == "Close"
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_progress_of_reading_is_not_cut_off(scaled, qtbot):
    dialog = ImportDialog([FormatChoice("yolo", "YOLO-seg", "")], ClassTable(), {})
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_source(Path("/tmp/set"))
    dialog.show_progress(Progress("Reading the labels", 1, 3))
    area = dialog.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0 and not cut_off(dialog))


def test_the_buttons_of_a_question_are_shown_whole(scaled, qtbot):
    """A question of few words was as narrow as its text, and its buttons with it."""
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setText("Exporting")
    box.addButton("Stop it and close", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton("Keep the window open", QMessageBox.ButtonRole.RejectRole)
    layout.open_question(box)
    qtbot.waitExposed(box)
    assert not cut_off(box)


def test_lists_that_are_long_leave_their_buttons_on_a_small_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 200 % on a laptop *Close* and *Change keys* lay below the screen."""
    room = 353  # of the 384 lines that such a screen has
    monkeypatch.setattr(layout, "ROOM", room / QApplication.primaryScreen().size().height())
    settings = Settings()
    for dialog in (
        ShortcutsDialog(settings), KeyEditor(settings), AboutDialog(), GuideDialog(),
        CommandPalette({}, settings), SettingsDialog(settings),
    ):  # fmt: skip
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.height() <= room, type(dialog).__name__


def test_a_path_that_is_pasted_is_read_and_one_that_is_typed_says_how(qtbot: QtBot) -> None:
    """Whoever pasted one saw a grey button and “Choose what to read”."""
    dialog = ImportDialog([FormatChoice("yolo", "YOLO-seg", "")], ClassTable(), {})
    qtbot.addWidget(dialog)
    dialog.show()
    asked: list[str] = []
    dialog.preview_requested.connect(lambda request: asked.append(request.source.as_posix()))
    QTest.keyClicks(dialog._source, "/a")
    assert asked == []
    texts = [label.text() for label in dialog._card.findChildren(QLabel)]
    assert "Press Enter, and what lies there is read." in texts
    QGuiApplication.clipboard().setText("/data/labels")
    dialog._source.selectAll()
    dialog._source.paste()
    assert asked == ["/data/labels"]


def test_a_dialog_about_the_canvas_goes_beside_a_small_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(0, 0, 640, 360)
    area = QWidget(window)
    area.setGeometry(340, 40, 300, 280)
    dialog = QDialog(window)
    dialog.setFixedSize(260, 160)
    layout.stand_in_corner(dialog, area, area.rect().adjusted(10, 10, -10, -10))
    assert dialog.geometry().right() < area.x()
    assert window.geometry().contains(dialog.geometry())
    layout.stand_in_corner(dialog, area)
    assert area.geometry().contains(dialog.geometry()), "in the area where nothing is hidden"
