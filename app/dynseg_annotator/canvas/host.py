"""What the tools may ask of the canvas, turned into signals and repaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt, SignalInstance

from dynseg.annotation.edits import Edit
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part
from dynseg.inference.prompt import Prompt
from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.picking import Picker, Target
from dynseg_annotator.canvas.scene import Box, Preview, Scene
from dynseg_annotator.canvas.tools.base import Known, ToolSettings
from dynseg_annotator.language import engine_text, tr


class Surface(Protocol):
    """What the host needs of the widget."""

    scene: Scene
    camera: Camera
    tool_settings: ToolSettings

    @property
    def edit_requested(self) -> SignalInstance: ...  # noqa: D102
    @property
    def shape_drawn(self) -> SignalInstance: ...  # noqa: D102
    @property
    def box_drawn(self) -> SignalInstance: ...  # noqa: D102
    @property
    def pointed(self) -> SignalInstance: ...  # noqa: D102
    @property
    def known_at(self) -> Known: ...  # noqa: D102
    @property
    def object_asked(self) -> SignalInstance: ...  # noqa: D102
    @property
    def selection_requested(self) -> SignalInstance: ...  # noqa: D102
    @property
    def instance_activated(self) -> SignalInstance: ...  # noqa: D102
    @property
    def hint_changed(self) -> SignalInstance: ...  # noqa: D102
    def set_hovered(self, target: Target | None, /) -> None: ...  # noqa: D102
    def set_preview(self, preview: Preview | None, /) -> None: ...  # noqa: D102
    def set_tool_cursor(self, shape: Qt.CursorShape, /) -> None: ...  # noqa: D102
    def set_tool(self, name: str, /) -> None: ...  # noqa: D102
    def pixels(self, box: Box, /) -> tuple[NDArray[np.uint8], tuple[int, int]] | None: ...  # noqa: D102
    def rect(self) -> QRect: ...  # noqa: D102
    def update(self, rect: QRect, /) -> None: ...  # noqa: D102


class CanvasHost:
    """The tools' side of the canvas; see `ToolHost` for what each request means.

    Args:
        canvas: The widget; its signals are emitted.
        picker: Finds what lies under the pointer.
        colours: Of the tools' own drawings.
    """

    def __init__(self, canvas: Surface, picker: Picker, colours: CanvasColours) -> None:
        self._canvas = canvas
        self._hint = ""
        self.scene = canvas.scene
        self.camera = canvas.camera
        self.picker = picker
        self.colours = colours
        self.settings = canvas.tool_settings

    def request_edit(self, text: str, edit: Edit, ids: Iterable[str], gesture: str = "") -> bool:
        """Ask for a change of the document; False and a hint when it is refused."""
        annotation = self.scene.annotation
        if annotation is None:
            return False
        touched = [item for i in ids if (item := self.scene.instance(i)) is not None]
        try:
            # tried on the shapes that it touches alone: the window will apply it to all
            edit(annotation.with_instances(touched))
        except DynsegError as error:
            self.say(tr("Refused: {reason}", reason=engine_text(str(error))))
            return False
        self._canvas.edit_requested.emit(text, edit, gesture)
        return True

    def request_selection(self, ids: Iterable[str]) -> None:
        """Ask for exactly these instances to be selected."""
        self._canvas.selection_requested.emit(list(ids), False)

    def finish_shape(self, parts: tuple[Part, ...]) -> None:
        """Hand over a new shape."""
        self._canvas.shape_drawn.emit(parts)

    def finish_box(self, tool: str, box: Box) -> None:
        """Hand over a box that a tool drew."""
        self._canvas.box_drawn.emit(tool, box)

    def point_at(self, x: float, y: float) -> None:
        """Hand over a click on an object."""
        self._canvas.pointed.emit(x, y)

    def known_at(self, x: float, y: float) -> tuple[Part, ...]:
        """What such a click would outline at once."""
        return self._canvas.known_at(x, y)

    def ask_object(self, prompt: Prompt) -> None:
        """Ask for the object that a person points at."""
        self._canvas.object_asked.emit(prompt)

    def activate(self, instance_id: str) -> None:
        """The instance was double-clicked."""
        self._canvas.instance_activated.emit(instance_id)

    def hover(self, target: Target | None) -> None:
        """Show what a press would grab."""
        self._canvas.set_hovered(target)

    def show_preview(self, preview: Preview | None) -> None:
        """Show instances as the gesture would leave them."""
        self._canvas.set_preview(preview)

    def say(self, text: str) -> None:
        """Emit a hint when it is another one."""
        if text != self._hint:
            self._hint = text
            self._canvas.hint_changed.emit(text)

    def set_cursor(self, shape: Qt.CursorShape) -> None:
        """Shape of the pointer over the canvas."""
        self._canvas.set_tool_cursor(shape)

    def repaint(self, rect: QRectF | None = None) -> None:
        """Repaint a rectangle in view pixels, or everything."""
        self._canvas.update(self._canvas.rect() if rect is None else rect.toAlignedRect())

    def pixels(self, box: Box) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
        """The image in a box, as it was decoded."""
        return self._canvas.pixels(box)

    def leave_tool(self) -> None:
        """Go back to the edit tool."""
        self._canvas.set_tool("edit")
