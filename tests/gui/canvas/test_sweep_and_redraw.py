"""Sweep-eraser (FEATURES: C4) and redrawing a part of an outline (C6), with real events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from tests.gui.canvas.conftest import Desk, square

from dynseg.annotation.document import Instance
from dynseg.geometry import contour
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area
from dynseg_annotator.actions import GESTURES
from dynseg_annotator.canvas.tools.gestures import CLICKS, CVAT_CLICKS, DRAGS

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def disc(points: int = 36) -> Instance:
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    outline = np.stack([300 + 100 * np.cos(turn), 240 + 100 * np.sin(turn)], axis=1)
    return Instance(0, (Part(ring(outline)),), id="a")


def test_c4_alt_drag_sweeps_vertices_away_as_one_edit(desk: Desk) -> None:
    desk.put(disc())
    desk.canvas.set_selection(["a"])
    before = desk.ring_of("a")
    desk.drag((420, 240), (395, 200), (380, 170), keys=ALT)
    assert len(desk.texts) == 1
    assert "vertices" in desk.texts[0]
    after = desk.ring_of("a")
    assert 0 < len(before) - len(after) < 12
    assert all(point in before for point in after)


def test_c4_a_shape_that_is_not_selected_is_swept_where_the_drag_begins(desk: Desk) -> None:
    desk.put(disc())
    desk.drag((400, 240), (398, 230), keys=ALT)
    assert len(desk.ring_of("a")) < 36


def test_c4_a_sweep_looks_at_the_shapes_that_it_comes_near_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [square(10 + 30 * (n % 15), 10 + 30 * (n // 15), 20, id=f"s{n}") for n in range(150)]
    desk.put(*many)
    desk.canvas.set_selection([item.id for item in many])
    looked: list[Part] = []
    swept = contour.swept

    def noted(part: Part, *rest: Any) -> Part:
        looked.append(part)
        return swept(part, *rest)

    monkeypatch.setattr(contour, "swept", noted)
    desk.drag((30, 30), (32, 32), (60, 60), (61, 61), keys=ALT)
    made = len(looked)
    assert desk.texts == ["Delete 6 vertices"]
    assert made < 400, "all of them when the edit is made, and not at every step of the way"


def test_c4_a_sweep_that_meets_nothing_changes_nothing(desk: Desk) -> None:
    desk.put(disc())
    desk.canvas.set_selection(["a"])
    desk.drag((280, 240), (320, 240), keys=ALT)
    assert not desk.texts


def test_c4_esc_leaves_every_vertex(desk: Desk) -> None:
    desk.put(disc())
    desk.canvas.set_selection(["a"])
    desk.move(420, 240)
    desk.press(420, 240, ALT)
    desk.move(395, 200)
    preview = desk.canvas.scene.preview
    assert preview is not None
    assert len(preview.parts["a"][0].outer) < 36
    desk.key(Qt.Key.Key_Escape)
    desk.release(395, 200)
    assert not desk.texts
    assert len(desk.ring_of("a")) == 36


def test_c6_shift_drag_from_a_vertex_redraws_the_outline(desk: Desk) -> None:
    desk.put(square(100, 100, 200, id="a"))
    desk.drag((100, 100), (150, 60), (250, 60), (300, 100), keys=SHIFT)
    assert desk.texts == ["Redraw outline"]
    assert area(desk.document.instance("a").parts[0]) == pytest.approx(40000 + 6000, rel=0.02)
    for corner in ([100, 100], [300, 100], [300, 300], [100, 300]):
        assert corner in desk.ring_of("a")


def test_c6_a_stroke_may_cut_off_a_piece_and_end_on_an_edge(desk: Desk) -> None:
    desk.put(square(100, 100, 200, id="a"))
    desk.drag((100, 100), (160, 160), (300, 200), keys=SHIFT)
    assert area(desk.document.instance("a").parts[0]) < 40000
    assert [300, 100] not in desk.ring_of("a")


def test_c6_c14_a_crossing_is_shown_and_refused_with_the_reason(desk: Desk) -> None:
    desk.put(square(100, 100, 200, id="a"))
    way = [(100, 100), (150, 360), (220, 360), (250, 40), (270, 160), (300, 100)]
    desk.move(*way[0])
    desk.press(*way[0], SHIFT)
    for x, y in way[1:]:
        desk.move(x, y)
    preview = desk.canvas.scene.preview
    assert preview is not None
    assert preview.refused
    desk.release(*way[-1])
    assert not desk.texts
    assert "cross itself" in desk.hints[-1]


def test_c6_in_the_cvat_preset_shift_click_redraws_until_the_next_click(desk: Desk) -> None:
    desk.canvas.tool_settings.alt_deletes = True
    desk.put(square(100, 100, 200, id="a"))
    desk.click(100, 100, SHIFT)
    for x, y in ((150, 60), (200, 50), (250, 60), (300, 100)):
        desk.move(x, y)
    assert desk.canvas.is_drawing
    desk.press(300, 100)
    desk.release(300, 100)
    assert desk.texts == ["Redraw outline"]
    assert not desk.canvas.is_drawing


def test_c6_esc_ends_a_loose_redraw(desk: Desk) -> None:
    desk.canvas.tool_settings.alt_deletes = True
    desk.put(square(100, 100, 200, id="a"))
    desk.click(100, 100, SHIFT)
    desk.move(150, 60)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.canvas.is_drawing
    assert not desk.texts


def test_every_gesture_of_the_edit_tool_is_in_the_key_table() -> None:
    told = {gesture.text for gesture in GESTURES}
    rows = {row.text for row in (*DRAGS, *CLICKS, *CVAT_CLICKS) if row.text}
    assert rows <= told
