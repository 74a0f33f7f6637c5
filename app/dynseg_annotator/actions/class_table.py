"""What can be done to the classes of the project: rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import CLASS, ActionSpec, Need
from dynseg_annotator.language import mark

CLASSES = (
    ActionSpec(
        id="class-add", text=mark("&Add a class…"), icon="plus",
        menu=CLASS, group="add", needs=Need.PROJECT,
        tip=mark("Type the name of a new class below the list."),
    ),
    ActionSpec(
        id="class-import", text=mark("&Import names…"), icon="import",
        menu=CLASS, group="add", needs=Need.PROJECT,
        tip=mark(
            "Add the classes of a data.yaml, a classes.txt or a model; those that are there stay."
        ),
    ),
    ActionSpec(
        id="class-edit", text=mark("&Edit class…"), icon="pencil",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip=mark("Name, colour and number key of the current class."),
    ),
    ActionSpec(
        id="class-up", text=mark("Move class &up"), icon="arrow-up",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip=mark("Put the current class one place further up; the order is the one of exports."),
    ),
    ActionSpec(
        id="class-down", text=mark("Move class &down"), icon="arrow-down",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip=mark("Put the current class one place further down."),
    ),
    ActionSpec(
        id="class-merge", text=mark("&Merge into another class…"), icon="union",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip=mark("Give all shapes of the current class another one, in the whole project."),
    ),
    ActionSpec(
        id="class-delete", text=mark("De&lete class…"), icon="trash",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip=mark("Delete the current class; says first how many shapes and images have it."),
    ),
    ActionSpec(
        id="class-select", text=mark("&Select its shapes on this image"), icon="select-all",
        menu=CLASS, group="view", needs=Need.IMAGE,
        tip=mark("Select all shapes of the current class that are shown and not locked."),
    ),
    ActionSpec(
        id="class-hide", text=mark("&Hide or show this class"), icon="eye-off",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip=mark("Shapes of a hidden class are neither drawn nor picked."),
    ),
    ActionSpec(
        id="class-lock", text=mark("Lo&ck or unlock this class"), icon="lock",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip=mark("Shapes of a locked class are drawn, but neither picked nor changed."),
    ),
    ActionSpec(
        id="class-solo", text=mark("Show &only this class"), icon="eye",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip=mark("Hide all classes but the current one; once more shows all."),
    ),
)  # fmt: skip
"""All of them concern the current class: the one that new shapes get."""
