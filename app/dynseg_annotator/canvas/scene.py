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
from dynseg_annotator.language import tr

Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1`, image pixels."""

MAX_LIVE_SELECTED = 200
"""More selected instances than this are drawn into the layer, in other colours."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Instances as the gesture in progress would leave them; drawn instead of what is committed.

    Attributes:
        ids: The instances that the gesture holds.
        parts: Their changed parts by id; an id that is missing here is drawn moved by `shift`.
        shift: Image pixels.
        refused: The result would be refused as it stands.
        touched: What differs from the preview before, image pixels; None for everything.
        handles: Vertices are drawn.
    """

    ids: frozenset[str]
    parts: dict[str, tuple[Part, ...]]
    shift: tuple[float, float] = (0.0, 0.0)
    refused: bool = False
    touched: Box | None = None
    handles: bool = True


class Scene:
    """The shown document and how it is to be looked at; z-order is the document's."""

    def __init__(self) -> None:
        self.annotation: Annotation | None = None
        self.classes = ClassTable()
        self.selected: tuple[str, ...] = ()
        self.mass_selected: frozenset[str] = frozenset()
        """The selected ones when they are too many to be drawn live."""
        self.hidden: frozenset[str] = frozenset()
        self.locked: frozenset[str] = frozenset()
        self.preview: Preview | None = None
        self.version = 0
        """Counts everything that may change which instance can be picked."""
        self.instances: tuple[Instance, ...] = ()
        """All instances, bottom to top."""
        self._table: NDArray[np.float64] = np.empty((0, 5))
        """`x0, y0, x1, y1` and number of vertices of every instance."""
        self._positions: dict[str, int] = {}
        self._shown: NDArray[np.bool_] | None = None

    @property
    def bounds(self) -> NDArray[np.float64]:
        """`(N, 4)` float64 `x0, y0, x1, y1` of every instance, image pixels."""
        return self._table[:, :4]

    def set_annotation(self, annotation: Annotation | None) -> list[Box] | None:
        """Show another document, or the same image after an edit.

        Returns:
            The rectangles that look different now, image pixels; None when all may.
        """
        before, self.annotation = self.annotation, annotation
        old_instances, old_positions, old_table = self.instances, self._positions, self._table
        self.instances = instances = annotation.instances if annotation is not None else ()
        self.version += 1
        self._shown = None
        if before is None or annotation is None or before.image_id != annotation.image_id:
            self._positions = {item.id: i for i, item in enumerate(instances)}
            self._table = measured(instances)
            self.preview = None
            return None
        changed = changed_in_place(old_instances, instances)
        if changed is not None:
            self._table = old_table.copy()
            self._table[changed] = measured([instances[i] for i in changed])
            return [as_box(rows[i, :4]) for i in changed for rows in (old_table, self._table)]
        self._positions = {item.id: i for i, item in enumerate(instances)}
        fresh = self._reuse_table(old_instances, old_positions, old_table)
        boxes = [as_box(self.bounds[i]) for i in fresh]
        positions = self._positions
        for old, item in enumerate(old_instances):
            position = positions.get(item.id)
            if position is None or instances[position] is not item:
                boxes.append(as_box(old_table[old, :4]))
        stayed = [i.id for i in old_instances if i.id in positions]
        if stayed != [i.id for i in instances if i.id in old_positions]:
            return None  # others lie on top now
        return boxes

    def _reuse_table(
        self,
        old_instances: tuple[Instance, ...],
        old_positions: dict[str, int],
        old_table: NDArray[np.float64],
    ) -> list[int]:
        """Fill the table, measuring changed instances alone; their positions."""
        source, fresh = [], []
        for i, item in enumerate(self.instances):
            old = old_positions.get(item.id, -1)
            if old < 0 or old_instances[old] is not item:
                fresh.append(i)
                old = 0
            source.append(old)
        if len(old_table):
            self._table = old_table[source]
        else:
            self._table = np.empty((len(source), 5))
        if fresh:
            self._table[fresh] = measured([self.instances[i] for i in fresh])
        return fresh

    def select(self, ids: Iterable[str]) -> bool:
        """Select exactly these; whether the resting shapes look different for it."""
        self.selected = tuple(ids)
        before = self.mass_selected
        many = len(self.selected) > MAX_LIVE_SELECTED
        self.mass_selected = frozenset(self.selected) if many else frozenset()
        return before != self.mass_selected

    def set_hidden(self, ids: Collection[str]) -> None:
        """Neither drawn nor picked."""
        self.hidden = frozenset(ids)
        self._forget_shown()

    def set_locked(self, ids: Collection[str]) -> None:
        """Drawn, but the pointer passes through."""
        self.locked = frozenset(ids)
        self.version += 1

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
            return as_box(self.bounds[rows[0]])
        found = self.bounds[rows]
        return as_box(np.concatenate([found[:, :2].min(axis=0), found[:, 2:].max(axis=0)]))

    def box_at(self, position: int) -> Box:
        """Rectangle around the instance at a position."""
        return as_box(self.bounds[position])

    def is_shown(self, item: Instance) -> bool:
        """Whether it is drawn at all."""
        return item.id not in self.hidden

    @property
    def shown(self) -> NDArray[np.bool_]:
        """`(N,)` whether each instance is drawn."""
        if self._shown is None and not self.hidden:
            self._shown = np.ones(len(self.instances), dtype=np.bool_)
        if self._shown is None:
            flags = [self.is_shown(item) for item in self.instances]
            self._shown = np.array(flags, dtype=np.bool_)
        return self._shown

    def crossing(self, box: Box) -> list[int]:
        """Positions of the drawn instances whose bounds touch a rectangle, bottom to top."""
        b = self.bounds
        inside = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3])
        inside &= (b[:, 3] >= box[1]) & self.shown
        found: list[int] = np.flatnonzero(inside).tolist()
        return found

    def points_in(self, box: Box) -> int:
        """Vertices of the drawn instances that touch a rectangle: what drawing it costs."""
        return int(self._table[self.crossing(box), 4].sum())

    def selected_instances(self) -> list[Instance]:
        """The selected instances that are drawn, bottom to top."""
        found = [self.instance(i) for i in self.selected]
        return [item for item in found if item is not None and self.is_shown(item)]

    def class_name(self, item: Instance) -> str:
        """Name of the instance's class, or a stand-in when the class is gone."""
        try:
            return self.classes.by_id(item.class_id).name
        except KeyError:
            return tr("class {number}", number=item.class_id)


def measured(instances: Sequence[Instance]) -> NDArray[np.float64]:
    """`(N, 5)` float64: bounds in image pixels and number of vertices of many instances.

    One pass over one array: 2,000 calls of `min` and `max` would take 20 times as long.
    """
    if not instances:
        return np.empty((0, 5))
    rings = [part.outer for item in instances for part in item.parts]
    lengths = np.array([len(ring) for ring in rings])
    points = np.concatenate(rings)
    ring_starts = np.cumsum(lengths) - lengths
    low = np.minimum.reduceat(points, ring_starts, axis=0)
    high = np.maximum.reduceat(points, ring_starts, axis=0)
    counts = np.array([len(item.parts) for item in instances])
    if counts.max() > 1:
        starts = np.cumsum(counts) - counts
        low = np.minimum.reduceat(low, starts, axis=0)
        high = np.maximum.reduceat(high, starts, axis=0)
        lengths = np.add.reduceat(lengths, starts)
    return np.column_stack([low, high, lengths])


def changed_in_place(before: Sequence[Instance], after: Sequence[Instance]) -> list[int] | None:
    """Positions of instances that are other objects now; None when any came, went or moved.

    Nearly every edit changes one instance where it stands: worth the shorter way.
    """
    if len(before) != len(after):
        return None
    pairs = zip(before, after, strict=True)
    changed = [i for i, (old, new) in enumerate(pairs) if old is not new]
    in_place = all(before[i].id == after[i].id for i in changed)
    return changed if in_place else None


def as_box(row: NDArray[np.float64]) -> Box:
    """A `(4,)` row as plain numbers."""
    x0, y0, x1, y1 = row.tolist()
    return x0, y0, x1, y1
