"""Classes, files and models whose names look like HTML: shown as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_image_model import row

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.classes import ClassListModel
from dynseg_annotator.itemmodels.history import HistoryModel, HistoryRow, Place
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.instances import InstanceListModel
from dynseg_annotator.panels.elided_label import ElidedLabel
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.panels.status_line import StatusLine
from dynseg_annotator.session.visibility import Visibility

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NAME = "<b>nut</b>"
TIP = Qt.ItemDataRole.ToolTipRole
SAID = Qt.ItemDataRole.AccessibleTextRole


def test_tool_tips_of_lists_name_what_there_is(qapp: QApplication) -> None:
    images = ImageListModel()
    images.set_rows([row(1, rel=f"{NAME}.jpg"), row(2, rel="plain.jpg")])
    classes, instances = ClassListModel(Visibility()), InstanceListModel(Visibility())
    table = ClassTable((ClassLabel(1, NAME, "#ff0000"),))
    classes.set_classes(table)
    instances.set_classes(table)
    part = Part(ring([(0, 0), (9, 0), (9, 9)]))
    instances.set_annotation(Annotation(1, 20, 20, (Instance(1, (part,)),)))
    history = HistoryModel()
    history.set_rows([HistoryRow(1, f"Change class to {NAME}", Place.PRESENT)])
    for index in (images.index(0), classes.index(0, 4), instances.index(0, 0), history.index(0, 0)):
        tip = cast(str, index.data(TIP))
        assert "&lt;b&gt;nut&lt;/b&gt;" in tip, tip
    assert NAME in images.index(0).data(SAID), "a screen reader reads no HTML"
    assert NAME in instances.index(0, 0).data(SAID)
    assert images.index(1).data(TIP).startswith("plain.jpg\n")


def test_a_hint_and_a_recent_project_are_shown_as_they_are(qtbot: QtBot) -> None:
    line, page = StatusLine(), StartPage()
    for widget in (line, page):
        qtbot.addWidget(widget)
    line.set_hint(f"{NAME} is shown again")
    assert "&lt;b&gt;" in line._hint.toolTip()
    page.set_recent([f"/photos/{NAME}"])
    tips = [button.toolTip() for button in page.findChildren(QToolButton)]
    assert any("&lt;b&gt;" in tip for tip in tips)
    page.set_busy(f"Opening {NAME} …")
    (busy,) = [label for label in page.findChildren(QLabel) if NAME in label.text()]
    assert busy.textFormat() is Qt.TextFormat.PlainText


def test_a_line_that_is_cut_takes_the_room_of_its_letters(qtbot: QtBot) -> None:
    labels = [ElidedLabel(text) for text in (NAME, "<b>nut</b", "nut")]
    for label in labels:
        qtbot.addWidget(label)
    tagged, broken, bare = (label.sizeHint().width() for label in labels)
    assert tagged > broken > bare


def test_a_folder_with_labels_is_asked_about_by_its_name(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.dropping._ask(tmp_path / NAME.replace("/", ""))
    box = opened.window.findChild(QMessageBox)
    assert box is not None
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.reject()


def test_the_root_of_a_disk_has_a_name_on_the_start_page(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.set_recent([str(Path("/"))])
    (button,) = [b for b in page.findChildren(QToolButton) if not b.isHidden()]
    assert button.text().split()[0]
    assert not button.text().startswith(" ")
