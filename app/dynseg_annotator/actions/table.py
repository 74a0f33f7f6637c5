"""Everything a user can do, as rows. Menus, tool bar, palette and help come from here."""

from __future__ import annotations

from dynseg_annotator.actions.class_table import CLASSES
from dynseg_annotator.actions.shape_table import SHAPES
from dynseg_annotator.actions.spec import (
    EDIT,
    FILE,
    HELP,
    IMAGE,
    MODEL,
    VIEW,
    ActionSpec,
    Gesture,
    Need,
)
from dynseg_annotator.actions.tool_table import TOOLS

_FILE = (
    ActionSpec(
        id="open-folder", text="Open &folder…", keys_default=("Ctrl+U",), icon="folder-open",
        menu=FILE, group="open",
        tip="Open a folder of images or a project; images are never moved or changed.",
    ),
    ActionSpec(
        id="open-file", text="Open &image…", keys_default=("Ctrl+O",), icon="image",
        menu=FILE, group="open", tip="Open one image together with the folder it lies in.",
    ),
    ActionSpec(
        id="new-project", text="Ne&w project…", icon="plus", menu=FILE, group="open",
        tip="Choose folder, classes, model and validation images before you start.",
    ),
    ActionSpec(
        id="take-over", text="Ta&ke over labels…", icon="import", menu=FILE, group="open",
        tip="Make a project of images and labels that another program left.",
    ),
    ActionSpec(
        id="open-sample", text="Open the sample &project", icon="sparkle",
        menu=FILE, group="open", tip="A small project to try everything on.",
    ),
    ActionSpec(
        id="rescan", text="Look for &new images", keys_default=("F5",), icon="refresh",
        menu=FILE, group="open", needs=Need.PROJECT,
        tip="Find images that were added to or removed from the folder.",
    ),
    ActionSpec(
        id="add-frames", text="Add frames of a &video…", icon="play",
        menu=FILE, group="open", needs=Need.PROJECT,
        tip="Take frames of a video, or pages of a TIFF, as images; the file is only read.",
    ),
    ActionSpec(
        id="save", text="&Save", keys_default=("Ctrl+S",), icon="save",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip="Everything is saved as you work; this waits until the last change is on the disk.",
    ),
    ActionSpec(
        id="restore-backup", text="&Backups…", icon="clock",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip="Look at the verified copies of your labels, make one, bring one back.",
    ),
    ActionSpec(
        id="check-project", text="&Check labels…", icon="ok",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip="List broken, tiny, doubled and overlapping shapes; repair with one click.",
    ),
    ActionSpec(
        id="import-labels", text="I&mport labels…", icon="import",
        menu=FILE, group="exchange", needs=Need.PROJECT,
        tip="Read YOLO, COCO, labelme, CVAT and more; what comes in is shown first.",
    ),
    ActionSpec(
        id="export", text="&Export…", keys_default=("Ctrl+Shift+S",), icon="export",
        menu=FILE, group="exchange", needs=Need.PROJECT,
        tip="Write YOLO-seg, COCO, labelme, VOC or masks; what is lost is listed first.",
    ),
    ActionSpec(
        id="settings", text="Se&ttings…", keys_default=("Ctrl+,",), icon="settings",
        menu=FILE, group="settings", tip="Look, keys, model and training.",
    ),
    ActionSpec(
        id="edit-keys", text="Ke&ys…", icon="keyboard",
        menu=FILE, group="settings", tip="Choose another key for any action.",
    ),
    ActionSpec(
        id="quit", text="&Quit", keys_default=("Ctrl+Q",), icon="quit",
        menu=FILE, group="quit", tip="Close the window; everything is saved.",
    ),
)  # fmt: skip

_EDIT = (
    ActionSpec(
        id="undo", text="&Undo", keys_default=("Ctrl+Z",), icon="undo",
        menu=EDIT, group="undo", needs=Need.IMAGE, repeats=True,
        tip="Take the last change of this image back, also one of an earlier day.",
    ),
    ActionSpec(
        id="redo", text="&Redo", keys_default=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo",
        menu=EDIT, group="undo", needs=Need.IMAGE, repeats=True,
        tip="Do again what was taken back.",
    ),
    ActionSpec(
        id="history", text="Histor&y", keys_default=("F9",), icon="clock",
        menu=EDIT, group="undo", needs=Need.PROJECT,
        tip="Every step of this image and of the project: look at it, go there.",
    ),
)  # fmt: skip

