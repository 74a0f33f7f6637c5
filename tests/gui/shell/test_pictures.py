"""Every kind of picture that people have, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.rows.hands import CTRL, Hands

from dynseg.annotation.document import ImageState
from dynseg.project.records import ImageRow
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.row_list import RowList

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FORMATS: dict[str, Callable[[], Image.Image]] = {
    "gray16.png": lambda: Image.fromarray(
        np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    ),
    "gray.png": lambda: Image.new("L", (64, 48), 90),
    "palette.png": lambda: Image.new("RGB", (64, 48), (200, 30, 30)).convert("P"),
    "alpha.png": lambda: Image.new("RGBA", (64, 48), (10, 200, 30, 128)),
    "cmyk.jpg": lambda: Image.new("CMYK", (64, 48), (0, 200, 200, 0)),
    "plain.tif": lambda: Image.new("RGB", (64, 48), (1, 2, 200)),
    "lossless.webp": lambda: Image.new("RGB", (64, 48), (1, 200, 2)),
}


def test_d5_d6_photographs_stand_upright_and_every_kind_of_pixels_is_shown(
    application: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    hands = Hands(application, qtbot)
    for name, make in FORMATS.items():
        make().save(tmp_path / name)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: shown turned by a quarter
    Image.new("RGB", (64, 48), (9, 9, 9)).save(tmp_path / "turned.jpg", exif=exif)
    (tmp_path / "zz_broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    application.frame.open(tmp_path)
    images = application.parts.images
    hands.wait(lambda: images.total == len(FORMATS) + 2)
    names = [row.rel for row in images.all_rows()]
    hands.wait(lambda: hands.canvas.accepts_gestures)
    for at, name in enumerate(names[:-1]):
        assert hands.image == at
        hands.wait(lambda: hands.canvas.accepts_gestures)
        shown = hands.canvas.camera.image_size
        assert shown == ((48, 64) if name == "turned.jpg" else (64, 48)), name
        hands.key("D")
    hands.wait(lambda: "cannot be shown" in hands.canvas._placeholder.title)


def test_d7_a_picture_of_twenty_thousand_columns_is_worked_on_at_its_far_end(
    application: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    Image.new("RGB", (20_000, 300), (90, 120, 30)).save(tmp_path / "strip.png")
    hands = Hands(application, qtbot)
    application.frame.open(tmp_path)
    hands.wait(lambda: hands.canvas.accepts_gestures)
    application.classes.add("crack")
    hands.wait(lambda: len(application.context.classes) == 1)
    hands.canvas.setFocus()
    hands.wheel((19_900, 150), 40, CTRL)
    assert hands.scale > 10
    x, y = hands.canvas.camera.view.to_image(40, 40)
    hands.key("R")
    hands.drag((x, y), (x + 20, y + 15))
    assert hands.ring_of(hands.ids[0])[0] == pytest.approx((x, y), abs=0.2)
    hands.key("Ctrl+F")
    hands.canvas.rendering.finish()
    hands.canvas.repaint()


def test_d9_a_hundred_thousand_images_are_walked_through_by_keys(qtbot: QtBot) -> None:
    rows = [
        ImageRow(at, f"{at}.jpg", 9, 9, ImageState.UNLABELLED, 0, 0, None, "", "", 1, 1)
        for at in range(1, 100_001)
    ]
    model, view = ImageListModel(), RowList()
    model.set_rows(rows)
    view.setModel(model)
    qtbot.addWidget(view)
    view.show()
    view.setCurrentIndex(model.index(0))
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Up)
    row = model.image_at(view.currentIndex())
    assert row is not None
    assert row.id == 99_999
    assert model.neighbour(row.id, 1) == 100_000
    assert model.neighbour(row.id, -1, waiting=True) == 99_998
    view.close()
