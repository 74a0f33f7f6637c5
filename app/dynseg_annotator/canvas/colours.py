"""The colours of the canvas that do not come from the classes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class CanvasColours:
    """Colours as `#rrggbb` or `#aarrggbb`.

    Attributes:
        background: Around the image.
        text: Title of the placeholder.
        muted: Text of the placeholder, frame around the image.
        halo: Under the thick lines of selected shapes, so that they show on any photograph.
        rim: The same under the lines of resting shapes.
        handle: Inside of a vertex handle.
        handle_edge: Rim of a vertex handle.
        accent: What the pointer would grab, rubber band, line being drawn.
        refused: A shape that would be refused as it stands.
        added, removed, changed: What a run does to shapes.
        unknown_class: Instances whose class is not in the table.
    """

    background: str
    text: str
    muted: str
    halo: str
    rim: str
    handle: str
    handle_edge: str
    accent: str
    refused: str
    added: str = "#35d07f"
    removed: str = "#ff5a4f"
    changed: str = "#4ea3ff"
    unknown_class: str = "#b0b0b0"

    def colour(self, name: str) -> QColor:
        """The field `name` as a Qt colour."""
        return QColor(getattr(self, name))


DARK = CanvasColours(
    background="#1c1e21",
    text="#e8e8e8",
    muted="#9aa0a6",
    halo="#b0000000",
    rim="#70000000",
    handle="#ffffff",
    handle_edge="#202020",
    accent="#ffd54a",
    refused="#ff5a4f",
)
LIGHT = CanvasColours(
    background="#dfe1e5",
    text="#202124",
    muted="#5f6368",
    halo="#b0000000",
    rim="#70000000",
    handle="#ffffff",
    handle_edge="#202020",
    accent="#ffd54a",
    refused="#ff5a4f",
)
