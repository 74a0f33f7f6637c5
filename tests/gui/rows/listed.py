"""The rows of the list of features that the editor answers for; ids are stable.

A test names the row that it holds: `test_c4_...` for C4, `test_key_pan_...` for the row `pan` of
the table of keys.
"""

from __future__ import annotations

CAPABILITIES = (
    *(f"C{number}" for number in range(1, 15)),
    *(f"D{number}" for number in range(1, 10)),
    *(f"E{number}" for number in range(1, 5)),
)
"""Polygon editing, canvas and navigation, review."""

KEY_ROWS = {
    "images": "next / previous image",
    "unreviewed": "next / previous unreviewed",
    "accept_image": "accept image and next",
    "objects": "next / previous object",
    "verdict": "accept / reject object",
    "undo": "undo / redo",
    "draw": "draw polygon / rectangle",
    "brush": "brush add / erase, size",
    "edit_mode": "edit mode / cancel",
    "delete": "delete shape / vertex",
    "insert": "insert vertex",
    "sweep": "sweep-erase vertices",
    "redraw": "redraw part",
    "clipboard": "copy / paste / duplicate / from previous image",
    "label": "edit label, class by number",
    "zoom": "zoom, fit, width, 100 %",
    "pan": "pan",
    "hide": "hide shapes while held / toggle",
    "model": "run model on image / batch",
    "files": "open folder / file, save, export",
    "help": "settings, help, command palette",
    "nudge": "nudge",
    "quit": "quit",
}
"""The table of keys, by the name that tests use."""

OTHER_IN_CVAT = ("images", "unreviewed", "draw", "delete", "redraw", "clipboard")
"""Rows of which the CVAT preset has a test of its own: its keys differ."""
