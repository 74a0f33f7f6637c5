"""What the canvas shows: the annotation, the classes, and what is selected, hidden or locked.

Qt-free state with the derived arrays that drawing and picking need. Never changes a document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part

Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1`, image pixels."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Instances as the gesture in progress would leave them; drawn instead of what is committed.

    Attributes:
        ids: The instances that the gesture holds.
        parts: Their changed parts by id; an id that is missing here is drawn moved by `shift`.
        shift: Image pixels.
        refused: The result would be refused as it stands.
        touched: What differs from the preview before, image pixels; None for everything.
    """

    ids: frozenset[str]
    parts: dict[str, tuple[Part, ...]]
    shift: tuple[float, float] = (0.0, 0.0)
    refused: bool = False
    touched: Box | None = None


class Scene:
    """The shown document and how it is to be looked at; z-order is the document's."""

    def __init__(self) -> None:
        self.annotation: Annotation | None = None
        self.classes = ClassTable()
        self.selected: tuple[str, ...] = ()
        self.hidden: frozenset[str] = frozenset()
        self.locked: frozenset[str] = frozenset()
        self.confidence = 0.0
        self.preview: Preview | None = None
        self.version = 0
        """Counts everything that may change which instance can be picked."""
        self._bounds: NDArray[np.float64] = np.empty((0, 4))
        self._positions: dict[str, int] = {}
        self._shown: NDArray[np.bool_] | None = None
        self.point_count = 0
        """Vertices of all instances: decides how lavishly they can be drawn."""

    @property
    def instances(self) -> tuple[Instance, ...]:
        """All instances, bottom to top."""
        return self.annotation.instances if self.annotation else ()

    @property
    def bounds(self) -> NDArray[np.float64]:
        """`(N, 4)` float64 `x0, y0, x1, y1` of every instance, image pixels."""
        return self._bounds

    def set_annotation(self, annotation: Annotation | None) -> list[Box] | None:
        """Show another document, or the same image after an edit.

        Returns:
            The rectangles that look different now, image pixels; None when all may.
        """
        before, self.annotation = self.annotation, annotation
        old_positions, old_bounds = self._positions, self._bounds
        self._positions = {item.id: i for i, item in enumerate(self.instances)}
        self.version += 1
        self._shown = None
        self.point_count = sum(len(p.outer) for item in self.instances for p in item.parts)
        if before is None or annotation is None or before.image_id != annotation.image_id:
            self._bounds = bounds_of([item.parts for item in self.instances])
            self.preview = None
            return None
        changed = self._reuse_bounds(before, old_positions, old_bounds)
        boxes = [as_box(self._bounds[i]) for i in changed]
        for item in before.instances:
            position = self._positions.get(item.id)
            if position is None or self.instances[position] is not item:
                boxes.append(as_box(old_bounds[old_positions[item.id]]))
        if not boxes and [i.id for i in before.instances] != [i.id for i in self.instances]:
            return None
        return boxes

    def _reuse_bounds(
        self, before: Annotation, positions: dict[str, int], bounds: NDArray[np.float64]
    ) -> list[int]:
        """Fill the bounds, computing those of changed instances alone; their positions."""
        source = np.full(len(self.instances), -1, dtype=np.intp)
        for i, item in enumerate(self.instances):
            old = positions.get(item.id)
            if old is not None and before.instances[old] is item:
                source[i] = old
        fresh = np.flatnonzero(source < 0)
        self._bounds = np.empty((len(source), 4))
        kept = source >= 0
        self._bounds[kept] = bounds[source[kept]]
        if len(fresh):
            self._bounds[fresh] = bounds_of([self.instances[i].parts for i in fresh])
        return [int(i) for i in fresh]

    def set_hidden(self, ids: Collection[str]) -> None:
        """Neither drawn nor picked."""
        self.hidden = frozenset(ids)
        self._forget_shown()

    def set_locked(self, ids: Collection[str]) -> None:
        """Drawn, but the pointer passes through."""
        self.locked = frozenset(ids)
        self.version += 1

    def set_confidence(self, confidence: float) -> None:
        """Proposals with a lower score are neither drawn nor picked."""
        self.confidence = confidence
        self._forget_shown()

    def _forget_shown(self) -> None:
        self.version += 1
        self._shown = None

    def position(self, instance_id: str) -> int | None:
        """Position of an instance in the document, or None."""
        return self._positions.get(instance_id)

    def instance(self, instance_id: str) -> Instance | None:
        """The instance with this id, or None."""
        position = self._positions.get(instance_id)
        return None if position is None else self.instances[position]

    def box(self, instance_ids: Iterable[str]) -> Box | None:
        """Smallest rectangle around these instances, or None when none of them is here."""
        rows = [self._positions[i] for i in instance_ids if i in self._positions]
        if not rows:
            return None
        if len(rows) == 1:
            return as_box(self._bounds[rows[0]])
        found = self._bounds[rows]
        return as_box(np.concatenate([found[:, :2].min(axis=0), found[:, 2:].max(axis=0)]))

    def box_at(self, position: int) -> Box:
        """Rectangle around the instance at a position."""
        return as_box(self._bounds[position])

    def is_shown(self, item: Instance) -> bool:
        """Whether it is drawn at all."""
        if item.id in self.hidden:
            return False
        return item.is_human_work or item.score is None or item.score >= self.confidence

    @property
    def shown(self) -> NDArray[np.bool_]:
        """`(N,)` whether each instance is drawn."""
        if self._shown is None:
            flags = [self.is_shown(item) for item in self.instances]
            self._shown = np.array(flags, dtype=np.bool_)
        return self._shown

    def crossing(self, box: Box) -> list[int]:
        """Positions of the drawn instances whose bounds touch a rectangle, bottom to top."""
        b = self._bounds
        inside = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3])
        inside &= (b[:, 3] >= box[1]) & self.shown
        found: list[int] = np.flatnonzero(inside).tolist()
        return found

    def selected_instances(self) -> list[Instance]:
        """The selected instances that are drawn, bottom to top."""
        found = [self.instance(i) for i in self.selected]
        return [item for item in found if item is not None and self.is_shown(item)]

    def class_name(self, item: Instance) -> str:
        """Name of the instance's class, or a stand-in when the class is gone."""
        try:
            return self.classes.by_id(item.class_id).name
        except KeyError:
            return f"class {item.class_id}"


def bounds_of(shapes: Sequence[tuple[Part, ...]]) -> NDArray[np.float64]:
    """`(N, 4)` float64 bounds of many shapes at once, image pixels.

    One pass over one array: 2,000 calls of `min` and `max` would take 20 times as long.
    """
    if not shapes:
        return np.empty((0, 4))
    rings = [part.outer for parts in shapes for part in parts]
    ring_starts = np.cumsum([0, *(len(r) for r in rings[:-1])])
    points = np.concatenate(rings)
    low = np.minimum.reduceat(points, ring_starts, axis=0)
    high = np.maximum.reduceat(points, ring_starts, axis=0)
    counts = [len(parts) for parts in shapes]
    if max(counts) > 1:
        starts = np.cumsum([0, *counts[:-1]])
        low = np.minimum.reduceat(low, starts, axis=0)
        high = np.maximum.reduceat(high, starts, axis=0)
    return np.concatenate([low, high], axis=1)


def as_box(row: NDArray[np.float64]) -> Box:
    """A `(4,)` row as plain numbers."""
    x0, y0, x1, y1 = row.tolist()
    return x0, y0, x1, y1
