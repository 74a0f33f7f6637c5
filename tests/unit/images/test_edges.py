"""Paths along edges."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dynseg.images import edges
from dynseg.images.edges import EdgeMap, Pixels

SEED = (25, 2)


def discs() -> Pixels:
    """Six flat discs beside and over each other; OpenCV's map of `SEED` runs in circles."""
    chance = np.random.default_rng(574)
    height, width = int(chance.integers(3, 200)), int(chance.integers(3, 260))
    pixels = np.full((height, width, 3), 90, np.uint8)
    for _ in range(6):
        middle = (int(chance.integers(width)), int(chance.integers(height)))
        radius = int(chance.integers(2, 40))
        colour = tuple(int(value) for value in chance.integers(0, 256, 3))
        cv2.circle(pixels, middle, radius, colour, -1)
    return pixels


@pytest.fixture
def one_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths begin at the seed alone, as in OpenCV; skips where its map is sound."""
    monkeypatch.setattr(edges, "SEED_SHIFTS", ((0, 0),))
    if EdgeMap(discs(), SEED)._found((84, 38)) is not None:
        pytest.skip("this OpenCV has no such map")


@pytest.mark.usefixtures("one_seed")
def test_a_map_that_runs_in_circles_is_made_from_beside_the_seed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    path = EdgeMap(discs(), SEED).path(84, 38)
    assert path[0].tolist() == [25.5, 2.5]
    assert path[-1].tolist() == [84.5, 38.5]
    assert np.abs(np.diff(path, axis=0)).max() <= 2, "pixel by pixel, no straight line"


@pytest.mark.usefixtures("one_seed")
def test_without_any_path_the_line_is_straight() -> None:
    path = EdgeMap(discs(), SEED).path(84, 38)
    assert path.tolist() == [[25.5, 2.5], [84.5, 38.5]]


@pytest.mark.parametrize("target", [(0, 0), SEED, (-5, 999)])
def test_paths_stay_in_the_piece(target: tuple[int, int]) -> None:
    pixels = discs()
    path = EdgeMap(pixels, SEED).path(*target)
    assert path.min() >= 0.5
    assert (path.max(0) <= (pixels.shape[1], pixels.shape[0])).all()
