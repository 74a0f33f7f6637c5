"""Drawn objects and backgrounds: variety that few photographs have."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[Any]
Random = np.random.Generator

TILE = 112


def blob(random: Random) -> tuple[Image, Image]:
    """A rounded or angular thing, lit from one side: `(TILE, TILE, 3)` uint8 BGR and its cover."""
    cover = np.zeros((TILE, TILE), np.uint8)
    cv2.fillPoly(cover, [np.round(_outline(random)).astype(np.int32)], 255)
    if random.random() < 0.08:
        cv2.circle(cover, (TILE // 2, TILE // 2), int(random.integers(8, 18)), 0, -1)
    colour = random.uniform(10, 245, 3 if random.random() < 0.6 else 1) * np.ones(3)
    grain = noise(random, TILE, [(32, 1.0), (8, 0.7), (3, 0.4)])[..., None]
    pixels = colour + grain * random.uniform(0, 28)
    pixels = pixels * _relief(random, cover)[..., None]
    if random.random() < 0.4:
        pixels = _striped(random, pixels)
    return np.clip(pixels, 0, 255).astype(np.uint8), cover


def _outline(random: Random) -> Image:
    """`(N, 2)` points in a tile."""
    if random.random() < 0.3:
        angles = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(4, 9))))
        radius = random.uniform(0.6, 1, len(angles))
    else:
        angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        waves = [
            random.uniform(0, 0.22 / k) * np.sin(k * angles + random.uniform(0, 6.3))
            for k in (2, 3, 4, 5)
        ]
        radius = (1 + sum(waves)) / 1.3
    squeeze = random.uniform(0.35, 1)
    points = np.stack([np.cos(angles) * radius * squeeze, np.sin(angles) * radius], 1)
    return points * (TILE / 2 - 6) + TILE / 2


def _relief(random: Random, cover: Image) -> Image:
    """Brightness of a dome under a lamp, `(TILE, TILE)`, about 1."""
    height = cv2.distanceTransform(cover, cv2.DIST_L2, 5)
    height = np.sqrt(np.clip(height / max(float(height.max()), 1), 0, 1))
    height = cv2.GaussianBlur(height, (0, 0), random.uniform(2, 6))
    slope_y, slope_x = np.gradient(height * random.uniform(2, 18))
    turn = random.uniform(0, 2 * np.pi)
    lit = 1 + np.clip(slope_x * np.cos(turn) + slope_y * np.sin(turn), -0.7, 0.7)
    return lit * random.uniform(0.75, 1.1)


def _striped(random: Random, pixels: Image) -> Image:
    y, x = np.mgrid[:TILE, :TILE] / TILE
    turn = random.uniform(0, np.pi)
    wave = np.sin((x * np.cos(turn) + y * np.sin(turn)) * random.uniform(10, 60))
    return pixels * (1 + random.uniform(0.05, 0.4) * (wave > random.uniform(-0.5, 0.9)))[..., None]


def noise(random: Random, size: int, octaves: list[tuple[int, float]]) -> Image:
    """Smooth noise `(size, size)` with cells and strengths in pixels and standard deviations."""
    total = np.zeros((size, size), np.float32)
    for cell, strength in octaves:
        few = max(2, size // cell)
        rough = random.normal(0, strength, (few, few)).astype(np.float32)
        total += cv2.resize(rough, (size, size), interpolation=cv2.INTER_CUBIC)
    return total


def plain_ground(random: Random, size: int) -> Image:
    """A table, a wall, a sheet: one colour, uneven light, a little grain."""
    grey = random.uniform(15, 245)
    colour = grey + random.normal(0, 18, 3)
    wide = noise(random, size, [(size // 2, 16), (32, random.uniform(0, 10))])
    grain = noise(random, size, [(2, random.uniform(0, 9))])
    return _picture(colour + (wide + grain)[..., None])


def noisy_ground(random: Random, size: int) -> Image:
    """Coloured clouds of all sizes: gravel, soil, cloth."""
    octaves = [(128, 30), (32, random.uniform(5, 28)), (8, random.uniform(2, 20)), (3, 6)]
    planes = [noise(random, size, octaves) for _ in range(3)]
    shared = noise(random, size, octaves)
    mixed = np.stack([0.4 * plane + 0.8 * shared for plane in planes], -1)
    return _picture(mixed + random.uniform(30, 220, 3))


def leafy_ground(random: Random, size: int) -> Image:
    """Long crossing bands of one family of colours: leaves, straw, cables."""
    colour = random.uniform(20, 200, 3)
    pixels = _picture(colour * 0.6 + noise(random, size, [(16, 14), (4, 6)])[..., None])
    for _ in range(int(random.integers(12, 50))):
        start, bend, end = random.uniform(-0.2, 1.2, (3, 2)) * size
        t = np.linspace(0, 1, 14)[:, None]
        line = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
        shade = colour * random.uniform(0.5, 1.5) + random.normal(0, 10, 3)
        width = int(size * random.uniform(0.01, 0.16))
        points = [np.round(line).astype(np.int32)]
        cv2.polylines(pixels, points, False, shade.tolist(), max(1, width), cv2.LINE_AA)
        cv2.polylines(pixels, points, False, (shade * 1.25).tolist(), 1, cv2.LINE_AA)
    grained = pixels + noise(random, size, [(6, 7), (2, 5)])[..., None]
    return cv2.GaussianBlur(_picture(grained), (0, 0), random.uniform(0.5, 1.6))


def _picture(values: Image) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)
