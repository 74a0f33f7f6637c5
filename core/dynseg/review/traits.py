"""What a shape looks like, as a few numbers: colour, texture, size and outline.

Measured, not learned, so that one labelled shape is enough to compare with. Alike shapes have alike
numbers, wherever they lie and however they are turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.combine import signed_area
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import ring_area

SIDE_PX = 640
"""Longer side of what is looked at. All images of a project are reduced to it, none is enlarged."""

Numbers = NDArray[np.float64]
Shape = Sequence[Part]

NOISE = np.array(
    [
        *(3.0, 1.0, 1.0, 2.5, 0.6, 1.0, *[2.0] * 9),  # colours
        *(0.06, 0.07, 0.05),  # texture
        *(0.08, 0.3),  # size and parts
        *(0.08, 0.03, 0.08, 0.05, *[0.06] * 16),  # outline
    ]
)
"""How far the traits of one object differ when a person and a model outline it: root mean square
over 456 objects of food-tray, nuts and generated scenes, rounded."""

_LEAST_PIXELS = 3
_MOST_PIXELS = 2_000
"""Of a large shape every so many-th pixel is looked at: more say nothing new."""
_ROUND = 64
"""Points of an outline that its waves are read from."""
_WAVES = 8


class Scene:
    """An image that shapes are looked at in.

    Args:
        pixels: `(H, W, 3)` uint8 RGB, of any size.
        width: Of the image that the shapes are drawn in, pixels.
        height: Likewise.
    """

    def __init__(self, pixels: NDArray[np.uint8], width: int, height: int) -> None:
        self._pixels = reduced(pixels)
        self._scale = np.array([self._pixels.shape[1] / width, self._pixels.shape[0] / height])
        self._area_px = width * height

    def traits(self, shapes: Sequence[Shape]) -> Numbers:
        """`(N, D)` what the shapes look like, image pixels of the drawn image in."""
        if not shapes:
            return np.empty((0, 0))
        return np.stack([self._traits(parts) for parts in shapes])

    def _traits(self, parts: Shape) -> Numbers:
        area = sum(ring_area(part.outer) for part in parts)
        largest = max((part.outer for part in parts), key=ring_area)
        return np.concatenate(
            [
                surface_traits(*self._cut_out(parts)),
                [np.log(max(area, 1e-3) / self._area_px), len(parts)],
                outline_traits(largest),
            ]
        )

    def _cut_out(self, parts: Shape) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """The pixels around a shape, and which of them are its own: at least a few."""
        rings = [part.outer * self._scale for part in parts]
        points = np.concatenate(rings)
        size = self._pixels.shape[1], self._pixels.shape[0]
        left, top = (max(0, int(low) - 1) for low in np.clip(points.min(0), 0, size))
        right, bottom = (int(high) + 2 for high in np.clip(points.max(0), 0, size))
        pixels = self._pixels[top:bottom, left:right]
        mask = np.zeros(pixels.shape[:2], np.uint8)
        for ring in rings:
            cv2.fillPoly(mask, [np.floor(ring - (left, top)).astype(np.int32)], 1)
        inside = mask > 0
        return pixels, inside if inside.sum() >= _LEAST_PIXELS else np.ones_like(inside)


def reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An image as shapes are looked at in it: of `SIDE_PX`, or the very same if it is no larger.

    Args:
        pixels: `(H, W, 3)` uint8 RGB.
    """
    factor = SIDE_PX / max(pixels.shape[:2])
    if factor >= 1:
        return pixels
    sides = [max(1, round(side * factor)) for side in (pixels.shape[1], pixels.shape[0])]
    return np.asarray(cv2.resize(pixels, sides, interpolation=cv2.INTER_AREA), np.uint8)


def surface_traits(pixels: NDArray[Any], inside: NDArray[np.bool_]) -> Numbers:
    """Colours and texture of some pixels.

    Args:
        pixels: `(h, w, 3)` uint8 RGB.
        inside: `(h, w)` which of them count.

    Returns:
        Mean, deviation and percentiles of CIELAB, then strength and spread of edges, and grain.
    """
    colours = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    light = colours[..., 0]
    slopes = cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)
    some = np.flatnonzero(inside)
    some = some[:: max(1, len(some) // _MOST_PIXELS)]
    edges = np.hypot(*slopes).ravel()[some]
    grain = np.abs(cv2.Laplacian(light, cv2.CV_32F)).ravel()[some]
    own = colours.reshape(-1, 3)[some]
    return np.concatenate(
        [
            own.mean(0),
            own.std(0),
            np.sort(own, axis=0)[[len(own) // 10, len(own) // 2, 9 * len(own) // 10]].ravel(),
            np.log1p([edges.mean(), edges.std(), grain.mean()]),
        ]
    )


def outline_traits(ring: Numbers) -> Numbers:
    """How long, how round and how jagged an outline is, whatever its size and turn.

    Args:
        ring: `(N, 2)`.

    Returns:
        Elongation, solidity, roundness, filling of the smallest box, and the sizes of the first
        Fourier descriptors (Granlund, 1972) on both sides.
    """
    points = ring.astype(np.float32)
    area = max(float(ring_area(ring)), 1e-3)
    around = max(float(cv2.arcLength(points, True)), 1e-3)
    narrow, wide = sorted(cv2.minAreaRect(points)[1])
    around_it = cv2.convexHull(points)
    hull = area if around_it is None else max(cv2.contourArea(around_it), area)
    return np.concatenate(
        [
            [
                np.log((narrow + 1) / (wide + 1)),
                area / hull,
                4 * np.pi * area / around**2,
                area / max(narrow * wide, area),
            ],
            _waves(ring),
        ]
    )


def _waves(ring: Numbers) -> Numbers:
    if signed_area(ring) < 0:
        ring = ring[::-1]
    closed = np.concatenate([ring, ring[:1]])
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, way[-1], _ROUND, endpoint=False)
    line = np.interp(at, way, closed[:, 0]) + 1j * np.interp(at, way, closed[:, 1])
    sizes = np.abs(np.fft.fft(line - line.mean()))
    sizes = np.sqrt(sizes / max(sizes.max(), 1e-9))
    return np.concatenate([sizes[1 : _WAVES + 1], sizes[-_WAVES:]])
