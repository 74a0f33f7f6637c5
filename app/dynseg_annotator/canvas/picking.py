"""What lies under the pointer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from dynseg.annotation.document import Instance
from dynseg.geometry.hit import HitIndex
from dynseg_annotator.canvas.scene import Box, Scene, changed_in_place

GRAB_RADIUS_PX = 8.0
"""How near to a vertex or edge the pointer must be, view pixels."""
EDGE_RADIUS_PX = 6.0
MAX_PREFERRED = 64
"""Selected shapes whose vertices and edges come before those of the others."""
INNER_REACH = 0.2
"""Reach of a grip within its own shape, as a share of the shape's longer side."""
ROOMY = 5.0
"""A shape that is not selected offers vertices and edges only when it is this many grab radii
wide or high on screen: on smaller ones there would be no place left to click the shape itself."""


class Grip(Enum):
    """Which piece of an instance the pointer is on."""

    SHAPE = "shape"
    VERTEX = "vertex"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Target:
    """A piece of an instance.

    Attributes:
        id: The instance.
        grip: Which piece.
        part, ring: Position of the part; of the ring in it, 0 is the outer one.
        vertex: The vertex; for an edge the vertex before it.
        x, y: The vertex, or the point of the edge nearest to the pointer; image pixels.
    """

    id: str
    grip: Grip
    part: int = 0
    ring: int = 0
    vertex: int = 0
    x: float = 0.0
    y: float = 0.0


class Picker:
    """Finds what lies under the pointer among the shown, unlocked instances of a scene.

    The spatial index is made again when the scene's version is another one; `prepare` does that
    ahead of the next pointer move.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._version = -1
        self._items: list[Instance] = []
        self._index = HitIndex(())
        self._selection: tuple[str, ...] = ()
        self._selected_items: list[Instance] = []
        self._selected_index = HitIndex(())

    def prepare(self) -> None:
        """Bring the indexes up to date."""
        scene = self._scene
        stale = self._version != scene.version
        if stale:
            self._version = scene.version
            items = [
                item
                for item, shown in zip(scene.instances, scene.shown, strict=True)
                if shown and item.id not in scene.locked
            ]
            before, self._items = self._items, items
            changed = changed_in_place(before, items)
            if changed is None:
                self._index = HitIndex([item.parts for item in items])
            self._index.replace({at: items[at].parts for at in changed or ()})
        if stale or self._selection != scene.selected:
            self._selection = scene.selected
            self._selected_items = [
                item for item in scene.selected_instances() if item.id not in scene.locked
            ][:MAX_PREFERRED]
            self._selected_index = HitIndex([item.parts for item in self._selected_items])

    def pick(self, x: float, y: float, *, scale: float) -> Target | None:
        """What a press at image point `(x, y)` would grab.

        Vertices and edges of selected instances come first, then those of any other instance
        with enough room, then the smallest instance around the point.

        Args:
            x: Image pixels.
            y: Image pixels.
            scale: View pixels per image pixel.
        """
        self.prepare()
        found = self._grip(self._selected_index, self._selected_items, x, y, scale=scale)
        if found is not None and self._is_meant(found, x, y, scale=scale):
            return found
        found = self._grip(self._index, self._items, x, y, scale=scale)
        if found is not None and self._has_room(found.id, scale=scale):
            return found
        inside = self._index.shapes_at(x, y)
        if inside:
            return Target(self._items[inside[0]].id, Grip.SHAPE, x=x, y=y)
        return None

    def _grip(
        self, index: HitIndex, items: list[Instance], x: float, y: float, *, scale: float
    ) -> Target | None:
        vertex = index.vertex_at(x, y, GRAB_RADIUS_PX / scale)
        if vertex is not None:
            item = items[vertex.shape]
            at = item.parts[vertex.part].rings[vertex.ring][vertex.vertex]
            return Target(
                item.id, Grip.VERTEX, vertex.part, vertex.ring, vertex.vertex,
                float(at[0]), float(at[1]),
            )  # fmt: skip
        edge = index.edge_at(x, y, EDGE_RADIUS_PX / scale)
        if edge is not None:
            return Target(
                items[edge.shape].id, Grip.EDGE, edge.part, edge.ring, edge.vertex, edge.x, edge.y
            )
        return None

    def _extent_px(self, instance_id: str, *, scale: float) -> float:
        """The longer side of an instance on screen."""
        box = self._scene.box([instance_id]) or (0.0, 0.0, 0.0, 0.0)
        return max(box[2] - box[0], box[3] - box[1]) * scale

    def _has_room(self, instance_id: str, *, scale: float) -> bool:
        return self._extent_px(instance_id, scale=scale) >= ROOMY * GRAB_RADIUS_PX

    def _is_meant(self, target: Target, x: float, y: float, *, scale: float) -> bool:
        """Whether a point within reach of a grip is not rather meant for the shape itself.

        Inside of a small shape the grips reach less far, so that it can still be dragged.
        """
        away_px = math.hypot(target.x - x, target.y - y) * scale
        reach_px = self._extent_px(target.id, scale=scale) * INNER_REACH
        return away_px <= reach_px or target.id not in self.under(x, y)

    def under(self, x: float, y: float) -> list[str]:
        """Ids of all instances around an image point, smallest first."""
        self.prepare()
        return [self._items[i].id for i in self._index.shapes_at(x, y)]

    def within(self, box: Box) -> list[str]:
        """Ids of the instances that a rubber band in image pixels touches, bottom to top."""
        self.prepare()
        return [self._items[i].id for i in sorted(self._index.shapes_in(*box))]
