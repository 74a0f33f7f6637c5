"""The arithmetic of zooming and panning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynseg_annotator.canvas.view import MAX_SCALE, MIN_SCALE, ViewTransform

scales = st.floats(0.01, 50)
offsets = st.floats(-1e4, 1e4)
views = st.builds(ViewTransform, scales, offsets, offsets)
places = st.tuples(st.floats(0, 1600), st.floats(0, 1000))
IMAGE, VIEW = (1920.0, 1080.0), (1600.0, 1000.0)


@given(views, places)
def test_to_image_undoes_to_view(view: ViewTransform, place: tuple[float, float]) -> None:
    assert view.to_view(*view.to_image(*place)) == pytest.approx(place, abs=1e-6)
    points = np.array([place, (1.0, 2.0)])
    assert view.points_to_view(points)[0] == pytest.approx(view.to_view(*place))


@given(views, places, st.floats(0.1, 10))
def test_zooming_keeps_the_point_under_the_pointer(
    view: ViewTransform, place: tuple[float, float], factor: float
) -> None:
    at = view.to_image(*place)
    zoomed = view.zoomed_at(factor, *place)
    assert MIN_SCALE <= zoomed.scale <= MAX_SCALE
    assert zoomed.to_view(*at) == pytest.approx(place, abs=1e-4)


@given(
    st.tuples(st.floats(0, IMAGE[0]), st.floats(0, IMAGE[1])),
    st.floats(1.0, 4.0),
    st.floats(1.0, 4.0),
)
def test_zooming_in_on_the_image_is_never_disturbed_by_keeping_it_in_sight(
    at: tuple[float, float], first: float, second: float
) -> None:
    view = ViewTransform.showing((0, 0, *IMAGE), VIEW)
    for factor in (first, second):
        place = view.to_view(*at)
        if not (0 <= place[0] <= VIEW[0] and 0 <= place[1] <= VIEW[1]):
            return
        view = view.zoomed_at(factor * 1.2, *place).clamped(IMAGE, VIEW)
        assert view.to_view(*at) == pytest.approx(place, abs=1e-6)


@given(views)
def test_the_image_stays_in_sight(view: ViewTransform) -> None:
    kept = view.clamped(IMAGE, VIEW)
    assert kept.scale == view.scale
    x, y = kept.to_image(VIEW[0] / 2, VIEW[1] / 2)
    assert -1e-6 <= x <= IMAGE[0] + 1e-6
    assert -1e-6 <= y <= IMAGE[1] + 1e-6
    assert kept.clamped(IMAGE, VIEW) == kept


def test_a_box_is_shown_centred_with_a_margin() -> None:
    view = ViewTransform.showing((100, 100, 300, 200), (800, 800), margin_px=50)
    assert view.scale == pytest.approx(3.5)
    assert view.to_view(200, 150) == pytest.approx((400, 400))


def test_an_image_of_no_size_does_no_harm() -> None:
    view = ViewTransform.showing((0, 0, 0, 0), (0, 0), max_scale=8)
    assert view.scale == 8
    assert np.isfinite(view.to_image(5, 5)).all()
