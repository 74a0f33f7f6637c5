"""What the edit tool does on a click or a drag: one table, looked up by keys and by what is below.

The words are those of the key table (`dynseg_annotator.actions.GESTURES`), so that help, guide and
canvas cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt

from dynseg_annotator.canvas.picking import Grip
from dynseg_annotator.canvas.tools.base import ALT, CTRL, NO_MODIFIER, SHIFT

Keys = Qt.KeyboardModifier


class Does(Enum):
    """What a gesture does."""

    MOVE_GRIP = auto()
    MOVE_SHAPES = auto()
    BAND = auto()
    REDRAW = auto()
    SWEEP = auto()
    SELECT = auto()
    ADD_TO_SELECTION = auto()
    SELECT_ALONE = auto()
    """Of several that are selected, keep the one whose outline was clicked."""
    CLEAR_SELECTION = auto()
    DELETE_VERTEX = auto()
    INSERT_VERTEX = auto()
    REDRAW_LOOSE = auto()
    """Redraw with the button up, until the next click."""
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One gesture.

    Attributes:
        keys: Modifier keys that are held, exactly these.
        grips: What the button went down on; None stands for empty ground.
        does: What happens.
        text: Row of the key table that tells people of it; empty for what needs no telling.
    """

    keys: Keys
    grips: tuple[Grip | None, ...]
    does: Does
    text: str = ""


VERTEX, EDGE, SHAPE = Grip.VERTEX, Grip.EDGE, Grip.SHAPE
ANYTHING = (VERTEX, EDGE, SHAPE, None)

DRAGS = (
    Row(NO_MODIFIER, (VERTEX,), Does.MOVE_GRIP, "Move a vertex"),
    Row(NO_MODIFIER, (EDGE,), Does.MOVE_GRIP, "Add a vertex"),
    Row(NO_MODIFIER, (SHAPE,), Does.MOVE_SHAPES, "Move a shape"),
    Row(NO_MODIFIER, (None,), Does.BAND, "Select more than one"),
    Row(CTRL, ANYTHING, Does.BAND),
    Row(SHIFT, (None,), Does.BAND),
    Row(SHIFT, (VERTEX, EDGE), Does.REDRAW, "Draw a part of the outline anew"),
    Row(ALT, ANYTHING, Does.SWEEP, "Sweep vertices away"),
)
CLICKS = (
    Row(NO_MODIFIER, (SHAPE,), Does.SELECT, "Select what lies below"),
    Row(NO_MODIFIER, (VERTEX, EDGE), Does.SELECT_ALONE),
    Row(NO_MODIFIER, (None,), Does.CLEAR_SELECTION),
    Row(ALT, (None,), Does.CLEAR_SELECTION),
    Row(CTRL, (VERTEX, EDGE, SHAPE), Does.ADD_TO_SELECTION, "Select more than one"),
    Row(SHIFT, (EDGE, SHAPE), Does.ADD_TO_SELECTION),
    Row(SHIFT, (VERTEX,), Does.DELETE_VERTEX, "Delete a vertex"),
    Row(SHIFT | ALT, (VERTEX,), Does.DELETE_VERTEX, "Delete a vertex"),
    Row(ALT, (EDGE,), Does.INSERT_VERTEX, "Add a vertex"),
)
CVAT_CLICKS = (
    Row(ALT, (VERTEX,), Does.DELETE_VERTEX, "Delete a vertex"),
    Row(SHIFT, (VERTEX, EDGE), Does.REDRAW_LOOSE, "Draw a part of the outline anew"),
    *CLICKS,
)
"""With CVAT's habits; the first row that fits counts."""

_COUNTED = CTRL | SHIFT | ALT


def look_up(rows: tuple[Row, ...], keys: Keys, grip: Grip | None) -> Does:
    """What the first row that fits does."""
    held = keys & _COUNTED
    return next((r.does for r in rows if r.keys == held and grip in r.grips), Does.NOTHING)
