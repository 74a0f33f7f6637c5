"""The last step of an image: what all looks at it have drawn becomes what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.detections import Detection
from dynseg.inference.looks import Plan, outlined, together
from dynseg.inference.names import Names


def finish(
    plan: Plan,
    found: Sequence[Sequence[Detection]],
    image: Callable[[], NDArray[np.uint8]],
    *,
    size: tuple[int, int],
    least_score: float,
    names: Names | None,
    look_up: Callable[[], None] = lambda: None,
) -> list[Detection]:
    """Bring all looks at an image together, outlines to its edges where the plan says so, and name.

    One object after the other: who calls this has other images under way.

    Args:
        plan: The looks.
        found: What each of them has found, pixels of its own window, surest first.
        image: Decodes the image, `(H, W, 3)` uint8 RGB; asked only where pixels are needed.
        size: Width and height of the image, pixels.
        least_score: What is less sure is left out.
        names: Gives names; None where nothing has a name.
        look_up: Called between objects; what it raises ends the work.

    Returns:
        Detections, surest first, image pixels.

    Raises:
        ImageError: the image cannot be read any more, and its pixels are needed.
    """
    pixels = cache(image)
    result = together(plan, found, least_score=least_score)
    shown = pixels() if plan.edges and result else None
    result = outlined(plan, result, shown, threads=1, look_up=look_up)
    return result if names is None else names.given(result, pixels, size)
