"""Image pixels to model pixels and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox

SIDES = st.integers(1, 10_000)


def to_model(box: Letterbox, points: NDArray[np.floating]) -> NDArray[np.float64]:
    """`(N, 2)` image pixels to `(N, 2)` model pixels."""
    return np.asarray(points, np.float64) * box.scale_xy + (box.pad_left, box.pad_top)


@pytest.mark.parametrize(
    ("size", "square", "expected"),
    [
        # Width, height of the input and the padding, as ultralytics' LetterBox gives them.
        ((1920, 1080), False, (640, 384, 0, 12)),
        ((1920, 1080), True, (640, 640, 0, 140)),
        ((640, 480), False, (640, 480, 0, 0)),
        ((500, 375), True, (640, 640, 0, 80)),
        ((427, 640), False, (448, 640, 10, 0)),
    ],
)
def test_placement(
    size: tuple[int, int], square: bool, expected: tuple[int, int, int, int]
) -> None:
    box = Letterbox.fit(*size, square=square)
    assert (box.width, box.height, box.pad_left, box.pad_top) == expected


@pytest.mark.parametrize(
    ("size", "least", "expected"),
    [
        ((1920, 1080), 0, (640, 384, 0, 12)),
        ((640, 480), 0, (640, 480, 0, 0)),
        ((427, 640), 0, (480, 640, 26, 0)),
        ((640, 512), 0, (640, 640, 0, 64)),
        ((2000, 100), 0, (640, 192, 0, 80)),
        ((1920, 1080), 800, (800, 800, 80, 220)),
    ],
)
def test_placement_in_few_shapes(
    size: tuple[int, int], least: int, expected: tuple[int, int, int, int]
) -> None:
    box = Letterbox.fit(*size, few_shapes=True, least=least)
    assert (box.width, box.height, box.pad_left, box.pad_top) == expected
    exact = Letterbox.fit(*size)
    assert (box.scale, box.inner_width, box.inner_height) == (
        exact.scale,
        exact.inner_width,
        exact.inner_height,
    )


@given(st.lists(st.tuples(SIDES, SIDES), min_size=20, max_size=60), st.sampled_from([320, 640]))
def test_photographs_from_everywhere_have_few_shapes(
    sizes: list[tuple[int, int]], size: int
) -> None:
    boxes = [Letterbox.fit(*sides, size=size, few_shapes=True) for sides in sizes]
    assert len({(box.width, box.height) for box in boxes}) <= 7
    assert all(box.width >= box.inner_width and box.height >= box.inner_height for box in boxes)


@given(SIDES, SIDES, st.sampled_from([320, 640, 1280]), st.booleans())
def test_points_come_back(width: int, height: int, size: int, square: bool) -> None:
    box = Letterbox.fit(width, height, size=size, square=square)
    corners = np.array([[0, 0], [width, height], [width / 3, height / 7]])
    assert np.allclose(
        box.to_image(to_model(box, corners)), corners, atol=1e-6 * max(width, height)
    )
    inside = to_model(box, corners)
    assert (inside >= -1e-6).all()
    assert (inside <= np.add((box.width, box.height), 1e-6)).all()
    assert box.width % 32 == 0
    assert box.height % 32 == 0
