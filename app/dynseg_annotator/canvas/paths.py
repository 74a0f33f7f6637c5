"""Rings as Qt paths, built once per part."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPolygonF
from shiboken6 import Shiboken

from dynseg.geometry.part import Part

MAX_PATHS = 50_000
"""Cached paths above which the cache starts afresh: some 100 MB at 50 points each."""


def polygon_from(points: NDArray[np.float64]) -> QPolygonF:
    """`(N, 2)` float64 points as a Qt polygon, copied in one go.

    13 times faster than a list of QPointF: the polygon's memory is filled through its address.
    """
    polygon = QPolygonF()
    count = len(points)
    if count:
        polygon.resize(count)
        # the stub of VoidPtr knows one of its three constructors only
        memory: Any = Shiboken.VoidPtr(polygon.data(), count * 16, True)  # type: ignore[call-arg, arg-type]
        np.frombuffer(memory, np.float64).reshape(-1, 2)[:] = points
    return polygon


def path_of(part: Part) -> QPainterPath:
    """The part as a path in image pixels; holes are left open by the odd-even rule."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for points in part.rings:
        path.addPolygon(polygon_from(points))
        path.closeSubpath()
    return path


class PathCache:
    """The path of every part seen, by identity: a part never changes, an edit makes a new one."""

    def __init__(self) -> None:
        # the part is kept with its path: an id is only unique while its object lives
        self._paths: dict[int, tuple[Part, QPainterPath]] = {}

    def path(self, part: Part) -> QPainterPath:
        """The path of a part in image pixels; shared, not to be changed."""
        found = self._paths.get(id(part))
        if found is None:
            if len(self._paths) >= MAX_PATHS:
                self._paths.clear()
            found = self._paths[id(part)] = (part, path_of(part))
        return found[1]

    def clear(self) -> None:
        """Forget everything: another image."""
        self._paths.clear()

    def __len__(self) -> int:
        return len(self._paths)
