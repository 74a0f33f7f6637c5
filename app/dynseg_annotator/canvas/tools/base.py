"""What a tool is and what it may ask of the canvas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from dynseg.annotation.edits import Edit
from dynseg.geometry.part import Part
from dynseg.inference.prompt import Prompt
from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.picking import Picker, Target
from dynseg_annotator.canvas.scene import Box, Preview, Scene
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import tr

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


Known = Callable[[float, float], tuple[Part, ...]]
"""What is known to lie at a place of the image, x and y in pixels."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """One pointer event.

    Attributes:
        x, y: Image pixels; may lie outside the image.
        view_x, view_y: View pixels.
        modifiers: Keys held.
        pressed: The left button is down.
    """

    x: float
    y: float
    view_x: float
    view_y: float
    modifiers: Qt.KeyboardModifier = NO_MODIFIER
    pressed: bool = False

    def has(self, modifier: Qt.KeyboardModifier) -> bool:
        """Whether this modifier key is held."""
        return bool(self.modifiers & modifier)

    def distance_px(self, other: Pointer) -> float:
        """How far apart two events are on screen, view pixels."""
        dx, dy = self.view_x - other.view_x, self.view_y - other.view_y
        return float((dx * dx + dy * dy) ** 0.5)


@dataclass(slots=True)
class ToolSettings:
    """What a person sets for the tools; shared by them all.

    Attributes:
        brush_px: Radius of brush and eraser, image pixels.
        alt_deletes: CVAT's habits: Alt+click deletes a vertex, Shift+click redraws from one.
    """

    brush_px: float = 16.0
    alt_deletes: bool = False


class ToolHost(Protocol):
    """The canvas as its tools see it: they ask, the canvas and the window decide."""

    scene: Scene
    picker: Picker
    camera: Camera
    colours: CanvasColours
    settings: ToolSettings

    def request_edit(self, text: str, edit: Edit, ids: Iterable[str], gesture: str = "") -> bool:
        """Ask for a change of these instances; False and a hint when it is refused."""

    def request_selection(self, ids: Iterable[str]) -> None:
        """Ask for exactly these instances to be selected."""

    def finish_shape(self, parts: tuple[Part, ...]) -> None:
        """Hand over a new shape; the window gives it a class."""

    def finish_box(self, tool: str, box: Box) -> None:
        """Hand over a box, `x0, y0, x1, y1` in image pixels, that a tool of this name drew."""

    def point_at(self, x: float, y: float) -> None:
        """Hand over a click on an object, image pixels; the window finds which."""

    def known_at(self, x: float, y: float) -> tuple[Part, ...]:
        """What such a click would outline at once; nothing where that is not known."""

    def ask_object(self, prompt: Prompt) -> None:
        """Ask for the object that a person points at; the answer comes later."""

    def activate(self, instance_id: str) -> None:
        """The instance was double-clicked."""

    def hover(self, target: Target | None) -> None:
        """Show what a press would grab."""

    def show_preview(self, preview: Preview | None) -> None:
        """Show instances as the gesture would leave them; None puts the document back."""

    def say(self, text: str) -> None:
        """Tell the person what can be done now, or why something was refused."""

    def set_cursor(self, shape: Qt.CursorShape) -> None:
        """Shape of the pointer over the canvas."""

    def repaint(self, rect: QRectF | None = None) -> None:
        """What the tool draws has changed within `rect` (view pixels), or anywhere."""

    def leave_tool(self) -> None:
        """Go back to the edit tool."""

    def pixels(self, box: Box) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
        """The image in a box: `(H, W, 3)` uint8 RGB, and column and row of its first pixel."""


class Tool(Protocol):
    """A state machine over pointer and key events.

    Every gesture ends in at most one request; an interrupted one leaves nothing.
    """

    name: str

    @property
    def is_drawing(self) -> bool:
        """Whether a gesture or a drawing is under way: then all keys are the tool's."""

    def activate(self) -> None:
        """The tool was chosen: set the cursor, say the hint."""

    def press(self, pointer: Pointer, /) -> None:
        """The left button went down."""

    def move(self, pointer: Pointer, /) -> None:
        """The pointer moved, with or without the button."""

    def release(self, pointer: Pointer, /) -> None:
        """The left button went up."""

    def double_click(self, pointer: Pointer, /) -> None:
        """Comes instead of the second `press`; a `release` follows."""

    def leave(self) -> None:
        """The pointer left the canvas."""

    def wants(self, key: int, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Whether `key` now belongs to the tool rather than to the window's shortcuts."""

    def key(self, key: int, modifiers: Qt.KeyboardModifier, /) -> None:
        """A key that the tool wants was pressed."""

    def follow_document(self) -> None:
        """The document is another one; what the tool knows of it may be gone."""

    def interrupt(self) -> None:
        """The gesture in progress cannot go on: the document changed or the grab was lost."""

    def reset(self) -> None:
        """Another image or another tool: forget everything."""

    def paint(self, painter: QPainter, view: ViewTransform, /) -> None:
        """Draw what the tool shows; the painter is in view pixels and antialiased."""


class QuietTool:
    """A tool that does nothing: what most tools do in most of these cases.

    Esc goes back to editing when nothing is under way.
    """

    name = ""
    hint = ""
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, host: ToolHost) -> None:
        self._host = host

    @property
    def is_drawing(self) -> bool:
        """Whether a gesture is under way."""
        return False

    def activate(self) -> None:
        """Set the cursor, say the hint."""
        self._host.set_cursor(self.cursor)
        self._host.say(tr(self.hint))

    def press(self, pointer: Pointer, /) -> None:
        """Nothing."""

    def move(self, pointer: Pointer, /) -> None:
        """Nothing."""

    def release(self, pointer: Pointer, /) -> None:
        """Nothing."""

    def double_click(self, pointer: Pointer, /) -> None:
        """The same as a second press."""
        self.press(pointer)

    def leave(self) -> None:
        """Nothing."""

    def wants(self, key: int, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Esc."""
        return key == Qt.Key.Key_Escape

    def key(self, _key: int, _modifiers: Qt.KeyboardModifier, /) -> None:
        """Back out one step."""
        if self.is_drawing:
            self.interrupt()
            self._host.say(tr("Cancelled; nothing was changed"))
        else:
            self.step_back()

    def step_back(self) -> None:
        """Esc with nothing under way."""
        self._host.leave_tool()

    def follow_document(self) -> None:
        """What is being drawn does not depend on the document."""

    def interrupt(self) -> None:
        """Nothing is under way."""

    def reset(self) -> None:
        """Forget what is under way."""
        self.interrupt()

    def paint(self, painter: QPainter, view: ViewTransform, /) -> None:
        """Nothing."""


def editable(host: ToolHost) -> tuple[str, ...]:
    """Selected instances that are shown and not locked."""
    scene = host.scene
    return tuple(i.id for i in scene.selected_instances() if i.id not in scene.locked)
