"""What can be done to the classes of the project: rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import CLASS, ActionSpec, Need

CLASSES = (
    ActionSpec(
        id="class-add", text="&Add a class…", icon="plus",
        menu=CLASS, group="add", needs=Need.PROJECT,
        tip="Type the name of a new class below the list.",
    ),
    ActionSpec(
        id="class-import", text="&Import names…", icon="import",
        menu=CLASS, group="add", needs=Need.PROJECT,
        tip="Add the classes of a data.yaml, a classes.txt or a model; those that are there stay.",
    ),
    ActionSpec(
        id="class-edit", text="&Edit class…", icon="pencil",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip="Name, colour and number key of the current class.",
    ),
    ActionSpec(
        id="class-up", text="Move class &up", icon="arrow-up",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip="Put the current class one place further up; the order is the one of exports.",
    ),
    ActionSpec(
        id="class-down", text="Move class &down", icon="arrow-down",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip="Put the current class one place further down.",
    ),
    ActionSpec(
        id="class-merge", text="&Merge into another class…", icon="union",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip="Give all shapes of the current class another one, in the whole project.",
    ),
    ActionSpec(
        id="class-delete", text="De&lete class…", icon="trash",
        menu=CLASS, group="change", needs=Need.PROJECT,
        tip="Delete the current class; says first how many shapes and images have it.",
    ),
    ActionSpec(
        id="class-hide", text="&Hide or show this class", icon="eye-off",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip="Shapes of a hidden class are neither drawn nor picked.",
    ),
    ActionSpec(
        id="class-lock", text="Lo&ck or unlock this class", icon="lock",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip="Shapes of a locked class are drawn, but neither picked nor changed.",
    ),
    ActionSpec(
        id="class-solo", text="Show &only this class", icon="eye",
        menu=CLASS, group="view", needs=Need.PROJECT,
        tip="Hide all classes but the current one; once more shows all.",
    ),
)  # fmt: skip
"""All of them concern the current class: the one that new shapes get."""
