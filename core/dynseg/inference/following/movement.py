"""About where things go between two images: dense optical flow (Kroeger et al., ECCV 2016: DIS)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.inference.following.views import Matrix, Photo, scaling

SIDE_PX = 640
SAMPLE = 200
"""Points of an object that are enough to tell its movement."""
FEW = 8
"""Cells with which nothing but a shift can be told."""
OFF_CELLS, CAMERA_OFF_CELLS = 1.5, 2.0
"""Flow that is further off is of something else."""
CAMERA_GRID = 40
LEAST_SIDE_CELLS = 40
"""OpenCV halves a long view until nothing is left of a narrow one."""
ROUNDS = 100


class Movement:
    """The movement between two images of one size.

    Args:
        before, after: The images.
    """

    def __init__(self, before: Photo, after: Photo) -> None:
        first, second = before.whole(SIDE_PX), after.whole(SIDE_PX)
        height, width = first.shape[:2]
        self._cells = np.diag([width / before.size[0], height / before.size[1], 1.0])
        self._pixels = np.linalg.inv(self._cells)
        flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        grey, other = (_wide_enough(cv2.cvtColor(v, cv2.COLOR_RGB2GRAY)) for v in (first, second))
        start = np.zeros((*grey.shape, 2), np.float32)
        self._flow = np.asarray(flow.calc(grey, other, start), np.float32)[:height, :width]
        self.camera = self._in_pixels(self._of_camera())

    def _of_camera(self) -> Matrix:
        """The movement of most of the image, in cells."""
        height, width = self._flow.shape[:2]
        rows, columns = (
            at.ravel()
            for at in np.mgrid[
                0 : height : max(1, height // CAMERA_GRID), 0 : width : max(1, width // CAMERA_GRID)
            ]
        )
        return _similarity(columns, rows, self._flow, CAMERA_OFF_CELLS)

    def of(self, points: NDArray[np.float64]) -> Matrix:
        """Where the flow carries `(N, 2)` points of an object, image pixels."""
        height, width = self._flow.shape[:2]
        cells = points[:: -(-len(points) // SAMPLE)] @ self._cells[:2, :2].T
        columns, rows = np.clip(cells.astype(np.intp), 0, (width - 1, height - 1)).T
        return self._in_pixels(_similarity(columns, rows, self._flow, OFF_CELLS))

    def _in_pixels(self, cells: Matrix) -> Matrix:
        """The same movement in image pixels; OpenCV counts cells from the middle of the first."""
        half = scaling(1.0, np.array([0.5, 0.5]))
        moved: Matrix = self._pixels @ half @ cells @ np.linalg.inv(half) @ self._cells
        return moved


def _wide_enough(view: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """A view that goes on as it ends where it is too narrow for the flow: a scan of a line."""
    below, beside = (max(0, LEAST_SIDE_CELLS - side) for side in view.shape)
    return cv2.copyMakeBorder(view, 0, below, 0, beside, cv2.BORDER_REPLICATE)


def _similarity(
    columns: NDArray[np.intp], rows: NDArray[np.intp], flow: NDArray[np.float32], off: float
) -> Matrix:
    """Shift, turn and growth that most of some cells agree on."""
    here = np.stack([columns, rows], axis=1).astype(np.float32)
    steps = flow[rows, columns]
    if len(here) >= FEW:
        cv2.setRNGSeed(1)
        found, _ = cv2.estimateAffinePartial2D(
            here, here + steps, method=cv2.RANSAC, ransacReprojThreshold=off, maxIters=ROUNDS
        )
        if found is not None:
            return np.vstack([found, (0.0, 0.0, 1.0)])
    return scaling(1.0, np.median(steps, axis=0).astype(np.float64))
