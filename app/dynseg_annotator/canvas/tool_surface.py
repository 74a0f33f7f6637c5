"""The tools of the canvas: which one is in force, and what they ask for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from dynseg.geometry.part import Part
from dynseg.inference.prompt import Prompt
from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.input import InputSurface
from dynseg_annotator.canvas.tools.base import Known, Tool, ToolHost, ToolSettings
from dynseg_annotator.canvas.tools.brush import BrushTool
from dynseg_annotator.canvas.tools.click import ClickTool
from dynseg_annotator.canvas.tools.cutting import HoleTool, SplitTool
from dynseg_annotator.canvas.tools.edit import EditTool
from dynseg_annotator.canvas.tools.livewire import LiveWireTool
from dynseg_annotator.canvas.tools.polygon import PolygonTool
from dynseg_annotator.canvas.tools.rectangle import BoxTool, FindTool, RectangleTool
from dynseg_annotator.language import mark

MIN_BRUSH_PX, MAX_BRUSH_PX = 0.5, 500.0
"""Radius of the brush, image pixels."""
BRUSH_STEP = 1.25
GRABCUT_HINT = mark(
    "Drag a box around an object; its outline is found by colour; Esc returns to editing"
)
FIND_HINT = mark(
    "Click on an object, or drag a box around it; the model outlines it; Esc returns to editing"
)
LOOK_HINT = mark("Drag a box: the model proposes what is in it; Esc returns to editing")


class ToolSurface(InputSurface):
    """Holds the tools and puts one of them in force.

    Signals:
        edit_requested: What it is called, the edit (`dynseg.annotation.edits.Edit`), and a gesture
            key: requests with the same non-empty key in a row belong to one undo step.
        shape_drawn: A new shape, `tuple[Part, ...]`; the window gives it a class and adds it.
        box_drawn: Name of the tool and `x0, y0, x1, y1` in image pixels: something is to be found
            in it.
        pointed: x and y in image pixels: the object there is meant.
        object_asked: `Prompt`: what is there is to be shown by `show_object`.
        selection_requested: The ids to be selected, all of them; always with False ("not in
            addition to the others").
        instance_activated: Id of the instance that was double-clicked.
        tool_changed: Name of the tool in force.
        hint_changed: What can be done now, or why something was refused.
        brush_changed: Radius of brush and eraser, image pixels.
    """

    edit_requested = Signal(str, object, str)
    shape_drawn = Signal(object)
    box_drawn = Signal(str, object)
    pointed = Signal(float, float)
    object_asked = Signal(object)
    selection_requested = Signal(list, bool)
    instance_activated = Signal(str)
    tool_changed = Signal(str)
    hint_changed = Signal(str)
    brush_changed = Signal(float)

    def __init__(self, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(camera, parent)
        self.tool_settings = ToolSettings()
        self.known_at: Known = lambda _x, _y: ()

    def make_tools(self, host: ToolHost) -> None:
        """Make all tools; the edit tool is in force."""
        tools: list[Tool] = [
            EditTool(host),
            PolygonTool(host),
            RectangleTool(host),
            BrushTool(host, erases=False),
            BrushTool(host, erases=True),
            LiveWireTool(host),
            SplitTool(host),
            HoleTool(host),
            BoxTool(host, name="grabcut", hint=GRABCUT_HINT),
            FindTool(host, name="find-object", hint=FIND_HINT),
            BoxTool(host, name="look-inside", hint=LOOK_HINT),
        ]
        self._click_tool = ClickTool(host)
        tools.append(self._click_tool)
        self._tools = {tool.name: tool for tool in tools}
        self._tool = self._tools["edit"]

    @property
    def tool(self) -> str:
        """Name of the tool in force; may be set."""
        return self._tool.name

    @tool.setter
    def tool(self, name: str) -> None:
        self.set_tool(name)

    def set_tool(self, name: str) -> None:
        """Put another tool in force; KeyError when there is none of this name."""
        tool = self._tools[name]
        if tool is self._tool:
            return
        self._tool.reset()
        self._tool = tool
        tool.activate()
        self.update()
        self.tool_changed.emit(name)

    def finish_drawing(self) -> None:
        """Close what is being drawn, as Enter does."""
        enter, none = Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier
        if self.is_drawing and self._tool.wants(enter, none):
            self._tool.key(enter, none)

    def show_object(self, prompt: Prompt, parts: tuple[Part, ...]) -> None:
        """What was found for a prompt; dropped when another one was asked meanwhile."""
        self._click_tool.show(prompt, parts)

    @property
    def is_drawing(self) -> bool:
        """Whether a drag or a drawing is under way."""
        return self._tool.is_drawing

    @property
    def brush_px(self) -> float:
        """Radius of brush and eraser, image pixels; may be set."""
        return self.tool_settings.brush_px

    @brush_px.setter
    def brush_px(self, radius_px: float) -> None:
        radius_px = min(max(radius_px, MIN_BRUSH_PX), MAX_BRUSH_PX)
        if radius_px != self.tool_settings.brush_px:
            self.tool_settings.brush_px = radius_px
            self.update()
            self.brush_changed.emit(radius_px)

    def step_brush(self, steps: int) -> None:
        """Make the brush larger, or smaller with negative steps."""
        self.brush_px = self.brush_px * BRUSH_STEP**steps
