"""Import in the window (H2, H3, H4, H5, A3): shown first, then one step, with a report."""

from __future__ import annotations

import json
import tarfile
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState, Origin
from dynseg.formats import registry
from dynseg.project import backups
from dynseg.sample.generate import generate
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_choice import IGNORE
from dynseg_annotator.dialogs.import_dialog import AUTO, ImportDialog
from dynseg_annotator.dialogs.report_dialog import ReportDialog
from dynseg_annotator.itemmodels.instances import origin_text

LONG_MS = 20_000


def yolo(folder: Path) -> Path:
    """Labels of two images: three good shapes, one broken line."""
    folder.mkdir()
    (folder / "classes.txt").write_text("bolt\nwasher\n")
    square = "0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5"
    (folder / "img_1.txt").write_text(f"0 {square}\n1 0.6 0.6 0.9 0.6 0.9 0.9\n0 0.1\n")
    (folder / "img_2.txt").write_text(f"1 {square}\n")
    return folder


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def import_button(dialog: ImportDialog) -> QPushButton:
    return layout.main_button(dialog._box)


@pytest.fixture
def window(opened: Workbench, qtbot: QtBot) -> Workbench:
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    return opened


def dialog_of(window: Workbench) -> ImportDialog:
    window.parts.actions["import-labels"].trigger()
    found = window.importing._dialog
    assert found is not None
    return found


def preview(dialog: ImportDialog, source: Path, qtbot: QtBot) -> None:
    """Type the path as a person does and wait for what is said about it."""
    QTest.keyClicks(dialog._source, str(source))
    QTest.keyClick(dialog._source, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "come" in said(dialog) and not dialog._card.is_busy, timeout=LONG_MS)


