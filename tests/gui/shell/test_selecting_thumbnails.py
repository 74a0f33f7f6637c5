"""Several images are selected among the thumbnails; the list selects the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_selecting_images import (
    CTRL,
    LEFT,
    NONE,
    RIGHT,
    SHIFT,
    names,
    offered,
    open_name,
    rows,
    said,
    states,
)

from dynseg.project.query import ImageQuery
from dynseg_annotator import theme
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.thumbnail_grid import CELL_PX, ThumbnailGrid

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def grid(opened: Workbench, qtbot: QtBot) -> Workbench:
    """Six images, four in a row."""
    opened.window.resize(1200, 800)
    opened.window.activateWindow()
    opened.parts.actions["show-grid"].trigger()
    qtbot.waitUntil(opened.parts.grid.isVisible)
    opened.parts.grid.setFixedWidth(4 * CELL_PX + 40)  # whatever the window does meanwhile
    qtbot.waitUntil(lambda: opened.parts.grid._grid.columnCount() == 4)
    return opened


def place(opened: Workbench, at: int) -> QPoint:
    view = opened.parts.grid
    return view.visualRect(view._grid.place(at)).center()


def press(
    opened: Workbench,
    at: int,
    keys: Qt.KeyboardModifier = NONE,
    button: Qt.MouseButton = LEFT,
) -> None:
    QTest.mouseClick(opened.parts.grid.viewport(), button, keys, place(opened, at))


def ask_menu(opened: Workbench, at: int) -> dict[str, str]:
    """Right-click, and what is offered then."""
    press(opened, at, button=RIGHT)
    view, where = opened.parts.grid, place(opened, at)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, view.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(view.viewport(), event)
    return offered(opened)


def close_menu(opened: Workbench) -> None:
    assert opened.listing.menu.menu is not None
    opened.listing.menu.menu.close()


def filled(view: ThumbnailGrid, at: int) -> bool:
    """Whether a cell is painted as selected."""
    rect = view.visualRect(view._grid.place(at))
    seen = view.viewport().grab().toImage().pixelColor(rect.topLeft() + QPoint(4, 4))
    return seen == QColor(theme.colours().selection)


def test_ctrl_and_shift_select_in_reading_order_and_open_nothing(grid: Workbench) -> None:
    press(grid, 1)
    assert (open_name(grid), names(grid)) == ("0", ["1"])
    press(grid, 4, SHIFT)
    assert names(grid) == ["1", "2", "3", "4"], "those between, not a rectangle"
    press(grid, 2, CTRL)
    assert names(grid) == ["1", "3", "4"]
    assert [filled(grid.parts.grid, at) for at in range(6)] == [
        False, True, False, True, True, False,
    ]  # fmt: skip
    assert open_name(grid) == "0"
    title = grid.window.dock("images").note
    assert title.endswith("3 selected")
    press(grid, 4)
    assert names(grid) == ["4"]
    press(grid, 5, SHIFT | CTRL)
    press(grid, 0, SHIFT | CTRL)
    assert names(grid) == ["0", "1", "2", "3", "4", "5"]


def test_the_keyboard_selects_in_the_grid(grid: Workbench) -> None:
    view = grid.parts.grid
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert names(grid) == ["1"]
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert names(grid) == ["1", "2", "3", "4", "5"]
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert names(grid) == ["1", "2", "3", "4"]
    QTest.keyClick(view, Qt.Key.Key_Left, CTRL)
    assert names(grid) == ["1", "2", "3", "4"], "it only goes there"
    QTest.keyClick(view, Qt.Key.Key_Space, CTRL)
    assert names(grid) == ["1", "2", "4"]
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert len(names(grid)) == grid.parts.images.total, "shapes were selected instead"
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert names(grid) == ["2"]
    assert open_name(grid) == "0"


def test_a_drag_selects_from_the_press_to_the_pointer(grid: Workbench) -> None:
    port = grid.parts.grid.viewport()
    QTest.mousePress(port, LEFT, NONE, place(grid, 0))
    for at in (1, 2):  # with the button held, whatever the pointer of the desktop does
        where = QPointF(place(grid, at))
        kind = QEvent.Type.MouseMove
        event = QMouseEvent(
            kind, where, port.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT, NONE
        )
        QApplication.sendEvent(port, event)
    QTest.mouseRelease(port, LEFT, NONE, place(grid, 2))
    assert names(grid) == ["0", "1", "2"]


def test_list_and_grid_select_the_same(grid: Workbench) -> None:
    list_view = rows(grid)
    list_view.selectRow(2)
    assert grid.parts.grid.is_selected(grid.parts.grid._grid.place(2))
    press(grid, 1)
    press(grid, 3, SHIFT)
    QTest.keyClick(grid.parts.grid, Qt.Key.Key_Escape)
    assert names(grid) == ["1", "2", "3"], "several stay selected"
    grid.parts.actions["show-grid"].trigger()
    press(grid, 4)
    QTest.keyClick(grid.parts.grid, Qt.Key.Key_Escape)
    assert names(grid) == [open_name(grid)], "the list is at the open image again"


def test_the_menu_is_about_what_is_selected(grid: Workbench, qtbot: QtBot) -> None:
    press(grid, 1)
    press(grid, 3, SHIFT)
    assert ask_menu(grid, 2)["selected-skip"] == "&Skip 3 images"
    close_menu(grid)
    texts = ask_menu(grid, 4)  # elsewhere: that one alone, which is not the open one
    assert names(grid) == ["4"]
    assert texts["selected-skip"] == "&Skip 1 image"
    assert "selected-val" in texts
    menu = grid.listing.menu.menu
    assert menu is not None
    lines = {line.objectName(): line for line in menu.actions()}
    lines["copy-image-path"].trigger()
    assert Path(QGuiApplication.clipboard().text()).name == "img_4.jpg"
    lines["selected-skip"].trigger()
    qtbot.waitUntil(lambda: bool(said(grid)))
    assert states(grid) == [*["unlabelled"] * 4, "skipped", "unlabelled"]
    close_menu(grid)
    qtbot.waitUntil(lambda: grid.parts.images.all_rows()[4].state.value == "skipped")
    assert names(grid) == ["4"], "it stays selected when the list is read again"
    view = grid.parts.grid
    assert view._grid.at(view.currentIndex()) == 4
    assert open_name(grid) == "0"


def test_where_no_image_is_nothing_is_selected(grid: Workbench) -> None:
    press(grid, 1)
    press(grid, 2, CTRL)
    view = grid.parts.grid
    below = view.visualRect(view._grid.place(5)).bottomLeft() + QPoint(5, 40)
    QTest.mouseClick(view.viewport(), LEFT, NONE, below)
    assert rows(grid).selected_count == 0
    press(grid, 4, SHIFT)
    assert names(grid) == ["4"], "what was selected before is no beginning any more"


def test_a_stretch_begins_anew_when_its_start_is_filtered_away(grid: Workbench) -> None:
    press(grid, 1)
    grid.parts.image_panel.query_asked.emit(ImageQuery(text="img_3"))
    press(grid, 0, SHIFT)
    assert names(grid) == ["3"]
