"""Brush strokes: exact where they cut, and nothing else moves by a bit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynseg.geometry.combine import tidy
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, iou, problem, to_shapely
from dynseg.geometry.stroke import Stroke, erased, painted

SIZE = {"width": 640.0, "height": 480.0}


def blob(points: int = 60, *, seed: int = 0) -> Part:
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    radius = 90 + np.random.default_rng(seed).uniform(-6, 6, points)
    return Part(ring(np.stack([300 + radius * np.cos(turn), 240 + radius * np.sin(turn)], axis=1)))


def line(*points: tuple[float, float], radius: float = 20.0, tolerance: float = 0.25) -> Stroke:
    return Stroke(np.array(points, dtype=np.float64), radius, tolerance)


def test_a_dot_is_a_disc_within_the_tolerance() -> None:
    (disc,) = painted((), line((100, 100), radius=30), **SIZE)
    away = np.hypot(*(disc.outer - 100).T)
    assert away == pytest.approx(30, abs=1e-9)
    assert area(disc) == pytest.approx(math.pi * 900, rel=0.02)
    assert len(disc.outer) < 60


def test_a_stroke_outside_of_a_shape_becomes_a_second_part_and_the_first_is_the_same() -> None:
    shape = blob()
    parts = painted((shape,), line((50, 50), (60, 60)), **SIZE)
    assert len(parts) == 2
    assert parts[0] is shape


def test_points_that_the_stroke_does_not_reach_keep_place_and_order() -> None:
    shape = blob()
    for parts in (
        painted((shape,), line((390, 240), (430, 240)), **SIZE),
        erased((shape,), line((390, 240), (430, 240))),
    ):
        (made,) = parts
        far = [p for p in shape.outer.tolist() if math.hypot(p[0] - 390, p[1] - 240) > 70]
        kept = [p for p in made.outer.tolist() if p in far]
        start = far.index(kept[0])
        assert kept == far[start:] + far[:start], "the very same numbers in the same order"
        assert problem(made) is None


def test_a_stroke_adds_few_points() -> None:
    way = np.stack([np.linspace(380, 500, 200), 240 + np.sin(np.linspace(0, 9, 200))], axis=1)
    (made,) = painted((blob(),), Stroke(way, 15.0, 0.5), **SIZE)
    assert len(made.outer) < 60 + 40


def test_erasing_the_middle_leaves_a_hole_and_erasing_across_leaves_two_parts() -> None:
    (ringed,) = erased((blob(),), line((300, 240)))
    assert len(ringed.holes) == 1
    two = erased((blob(),), line((300, 100), (300, 380)))
    assert len(two) == 2
    assert erased((blob(),), line((300, 240), radius=200)) == ()


def test_a_stroke_ends_at_the_border_of_the_image() -> None:
    (made,) = painted((), line((5, 5), (5, 400)), **SIZE)
    assert made.outer.min() >= 0


def test_crumbs_are_swept_up() -> None:
    crumbs = to_shapely([Part(ring([(0, 0), (0.5, 0), (0.5, 0.5)]))])
    assert tidy(crumbs, like=[]) == ()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0, 640), st.floats(0, 480)), min_size=1, max_size=12),
    st.floats(1, 80),
    st.booleans(),
)
def test_any_stroke_leaves_valid_parts_of_the_right_region(
    points: list[tuple[float, float]], radius: float, erase: bool
) -> None:
    stroke = line(*points, radius=radius)
    shape = blob(seed=3)
    parts = erased((shape,), stroke) if erase else painted((shape,), stroke, **SIZE)
    region = to_shapely([shape])
    image = to_shapely([Part(ring([(0, 0), (640, 0), (640, 480), (0, 480)]))])
    exact = region.difference(stroke.region()) if erase else region.union(stroke.region())
    exact = exact.intersection(image)
    assert all(problem(part) is None for part in parts)
    if parts:
        found = to_shapely(parts)
        # crumbs and thinning aside it is the exact region
        slack = 0.6 * exact.length + 8
        assert found.symmetric_difference(exact).area <= slack
    else:
        assert exact.area < 4
    if parts and not erase:
        assert iou(parts, (shape,)) > 0
