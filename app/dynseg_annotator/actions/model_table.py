"""Pre-labelling, training and models as rows of the table of actions."""

from __future__ import annotations

from dynseg_annotator.actions.spec import MODEL, ActionSpec, Need
from dynseg_annotator.language import mark

MODELS = (
    ActionSpec(
        id="run-image", text=mark("&Pre-label this image"), keys_default=("I",), icon="run-model",
        menu=MODEL, group="run", needs=Need.IMAGE,
        tip=mark("Let the model propose shapes; what people drew is never touched."),
    ),
    ActionSpec(
        id="run-batch", text=mark("Pre-label &many images…"), keys_default=("Ctrl+B",),
        keys_cvat=("Ctrl+Shift+B",), icon="batch", menu=MODEL, group="run", needs=Need.PROJECT,
        tip=mark("Pre-label the whole project; you can go on working meanwhile."),
    ),
    ActionSpec(
        id="stop-job", text=mark("&Stop"), icon="stop", menu=MODEL, group="run", needs=Need.PROJECT,
        tip=mark("Stop the running job; what is done stays."),
    ),
    ActionSpec(
        id="undo-batch", text=mark("Take the last run &back"), icon="undo-batch",
        menu=MODEL, group="run", needs=Need.PROJECT,
        tip=mark("Undo the last batch as a whole; shapes that you changed since are kept."),
    ),
    ActionSpec(
        id="show-changes", text=mark("Sho&w what the last run changed"), icon="layers",
        menu=MODEL, group="run", needs=Need.PROJECT,
        tip=mark("What the last batch added, removed and changed: in the list and on the image."),
    ),
    ActionSpec(
        id="train", text=mark("&Train on reviewed images"), keys_default=("Ctrl+T",), icon="train",
        menu=MODEL, group="train", needs=Need.PROJECT,
        tip=mark("Teach the model what you have reviewed, in a process of its own."),
    ),
    ActionSpec(
        id="label-errors", text=mark("&Find label errors…"), icon="search",
        menu=MODEL, group="train", needs=Need.PROJECT,
        tip=mark("List reviewed labels that models dispute which were trained without them."),
    ),
    ActionSpec(
        id="choose-model", text=mark("&Choose model…"), icon="model",
        menu=MODEL, group="models", needs=Need.PROJECT, tip=mark("Pre-label with another model."),
    ),
    ActionSpec(
        id="manage-models", text=mark("M&odels…"), icon="list",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip=mark("All models of this project: compare, rename, delete, restore, export."),
    ),
    ActionSpec(
        id="add-model", text=mark("&Add a model file…"), icon="import",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip=mark(
            "A model of this program or an Ultralytics YOLO11-seg checkpoint; nothing in it runs."
        ),
    ),
    ActionSpec(
        id="fetch-model", text=mark("Get a p&ublished model…"), icon="arrow-down",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip=mark("YOLO11-seg trained on COCO; size, licence and address are shown first."),
    ),
    ActionSpec(
        id="roll-back-model", text=mark("&Go back to the previous model"), icon="rollback",
        menu=MODEL, group="models", needs=Need.PROJECT,
        tip=mark("Use the model that was active before the last promotion."),
    ),
)  # fmt: skip
