"""How large the network has to see the images of a project. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from dynseg.annotation.document import Annotation

SIZES = (320, 384, 448, 512, 640)
"""Sizes of the network's input to choose from; each step costs about half as much again."""
MOST_SIZE_CPU, MOST_SIZE_GPU = 448, 640
"""What learning on each can bear without making too few steps."""
WANTED_SIDE_PX = 20.0
"""The smaller objects of a project should be this large in the network's input."""
CLOSE_SIDE_PX = 48.0
"""Where close-ups are taken, the smaller objects should be this large in them.

On nuclei-fluo, 20 photos, AP50 was .59 without close-ups, .72 with 30 pixels and .86 with 46.
"""
LEAST_CLOSE_UP, MOST_CLOSE_UP = 1.5, 3.0
"""Close-ups that show things less enlarged are not worth it; more would be too many looks."""
MOST_OF_CLOSE_UP = 0.5
"""Larger objects must not take more of a close-up: it would show pieces of them."""
_SMALLER_SHARE = 25
"""Percentile of the objects' sizes that counts as "the smaller objects"."""
_LARGER_SHARE = 90


class ObjectShares(NamedTuple):
    """Sides of objects over the longer side of their images; 0 without objects.

    Attributes:
        small: Of the smaller ones.
        large: Of the larger ones.
    """

    small: float
    large: float


NO_OBJECTS = ObjectShares(0.0, 0.0)


def object_shares(annotations: Iterable[Annotation]) -> ObjectShares:
    """How large the objects of a project are.

    Args:
        annotations: Reviewed documents.
    """
    sides = []
    for document in annotations:
        longer = max(document.width, document.height, 1)
        for item in document.instances:
            x0, y0, x1, y1 = item.bounds
            sides.append(math.sqrt(max(0.0, (x1 - x0) * (y1 - y0))) / longer)
    if not sides:
        return NO_OBJECTS
    small, large = (float(v) for v in np.percentile(sides, [_SMALLER_SHARE, _LARGER_SHARE]))
    return ObjectShares(max(1e-4, small), max(1e-4, large))


def wanted_size(share: float, *, least: int, most: int = SIZES[-1]) -> int:
    """Longer side of the network's input that the objects of a project need, pixels.

    Args:
        share: Of the smaller objects, from `object_shares`.
        least: Size that the starting model was trained with.
        most: Upper end: what the machine can bear.
    """
    if not share:
        return least
    for size in SIZES:
        if size >= least and (share * size >= WANTED_SIDE_PX or size >= most):
            return size
    return max(least, most)


def wanted_close_up(shares: ObjectShares, size: int) -> float:
    """How many times larger than in the whole image the network has to see the smaller objects.

    Args:
        shares: From `object_shares`.
        size: Longer side of the network's input, pixels.

    Returns:
        1 where the whole image does, or where larger objects would not fit.
    """
    if not shares.small:
        return 1.0
    needed = min(
        CLOSE_SIDE_PX / (shares.small * size), MOST_OF_CLOSE_UP / shares.large, MOST_CLOSE_UP
    )
    return needed if needed >= LEAST_CLOSE_UP else 1.0
