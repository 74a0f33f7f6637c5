"""Drawn photographs with many small objects of a few kinds, for tests of what finds them."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring

WIDTH, HEIGHT = 480, 360
BEETLE, SEED = (40, 30, 60), (210, 190, 70)
"""Colours."""
Shape = tuple[Part, ...]


def ellipse(x: float, y: float, a: float, b: float, turn: float) -> Shape:
    angles = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    flat = np.stack([a * np.cos(angles), b * np.sin(angles)], axis=1)
    turned = flat @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return (Part(ring(turned + np.array([x, y]))),)


def scene(*kinds: tuple[tuple[int, int, int], int]) -> tuple[NDArray[np.uint8], list[list[Shape]]]:
    """A grainy ground with so many turned ellipses of each colour, none on another."""
    chance = np.random.default_rng(4)
    pixels = np.full((HEIGHT, WIDTH, 3), (120, 140, 90), np.uint8)
    places = [(30 + 50 * column, 30 + 50 * row) for row in range(7) for column in range(9)]
    chance.shuffle(places)
    shapes: list[list[Shape]] = []
    for colour, count in kinds:
        shapes.append([])
        for _ in range(count):
            x, y = places.pop()
            long, short = chance.uniform((9, 6), (12, 8))
            shape = ellipse(x, y, long, short, chance.uniform(0, 3))
            points = np.round(shape[0].outer * 16).astype(np.int32)
            cv2.fillPoly(pixels, [points], colour, cv2.LINE_AA, shift=4)
            shapes[-1].append(shape)
    grain = chance.normal(0, 9, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8), shapes
