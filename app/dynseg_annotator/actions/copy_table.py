"""What brings shapes from one image into another: rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import EDIT, ActionSpec, Need
from dynseg_annotator.language import mark

COPYING = (
    ActionSpec(
        id="copy", text=mark("&Copy"), keys_default=("Ctrl+C",), icon="copy",
        menu=EDIT, group="clipboard", needs=Need.SELECTION, tip=mark("Copy the selected shapes."),
    ),
    ActionSpec(
        id="paste", text=mark("P&aste"), keys_default=("Ctrl+V",), icon="paste",
        menu=EDIT, group="clipboard", needs=Need.IMAGE,
        tip=mark("Put the copied shapes into this image."),
    ),
    ActionSpec(
        id="duplicate", text=mark("&Duplicate"), keys_default=("Ctrl+D",), icon="duplicate",
        menu=EDIT, group="clipboard", needs=Need.SELECTION,
        tip=mark("Copy and paste the selected shapes in one go."),
    ),
    ActionSpec(
        id="copy-previous", text=mark("Copy all from pre&vious image"), keys_default=("Ctrl+P",),
        keys_cvat=("Ctrl+B",), icon="copy-previous",
        menu=EDIT, group="clipboard", needs=Need.IMAGE,
        tip=mark(
            "Put the shapes of the previous image into this one, where their objects are now: for "
            "the frames of a video."
        ),
    ),
    ActionSpec(
        id="follow-on", text=mark("&Follow into the next images…"), icon="copy-previous",
        menu=EDIT, group="clipboard", needs=Need.IMAGE,
        tip=mark(
            "Put the shapes of this image into the images after it, each where its object is "
            "then: label one frame of a video, and have the next ones filled in."
        ),
    ),
)  # fmt: skip
