"""Masks to parts and back: nothing is lost, every part is valid."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from dynseg.geometry.mask import mask_from_parts, parts_from_mask
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, problem, to_shapely

MASKS = hnp.arrays(np.bool_, st.tuples(st.integers(1, 14), st.integers(1, 14)))


def blobs(size: int, seed: int) -> NDArray[np.bool_]:
    noise = np.random.default_rng(seed).random((size, size))
    smooth: NDArray[np.bool_] = cv2.GaussianBlur(noise, (0, 0), 3) > 0.5
    return smooth


def check_round_trip(mask: NDArray[np.bool_]) -> None:
    height, width = mask.shape
    parts = parts_from_mask(mask)
    assert np.array_equal(mask_from_parts(parts, width=width, height=height), mask)
    assert [problem(part) for part in parts] == [None] * len(parts)
    assert sum(area(part) for part in parts) == mask.sum()
    pieces = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)[0] - 1
    assert len(parts) == pieces
    sizes = [area(part) for part in parts]
    assert sizes == sorted(sizes, reverse=True)


def test_a_block_is_the_rectangle_it_covers() -> None:
    mask = np.zeros((20, 30), np.uint8)
    mask[4:9, 7:18] = 255
    (part,) = parts_from_mask(mask)
    assert {tuple(point) for point in part.outer} == {(7, 4), (18, 4), (18, 9), (7, 9)}
    assert part.holes == ()


def test_one_pixel_and_the_offset() -> None:
    (part,) = parts_from_mask(np.ones((1, 1), bool), offset=(100, 50))
    assert {tuple(point) for point in part.outer} == {(100, 50), (101, 50), (101, 51), (100, 51)}


def test_a_hole_is_exact() -> None:
    mask = np.ones((10, 10), np.bool_)
    mask[3:5, 4:8] = False
    (part,) = parts_from_mask(mask)
    (hole,) = part.holes
    assert {tuple(point) for point in hole} == {(4, 3), (8, 3), (8, 5), (4, 5)}


def test_nothing_gives_nothing() -> None:
    assert parts_from_mask(np.zeros((5, 5), bool)) == ()
    assert not mask_from_parts([], width=5, height=4).any()


@pytest.mark.parametrize("dtype", [np.bool_, np.uint8, np.int32, np.float32])
def test_any_number_type(dtype: type) -> None:
    mask: NDArray[np.generic] = np.array([[0, 1, 1], [0, 1, 0]]).astype(dtype)
    (part,) = parts_from_mask(mask)
    assert area(part) == 3


@settings(max_examples=250)
@given(MASKS)
@example(np.eye(4, dtype=bool))
@example(~np.eye(4, dtype=bool))
@example(np.indices((9, 9)).sum(axis=0) % 2 == 0)
@example(np.indices((9, 9)).sum(axis=0) % 2 == 1)
def test_any_mask_survives_the_round_trip(mask: NDArray[np.bool_]) -> None:
    check_round_trip(mask)


@pytest.mark.parametrize("seed", range(5))
def test_large_ragged_masks_survive_the_round_trip(seed: int) -> None:
    check_round_trip(blobs(150, seed))


def test_a_mask_that_is_not_contiguous() -> None:
    check_round_trip(blobs(60, 1)[::2, 1::2].T)


def test_pixel_centres_decide() -> None:
    half = Part(ring([(0.4, 0.4), (2.6, 0.4), (2.6, 2.6), (0.4, 2.6)]))
    assert mask_from_parts([half], width=4, height=4).sum() == 9
    less = Part(ring([(0.6, 0.6), (2.4, 0.6), (2.4, 2.4), (0.6, 2.4)]))
    assert mask_from_parts([less], width=4, height=4).sum() == 1


@settings(max_examples=100)
@given(
    hnp.arrays(np.float64, (5, 2), elements=st.floats(-8, 20, allow_nan=False)),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_fill_agrees_with_the_even_odd_rule(
    points: NDArray[np.float64], width: int, height: int
) -> None:
    part = Part(ring(points))
    mask = mask_from_parts([part], width=width, height=height)
    from dynseg.geometry.polygon import contains

    for row, column in np.ndindex(height, width):
        x, y = column + 0.5, row + 0.5
        # A centre on an edge may go either way.
        if to_boundary(part, x, y) > 1e-6:
            assert mask[row, column] == contains([part], x, y)


def to_boundary(part: Part, x: float, y: float) -> float:
    import shapely

    return float(shapely.LinearRing(part.outer).distance(shapely.Point(x, y)))


def test_shared_edges_are_filled_once() -> None:
    left = Part(ring([(0, 0), (3.3, 0), (5.7, 8), (0, 8)]))
    right = Part(ring([(3.3, 0), (9, 0), (9, 8), (5.7, 8)]))
    one = mask_from_parts([left], width=9, height=8)
    other = mask_from_parts([right], width=9, height=8)
    assert (one ^ other).all()
    assert to_shapely([left, right]).area == pytest.approx(72)
