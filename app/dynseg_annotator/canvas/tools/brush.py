"""Brush and eraser: outlines that are painted, on the selected shape or as a new one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.annotation.edits import erase, paint
from dynseg.geometry.combine import image_region
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import from_shapely, to_shapely
from dynseg.geometry.stroke import Stroke, painted
from dynseg_annotator.canvas.paths import draw, outline_of
from dynseg_annotator.canvas.scene import Box, Preview
from dynseg_annotator.canvas.tools.base import CTRL, SHIFT, Pointer, QuietTool, ToolHost, editable
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import mark, recorded, tr

STEP_PX = 2.0
"""Distance between the points of a stroke, view pixels."""
TOLERANCE_PX = 0.5
"""How far the outline may leave the exact stroke, view pixels."""
MARGIN_PX = 3.0
NEW = ""
"""Stands for the shape that the stroke will be, among the ids of shapes that it changes."""
HINTS = {
    False: mark(
        "Drag to add to the selected shape; after Esc, to paint a new one; [ and ] change the size"
    ),
    True: mark("Drag over a shape to take away from it; [ and ] change the size"),
}

APART = mark(
    "This is one more part of the selected shape; for a shape of its own undo, Esc, and paint again"
)


@dataclass(slots=True)
class Painting:
    """A stroke under way.

    Attributes:
        erases: It takes away.
        radius_px: Image pixels.
        tolerance_px: Image pixels.
        points: Where the middle of the brush was, image pixels.
        regions: What it changes, as it is by now, by id.
    """

    erases: bool
    radius_px: float
    tolerance_px: float
    points: list[tuple[float, float]]
    regions: dict[str, Geometry] = field(default_factory=dict)

    def stroke(self, since: int = 0) -> Stroke:
        """The stroke, or its last points from `since` on."""
        return Stroke(np.array(self.points[since:]), self.radius_px, self.tolerance_px)

    def apply(self, region: Geometry, clip: Geometry) -> None:
        """Add a piece of the stroke to what it changes, or take it away."""
        for key, before in self.regions.items():
            if self.erases:
                self.regions[key] = before.difference(region)
            else:
                self.regions[key] = before.union(region.intersection(clip))


class BrushTool(QuietTool):
    """Paints one stroke after another; Shift turns adding into erasing and back.

    Adding goes to the selected shape: with several, to the one under the pointer, else the last.
    Without a selection a stroke is a new shape. Erasing goes to all selected shapes, without a
    selection to the first one that it meets. Ctrl+click selects. What is shown while painting is
    the outline as it will be.
    """

    def __init__(self, host: ToolHost, *, erases: bool) -> None:
        super().__init__(host)
        self.name = "eraser" if erases else "brush"
        self.hint = HINTS[erases]
        self._erases = erases
        self._painting: Painting | None = None
        self._pointer: Pointer | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self._painting is not None

    def press(self, pointer: Pointer) -> None:
        """Begin a stroke, or select with Ctrl."""
        self._move_ring(pointer)
        if pointer.has(CTRL):
            under = self._host.picker.under(pointer.x, pointer.y)
            self._host.request_selection(under[:1])
            return
        self._painting = Painting(
            erases=self._erases != pointer.has(SHIFT),
            radius_px=self._host.settings.brush_px,
            tolerance_px=min(max(TOLERANCE_PX / self._host.camera.view.scale, 0.1), 2.0),
            points=[(pointer.x, pointer.y)],
        )
        self._take_targets(pointer)
        self._extend(0)

    def _take_targets(self, pointer: Pointer) -> None:
        """Find what the stroke changes."""
        painting, scene = self._painting, self._host.scene
        if painting is None:
            return
        under = [i for i in self._host.picker.under(pointer.x, pointer.y) if i not in scene.locked]
        selected = editable(self._host)
        if painting.erases:
            ids = selected or tuple(under[:1])
        elif selected:
            ids = next(((i,) for i in under if i in selected), selected[-1:])
        else:
            painting.regions = {NEW: shapely.Polygon()}
            return
        items = [scene.instance(i) for i in ids]
        painting.regions = {item.id: to_shapely(item.parts) for item in items if item is not None}

    def move(self, pointer: Pointer) -> None:
        """Go on with the stroke, or move the ring."""
        self._move_ring(pointer)
        painting = self._painting
        if painting is None:
            return
        if not pointer.pressed:  # the release went elsewhere
            self.interrupt()
            return
        x, y = painting.points[-1]
        away_px = np.hypot(pointer.x - x, pointer.y - y) * self._host.camera.view.scale
        if away_px >= STEP_PX:
            self._add(pointer)

    def _add(self, pointer: Pointer) -> None:
        painting = self._painting
        if painting is None:
            return
        painting.points.append((pointer.x, pointer.y))
        if not painting.regions:
            self._take_targets(pointer)
            self._extend(0)
        else:
            self._extend(len(painting.points) - 2)

    def _extend(self, since: int) -> None:
        """Let the points from `since` on act, and show it."""
        painting, host = self._painting, self._host
        if painting is None or not painting.regions:
            return
        region = painting.stroke(since).region()
        painting.apply(region, image_region(*host.camera.image_size))
        touched: Box = tuple(region.bounds)
        if NEW in painting.regions:
            self._repaint(touched)
            return
        parts = {key: from_shapely(each) for key, each in painting.regions.items()}
        host.show_preview(Preview(frozenset(parts), parts, touched=touched, handles=False))

    def release(self, pointer: Pointer) -> None:
        """Ask for what the stroke made."""
        painting = self._painting
        if painting is None:
            return
        if (pointer.x, pointer.y) != painting.points[-1]:
            self._add(pointer)
        self._painting = None
        if NEW in painting.regions:
            self._finish_new(painting)
        elif painting.regions:
            self._finish_edit(painting)
        elif painting.erases:
            self._host.say(tr("There is no shape below to take away from"))
        self._host.show_preview(None)
        self._host.repaint()

    def _finish_new(self, painting: Painting) -> None:
        width, height = self._host.camera.image_size
        parts = painted((), painting.stroke(), width=width, height=height)
        if parts:
            self._host.finish_shape(parts)
        else:
            self._host.say(tr("Refused: the stroke lies outside of the image"))

    def _finish_edit(self, painting: Painting) -> None:
        host, stroke = self._host, painting.stroke()
        ids = tuple(painting.regions)
        if not painting.erases:
            item = host.scene.instance(ids[0])
            pieces = int(shapely.get_num_geometries(painting.regions[ids[0]]))
            apart = item is not None and pieces > len(item.parts)
            if host.request_edit(recorded("Paint"), paint(ids[0], stroke), ids) and apart:
                host.say(tr(APART))
            return
        gone = [key for key, region in painting.regions.items() if region.is_empty]
        if host.request_edit(recorded("Erase"), erase(ids, stroke), ids) and gone:
            host.say(tr("Nothing was left of the shape: it is deleted; undo brings it back"))

    def step_back(self) -> None:
        """Clear the selection, so that the next stroke is a new shape; then leave."""
        if self._host.scene.selected:
            self._host.request_selection([])
            self._host.say(tr(self.hint))
        else:
            self._host.leave_tool()

    def leave(self) -> None:
        """Without a pointer there is no ring."""
        self._move_ring(None)

    def interrupt(self) -> None:
        """Drop the stroke; nothing of it remains."""
        if self._painting is not None:
            self._painting = None
            self._host.show_preview(None)
            self._host.repaint()

    def reset(self) -> None:
        """Forget the stroke and the ring."""
        self.interrupt()
        self._move_ring(None)

    def _move_ring(self, pointer: Pointer | None) -> None:
        for at in (self._pointer, pointer):
            if at is not None:
                self._host.repaint(self._ring(at))
        self._pointer = pointer

    def _ring(self, at: Pointer) -> QRectF:
        """Where the ring is drawn, view pixels."""
        radius = self._host.settings.brush_px * self._host.camera.view.scale + MARGIN_PX
        return QRectF(at.view_x - radius, at.view_y - radius, 2 * radius, 2 * radius)

    def _repaint(self, box: Box) -> None:
        view = self._host.camera.view
        x0, y0 = view.to_view(box[0], box[1])
        x1, y1 = view.to_view(box[2], box[3])
        rect = QRectF(x0, y0, x1 - x0, y1 - y0)
        self._host.repaint(rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the new shape so far, and the ring."""
        painting = self._painting
        if painting is not None and NEW in painting.regions:
            self._paint_new(painter, view, from_shapely(painting.regions[NEW]))
        if self._pointer is None:
            return
        erases = self._erases
        if painting is not None:
            erases = painting.erases
        colours, radius = self._host.colours, self._host.settings.brush_px * view.scale
        middle = QPointF(self._pointer.view_x, self._pointer.view_y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("halo", 3.0), ("refused" if erases else "accent", 1.5)):
            painter.setPen(QPen(colours.colour(name), width))
            painter.drawEllipse(middle, radius, radius)

    def _paint_new(self, painter: QPainter, view: ViewTransform, parts: tuple[Part, ...]) -> None:
        accent = self._host.colours.colour("accent")
        fill = self._host.colours.colour("accent")
        fill.setAlphaF(0.3)
        painter.save()
        painter.setTransform(QTransform(view.scale, 0, 0, view.scale, view.dx, view.dy), True)
        painter.setBrush(fill)
        pen = QPen(accent, 1.5)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for part in parts:
            draw(painter, outline_of(part))
        painter.restore()
