"""Stretches of an outline: swept, redrawn, cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dynseg.geometry.contour import nearest_place, redrawn, split, swept
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, problem

SQUARE = Part(ring([(0, 0), (50, 0), (100, 0), (100, 100), (0, 100)]))


def test_a_sweep_takes_the_vertices_it_comes_near_to() -> None:
    made = swept(SQUARE, np.array([(50.0, -5.0), (51.0, 3.0)]), 8)
    assert made.outer.tolist() == [[0, 0], [100, 0], [100, 100], [0, 100]]
    assert swept(SQUARE, np.array([(50.0, 50.0)]), 8) is SQUARE


def test_a_sweep_leaves_three_points_and_no_crossing() -> None:
    everything = np.array([(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)])
    made = swept(SQUARE, everything, 10)
    assert len(made.outer) == 3
    assert problem(made) is None


def test_a_hole_that_is_swept_away_is_filled() -> None:
    holed = Part(SQUARE.outer, (ring([(40, 40), (60, 40), (50, 60)]),))
    made = swept(holed, np.array([(40.0, 40.0), (60.0, 40.0)]), 5)
    assert made.holes == ()
    assert made.outer.tolist() == SQUARE.outer.tolist()


def test_a_place_is_a_vertex_when_one_is_near() -> None:
    assert nearest_place(SQUARE.outer, 97, 3, snap_px=6).vertex == 2
    on_edge = nearest_place(SQUARE.outer, 120, 60, snap_px=6)
    assert (on_edge.vertex, on_edge.x, on_edge.y) == (2, 100, 60)


def test_redrawing_replaces_the_stretch_that_changes_less() -> None:
    stroke = np.array([(25.0, -20.0), (75.0, -20.0), (100.0, 0.0)])
    made = redrawn(SQUARE, 0, 0, stroke, snap_px=3)
    assert made is not None
    assert made.outer.tolist() == [[0, 0], [25, -20], [75, -20], [100, 0], [100, 100], [0, 100]]
    back = np.array([(75.0, -20.0), (25.0, -20.0), (0.0, 0.0)])
    backwards = redrawn(SQUARE, 0, 2, back, snap_px=3)
    assert backwards is not None
    assert area(backwards) == pytest.approx(area(made))


def test_redrawing_joins_the_nearest_place_on_an_edge() -> None:
    made = redrawn(SQUARE, 0, 0, np.array([(-30.0, 20.0), (-4.0, 50.0)]), snap_px=3)
    assert made is not None
    assert [0, 50] in made.outer.tolist()
    assert area(made) > area(SQUARE)


def test_redrawing_refuses_a_crossing() -> None:
    knot = np.array([(60.0, -40.0), (20.0, -40.0), (80.0, 40.0), (50.0, 150.0), (100.0, 0.0)])
    assert redrawn(SQUARE, 0, 0, knot, snap_px=3) is None


def test_a_small_loop_where_the_stroke_meets_the_outline_is_dropped() -> None:
    wobbly = np.array([(10.0, 3.0), (25.0, -20.0), (75.0, -20.0), (104.0, 6.0), (100.0, 0.0)])
    made = redrawn(SQUARE, 0, 0, wobbly, snap_px=3)
    assert made is not None
    assert problem(made) is None
    assert area(made) == pytest.approx(11300, rel=0.02)


def test_a_line_cuts_into_pieces_that_share_the_border() -> None:
    pieces = split((SQUARE,), np.array([(70.0, -10.0), (70.0, 110.0)]))
    assert [round(area(parts[0])) for parts in pieces] == [7000, 3000]
    left, right = (set(map(tuple, parts[0].outer.tolist())) for parts in pieces)
    assert left & right == {(70.0, 0.0), (70.0, 100.0)}


def test_a_line_that_ends_inside_cuts_nothing() -> None:
    assert split((SQUARE,), np.array([(50.0, -10.0), (50.0, 60.0)])) == [(SQUARE,)]


def test_holes_and_untouched_parts_survive_a_cut() -> None:
    holed = Part(SQUARE.outer, (ring([(10, 40), (20, 40), (15, 60)]),))
    other = Part(ring([(200, 0), (220, 0), (220, 20)]))
    pieces = split((holed, other), np.array([(70.0, -10.0), (70.0, 110.0)]))
    assert len(pieces) == 2
    assert len(pieces[0][0].holes) == 1
    assert pieces[0][1] is other


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(st.floats(-20, 120), st.floats(-20, 120)), min_size=2, max_size=8, unique=True
    )
)
@example([(0.0, 1.0), (2.2250738585e-313, 0.0)])
def test_any_line_cuts_without_losing_area(points: list[tuple[float, float]]) -> None:
    pieces = split((SQUARE,), np.array(points))
    total = sum(area(part) for parts in pieces for part in parts)
    assert total == pytest.approx(area(SQUARE), abs=4)
    assert all(problem(part) is None for parts in pieces for part in parts)


@settings(max_examples=80)
@given(
    st.integers(0, 4),
    st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=1, max_size=8),
)
def test_any_redrawing_is_valid_or_refused(vertex: int, points: list[tuple[float, float]]) -> None:
    made = redrawn(SQUARE, 0, vertex, np.array(points), snap_px=4)
    assert made is None or problem(made) is None
