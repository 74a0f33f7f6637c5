"""The data of a run: copies of what was reviewed at one moment, never touched again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dynseg.annotation.document import ImageState
from dynseg.errors import InputError, TrainingError
from dynseg.formats.finding import Finding, missing_images
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.staging import MANIFEST, file_digest
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.store import Store

LEAST_IMAGES = 2


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """What a snapshot holds.

    Attributes:
        path: Its folder.
        images: Images that train.
        val_images: Images that validate.
        instances: Shapes in all.
        dropped: Reviewed images and shapes that are not in it, with the reason.
        sha256: Hash of the manifest, which has the hash of every file.
    """

    path: Path
    images: int
    val_images: int
    instances: int
    dropped: tuple[Finding, ...]
    sha256: str


def make_snapshot(
    store: Store,
    folder: Path,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> SnapshotSummary:
    """Copy the reviewed images and their labels into a folder of their own.

    Training on the originals is out of the question: ultralytics writes damaged JPEGs anew.

    Args:
        store: The project; images without a split get theirs now and keep it.
        folder: New; becomes an export in ultralytics' layout.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        TrainingError: there are too few reviewed images, or no shape in them.
        StoreWriteError: the disk is full; no folder is left behind.
        CancelledError: `cancel` was set; no folder is left behind.
    """
    reviewed = [row for row in store.images() if row.state is ImageState.REVIEWED]
    if len(reviewed) < LEAST_IMAGES:
        raise TrainingError(
            f"Reviewed images: {len(reviewed)}; training and comparing models need at least "
            f"{LEAST_IMAGES}.",
            "Review some images first: accept what is right and correct the rest.",
        )
    if not any(row.instance_count for row in reviewed):
        raise TrainingError(
            "None of the reviewed images has a shape, so there is nothing to learn.",
            "Draw shapes, or accept proposals, and mark the images as reviewed.",
        )
    try:
        summary = export(store, folder, link="copy", report=report, cancel=cancel)
    except InputError as error:
        raise TrainingError(error.message, error.hint) from error
    if summary.images < LEAST_IMAGES or not summary.instances:
        gone = missing_images(summary.dropped)
        hint = "Run `dynseg check` to see what is wrong with the others."
        if gone:
            hint = (
                f"The files of {len(gone)} are missing, {gone[0]} is the first: connect their "
                "drive, or look for them with File, Find moved images."
            )
        raise TrainingError(
            f"{len(reviewed)} images are reviewed; {summary.images} of them can be read, with "
            f"{summary.instances} shapes, which is too little to learn from.",
            hint,
        )
    training = summary.by_split.get("train", 0)
    return SnapshotSummary(
        folder,
        training or summary.images,
        summary.by_split.get("val", 0) or training,
        summary.instances,
        summary.dropped,
        file_digest(folder / MANIFEST),
    )
