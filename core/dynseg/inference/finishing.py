"""The last step of an image: what all looks at it have drawn becomes what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.detections import Detection
from dynseg.inference.looks import Plan, outlined, together
from dynseg.review.traits import reduced


def finish(
    plan: Plan,
    found: Sequence[Sequence[Detection]],
    image: Callable[[], NDArray[np.uint8]],
    *,
    least_score: float,
    by_likeness: bool,
    look_up: Callable[[], None] = lambda: None,
) -> tuple[list[Detection], NDArray[np.uint8] | None]:
    """Bring all looks at an image together, and outlines to its edges where the plan says so.

    One object after the other: who calls this has other images under way.

    Args:
        plan: The looks.
        found: What each of them has found, pixels of its own window, surest first.
        image: Decodes the image, `(H, W, 3)` uint8 RGB; asked only where pixels are needed.
        least_score: What is less sure is left out.
        by_likeness: Objects get their names by what they look like.
        look_up: Called between objects; what it raises ends the work.

    Returns:
        Detections, surest first, image pixels; and the image as names are given by it, where it was
        decoded and there are objects to name.

    Raises:
        ImageError: the image cannot be read any more.
    """
    result = together(plan, found, least_score=least_score)
    if not result or not (plan.edges or by_likeness):
        return outlined(plan, result, None), None
    pixels = image()
    result = outlined(plan, result, pixels, threads=1, look_up=look_up)
    return result, reduced(pixels) if by_likeness else None
