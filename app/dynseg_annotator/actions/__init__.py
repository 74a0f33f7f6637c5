"""What a user can do: one table for menus, keys, tool bar, palette and help."""

from __future__ import annotations

from dynseg_annotator.actions.build import (
    build,
    enable_for,
    fill_menu_bar,
    fill_tool_bar,
    native_text,
    sequence,
    shown_key,
)
from dynseg_annotator.actions.canvas_keys import CanvasKeys
from dynseg_annotator.actions.gesture_table import GESTURES
from dynseg_annotator.actions.spec import MENUS, ActionSpec, Gesture, Need, keys_of
from dynseg_annotator.actions.table import ACTIONS, spec

__all__ = [
    "ACTIONS",
    "GESTURES",
    "MENUS",
    "ActionSpec",
    "CanvasKeys",
    "Gesture",
    "Need",
    "build",
    "enable_for",
    "fill_menu_bar",
    "fill_tool_bar",
    "keys_of",
    "native_text",
    "sequence",
    "shown_key",
    "spec",
]
