"""Photographs shrink as if every pixel of them counted, whatever their sides are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dynseg.images.shrink import halving_step, shrunk
from dynseg.sample.scene import render


@pytest.mark.parametrize("size", [(1280, 960), (1286, 964), (1285, 963), (2560, 1920), (900, 600)])
def test_pixels_are_means_of_those_that_they_stand_for(size: tuple[int, int]) -> None:
    pixels = cv2.resize(render(3, 0, width=640, height=480).pixels, size)
    inner = (320, round(320 * size[1] / size[0]))
    exact = np.asarray(cv2.resize(pixels, inner, interpolation=cv2.INTER_AREA)).astype(int)
    differences = np.abs(shrunk(np.asarray(pixels, np.uint8), inner) - exact)
    assert differences.mean() < 1.0
    # Nothing is moved: shifted by half a pixel the same scene differs more.
    by_half = np.array([[1, 0, 0.5], [0, 1, 0.5]])
    moved = cv2.warpAffine(exact.astype(np.uint8), by_half, inner)
    assert differences.mean() < 0.4 * np.abs(exact - moved).mean()


def test_a_line_of_one_pixel_is_not_skipped() -> None:
    pixels = np.zeros((2400, 3200, 3), np.uint8)
    pixels[:, 1601] = 255
    row = shrunk(pixels, (320, 240))[120]
    assert row[159:162].sum() == pytest.approx(3 * 25.5, abs=9)


@pytest.mark.parametrize(("side", "step"), [(100, 1), (511, 1), (512, 2), (1023, 2), (1024, 4)])
def test_parts_of_these_sides_are_halved(side: int, step: int) -> None:
    assert halving_step(side, 128) == step
