"""Masks to parts and back, exact at pixel edges.

A block of pixels becomes the rectangle that it covers, so that mask -> parts -> mask changes
nothing. Imports OpenCV: the window must not load this module at start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, from_shapely
from dynseg.geometry.raster import mask_from_parts

__all__ = ["mask_from_parts", "parts_from_mask"]


def parts_from_mask(
    mask: NDArray[np.generic], *, offset: tuple[int, int] = (0, 0)
) -> tuple[Part, ...]:
    """Trace the pixel edges of all connected pieces of a mask.

    Args:
        mask: `(h, w)`, bool or numeric; anything but 0 is inside.
        offset: Column and row of the mask's first pixel in the image.

    Returns:
        Parts in image pixels with their holes, largest area first. Corner points only.
    """
    binary = np.ascontiguousarray(mask != 0).view(np.uint8)
    if not binary.any():
        return ()
    # Every pixel becomes 2 x 2: the centres of border half-pixels then lie a quarter pixel from
    # the pixel corners, so that rounding them yields the exact outline.
    doubled = cv2.resize(binary, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    contours, hierarchy = cv2.findContours(doubled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parts: list[Part] = []
    for index, (_, _, child, parent) in enumerate(hierarchy[0]):
        if parent >= 0:
            continue
        outline = _corners(contours[index], offset)
        holes = []
        while child >= 0:
            holes.append(_corners(contours[child], offset))
            child = hierarchy[0][child][0]
        parts.extend(_assemble(outline, holes))
    return tuple(sorted(parts, key=area, reverse=True))


def _corners(contour: NDArray[Any], offset: tuple[int, int]) -> NDArray[np.float64]:
    """Pixel corners of one contour of the doubled mask; `(N, 2)` float64, image pixels."""
    points = (contour.reshape(-1, 2) + 1) // 2
    points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    turns = before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]
    corners: NDArray[np.float64] = points[turns].astype(np.float64) + offset
    return corners


def _assemble(outline: NDArray[np.float64], holes: list[NDArray[np.float64]]) -> Sequence[Part]:
    """One contour as valid parts: pieces that touch at a corner alone come apart there."""
    rings = [outline, *holes]
    corners = np.concatenate(rings)
    if len(np.unique(corners, axis=0)) == len(corners):
        return [Part(ring(outline), tuple(ring(hole) for hole in holes))]
    # A ring that meets itself in a corner is not a valid polygon; the even-odd rule still says
    # what is inside, and shapely cuts it into pieces that are valid.
    region = shapely.make_valid(shapely.Polygon(outline))
    for hole in holes:
        region = region.difference(shapely.make_valid(shapely.Polygon(hole)))
    return from_shapely(region)
