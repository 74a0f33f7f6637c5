"""Everything a user can do, as rows. Menus, tool bar, palette and help come from here."""

from __future__ import annotations

from dynseg_annotator.actions.class_table import CLASSES
from dynseg_annotator.actions.copy_table import COPYING
from dynseg_annotator.actions.model_table import MODELS
from dynseg_annotator.actions.selected_table import SELECTED
from dynseg_annotator.actions.shape_table import SHAPES
from dynseg_annotator.actions.spec import EDIT, FILE, HELP, IMAGE, VIEW, ActionSpec, Need
from dynseg_annotator.actions.tool_table import TOOLS
from dynseg_annotator.language import mark

_FILE = (
    ActionSpec(
        id="open-folder", text=mark("Open &folder…"), keys_default=("Ctrl+U",),
        icon="folder-open", menu=FILE, group="open",
        tip=mark("Open a folder of images or a project; images are never moved or changed."),
    ),
    ActionSpec(
        id="open-file", text=mark("Open &image…"), keys_default=("Ctrl+O",), icon="image",
        menu=FILE, group="open", tip=mark("Open one image together with the folder it lies in."),
    ),
    ActionSpec(
        id="new-project", text=mark("Ne&w project…"), icon="plus", menu=FILE, group="open",
        tip=mark("Choose folder, classes, model and validation images before you start."),
    ),
    ActionSpec(
        id="take-over", text=mark("Ta&ke over labels…"), icon="import", menu=FILE, group="open",
        tip=mark("Make a project of images and labels that another program left."),
    ),
    ActionSpec(
        id="open-sample", text=mark("Open the sample &project"), icon="sparkle",
        menu=FILE, group="open", tip=mark("A small project to try everything on."),
    ),
    ActionSpec(
        id="rescan", text=mark("Look for &new images"), keys_default=("F5",), icon="refresh",
        menu=FILE, group="open", needs=Need.PROJECT,
        tip=mark("Find images that were added to or removed from the folder."),
    ),
    ActionSpec(
        id="find-moved", text=mark("Fin&d moved images…"), icon="search", menu=FILE, group="open",
        needs=Need.PROJECT,
        tip=mark("Say where moved or renamed images are now; their labels follow."),
    ),
    ActionSpec(
        id="add-frames", text=mark("Add frames of a &video or TIFF…"), icon="play",
        menu=FILE, group="open",
        tip=mark("Take frames of a video, or pages of a TIFF, as images; the file is only read."),
    ),
    ActionSpec(
        id="save", text=mark("&Save"), keys_default=("Ctrl+S",), icon="save",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip=mark(
            "Everything is saved as you work; this waits until the last change is on the disk."
        ),
    ),
    ActionSpec(
        id="restore-backup", text=mark("&Backups…"), icon="clock",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip=mark("Look at the verified copies of your labels, make one, bring one back."),
    ),
    ActionSpec(
        id="check-project", text=mark("&Check labels…"), icon="ok",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip=mark("List broken, tiny, doubled and overlapping shapes; repair with one click."),
    ),
    ActionSpec(
        id="statistics", text=mark("St&atistics…"), icon="chart",
        menu=FILE, group="save", needs=Need.PROJECT,
        tip=mark("Count classes, sizes, points and states; see how the work on proposals shrinks."),
    ),
    ActionSpec(
        id="import-labels", text=mark("I&mport labels…"), icon="import",
        menu=FILE, group="exchange", needs=Need.PROJECT,
        tip=mark("Read YOLO, COCO, labelme, CVAT and more; what comes in is shown first."),
    ),
    ActionSpec(
        id="export", text=mark("&Export…"), keys_default=("Ctrl+Shift+S",), icon="export",
        menu=FILE, group="exchange", needs=Need.PROJECT,
        tip=mark(
            "Write YOLO-seg, COCO, labelme, VOC, masks or label images; what is lost is listed "
            "first."
        ),
    ),
    ActionSpec(
        id="settings", text=mark("Se&ttings…"), keys_default=("Ctrl+,",),
        keys_cvat=("F2", "Ctrl+,"), icon="settings",
        menu=FILE, group="settings", tip=mark("Look, keys, model and training."),
    ),
    ActionSpec(
        id="edit-keys", text=mark("Ke&ys…"), icon="keyboard",
        menu=FILE, group="settings", tip=mark("Choose another key for any action."),
    ),
    ActionSpec(
        id="quit", text=mark("&Quit"), keys_default=("Ctrl+Q",), icon="quit",
        menu=FILE, group="quit", tip=mark("Close the window; everything is saved."),
    ),
)  # fmt: skip

