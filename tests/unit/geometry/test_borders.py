"""Shared borders: no gap, no overlap, the same points."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dynseg.geometry.borders import fit
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, problem, to_shapely


def box(x0: float, y0: float, x1: float, y1: float) -> Part:
    return Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))


def test_a_gap_is_closed_and_the_border_is_shared() -> None:
    fitted = fit((box(0, 0, 97, 100),), (box(100, 0, 200, 100),), reach_px=5)
    assert fitted is not None
    ours, theirs = to_shapely(fitted.parts), to_shapely(fitted.neighbour)
    assert ours.area == pytest.approx(10000)
    assert ours.intersection(theirs).area == 0
    assert ours.union(theirs).geom_type == "Polygon"
    assert area(fitted.neighbour[0]) == area(box(100, 0, 200, 100))


def test_a_small_overlap_goes_and_a_large_one_stays() -> None:
    fitted = fit((box(0, 0, 103, 100),), (box(100, 0, 200, 100),), reach_px=5)
    assert fitted is not None
    assert to_shapely(fitted.parts).area == pytest.approx(10000)
    assert fit((box(0, 0, 150, 100),), (box(100, 0, 200, 100),), reach_px=5) is None
    assert fit((box(120, 20, 140, 40),), (box(100, 0, 200, 100),), reach_px=5) is None


def test_far_shapes_are_left_alone() -> None:
    assert fit((box(0, 0, 80, 100),), (box(100, 0, 200, 100),), reach_px=5) is None


def test_a_sliver_on_its_neighbour_is_left_alone() -> None:
    assert fit((box(120, 20, 124, 80),), (box(100, 0, 200, 100),), reach_px=5) is None


def test_the_neighbour_gets_the_points_where_the_outlines_meet() -> None:
    fitted = fit((box(0, 20, 98, 60),), (box(100, 0, 200, 100),), reach_px=5)
    assert fitted is not None
    ours = set(map(tuple, fitted.parts[0].outer.tolist()))
    theirs = set(map(tuple, fitted.neighbour[0].outer.tolist()))
    assert len(ours) <= 6
    assert {(100.0, 20.0), (100.0, 60.0)} <= {(round(x, 3), round(y, 3)) for x, y in ours & theirs}


@settings(max_examples=40)
@given(st.integers(0, 500), st.floats(-4, 4))
def test_wavy_neighbours_share_their_border_exactly(seed: int, gap: float) -> None:
    rng = np.random.default_rng(seed)
    y = np.linspace(0, 100, 12)
    right = np.stack([100 + rng.uniform(-3, 3, 12), y], axis=1)
    left = np.stack([100 - gap + rng.uniform(-1, 1, 12), y[::-1]], axis=1)
    theirs = Part(ring(np.concatenate([right, [(200, 100), (200, 0)]])))
    ours = Part(ring(np.concatenate([left, [(0, 0), (0, 100)]])))
    fitted = fit((ours,), (theirs,), reach_px=14)
    assert fitted is not None
    assert all(problem(part) is None for part in (*fitted.parts, *fitted.neighbour))
    a, b = to_shapely(fitted.parts), to_shapely(fitted.neighbour)
    assert a.intersection(b).area < 1e-6
    assert not any(hole.area > 1 for hole in getattr(a.union(b), "interiors", ()))
    assert b.area == pytest.approx(to_shapely((theirs,)).area, abs=1e-3)


def test_offsets_that_touch_themselves_are_cut_on_a_grid() -> None:
    """Found by random events in the window: the difference raised GEOSException."""
    ours = ring([
        (-8.11642152509649, 19.839658890420004), (-52.30655505882531, 26.267511578337267),
        (-30.994960315557794, 3.7566912698121677),
    ])  # fmt: skip
    theirs = ring([
        (-39.29300265830267, 34.00943162172484), (-8.11642152509649, 19.839658890420004),
        (-51.03567683079725, 26.082650900606783),
    ])  # fmt: skip
    fitted = fit((Part(ours),), (Part(theirs),), reach_px=2.0)
    assert fitted is not None
    made, neighbour = to_shapely(fitted.parts), to_shapely(fitted.neighbour)
    assert made.is_valid
    assert made.intersection(neighbour).area < 1e-3
    assert (
        made.symmetric_difference(shapely.Polygon(ours)).area < 2.0 * shapely.Polygon(ours).length
    )
