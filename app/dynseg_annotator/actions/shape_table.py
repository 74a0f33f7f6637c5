"""What can be done to shapes as a whole: rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import SHAPE, ActionSpec, Need
from dynseg_annotator.language import mark

SHAPES = (
    ActionSpec(
        id="union", text=mark("&Join"), keys_default=("U",),
        keys_cvat=("J", "U"), icon="union",
        menu=SHAPE, group="combine", needs=Need.SELECTION,
        tip=mark("Make one shape of the selected ones; the one selected first gives its class."),
    ),
    ActionSpec(
        id="subtract", text=mark("S&ubtract the others"),
        keys_default=("Shift+U",), icon="subtract",
        menu=SHAPE, group="combine", needs=Need.SELECTION,
        tip=mark("Take the other selected shapes away from the one selected first."),
    ),
    ActionSpec(
        id="intersect", text=mark("Keep what they &share"), keys_default=(), icon="intersect",
        menu=SHAPE, group="combine", needs=Need.SELECTION,
        tip=mark("Keep only the area that all selected shapes share."),
    ),
    ActionSpec(
        id="separate", text=mark("Separate the &parts"), keys_default=(), icon="separate",
        menu=SHAPE, group="combine", needs=Need.SELECTION,
        tip=mark("Make every part of the selected shapes a shape of its own."),
    ),
    ActionSpec(
        id="fill-holes", text=mark("&Fill holes"), keys_default=("Shift+O",), icon="fill-holes",
        menu=SHAPE, group="outline", needs=Need.SELECTION,
        tip=mark("Fill the holes of the selected shapes."),
    ),
    ActionSpec(
        id="outline", text=mark("Si&mplify, smooth or densify…"),
        keys_default=("S",), icon="simplify",
        menu=SHAPE, group="outline", needs=Need.SELECTION,
        tip=mark("Fewer, softer or more points, with a slider and a preview."),
    ),
    ActionSpec(
        id="refine", text=mark("&Refine with the model"), keys_default=("Shift+M",), icon="refine",
        menu=SHAPE, group="outline", needs=Need.SELECTION,
        tip=mark(
            "The model looks at the selected shapes again, from close up, and outlines them anew."
        ),
    ),
    ActionSpec(
        id="find-alike", text=mark("Find more li&ke these"), keys_default=("Shift+L",),
        icon="find-alike", menu=SHAPE, group="outline", needs=Need.IMAGE,
        tip=mark(
            "Finds what else in this image looks like the selected shapes, or like all that you "
            "drew of a class when one or none is selected; a few examples are enough."
        ),
    ),
    ActionSpec(
        id="fit-borders", text=mark("Fit the &borders to neighbours"), keys_default=("Shift+B",),
        icon="magnet", menu=SHAPE, group="outline", needs=Need.SELECTION,
        tip=mark(
            "Close gaps and small overlaps with neighbours, so that borders are shared exactly."
        ),
    ),
    ActionSpec(
        id="raise", text=mark("Mo&ve up"), keys_default=("Ctrl+]",), icon="raise",
        menu=SHAPE, group="stack", needs=Need.SELECTION,
        tip=mark("Draw the selected shapes one place further up."),
    ),
    ActionSpec(
        id="lower", text=mark("Move &down"), keys_default=("Ctrl+[",), icon="lower",
        menu=SHAPE, group="stack", needs=Need.SELECTION,
        tip=mark("Draw the selected shapes one place further down."),
    ),
    ActionSpec(
        id="to-top", text=mark("To the &top"), keys_default=("Ctrl+Shift+]",), icon="",
        menu=SHAPE, group="stack", needs=Need.SELECTION,
        tip=mark("Draw the selected shapes above all others."),
    ),
    ActionSpec(
        id="to-bottom", text=mark("To the bottom"), keys_default=("Ctrl+Shift+[",), icon="",
        menu=SHAPE, group="stack", needs=Need.SELECTION,
        tip=mark("Draw the selected shapes below all others."),
    ),
    ActionSpec(
        id="lock-shapes", text=mark("&Lock or unlock"), keys_default=("Ctrl+L",),
        keys_cvat=("L", "Ctrl+L"), icon="lock", menu=SHAPE, group="state", needs=Need.SELECTION,
        tip=mark("Locked shapes are shown, but neither picked nor changed on the image."),
    ),
    ActionSpec(
        id="hide-selected", text=mark("&Hide the selected"),
        keys_default=("Shift+H",), icon="eye-off",
        menu=SHAPE, group="state", needs=Need.SELECTION,
        tip=mark("Hide the selected shapes until they are shown again or another image opens."),
    ),
    ActionSpec(
        id="show-all", text=mark("Sho&w and unlock all"),
        keys_default=("Ctrl+Shift+H",), icon="eye",
        menu=SHAPE, group="state", needs=Need.IMAGE,
        tip=mark("Show and unlock every shape of this image."),
    ),
)  # fmt: skip
"""All of them work on the selection."""
