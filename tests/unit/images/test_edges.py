"""Paths along edges, and objects parted from ground by colour."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dynseg.images import edges
from dynseg.images.edges import EdgeMap, Pixels, parted

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


@pytest.mark.parametrize("seed", [3726, 7073, 8416, 8527, 12232])
def test_few_colours_that_lie_in_a_plane_are_parted_like_others(seed: int) -> None:
    """By rounding they seem to have a volume, of which OpenCV finds a negative one and ends."""
    chance = np.random.default_rng(seed)
    palette = chance.integers(0, 256, (10, 3), np.uint8)
    known = np.full((12, 12), cv2.GC_BGD, np.uint8)
    known[2:10, 2:10] = cv2.GC_PR_BGD
    known[3:9, 3:9] = cv2.GC_PR_FGD
    known[4:8, 4:8] = cv2.GC_FGD
    inside = parted(palette[chance.integers(0, 10, (12, 12))], known)
    assert inside[4:8, 4:8].all()
    assert not inside[:2].any()


def test_a_single_pixel_of_ground_has_a_colour() -> None:
    """A row of one pixel is a column of three numbers to OpenCV's k-means."""
    pixels = np.full((8, 8, 3), (200, 40, 40), np.uint8)
    pixels[0, 0] = (20, 90, 20)
    known = np.full((8, 8), cv2.GC_FGD, np.uint8)
    known[0, 0], known[0, 1] = cv2.GC_BGD, cv2.GC_PR_FGD
    inside = parted(pixels, known)
    assert not inside[0, 0]
    assert inside.sum() == 63
