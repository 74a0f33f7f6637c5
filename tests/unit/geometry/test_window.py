"""Outlines in a window show what was there, no more and no less."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from dynseg.geometry.window import visible

WINDOW = (0.0, 0.0, 100.0, 100.0)


@pytest.mark.parametrize(
    "corners",
    [
        [(-100, 0), (-90, -10), (110, 90), (100, 100)],  # a rod across
        [(-50, 50), (50, -50), (150, 50), (50, 150)],  # cuts all four corners
        [(-10, -10), (110, -10), (110, 110), (-10, 110)],  # around all of it
        [(20, 20), (80, 20), (80, 80), (20, 80)],  # within
        [(50, -20), (120, -20), (120, 120), (50, 120), (50, 80), (110, 80), (110, 20), (50, 20)],
    ],
)
def test_area_is_that_of_the_intersection(corners: list[tuple[float, float]]) -> None:
    ring = visible(np.array(corners, np.float32), WINDOW)
    wanted = shapely.intersection(shapely.Polygon(corners), shapely.box(*WINDOW))
    found = shapely.Polygon(ring)
    assert found.area == pytest.approx(wanted.area, abs=0.01)
    assert shapely.make_valid(found).symmetric_difference(wanted).area < 0.01
    assert ring.dtype == np.float32


def test_nothing_is_left_of_what_lies_outside() -> None:
    ring = np.array([(120, 10), (180, 10), (180, 60)], np.float32)
    assert not len(visible(ring, WINDOW))
    around = np.array([(120, -50), (150, 50), (120, 150), (200, 50)], np.float32)
    assert not len(visible(around, WINDOW))


def test_what_lies_within_is_the_very_same() -> None:
    ring = np.array([(0, 0), (100, 0), (100, 100)], np.float32)
    assert visible(ring, WINDOW).tolist() == ring.tolist()
