"""What of an outline lies in a window.

Sutherland and Hodgman, "Reentrant polygon clipping" (CACM 1974). To move corners onto the border
of the window instead would bend every side that crosses it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
"""`(N, 2)` float32, x then y."""


def visible(ring: Points, window: tuple[float, float, float, float]) -> Points:
    """The outline of what of a ring lies in a window; empty when nothing does.

    Pieces stay joined along the border of the window, where they enclose nothing: what is filled
    is exactly what was there, also in a set of rings that are filled by the even-odd rule. (OpenCV
    draws outlines as well as filling them: along the border that is a line a pixel wide.)

    Args:
        ring: A closed outline.
        window: `x0, y0, x1, y1`; its border belongs to it.
    """
    if ((ring >= window[:2]) & (ring <= window[2:])).all():
        return ring
    for axis in (0, 1):
        ring = _above(ring, axis, window[axis])
        ring = -_above(-ring, axis, -window[axis + 2])
    return ring


def _above(ring: Points, axis: int, limit: float) -> Points:
    """What of a ring has at least this coordinate."""
    values = ring[:, axis]
    stays = values >= limit
    if stays.all():
        return ring
    crosses = stays != np.roll(stays, -1)
    following = np.roll(ring, -1, axis=0)
    steps = np.where(crosses, following[:, axis] - values, 1)
    cuts = ring + (following - ring) * ((limit - values) / steps)[:, None]
    cuts[:, axis] = limit
    both = np.stack((ring, cuts), axis=1).reshape(-1, 2)
    return np.asarray(both[np.stack((stays, crosses), axis=1).reshape(-1)], np.float32)
