"""Drags of the edit tool: each shows a preview while it lasts and ends in one request."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from dynseg.annotation.edits import Edit, insert_vertex, move_vertex, translate
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import problem
from dynseg_annotator.canvas.picking import Grip, Target
from dynseg_annotator.canvas.scene import Box, Preview
from dynseg_annotator.canvas.tools.base import Pointer, ToolHost
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import recorded, tr


class Drag(Protocol):
    """A gesture between press and release."""

    ids: tuple[str, ...]

    def move(self, pointer: Pointer, /) -> None:
        """Show what a release here would do."""

    def finish(self, pointer: Pointer, /) -> None:
        """Ask for it."""

    def paint(self, painter: QPainter, view: ViewTransform, /) -> None:
        """Draw what is not a preview of instances."""


class GripDrag:
    """Moves a vertex, or pulls a new one out of an edge.

    Args:
        host: The canvas.
        target: The vertex or edge that was pressed.
        start: Where the press was; the vertex keeps its offset from the pointer.
    """

    def __init__(self, host: ToolHost, target: Target, start: Pointer) -> None:
        self._host = host
        self._target = target
        self._offset = (target.x - start.x, target.y - start.y)
        self._edit: Edit | None = None
        self._last: tuple[float, float] = (target.x, target.y)
        self._refused = False
        self.ids: tuple[str, ...] = (target.id,)
        item = host.scene.instance(target.id)
        # a shape that is broken already may be mended by hand, in whatever steps it takes
        self._must_stay_valid = item is not None and problem(item.parts[target.part]) is None

    def move(self, pointer: Pointer) -> None:
        """Show the shape with the vertex under the pointer."""
        host, target = self._host, self._target
        annotation, item = host.scene.annotation, host.scene.instance(target.id)
        if annotation is None or item is None:
            return
        x, y = host.camera.clamp_to_image(pointer.x + self._offset[0], pointer.y + self._offset[1])
        make = move_vertex if target.grip is Grip.VERTEX else insert_vertex
        self._edit = make(target.id, target.part, target.ring, target.vertex, x, y)
        # tried on a document of one shape: the preview is what the edit does, at no cost
        # that grows with the image
        parts = self._edit(annotation.with_instances((item,))).instances[0].parts
        refused = self._must_stay_valid and problem(parts[target.part]) is not None
        touched = None
        if refused == self._refused and host.scene.preview is not None:
            touched = self._touched(item.parts, (x, y))
        self._refused, self._last = refused, (x, y)
        host.show_preview(
            Preview(frozenset(self.ids), {target.id: parts}, (0, 0), refused, touched)
        )

    def _touched(self, parts: tuple[Part, ...], now: tuple[float, float]) -> Box:
        """Between the neighbours and the old and new place nothing else changes."""
        target = self._target
        ring = parts[target.part].rings[target.ring]
        before = ring[target.vertex - (target.grip is Grip.VERTEX)]
        after = ring[(target.vertex + 1) % len(ring)]
        xs = (float(before[0]), float(after[0]), now[0], self._last[0])
        ys = (float(before[1]), float(after[1]), now[1], self._last[1])
        return min(xs), min(ys), max(xs), max(ys)

    def finish(self, pointer: Pointer) -> None:
        """Ask for the vertex to be moved or inserted."""
        self.move(pointer)
        if self._edit is None:
            return
        if self._refused:
            self._host.say(tr("Refused: the outline would cross itself. The shape is as it was."))
            return
        moved = self._target.grip is Grip.VERTEX
        text = recorded("Move vertex") if moved else recorded("Insert vertex")
        self._host.request_edit(text, self._edit, self.ids)

    def paint(self, _painter: QPainter, _view: ViewTransform, /) -> None:
        """Nothing: the preview shows it all."""


class ShapesDrag:
    """Moves whole shapes, at most to the border of the image.

    Args:
        host: The canvas.
        ids: The shapes to move.
        start: Where the press was.
    """

    def __init__(self, host: ToolHost, ids: tuple[str, ...], start: Pointer) -> None:
        self._host = host
        self._start = start
        self._shift = (0.0, 0.0)
        self.ids = ids

    def move(self, pointer: Pointer) -> None:
        """Show the shapes moved."""
        box = self._host.scene.box(self.ids)
        if box is None:
            return
        width, height = self._host.camera.image_size
        dx = min(max(pointer.x - self._start.x, -box[0]), width - box[2])
        dy = min(max(pointer.y - self._start.y, -box[1]), height - box[3])
        self._shift = (dx, dy)
        self._host.show_preview(Preview(frozenset(self.ids), {}, (dx, dy)))

    def finish(self, pointer: Pointer) -> None:
        """Ask for the shapes to be moved."""
        self.move(pointer)
        if self._shift != (0.0, 0.0):
            one, many = recorded("Move shape"), recorded(f"Move {len(self.ids)} shapes")
            text = one if len(self.ids) == 1 else many
            self._host.request_edit(text, translate(self.ids, *self._shift), self.ids)

    def paint(self, _painter: QPainter, _view: ViewTransform, /) -> None:
        """Nothing: the preview shows it all."""


class BandDrag:
    """A rubber band that selects what it touches.

    Args:
        host: The canvas.
        start: Where the press was.
        keep: Already selected instances that stay selected.
    """

    def __init__(self, host: ToolHost, start: Pointer, keep: tuple[str, ...]) -> None:
        self._host = host
        self._start = start
        self._now = start
        self._keep = keep
        self.ids: tuple[str, ...] = ()

    def move(self, pointer: Pointer) -> None:
        """Show the band."""
        before = self._rect(self._host.camera.view)
        self._now = pointer
        after = self._rect(self._host.camera.view)
        self._host.repaint(before.united(after).adjusted(-2, -2, 2, 2))

    def finish(self, pointer: Pointer) -> None:
        """Select what the band touches."""
        self.move(pointer)
        self._host.repaint()
        found = self._host.picker.within(self._box())
        added = [i for i in found if i not in self._keep]
        self._host.request_selection([*self._keep, *added])

    def _box(self) -> Box:
        a, b = self._start, self._now
        return min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)

    def _rect(self, view: ViewTransform) -> QRectF:
        box = self._box()
        x0, y0 = view.to_view(box[0], box[1])
        return QRectF(x0, y0, (box[2] - box[0]) * view.scale, (box[3] - box[1]) * view.scale)

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the band."""
        pen = QPen(QColor(255, 255, 255, 220), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.setBrush(QColor(255, 255, 255, 30))
        painter.drawRect(self._rect(view))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._rect(view))
