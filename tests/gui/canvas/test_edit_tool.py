"""The edit tool, driven by real mouse and key events."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.canvas.conftest import LEFT, NONE, Desk, document, square

from dynseg.geometry.part import Part, ring

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_click_selects_and_a_click_on_nothing_clears(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.click(150, 150)
    assert desk.selected() == ("a",)
    desk.click(400, 400)
    assert desk.selected() == ()
    assert not desk.texts


def test_c13_the_smallest_shape_wins_and_clicking_again_goes_through_what_lies_below(
    desk: Desk,
) -> None:
    desk.put(square(50, 50, 300, id="large"), square(100, 100, 100, id="small"))
    desk.click(150, 150)
    assert desk.selected() == ("small",)
    desk.click(150, 150)
    assert desk.selected() == ("large",)
    desk.click(150, 150)
    assert desk.selected() == ("small",)
    desk.click(300, 300)
    desk.click(150, 150)
    assert desk.selected() == ("small",), "a click elsewhere starts from the smallest again"


def test_c13_small_shape_below_a_large_one_can_be_picked(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="small"), square(50, 50, 300, id="large"))
    desk.click(150, 150)
    assert desk.selected() == ("small",)


def test_c12_ctrl_click_adds_and_takes_away(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"))
    desk.click(90, 90)
    desk.click(240, 90, CTRL)
    assert desk.selected() == ("a", "b")
    desk.click(90, 90, CTRL)
    assert desk.selected() == ("b",)


@pytest.mark.parametrize("y", [50, 90], ids=["vertex", "edge"])
def test_c12_a_click_on_the_outline_of_one_of_several_keeps_it_alone(desk: Desk, y: int) -> None:
    """After Ctrl+A a click on an outline did nothing, and the next Ctrl+click left all but one."""
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"))
    desk.click(90, 90)
    desk.click(240, 90, CTRL)
    desk.click(50, y)
    assert desk.selected() == ("a",)
    desk.click(50, y)
    assert desk.selected() == ("a",)
    assert not desk.texts


def test_c12_rubber_band_on_empty_space_selects_what_it_touches(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"), square(500, 400, 50, id="c"))
    desk.drag((10, 10), (260, 200))
    assert set(desk.selected()) == {"a", "b"}
    assert not desk.texts


def test_c12_ctrl_rubber_band_keeps_the_selection(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(500, 400, 50, id="c"))
    desk.click(90, 90)
    desk.drag((450, 350), (600, 470), keys=CTRL)
    assert set(desk.selected()) == {"a", "c"}


def test_c3_dragging_a_vertex_is_one_edit_at_release(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.drag((100, 100), (80, 70))
    assert desk.texts == ["Move vertex"]
    assert desk.ring_of("a")[0] == pytest.approx([80, 70])
    assert desk.canvas.scene.preview is None


def test_a_vertex_keeps_its_offset_from_the_pointer(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.drag((103, 102), (83, 72))
    assert desk.ring_of("a")[0] == pytest.approx([80, 70])


def test_c3_dragging_an_edge_inserts_a_vertex(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.drag((150, 100), (150, 60))
    assert desk.texts == ["Insert vertex"]
    assert len(desk.ring_of("a")) == 5
    assert desk.ring_of("a")[1] == pytest.approx([150, 60])


def test_c3_alt_click_on_an_edge_inserts_a_vertex(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.click(150, 101, ALT)
    assert desk.texts == ["Insert vertex"]
    assert desk.ring_of("a")[1] == pytest.approx([150, 100])


@pytest.mark.parametrize("keys", [SHIFT, SHIFT | ALT])
def test_c3_shift_click_deletes_a_vertex(desk: Desk, keys: Qt.KeyboardModifier) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.click(100, 100, keys)
    assert desk.texts == ["Delete vertex"]
    assert desk.ring_of("a") == [[200, 100], [200, 200], [100, 200]]


def test_c3_backspace_deletes_the_vertex_under_the_pointer(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(200, 100)
    desk.key(Qt.Key.Key_Backspace)
    assert desk.texts == ["Delete vertex"]
    assert desk.ring_of("a") == [[100, 100], [200, 200], [100, 200]]


def test_c14_the_third_last_vertex_is_not_deleted_and_the_reason_is_said(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.click(100, 100, SHIFT)
    desk.click(200, 100, SHIFT)
    assert desk.texts == ["Delete vertex"]
    assert len(desk.ring_of("a")) == 3
    assert any("three points" in hint for hint in desk.hints)


def test_c14_a_vertex_that_makes_the_outline_cross_itself_is_refused(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.drag((100, 100), (250, 150))
    assert not desk.texts
    assert desk.ring_of("a")[0] == [100, 100]
    assert any("cross itself" in hint for hint in desk.hints)


def test_the_preview_says_that_a_release_would_be_refused(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(100, 100)
    desk.press(100, 100)
    desk.move(120, 120)
    assert desk.canvas.scene.preview is not None
    assert not desk.canvas.scene.preview.refused
    desk.move(250, 150)
    assert desk.canvas.scene.preview.refused
    desk.release(250, 150)


def test_a_broken_shape_may_be_mended_by_hand(desk: Desk) -> None:
    bow = square(100, 100, 100, id="a")
    crossing = Part(ring([(100, 100), (200, 200), (200, 100), (100, 200)]))
    desk.put(structs.replace(bow, parts=(crossing,)))
    desk.click(120, 110)
    desk.drag((200, 200), (210, 220))
    assert desk.texts == ["Move vertex"]


def test_c14_points_stay_inside_the_image(desk: Desk) -> None:
    desk.canvas.resize(800, 600)
    desk.put(square(500, 300, 100, id="a"))
    desk.drag((600, 400), (690, 520))
    assert desk.ring_of("a")[2] == pytest.approx([640, 480])


def test_c3_a_whole_shape_is_dragged_and_stops_at_the_border(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.drag((150, 150), (180, 170))
    assert desk.texts == ["Move shape"]
    assert desk.ring_of("a")[0] == pytest.approx([130, 120])
    desk.drag((180, 170), (1, 1))  # (0, 0) would mean the middle to QTest
    assert desk.ring_of("a") == [[0, 0], [100, 0], [100, 100], [0, 100]]


def test_a_small_slip_of_the_hand_moves_nothing(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.press(150, 150)
    desk.move(152, 151)
    desk.release(152, 151)
    assert not desk.texts
    assert desk.selected() == ("a",)


def test_all_selected_shapes_move_together(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"))
    desk.click(90, 90)
    desk.click(240, 90, CTRL)
    desk.drag((90, 90), (90, 140))
    assert desk.texts == ["Move 2 shapes"]
    assert desk.ring_of("b")[0] == pytest.approx([200, 100])


def test_a_selected_shape_below_a_smaller_one_can_be_dragged(desk: Desk) -> None:
    desk.put(square(50, 50, 300, id="large"), square(100, 100, 100, id="small"))
    desk.click(300, 300)
    desk.drag((150, 150), (170, 160))
    assert desk.ring_of("large")[0] == pytest.approx([70, 60])
    assert desk.ring_of("small")[0] == [100, 100]


def test_escape_during_a_drag_leaves_nothing(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(100, 100)
    desk.press(100, 100)
    desk.move(60, 60)
    assert desk.canvas.is_drawing
    desk.key(Qt.Key.Key_Escape)
    assert desk.canvas.scene.preview is None
    desk.move(50, 50)
    desk.release(50, 50)
    assert not desk.texts
    assert not desk.canvas.is_drawing


def test_a_lost_release_leaves_nothing(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(100, 100)
    desk.press(100, 100)
    desk.move(60, 60)
    QApplication.sendEvent(desk.canvas, QEvent(QEvent.Type.WindowDeactivate))
    assert desk.canvas.scene.preview is None
    desk.release(60, 60)
    assert not desk.texts


def test_a_change_of_the_dragged_shape_from_elsewhere_ends_the_drag(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"), square(400, 100, 50, id="b"))
    desk.move(100, 100)
    desk.press(100, 100)
    desk.move(60, 60)
    other = desk.document.instance("b")
    desk.show(desk.document.with_instances((desk.document.instance("a"), square(1, 1, 9, id="c"))))
    assert desk.canvas.scene.preview is not None, "other shapes do not matter"
    desk.show(desk.document.with_instances((other,)))
    assert desk.canvas.scene.preview is None
    desk.release(60, 60)
    assert not desk.texts


def test_c3_arrows_nudge_and_shift_nudges_further_as_one_gesture(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"), square(400, 100, 50, id="b"))
    desk.click(150, 150)
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Down, SHIFT)
    assert desk.ring_of("a")[0] == [101, 110]
    assert len(set(desk.gestures)) == 1
    assert desk.gestures[0]
    desk.click(420, 120)
    desk.key(Qt.Key.Key_Left)
    assert len(set(desk.gestures)) == 2


def test_nudges_of_a_later_start_are_a_step_of_their_own(desk: Desk, qtbot: QtBot) -> None:
    """The history lasts longer than the window, whose counters begin anew each time."""
    later = Desk(qtbot)
    for window in (desk, later):
        window.put(square(100, 100, 100, id="a"))
        window.click(150, 150)
        window.key(Qt.Key.Key_Right)
    assert desk.gestures[0] != later.gestures[0]


def test_delete_removes_the_selected_shapes(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"))
    desk.click(90, 90)
    desk.key(Qt.Key.Key_Delete)
    assert [item.id for item in desk.document.instances] == ["b"]


def test_keys_without_use_are_left_to_the_window(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_D):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, NONE)
        override.ignore()
        QApplication.sendEvent(desk.canvas, override)
        assert not override.isAccepted(), key
    desk.click(90, 90)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Delete, NONE)
    override.ignore()
    QApplication.sendEvent(desk.canvas, override)
    assert override.isAccepted()


def test_double_click_opens_the_shape_that_the_first_click_selected(desk: Desk) -> None:
    desk.put(square(50, 50, 300, id="large"), square(100, 100, 100, id="small"))
    desk.click(150, 150)
    desk.press(150, 150)
    desk.release(150, 150)
    desk.double_click(150, 150)
    assert desk.activated == ["small"]
    assert desk.selected() == ("small",)


def test_c13_hidden_shapes_are_neither_drawn_nor_picked(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    shown = desk.pixel(150, 150)
    desk.canvas.set_hidden(["a"])
    assert desk.pixel(150, 150) != shown
    desk.click(150, 150)
    assert desk.selected() == ()
    desk.canvas.set_hidden([])
    assert desk.pixel(150, 150) == shown


def test_c13_the_pointer_passes_through_locked_shapes(desk: Desk) -> None:
    desk.put(square(50, 50, 300, id="large"), square(100, 100, 100, id="small"))
    desk.canvas.set_locked(["small"])
    desk.click(150, 150)
    assert desk.selected() == ("large",)
    desk.canvas.set_selection(["small"])
    desk.key(Qt.Key.Key_Delete)
    assert not desk.texts
    assert "locked" in desk.hints[-1]


def test_what_a_press_would_grab_is_said(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(100, 100)
    assert "vertex" in desk.hints[-1]
    assert desk.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    desk.move(150, 100)
    assert "insert" in desk.hints[-1]
    desk.move(400, 400)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_small_shapes_offer_no_vertices_until_selected(desk: Desk) -> None:
    desk.put(square(100, 100, 12, id="a"))
    desk.drag((101, 101), (130, 130))
    assert desk.texts == ["Move shape"]
    desk.drag((129, 129), (120, 120))
    assert desk.texts == ["Move shape", "Move vertex"]


def test_nothing_happens_without_an_image(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.canvas.set_image(None)
    QTest.mouseClick(desk.canvas, LEFT, NONE, desk.point(150, 150))
    assert desk.selected() == ()


def test_alt_click_deletes_a_vertex_where_that_is_the_habit(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.click(100, 100, ALT)
    assert not desk.texts
    desk.canvas.tool_settings.alt_deletes = True
    desk.click(100, 100, ALT)
    assert desk.texts == ["Delete vertex"]


def test_other_buttons_select_nothing_and_a_menu_is_asked_for(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    asked: list[tuple[float, float]] = []
    desk.canvas.context_menu_requested.connect(lambda _global, at: asked.append(at))
    desk.press(150, 150, button=Qt.MouseButton.RightButton)
    desk.release(150, 150, button=Qt.MouseButton.RightButton)
    assert desk.selected() == ()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, desk.point(150, 150), desk.point(150, 150)
    )
    QApplication.sendEvent(desk.canvas, event)
    assert asked == [pytest.approx((150, 150))]
    by_key = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, desk.point(150, 150), desk.point(150, 150)
    )
    QApplication.sendEvent(desk.canvas, by_key)
    assert asked[1:] == [None], "a key means what is selected, wherever the pointer is"


def test_what_is_under_the_pointer_is_looked_up_again_after_a_change(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.move(200, 100)
    desk.show(desk.document.with_instances((square(100, 100, 300, id="a"),)))
    desk.key(Qt.Key.Key_Backspace)
    assert not desk.texts, "the vertex that was there is gone"
    desk.put(square(100, 100, 100, id="b"))
    desk.move(200, 200)
    desk.key(Qt.Key.Key_Backspace)
    desk.show(document())
    desk.key(Qt.Key.Key_Backspace)
    assert desk.texts == ["Delete vertex"]


def test_hundreds_of_selected_shapes_move_and_go_together(desk: Desk) -> None:
    many = [square(5 + 20 * (i % 30), 5 + 20 * (i // 30), 12, id=f"s{i}") for i in range(330)]
    desk.put(*many)
    desk.canvas.set_selection([item.id for item in many])
    red, _, blue = desk.pixel(11, 5)
    assert red > blue, "selected ones have the accent's line"
    desk.drag((11, 11), (21, 31))
    assert desk.texts == ["Move 330 shapes"]
    assert desk.ring_of("s0")[0] == pytest.approx([15, 25])
    desk.key(Qt.Key.Key_Delete)
    assert not desk.document.instances


def test_hidden_shapes_do_not_move_along(desk: Desk) -> None:
    desk.put(square(50, 50, 80, id="a"), square(200, 50, 80, id="b"))
    desk.canvas.set_selection(["a", "b"])
    desk.canvas.set_hidden(["b"])
    desk.drag((90, 90), (110, 120))
    assert desk.texts == ["Move shape"]
    assert desk.ring_of("a")[0] == pytest.approx([70, 80])
    assert desk.ring_of("b")[0] == pytest.approx([200, 50])