_EDIT = (
    ActionSpec(
        id="undo", text=mark("&Undo"), keys_default=("Ctrl+Z",), icon="undo",
        menu=EDIT, group="undo", needs=Need.IMAGE, repeats=True,
        tip=mark("Take the last change of this image back, also one of an earlier day."),
    ),
    ActionSpec(
        id="redo", text=mark("&Redo"), keys_default=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo",
        menu=EDIT, group="undo", needs=Need.IMAGE, repeats=True,
        tip=mark("Do again what was taken back."),
    ),
    ActionSpec(
        id="history", text=mark("Histor&y"), keys_default=("F9",), icon="clock",
        menu=EDIT, group="undo", needs=Need.PROJECT,
        tip=mark("Every step of this image and of the project: look at it, go there."),
    ),
)  # fmt: skip

_SELECTION = (
    ActionSpec(
        id="cancel", text=mark("Ca&ncel"), keys_default=("Esc",), icon="reject",
        menu=EDIT, group="tools", needs=Need.IMAGE,
        tip=mark(
            "Back out one step: give up the shape being drawn, else leave the tool, else clear the "
            "selection."
        ),
    ),
    *COPYING,
    ActionSpec(
        id="select-all", text=mark("Select a&ll"), keys_default=("Ctrl+A",), icon="select-all",
        menu=EDIT, group="selection", needs=Need.IMAGE,
        tip=mark("Select every shape of this image."),
    ),
    ActionSpec(
        id="edit-label", text=mark("C&hange class…"), keys_default=("Ctrl+E",), icon="tag",
        menu=EDIT, group="selection", needs=Need.IMAGE,
        tip=mark(
            "Give the selected shapes another class; where none is selected, choose that of new "
            "shapes."
        ),
    ),
    ActionSpec(
        id="delete", text=mark("Dele&te"), keys_default=("Delete",), icon="trash",
        menu=EDIT, group="selection", needs=Need.SELECTION, tip=mark("Delete the selected shapes."),
    ),
)  # fmt: skip

_NUDGES = tuple(
    ActionSpec(
        id=f"nudge-{side}{'-far' if px > 1 else ''}",
        text=text, values={"px": px}, tip=tip,
        canvas_keys=(f"{'Shift+' if px > 1 else ''}{side.capitalize()}",),
        needs=Need.SELECTION, repeats=True,
        shown_as=mark("Move the selection by 1 px, Shift: 10 px"),
    )
    for px in (1, 10)
    for side, text, tip in (
        ("left", mark("Move left by {px} px"), mark("Move the selected shapes left by {px} px.")),
        ("right", mark("Move right by {px} px"),
         mark("Move the selected shapes right by {px} px.")),
        ("up", mark("Move up by {px} px"), mark("Move the selected shapes up by {px} px.")),
        ("down", mark("Move down by {px} px"), mark("Move the selected shapes down by {px} px.")),
    )
)  # fmt: skip

_CLASS_KEYS = tuple(
    ActionSpec(
        id=f"class-{number}", text=mark("Class {number}"), values={"number": number},
        keys_default=(f"{number}", f"Ctrl+{number}"),
        needs=Need.IMAGE, shown_as=mark("Class by number"),
        tip=mark("Give class {number} to the selection, or to what is drawn next."),
    )
    for number in range(1, 10)
)  # fmt: skip

