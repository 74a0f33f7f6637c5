"""Which outlines of a snapshot a person drew, and which are those of proposals that were kept.

A proposal that was kept lies where the model of that time put it. Free of torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dynseg.errors import DynsegError
from dynseg.files import write_atomic
from dynseg.formats.outgoing.staging import read_manifest
from dynseg.project.view import ProjectView
from dynseg.review.effort import outlined_by_person
from dynseg.training.run import RunFolder

MOST_IMAGES = 24
_FILE = "drawn.json"
_VALIDATES = "images/val/"


def note_drawn(view: ProjectView, run: RunFolder) -> None:
    """Note which labels of some images that measure have an outline that a person drew.

    Args:
        view: The project that its snapshot was made of.
        run: With its snapshot and its plan.

    Raises:
        OSError: the disk is full.
    """
    manifest = read_manifest(run.data_yaml.parent) or {}
    folds = run.plan().folds
    measure = {name for part in folds.parts for name in part} if folds else None
    entries = [
        entry
        for entry in manifest.get("images", ())
        if (entry["image"].startswith(_VALIDATES) if measure is None else entry["image"] in measure)
    ]
    ids = {row.rel: row.id for row in view.images()}
    drawn = {
        entry["image"]: rows
        for entry in entries[:: -(-len(entries) // MOST_IMAGES) or 1]
        if (rows := _rows(view, ids, entry)) is not None
    }
    write_atomic(run.path / _FILE, msgspec.json.encode(drawn))


def drawn_rows(run: RunFolder) -> dict[str, list[int]] | None:
    """Numbers of the rows of labels, from 0, by image as the manifest calls it.

    None for a run that has noted nothing.
    """
    try:
        return msgspec.json.decode((run.path / _FILE).read_bytes(), type=dict[str, list[int]])
    except (OSError, msgspec.MsgspecError):
        return None


def _rows(view: ProjectView, ids: Mapping[str, int], entry: dict[str, Any]) -> list[int] | None:
    """Rows of an image with an outline of a person; None where nobody knows any more."""
    image_id, numbers = ids.get(entry["source"]), entry["shapes"]
    if image_id is None:
        return None
    try:
        shapes = view.annotation(image_id).instances
        drawn = outlined_by_person(view, image_id)
    except DynsegError:
        return None
    if max(numbers, default=0) > len(shapes):
        return None  # changed since it was copied
    return [at for at, number in enumerate(numbers) if shapes[number - 1].id in drawn]
