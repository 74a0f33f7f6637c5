"""How large the network has to see the images of a project. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from dynseg.annotation.document import Annotation

SIZES = (320, 384, 448, 512, 640)
"""Sizes of the network's input to choose from; each step costs about half as much again."""
MOST_SIZE_CPU, MOST_SIZE_GPU = 448, 640
"""What learning on each can bear without making too few steps."""
WANTED_SIDE_PX = 20.0
"""The smaller objects of a project should be this large in the network's input."""
LEAST_CLOSE_UP, MOST_CLOSE_UP = 1.5, 3.0
"""Close-ups that show things less enlarged are not worth it; more would be too many looks."""
_SMALLER_SHARE = 25
"""Percentile of the objects' sizes that counts as "the smaller objects"."""


def object_share(annotations: Iterable[Annotation]) -> float:
    """Side of the smaller objects over the longer side of their images; 0 without objects.

    Args:
        annotations: Reviewed documents.
    """
    sides = []
    for document in annotations:
        longer = max(document.width, document.height, 1)
        for item in document.instances:
            x0, y0, x1, y1 = item.bounds
            sides.append(math.sqrt(max(0.0, (x1 - x0) * (y1 - y0))) / longer)
    return max(1e-4, float(np.percentile(sides, _SMALLER_SHARE))) if sides else 0.0


def wanted_size(share: float, *, least: int, most: int = SIZES[-1]) -> int:
    """Longer side of the network's input that the objects of a project need, pixels.

    Args:
        share: From `object_share`.
        least: Size that the starting model was trained with.
        most: Upper end: what the machine can bear.
    """
    if not share:
        return least
    for size in SIZES:
        if size >= least and (share * size >= WANTED_SIDE_PX or size >= most):
            return size
    return max(least, most)


def wanted_close_up(share: float, size: int) -> float:
    """How many times larger than in the whole image the network has to see the smaller objects.

    Args:
        share: From `object_share`.
        size: Longer side of the network's input, pixels.

    Returns:
        1 where the whole image does.
    """
    if not share:
        return 1.0
    needed = min(WANTED_SIDE_PX / (share * size), MOST_CLOSE_UP)
    return needed if needed >= LEAST_CLOSE_UP else 1.0
