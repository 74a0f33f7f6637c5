"""Rows of the image list: told once however many, read beside the window, drawn whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import propose
from tests.gui.shell.test_image_model import row

from dynseg.annotation.document import ImageState
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.image_grid import ImageGridModel
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.panels.elision import told_apart
from dynseg_annotator.panels.image_delegate import ImageDelegate

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_run_over_many_images_is_told_once(qapp: QApplication) -> None:
    model = ImageListModel()
    model.set_rows([row(n, state=ImageState.UNLABELLED) for n in range(500)])
    grid = ImageGridModel(model)
    grid.set_columns(4)
    told: list[str] = []
    model.counts_changed.connect(lambda: told.append("counts"))
    model.dataChanged.connect(lambda first, last: told.append(f"{first.row()} to {last.row()}"))
    grid.dataChanged.connect(
        lambda first, last: told.append(f"{first.row(), first.column(), last.row(), last.column()}")
    )
    model.update_rows(row(n, state=ImageState.PRELABELLED) for n in range(10, 400))
    assert sorted(told) == ["(2, 0, 99, 3)", "10 to 399", "counts"]
    assert model.counts[ImageState.PRELABELLED] == 390
    told.clear()
    model.update_rows([row(11, state=ImageState.REVIEWED)])
    assert sorted(told) == ["(2, 3, 2, 3)", "11 to 11", "counts"]


def test_numbers_of_a_row_are_drawn_whole(qapp: QApplication) -> None:
    def drawn(**facts: Any) -> QImage:
        model = ImageListModel()
        model.set_rows([row(1, **facts)])
        view = QTableView()
        view.setItemDelegate(ImageDelegate(view))
        view.setModel(model)
        view.horizontalHeader().setStretchLastSection(True)
        view.resize(300, 80)
        return view.grab().toImage()

    assert drawn(instance_count=1234) != drawn(instance_count=234)
    assert drawn(min_score=1.0) != drawn(min_score=0.0)


def test_long_names_that_differ_in_the_middle_are_told_apart(qapp: QApplication) -> None:
    metrics = QFontMetrics(QApplication.font())
    names = [f"2026-11-03 plate A well B{n:02d} DAPI 20x exposure 200 ms.tif" for n in range(4)]
    width = metrics.horizontalAdvance(names[0]) // 2
    shown = [told_apart(name, [n for n in names if n != name], metrics, width) for name in names]
    assert len(set(shown)) == 4
    assert [name[:4] for name in shown] == ["…B00", "…B01", "…B02", "…B03"]
    assert all(metrics.horizontalAdvance(name) <= width for name in shown)
    first = "IMG_0001 of a long day in the field.jpg"
    told = told_apart(first, ["IMG_0002 of a long day in the field.jpg"], metrics, width)
    assert told.startswith("IMG_0001")

    model = ImageListModel()
    view = QTableView()
    view.setItemDelegate(ImageDelegate(view))
    view.setModel(model)
    view.horizontalHeader().setStretchLastSection(True)
    view.resize(width + 150, 300)
    pictures = []
    for name in names[:2]:
        model.set_rows([row(1, rel=name), row(2, rel=names[2])])
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_rows_grow_with_the_font(qapp: QApplication) -> None:
    delegate, option = ImageDelegate(), QStyleOptionViewItem()
    index = ImageListModel().index(0)
    small = delegate.sizeHint(option, index).height()
    font = option.font
    font.setPointSizeF(font.pointSizeF() * 3)
    option.font = font
    assert delegate.sizeHint(option, index).height() > small


def test_after_a_merge_of_classes_the_rows_are_read_beside_the_window(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "bolt")
    nut = add_class(qtbot, opened, "nut")
    image_id = propose(opened, 1, 0.9)
    read_in: list[threading.Thread] = []
    images = Store.images

    def noted(store: Store, *wanted: Any) -> Any:
        read_in.append(threading.current_thread())
        return images(store, *wanted)

    monkeypatch.setattr(Store, "images", noted)
    before = opened.parts.images.row_of(image_id)
    opened.class_changes._let_go(opened.context.classes.labels[0], nut)
    qtbot.waitUntil(lambda: opened.parts.images.row_of(image_id) != before, timeout=8000)
    assert read_in
    assert threading.main_thread() not in read_in


def test_what_a_person_does_while_rows_are_read_stays_in_the_list(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened.context.store
    assert store is not None
    images, go_on, begun = store.images, threading.Event(), threading.Event()

    def slow() -> Any:
        rows = images()
        begun.set()
        assert go_on.wait(10)
        return [known._replace(instance_count=7) for known in rows]

    monkeypatch.setattr(store, "images", slow)
    opened.rows.read()
    assert begun.wait(10)
    first, second = opened.parts.images.ids()[:2]
    for _ in range(2):
        opened.parts.actions["accept-image"].trigger()
    assert opened.context.session.flush() == 0
    go_on.set()
    untouched = opened.parts.images.ids()[3]
    qtbot.waitUntil(lambda: _count(opened)(untouched) == 7, timeout=8000)
    for image_id in (first, second):
        known = opened.parts.images.row_of(image_id)
        assert known is not None
        assert known.state is ImageState.REVIEWED


def _count(window: Workbench) -> Callable[[int], int]:
    def count(image_id: int) -> int:
        known = window.parts.images.row_of(image_id)
        return known.instance_count if known is not None else -1

    return count