_SELECTION = (
    ActionSpec(
        id="cancel", text="Ca&ncel", keys_default=("Esc",), icon="reject",
        menu=EDIT, group="tools", needs=Need.IMAGE,
        tip="Give up the shape being drawn, else clear the selection, else go back to editing.",
    ),
    ActionSpec(
        id="copy", text="&Copy", keys_default=("Ctrl+C",), icon="copy",
        menu=EDIT, group="clipboard", needs=Need.SELECTION, tip="Copy the selected shapes.",
    ),
    ActionSpec(
        id="paste", text="P&aste", keys_default=("Ctrl+V",), icon="paste",
        menu=EDIT, group="clipboard", needs=Need.IMAGE,
        tip="Put the copied shapes into this image.",
    ),
    ActionSpec(
        id="duplicate", text="&Duplicate", keys_default=("Ctrl+D",), icon="duplicate",
        menu=EDIT, group="clipboard", needs=Need.SELECTION,
        tip="Copy and paste the selected shapes in one go.",
    ),
    ActionSpec(
        id="copy-previous", text="Copy all from pre&vious image", keys_default=("Ctrl+P",),
        keys_cvat=("Ctrl+B",), icon="copy-previous",
        menu=EDIT, group="clipboard", needs=Need.IMAGE,
        tip="Put the shapes of the previous image into this one.",
    ),
    ActionSpec(
        id="select-all", text="Select a&ll", keys_default=("Ctrl+A",), icon="select-all",
        menu=EDIT, group="selection", needs=Need.IMAGE, tip="Select every shape of this image.",
    ),
    ActionSpec(
        id="edit-label", text="C&hange class…", keys_default=("Ctrl+E",), icon="tag",
        menu=EDIT, group="selection", needs=Need.SELECTION,
        tip="Give the selected shapes another class.",
    ),
    ActionSpec(
        id="delete", text="Dele&te", keys_default=("Delete",), icon="trash",
        menu=EDIT, group="selection", needs=Need.SELECTION, tip="Delete the selected shapes.",
    ),
)  # fmt: skip

_NUDGES = tuple(
    ActionSpec(
        id=f"nudge-{side}{'-far' if far else ''}",
        text=f"Move {side} by {'10 px' if far else '1 px'}",
        canvas_keys=(f"{'Shift+' if far else ''}{side.capitalize()}",),
        needs=Need.SELECTION, repeats=True, shown_as="Move the selection by 1 px, Shift: 10 px",
        tip=f"Move the selected shapes {side} by {10 if far else 1} image pixels.",
    )
    for far in (False, True)
    for side in ("left", "right", "up", "down")
)  # fmt: skip

_CLASS_KEYS = tuple(
    ActionSpec(
        id=f"class-{number}", text=f"Class {number}", keys_default=(f"{number}", f"Ctrl+{number}"),
        needs=Need.IMAGE, shown_as="Class by number",
        tip=f"Give class {number} to the selection, or to what is drawn next.",
    )
    for number in range(1, 10)
)  # fmt: skip

