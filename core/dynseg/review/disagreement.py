"""How much two opinions on one image differ: two models, or a model and what is there now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import to_shapely
from dynseg.review.assignment import Edges, best_total

MATCH_IOU = 0.5
"""Two shapes that overlap more than this may be one object."""

Shape = tuple[Part, ...]


def disagreement(one: Sequence[Shape], other: Sequence[Shape]) -> float:
    """1 minus the panoptic quality of two sets of shapes: 0 they agree, 1 nothing fits.

    Panoptic quality (A. Kirillov et al., CVPR 2019) is the summed overlap of matched shapes over
    their number plus half of those without a partner: a missed shape counts, and so does a poor
    outline. Where the shapes of one side overlap each other, of all ways to match them the best
    one counts. Classes are left out: a change of class is seen at a glance.

    Args:
        one: Shapes of one or more parts, image pixels.
        other: Shapes of the same image.
    """
    if not one and not other:
        return 0.0
    if not one or not other:
        return 1.0
    shared = best_total(_overlaps(_geometries(one), _geometries(other)))
    # Matched shapes and half of the others are half of all shapes, however many are matched.
    return 1.0 - 2 * shared / (len(one) + len(other))


def _geometries(shapes: Sequence[Shape]) -> NDArray[np.object_]:
    made = np.empty(len(shapes), object)
    made[:] = [to_shapely(parts) for parts in shapes]
    return made


def _overlaps(one: NDArray[np.object_], other: NDArray[np.object_]) -> Edges:
    """Overlap (IoU) of the pairs above `MATCH_IOU`."""
    first, second = shapely.STRtree(other).query(one, predicate="intersects")
    shared = shapely.area(shapely.intersection(one[first], other[second]))
    union = shapely.area(one)[first] + shapely.area(other)[second] - shared
    iou = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    fits = iou > MATCH_IOU
    pairs = zip(first[fits].tolist(), second[fits].tolist(), strict=True)
    return dict(zip(pairs, iou[fits].tolist(), strict=True))
