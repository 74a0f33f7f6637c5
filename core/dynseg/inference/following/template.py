"""What an object looks like, fitted into another image.

The piece of the first image under a shape is laid over the second one and moved, turned, scaled and
sheared until the colours agree (Baker and Matthews, 2004: inverse compositional Lucas-Kanade). How
far they agree at the end says whether it is the same object: their correlation over all colours
does not change with brightness and contrast.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.following.views import Matrix, Photo, Shape, bounds, scaling, transformed

MARGIN, LEAST_MARGIN_PX = 0.2, 2.0
"""Surroundings on each side, over the longer side of the shape."""
MOST_ENLARGED = 1.5
PLAIN = 4.0
"""An object whose colours differ by less, of 255, shows nothing but noise: what is closely around
has to agree as well, for the contrast at its border."""
AROUND = 0.08
"""How far around, over the root of its area."""
LEAST_CELLS = 12
LEAST_GAIN = 0.2
NOT_ALIKE = -1.0
SMOOTH_CELLS = 0.7
STIFF = 1e-3
"""How much less willingly a shape changes its form than its place."""
ROUNDS = 8
MOST_CELLS, MOST_CHANGE = 16.0, 0.3
"""Of one round: cells of movement; turning and growing."""
DONE_CELLS = 0.02
"""A round that moves nothing by more is the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Where an object is.

    Attributes:
        matrix: From the first image into the second, pixels.
        likeness: Correlation of the colours, -1 to 1.
    """

    matrix: Matrix
    likeness: float


class Template:
    """A shape with its colours.

    Args:
        photo: The image that it lies in.
        shape: Image pixels.
        side: Longer side of what is looked at, cells.
    """

    def __init__(self, photo: Photo, shape: Shape, side: int) -> None:
        self.shape = shape
        low, high = bounds(shape)
        longer = float((high - low).max())
        margin = MARGIN * longer + LEAST_MARGIN_PX
        scale = min(MOST_ENLARGED, side / (longer + 2 * margin))
        columns, rows = np.ceil((high - low + 2 * margin) * scale).astype(int).tolist()
        self._size = (columns, rows)
        self._to_image = scaling(1 / scale, low - margin)
        self._to_cells = np.asarray(np.linalg.inv(self._to_image), np.float64)
        own = mask_from_parts(transformed(shape, self._to_cells), width=columns, height=rows)
        inside = self._inside(photo)
        self._cells = np.flatnonzero(own & inside)
        self.is_usable = len(self._cells) >= LEAST_CELLS
        if not self.is_usable:
            return
        seen = self._seen(photo, self._to_image)
        if seen.reshape(-1, 3)[self._cells].std(0).mean() < PLAIN:
            reach = max(1, round(AROUND * len(self._cells) ** 0.5))
            disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
            self._cells = np.flatnonzero((cv2.dilate(own.astype(np.uint8), disc) > 0) & inside)
        self._learn(seen)

    def _inside(self, photo: Photo) -> NDArray[np.bool_]:
        """`(rows, columns)` whether a cell lies in the image."""
        columns, rows = self._size
        x = (np.arange(columns) + 0.5) * self._to_image[0, 0] + self._to_image[0, 2]
        y = (np.arange(rows) + 0.5) * self._to_image[1, 1] + self._to_image[1, 2]
        inside: NDArray[np.bool_] = ((y > 0) & (y < photo.size[1]))[:, None] & (
            (x > 0) & (x < photo.size[0])
        )
        return inside

    def _learn(self, seen: NDArray[np.float32]) -> None:
        """What a change of each kind does to the colours."""
        rows, columns = np.divmod(self._cells, self._size[0])
        self._unit = max(self._size) / 2
        middle = (np.array(self._size) - 1) / 2
        x, y = (
            ((at - mid) / self._unit).astype(np.float32)[:, None]
            for at, mid in zip((columns, rows), middle, strict=True)
        )
        across, down = (
            cv2.Sobel(seen, cv2.CV_32F, dx, 1 - dx, ksize=3, scale=self._unit / 8)
            .reshape(-1, 3)[self._cells]
            for dx in (1, 0)
        )  # fmt: skip
        self._colours = _centred(seen.reshape(-1, 3)[self._cells])
        self._norm = float(np.linalg.norm(self._colours))
        changes = np.stack(
            [across, down, across * x, across * y, down * x, down * y, self._colours]
        )
        self._changes = (changes - changes.mean(1, keepdims=True)).reshape(7, -1)
        hessian = (self._changes @ self._changes.T).astype(np.float64)
        free = float(np.trace(hessian[:2, :2])) / 2
        held = np.array([STIFF / 10] * 2 + [STIFF] * 4 + [0.0]) * free + 1e-6 * max(free, 1.0)
        self._solve = np.linalg.inv(hessian + np.diag(held)) @ self._changes
        self._from_units = scaling(self._unit, middle + 0.5)
        self._to_units = np.linalg.inv(self._from_units)

    @property
    def points(self) -> NDArray[np.float64]:
        """`(N, 2)` places on it, pixels of its own image."""
        rows, columns = np.divmod(self._cells, self._size[0])
        cells = np.stack([columns, rows], axis=1) + 0.5
        places: NDArray[np.float64] = cells * self._to_image[0, 0] + self._to_image[:2, 2]
        return places

    def apart(self, one: Matrix, other: Matrix) -> float:
        """How far from each other two matrices put the middle of the shape, pixels."""
        middle = np.append(self.points.mean(0), 1.0)
        return float(np.linalg.norm((one @ middle - other @ middle)[:2]))

    def fitted(self, photo: Photo, matrix: Matrix) -> Fit:
        """The best place near one.

        Args:
            photo: The second image.
            matrix: About where the object is.
        """
        best = Fit(matrix, NOT_ALIKE)
        for turn in range(ROUNDS + 1):
            off, likeness = self._looked(photo, matrix)
            if likeness > best.likeness + 1e-4:
                best = Fit(matrix, likeness)
            elif turn > 1:
                break
            if turn == ROUNDS:
                break
            change = self._step(off)
            matrix = matrix @ self._undone(change)
            if np.abs(change[:6]).max() * self._unit < DONE_CELLS:
                likeness = self._looked(photo, matrix)[1]
                return Fit(matrix, likeness) if likeness > best.likeness else best
        return best

    def _step(self, off: NDArray[np.float32]) -> NDArray[np.float64]:
        """What would make the template more like what was seen: `(6,)` in units."""
        change: NDArray[np.float64] = self._solve @ off.ravel()
        change = change[:6]
        far = float(np.hypot(*change[:2])) * self._unit / MOST_CELLS
        if far > 1:
            change[:2] /= far
        change[2:] /= max(1.0, float(np.abs(change[2:]).max()) / MOST_CHANGE)
        return change

    def _undone(self, change: NDArray[np.float64]) -> Matrix:
        """The inverse of a change, in pixels of the first image."""
        dx, dy, xx, xy, yx, yy = change.tolist()
        made = np.array([[1 + xx, xy, dx], [yx, 1 + yy, dy], [0, 0, 1]])
        to_pixels = self._to_image @ self._from_units
        undone: Matrix = to_pixels @ np.linalg.inv(made) @ self._to_units @ self._to_cells
        return undone

    def _seen(self, photo: Photo, to_image: Matrix) -> NDArray[np.float32]:
        view = photo.view(to_image, self._size)
        return np.asarray(cv2.GaussianBlur(view, (0, 0), SMOOTH_CELLS), np.float32)

    def _looked(self, photo: Photo, matrix: Matrix) -> tuple[NDArray[np.float32], float]:
        """What is seen at a place, in the light of the template, and how like it is, -1 to 1.

        Returns:
            `(N, 3)` what differs from the template, 0 beyond the border of the image; the
            correlation of what lies within.
        """
        to_image = matrix @ self._to_image
        colours = self._seen(photo, to_image).reshape(-1, 3)[self._cells]
        own, norm = self._colours, self._norm
        within = self._within(photo, to_image)
        if within is not None:
            if np.count_nonzero(within) < LEAST_CELLS:
                return np.zeros_like(own), NOT_ALIKE
            colours, own = (_centred(each, within) for each in (colours, own))
            norm = float(np.linalg.norm(own))
        else:
            colours = _centred(colours)
        contrast = float(np.linalg.norm(colours))
        likeness = float((colours * own).sum()) / max(contrast * norm, 1e-6)
        gain = norm / max(contrast, 1e-6)
        if likeness > LEAST_GAIN:  # as least squares have it; of what is not alike it would be 0
            gain *= likeness
        return colours * gain - own, likeness

    def _within(self, photo: Photo, to_image: Matrix) -> NDArray[np.bool_] | None:
        """`(N,)` which cells lie in an image; None when all of them do."""
        columns, rows = self._size
        corners = to_image @ np.array([[0, columns, 0, columns], [0, 0, rows, rows], [1, 1, 1, 1]])
        size = np.array(photo.size)[:, None]
        if (corners[:2] >= 0).all() and (corners[:2] <= size).all():
            return None
        down, across = np.divmod(self._cells, columns)
        places = to_image[:2, :2] @ np.stack([across + 0.5, down + 0.5]) + to_image[:2, 2:]
        return np.asarray(((places > 0) & (places < size)).all(0), np.bool_)


def _centred(
    colours: NDArray[np.float32], within: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """Without their mean; of some alone, the others 0."""
    if within is None:
        return np.asarray(colours - colours.mean(0), np.float32)
    return np.asarray((colours - colours[within].mean(0)) * within[:, None], np.float32)
