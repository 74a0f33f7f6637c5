"""Assists that need no model: outlines that follow edges, objects told from ground by colour.

Imports OpenCV: the window loads this module when one of the tools is first used.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""`(H, W, 3)` uint8 RGB."""

CANNY = (32, 100)
GRADIENT_LIMIT = 20.0
GRABCUT_ROUNDS = 4
SEED_SHIFTS = ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1))
"""Pixels from the seed where paths may begin instead: of flat colours one of OpenCV's maps in two
hundred runs in circles beside its seed."""
COLOURS = 5
"""Kinds of colours of an object, and of the ground."""
SAMPLE = 1000
"""Pixels that are enough to learn them from."""
LEAST_SPREAD, ROUNDED, NOISE = 1e-6, 1e-12, 0.01
"""Colours that lie in a plane, or are all the same, get a little noise: OpenCV refuses them. What
looks like a volume may be rounding: up to `ROUNDED` of the cube of the sum of their variances."""
MAX_GRABCUT_SIDE = 220
"""Pixels of the longer side on which GrabCut works: its time grows faster than the area."""


class EdgeMap:
    """Paths along edges from one point (Mortensen and Barrett, 1995: intelligent scissors).

    Args:
        pixels: A piece of the image.
        seed: Where the paths begin: column and row in `pixels`.
    """

    def __init__(self, pixels: Pixels, seed: tuple[int, int]) -> None:
        height, width = pixels.shape[:2]
        self._limits = (width - 1, height - 1)
        scissors = cv2.segmentation.IntelligentScissorsMB()
        scissors.setEdgeFeatureCannyParameters(*CANNY)
        scissors.setGradientMagnitudeMaxLimit(GRADIENT_LIMIT)
        scissors.applyImage(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
        self._scissors = scissors
        self._seed = self._inside(*seed)
        for right, down in SEED_SHIFTS:
            scissors.buildMap(self._inside(self._seed[0] + right, self._seed[1] + down))
            if all(self._found(corner) is not None for corner in ((0, 0), self._limits)):
                break

    def _inside(self, x: float, y: float) -> tuple[int, int]:
        return (
            int(min(max(x, 0), self._limits[0])),
            int(min(max(y, 0), self._limits[1])),
        )

    def path(self, x: float, y: float) -> NDArray[np.float64]:
        """The path from the seed to a pixel: `(N, 2)` float64, middles of pixels, seed first.

        A straight line where no path is found.
        """
        target = self._inside(x, y)
        found = self._found(target)
        if found is None:
            found = np.array([self._seed, target])
        found[0] = self._seed
        return found.astype(np.float64) + 0.5

    def _found(self, target: tuple[int, int]) -> NDArray[np.int32] | None:
        """`(N, 2)` columns and rows from about the seed to a pixel; None in a broken map."""
        try:
            return np.asarray(self._scissors.getContour(target).reshape(-1, 2), np.int32)
        except cv2.error:
            return None


def foreground(pixels: Pixels, box: tuple[int, int, int, int]) -> NDArray[np.float32]:
    """What in a box is an object by its colours (Rother et al., 2004: GrabCut).

    Args:
        pixels: The box with ground around it.
        box: `x0, y0, x1, y1` in `pixels`; everything outside is ground.

    Returns:
        `(H, W)` float32 in [0, 1]: the outline lies at 0.5; all 0 when there is no object.
    """
    height, width = pixels.shape[:2]
    scale = min(MAX_GRABCUT_SIDE / max(width, height), 1.0)
    size = max(round(width * scale), 4), max(round(height * scale), 4)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    mask = np.full(small.shape[:2], cv2.GC_BGD, dtype=np.uint8)
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    mask[y0 : max(y1, y0 + 2), x0 : max(x1, x0 + 2)] = cv2.GC_PR_FGD
    inside = grab_cut(np.asarray(small, np.uint8), mask, GRABCUT_ROUNDS).astype(np.float32)
    # blurred a little, so that the outline runs between the pixels of the small image
    soft = cv2.GaussianBlur(inside, (0, 0), 0.7)
    grown = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown, dtype=np.float32)


