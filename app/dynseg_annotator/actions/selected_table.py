"""What can be done with the images that are selected in the list."""

from __future__ import annotations

from functools import partial

from dynseg.project.records import Split
from dynseg_annotator.actions.spec import IMAGE, ActionSpec, Need
from dynseg_annotator.language import mark

SPLITS: dict[str, Split] = {
    "selected-train": "train",
    "selected-val": "val",
    "selected-test": "test",
    "selected-unassigned": "",
}
"""Places in the split by the actions that give them."""
PLACES: dict[Split, str] = {
    "train": mark("&Training"),
    "val": mark("&Validation"),
    "test": mark("T&est"),
    "": mark("&No place yet"),
}
"""Places in the split as the menu calls them, which is how they are told too."""

_row = partial(ActionSpec, needs=Need.IMAGE, menu=IMAGE, submenu=mark("Selected images"))

SELECTED = (
    _row(
        id="selected-review", text=mark("Selected images: &reviewed"), icon="accept",
        group="selected",
        tip=mark("Accept what is on each of them without opening it; taken back as a whole."),
    ),
    _row(
        id="selected-skip", text=mark("Selected images: &skipped"), icon="skip", group="selected",
        tip=mark("Leave them out of review and training; their shapes are kept."),
    ),
    _row(
        id="selected-reopen", text=mark("Selected images: &not reviewed"),
        icon="reopen", group="selected",
        tip=mark("Put those of them that are reviewed or skipped back to work."),
    ),
    _row(
        id="selected-prelabel", text=mark("Selected images: &pre-label"), icon="sparkle",
        group="selected",
        tip=mark("Let the model propose on them; what is yours stays as it is."),
    ),
    _row(
        id="selected-train", text=mark("Selected images: &training"), group="selected-split",
        tip=mark("Models learn from them."),
    ),
    _row(
        id="selected-val", text=mark("Selected images: &validation"), group="selected-split",
        tip=mark("Models are measured on them, and never learn from them."),
    ),
    _row(
        id="selected-test", text=mark("Selected images: t&est"), group="selected-split",
        tip=mark("Kept aside: models neither learn from them nor are chosen by them."),
    ),
    _row(
        id="selected-unassigned", text=mark("Selected images: n&o split"),
        group="selected-split",
        tip=mark("The next training or export gives them a place again."),
    ),
)  # fmt: skip