def test_labels_that_were_mended_are_read_anew(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    source, dialog = yolo(tmp_path / "labels"), dialog_of(window)
    preview(dialog, source, qtbot)
    assert "3 shapes come in" in said(dialog)
    (source / "img_2.txt").write_text("")
    dialog.set_source(source)
    qtbot.waitUntil(lambda: "2 shapes come in" in said(dialog), timeout=LONG_MS)
    dialog.reject()
    (source / "img_2.txt").write_text("1 0.1 0.1 0.5 0.1 0.5 0.5\n")
    dialog = dialog_of(window)
    preview(dialog, source, qtbot)
    assert "3 shapes come in" in said(dialog)


def report_of(window: Workbench, qtbot: QtBot) -> ReportDialog:
    qtbot.waitUntil(lambda: window.window.findChild(ReportDialog) is not None, timeout=LONG_MS)
    found = window.window.findChild(ReportDialog)
    assert found is not None
    return found


def test_everything_is_shown_before_anything_is_written(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    store = window.context.store
    assert store is not None
    dialog = dialog_of(window)
    assert not import_button(dialog).isEnabled()
    preview(dialog, yolo(tmp_path / "labels"), qtbot)
    assert "Recognised: YOLO" in said(dialog)
    assert "3 shapes come in; labels were found for 2 images" in said(dialog)
    assert "New classes: washer." in said(dialog)
    assert "img_1.txt:3" in dialog._details.toPlainText(), "file and line of what is refused"
    assert store.classes().names == ["bolt"]
    assert not store.runs()
    assert not backups.listed(store.layout)

    QTest.mouseClick(import_button(dialog), Qt.MouseButton.LeftButton)
    report = report_of(window, qtbot)
    assert "3 shapes added" in said(report)
    assert "Models learn from them once their images are reviewed" in said(report)
    assert "(Ctrl+Shift+Y)" in said(report)
    assert [r.kind for r in store.runs()] == ["import"]
    assert "before-an-import" in backups.listed(store.layout)[0].name
    qtbot.waitUntil(lambda: _count(window) == 3)
    copy = next(b for b in report.findChildren(QPushButton) if b.text() == "Copy report")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "img_1.txt:3" in QGuiApplication.clipboard().text()
    back = next(b for b in report.findChildren(QPushButton) if b.text() == "Take it back")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _count(window) == 0, timeout=LONG_MS)
    assert all(row.state is not ImageState.IN_WORK for row in store.images())


def _count(window: Workbench) -> int:
    return sum(row.instance_count for row in window.parts.images.all_rows())


def test_classes_are_mapped_ignored_and_remembered(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    source = yolo(tmp_path / "labels")
    dialog = dialog_of(window)
    preview(dialog, source, qtbot)
    boxes = dialog._classes._boxes
    assert list(boxes) == ["washer", "bolt"], "those of most shapes first"
    choose(boxes["washer"], IGNORE)
    qtbot.waitUntil(lambda: "2 shapes left out with their class" in said(dialog), timeout=LONG_MS)
    assert "New classes" not in said(dialog)
    QTest.mouseClick(import_button(dialog), Qt.MouseButton.LeftButton)
    report_of(window, qtbot).close()
    store = window.context.store
    assert store is not None
    assert store.classes().names == ["bolt"]

    again = dialog_of(window)
    preview(again, source, qtbot)
    assert again._classes.chosen() == {"washer": None}, "as the last time"
    qtbot.waitUntil(lambda: "2 shapes left out with their class" in said(again), timeout=LONG_MS)
    assert "1 shape in the project already" in said(again)
    assert not import_button(again).isEnabled(), "nothing would come in"
    again.reject()


def test_as_proposals_and_as_reviewed(window: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    store = window.context.store
    assert store is not None
    dialog = dialog_of(window)
    preview(dialog, yolo(tmp_path / "labels"), qtbot)
    choose(dialog._how, "proposals")
    qtbot.waitUntil(lambda: import_button(dialog).isEnabled(), timeout=LONG_MS)
    QTest.mouseClick(import_button(dialog), Qt.MouseButton.LeftButton)
    report_of(window, qtbot).close()
    row = next(r for r in store.images() if r.rel == "img_2.jpg")
    proposed = store.annotation(row.id)
    assert proposed.state is ImageState.PRELABELLED
    assert [item.origin for item in proposed.instances] == [Origin.MODEL]
    assert window.context.settings.get("import_how") == "proposals"

    again = dialog_of(window)
    assert again._how.currentData() == "proposals"
    choose(again._how, "reviewed")
    preview(again, tmp_path / "labels", qtbot)
    qtbot.waitUntil(lambda: import_button(again).isEnabled(), timeout=LONG_MS)
    QTest.mouseClick(import_button(again), Qt.MouseButton.LeftButton)
    report_of(window, qtbot).close()
    vouched = store.annotation(row.id)
    assert vouched.state is ImageState.REVIEWED
    assert [item.origin for item in vouched.instances] == [Origin.HUMAN]
    assert origin_text(vouched.instances[0])[0] == "imported", "nobody drew it here"


def choose(box: QComboBox, value: str) -> None:
    """Walk to a choice with the arrow keys."""
    steps = box.findData(value) - box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box.currentData() == value


def test_every_format_of_the_registry_is_offered(window: Workbench) -> None:
    dialog = dialog_of(window)
    offered = [dialog._format.itemData(i) for i in range(dialog._format.count())]
    assert offered == [AUTO, *(form.name for form in registry.readable())]
    dialog.reject()


def test_a_format_that_does_not_fit_is_said_and_can_be_changed(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    source = yolo(tmp_path / "labels")
    nothing = tmp_path / "nothing.json"
    nothing.write_text("[1, 2")
    dialog = dialog_of(window)
    dialog.set_source(nothing)
    qtbot.waitUntil(lambda: "no labels of a known format" in said(dialog), timeout=LONG_MS)
    assert not import_button(dialog).isEnabled()
    dialog.set_source(source)
    choose(dialog._format, "coco")
    qtbot.waitUntil(lambda: not dialog._card.is_busy, timeout=LONG_MS)
    assert not import_button(dialog).isEnabled()
    choose(dialog._format, "yolo")
    qtbot.waitUntil(lambda: import_button(dialog).isEnabled(), timeout=LONG_MS)
    dialog.reject()


def drop(window: Workbench, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(40, 40), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.window.dropEvent(event)


def test_a_label_file_dropped_on_the_window_is_read(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    coco = tmp_path / "instances.json"
    coco.write_text(
        json.dumps(
            {
                "images": [{"id": 1, "file_name": "img_0.jpg", "width": 320, "height": 240}],
                "categories": [{"id": 7, "name": "Bolt"}],
                "annotations": [
                    {
                        "id": 1, "image_id": 1, "category_id": 7, "iscrowd": 0,
                        "segmentation": [[10, 10, 90, 10, 90, 90, 10, 90]],
                    }
                ],
            }
        )
    )  # fmt: skip
    drop(window, coco)
    dialog = window.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: import_button(dialog).isEnabled(), timeout=LONG_MS)
    assert "Recognised: COCO" in said(dialog)
    chosen = dialog._classes.chosen()
    assert chosen == {"Bolt": window.context.classes.labels[0].id}, "differs in case alone"
    qtbot.waitUntil(lambda: "New classes" not in said(dialog), timeout=LONG_MS)
    dialog.reject()


def test_an_archive_and_lines_of_ultralytics_are_taken_where_they_are_dropped(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    head = {"type": "dataset", "task": "segment", "class_names": {"0": "Bolt"}}
    image = {"type": "image", "file": "img_0.jpg", "annotations": {"boxes": [[0, 0.5, 0.5, 1, 1]]}}
    lines = tmp_path / "set.ndjson"
    lines.write_text("\n".join(map(json.dumps, (head, image))))
    with tarfile.open(tmp_path / "set.tar.gz", "w:gz") as made:
        made.add(lines, "set/set.ndjson")
    for path in (lines, tmp_path / "set.tar.gz"):
        drop(window, path)
        dialog = window.importing._dialog
        assert dialog is not None
        button = import_button(dialog)
        qtbot.waitUntil(button.isEnabled, timeout=LONG_MS)
        assert "Recognised: Ultralytics NDJSON" in said(dialog)
        dialog.reject()


def test_a_dropped_folder_of_labels_is_asked_about(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, yolo(tmp_path / "labels"))
    qtbot.waitUntil(lambda: window.window.findChild(QMessageBox) is not None, timeout=LONG_MS)
    box = window.window.findChild(QMessageBox)
    assert box is not None
    button = next(b for b in box.buttons() if b.text() == "Import its labels")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: import_button(dialog).isEnabled(), timeout=LONG_MS)
    dialog.reject()


def test_a_closed_project_ends_the_dialog(window: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(window)
    dialog.set_source(yolo(tmp_path / "labels"))
    assert window.projects.close()
    assert window.importing._dialog is None


def test_marks_of_labelme_are_ignored_unless_somebody_chooses_a_class(
    window: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    square = [[10, 10], [40, 10], [40, 40], [10, 40]]
    shapes = [{"label": name, "points": square} for name in ("bolt", "__ignore__")]
    file = tmp_path / "img_1.json"
    file.write_text(json.dumps({"version": "5", "imagePath": "img_1.jpg", "shapes": shapes}))
    dialog = dialog_of(window)
    preview(dialog, file, qtbot)
    assert dialog._classes.box("__ignore__").currentData() == IGNORE
    assert dialog._classes.box("bolt").currentText() == "bolt (by name)"
    assert "1 shape or file cannot be used" in said(dialog)
    dialog.reject()


def test_what_was_dropped_on_another_project_does_not_close_the_open_one(
    window: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, go_on = list[Path](), threading.Event()

    def slow(folder: Path) -> tuple[()]:
        if folder.name == "dropped":
            looked.append(folder)
            go_on.wait(20)
        return ()

    for name in ("recognised", "detect"):
        monkeypatch.setattr(registry, name, slow)
    generate(tmp_path / "dropped", images=1, seed=1)
    generate(tmp_path / "other", images=1, seed=2)
    drop(window, tmp_path / "dropped")
    qtbot.waitUntil(lambda: looked == [tmp_path / "dropped"], timeout=LONG_MS)
    assert "dropped" in window.window.status_line._hint.text(), "it is being looked into"
    window.frame.open(tmp_path / "other")

    def is_open() -> bool:
        store = window.context.store
        return store is not None and store.root.name == "other"

    qtbot.waitUntil(is_open, timeout=LONG_MS)
    go_on.set()
    ended: list[None] = []
    window.context.background.run(lambda: None, done=ended.append)
    qtbot.waitUntil(lambda: bool(ended), timeout=LONG_MS)
    qtbot.wait(50)
    assert is_open()
    assert not window.projects._opening