def grab_cut(pixels: Pixels, known: NDArray[np.uint8], rounds: int) -> NDArray[np.bool_]:
    """What belongs to an object by its colours; the same each time.

    Args:
        pixels: What is looked at; the order of the colours does not matter.
        known: `(H, W)`, OpenCV's `GC_*`: what is ground or object for sure, and what probably. It
            is changed. Some of it has to be ground and some object.
        rounds: How often colours and borders are worked out.

    Returns:
        `(H, W)`.
    """
    cv2.setRNGSeed(1)  # the colours are clustered from random starts
    colours = np.zeros((2, 1, 65))
    where = (0, 0, 1, 1)  # what is known says it
    cv2.grabCut(pixels, known, where, colours[0], colours[1], rounds, cv2.GC_INIT_WITH_MASK)
    return (known & 1).astype(np.bool_)


def parted(pixels: Pixels, known: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """`grab_cut` in one round, in half of its time; the same each time.

    Colours are learned from some pixels of either side, and only where the border may run it is
    looked for.

    Args:
        pixels: What is looked at; the order of the colours does not matter.
        known: `(H, W)`, OpenCV's `GC_*`. Some of it has to be ground for sure and some object.

    Returns:
        `(H, W)`.
    """
    cv2.setRNGSeed(1)
    is_object = (known & 1).astype(np.bool_)  # GC_FGD and GC_PR_FGD are the odd ones
    inner, outer = _colours(pixels, is_object), _colours(pixels, ~is_object)
    rows, columns = (np.flatnonzero((known != cv2.GC_BGD).any(axis)) for axis in (1, 0))
    # One pixel of ground around: the border may run along the end of what is not known.
    part = (
        slice(max(rows[0] - 1, 0), rows[-1] + 2),
        slice(max(columns[0] - 1, 0), columns[-1] + 2),
    )
    near = known[part].copy()
    view = np.ascontiguousarray(pixels[part])
    cv2.grabCut(view, near, (0, 0, 1, 1), outer, inner, 1, cv2.GC_EVAL_FREEZE_MODEL)
    inside = np.zeros(known.shape, np.bool_)
    inside[part] = near & 1
    return inside


def _colours(pixels: NDArray[np.uint8], where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A mixture of normal distributions of colours, as OpenCV lays it out: `(1, 65)`.

    Five weights, then five means, then five covariances.

    Args:
        pixels: `(H, W, 3)`.
        where: `(H, W)`, which of them count; at least one.
    """
    chosen = np.flatnonzero(where)
    chosen = chosen[:: -(-len(chosen) // SAMPLE)]
    some = pixels.reshape(-1, 3)[chosen].astype(np.float32)
    count = min(COLOURS, len(some))
    kinds = np.zeros(len(some), np.int32)
    if count > 1:  # OpenCV takes a single colour for three numbers
        stop = (cv2.TERM_CRITERIA_MAX_ITER, 10, 0)
        start = kinds[:, None].copy()
        _, found, _ = cv2.kmeans(some, count, start, stop, 1, cv2.KMEANS_PP_CENTERS)
        kinds = np.asarray(found, np.int32)[:, 0]
    # All kinds at once, in numbers around zero: squares of large ones would swallow what is apart.
    middle = some.mean(0, dtype=np.float64)
    apart = some - middle
    members = (kinds == np.arange(COLOURS)[:, None]).astype(np.float64)
    sizes = np.maximum(members.sum(1), 1)
    means = members @ apart / sizes[:, None]
    squares = members @ (apart[:, :, None] * apart[:, None, :]).reshape(-1, 9)
    covariances = squares.reshape(-1, 3, 3) / sizes[:, None, None]
    covariances -= means[:, :, None] * means[:, None, :]
    least = np.maximum(LEAST_SPREAD, ROUNDED * np.trace(covariances, axis1=1, axis2=2) ** 3)
    covariances[np.linalg.det(covariances) < least] += np.eye(3) * NOISE
    weights = members.sum(1) / len(some)
    return np.concatenate([weights, (means + middle).ravel(), covariances.ravel()])[None]
