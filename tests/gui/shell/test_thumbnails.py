"""The grid of thumbnails: lazily, with shapes, by keyboard, in the list's filter and order."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState
from dynseg.images.decode import decode_small
from dynseg.project.query import ImageQuery
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder
from dynseg_annotator.itemmodels.image_grid import ImageGridModel
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.panels.thumbnail_grid import ThumbnailGrid
from dynseg_annotator.session import thumbnails as thumbnails_module
from dynseg_annotator.session.thumbnails import FILL_ALPHA, _key


@pytest.fixture
def grid(application: Workbench, folder: Path, qtbot: QtBot) -> Workbench:
    """The window with the grid in sight, on a project with a class."""
    Store.create(folder, images=folder, classes=["nut"]).close()
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    application.window.resize(1200, 800)
    application.parts.actions["show-grid"].trigger()
    qtbot.waitUntil(application.parts.grid.isVisible)
    return application


def test_pictures_come_for_what_is_in_sight(grid: Workbench, qtbot: QtBot) -> None:
    image_id = propose(grid, 0, 0.9)
    images, thumbnails = grid.parts.images, grid.parts.thumbnails
    qtbot.waitUntil(lambda: count_of(grid, image_id) == 1, timeout=8000)
    rows = images.all_rows()
    qtbot.waitUntil(lambda: all(thumbnails.of(row) is not None for row in rows), timeout=8000)
    first, second, broken = (thumbnails.of(rows[at]) for at in (0, 1, 5))
    assert first is not None
    assert second is not None
    assert broken is not None
    assert broken.isNull()
    assert first.size().width() == thumbnails.side_px
    qtbot.wait(200)  # the picture from before the proposal gives way
    first = thumbnails.of(rows[0])
    assert first is not None
    # The proposal covers 10..40 of 320 pixels; the ground there is one colour.
    factor = first.width() / 320
    at = (round(25 * factor), round(35 * factor))
    plain, colour = (0, 90, 160), channels(QColor(grid.context.classes.labels[0].colour))
    seen = channels(first.toImage().pixelColor(*at))
    for was, inside, now in zip(plain, colour, seen, strict=True):
        assert abs(now - (was + (inside - was) * FILL_ALPHA / 255)) < 3
    assert seen != plain


def channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def count_of(window: Workbench, image_id: int) -> int:
    row = window.parts.images.row_of(image_id)
    return row.instance_count if row is not None else 0


def test_enter_opens_and_escape_leaves(grid: Workbench, qtbot: QtBot) -> None:
    view, images = grid.parts.grid, grid.parts.images
    rows = images.all_rows()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert grid.context.session.image_id == rows[2].id
    assert not view.isVisible()
    grid.parts.actions["show-grid"].trigger()
    assert view._grid.at(view.currentIndex()) == 2
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert grid.context.session.image_id == rows[2].id


def test_keys_go_through_all_images_and_no_further(grid: Workbench) -> None:
    view = grid.parts.grid
    view._grid.set_columns(4)  # six images: two cells of the last row are empty
    for expected in (1, 2, 3, 4, 5, 5):
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert view._grid.at(view.currentIndex()) == expected
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view._grid.at(view.currentIndex()) == 1
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view._grid.at(view.currentIndex()) == 5


def test_an_edit_is_drawn_when_it_is_saved(grid: Workbench, qtbot: QtBot) -> None:
    image_id = propose(grid, 0, 0.9)
    qtbot.waitUntil(lambda: count_of(grid, image_id) == 1, timeout=8000)
    grid.navigation.open(image_id)
    thumbnails = grid.parts.thumbnails

    def drawn() -> QImage | None:
        """The picture of what the row says now; None while an older one is shown."""
        row = grid.parts.images.row_of(image_id)
        assert row is not None
        held = thumbnails.of(row)
        current = image_id in thumbnails._kept and thumbnails._kept[image_id][0] == _key(row)
        return held.toImage() if held is not None and current else None

    annotation = grid.context.session.annotation
    assert annotation is not None
    qtbot.waitUntil(lambda: drawn() is not None, timeout=8000)
    before = drawn()
    grid.context.session.selection.set([annotation.instances[0].id])
    grid.parts.actions["delete"].trigger()
    grid.context.session.flush(5)
    qtbot.waitUntil(lambda: drawn() not in (None, before), timeout=8000)


def test_an_edit_that_is_saved_when_another_image_is_open_is_drawn(
    grid: Workbench, qtbot: QtBot
) -> None:
    first = propose(grid, 0, 0.9)
    qtbot.waitUntil(lambda: count_of(grid, first) == 1, timeout=8000)
    grid.navigation.open(first)
    session, thumbnails, images = grid.context.session, grid.parts.thumbnails, grid.parts.images
    row = images.row_of(first)
    assert row is not None
    qtbot.waitUntil(lambda: thumbnails.of(row) is not None and not thumbnails._asked, timeout=8000)
    annotation = session.annotation
    assert annotation is not None
    assert session.apply("Delete shape", edits.remove([annotation.instances[0].id]))
    grid.navigation.open(images.ids()[1])
    qtbot.waitUntil(lambda: not session.unsaved, timeout=8000)
    assert thumbnails._kept[first][0] != _key(row), "made anew when it is next in sight"


def test_a_picture_that_was_begun_before_the_edit_counts_as_old(
    grid: Workbench, qtbot: QtBot
) -> None:
    thumbnails, images = grid.parts.thumbnails, grid.parts.images
    row = images.row_of(images.ids()[0])
    assert row is not None
    qtbot.waitUntil(lambda: thumbnails.of(row) is not None and not thumbnails._asked)
    thumbnails.forget([row.id])
    late = QImage(8, 8, QImage.Format.Format_RGB32)
    thumbnails.deliver(row, late, thumbnails._generation)
    assert thumbnails._kept[row.id][0] != _key(row)
    thumbnails.of(row)
    qtbot.waitUntil(lambda: thumbnails._kept[row.id][0] == _key(row))


def many(count: int) -> list[ImageRow]:
    return [
        ImageRow(
            id=at + 1, rel=f"{at:06d}.jpg", width=640, height=480, state=ImageState.UNLABELLED,
            revision=0, instance_count=0, min_score=None, split="", damage="", size_bytes=1,
            mtime_ns=1,
        )
        for at in range(count)
    ]  # fmt: skip


def test_filter_and_order_are_those_of_the_list(qapp: object) -> None:
    images = ImageListModel()
    grid = ImageGridModel(images)
    grid.set_columns(3)
    images.set_rows(many(10))
    assert (grid.rowCount(), grid.columnCount()) == (4, 3)
    images.set_query(ImageQuery(text="00000?"))
    images.set_order(ImageOrder.RANDOM)
    shown = [grid.data(grid.place(at)) for at in range(images.rowCount())]
    assert shown == [images.data(images.index(at)) for at in range(images.rowCount())]
    assert grid.data(grid.index(3, 2)) is None
    assert not grid.flags(grid.index(3, 2)) & Qt.ItemFlag.ItemIsSelectable


def test_a_letter_does_not_walk_through_all_images(opened: Workbench) -> None:
    """It took seconds: each row was asked for its text."""
    opened.parts.images.set_rows(many(100_000))
    for view in (opened.parts.image_panel.view, opened.parts.grid):
        before = view.currentIndex()
        start = time.thread_time()
        QTest.keyClick(view, Qt.Key.Key_Z)
        view.keyboardSearch("q")
        assert time.thread_time() - start < 0.5
        assert view.currentIndex() == before


def test_small_pictures_follow_the_rules_of_the_decoder(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "turned.jpg"
    picture = Image.new("RGB", (800, 400), (200, 30, 30))
    picture.save(path, exif=_turned(picture))
    small = decode_small(path, 200)
    assert small.shape == (200, 100, 3)


def _turned(picture: object) -> object:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


@pytest.mark.slow
def test_a_hundred_thousand_images_do_not_hold_up_the_window(
    application: Workbench, qtbot: QtBot
) -> None:
    images = ImageListModel()
    view = ThumbnailGrid(images, application.parts.thumbnails, QItemSelectionModel(images))
    qtbot.addWidget(view)
    images.set_rows(many(100_000))
    view.resize(1100, 700)
    begun_s = time.perf_counter()
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    shown_ms = (time.perf_counter() - begun_s) * 1e3
    begun_s = time.perf_counter()
    view.scrollTo(view._grid.place(90_000))
    view.grab()
    scrolled_ms = (time.perf_counter() - begun_s) * 1e3
    print(f"grid of 100,000: shown {shown_ms:.0f} ms, far scroll {scrolled_ms:.1f} ms")
    view.hide()
    assert scrolled_ms < 200


def test_one_picture_that_cannot_be_made_leaves_the_others(
    grid: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk without room for what another process unpacks."""
    made, bad = thumbnails_module.picture, grid.parts.images.all_rows()[0].id

    def picture(store: Store, row: ImageRow, *others: Any) -> QImage:
        if row.id == bad:
            raise OSError("no room")
        return made(store, row, *others)

    monkeypatch.setattr(thumbnails_module, "picture", picture)
    thumbnails, rows = grid.parts.thumbnails, grid.parts.images.all_rows()
    thumbnails.forget()
    qtbot.waitUntil(lambda: thumbnails.of(rows[1]) is not None, timeout=8000)
    qtbot.waitUntil(lambda: thumbnails.of(rows[0]) is not None, timeout=8000)
    first = thumbnails.of(rows[0])
    assert first is not None
    assert first.isNull()
