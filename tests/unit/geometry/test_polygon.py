"""Measures, repair and changes of parts."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dynseg.geometry import polygon
from dynseg.geometry.part import Part, ring

WIDTH, HEIGHT = 100.0, 80.0
SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))
DONUT = Part(
    ring([(10, 10), (50, 10), (50, 50), (10, 50)]),
    (ring([(20, 20), (40, 20), (40, 40), (20, 40)]),),
)
BOW_TIE = Part(ring([(0, 0), (20, 20), (20, 0), (0, 20)]))


def circle(radius: float, points: int = 100) -> Part:
    turn = np.linspace(0, 2 * math.pi, points, endpoint=False)
    return Part(ring(np.stack([50 + radius * np.cos(turn), 40 + radius * np.sin(turn)], axis=1)))


def rings(low: float, high: float) -> st.SearchStrategy[Part]:
    # A coarse grid makes shared points, shared lines and zero areas likely, where repair is hard.
    grid = st.integers(int(low), int(high)).map(float)
    free = st.floats(low, high, allow_nan=False, width=64)
    points = st.integers(3, 12).flatmap(
        lambda n: hnp.arrays(np.float64, (n, 2), elements=grid | free)
    )
    outer = points.map(ring)
    return st.builds(Part, outer, st.lists(outer, max_size=2).map(tuple))


def test_area_leaves_holes_out() -> None:
    assert polygon.area(SQUARE) == 400
    assert polygon.area(DONUT) == 1600 - 400


def test_contains_knows_holes_and_all_parts() -> None:
    assert polygon.contains([DONUT], 15, 15)
    assert not polygon.contains([DONUT], 30, 30)
    assert polygon.contains([DONUT, SQUARE], 25, 25)
    assert not polygon.contains([], 1, 1)


def test_iou() -> None:
    moved = Part(ring(np.add(SQUARE.outer, (10, 0))))
    assert polygon.iou([SQUARE], [SQUARE]) == 1
    assert polygon.iou([SQUARE], [moved]) == pytest.approx(200 / 600)
    assert polygon.iou([SQUARE], []) == 0
    assert polygon.iou([], []) == 0


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (SQUARE, None),
        (DONUT, None),
        (BOW_TIE, "crosses itself"),
        (Part(ring([(0, 0), (5, 5), (10, 10)])), "has no area"),
        (Part(SQUARE.outer, (ring([(60, 60), (70, 60), (70, 70)]),)), "has a hole outside"),
    ],
)
def test_problem_says_what_is_wrong(part: Part, words: str | None) -> None:
    found = polygon.problem(part)
    assert (found is None) if words is None else (words in (found or ""))


def test_repair_returns_fine_parts_untouched() -> None:
    far = Part(ring([(60, 60), (70, 60), (70, 70)]))
    fixed = polygon.repair([far, DONUT], width=WIDTH, height=HEIGHT)
    assert fixed[0] is far
    assert fixed[1] is DONUT


def test_repair_keeps_both_wings_of_a_bow_tie() -> None:
    fixed = polygon.repair([BOW_TIE], width=WIDTH, height=HEIGHT)
    assert len(fixed) == 2
    assert sum(polygon.area(part) for part in fixed) == pytest.approx(200)


def test_repair_clips_and_drops() -> None:
    half = polygon.repair([Part(ring(SQUARE.outer - (20, 0)))], width=WIDTH, height=HEIGHT)
    assert polygon.area(half[0]) == pytest.approx(200)
    outside = Part(ring(np.add(SQUARE.outer, (500, 0))))
    assert polygon.repair([outside], width=WIDTH, height=HEIGHT) == ()
    assert polygon.repair([], width=WIDTH, height=HEIGHT) == ()


def check_repaired(parts: list[Part]) -> None:
    fixed = polygon.repair(parts, width=WIDTH, height=HEIGHT)
    for part in fixed:
        assert polygon.problem(part) is None
        assert polygon.area(part) >= 1
        for points in part.rings:
            assert (points >= 0).all()
            assert (points <= (WIDTH, HEIGHT)).all()
    for number, part in enumerate(fixed):
        for other in fixed[number + 1 :]:
            first, second = polygon.to_shapely([part]), polygon.to_shapely([other])
            assert first.intersection(second).area < 1e-6
    assert polygon.repair(fixed, width=WIDTH, height=HEIGHT) == fixed


@settings(max_examples=80)
@given(st.lists(rings(-20, 120), min_size=1, max_size=3))
def test_repair_makes_anything_near_the_image_valid(parts: list[Part]) -> None:
    check_repaired(parts)


@settings(max_examples=80)
@given(st.lists(rings(-1e300, 1e300), min_size=1, max_size=2))
def test_repair_survives_any_finite_number(parts: list[Part]) -> None:
    check_repaired(parts)


@settings(max_examples=80)
@given(rings(0, 80), st.floats(0.1, 50))
def test_simplify_keeps_most_of_a_valid_part(part: Part, tolerance_px: float) -> None:
    for valid in polygon.repair([part], width=WIDTH, height=HEIGHT):
        simpler = polygon.simplify(valid, tolerance_px=tolerance_px)
        assert len(simpler.outer) <= len(valid.outer)
        assert polygon.problem(simpler) is None
        assert polygon.iou([valid], [simpler]) >= 0.98


def test_simplify_drops_points_of_a_circle() -> None:
    simpler = polygon.simplify(circle(30), tolerance_px=1)
    assert 8 <= len(simpler.outer) <= 30


def test_simplify_leaves_small_shapes_their_form() -> None:
    small = circle(3, 24)
    simpler = polygon.simplify(small, tolerance_px=20)
    assert polygon.iou([small], [simpler]) >= 0.98


def test_densify_puts_points_on_the_old_outline() -> None:
    dense = polygon.densify(DONUT, spacing_px=3)
    for points in dense.rings:
        steps = np.linalg.norm(np.roll(points, -1, axis=0) - points, axis=1)
        assert steps.max() <= 3
    assert polygon.area(dense) == pytest.approx(polygon.area(DONUT))


@pytest.mark.parametrize("strength_px", [0.0, 1.0, 4.0, 1000.0])
def test_smooth_moves_the_outline_by_less_than_its_strength(strength_px: float) -> None:
    rounded = polygon.smooth(DONUT, strength_px=strength_px)
    assert len(rounded.holes) == 1
    before = shapely.LinearRing(DONUT.outer)
    away = shapely.hausdorff_distance(shapely.LinearRing(rounded.outer), before)
    assert away <= strength_px + 1e-9
    if strength_px > 0:
        assert polygon.iou([rounded], [DONUT]) < 1