_VIEW = (
    ActionSpec(
        id="zoom-in", text="Zoom &in", keys_default=("Ctrl++", "Ctrl+="), icon="zoom-in",
        menu=VIEW, group="zoom", needs=Need.IMAGE, repeats=True, tip="Show the image larger.",
    ),
    ActionSpec(
        id="zoom-out", text="Zoom &out", keys_default=("Ctrl+-",), icon="zoom-out",
        menu=VIEW, group="zoom", needs=Need.IMAGE, repeats=True, tip="Show the image smaller.",
    ),
    ActionSpec(
        id="zoom-fit", text="&Fit image", keys_default=("Ctrl+F",), icon="zoom-fit",
        menu=VIEW, group="zoom", needs=Need.IMAGE, tip="Show the whole image.",
    ),
    ActionSpec(
        id="zoom-width", text="Fit &width", keys_default=("Ctrl+Shift+F",), icon="zoom-width",
        menu=VIEW, group="zoom", needs=Need.IMAGE, tip="Show the full width of the image.",
    ),
    ActionSpec(
        id="zoom-actual", text="&100 %", keys_default=("Ctrl+0",), icon="zoom-actual",
        menu=VIEW, group="zoom", needs=Need.IMAGE,
        tip="Show one image pixel on one screen pixel.",
    ),
    ActionSpec(
        id="zoom-selection", text="Zoom to &selection", keys_default=("Z",), icon="zoom-selection",
        menu=VIEW, group="zoom", needs=Need.SELECTION, tip="Fill the view with what is selected.",
    ),
    ActionSpec(
        id="hide-shapes", text="&Hide shapes", keys_default=("Ctrl+H",), icon="eye-off",
        menu=VIEW, group="shapes", checkable=True, needs=Need.IMAGE,
        tip="Hide all shapes until it is switched off; hold H to hide them for a moment.",
    ),
    ActionSpec(
        id="outline-only", text="Outlines o&nly", icon="outline",
        menu=VIEW, group="shapes", checkable=True, tip="Draw shapes without a fill.",
    ),
    ActionSpec(
        id="show-labels", text="&Class names", icon="tag",
        menu=VIEW, group="shapes", checkable=True, tip="Write class and score beside each shape.",
    ),
    ActionSpec(
        id="show-grid", text="&Thumbnails", keys_default=("F3",), icon="grid",
        menu=VIEW, group="tone", checkable=True, needs=Need.PROJECT,
        tip="Show the images of the list as pictures with their shapes; Enter opens one.",
    ),
    ActionSpec(
        id="show-minimap", text="&Mini-map", icon="minimap",
        menu=VIEW, group="tone", checkable=True,
        tip="Show the whole image in a corner while only a part of it is in sight.",
    ),
    ActionSpec(
        id="pixel-grid", text="Pixel &grid", icon="pixel-grid",
        menu=VIEW, group="tone", checkable=True,
        tip="Draw lines between the pixels of the image from 800 % on.",
    ),
    ActionSpec(
        id="image-tone", text="&Brightness and contrast…", keys_default=("T",), icon="tone",
        menu=VIEW, group="tone",
        tip="Show every image brighter, darker or with other contrast; files stay as they are.",
    ),
    ActionSpec(
        id="reset-tone", text="&Reset brightness and contrast", keys_default=("Shift+T",),
        icon="undo", menu=VIEW, group="tone", tip="Show images as their files have them.",
    ),
    ActionSpec(
        id="switch-theme", text="Light or &dark", icon="theme",
        menu=VIEW, group="window", tip="Switch between light and dark colours.",
    ),
    ActionSpec(
        id="full-screen", text="F&ull screen", keys_default=("F11",), icon="full-screen",
        menu=VIEW, group="window", checkable=True, tip="Use the whole screen.",
    ),
)  # fmt: skip

_IMAGE = (
    ActionSpec(
        id="review-mode", text="Review &mode", keys_default=("F4",), icon="play",
        menu=IMAGE, group="review", checkable=True, needs=Need.PROJECT,
        tip="Go through what the model proposed: Tab, Y and X for objects, Enter for the image.",
    ),
    ActionSpec(
        id="accept-image", text="&Accept image and go to the next",
        keys_default=("Ctrl+Return", "Ctrl+Enter"), review_keys=("Return", "Enter"),
        icon="accept", menu=IMAGE, group="review", needs=Need.IMAGE,
        tip="Everything on this image is right: mark it reviewed, show the next unreviewed one.",
    ),
    ActionSpec(
        id="skip-image", text="&Skip image", icon="skip",
        menu=IMAGE, group="review", needs=Need.IMAGE,
        tip="Leave this image out of review and training; its shapes are kept.",
    ),
    ActionSpec(
        id="reopen-image", text="Mark as &not reviewed", icon="reopen",
        menu=IMAGE, group="review", needs=Need.IMAGE,
        tip="Put a reviewed or skipped image back to work.",
    ),
    ActionSpec(
        id="next-image", text="Ne&xt image", keys_default=("D",), keys_cvat=("F",), icon="next",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip="Show the next image of the list.",
    ),
    ActionSpec(
        id="previous-image", text="&Previous image", keys_default=("A",), keys_cvat=("D",),
        icon="previous", menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip="Show the previous image of the list.",
    ),
    ActionSpec(
        id="next-unreviewed", text="Next &unreviewed image", keys_default=("Ctrl+Shift+D",),
        keys_cvat=(), canvas_keys_cvat=("Right",), icon="next-unreviewed",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip="Show the next image that nobody has reviewed.",
    ),
    ActionSpec(
        id="previous-unreviewed", text="Previous unre&viewed image",
        keys_default=("Ctrl+Shift+A",), keys_cvat=(), canvas_keys_cvat=("Left",),
        icon="previous-unreviewed", menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip="Show the previous image that nobody has reviewed.",
    ),
    ActionSpec(
        id="find-image", text="Find an ima&ge…", keys_default=("Ctrl+G",), icon="search",
        menu=IMAGE, group="images", needs=Need.PROJECT,
        tip="Type a part of its name above the list.",
    ),
    *(
        ActionSpec(
            id=f"order-{order}", text=text, icon=icon, menu=IMAGE, group="order",
            checkable=True, exclusive="image-order", needs=Need.PROJECT, tip=tip,
        )
        for order, text, icon, tip in (
            ("name", "List by nam&e", "sort", "Sort the images by name."),
            ("state", "&List by state", "", "What needs a person comes first."),
            ("suggested", "Suggested f&irst", "",
             "Typical images come first; later those that the model doubts, once its doubts are "
             "worth following."),
            ("uncertainty", "Leas&t certain first", "",
             "Images whose proposals the model is least sure of come first."),
            ("disagreement", "Most &disputed first", "",
             "Images where a second model says most else come first."),
            ("random", "Shu&ffled", "", "Sort the images by lot, the same way every time."),
        )
    ),
    ActionSpec(
        id="next-object", text="Next &object", canvas_keys=("Tab",), icon="next-object",
        menu=IMAGE, group="objects", needs=Need.IMAGE, repeats=True,
        tip="Select the next object, the least certain first.",
    ),
    ActionSpec(
        id="previous-object", text="Previous o&bject", canvas_keys=("Shift+Tab",),
        icon="previous-object", menu=IMAGE, group="objects", needs=Need.IMAGE, repeats=True,
        tip="Select the object before.",
    ),
    ActionSpec(
        id="accept-object", text="A&ccept object", keys_default=("Y",), icon="accept-object",
        menu=IMAGE, group="objects", needs=Need.SELECTION,
        tip="Keep the selected proposal as it is: it becomes your work.",
    ),
    ActionSpec(
        id="reject-object", text="&Reject object", keys_default=("X",), icon="reject-object",
        menu=IMAGE, group="objects", needs=Need.SELECTION,
        tip="Remove the selected proposal and go to the next.",
    ),
    ActionSpec(
        id="accept-all", text="Accept all s&hown proposals", keys_default=("Shift+Y",),
        icon="accept-all", menu=IMAGE, group="objects", needs=Need.IMAGE,
        tip="Keep every proposal above the confidence of the slider.",
    ),
)  # fmt: skip

