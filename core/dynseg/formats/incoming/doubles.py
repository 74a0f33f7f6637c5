"""Telling whether a shape is there already, to rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.annotation.document import Instance
from dynseg.geometry import polygon
from dynseg.geometry.boxes import boxes_of

SAME_IOU = 0.995
"""Shapes of one class that agree to this degree are the same one, written and read again."""
NEAR_SHARE = 0.01
"""Boxes of such shapes differ by no more than this part of their longer side."""


class ShapeIndex:
    """Shapes by class and box."""

    def __init__(self, instances: Iterable[Instance] = ()) -> None:
        self._boxes: dict[int, NDArray[np.float64]] = defaultdict(lambda: np.empty((0, 4)))
        self._instances: dict[int, list[Instance]] = defaultdict(list)
        grouped: dict[int, list[Instance]] = defaultdict(list)
        for instance in instances:
            grouped[instance.class_id].append(instance)
        for class_id, members in grouped.items():
            self._instances[class_id] = members
            self._boxes[class_id] = np.array([member.bounds for member in members])

    def add(self, instance: Instance) -> None:
        """Take in one more shape."""
        boxes = self._boxes[instance.class_id]
        self._boxes[instance.class_id] = np.vstack([boxes, instance.bounds])
        self._instances[instance.class_id].append(instance)

    def has(self, instance: Instance) -> bool:
        """Whether a shape of the same class covers, to rounding, the same area."""
        boxes = self._boxes.get(instance.class_id)
        if boxes is None:
            return False
        box = np.array(instance.bounds)
        tolerance = NEAR_SHARE * max(box[2] - box[0], box[3] - box[1], 1.0)
        for number in np.flatnonzero(np.abs(boxes - box).max(axis=1) <= tolerance):
            if _is_same(instance, self._instances[instance.class_id][int(number)]):
                return True
        return False

    def missing(self, instances: Sequence[Instance]) -> list[int]:
        """Places of those that `has` would deny; thousands at once."""
        boxes = boxes_of([item.parts for item in instances])
        tolerances = NEAR_SHARE * np.maximum((boxes[:, 2:] - boxes[:, :2]).max(axis=1), 1.0)
        classes = np.array([item.class_id for item in instances])
        there: set[int] = set()
        for class_id, others in self._boxes.items():
            wanted = np.flatnonzero(classes == class_id)
            corners, reach = boxes[wanted, :2], tolerances[wanted, None]
            around = shapely.box(*np.hstack([corners - reach, corners + reach]).T)
            near, number = shapely.STRtree(shapely.points(others[:, :2])).query(around)[::-1]
            known = self._instances[class_id]
            off = np.abs(boxes[wanted[number]] - others[near]).max(axis=1)
            alike = off <= tolerances[wanted[number]]
            for at, other in zip(wanted[number[alike]].tolist(), near[alike].tolist(), strict=True):
                if at not in there and _is_same(instances[at], known[other]):
                    there.add(at)
        return [at for at in range(len(instances)) if at not in there]


def _is_same(one: Instance, other: Instance) -> bool:
    return one.parts == other.parts or polygon.iou(one.parts, other.parts) >= SAME_IOU


class CoverIndex:
    """Shapes of any class by box, to tell what lies on one of them."""

    def __init__(self, instances: Iterable[Instance] = ()) -> None:
        self._instances = list(instances)
        self._boxes = np.array([item.bounds for item in self._instances]).reshape(-1, 4)

    def has(self, instance: Instance, *, iou: float) -> bool:
        """Whether the intersection over union with one of the shapes is at least `iou`, above 0."""
        low, high = np.split(np.array(instance.bounds), 2)
        meets = (self._boxes[:, :2] < high).all(axis=1) & (self._boxes[:, 2:] > low).all(axis=1)
        return any(
            polygon.iou(instance.parts, self._instances[number].parts) >= iou
            for number in np.flatnonzero(meets).tolist()
        )