_VIEW = (
    ActionSpec(
        id="zoom-in", text=mark("Zoom &in"), keys_default=("Ctrl++", "Ctrl+="), icon="zoom-in",
        menu=VIEW, group="zoom", needs=Need.IMAGE, repeats=True, tip=mark("Show the image larger."),
    ),
    ActionSpec(
        id="zoom-out", text=mark("Zoom &out"), keys_default=("Ctrl+-",), icon="zoom-out",
        menu=VIEW, group="zoom", needs=Need.IMAGE, repeats=True,
        tip=mark("Show the image smaller."),
    ),
    ActionSpec(
        id="zoom-fit", text=mark("&Fit image"), keys_default=("Ctrl+F",), icon="zoom-fit",
        menu=VIEW, group="zoom", needs=Need.IMAGE, tip=mark("Show the whole image."),
    ),
    ActionSpec(
        id="zoom-width", text=mark("Fit &width"), keys_default=("Ctrl+Shift+F",), icon="zoom-width",
        menu=VIEW, group="zoom", needs=Need.IMAGE, tip=mark("Show the full width of the image."),
    ),
    ActionSpec(
        id="zoom-actual", text=mark("&100 %"), keys_default=("Ctrl+0",), icon="zoom-actual",
        menu=VIEW, group="zoom", needs=Need.IMAGE,
        tip=mark("Show one image pixel on one screen pixel."),
    ),
    ActionSpec(
        id="zoom-selection", text=mark("Zoom to &selection"),
        keys_default=("Z",), icon="zoom-selection",
        menu=VIEW, group="zoom", needs=Need.SELECTION,
        tip=mark("Fill the view with what is selected."),
    ),
    ActionSpec(
        id="hide-shapes", text=mark("&Hide shapes"), keys_default=("Ctrl+H",), icon="eye-off",
        menu=VIEW, group="shapes", checkable=True, needs=Need.IMAGE,
        tip=mark("Hide all shapes until it is switched off; hold H to hide them for a moment."),
    ),
    ActionSpec(
        id="outline-only", text=mark("Outlines o&nly"), icon="outline",
        menu=VIEW, group="shapes", checkable=True, tip=mark("Draw shapes without a fill."),
    ),
    ActionSpec(
        id="show-labels", text=mark("&Class names"), icon="tag",
        menu=VIEW, group="shapes", checkable=True,
        tip=mark("Write class and score beside each shape."),
    ),
    ActionSpec(
        id="show-grid", text=mark("&Thumbnails"), keys_default=("F3",), icon="grid",
        menu=VIEW, group="tone", checkable=True, needs=Need.PROJECT,
        tip=mark("Show the images of the list as pictures with their shapes; Enter opens one."),
    ),
    ActionSpec(
        id="show-minimap", text=mark("&Mini-map"), icon="minimap",
        menu=VIEW, group="tone", checkable=True,
        tip=mark("Show the whole image in a corner while only a part of it is in sight."),
    ),
    ActionSpec(
        id="pixel-grid", text=mark("Pixel &grid"), icon="pixel-grid",
        menu=VIEW, group="tone", checkable=True,
        tip=mark("Draw lines between the pixels of the image from 800 % on."),
    ),
    ActionSpec(
        id="image-tone", text=mark("&Brightness and contrast…"), keys_default=("T",), icon="tone",
        menu=VIEW, group="tone", needs=Need.IMAGE,
        tip=mark(
            "Show every image brighter, darker or with other contrast; files stay as they are."
        ),
    ),
    ActionSpec(
        id="reset-tone", text=mark("&Reset brightness and contrast"), keys_default=("Shift+T",),
        icon="undo", menu=VIEW, group="tone", tip=mark("Show images as their files have them."),
    ),
    ActionSpec(
        id="switch-theme", text=mark("Light or &dark"), icon="theme",
        menu=VIEW, group="window", tip=mark("Switch between light and dark colours."),
    ),
    ActionSpec(
        id="full-screen", text=mark("F&ull screen"), keys_default=("F11",), icon="full-screen",
        menu=VIEW, group="window", checkable=True, tip=mark("Use the whole screen."),
    ),
)  # fmt: skip