_MODEL = (
    ActionSpec(
        id="run-image", text="&Pre-label this image", keys_default=("I",), icon="run-model",
        menu=MODEL, group="run", needs=Need.IMAGE,
        tip="Let the model propose shapes; what people drew is never touched.",
    ),
    ActionSpec(
        id="run-batch", text="Pre-label &many images…", keys_default=("Ctrl+B",),
        keys_cvat=("Ctrl+Shift+B",), icon="batch", menu=MODEL, group="run", needs=Need.PROJECT,
        tip="Pre-label the whole project; you can go on working meanwhile.",
    ),
    ActionSpec(
        id="stop-job", text="&Stop", icon="stop", menu=MODEL, group="run", needs=Need.PROJECT,
        tip="Stop the running job; what is done stays.",
    ),
    ActionSpec(
        id="undo-batch", text="Take the last run &back", icon="undo-batch",
        menu=MODEL, group="run", needs=Need.PROJECT,
        tip="Undo the last batch as a whole; shapes that you changed since are kept.",
    ),
    ActionSpec(
        id="show-changes", text="Sho&w what the last run changed", icon="layers",
        menu=MODEL, group="run", needs=Need.PROJECT,
        tip="What the last batch added, removed and changed: in the list and on the image.",
    ),
    ActionSpec(
        id="train", text="&Train on reviewed images", keys_default=("Ctrl+T",), icon="train",
        menu=MODEL, group="train", needs=Need.PROJECT,
        tip="Teach the model what you have reviewed, in a process of its own.",
    ),
    ActionSpec(
        id="label-errors", text="&Find label errors…", icon="search",
        menu=MODEL, group="train", needs=Need.PROJECT,
        tip="List reviewed labels that a model disputes which never saw them.",
    ),
    ActionSpec(
        id="choose-model", text="&Choose model…", icon="model",
        menu=MODEL, group="models", needs=Need.PROJECT, tip="Pre-label with another model.",
    ),
    ActionSpec(
        id="manage-models", text="M&odels…", icon="list",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip="All models of this project: compare, rename, delete, restore, export.",
    ),
    ActionSpec(
        id="add-model", text="&Add a model file…", icon="import",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip="A model of this program or an Ultralytics YOLO11-seg checkpoint; nothing in it runs.",
    ),
    ActionSpec(
        id="fetch-model", text="Get a p&ublished model…", icon="arrow-down",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip="YOLO11-seg trained on COCO; size, licence and address are shown first.",
    ),
    ActionSpec(
        id="roll-back-model", text="&Go back to the previous model", icon="rollback",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip="Use the model that was active before the last promotion.",
    ),
)  # fmt: skip

