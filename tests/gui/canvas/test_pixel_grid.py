"""Single pixels are parted by lines at high zoom (D2)."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gui.canvas.conftest import Desk
from tests.gui.canvas.test_tone import seen


@pytest.mark.parametrize(("scale", "drawn"), [(7.9, False), (8.0, True), (11.3, True)])
def test_lines_stand_between_pixels_from_eight_screen_pixels_on(
    desk: Desk, scale: float, drawn: bool
) -> None:
    desk.canvas.camera.set_zoom(scale)
    plain = seen(desk)
    desk.canvas.pixel_grid = True
    changed = np.any(seen(desk) != plain, axis=2)
    assert changed.any() == drawn
    if drawn:
        columns, rows = changed.all(axis=0), changed.all(axis=1)
        assert np.array_equal(changed, columns[None, :] | rows[:, None])
        assert np.diff(np.flatnonzero(columns)).mean() == pytest.approx(scale, rel=0.02)
        assert np.diff(np.flatnonzero(rows)).mean() == pytest.approx(scale, rel=0.02)
        view = desk.canvas.camera.view
        offsets = (np.flatnonzero(columns) - view.dx) / scale
        assert np.abs(offsets - np.rint(offsets)).max() <= 0.5 / scale + 1e-6


def test_a_pan_draws_the_same_lines_as_drawing_anew(desk: Desk) -> None:
    desk.canvas.pixel_grid = True
    desk.canvas.camera.set_zoom(9.4)
    seen(desk)
    desk.canvas.camera.pan_by(-37.0, 23.0)
    desk.canvas.grab()
    moved = seen(desk)
    desk.canvas.rendering.drop()
    assert np.array_equal(moved, seen(desk))
