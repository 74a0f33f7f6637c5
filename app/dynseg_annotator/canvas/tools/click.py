"""Click-to-segment: clicks on an object and beside it, or a box around it, until it fits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from dynseg.geometry.part import Part
from dynseg.inference.prompt import Prompt
from dynseg_annotator.canvas.paths import path_in_view
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.canvas.tools.base import ALT, Pointer, QuietTool, ToolHost
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import mark, tr

DRAG_FROM_PX = 6.0
DOT_PX = 5.0
HINT = mark(
    "Click on an object, or drag a box around it; Alt+click what is not part of it; "
    "Enter keeps the shape, Esc takes the last click back"
)
ACCEPT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ClickTool(QuietTool):
    """Collects what a person points at and shows what the network makes of it."""

    name = "click-object"
    hint = HINT

    def __init__(self, host: ToolHost) -> None:
        super().__init__(host)
        self._prompts: list[Prompt] = []
        self._found: tuple[Part, ...] = ()
        self._pressed: Pointer | None = None
        self._pointer: Pointer | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether something was pointed at."""
        return bool(self._prompts) or self._pressed is not None

    def show(self, prompt: Prompt, parts: tuple[Part, ...]) -> None:
        """Show what the network found for a prompt; late answers are dropped."""
        if self._prompts and self._prompts[-1] == prompt:
            self._found = parts
            self._host.repaint()

    def press(self, pointer: Pointer) -> None:
        """A click, or the first corner of a box."""
        self._pressed = self._pointer = pointer

    def move(self, pointer: Pointer) -> None:
        """Show the box so far."""
        self._pointer = pointer
        if self._pressed is not None:
            if not pointer.pressed:
                self._pressed = None
            self._host.repaint()

    def release(self, pointer: Pointer) -> None:
        """Ask what is at the click, or in the box."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        last = self._prompts[-1] if self._prompts else Prompt()
        first = self._host.camera.clamp_to_image(pressed.x, pressed.y)
        if pointer.distance_px(pressed) >= DRAG_FROM_PX:
            end = self._host.camera.clamp_to_image(pointer.x, pointer.y)
            self._ask(Prompt(last.inside, last.outside, _box(first, end)))
        elif pressed.has(ALT):
            self._ask(Prompt(last.inside, (*last.outside, first), last.box))
        else:
            self._ask(Prompt((*last.inside, first), last.outside, last.box))

    def _ask(self, prompt: Prompt) -> None:
        if not prompt:
            self._host.say(tr("First click on the object itself, then on what is not part of it"))
            self._host.repaint()
            return
        self._prompts.append(prompt)
        self._host.ask_object(prompt)
        self._host.repaint()

    def double_click(self, pointer: Pointer) -> None:
        """The second of two clicks at one place says nothing new."""

    def wants(self, key: int, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Esc, and Enter once something was pointed at."""
        return key == Qt.Key.Key_Escape or (key in ACCEPT_KEYS and self.is_drawing)

    def key(self, key: int, _modifiers: Qt.KeyboardModifier, /) -> None:
        """Keep the shape, take the last click back, or go back to editing."""
        if key in ACCEPT_KEYS:
            self._keep()
        elif self._prompts:
            self._prompts.pop()
            self._found = ()
            if self._prompts:
                self._host.ask_object(self._prompts[-1])
            self._host.repaint()
        else:
            self.step_back()

    def _keep(self) -> None:
        found = self._found
        if not found:
            self._host.say(tr("Nothing was found there yet; wait for it, or click again"))
            return
        self.reset()
        self._host.finish_shape(found)

    def interrupt(self) -> None:
        """A drag that lost the button leaves nothing."""
        self._pressed = None

    def reset(self) -> None:
        """Forget the clicks."""
        self._prompts.clear()
        self._found = ()
        self._pressed = self._pointer = None
        self._host.repaint()

    def paint(self, painter: QPainter, view: ViewTransform, /) -> None:
        """Draw what was found, the clicks, and the box."""
        colours = self._host.colours
        if self._found:
            path = path_in_view(self._found, view)
            tint = colours.colour("accent")
            tint.setAlphaF(0.3)
            painter.setBrush(tint)
            for name, width in (("halo", 4.0), ("accent", 2.0)):
                painter.setPen(QPen(colours.colour(name), width))
                painter.drawPath(path)
        last = self._prompts[-1] if self._prompts else Prompt()
        self._paint_box(painter, view, last)
        for places, filled in ((last.inside, True), (last.outside, False)):
            painter.setPen(QPen(colours.colour("halo" if filled else "accent"), 2.0))
            painter.setBrush(colours.colour("accent" if filled else "halo"))
            for x, y in places:
                painter.drawEllipse(QPointF(*view.to_view(x, y)), DOT_PX, DOT_PX)

    def _paint_box(self, painter: QPainter, view: ViewTransform, last: Prompt) -> None:
        """The box that was drawn, or that is being drawn."""
        box = last.box
        pressed, pointer = self._pressed, self._pointer
        if pressed and pointer and pointer.distance_px(pressed) >= DRAG_FROM_PX:
            box = _box((pressed.x, pressed.y), (pointer.x, pointer.y))
        if box is None:
            return
        corners = QRectF(QPointF(*view.to_view(*box[:2])), QPointF(*view.to_view(*box[2:])))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("halo", 3.5), ("accent", 1.5)):
            painter.setPen(QPen(self._host.colours.colour(name), width))
            painter.drawRect(corners)


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    (x0, y0), (x1, y1) = one, other
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
