"""The tools of the canvas as rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import TOOL, ActionSpec, Need
from dynseg_annotator.language import mark

TOOLS = (
    ActionSpec(
        id="edit-mode", text=mark("&Select and edit"), keys_default=("Ctrl+J",), icon="cursor",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Select shapes, drag vertices, drag a border to add a vertex."),
    ),
    ActionSpec(
        id="draw-polygon", text=mark("Draw &polygon"), keys_default=("P", "N", "Ctrl+N"),
        keys_cvat=("P", "Ctrl+N"), icon="draw-polygon",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Click the corners, or drag to draw freely; Enter closes."),
    ),
    ActionSpec(
        id="draw-rectangle", text=mark("Draw rectan&gle"),
        keys_default=("R", "Ctrl+R"), icon="draw-rectangle",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Drag from one corner to the opposite one."),
    ),
    ActionSpec(
        id="brush", text=mark("&Brush"), keys_default=("B",), icon="brush",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Paint onto the selected shape, or a new one; Shift erases."),
    ),
    ActionSpec(
        id="eraser", text=mark("&Eraser"), keys_default=("E",), icon="eraser",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Paint away from the selected shapes, or from the one below; Shift adds."),
    ),
    ActionSpec(
        id="live-wire", text=mark("&Follow an edge"), keys_default=("L",),
        keys_cvat=("W",), icon="live-wire",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Click along an edge: the outline between two clicks follows it."),
    ),
    ActionSpec(
        id="grabcut", text=mark("Find by c&olour in a box"), keys_default=("G",), icon="grabcut",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Drag a box around an object: colours tell its outline (GrabCut)."),
    ),
    ActionSpec(
        id="find-object", text=mark("Find with the &model"), keys_default=("M",),
        icon="find-object",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Click on an object, or drag a box around it: the model outlines it."),
    ),
    ActionSpec(
        id="look-inside", text=mark("Pre-label inside a bo&x"), keys_default=("Shift+I",),
        icon="look-inside",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Drag a box: the model proposes what is in it, and leaves what lies beside it."),
    ),
    ActionSpec(
        id="click-object", text=mark("Segment by &clicks"),
        keys_default=("Q",), icon="click-object",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Click on an object and beside it until its outline fits, then keep it."),
    ),
    ActionSpec(
        id="split", text=mark("Spl&it by a line"), keys_default=("K",),
        keys_cvat=("Alt+J", "K"), icon="split",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Drag a line across a shape: each side becomes a shape of its own."),
    ),
    ActionSpec(
        id="hole", text=mark("Cut a &hole"), keys_default=("O",), icon="hole",
        menu=TOOL, group="tools", checkable=True, exclusive="tool", needs=Need.IMAGE,
        tip=mark("Draw what is to be cut out of the selected shape."),
    ),
    ActionSpec(
        id="brush-smaller", text=mark("Smaller brush"), keys_default=("[",),
        menu=TOOL, group="tools", needs=Need.IMAGE, repeats=True,
        shown_as=mark("Size of brush and eraser"), tip=mark("Make brush and eraser smaller."),
    ),
    ActionSpec(
        id="brush-larger", text=mark("Larger brush"), keys_default=("]",),
        menu=TOOL, group="tools", needs=Need.IMAGE, repeats=True,
        shown_as=mark("Size of brush and eraser"), tip=mark("Make brush and eraser larger."),
    ),
    ActionSpec(
        id="repeat-tool", text=mark("Draw with the &last tool"), keys_cvat=("N",), icon="repeat",
        menu=TOOL, group="tools", needs=Need.IMAGE,
        tip=mark("Take up the last drawing tool again."),
    ),
)  # fmt: skip
"""Exactly one of them is in force."""
