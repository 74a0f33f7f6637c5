"""What lies under a point: vertices, edges and shapes, for every move of a mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import area

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


class _Edges(NamedTuple):
    """The edges of one ring, ready for tests: each array `(N,)` float64, pixels."""

    part: int
    ring: int
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    end_y: NDArray[np.float64]
    dx: NDArray[np.float64]
    dy: NDArray[np.float64]
    squared_length: NDArray[np.float64]


class HitIndex:
    """Answers what lies under a point among many shapes.

    Boxes are compared one and all: for some thousand shapes that takes as long as one question to
    a tree, and a shape is replaced without building anything again. Edges are laid out when a
    pointer first comes near a shape.

    Args:
        shapes: Parts of each shape in image pixels; positions in this sequence are the answers.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = list(shapes)
        self._areas: list[float | None] = [None] * len(self._shapes)
        self._edges: list[list[_Edges] | None] = [None] * len(self._shapes)
        self._left, self._top, self._right, self._bottom = _sides(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)

    def replace(self, shapes: Mapping[int, Shape]) -> None:
        """Put other shapes at some positions; far cheaper than a new index."""
        if not shapes:
            return
        for index, shape in shapes.items():
            self._shapes[index] = shape
            self._areas[index] = None
            self._edges[index] = None
        at = list(shapes)
        left, top, right, bottom = _sides(list(shapes.values()))
        self._left[at], self._top[at] = left, top
        self._right[at], self._bottom[at] = right, bottom

    def shapes_in(self, x0: float, y0: float, x1: float, y1: float) -> list[int]:
        """Positions of the shapes whose boxes meet a rectangle, ascending."""
        met = self._left <= x1
        met &= self._right >= x0
        met &= self._top <= y1
        met &= self._bottom >= y0
        found: list[int] = met.nonzero()[0].tolist()
        return found

    def shapes_at(self, x: float, y: float) -> list[int]:
        """Positions of the shapes that contain a point, smallest area first."""
        hits = [i for i in self.shapes_in(x, y, x, y) if self._contains(i, x, y)]
        return hits if len(hits) < 2 else sorted(hits, key=self._area)

    def vertex_at(self, x: float, y: float, radius: float) -> VertexRef | None:
        """The nearest vertex within `radius` pixels of a point, or None."""
        best, nearest = None, radius * radius
        for shape in self.shapes_in(x - radius, y - radius, x + radius, y + radius):
            for edges in self._edges_of(shape):
                squared = (edges.x - x) ** 2 + (edges.y - y) ** 2
                vertex = int(squared.argmin())
                if squared[vertex] <= nearest:
                    best = VertexRef(shape, edges.part, edges.ring, vertex)
                    nearest = float(squared[vertex])
        return best

    def edge_at(self, x: float, y: float, radius: float) -> EdgeRef | None:
        """The nearest edge within `radius` pixels of a point, or None."""
        best, nearest = None, radius * radius
        for shape in self.shapes_in(x - radius, y - radius, x + radius, y + radius):
            for edges in self._edges_of(shape):
                off_x, off_y = x - edges.x, y - edges.y
                share = (off_x * edges.dx + off_y * edges.dy) / edges.squared_length
                np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)
                squared = (off_x - share * edges.dx) ** 2 + (off_y - share * edges.dy) ** 2
                edge = int(squared.argmin())
                if squared[edge] <= nearest:
                    foot_x = float(edges.x[edge] + share[edge] * edges.dx[edge])
                    foot_y = float(edges.y[edge] + share[edge] * edges.dy[edge])
                    best = EdgeRef(shape, edges.part, edges.ring, edge, foot_x, foot_y)
                    nearest = float(squared[edge])
        return best

    def _area(self, index: int) -> float:
        known = self._areas[index]
        if known is None:
            known = self._areas[index] = sum(area(part) for part in self._shapes[index])
        return known

    def _contains(self, index: int, x: float, y: float) -> bool:
        """Whether a ray to the right crosses the rings of one of the parts an odd number of times.

        The same rule as `polygon.contains`, on edges that are laid out already.
        """
        odd: set[int] = set()
        for edges in self._edges_of(index):
            rows = ((edges.y > y) != (edges.end_y > y)).nonzero()[0]
            if rows.size:
                at = edges.x[rows] + (y - edges.y[rows]) * edges.dx[rows] / edges.dy[rows]
                if np.count_nonzero(at > x) % 2:
                    odd ^= {edges.part}
        return bool(odd)

    def _edges_of(self, index: int) -> list[_Edges]:
        known = self._edges[index]
        if known is None:
            known = self._edges[index] = [
                _edges(number, ring, points)
                for number, part in enumerate(self._shapes[index])
                for ring, points in enumerate(part.rings)
            ]
        return known


def _edges(part: int, ring: int, points: NDArray[np.float64]) -> _Edges:
    x, y = np.ascontiguousarray(points.T)
    end_x, end_y = np.roll(x, -1), np.roll(y, -1)
    dx, dy = end_x - x, end_y - y
    return _Edges(part, ring, x, y, end_y, dx, dy, np.maximum(dx * dx + dy * dy, 1e-12))


def _sides(shapes: Sequence[Shape]) -> NDArray[np.float64]:
    """`(4, N)` float64: left, top, right, bottom of each shape; NaN without parts."""
    return np.ascontiguousarray(boxes_of(shapes).T)
