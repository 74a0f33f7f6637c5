"""Objects looked for by what they look like.

Flow does not see small things that go far on their own.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.following.movement import SIDE_PX
from dynseg.inference.following.views import (
    Matrix,
    Photo,
    Pixels,
    Shape,
    bounds,
    scaling,
    transformed,
)

REACH, OWN_REACH = 0.13, 1.5
"""How far an object is looked for from where the camera's movement puts it, over the longer side of
the image, or of the object if that is farther: small things that are alike lie everywhere."""
TEMPLATE_CELLS = 36
"""Larger objects are looked for in a smaller image."""
BEYOND = TEMPLATE_CELLS // 2
"""Cells that an image goes on beyond its border: half of an object may have left it."""
LEAST_CELLS = 3
PLACES = 3
"""How many are looked at more closely: of 378 objects at a step of 60 px 304 are found, not 285."""
SOUND = 1.001
"""Correlations over this are of plain places, where OpenCV divides by nearly nothing."""


class Search:
    """Looks for pieces of one image in another one of its size.

    Args:
        before, after: The images.
    """

    def __init__(self, before: Photo, after: Photo) -> None:
        self._photos = before, after
        self._views: dict[int, tuple[Pixels, Pixels]] = {}

    def found(self, shape: Shape, camera: Matrix) -> list[Matrix]:
        """The shifts after which something looks most like a shape; none for what is too small.

        Args:
            shape: Pixels of the first image.
            camera: About where things go, pixels.
        """
        low, high = bounds(shape)
        cells = float((high - low).max()) * SIDE_PX / max(self._photos[0].size)
        before, after = self._at(max(0, int(np.ceil(np.log2(max(cells, 1) / TEMPLATE_CELLS)))))
        limits = np.array([before.shape[1], before.shape[0]])
        to_cells = np.diag([*(limits / self._photos[0].size), 1.0])
        seen = transformed(shape, to_cells)
        low, high = bounds(seen)
        first = np.clip(np.floor(low - 0.5), 0, limits).astype(int)
        last = np.clip(np.ceil(high + 0.5), 0, limits).astype(int)
        if (last - first).min() < LEAST_CELLS:
            return []
        middle = np.array([*(first + last) / 2, 1.0])
        to_pixels = np.linalg.inv(to_cells)
        carried = np.round(to_cells @ camera @ to_pixels @ middle - middle)[:2].astype(int)
        reach = int(np.ceil(max(REACH * limits.max(), OWN_REACH * (last - first).max())))
        start = np.maximum(first + carried - reach, -BEYOND) + BEYOND
        end = np.minimum(last + carried + reach, limits + BEYOND) + BEYOND
        if (end - start < last - first).any():
            return []
        template = before[first[1] : last[1], first[0] : last[0]]
        place = after[start[1] : end[1], start[0] : end[0]]
        own = transformed(seen, scaling(1.0, -first.astype(np.float64)))
        shifts = start - BEYOND + _best(place, template, own) - first
        return [to_pixels @ scaling(1.0, shift) @ to_cells for shift in shifts.astype(np.float64)]

    def _at(self, level: int) -> tuple[Pixels, Pixels]:
        """Both images, halved so many times; the second goes on beyond its border."""
        if level not in self._views:
            before, after = (photo.whole(SIDE_PX >> level) for photo in self._photos)
            wide = cv2.copyMakeBorder(after, *(BEYOND,) * 4, cv2.BORDER_REPLICATE)
            self._views[level] = before, np.asarray(wide, np.uint8)
        return self._views[level]


def _best(place: Pixels, template: Pixels, shape: Shape) -> NDArray[np.intp]:
    """`(N, 2)` columns and rows of places where it looks most like a shape in a template.

    Something that turns looks less like itself than another of its kind may. So there are several,
    apart from each other.
    """
    rows, columns = template.shape[:2]
    inside = mask_from_parts(shape, width=columns, height=rows).astype(np.uint8)
    mask = np.repeat(cv2.dilate(inside, np.ones((3, 3), np.uint8))[..., None], 3, axis=2)
    likeness = cv2.matchTemplate(place, template, cv2.TM_CCOEFF_NORMED, mask=mask)
    sound = np.isfinite(likeness) & (np.abs(likeness) <= SOUND)
    left = np.where(sound, likeness, -1.0)
    places = []
    for _ in range(PLACES):
        row, column = divmod(int(left.argmax()), left.shape[1])
        places.append((column, row))
        left[
            max(0, row - rows // 2) : row + rows // 2 + 1,
            max(0, column - columns // 2) : column + columns // 2 + 1,
        ] = -1.0
    return np.array(places)
