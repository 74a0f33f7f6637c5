"""Rings as Qt outlines, built once per part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from shiboken6 import Shiboken

from dynseg.geometry.part import Part
from dynseg_annotator.canvas.view import ViewTransform

MAX_OUTLINES = 50_000
"""Cached outlines above which the cache starts afresh: some 100 MB at 50 points each."""

Outline = QPolygonF | QPainterPath
"""A polygon where one ring is enough: it is made three times faster than a path."""


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


def outline_of(part: Part) -> Outline:
    """The part in image pixels; holes are left open by the odd-even rule."""
    if not part.holes:
        return polygon_from(part.outer)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for points in part.rings:
        path.addPolygon(polygon_from(points))
        path.closeSubpath()
    return path


def path_in_view(parts: Sequence[Part], view: ViewTransform) -> QPainterPath:
    """Parts as they stand in the view, as one path that leaves holes open."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in parts:
        for points in part.rings:
            path.addPolygon(polygon_from(view.points_to_view(points)))
            path.closeSubpath()
    return path


def draw(painter: QPainter, outline: Outline) -> None:
    """Fill and stroke an outline, closed, with the painter's brush and pen."""
    if isinstance(outline, QPolygonF):
        painter.drawPolygon(outline)
    else:
        painter.drawPath(outline)


class OutlineCache:
    """The outline of every part seen, by identity: parts never change, an edit makes new ones."""

    def __init__(self) -> None:
        # the part is kept with its outline: an id is only unique while its object lives
        self._outlines: dict[int, tuple[Part, Outline]] = {}

    def outline(self, part: Part) -> Outline:
        """The outline of a part in image pixels; shared, not to be changed."""
        found = self._outlines.get(id(part))
        if found is None:
            if len(self._outlines) >= MAX_OUTLINES:
                self._outlines.clear()
            found = self._outlines[id(part)] = (part, outline_of(part))
        return found[1]

    def clear(self) -> None:
        """Forget everything: another image."""
        self._outlines.clear()

    def __len__(self) -> int:
        return len(self._outlines)
