"""Drags of the edit tool that change many vertices at once: the sweep-eraser and the redraw."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from dynseg.annotation.edits import Edit, EditError, redraw, sweep
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import thin_line
from dynseg_annotator.canvas.paths import polygon_from
from dynseg_annotator.canvas.picking import Grip, Target
from dynseg_annotator.canvas.scene import Preview
from dynseg_annotator.canvas.tools.base import Pointer, ToolHost
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import engine_text, recorded, tr

SWEEP_RADIUS_PX = 10.0
STEP_PX = 2.0
"""Distance between the points of a stroke, view pixels."""
REDRAW_SNAP_PX = 8.0
"""A vertex this near to where the stroke ends is joined to, view pixels."""
REDRAW_TOLERANCE_PX = 1.0
"""A stroke is thinned within this, view pixels."""
REDRAW_FROM_PX = 5.0


class SweepDrag:
    """Deletes the vertices that the pointer is swept over.

    Args:
        host: The canvas.
        ids: The shapes that lose vertices.
        start: Where the press was.
    """

    def __init__(self, host: ToolHost, ids: tuple[str, ...], start: Pointer) -> None:
        self._host = host
        self._now = start
        self._way = [(start.x, start.y)]
        self._radius = SWEEP_RADIUS_PX / host.camera.view.scale
        self.ids = ids
        self._done = 0
        """Where in the way the stretch begins that nothing was swept by yet."""
        self._swept: dict[str, tuple[Part, ...]] = {}
        """What is left of the shapes that the way came near to."""
        items = [item for i in ids if (item := host.scene.instance(i)) is not None]
        self._items = np.array([item.id for item in items])
        self._boxes = np.array([item.bounds for item in items]).reshape(-1, 4)
        host.say(tr("Over every vertex that is to go; Esc cancels"))

    def _edit(self, ids: Iterable[str]) -> Edit:
        return sweep(ids, np.array(self._way), self._radius)

    def move(self, pointer: Pointer) -> None:
        """Show the shapes without what was swept over."""
        host = self._host
        host.repaint(self._ring(self._now))
        if pointer.distance_px(self._now) >= STEP_PX:
            self._way.append((pointer.x, pointer.y))
        self._now = pointer
        host.repaint(self._ring(pointer))
        self._sweep()

    def _sweep(self) -> None:
        """Work out the shapes that the newest stretch comes near to: the others stay as they are.

        Hundreds may be selected, and the pointer moves faster than all of them could be swept.
        """
        annotation, instance = self._host.scene.annotation, self._host.scene.instance
        last = np.array(self._way[self._done :])
        low, high = last.min(axis=0) - self._radius, last.max(axis=0) + self._radius
        boxes = self._boxes
        near = (boxes[:, :2] <= high).all(axis=1) & (boxes[:, 2:] >= low).all(axis=1)
        items = [item for i in self._items[near] if (item := instance(str(i))) is not None]
        if annotation is not None and items:
            swept = self._edit(item.id for item in items)(annotation.with_instances(items))
            self._swept.update((item.id, item.parts) for item in swept.instances)
        self._done = len(self._way) - 1
        self._host.show_preview(Preview(frozenset(self.ids), dict(self._swept)))

    def finish(self, pointer: Pointer) -> None:
        """Ask for the vertices to be deleted."""
        self._way.append((pointer.x, pointer.y))
        self.move(pointer)
        gone = sum(self._points(i) - _count(parts) for i, parts in self._swept.items())
        self._host.repaint()
        if gone:
            one, many = recorded("Delete vertex"), recorded(f"Delete {gone} vertices")
            text = one if gone == 1 else many
            self._host.request_edit(text, self._edit(self.ids), self.ids)

    def _points(self, instance_id: str) -> int:
        item = self._host.scene.instance(instance_id)
        return _count(item.parts) if item is not None else 0

    def _ring(self, at: Pointer) -> QRectF:
        reach = SWEEP_RADIUS_PX + 3
        return QRectF(at.view_x - reach, at.view_y - reach, 2 * reach, 2 * reach)

    def paint(self, painter: QPainter, _view: ViewTransform, /) -> None:
        """Draw the reach of the eraser."""
        colours = self._host.colours
        at = QPointF(self._now.view_x, self._now.view_y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("halo", 3.0), ("refused", 1.5)):
            painter.setPen(QPen(colours.colour(name), width))
            painter.drawEllipse(at, SWEEP_RADIUS_PX, SWEEP_RADIUS_PX)


class RedrawDrag:
    """Draws the stretch from a vertex to where the stroke ends anew.

    Args:
        host: The canvas.
        target: The vertex that the stroke begins at; of an edge, the nearer end.
        start: Where the press was.
    """

    def __init__(self, host: ToolHost, target: Target, start: Pointer) -> None:
        self._host = host
        self._target = target
        self._start = start
        self._way: list[tuple[float, float]] = []
        self._moved = False
        self._refused = ""
        self.ids: tuple[str, ...] = (target.id,)
        item = host.scene.instance(target.id)
        self._vertex = target.vertex
        if item is not None and target.grip is Grip.EDGE:
            ring = item.parts[target.part].rings[target.ring]
            ends = [target.vertex, (target.vertex + 1) % len(ring)]
            self._vertex = min(ends, key=lambda v: float(np.hypot(*(ring[v] - (start.x, start.y)))))
        host.say(tr("Draw the new outline and end on the old one; Esc cancels"))

    def _edit(self) -> Edit:
        scale, target = self._host.camera.view.scale, self._target
        way = thin_line(np.array(self._way), tolerance_px=REDRAW_TOLERANCE_PX / scale)
        return redraw(
            target.id, target.part, target.ring, self._vertex, way, snap_px=REDRAW_SNAP_PX / scale
        )

    def move(self, pointer: Pointer) -> None:
        """Show the outline that a release here would leave."""
        host = self._host
        self._moved = self._moved or pointer.distance_px(self._start) >= REDRAW_FROM_PX
        if not self._moved:
            return
        self._append(pointer)
        item, annotation = host.scene.instance(self._target.id), host.scene.annotation
        if item is None or annotation is None:
            return
        self._refused = ""
        parts = item.parts
        try:
            parts = self._edit()(annotation.with_instances((item,))).instances[0].parts
        except EditError as error:
            self._refused = error.message
        host.show_preview(
            Preview(frozenset(self.ids), {item.id: parts}, refused=bool(self._refused))
        )
        host.repaint()

    def _append(self, pointer: Pointer) -> None:
        at = self._host.camera.clamp_to_image(pointer.x, pointer.y)
        if self._way:
            away = np.hypot(at[0] - self._way[-1][0], at[1] - self._way[-1][1])
            if away * self._host.camera.view.scale < STEP_PX:
                return
        self._way.append(at)

    def finish(self, pointer: Pointer) -> None:
        """Ask for the outline."""
        self.move(pointer)
        self._host.repaint()
        if not self._way:
            return
        if self._refused:
            why = engine_text(self._refused)
            self._host.say(tr("Refused: {why} The shape is as it was.", why=why))
            return
        self._host.request_edit(recorded("Redraw outline"), self._edit(), self.ids)

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the stroke, which the preview joins to the outline."""
        if len(self._way) < 2:
            return
        colours = self._host.colours
        line = polygon_from(view.points_to_view(np.array(self._way)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("halo", 4.0), ("refused" if self._refused else "accent", 2.0)):
            painter.setPen(QPen(colours.colour(name), width))
            painter.drawPolyline(line)


def _count(parts: tuple[Part, ...]) -> int:
    return sum(len(ring) for part in parts for ring in part.rings)
