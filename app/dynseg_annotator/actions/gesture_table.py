"""What the canvas understands besides actions, as rows of the key table."""

from __future__ import annotations

from dynseg_annotator.actions.spec import VIEW, Gesture
from dynseg_annotator.language import mark

GESTURES: tuple[Gesture, ...] = (
    Gesture(
        text=mark("Close the shape being drawn"),
        keys_default=("Enter", mark("double-click"), mark("click on the first point")),
        keys_cvat=("Enter", "N", mark("double-click"), mark("click on the first point")),
    ),
    Gesture(
        text=mark("Take the last point back while drawing"), keys_default=("Backspace", "Ctrl+Z")
    ),
    Gesture(text=mark("Draw freely"), keys_default=(mark("drag while drawing a polygon"),)),
    Gesture(text=mark("Move a vertex"), keys_default=(mark("drag"),)),
    Gesture(
        text=mark("Add a vertex"),
        keys_default=(mark("drag on an edge"), mark("Alt+click on an edge")),
    ),
    Gesture(
        text=mark("Delete a vertex"),
        keys_default=(
            mark("Shift+click"),
            mark("Alt+Shift+click"),
            mark("Backspace with the pointer on it"),
        ),
        keys_cvat=(
            mark("Alt+click"),
            mark("Alt+Shift+click"),
            mark("Backspace with the pointer on it"),
        ),
    ),
    Gesture(text=mark("Sweep vertices away"), keys_default=(mark("Alt+drag"),)),
    Gesture(
        text=mark("Draw a part of the outline anew"),
        keys_default=(mark("Shift+drag from a vertex"),),
        keys_cvat=(mark("Shift+drag from a vertex"), mark("Shift+click on a vertex")),
    ),
    Gesture(
        text=mark("Paint or erase with the brush"),
        keys_default=(mark("drag"), mark("Shift: the opposite")),
    ),
    Gesture(text=mark("Move a shape"), keys_default=(mark("drag inside a selected shape"),)),
    Gesture(
        text=mark("Select more than one"),
        keys_default=(mark("Ctrl+click"), mark("drag on empty ground")),
    ),
    Gesture(text=mark("Select what lies below"), keys_default=(mark("click again"),)),
    Gesture(text=mark("Change the class"), keys_default=(mark("double-click on a shape"),)),
    Gesture(
        text=mark("Zoom at the cursor"),
        keys_default=(mark("Ctrl+wheel"), mark("wheel (setting)")),
        menu=VIEW,
    ),
    Gesture(
        text=mark("Move the image"),
        keys_default=(
            mark("Space+drag"),
            mark("middle drag"),
            mark("wheel, Shift+wheel"),
            mark("arrows, while nothing is selected"),
        ),
        keys_cvat=(
            mark("Space+drag"),
            mark("middle drag"),
            mark("wheel, Shift+wheel"),
            mark("Up and Down, while nothing is selected"),
        ),
        menu=VIEW,
    ),
    Gesture(text=mark("Fit the image"), keys_default=(mark("middle double-click"),), menu=VIEW),
    Gesture(
        text=mark("Move the view"), keys_default=(mark("click or drag in the mini-map"),), menu=VIEW
    ),
    Gesture(text=mark("Hide shapes for a moment"), keys_default=(mark("hold H"),), menu=VIEW),
)
"""What the canvas understands besides actions; rows of the key table and of help."""
