"""What the store answers: light rows, so that a folder of 100,000 images is listed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from dynseg.annotation.document import ImageState

Split = Literal["train", "val", "test", ""]
SPLITS: tuple[Split, ...] = ("train", "val", "test", "")


class ImageRow(NamedTuple):
    """One image of a project.

    Attributes:
        id: Row id, never reused.
        rel: Path relative to the images folder, with forward slashes.
        width, height: Pixels after EXIF rotation; 0 when the file could not be read.
        state: How far the work is.
        revision: Counts committed changes.
        instance_count: Number of shapes.
        min_score: Lowest score of a shape that is still the model's, None when there is none.
        split: `train`, `val`, `test`, or empty while not assigned.
        damage: Why the file cannot be used, as a clause; empty when it can.
        size_bytes: Size of the file.
        mtime_ns: Modification time of the file.
        is_other_file: 1 when the file has other content than the one that its labels were made on.
    """

    id: int
    rel: str
    width: int
    height: int
    state: ImageState
    revision: int
    instance_count: int
    min_score: float | None
    split: Split
    damage: str
    size_bytes: int
    mtime_ns: int
    is_other_file: int = 0


class JournalEntry(NamedTuple):
    """One step in the history of an image.

    Attributes:
        seq: Orders the steps of a project.
        text: What was done, in words.
        gesture: Commits of one gesture are one step.
        undone: Taken back; redo brings it again.
        dropped: Taken back, then overtaken by another edit; kept as history.
        run_id: The batch run that did it.
        time_s: When, seconds since the epoch; for display, never for ordering.
        revision: Revision of the image right after.
    """

    seq: int
    text: str
    gesture: str
    undone: bool
    dropped: bool
    run_id: str | None
    time_s: float
    revision: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One batch run.

    Attributes:
        kind: `prelabel`, `import`, ...
        model_id: The model that ran, empty when none did.
        settings: What it ran with.
        state: `running`, `finished`, `failed`, `cancelled` or `undone`.
        started_s, finished_s: Seconds since the epoch; None while it runs.
        images: Images that it changed.
    """

    id: str
    kind: str
    model_id: str
    settings: dict[str, Any]
    state: str
    started_s: float
    finished_s: float | None
    images: int


@dataclass(frozen=True, slots=True)
class UndoRunSummary:
    """What taking back a run did.

    Attributes:
        restored: Images that are again as they were before.
        kept: Images that were changed after the run and stay as they are.
    """

    restored: list[int]
    kept: list[int]


@dataclass(frozen=True, slots=True)
class RescanSummary:
    """What a new look at the images folder found, as counts of files.

    Attributes:
        added: New ones, now in the project.
        missing: Gone; their labels stay.
        changed: With other content, or back again.
    """

    added: int
    missing: int
    changed: int