_HELP = (
    ActionSpec(
        id="shortcuts", text="&Keyboard shortcuts", keys_default=("F1",), icon="keyboard",
        menu=HELP, group="help", tip="All keys, with search.",
    ),
    ActionSpec(
        id="command-palette", text="&Find an action…", keys_default=("Ctrl+K",), icon="search",
        menu=HELP, group="help", tip="Type a few letters of anything the program can do.",
    ),
    ActionSpec(
        id="guide", text="&Guide", icon="help", menu=HELP, group="help",
        tip="Short texts on first steps, keys and training.",
    ),
    ActionSpec(
        id="doctor", text="&What works here…", icon="ok", menu=HELP, group="help",
        tip="Device, driver, libraries, disks and the open project, with the line that mends.",
    ),
    ActionSpec(
        id="tour", text="Take the &tour", icon="sparkle", menu=HELP, group="help",
        tip="Two minutes with the real controls, on the sample project.",
    ),
    ActionSpec(
        id="about", text="&About", icon="info", menu=HELP, group="about",
        tip="Version, licence and where this program comes from.",
    ),
)  # fmt: skip

ACTIONS: tuple[ActionSpec, ...] = (
    *_FILE, *_EDIT, *TOOLS, *_SELECTION, *SHAPES, *CLASSES, *_NUDGES, *_CLASS_KEYS, *_VIEW, *_IMAGE,
    *_MODEL, *_HELP,
)  # fmt: skip
"""All actions, in menu order."""

TOOL_BAR = (
    ("open-folder",),
    ("undo", "redo"),
    (
        "edit-mode",
        "draw-polygon",
        "draw-rectangle",
        "brush",
        "eraser",
        "live-wire",
        "grabcut",
        "find-object",
    ),
    ("zoom-fit", "hide-shapes"),
    ("previous-image", "next-image"),
    ("run-image", "run-batch"),
    ("accept-image",),
)
"""Ids of the tool bar's buttons, in groups."""

GESTURES: tuple[Gesture, ...] = (
    Gesture(
        text="Close the shape being drawn",
        keys_default=("Enter", "double-click", "click on the first point"),
    ),
    Gesture(text="Take the last point back while drawing", keys_default=("Backspace", "Ctrl+Z")),
    Gesture(text="Draw freely", keys_default=("drag while drawing a polygon",)),
    Gesture(text="Move a vertex", keys_default=("drag",)),
    Gesture(text="Add a vertex", keys_default=("drag on an edge", "Alt+click on an edge")),
    Gesture(
        text="Delete a vertex",
        keys_default=("Shift+click", "Alt+Shift+click", "Backspace with the pointer on it"),
        keys_cvat=("Alt+click", "Alt+Shift+click", "Backspace with the pointer on it"),
    ),
    Gesture(text="Sweep vertices away", keys_default=("Alt+drag",)),
    Gesture(
        text="Draw a part of the outline anew",
        keys_default=("Shift+drag from a vertex",),
        keys_cvat=("Shift+drag from a vertex", "Shift+click on a vertex"),
    ),
    Gesture(text="Paint or erase with the brush", keys_default=("drag", "Shift: the opposite")),
    Gesture(text="Move a shape", keys_default=("drag inside a selected shape",)),
    Gesture(text="Select more than one", keys_default=("Ctrl+click", "drag on empty ground")),
    Gesture(text="Select what lies below", keys_default=("click again",)),
    Gesture(text="Change the class", keys_default=("double-click on a shape",)),
    Gesture(text="Zoom at the cursor", keys_default=("Ctrl+wheel", "wheel (setting)"), menu="View"),
    Gesture(
        text="Move the image",
        keys_default=("Space+drag", "middle drag", "wheel, Shift+wheel"),
        menu="View",
    ),
    Gesture(text="Fit the image", keys_default=("middle double-click",), menu="View"),
    Gesture(text="Move the view", keys_default=("click or drag in the mini-map",), menu="View"),
    Gesture(text="Hide shapes for a moment", keys_default=("hold H",), menu="View"),
)
"""What the canvas understands besides actions; rows of the key table and of help."""

_BY_ID = {row.id: row for row in ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """The row of `action_id`; KeyError when there is none."""
    return _BY_ID[action_id]
