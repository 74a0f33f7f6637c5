"""What lies under a point: vertices, edges and shapes, for every move of a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import area, contains

Shape = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class VertexRef:
    """One vertex: positions of shape, part, ring (0 is the outer one) and vertex."""

    shape: int
    part: int
    ring: int
    vertex: int


@dataclass(frozen=True, slots=True)
class EdgeRef:
    """One edge: from `vertex` to the next one; `x`, `y` is the nearest point on it, pixels."""

    shape: int
    part: int
    ring: int
    vertex: int
    x: float
    y: float


class HitIndex:
    """Answers what lies under a point among many shapes.

    Args:
        shapes: Parts of each shape in image pixels; positions in this sequence are the answers.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = list(shapes)
        self._areas = [sum(area(part) for part in shape) for shape in self._shapes]
        self._boxes = np.array([_bounds(shape) for shape in self._shapes]).reshape(-1, 4)
        self._tree = STRtree(shapely.box(*self._boxes.T))
        # Shapes replaced since the tree was built: they answer by their own box until there are
        # so many that a new tree is cheaper.
        self._replaced: set[int] = set()

    def __len__(self) -> int:
        return len(self._shapes)

    def replaced(self, index: int, shape: Shape) -> None:
        """Put another shape at a position; far cheaper than a new index."""
        self._shapes[index] = shape
        self._areas[index] = sum(area(part) for part in shape)
        self._boxes[index] = _bounds(shape)
        self._replaced.add(index)
        if len(self._replaced) > 64:
            self._tree = STRtree(shapely.box(*self._boxes.T))
            self._replaced.clear()

    def shapes_in(self, x0: float, y0: float, x1: float, y1: float) -> list[int]:
        """Positions of the shapes whose boxes meet a rectangle, ascending."""
        found = self._tree.query(shapely.box(x0, y0, x1, y1)).tolist()
        if self._replaced:
            found = [i for i in found if i not in self._replaced]
            for index in self._replaced:
                low_x, low_y, high_x, high_y = self._boxes[index]
                if low_x <= x1 and x0 <= high_x and low_y <= y1 and y0 <= high_y:
                    found.append(index)
        return sorted(found)

    def shapes_at(self, x: float, y: float) -> list[int]:
        """Positions of the shapes that contain a point, smallest area first."""
        hits = [i for i in self.shapes_in(x, y, x, y) if contains(self._shapes[i], x, y)]
        return sorted(hits, key=self._areas.__getitem__)

    def vertex_at(self, x: float, y: float, radius: float) -> VertexRef | None:
        """The nearest vertex within `radius` pixels of a point, or None."""
        best, nearest = None, radius * radius
        for shape, part, number, points in self._rings_near(x, y, radius):
            squared = (points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2
            vertex = int(squared.argmin())
            if squared[vertex] <= nearest:
                best, nearest = VertexRef(shape, part, number, vertex), float(squared[vertex])
        return best

    def edge_at(self, x: float, y: float, radius: float) -> EdgeRef | None:
        """The nearest edge within `radius` pixels of a point, or None."""
        best, nearest = None, radius * radius
        for shape, part, number, points in self._rings_near(x, y, radius):
            along = np.roll(points, -1, axis=0) - points
            offset = (x, y) - points
            length = np.maximum((along**2).sum(axis=1), 1e-12)
            share = np.clip((offset * along).sum(axis=1) / length, 0, 1)
            foot = points + share[:, None] * along
            squared = (foot[:, 0] - x) ** 2 + (foot[:, 1] - y) ** 2
            edge = int(squared.argmin())
            if squared[edge] <= nearest:
                best = EdgeRef(
                    shape, part, number, edge, float(foot[edge, 0]), float(foot[edge, 1])
                )
                nearest = float(squared[edge])
        return best

    def _rings_near(
        self, x: float, y: float, radius: float
    ) -> list[tuple[int, int, int, NDArray[np.float64]]]:
        return [
            (index, number, ring, points)
            for index in self.shapes_in(x - radius, y - radius, x + radius, y + radius)
            for number, part in enumerate(self._shapes[index])
            for ring, points in enumerate(part.rings)
        ]


def _bounds(shape: Shape) -> tuple[float, float, float, float]:
    points = np.concatenate([part.outer for part in shape])
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
