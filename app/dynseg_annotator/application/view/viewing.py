"""How the image is shown: zoom, colours, opacity, hidden shapes, full screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from dynseg.annotation.document import Annotation
from dynseg_annotator import theme
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import UNFINISHED
from dynseg_annotator.canvas.colours import DARK, LIGHT, CanvasColours
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr
from dynseg_annotator.panels.canvas_note import CanvasNote
from dynseg_annotator.theme import Colours

TOOLS = {
    "edit-mode": "edit",
    "draw-polygon": "polygon",
    "draw-rectangle": "rectangle",
    "brush": "brush",
    "eraser": "eraser",
    "live-wire": "live-wire",
    "grabcut": "grabcut",
    "find-object": "find-object",
    "look-inside": "look-inside",
    "click-object": "click-object",
    "split": "split",
    "hole": "hole",
}
"""Actions and the canvas' names of their tools."""

TOGGLES = {
    "outline_only": "outline-only",
    "show_labels": "show-labels",
    "show_minimap": "show-minimap",
    "pixel_grid": "pixel-grid",
}
"""Settings, each an option of the canvas by the same name, and the actions that switch them."""

TYPING = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QComboBox)


class ViewController(QObject):
    """Connects the canvas' view with settings, actions and lists."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._canvas = parts.canvas
        self._last_tool = "draw-polygon"
        self._holding = False
        self.hidden_note = CanvasNote(parts.canvas, top=True)
        self.hidden_note.clicked.connect(lambda: parts.actions["hide-shapes"].setChecked(False))
        self._connect_actions()
        self._connect_tools()
        settings = self._context.settings
        settings.changed.connect(self._setting_changed)
        settings.changed.connect(self._follow_preset)
        theme.notifier().changed.connect(self._follow_theme)
        session = self._context.session
        session.opened.connect(self._show_annotation)
        session.changed.connect(lambda _, after: self._show_annotation(after))
        session.closed.connect(lambda: self._canvas.set_annotation(None))
        session.selection.changed.connect(self._canvas.set_selection)
        self._context.visibility.changed.connect(self._follow_visibility)
        self._canvas.hint_changed.connect(parts.window.status_line.set_hint)
        parts.assist_panel.height_wanted.connect(lambda px: parts.window.make_room("assist", px))
        self._canvas.zoom_changed.connect(self._show_zoom)
        self._canvas.cursor_moved.connect(self._show_cursor)
        self._watch_keys()
        for key in (
            *TOGGLES, "mask_opacity", "wheel_zooms", "key_preset", "brush_px",
        ):  # fmt: skip
            self._setting_changed(key, settings.get(key))
        self._follow_theme()

    def _connect_actions(self) -> None:
        actions, camera, window = self._parts.actions, self._canvas.camera, self._parts.window
        for action_id, slot in (
            ("zoom-in", camera.zoom_in),
            ("zoom-out", camera.zoom_out),
            ("zoom-fit", camera.fit),
            ("zoom-width", camera.fit_width),
            ("zoom-actual", lambda: camera.set_zoom(1.0)),
            ("zoom-selection", self.zoom_to_selection),
            ("switch-theme", self.switch_theme),
            ("cancel", self.cancel),
            ("next-panel", lambda: window.step_panel(1)),
            ("previous-panel", lambda: window.step_panel(-1)),
            ("arrange-panels", window.arrange_panels),
            *(
                (f"panel-{name}", partial(window.enter, name))
                for name in ("images", "instances", "classes", "assist", "training")
            ),
        ):
            actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())
        actions["hide-shapes"].toggled.connect(self._hide_shapes)
        for key, action_id in TOGGLES.items():
            actions[action_id].toggled.connect(
                lambda on, key=key: self._context.settings.set(key, on)
            )
        actions["full-screen"].toggled.connect(self._set_full_screen)

    def _set_full_screen(self, on: bool) -> None:
        """A window that filled the desktop before fills it again afterwards."""
        window, full = self._parts.window, Qt.WindowState.WindowFullScreen
        state = window.windowState()
        window.setWindowState(state | full if on else state & ~full)

    def _connect_tools(self) -> None:
        actions = self._parts.actions
        for action_id in TOOLS:
            if action_id in actions:
                actions[action_id].triggered.connect(
                    lambda _=False, action_id=action_id: self.choose_tool(action_id)
                )
        if "repeat-tool" in actions:
            actions["repeat-tool"].triggered.connect(lambda _=False: self.repeat_tool())
        for action_id, steps in (("brush-smaller", -1), ("brush-larger", 1)):
            actions[action_id].triggered.connect(
                lambda _=False, steps=steps: self._canvas.step_brush(steps)
            )
        self._canvas.brush_changed.connect(
            lambda radius_px: self._context.settings.set("brush_px", radius_px)
        )
        self._canvas.tool_changed.connect(self._follow_tool)
        self._follow_tool(self._canvas.tool)

    def choose_tool(self, action_id: str) -> None:
        """Put a tool in force and the keyboard on the canvas, unless that costs an outline."""
        if self._canvas.is_drawing and self._canvas.tool != TOOLS[action_id]:
            self._context.messages.show(
                Level.INFO,
                tr("A shape is being drawn, so its tool stays in force."),
                tr("Finish it first, or press Esc to give it up."),
                key=UNFINISHED,
            )
            self._follow_tool(self._canvas.tool)
            return
        self._canvas.set_tool(TOOLS[action_id])
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if action_id != "edit-mode":
            self._last_tool = action_id
            self._parts.actions["hide-shapes"].setChecked(False)  # nobody draws unseen

    def repeat_tool(self) -> None:
        """Take up the last drawing tool again; an open outline is closed: CVAT's key does both."""
        if self._canvas.is_drawing:
            self._canvas.finish_drawing()
        else:
            self.choose_tool(self._last_tool)

    def cancel(self) -> None:
        """Give up what is being drawn, else leave the tool, else clear the selection."""
        if self._canvas.tool != "edit":
            self._canvas.set_tool("edit")
        else:
            self._context.session.selection.clear()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def zoom_to_selection(self) -> None:
        """Fill the view with the selected shapes."""
        annotation = self._context.session.annotation
        ids = set(self._context.session.selection.ids)
        if annotation is None or not ids:
            return
        boxes = [item.bounds for item in annotation.instances if item.id in ids]
        if not boxes:
            return  # selected, but still on its way behind an undo
        low_x, low_y = min(b[0] for b in boxes), min(b[1] for b in boxes)
        high_x, high_y = max(b[2] for b in boxes), max(b[3] for b in boxes)
        self._canvas.camera.show_box((low_x, low_y, high_x, high_y))

    def switch_theme(self) -> None:
        """From light to dark and back."""
        self._context.settings.set("theme", "light" if theme.is_dark() else "dark")

    def _watch_keys(self) -> None:
        """Watch the native window: it gets each key once, before any widget does.

        A filter on the application would run for every event of every object.
        """
        self._parts.window.winId()  # makes the native window
        handle = self._parts.window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._focus_window_changed)

    def _focus_window_changed(self, window: QWindow | None) -> None:
        """The release of H would go to a dialog or to another program now."""
        if self._holding and window is not self._parts.window.windowHandle():
            self._hold(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shapes are hidden while H is held, wherever the focus is, except while typing."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            return self._hold_key(event, pressed=kind == QEvent.Type.KeyPress)
        return super().eventFilter(watched, event)

    def _hold_key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        if event.key() != Qt.Key.Key_H:
            return False
        if self._holding and not pressed and not event.isAutoRepeat():
            self._hold(False)  # whatever else is held by now, and wherever the focus has gone
            return True
        if event.modifiers() or event.isAutoRepeat():
            return self._holding
        if isinstance(QApplication.focusWidget(), TYPING) or not self._parts.window.is_working:
            return False
        if QApplication.activeModalWidget() is not None:
            return False
        if pressed:
            self._hold(True)
        return True

    def _hold(self, hidden: bool) -> None:
        self._holding = hidden
        self._canvas.hide_shapes = hidden or self._parts.actions["hide-shapes"].isChecked()

    def _hide_shapes(self, hidden: bool) -> None:
        """Until it is switched off: said on the canvas, where clicks pick nothing meanwhile."""
        self._canvas.hide_shapes = hidden
        key = shown_key(self._parts.actions["hide-shapes"])
        self.hidden_note.say(
            tr("Shapes are hidden") if hidden else "",
            tr("Nothing can be picked or drawn meanwhile. Click here or press {key}.", key=key),
        )

    def _setting_changed(self, key: str, value: object) -> None:
        if key == "mask_opacity" and isinstance(value, int):
            self._canvas.fill_opacity = value / 100
        elif key in TOGGLES:
            setattr(self._canvas, key, bool(value))
            self._parts.actions[TOGGLES[key]].setChecked(bool(value))
        elif key == "wheel_zooms":
            self._canvas.wheel_zooms = bool(value)
        elif key == "key_preset":
            self._canvas.tool_settings.alt_deletes = value == "cvat"
        elif key == "brush_px" and isinstance(value, int | float):
            self._canvas.brush_px = float(value)

    def _follow_preset(self, key: str, value: object) -> None:
        """A program's habits include its wheel; it can be chosen otherwise afterwards."""
        if key == "key_preset":
            self._context.settings.set("wheel_zooms", value == "cvat")

    def _show_annotation(self, annotation: Annotation) -> None:
        self._canvas.set_annotation(annotation)
        visibility = self._context.visibility
        if visibility.hidden_classes or visibility.locked_classes:
            self._follow_visibility()

    def _follow_visibility(self) -> None:
        annotation = self._context.session.annotation
        visibility = self._context.visibility
        # without an image too: the same shapes may be there again in the next project
        self._canvas.set_hidden(visibility.hidden_in(annotation) if annotation else ())
        self._canvas.set_locked(visibility.locked_in(annotation) if annotation else ())

    def _show_cursor(self, x: float, y: float) -> None:
        annotation = self._context.session.annotation
        inside = annotation is not None and (
            0 <= x <= annotation.width and 0 <= y <= annotation.height
        )
        line = self._parts.window.status_line
        if inside:
            line.set_cursor(x, y)
        else:
            line.set_cursor(None, None)

    def _show_zoom(self, scale: float) -> None:
        shown = scale if self._canvas.has_image else None
        self._parts.window.status_line.set_zoom(shown)

    def _follow_tool(self, name: str) -> None:
        for action_id, tool in TOOLS.items():
            if tool == name and action_id in self._parts.actions:
                self._parts.actions[action_id].setChecked(True)

    def _follow_theme(self) -> None:
        self._canvas.set_colours(_canvas_colours(theme.colours(), dark=theme.is_dark()))


def _canvas_colours(colours: Colours, *, dark: bool) -> CanvasColours:
    """The canvas' own colours, on the theme's ground."""
    return replace(
        DARK if dark else LIGHT,
        background=colours.canvas,
        text=colours.text,
        muted=colours.canvas_text,
    )
