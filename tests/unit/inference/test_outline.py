"""Few points that keep the area."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from dynseg.inference.outline import MAX_LOSS, Outline, simplify


def outline(points: NDArray[np.float64]) -> Outline:
    single = np.ascontiguousarray(points, np.float32)
    return Outline(single, float(shapely.Polygon(points).area))


def blob(radius: float, *, waves: float, at: float = 0.0, turn: int = 1) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, 400, endpoint=False)[::turn]
    r = radius * (1 + waves * np.sin(5 * angle))
    return np.stack([at + r * np.cos(angle), at + r * np.sin(angle)], axis=1)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("at", [0.0, 15_000.0])
def test_area_is_kept_with_few_points(at: float, turn: int) -> None:
    points = blob(80, waves=0.1, at=at, turn=turn)
    (kept,) = simplify([outline(points)], tolerance_px=4.0)
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
    (kept,) = simplify([outline(points)], tolerance_px=1e6)
    assert kept is not None
    before, after = shapely.Polygon(points), shapely.make_valid(shapely.Polygon(kept))
    overlap = before.intersection(after).area / before.union(after).area
    assert overlap > 1 - MAX_LOSS


def test_corners_stay_corners() -> None:
    edge = np.linspace(0, 100, 50, endpoint=False)
    zero, full = np.zeros(50), np.full(50, 100.0)
    sides = [(edge, zero), (full, edge), (100 - edge, full), (zero, 100 - edge)]
    points = np.concatenate([np.stack(side, axis=1) for side in sides])
    (kept,) = simplify([outline(points)], tolerance_px=1.0)
    assert kept is not None
    assert len(kept) == 4
    assert {tuple(np.round(p).tolist()) for p in kept} == {(0, 0), (100, 0), (100, 100), (0, 100)}


def test_tolerance_zero_keeps_every_point() -> None:
    points = blob(80, waves=0.1)
    (kept,) = simplify([outline(points)], tolerance_px=0.0)
    assert kept is not None
    assert np.array_equal(kept, points.astype(np.float32))


def test_what_is_no_polygon_is_left_out() -> None:
    line = np.array([[0.0, 0.0], [10.0, 0.0]])
    flat = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [10.0, 0.0]])
    items = [Outline(line.astype(np.float32), 0.0), Outline(flat.astype(np.float32), 0.0)]
    assert simplify(items[:1], tolerance_px=0.0) == [None]
    assert simplify(items[:1], tolerance_px=1.0) == [None]
    assert len(simplify([*items, outline(blob(9, waves=0))], tolerance_px=1.0)) == 3
    assert simplify([], tolerance_px=1.0) == []
