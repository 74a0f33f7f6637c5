"""Qt's events as pointer events for a tool; panning and zooming are done here for every tool."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.nearby_keys import NearbyKeys
from dynseg_annotator.canvas.tools.base import ALT, CTRL, SHIFT, Pointer, Tool
from dynseg_annotator.canvas.view import ViewTransform

WHEEL_NOTCH = 120.0
"""Eighths of a degree that one notch of a mouse wheel reports."""
ZOOM_PER_NOTCH = 1.25
PAN_PER_NOTCH_PX = 60.0
ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
"""Which way the image moves, in notches, where no action and no tool wants the key."""
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class InputSurface(QWidget):
    """Gives pointer and key events to the tool in force.

    Middle drag, and left drag while Space is held, move the image whatever the tool is doing.

    Signals:
        cursor_moved: The pointer in image pixels, x and y; not limited to the image.
        context_menu_requested: Global position (QPoint), and the image point as `(x, y)`; None
            when it was asked for by key.
    """

    cursor_moved = Signal(float, float)
    context_menu_requested = Signal(object, object)

    _tool: Tool
    """In force; put there by the subclass."""

    def __init__(self, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.camera = camera
        self.wheel_zooms = True
        """Whether the plain wheel zooms; otherwise it scrolls, and Ctrl+wheel zooms."""
        self.shows_focus = False
        """Whether the focus is here and came by key."""
        self._tool_cursor = Qt.CursorShape.ArrowCursor
        self._space_held = False
        self._nearby_keys = NearbyKeys(self, self._goes_with_pointer)
        self._pan: tuple[QPointF, ViewTransform, Qt.MouseButton] | None = None

    def set_tool_cursor(self, shape: Qt.CursorShape) -> None:
        """Shape of the pointer while the image is not being dragged."""
        self._tool_cursor = shape
        self._refresh_cursor()

    def _refresh_cursor(self) -> None:
        shape = self._tool_cursor
        if self._pan is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space_held:
            shape = Qt.CursorShape.OpenHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

    def _pointer(self, event: QMouseEvent) -> Pointer:
        at = event.position()
        x, y = self.camera.view.to_image(at.x(), at.y())
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        return Pointer(x, y, at.x(), at.y(), event.modifiers(), pressed)

    @property
    def accepts_gestures(self) -> bool:
        """Whether there is something for a tool to work on."""
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, or give the press to the tool."""
        button = event.button()
        left = button is Qt.MouseButton.LeftButton
        if self._pan is None and (
            button is Qt.MouseButton.MiddleButton or (left and self._space_held)
        ):
            self._pan = event.position(), self.camera.view, button
            self._refresh_cursor()
        elif left and self.accepts_gestures:
            self._tool.press(self._pointer(event))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or give the move to the tool."""
        if self._pan is not None:
            start, view, button = self._pan
            if event.buttons() & button:
                moved = event.position() - start
                self.camera.pan_from(view, moved.x(), moved.y())
            else:  # the release went to another window
                self._end_pan()
            return
        self._nearby_keys.pointer_moved()
        pointer = self._pointer(event)
        if self.accepts_gestures:
            self._tool.move(pointer)
        self.cursor_moved.emit(pointer.x, pointer.y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the pan, or give the release to the tool."""
        if self._pan is not None and event.button() is self._pan[2]:
            self._end_pan()
        elif event.button() is Qt.MouseButton.LeftButton:
            self._tool.release(self._pointer(event))
        event.accept()

    def _end_pan(self) -> None:
        self._pan = None
        self._refresh_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Give it to the tool; the middle button fits the image."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self.camera.fit()
        elif event.button() is Qt.MouseButton.LeftButton and self._space_held:
            self.mousePressEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton and self.accepts_gestures:
            self._tool.double_click(self._pointer(event))
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer, or scroll."""
        turned = event.angleDelta()
        modifiers = event.modifiers()
        zooms = bool(modifiers & CTRL) or (
            self.wheel_zooms and not modifiers & SHIFT and abs(turned.y()) >= abs(turned.x())
        )
        at = event.position()
        if turned.isNull():  # touchpads say so that a gesture begins or ends
            event.accept()
            return
        if zooms:
            factor = ZOOM_PER_NOTCH ** (turned.y() / WHEEL_NOTCH)
            self.camera.zoom_by(factor, (at.x(), at.y()))
        else:
            step = PAN_PER_NOTCH_PX / WHEEL_NOTCH
            dx, dy = turned.x() * step, turned.y() * step
            if modifiers & SHIFT and not dx:
                dx, dy = dy, 0.0
            self.camera.pan_by(dx, dy)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space gets ready to pan; the rest is for the tool, and arrows left over pan."""
        if _moves_image(event):
            self._space_held = True
            self._refresh_cursor()
        elif self._tool_wants(event):
            self._tool.key(event.key(), event.modifiers())
        elif event.key() in ARROWS:
            dx, dy = ARROWS[Qt.Key(event.key())]
            self.camera.pan_by(dx * PAN_PER_NOTCH_PX, dy * PAN_PER_NOTCH_PX)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Space ends the readiness to pan."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_held = False
                self._refresh_cursor()
        else:
            super().keyReleaseEvent(event)

    def _tool_wants(self, event: QKeyEvent) -> bool:
        return self.accepts_gestures and self._tool.wants(event.key(), event.modifiers())

    def _goes_with_pointer(self, event: QKeyEvent) -> bool:
        """Whether a key is about what the hand does here, wherever the keyboard is."""
        return _moves_image(event) or (self._tool.is_drawing and self._tool_wants(event))

    def event(self, event: QEvent) -> bool:
        """Keep keys that the tool wants from the window's shortcuts; pinch zooms."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _moves_image(event) or self._tool_wants(event):
                event.accept()
                return True
        elif kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = event.position()
                self.camera.zoom_by(1.0 + event.value(), (at.x(), at.y()))
                return True
        elif kind == QEvent.Type.WindowDeactivate:
            self.abort_gesture()
        elif kind == QEvent.Type.DevicePixelRatioChange:
            self._refresh_size()
        return super().event(event)

    def abort_gesture(self) -> None:
        """Drop whatever the pointer was doing; nothing of it remains."""
        self._space_held = False
        self._end_pan()
        self._tool.interrupt()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._nearby_keys.pointer_left()
        self._tool.leave()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus when it came by key: a click needs no telling where it went."""
        self.shows_focus = event.reason() in KEYBOARD_REASONS
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A release of Space would go elsewhere now."""
        self._space_held = self.shows_focus = False
        self._refresh_cursor()
        self.update()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden canvas gets no release."""
        self.abort_gesture()
        super().hideEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell the window where a menu is wanted."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = self.camera.view.to_image(event.pos().x(), event.pos().y()) if by_mouse else None
        self.context_menu_requested.emit(event.globalPos(), at)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the camera."""
        self._refresh_size()
        super().resizeEvent(event)

    def _refresh_size(self) -> None:
        self.camera.set_view_size(self.width(), self.height(), self.devicePixelRatioF())


def _moves_image(event: QKeyEvent) -> bool:
    """Whether it is the key that is held to move the image; Ctrl+Space is somebody's shortcut."""
    meta = Qt.KeyboardModifier.MetaModifier
    return event.key() == Qt.Key.Key_Space and not event.modifiers() & (CTRL | ALT | meta)
