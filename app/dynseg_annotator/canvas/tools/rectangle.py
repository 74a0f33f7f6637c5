"""The rectangle tool: drag from corner to corner, or click both corners."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from dynseg.geometry.part import Part, ring
from dynseg_annotator.canvas.paths import path_in_view
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.canvas.tools.base import Pointer, ToolHost
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import mark, tr

DRAG_FROM_PX = 4.0
MIN_SIDE = 1.0
"""Image pixels."""
MARGIN_PX = 6.0
START_HINT = mark("Drag from corner to corner, or click both corners; Esc returns to editing")
SECOND_HINT = mark("Click the opposite corner; Esc cancels")


class RectangleTool:
    """Draws one rectangle after another, as a shape of four points."""

    name = "rectangle"
    hint = START_HINT

    def __init__(self, host: ToolHost) -> None:
        self._host = host
        self._corner: tuple[float, float] | None = None
        self._pressed: Pointer | None = None
        self._pointer: Pointer | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether the first corner is placed."""
        return self._corner is not None

    def activate(self) -> None:
        """Cross and hint."""
        self._host.set_cursor(Qt.CursorShape.CrossCursor)
        self._host.say(tr(self.hint))

    def press(self, pointer: Pointer) -> None:
        """Place the first corner; a second press waits for its release."""
        self._pressed = self._pointer = pointer
        if self._corner is None:
            self._corner = self._host.camera.clamp_to_image(pointer.x, pointer.y)

    def move(self, pointer: Pointer) -> None:
        """Show the rectangle."""
        before, self._pointer = self._rect(), pointer
        if self._pressed is not None and not pointer.pressed:
            self.interrupt()
        after = self._rect()
        if after is not None:
            rect = after if before is None else before.united(after)
            self._host.repaint(rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))

    def release(self, pointer: Pointer) -> None:
        """Finish a drag or the second click; a first click waits for the second."""
        pressed, self._pressed = self._pressed, None
        self._pointer = pointer
        if pressed is None or self._corner is None:
            return
        dragged = pointer.distance_px(pressed) >= DRAG_FROM_PX
        x, y = self._host.camera.view.to_view(*self._corner)
        apart = abs(pointer.view_x - x) + abs(pointer.view_y - y) >= DRAG_FROM_PX
        if dragged or apart:
            self._finish(pointer)
        else:
            self._host.say(tr(SECOND_HINT))

    def _finish(self, pointer: Pointer) -> None:
        x0, y0 = self._corner or (0.0, 0.0)
        x1, y1 = self._host.camera.clamp_to_image(pointer.x, pointer.y)
        self.reset()
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if right - left < MIN_SIDE or bottom - top < MIN_SIDE:
            self._host.say(tr("Refused: the rectangle has no area; drag further"))
            return
        self._host.say(tr(self.hint))
        self._hand_over((left, top, right, bottom))

    def _hand_over(self, box: Box) -> None:
        """What becomes of a finished rectangle, `x0, y0, x1, y1` in image pixels."""
        left, top, right, bottom = box
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        self._host.finish_shape((Part(ring(corners)),))

    def double_click(self, pointer: Pointer) -> None:
        """The same as a second press."""
        self.press(pointer)

    def leave(self) -> None:
        """The rectangle stays where it was."""

    def wants(self, key: int, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Esc."""
        return key == Qt.Key.Key_Escape

    def key(self, _key: int, _modifiers: Qt.KeyboardModifier, /) -> None:
        """Cancel, or go back to editing."""
        if self._corner is None:
            self._host.leave_tool()
        else:
            self.reset()
            self._host.say(tr("Cancelled; nothing was added"))

    def follow_document(self) -> None:
        """What is being drawn does not depend on the document."""

    def interrupt(self) -> None:
        """A drag that lost the button leaves nothing."""
        self.reset()

    def reset(self) -> None:
        """Forget the corner."""
        self._corner = self._pressed = None
        self._host.repaint()

    def _rect(self) -> QRectF | None:
        """The rectangle so far, view pixels."""
        if self._corner is None or self._pointer is None:
            return None
        camera = self._host.camera
        far = camera.clamp_to_image(self._pointer.x, self._pointer.y)
        one, other = camera.view.to_view(*self._corner), camera.view.to_view(*far)
        return QRectF(QPointF(*one), QPointF(*other)).normalized()

    def paint(self, painter: QPainter, _view: ViewTransform, /) -> None:
        """Draw the rectangle so far."""
        rect = self._rect()
        if rect is None:
            return
        colours = self._host.colours
        accent = colours.colour("accent")
        accent.setAlphaF(0.15)
        painter.setBrush(accent)
        painter.setPen(QPen(colours.colour("halo"), 3.5))
        painter.drawRect(rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("accent"), 1.5))
        painter.drawRect(rect)


class BoxTool(RectangleTool):
    """Draws a box around something and hands it over; the window finds what is in it.

    Args:
        host: The canvas.
        name: Of the tool, which the window tells boxes apart by.
        hint: What is to be done.
    """

    def __init__(self, host: ToolHost, *, name: str, hint: str) -> None:
        super().__init__(host)
        self.name = name
        self.hint = hint

    def _hand_over(self, box: Box) -> None:
        self._host.finish_box(self.name, box)


class FindTool(BoxTool):
    """A click on an object, or a box around it; the window finds what is meant.

    What a click would take at once is shown below the pointer, dotted.
    """

    def __init__(self, host: ToolHost, *, name: str, hint: str) -> None:
        super().__init__(host, name=name, hint=hint)
        self._offered: tuple[Part, ...] = ()

    def press(self, pointer: Pointer) -> None:
        """The click, or the first corner of a box."""
        self._offer(())
        super().press(pointer)

    def move(self, pointer: Pointer) -> None:
        """Show the box, or what a click would take."""
        super().move(pointer)
        if self._corner is None:
            inside = self._host.camera.clamp_to_image(pointer.x, pointer.y)
            is_there = inside == (pointer.x, pointer.y)
            self._offer(self._host.known_at(*inside) if is_there else ())

    def release(self, pointer: Pointer) -> None:
        """Hand over the box, or the click."""
        pressed = self._pressed
        if pressed is None or pointer.distance_px(pressed) >= DRAG_FROM_PX:
            super().release(pointer)
            return
        x, y = self._host.camera.clamp_to_image(pressed.x, pressed.y)
        self.reset()
        self._host.point_at(x, y)

    def double_click(self, pointer: Pointer) -> None:
        """The second of two clicks at one place says nothing new."""

    def leave(self) -> None:
        """Nothing is below the pointer."""
        self._offer(())

    def follow_document(self) -> None:
        """What was offered may be there now."""
        self._offer(())

    def reset(self) -> None:
        """Forget the corner and what was offered."""
        self._offer(())
        super().reset()

    def _offer(self, parts: tuple[Part, ...]) -> None:
        if parts is not self._offered:
            self._offered = parts
            self._host.repaint()

    def paint(self, painter: QPainter, view: ViewTransform, /) -> None:
        """Draw the box, or what a click would take."""
        super().paint(painter, view)
        if not self._offered:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = path_in_view(self._offered, view)
        for name, width, style in (
            ("halo", 3.5, Qt.PenStyle.SolidLine),
            ("accent", 2.0, Qt.PenStyle.DotLine),
        ):
            painter.setPen(QPen(self._host.colours.colour(name), width, style))
            painter.drawPath(path)
