"""Splitting, holes and boxes with real events (FEATURES: C8, C14)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from tests.gui.canvas.conftest import Desk, square

from dynseg.geometry.polygon import area


@pytest.fixture
def knife(desk: Desk) -> Desk:
    desk.put(square(100, 100, 200, id="a"), square(400, 100, 50, id="b"))
    desk.canvas.set_tool("split")
    return desk


@pytest.fixture
def hole(desk: Desk) -> Desk:
    desk.put(square(100, 100, 200, id="a"))
    desk.canvas.set_tool("hole")
    return desk


def test_c8_a_drag_across_splits_what_it_crosses(knife: Desk) -> None:
    knife.drag((180, 80), (180, 200), (180, 320))
    assert knife.texts == ["Split shape"]
    areas = [round(area(i.parts[0])) for i in knife.document.instances]
    assert areas == [24000, 16000, 2500]
    assert knife.document.instances[0].id == "a"
    assert not knife.canvas.is_drawing
    assert knife.canvas.tool == "split"


def test_c8_two_clicks_split_as_soon_as_the_line_is_through(knife: Desk) -> None:
    knife.click(150, 50)
    knife.click(150, 200)
    assert not knife.texts
    assert "other side" in knife.hints[-1]
    knife.click(350, 200)
    assert knife.texts == ["Split shape"]


def test_c8_only_selected_shapes_are_split_when_there_are_some(knife: Desk) -> None:
    knife.canvas.set_selection(["b"])
    knife.drag((50, 120), (500, 120))
    assert knife.texts == ["Split shape"]
    assert round(area(knife.document.instance("a").parts[0])) == 40000


def test_c8_a_line_that_does_not_reach_through_is_refused(knife: Desk) -> None:
    knife.drag((180, 80), (180, 150))
    assert not knife.texts
    assert "does not cut" in knife.hints[-1]
    assert not knife.canvas.is_drawing


def test_esc_drops_the_line_then_leaves(knife: Desk) -> None:
    knife.click(150, 50)
    knife.key(Qt.Key.Key_Escape)
    assert not knife.canvas.is_drawing
    assert knife.canvas.tool == "split"
    knife.key(Qt.Key.Key_Escape)
    assert knife.canvas.tool == "edit"


def test_c8_a_drawn_hole_is_cut_out(hole: Desk) -> None:
    for x, y in ((150, 150), (200, 150), (200, 200)):
        hole.click(x, y)
    hole.key(Qt.Key.Key_Return)
    assert hole.texts == ["Cut hole"]
    (part,) = hole.document.instance("a").parts
    assert area(part) == pytest.approx(40000 - 1250)
    assert len(part.holes) == 1
    assert not hole.shapes


def test_c14_a_hole_that_leaves_nothing_is_refused_with_the_reason(hole: Desk) -> None:
    hole.canvas.set_selection(["a"])
    for x, y in ((50, 50), (350, 50), (350, 350), (50, 350)):
        hole.click(x, y)
    hole.key(Qt.Key.Key_Return)
    assert not hole.texts
    assert "nothing" in hole.hints[-1]


def test_a_hole_needs_a_shape(hole: Desk) -> None:
    for x, y in ((450, 350), (500, 350), (500, 400)):
        hole.click(x, y)
    hole.key(Qt.Key.Key_Return)
    assert not hole.texts
    assert "no shape" in hole.hints[-1]


def test_a9_a_box_is_handed_over_with_the_name_of_its_tool(desk: Desk) -> None:
    boxes: list[tuple[str, tuple[float, ...]]] = []
    desk.canvas.box_drawn.connect(lambda tool, box: boxes.append((tool, box)))
    desk.canvas.set_tool("grabcut")
    desk.drag((300, 200), (100, 120))
    assert boxes == [("grabcut", (100.0, 120.0, 300.0, 200.0))]
    assert not desk.shapes