_PANELS = (
    ActionSpec(
        id="next-panel", text=mark("Next panel"), keys_default=("F6",), menu=VIEW, group="panels",
        needs=Need.PROJECT, shown_as=mark("Next, previous panel"),
        tip=mark("Put the keyboard into the next panel: image, lists, assist, training, history."),
    ),
    ActionSpec(
        id="previous-panel", text=mark("Previous panel"), keys_default=("Shift+F6",), menu=VIEW,
        group="panels", needs=Need.PROJECT, shown_as=mark("Next, previous panel"),
        tip=mark("Put the keyboard into the panel before."),
    ),
    ActionSpec(
        id="arrange-panels", text=mark("Arrange panels &anew"), icon="reopen", menu=VIEW,
        group="panels", needs=Need.PROJECT,
        tip=mark("Show every panel where it was before you moved, folded or closed any."),
    ),
    *(
        ActionSpec(
            id=f"panel-{name}", text=text, needs=Need.PROJECT, tip=tip,
            shown_as=mark("Go to a panel"),
        )
        for name, text, tip in (
            ("images", mark("Go to the list of images"),
             mark("Put the keyboard into the list of images.")),
            ("instances", mark("Go to the list of shapes"),
             mark("Put the keyboard into the list of shapes.")),
            ("classes", mark("Go to the classes"),
             mark("Put the keyboard into the list of classes.")),
            ("assist", mark("Go to the assist panel"),
             mark("Confidence, detail, and which images are pre-labelled.")),
            ("training", mark("Go to the training panel"),
             mark("Live learning (learn while I label), training and its curves.")),
        )
    ),
)  # fmt: skip

_IMAGE = (
    ActionSpec(
        id="review-mode", text=mark("Review &mode"), keys_default=("F4",), icon="play",
        menu=IMAGE, group="review", checkable=True, needs=Need.PROJECT,
        tip=mark(
            "Go through what the model proposed: Tab, Y and X for objects, Enter for the image."
        ),
    ),
    ActionSpec(
        id="accept-image", text=mark("&Accept image and go to the next"),
        keys_default=("Ctrl+Enter", "Ctrl+Return"), review_keys=("Return", "Enter"),
        icon="accept", menu=IMAGE, group="review", needs=Need.IMAGE,
        tip=mark(
            "Everything on this image is right: mark it reviewed, show the next unreviewed one."
        ),
    ),
    ActionSpec(
        id="skip-image", text=mark("&Skip image"), icon="skip",
        menu=IMAGE, group="review", needs=Need.IMAGE,
        tip=mark("Leave this image out of review and training; its shapes are kept."),
    ),
    ActionSpec(
        id="reopen-image", text=mark("Mark as &not reviewed"), icon="reopen",
        menu=IMAGE, group="review", needs=Need.IMAGE,
        tip=mark("Put a reviewed or skipped image back to work."),
    ),
    ActionSpec(
        id="next-image", text=mark("Ne&xt image"),
        keys_default=("D",), keys_cvat=("F",), icon="next",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the next image of the list."),
    ),
    ActionSpec(
        id="previous-image", text=mark("&Previous image"), keys_default=("A",), keys_cvat=("D",),
        icon="previous", menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the previous image of the list."),
    ),
    ActionSpec(
        id="next-far", text=mark("Ten images on"), keys_cvat=("V",), icon="next",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the tenth image after this one, or the last of the list."),
    ),
    ActionSpec(
        id="previous-far", text=mark("Ten images back"), keys_cvat=("C",), icon="previous",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the tenth image before this one, or the first of the list."),
    ),
    ActionSpec(
        id="next-unreviewed", text=mark("Next &unreviewed image"), keys_default=("Ctrl+Shift+D",),
        keys_cvat=(), canvas_keys_cvat=("Right",), icon="next-unreviewed",
        menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the next image that nobody has reviewed."),
    ),
    ActionSpec(
        id="previous-unreviewed", text=mark("Previous unre&viewed image"),
        keys_default=("Ctrl+Shift+A",), keys_cvat=(), canvas_keys_cvat=("Left",),
        icon="previous-unreviewed", menu=IMAGE, group="images", needs=Need.PROJECT, repeats=True,
        tip=mark("Show the previous image that nobody has reviewed."),
    ),
    ActionSpec(
        id="find-image", text=mark("Find an ima&ge…"), keys_default=("Ctrl+G",), icon="search",
        menu=IMAGE, group="images", needs=Need.PROJECT,
        tip=mark("Type a part of its name above the list."),
    ),
    ActionSpec(
        id="show-in-folder", text=mark("Sho&w in its folder"), icon="folder",
        menu=IMAGE, group="images", needs=Need.IMAGE,
        tip=mark("Open the folder in which the file of this image lies."),
    ),
    ActionSpec(
        id="copy-image-path", text=mark("Cop&y path"), icon="copy",
        menu=IMAGE, group="images", needs=Need.IMAGE,
        tip=mark("Put the path of the file of this image into the clipboard."),
    ),
    *(
        ActionSpec(
            id=f"order-{order}", text=text, icon=icon, menu=IMAGE, group="order",
            checkable=True, exclusive="image-order", needs=Need.PROJECT, tip=tip,
        )
        for order, text, icon, tip in (
            ("name", mark("List by nam&e"), "sort", mark("Sort the images by name.")),
            ("state", mark("&List by state"), "", mark("What needs a person comes first.")),
            ("suggested", mark("Suggested f&irst"), "",
             mark("Typical images come first; later those that the model doubts, once its doubts "
                  "are worth following.")),
            ("uncertainty", mark("Leas&t certain first"), "",
             mark("Images whose proposals the model is least sure of come first.")),
            ("disagreement", mark("Most &disputed first"), "",
             mark("Images where a second model says most else come first.")),
            ("random", mark("Shu&ffled"), "",
             mark("Sort the images by lot, the same way every time.")),
        )
    ),
    ActionSpec(
        id="next-object", text=mark("Next &object"), canvas_keys=("Tab",), icon="next-object",
        menu=IMAGE, group="objects", needs=Need.IMAGE, repeats=True,
        tip=mark("Select the next object, the least certain first."),
    ),
    ActionSpec(
        id="previous-object", text=mark("Previous o&bject"), canvas_keys=("Shift+Tab",),
        icon="previous-object", menu=IMAGE, group="objects", needs=Need.IMAGE, repeats=True,
        tip=mark("Select the object before."),
    ),
    ActionSpec(
        id="accept-object", text=mark("A&ccept object"), keys_default=("Y",), icon="accept-object",
        menu=IMAGE, group="objects", needs=Need.SELECTION,
        tip=mark("Keep the selected proposal as it is: it becomes your work."),
    ),
    ActionSpec(
        id="reject-object", text=mark("&Reject object"), keys_default=("X",), icon="reject-object",
        menu=IMAGE, group="objects", needs=Need.SELECTION,
        tip=mark("Remove the selected proposal and go to the next."),
    ),
    ActionSpec(
        id="accept-all", text=mark("Accept all s&hown proposals"), keys_default=("Shift+Y",),
        icon="accept-all", menu=IMAGE, group="objects", needs=Need.IMAGE,
        tip=mark("Keep every proposal above the confidence of the slider."),
    ),
    ActionSpec(
        id="accept-many", text=mark("Accept many images…"), keys_default=("Ctrl+Shift+Y",),
        icon="accept-all", menu=IMAGE, group="objects", needs=Need.PROJECT,
        tip=mark("Keep the proposals of many images at once, by their score; one step of undo."),
    ),
)  # fmt: skip

