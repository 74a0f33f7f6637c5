"""Brush and eraser with real events (FEATURES: C5; keys B, E, [ and ])."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from tests.gui.canvas.conftest import CTRL, MIDDLE, Desk, square

from dynseg.geometry.polygon import area, contains

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def brush(desk: Desk) -> Desk:
    desk.canvas.set_tool("brush")
    return desk


@pytest.fixture
def eraser(desk: Desk) -> Desk:
    desk.canvas.set_tool("eraser")
    return desk


def test_c5_a_stroke_adds_to_the_selected_shape_as_one_edit(brush: Desk) -> None:
    brush.put(square(100, 100, 100, id="a"))
    brush.canvas.set_selection(["a"])
    brush.drag((195, 150), (260, 150))
    assert brush.texts == ["Paint"]
    parts = brush.document.instance("a").parts
    assert contains(parts, 270, 150)
    assert not contains(parts, 280, 150)
    corners = [[100, 100], [200, 100], [200, 200], [100, 200]]
    assert [p for p in brush.ring_of("a") if p in corners] == corners, "what it missed is the same"
    assert brush.canvas.scene.preview is None


def test_c5_without_a_selection_a_stroke_is_a_new_shape(brush: Desk) -> None:
    brush.drag((100, 100), (200, 100))
    assert not brush.texts
    assert len(brush.shapes) == 1
    assert area(brush.shapes[0][0]) == pytest.approx(100 * 32 + 3.14 * 256, rel=0.03)


def test_c5_a_click_is_a_dot(brush: Desk) -> None:
    brush.click(300, 200)
    assert area(brush.shapes[0][0]) == pytest.approx(3.14 * 256, rel=0.05)


def test_c5_the_outline_is_shown_while_it_is_painted(brush: Desk) -> None:
    brush.put(square(100, 100, 100, id="a"))
    brush.canvas.set_selection(["a"])
    brush.move(195, 150)
    brush.press(195, 150)
    brush.move(250, 150)
    preview = brush.canvas.scene.preview
    assert preview is not None
    assert contains(preview.parts["a"], 260, 150)
    assert not brush.texts
    brush.release(250, 150)
    shown = preview.parts["a"]
    assert area(brush.document.instance("a").parts[0]) == pytest.approx(area(shown[0]), rel=0.01)


def test_c5_erasing_goes_to_all_selected_shapes(eraser: Desk) -> None:
    eraser.put(square(100, 100, 100, id="a"), square(220, 100, 100, id="b"))
    eraser.canvas.set_selection(["a", "b"])
    eraser.drag((150, 100), (270, 100))
    assert eraser.texts == ["Erase"]
    for key, x in (("a", 180), ("b", 240)):
        assert not contains(eraser.document.instance(key).parts, x, 105)


def test_c5_erasing_without_a_selection_takes_the_first_shape_met(eraser: Desk) -> None:
    eraser.put(square(100, 100, 100, id="a"), square(300, 100, 100, id="b"))
    eraser.drag((50, 150), (150, 150), (350, 150))
    assert eraser.texts == ["Erase"]
    assert contains(eraser.document.instance("b").parts, 350, 150)
    assert not contains(eraser.document.instance("a").parts, 150, 150)
    eraser.drag((20, 20), (30, 30))
    assert "no shape" in eraser.hints[-1]


def test_c5_a_shape_of_which_nothing_is_left_is_deleted_and_that_is_said(eraser: Desk) -> None:
    eraser.put(square(100, 100, 20, id="a"))
    eraser.canvas.brush_px = 40
    eraser.drag((105, 110), (115, 110))
    assert eraser.document.instances == ()
    assert "deleted" in eraser.hints[-1]


def test_c14_erasing_across_keeps_both_parts_and_a_hole_stays_a_hole(eraser: Desk) -> None:
    eraser.put(square(100, 100, 200, id="a"))
    eraser.canvas.set_selection(["a"])
    eraser.click(200, 200)
    (part,) = eraser.document.instance("a").parts
    assert len(part.holes) == 1
    eraser.drag((260, 60), (260, 340))
    assert len(eraser.document.instance("a").parts) == 2


def test_locked_shapes_are_not_painted(eraser: Desk) -> None:
    eraser.put(square(100, 100, 100, id="a"))
    eraser.canvas.set_selection(["a"])
    eraser.canvas.set_locked(["a"])
    eraser.drag((90, 150), (220, 150))
    assert not eraser.texts


@pytest.mark.parametrize("name", ["brush", "eraser"])
def test_shift_does_the_opposite(desk: Desk, name: str) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.canvas.set_selection(["a"])
    desk.canvas.set_tool(name)
    desk.drag((200, 150), (210, 150), keys=SHIFT)
    assert desk.texts == ["Erase" if name == "brush" else "Paint"]


def test_ctrl_click_selects(brush: Desk) -> None:
    brush.put(square(100, 100, 100, id="a"))
    brush.click(150, 150, CTRL)
    assert brush.selected() == ("a",)
    assert not brush.texts
    assert not brush.shapes


def test_esc_backs_out_one_step_at_a_time(brush: Desk) -> None:
    brush.put(square(100, 100, 100, id="a"))
    brush.canvas.set_selection(["a"])
    brush.move(195, 150)
    brush.press(195, 150)
    brush.move(250, 150)
    brush.key(Qt.Key.Key_Escape)
    assert brush.canvas.scene.preview is None
    brush.move(300, 150)
    brush.release(300, 150)
    assert not brush.texts, "an aborted stroke leaves nothing"
    assert brush.selected() == ("a",)
    brush.key(Qt.Key.Key_Escape)
    assert brush.selected() == ()
    assert brush.canvas.tool == "brush"
    brush.key(Qt.Key.Key_Escape)
    assert brush.canvas.tool == "edit"


def test_the_image_can_be_moved_while_painting(brush: Desk) -> None:
    brush.canvas.camera.set_zoom(2.0)
    brush.move(200, 200)
    brush.press(200, 200)
    brush.move(210, 200)
    brush.drag((220, 200), (230, 220), button=MIDDLE)
    assert brush.canvas.is_drawing
    brush.release(240, 200)
    assert len(brush.shapes) == 1


def test_the_document_changing_below_drops_the_stroke(brush: Desk) -> None:
    brush.put(square(100, 100, 100, id="a"))
    brush.canvas.set_selection(["a"])
    brush.move(195, 150)
    brush.press(195, 150)
    brush.move(250, 150)
    brush.put(square(100, 100, 120, id="a"))
    assert not brush.canvas.is_drawing
    brush.release(250, 150)
    assert not brush.texts


def test_the_ring_shows_the_size_and_the_size_has_limits(brush: Desk) -> None:
    sizes: list[float] = []
    brush.canvas.brush_changed.connect(sizes.append)
    brush.move(300, 200)
    before = brush.pixel(316, 200)
    brush.canvas.step_brush(4)
    assert brush.canvas.brush_px == pytest.approx(16 * 1.25**4)
    assert brush.pixel(316, 200) != before, "the ring is not there any more"
    brush.canvas.step_brush(-100)
    assert brush.canvas.brush_px == 0.5
    assert len(sizes) == 2
    QApplication.sendEvent(brush.canvas, QEvent(QEvent.Type.Leave))
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_BracketLeft, CTRL)
    event.ignore()
    QApplication.sendEvent(brush.canvas, event)
    assert not event.isAccepted(), "the size keys are the window's"


def test_c5_a_stroke_apart_from_the_selected_shape_says_what_it_is(brush: Desk) -> None:
    """Whoever painted one object after the other made them one, and nothing told."""
    brush.put(square(100, 100, 100, id="a"))
    brush.canvas.set_selection(["a"])
    brush.drag((195, 150), (220, 150))
    assert not any("one more part" in hint for hint in brush.hints), "it touches the shape"
    brush.drag((400, 300), (460, 300))
    assert len(brush.document.instance("a").parts) == 2
    assert "one more part of the selected shape" in brush.hints[-1]
