"""The polygon tool: clicks, freehand strokes, or both in one outline."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import problem, repair, simplify
from dynseg_annotator.canvas.paths import polygon_from
from dynseg_annotator.canvas.tools.base import CTRL, Pointer, ToolHost
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import engine_text, mark, tr

CLOSE_RADIUS_PX = 10.0
SAME_POINT_PX = 2.0
FREEHAND_FROM_PX = 5.0
FREEHAND_STEP_PX = 3.0
"""Distance between the points of a freehand stroke, view pixels."""
FREEHAND_TOLERANCE_PX = 1.0
"""A stroke is thinned within this, view pixels: more was not meant by the hand."""
MARGIN_PX = 14.0
START_HINT = mark(
    "Click to place points, or drag to draw freehand; then a number gives the class; Esc returns "
    "to editing"
)
HINT = mark("Enter, double-click or the first point closes; Backspace takes the last point back")
CLOSE_HINT = mark("Release or click here to close the shape")
CLOSE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PolygonTool:
    """Draws one outline after another.

    A click places a point; holding the button and moving draws freehand from there. A stroke
    that ends on the first point closes the outline.
    """

    name = "polygon"
    hint = START_HINT
    drawing_hint = HINT
    closes = True
    """The line becomes an outline; otherwise it stays open."""

    def __init__(self, host: ToolHost) -> None:
        self._host = host
        self._points: list[tuple[float, float]] = []
        self._strokes: list[int] = []
        """How many points each click or stroke added; taken back one at a time."""
        self._freehand = False
        self._drew_freehand = False
        self._pressed: Pointer | None = None
        self._pointer: Pointer | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether an outline is open."""
        return bool(self._points)

    def activate(self) -> None:
        """Cross and hint."""
        self._host.set_cursor(Qt.CursorShape.CrossCursor)
        self._host.say(tr(self.hint))

    def press(self, pointer: Pointer) -> None:
        """Place a point, or get ready to close."""
        self._pressed = self._pointer = pointer
        if not self._is_closing(pointer):
            self._add(pointer)

    def move(self, pointer: Pointer) -> None:
        """Draw freehand, or move the preview line."""
        before, self._pointer = self._pointer, pointer
        pressed = self._pressed
        if pressed is not None and not pointer.pressed:
            self.interrupt()
        elif pressed is not None:
            if not self._freehand and pointer.distance_px(pressed) >= FREEHAND_FROM_PX:
                self._freehand = self._drew_freehand = True
            if self._freehand and self._far_from_last(pointer, FREEHAND_STEP_PX):
                self._append(pointer)
                self._strokes[-1] += 1
        self._repaint_line(before)
        if self._points and not self._freehand:
            self._host.say(tr(CLOSE_HINT if self._is_closing(pointer) else self.drawing_hint))

    def release(self, pointer: Pointer) -> None:
        """End a stroke; close when it ends on the first point."""
        pressed, self._pressed = self._pressed, None
        freehand, self._freehand = self._freehand, False
        self._pointer = pointer
        if pressed is None:
            return
        if self._is_closing(pointer) and (freehand or self._is_closing(pressed)):
            self.close()
        else:
            self._host.repaint()

    def double_click(self, _pointer: Pointer, /) -> None:
        """Close; the first of the two clicks placed the last point."""
        self.close()

    def leave(self) -> None:
        """Without a pointer there is no preview line."""
        if self._pressed is None:
            self._pointer = None
            self._host.repaint()

    def close(self) -> None:
        """Hand the outline over, or say why it cannot be one."""
        if not self._points:
            return
        if len(self._points) < 3:
            self._host.say(tr("A shape needs at least three points: click once more"))
            return
        part = Part(ring(np.array(self._points)))
        if self._drew_freehand:
            part = simplify(part, tolerance_px=self._tolerance_px())
        reason = problem(part)
        parts: tuple[Part, ...] = (part,)
        if reason is not None:
            width, height = self._host.camera.image_size
            parts = repair((part,), width=width, height=height)
        if not parts:
            why = engine_text(reason or "")
            self._host.say(tr("Refused: the outline {why}; Backspace takes points back", why=why))
            return
        self.reset()
        self._host.say(tr(self.hint))
        if reason is not None:
            why = engine_text(reason)
            self._host.say(tr("The outline {why}; it was repaired, check the result", why=why))
        self._hand_over(parts)

    def _hand_over(self, parts: tuple[Part, ...]) -> None:
        """What becomes of a closed outline."""
        self._host.finish_shape(parts)

    def _tolerance_px(self) -> float:
        """How far a thinned stroke may leave the hand's, image pixels."""
        return min(max(FREEHAND_TOLERANCE_PX / self._host.camera.view.scale, 0.25), 3.0)

    def wants(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Enter, Backspace, Ctrl+Z and Esc while an outline is open; Esc always."""
        if key == Qt.Key.Key_Escape:
            return True
        if not self._points:
            return False
        undo = key == Qt.Key.Key_Z and modifiers == CTRL
        return undo or key == Qt.Key.Key_Backspace or key in CLOSE_KEYS

    def key(self, key: int, _modifiers: Qt.KeyboardModifier, /) -> None:
        """Close, take back, cancel."""
        if key in CLOSE_KEYS:
            self.close()
        elif key == Qt.Key.Key_Escape:
            if self._points:
                self.reset()
                self._host.say(tr("Cancelled; nothing was added"))
            else:
                self._host.leave_tool()
        else:
            self.take_back()

    def take_back(self) -> None:
        """Remove the last point, or the last stroke."""
        if self._strokes:
            count = self._strokes.pop()
            del self._points[len(self._points) - count :]
            self._freehand = False
            self._pressed = None
            self._host.repaint()
        if not self._points:
            self._drew_freehand = False
            self._host.say(tr(self.hint))

    def follow_document(self) -> None:
        """What is being drawn does not depend on the document."""

    def interrupt(self) -> None:
        """End the stroke where it is; the points stay."""
        self._pressed = None
        self._freehand = False
        self._host.repaint()

    def reset(self) -> None:
        """Forget the outline."""
        self._points.clear()
        self._strokes.clear()
        self._drew_freehand = False
        self.interrupt()

    def _add(self, pointer: Pointer) -> None:
        if self._points and not self._far_from_last(pointer, SAME_POINT_PX):
            self._strokes.append(0)  # a click on the last point may still begin a stroke
            return
        self._append(pointer)
        self._strokes.append(1)
        self._host.repaint()
        if len(self._points) == 1:
            self._host.say(tr(self.drawing_hint))

    def _append(self, pointer: Pointer) -> None:
        self._points.append(self._host.camera.clamp_to_image(pointer.x, pointer.y))

    def _far_from_last(self, pointer: Pointer, far_px: float) -> bool:
        at = QPointF(*self._host.camera.clamp_to_image(pointer.x, pointer.y))
        away = at - QPointF(*self._points[-1])
        distance_px = (away.x() ** 2 + away.y() ** 2) ** 0.5 * self._host.camera.view.scale
        return bool(distance_px >= far_px)

    def _is_closing(self, pointer: Pointer) -> bool:
        """Whether the pointer is on the first point of an outline that can be closed."""
        if len(self._points) < 3 or not self.closes:
            return False
        x, y = self._host.camera.view.to_view(*self._points[0])
        dx, dy = pointer.view_x - x, pointer.view_y - y
        return bool(dx * dx + dy * dy <= CLOSE_RADIUS_PX**2)

    def _repaint_line(self, before: Pointer | None) -> None:
        """Repaint what a move of the pointer changes: the open end and the first point."""
        if not self._points:
            return
        view = self._host.camera.view
        corners = [view.to_view(*self._points[0])]
        corners += [view.to_view(*point) for point in self._points[-2:]]
        corners += [(p.view_x, p.view_y) for p in (before, self._pointer) if p is not None]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        rect = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        self._host.repaint(rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the open outline, the line to the pointer and the points."""
        if not self._points:
            return
        colours = self._host.colours
        drawn = view.points_to_view(np.array(self._points))
        outline = polygon_from(drawn)
        for colour, width in ((colours.colour("halo"), 4.0), (colours.colour("accent"), 2.0)):
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(outline)
        closing = self._pointer is not None and self._is_closing(self._pointer)
        if self._pointer is not None and not self._freehand:
            at = self._host.camera.clamp_to_image(self._pointer.x, self._pointer.y)
            end = QPointF(*drawn[0]) if closing else QPointF(*view.to_view(*at))
            self._paint_guides(painter, QPointF(*drawn[-1]), end, QPointF(*drawn[0]))
        if not self._drew_freehand:
            self._paint_points(painter, outline)
        if not self.closes:
            return
        first = QPointF(*drawn[0])
        painter.setPen(QPen(colours.colour("handle_edge"), 1.5))
        painter.setBrush(colours.colour("accent") if closing else colours.colour("handle"))
        painter.drawEllipse(first, *((8.0, 8.0) if closing else (5.5, 5.5)))

    def _paint_guides(self, painter: QPainter, last: QPointF, end: QPointF, first: QPointF) -> None:
        """The line that a click here would add, and faintly the one that would close."""
        colours = self._host.colours
        painter.setPen(QPen(colours.colour("halo"), 3.0))
        painter.drawLine(last, end)
        pen = QPen(colours.colour("accent"), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(last, end)
        if len(self._points) >= 2 and self.closes:
            faint = QColor(colours.colour("accent"))
            faint.setAlphaF(0.45)
            painter.setPen(QPen(faint, 1.0))
            painter.drawLine(end, first)

    def _paint_points(self, painter: QPainter, points: QPolygonF) -> None:
        colours = self._host.colours
        for name, width in (("handle_edge", 8.0), ("handle", 6.0)):
            pen = QPen(colours.colour(name), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(points)
