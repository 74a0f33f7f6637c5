"""Few points that keep the area."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from dynseg.inference.outlines.outline import MAX_LOSS, Outlines, simplify


def simplified(
    *rings: NDArray[np.float64], tolerance_px: float
) -> list[NDArray[np.float64] | None]:
    """The polygon of each ring, None where there is none."""
    points = np.concatenate(rings).astype(np.float32)
    outlines = Outlines(points, np.array([len(points) for points in rings]))
    corners, counts = simplify(outlines, np.arange(len(rings)), tolerance_px=tolerance_px)
    pieces = np.split(corners, np.cumsum(counts)[:-1])
    return [piece if len(piece) else None for piece in pieces]


def blob(radius: float, *, waves: float, at: float = 0.0, turn: int = 1) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, 400, endpoint=False)[::turn]
    r = radius * (1 + waves * np.sin(5 * angle))
    return np.stack([at + r * np.cos(angle), at + r * np.sin(angle)], axis=1)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("at", [0.0, 15_000.0])
def test_area_is_kept_with_few_points(at: float, turn: int) -> None:
    points = blob(80, waves=0.1, at=at, turn=turn)
    (kept,) = simplified(points, tolerance_px=4.0)
    assert kept is not None
    assert len(kept) < 30
    before, after = shapely.Polygon(points), shapely.Polygon(kept)
    assert after.is_valid
    assert after.area == pytest.approx(before.area, rel=0.005)
    overlap = before.intersection(after).area / before.union(after).area
    assert overlap > 0.97


@pytest.mark.parametrize("radius", [2.0, 8.0, 30.0, 500.0])
def test_no_tolerance_ruins_a_shape_of_any_size(radius: float) -> None:
    points = blob(radius, waves=0.3)
    (kept,) = simplified(points, tolerance_px=1e6)
    assert kept is not None
    before, after = shapely.Polygon(points), shapely.make_valid(shapely.Polygon(kept))
    overlap = before.intersection(after).area / before.union(after).area
    assert overlap > 1 - MAX_LOSS


def test_corners_stay_corners() -> None:
    edge = np.linspace(0, 100, 50, endpoint=False)
    zero, full = np.zeros(50), np.full(50, 100.0)
    sides = [(edge, zero), (full, edge), (100 - edge, full), (zero, 100 - edge)]
    points = np.concatenate([np.stack(side, axis=1) for side in sides])
    (kept,) = simplified(points, tolerance_px=1.0)
    assert kept is not None
    assert len(kept) == 4
    assert {tuple(np.round(p).tolist()) for p in kept} == {(0, 0), (100, 0), (100, 100), (0, 100)}


def test_tolerance_zero_keeps_every_point() -> None:
    points = blob(80, waves=0.1)
    (kept,) = simplified(points, tolerance_px=0.0)
    assert kept is not None
    assert np.array_equal(kept, points.astype(np.float32))


def test_what_is_no_polygon_is_left_out() -> None:
    line = np.array([[0.0, 0.0], [10.0, 0.0]])
    flat = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [10.0, 0.0]])
    assert simplified(line, tolerance_px=0.0) == [None]
    assert simplified(line, tolerance_px=1.0) == [None]
    first, second, third = simplified(line, flat, blob(9, waves=0), tolerance_px=1.0)
    assert (first, second) == (None, None)
    assert third is not None
    nothing = Outlines(np.empty((0, 2), np.float32), np.empty(0, np.intp))
    assert len(simplify(nothing, np.arange(0), tolerance_px=1.0)[0]) == 0


def test_a_ring_has_the_same_bits_alone_and_among_others() -> None:
    rings = [blob(radius, waves=0.2, at=at) for radius, at in ((4, 7.3), (60, 900.1), (9, 0.7))]
    together = simplified(*rings, tolerance_px=1.0)
    for points, kept in zip(rings, together, strict=True):
        (alone,) = simplified(points, tolerance_px=1.0)
        assert alone is not None
        assert kept is not None
        assert np.array_equal(alone, kept)


def test_a_ring_that_passes_a_point_twice() -> None:
    eight = np.array([[0, 0], [9, 0], [9, 9], [0, 9], [0, 0], [-9, 0], [-9, -9], [0, -9]], float)
    (kept,) = simplified(eight, tolerance_px=0.5)
    assert kept is not None
    assert shapely.make_valid(shapely.Polygon(kept)).area == pytest.approx(2 * 81, rel=0.02)
