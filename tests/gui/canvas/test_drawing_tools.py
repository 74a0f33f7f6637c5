"""Polygon and rectangle, drawn with real mouse and key events."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from tests.gui.canvas.conftest import CTRL, MIDDLE, Desk, square

from dynseg.geometry.polygon import area


@pytest.fixture
def polygon(desk: Desk) -> Desk:
    desk.canvas.set_tool("polygon")
    return desk


@pytest.fixture
def rectangle(desk: Desk) -> Desk:
    desk.canvas.set_tool("rectangle")
    return desk


def triangle(desk: Desk) -> None:
    for x, y in ((100, 100), (300, 120), (200, 300)):
        desk.click(x, y)


def points(desk: Desk) -> list[list[float]]:
    found: list[list[float]] = desk.shapes[-1][0].outer.tolist()
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_c1_enter_closes(polygon: Desk, key: Qt.Key) -> None:
    triangle(polygon)
    polygon.key(key)
    assert points(polygon) == [[100, 100], [300, 120], [200, 300]]
    assert not polygon.texts, "the canvas asks, the window adds"
    assert not polygon.canvas.is_drawing


def test_c1_a_click_on_the_first_point_closes(polygon: Desk) -> None:
    triangle(polygon)
    polygon.click(103, 102)
    assert len(points(polygon)) == 3


def test_c1_a_double_click_closes_without_doubling_the_last_point(polygon: Desk) -> None:
    polygon.click(100, 100)
    polygon.click(300, 120)
    polygon.click(200, 300)
    polygon.double_click(200, 300)
    polygon.release(200, 300)
    assert points(polygon) == [[100, 100], [300, 120], [200, 300]]
    assert not polygon.canvas.is_drawing


def test_c14_two_points_are_refused_and_kept_open(polygon: Desk) -> None:
    polygon.click(100, 100)
    polygon.click(300, 120)
    polygon.key(Qt.Key.Key_Return)
    assert not polygon.shapes
    assert "three points" in polygon.hints[-1]
    assert polygon.canvas.is_drawing


@pytest.mark.parametrize(
    ("key", "keys"),
    [(Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, CTRL)],
)
def test_c1_the_last_point_is_taken_back(
    polygon: Desk, key: Qt.Key, keys: Qt.KeyboardModifier
) -> None:
    triangle(polygon)
    polygon.click(150, 350)
    polygon.key(key, keys)
    polygon.key(Qt.Key.Key_Return)
    assert points(polygon) == [[100, 100], [300, 120], [200, 300]]


def test_ctrl_z_belongs_to_the_window_when_nothing_is_open(polygon: Desk) -> None:
    def claimed() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
        event.ignore()
        QApplication.sendEvent(polygon.canvas, event)
        return event.isAccepted()

    assert not claimed()
    polygon.click(100, 100)
    assert claimed()


def test_escape_drops_the_outline_then_leaves_the_tool(polygon: Desk) -> None:
    triangle(polygon)
    polygon.key(Qt.Key.Key_Escape)
    assert not polygon.canvas.is_drawing
    assert polygon.canvas.tool == "polygon"
    polygon.key(Qt.Key.Key_Escape)
    assert polygon.canvas.tool == "edit"
    assert not polygon.shapes


def test_c2_freehand_is_drawn_by_dragging_and_closes_on_the_first_point(polygon: Desk) -> None:
    around = [(300 + 100 * np.cos(t), 240 + 100 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 40)]
    polygon.drag(*[(round(x), round(y)) for x, y in around])
    assert len(polygon.shapes) == 1
    part = polygon.shapes[0][0]
    assert area(part) == pytest.approx(np.pi * 100**2, rel=0.03)
    assert len(part.outer) < 60, "a stroke is thinned"


def test_c2_freehand_and_clicks_make_one_outline(polygon: Desk) -> None:
    polygon.click(100, 100)
    polygon.drag((300, 100), (320, 150), (300, 200))
    assert not polygon.shapes
    polygon.click(100, 200)
    polygon.key(Qt.Key.Key_Return)
    assert area(polygon.shapes[0][0]) == pytest.approx(200 * 100 + 20 * 100 / 2, rel=0.03)


def test_c2_a_stroke_is_taken_back_as_a_whole(polygon: Desk) -> None:
    triangle(polygon)
    polygon.drag((150, 320), (60, 330), (60, 200))
    polygon.key(Qt.Key.Key_Backspace)
    polygon.key(Qt.Key.Key_Return)
    assert points(polygon) == [[100, 100], [300, 120], [200, 300]]


def test_c14_a_crossing_outline_is_repaired_and_that_is_said(polygon: Desk) -> None:
    for x, y in ((100, 100), (300, 300), (300, 100), (100, 300)):
        polygon.click(x, y)
    polygon.key(Qt.Key.Key_Return)
    assert len(polygon.shapes) == 1
    assert sum(area(part) for part in polygon.shapes[0]) == pytest.approx(20_000, rel=0.01)
    assert "repaired" in polygon.hints[-1]


def test_c14_an_outline_without_area_is_refused_with_the_reason(polygon: Desk) -> None:
    for x in (100, 200, 300):
        polygon.click(x, 100)
    polygon.key(Qt.Key.Key_Return)
    assert not polygon.shapes
    assert "Refused" in polygon.hints[-1]
    assert polygon.canvas.is_drawing


def test_c14_points_outside_land_on_the_border(polygon: Desk) -> None:
    polygon.canvas.resize(800, 600)
    for x, y in ((600, 400), (690, 400), (690, 520), (600, 520)):
        polygon.click(x, y)
    polygon.key(Qt.Key.Key_Return)
    assert points(polygon) == [[600, 400], [640, 400], [640, 480], [600, 480]]


def test_d1_middle_drag_pans_while_drawing_and_keeps_the_points(polygon: Desk) -> None:
    polygon.canvas.camera.set_zoom(2.0)
    before = polygon.canvas.camera.view
    polygon.click(300, 200)
    polygon.click(350, 200)
    polygon.press(320, 240, button=MIDDLE)
    start = polygon.point(320, 240)
    polygon.move(340, 260)
    polygon.release(340, 260, button=MIDDLE)
    assert polygon.canvas.camera.view != before
    assert polygon.point(320, 240) == start + (polygon.point(340, 260) - polygon.point(320, 240))
    polygon.click(330, 260)
    polygon.key(Qt.Key.Key_Return)
    assert points(polygon) == [[300, 200], [350, 200], [330, 260]]


def test_another_image_forgets_the_outline(polygon: Desk) -> None:
    triangle(polygon)
    polygon.show(polygon.document.__class__(2, 640, 480))
    assert not polygon.canvas.is_drawing


def test_selecting_shapes_is_not_what_a_drawing_tool_does(polygon: Desk) -> None:
    polygon.put(square(100, 100, 100, id="a"))
    polygon.click(150, 150)
    assert polygon.selected() == ()


def test_a_rectangle_is_dragged(rectangle: Desk) -> None:
    rectangle.drag((300, 200), (100, 80))
    assert points(rectangle) == [[100, 80], [300, 80], [300, 200], [100, 200]]


def test_a_rectangle_is_clicked(rectangle: Desk) -> None:
    rectangle.click(100, 80)
    assert rectangle.canvas.is_drawing
    rectangle.click(300, 200)
    assert points(rectangle) == [[100, 80], [300, 80], [300, 200], [100, 200]]


def test_a_rectangle_stays_inside_the_image(rectangle: Desk) -> None:
    rectangle.canvas.resize(800, 600)
    rectangle.drag((600, 400), (700, 520))
    assert points(rectangle)[2] == [640, 480]


def test_a_flat_rectangle_is_refused(rectangle: Desk) -> None:
    rectangle.drag((300, 200), (100, 200))
    assert not rectangle.shapes
    assert "Refused" in rectangle.hints[-1]


def test_escape_drops_the_rectangle(rectangle: Desk) -> None:
    rectangle.click(100, 80)
    rectangle.key(Qt.Key.Key_Escape)
    rectangle.click(300, 200)
    assert not rectangle.shapes
    rectangle.key(Qt.Key.Key_Escape)
    rectangle.key(Qt.Key.Key_Escape)
    assert rectangle.canvas.tool == "edit"


def test_a_drag_that_loses_the_button_leaves_nothing(rectangle: Desk) -> None:
    rectangle.press(100, 80)
    rectangle.move(200, 150)
    QApplication.sendEvent(rectangle.canvas, QEvent(QEvent.Type.WindowDeactivate))
    rectangle.release(200, 150)
    assert not rectangle.shapes
    assert not rectangle.canvas.is_drawing


def test_the_tool_in_force_is_told(desk: Desk) -> None:
    told: list[str] = []
    desk.canvas.tool_changed.connect(told.append)
    desk.canvas.set_tool("polygon")
    desk.canvas.set_tool("polygon")
    assert told == ["polygon"]
    assert desk.canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    with pytest.raises(KeyError):
        desk.canvas.set_tool("hammer")
