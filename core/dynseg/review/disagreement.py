"""How much two opinions on one image differ: two models, or a model and what is there now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import to_shapely

MATCH_IOU = 0.5
"""Two shapes that overlap more than this are one object, and then at most one pair can be."""

Shape = tuple[Part, ...]


def disagreement(one: Sequence[Shape], other: Sequence[Shape]) -> float:
    """1 minus the panoptic quality of two sets of shapes: 0 they agree, 1 nothing fits.

    Panoptic quality (A. Kirillov et al., CVPR 2019) is the summed overlap of matched shapes over
    their number plus half of those without a partner: a missed shape counts, and so does a poor
    outline. Classes are left out: a change of class is seen at a glance.

    Args:
        one: Shapes of one or more parts, image pixels.
        other: Shapes of the same image.
    """
    if not one and not other:
        return 0.0
    if not one or not other:
        return 1.0
    overlaps = _matched(_geometries(one), _geometries(other))
    alone = len(one) + len(other) - 2 * len(overlaps)
    return 1.0 - sum(overlaps) / (len(overlaps) + alone / 2)


def _geometries(shapes: Sequence[Shape]) -> NDArray[np.object_]:
    made = np.empty(len(shapes), object)
    made[:] = [to_shapely(parts) for parts in shapes]
    return made


def _matched(one: NDArray[np.object_], other: NDArray[np.object_]) -> list[float]:
    """Overlap (IoU) of the pairs above `MATCH_IOU`, each shape in one pair at most."""
    first, second = shapely.STRtree(other).query(one, predicate="intersects")
    if not len(first):
        return []
    shared = shapely.area(shapely.intersection(one[first], other[second]))
    union = shapely.area(one)[first] + shapely.area(other)[second] - shared
    iou = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    overlaps, taken_one, taken_other = [], set(), set()
    for at in np.argsort(-iou, kind="stable"):
        if iou[at] <= MATCH_IOU:
            break
        if first[at] not in taken_one and second[at] not in taken_other:
            taken_one.add(first[at])
            taken_other.add(second[at])
            overlaps.append(float(iou[at]))
    return overlaps
