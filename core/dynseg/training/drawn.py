"""Which outlines of a snapshot a person drew: where those of models lie says nothing about edges.

A proposal of a model that follows edges lies on them, and one that was kept as it is would speak
for edges for ever. Free of torch.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import msgspec

from dynseg.errors import DynsegError
from dynseg.files import write_atomic
from dynseg.formats.staging import read_manifest
from dynseg.project.view import ProjectView
from dynseg.review.effort import outlined_by_person
from dynseg.training.run import RunFolder

MOST_IMAGES = 24
_LOOKED_AT = 4
"""So many times as many images are looked at for such outlines: each costs its history."""
_FILE = "drawn.json"
_VALIDATES = "images/val/"


def note_drawn(view: ProjectView, run: RunFolder) -> None:
    """Note which labels of the validation images of a run have an outline that a person drew.

    Args:
        view: The project that its snapshot was made of.
        run: With its snapshot.

    Raises:
        OSError: the disk is full.
    """
    manifest = read_manifest(run.data_yaml.parent) or {}
    entries = [e for e in manifest.get("images", ()) if e["image"].startswith(_VALIDATES)]
    apart = -(-len(entries) // (_LOOKED_AT * MOST_IMAGES)) or 1
    ids = {row.rel: row.id for row in view.images()}
    told = ((entry["image"], _rows(view, ids, entry)) for entry in entries[::apart])
    drawn = dict(itertools.islice(((image, rows) for image, rows in told if rows), MOST_IMAGES))
    write_atomic(run.path / _FILE, msgspec.json.encode(drawn))


def drawn_rows(run: RunFolder) -> dict[str, list[int]] | None:
    """Numbers of the rows of labels, from 0, by image as the manifest calls it.

    None for a run that has noted nothing.
    """
    try:
        return msgspec.json.decode((run.path / _FILE).read_bytes(), type=dict[str, list[int]])
    except (OSError, msgspec.MsgspecError):
        return None


def _rows(view: ProjectView, ids: Mapping[str, int], entry: dict[str, Any]) -> list[int]:
    image_id, numbers = ids.get(entry["source"]), entry["shapes"]
    try:
        shapes = view.annotation(image_id).instances if image_id is not None else ()
        drawn = outlined_by_person(view, image_id) if image_id is not None else set()
    except DynsegError:
        return []
    if max(numbers, default=0) > len(shapes):
        return []  # changed since it was copied
    return [at for at, number in enumerate(numbers) if shapes[number - 1].id in drawn]