_HELP = (
    ActionSpec(
        id="shortcuts", text=mark("&Keyboard shortcuts"), keys_default=("F1",), icon="keyboard",
        menu=HELP, group="help", tip=mark("All keys, with search."),
    ),
    ActionSpec(
        id="command-palette", text=mark("&Find an action…"),
        keys_default=("Ctrl+K",), icon="search",
        menu=HELP, group="help", tip=mark("Type a few letters of anything the program can do."),
    ),
    ActionSpec(
        id="guide", text=mark("&Guide"), icon="help", menu=HELP, group="help",
        tip=mark("Short texts on first steps, keys and training."),
    ),
    ActionSpec(
        id="doctor", text=mark("&What works here…"), icon="ok", menu=HELP, group="help",
        tip=mark(
            "Check device, driver, libraries, disks and project; says how to fix what fails."
        ),
    ),
    ActionSpec(
        id="tour", text=mark("Take the &tour"), icon="sparkle", menu=HELP, group="help",
        tip=mark("Two minutes with the real controls, on the sample project."),
    ),
    ActionSpec(
        id="about", text=mark("&About"), icon="info", menu=HELP, group="about",
        tip=mark("Version, licence and where this program comes from."),
    ),
)  # fmt: skip

ACTIONS: tuple[ActionSpec, ...] = (
    *_FILE, *_EDIT, *TOOLS, *_SELECTION, *SHAPES, *CLASSES, *_NUDGES, *_CLASS_KEYS, *_VIEW,
    *_PANELS, *_IMAGE, *SELECTED, *MODELS, *_HELP,
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

_BY_ID = {row.id: row for row in ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """The row of `action_id`; KeyError when there is none."""
    return _BY_ID[action_id]
