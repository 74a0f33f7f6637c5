"""Export: what is asked, what is said before, what is said after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.export_dialog import (
    ExportDialog,
    ExportRequest,
    Preflight,
    Scope,
    notices,
    size_text,
)
from dynseg_annotator.dialogs.export_facts import count
from dynseg_annotator.dialogs.export_result_dialog import ExportResult, ExportResultDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

REVIEWED = Preflight(images=37, instances=412, with_holes=5, in_parts=12, size_bytes=84_000_000)
FACTS: dict[Scope, Preflight] = {
    "reviewed": REVIEWED,
    "shapes": Preflight(images=120, instances=1400),
}
REQUEST = ExportRequest(folder=Path("/x"), only_reviewed=True, link="copy", holes="keep")


@pytest.fixture
def dialog(qtbot, settings, tmp_path):
    made = ExportDialog(FACTS, settings, folder=tmp_path / "set")
    qtbot.addWidget(made)
    return made


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_what_the_format_cannot_hold_is_said_first():
    texts = [notice.text for notice in notices(REVIEWED, REQUEST)]
    assert texts == [
        "5 shapes with holes: joined by bridges.",
        "12 shapes in several parts: joined.",
    ]
    filled = notices(REVIEWED, replace(REQUEST, holes="fill"))
    assert filled[0].level == "warn"
    assert "filled" in filled[0].text


def test_every_fact_is_said():
    facts = Preflight(
        images=2, instances=1, empty=1, with_holes=1, in_parts=1, unreadable=1, undivided=2,
        other=("Colours are not kept.",),
    )  # fmt: skip
    found = notices(facts, REQUEST)
    assert len(found) == 6
    assert any("Colours" in notice.text for notice in found)
    assert found[0].text == "1 image cannot be read: left out."


def test_nothing_to_export_is_said_and_cannot_be_tried(qtbot, settings, tmp_path):
    empty = Preflight(images=0, instances=0)
    dialog = ExportDialog({"reviewed": empty, "shapes": empty}, settings, folder=tmp_path)
    qtbot.addWidget(dialog)
    assert not layout.main_button(dialog._box).isEnabled()
    assert "No image is reviewed yet" in said(dialog)


def test_without_reviewed_images_all_with_shapes_are_proposed(qtbot, settings, tmp_path):
    facts: dict[Scope, Preflight] = {**FACTS, "reviewed": Preflight(images=0, instances=0)}
    dialog = ExportDialog(facts, settings, folder=tmp_path / "set")
    qtbot.addWidget(dialog)
    assert dialog.scope() == "shapes"
    assert layout.main_button(dialog._box).isEnabled()


def test_the_request_is_what_was_chosen_and_is_remembered(dialog, qtbot, settings, tmp_path):
    boxes = dialog.findChildren(QComboBox)
    for box in boxes:
        for value in ("hard", "fill"):
            if box.findData(value) >= 0:
                box.setCurrentIndex(box.findData(value))
    next(b for b in dialog.findChildren(QRadioButton) if "All" in b.text()).click()
    with qtbot.waitSignal(dialog.export_requested) as asked:
        dialog.accept()
    assert asked.args == [
        ExportRequest(folder=tmp_path / "set", only_reviewed=False, link="hard", holes="fill")
    ]
    assert settings.get("export_link") == "hard"
    assert settings.get("export_holes") == "fill"


def test_the_folder_must_be_named(dialog):
    dialog.findChild(QLineEdit).setText("  ")
    assert not layout.main_button(dialog._box).isEnabled()
    assert "Choose a folder." in said(dialog)


def test_the_size_is_that_of_copies_alone(dialog):
    assert "84 MB" in said(dialog)
    box = next(b for b in dialog.findChildren(QComboBox) if b.findData("sym") >= 0)
    box.setCurrentIndex(box.findData("sym"))
    assert "84 MB" not in said(dialog)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1200, "1.2 kB"), (84e6, "84 MB"), (2.5e12, "2.5 TB")],
)
def test_sizes_are_for_people(size_bytes, text):
    assert size_text(int(size_bytes)) == text


def square(x: float, *, hole: bool = False) -> Part:
    holes = (ring([[x + 2, 4], [x + 4, 4], [x + 4, 6]]),) if hole else ()
    return Part(ring([[x, 2], [x + 8, 2], [x + 8, 10], [x, 10]]), holes)


def test_facts_are_counted_from_a_project(tmp_path):
    images = tmp_path / "images"
    images.mkdir()
    for name in "abc":
        Image.fromarray(np.zeros((40, 60, 3), np.uint8)).save(images / f"{name}.png")
    (images / "broken.jpg").write_bytes(b"no image")
    with Store.create(tmp_path, images=images, classes=["bolt"]) as store:
        class_id = store.classes().labels[0].id
        rows = {row.rel: row for row in store.images()}
        for rel, parts, state in (
            ("a.png", (square(2, hole=True), square(20)), ImageState.REVIEWED),
            ("b.png", (square(2),), ImageState.IN_WORK),
            ("c.png", (), ImageState.REVIEWED),
        ):
            before = store.annotation(rows[rel].id)
            after = edits.add(Instance(class_id, parts))(before) if parts else before
            after = edits.set_state(state)(after)
            delta = diff(before, after)
            store.commit(rows[rel].id, delta, expected_revision=before.revision, text="t")
        with store.snapshot() as view:
            facts = count(view)
    reviewed, shapes = facts["reviewed"], facts["shapes"]
    assert (reviewed.images, reviewed.instances, reviewed.empty) == (2, 1, 1)
    assert (reviewed.with_holes, reviewed.in_parts, reviewed.undivided) == (1, 1, 2)
    assert (shapes.images, shapes.instances, shapes.with_holes) == (3, 2, 1)
    assert reviewed.size_bytes == sum((images / n).stat().st_size for n in ("a.png", "c.png"))


def test_the_result_shows_and_copies_every_finding(qtbot, tmp_path):
    result = ExportResult(
        folder=tmp_path, images=37, instances=412,
        dropped=["a.jpg: is truncated; left out"], repaired=["b.jpg:3: crossed itself"],
    )  # fmt: skip
    dialog = ExportResultDialog(result)
    qtbot.addWidget(dialog)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy report").click()
    copied = QGuiApplication.clipboard().text()
    assert "a.jpg: is truncated" in copied
    assert "b.jpg:3" in copied
    assert "37 images, 412 shapes exported" in said(dialog)


def test_the_folder_is_one_click_away(qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = ExportResultDialog(ExportResult(folder=tmp_path, images=1, instances=0))
    dialog.show()
    layout.main_button(dialog._box).click()
    assert opened == [str(tmp_path)]
    assert not dialog.isVisible()
