"""Batch runs: many images changed by one piece of work, and taken back as one.

A run never touches a person's work, whatever its caller asks: the rows decide, not the request.
All functions run inside the caller's write transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from typing import Any

import apsw

from dynseg.annotation.classes import ClassLabel
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import ImageState, new_id
from dynseg.annotation.rejections import UNASKED
from dynseg.errors import ProjectError
from dynseg.project import journal
from dynseg.project.connection import fetch_all, fetch_one, fetch_value
from dynseg.project.documents import Planned, planned, write_planned
from dynseg.project.records import RunRow, Split, UndoRunSummary
from dynseg.project.rows import (
    ImageRecord,
    MisfitError,
    read_classes,
    read_images,
    write_class,
    write_images,
)

PRELABEL = "prelabel"
FOLLOW = "follow"
"""Kind of the runs that follow shapes of one image through others."""
ACCEPT = "accept"
"""Kind of the runs that accept proposals of many images for a person."""
MARK = "mark"
"""Kind of the runs that mark many images for a person: reviewed, skipped, back to work."""
SPLIT = "split"
"""Kind of the runs that give many images a place in the split for a person."""
CLASSES = "classes"
"""Kind of the runs that `class_changes` writes."""
MADE_CLASSES = "made_classes"
"""Setting of a run: classes that were made for it, id (as text) -> name. Imports of before say
`classes`, which in a run of a model are those that it was to propose."""
DIVIDED = "divided"
"""Setting of a run: places in the split that it gave to images without one, split -> ids."""
UNDONE = "undone"
"""State of a run that was taken back."""
TICK_S = 0.001
"""Runs begin at least so far from each other."""
_CLOSED = (ImageState.REVIEWED, ImageState.SKIPPED)
UNDOABLE = (PRELABEL, FOLLOW, "import", ACCEPT, MARK, SPLIT)
"""Kinds of runs that a person takes back as a whole."""
_TEXTS = {
    PRELABEL: "Pre-label",
    FOLLOW: "Follow shapes",
    "import": "Import labels",
    ACCEPT: "Accept proposals",
    MARK: "Mark images",
}


def begin(
    connection: apsw.Connection,
    kind: str,
    model_id: str,
    settings: dict[str, Any],
    run_id: str | None = None,
) -> str:
    """Write down that a run starts, under a new id where none is given; returns its id."""
    run_id = run_id or new_id()
    last_s = fetch_value(connection, "SELECT coalesce(max(started_s), 0) FROM run")
    # A clock may have been set back, or not have moved: the last run is taken back by its place.
    started_s = max(time.time(), last_s + TICK_S)
    connection.execute(
        "INSERT INTO run(id, kind, model_id, settings, state, started_s) VALUES(?,?,?,?,?,?)",
        (run_id, kind, model_id, json.dumps(settings), "running", started_s),
    )
    return run_id


def note_made(connection: apsw.Connection, run_id: str, label: ClassLabel) -> None:
    """Write down that a class was made for a run: it goes with the run."""
    settings = _settings(connection, run_id)
    settings.setdefault(MADE_CLASSES, {})[str(label.id)] = label.name
    connection.execute("UPDATE run SET settings=? WHERE id=?", (json.dumps(settings), run_id))


def divide(connection: apsw.Connection, image_ids: Sequence[int], split: Split) -> str:
    """Give images a place in the split as a run, which knows where they were.

    Returns:
        Id of the run; empty when all of them have that place already.
    """
    moved = [own for own in read_images(connection, image_ids).values() if own.split != split]
    if not moved:
        return ""
    before: dict[str, list[int]] = {}
    for own in moved:
        before.setdefault(own.split, []).append(own.id)
    run_id = begin(connection, SPLIT, "", {"split": split, "before": before})
    write_images(connection, [own._replace(split=split) for own in moved])
    finish(connection, run_id, "finished")
    return run_id


def finish(connection: apsw.Connection, run_id: str, state: str) -> None:
    """Write down how a run ended; one that was taken back on its way stays so."""
    _, before = _kind_and_state(connection, run_id)
    kept = UNDONE if before == UNDONE else state
    connection.execute(
        "UPDATE run SET state=?, finished_s=? WHERE id=?", (kept, time.time(), run_id)
    )


def commit(
    connection: apsw.Connection, run_id: str, items: Sequence[tuple[int, int, Delta]]
) -> list[int]:
    """Write the changes of a run.

    Args:
        connection: In a write transaction.
        run_id: From `begin`.
        items: Image id, the revision that the change was computed from, the change.

    Returns:
        Images that were refused and are as they were: changed meanwhile, reviewed or skipped (but
        for a person who marks them otherwise), or the change would have touched a person's work.
        All of them when the run was taken back.
    """
    kind, state = _kind_and_state(connection, run_id)
    if state == UNDONE:  # while it went on; what came after would stay, and nobody could undo it
        return [image_id for image_id, _, _ in items]
    step = journal.Step(_TEXTS.get(kind, kind.capitalize()), run_id=run_id)
    images = read_images(connection, [image_id for image_id, _, _ in items])
    refused: list[int] = []
    accepted: dict[int, Planned] = {}
    ops = []
    for image_id, expected_revision, delta in items:
        image = images[image_id]
        item = None
        if image_id not in accepted and image.revision == expected_revision:
            item = _allowed(connection, image, delta, kind)
        if item is None:
            refused.append(image_id)
            continue
        accepted[image_id] = item
        parent = journal.last_step(connection, image_id) if image.revision else journal.FIRST
        ops.append(journal.op_row(item, step, parent, delta))
    write_planned(connection, list(accepted.values()))
    journal.drop_undone(connection, [i for i in accepted if images[i].revision])
    journal.append(connection, ops)
    return refused


def undo(connection: apsw.Connection, run_id: str) -> UndoRunSummary:
    """Take back a run wherever nothing was done since; newer proposals of models go with it."""
    kind, _ = _kind_and_state(connection, run_id)
    if kind == SPLIT:
        return _undo_division(connection, run_id)
    restored, kept = [], []
    for image_id, first in fetch_all(
        connection,
        "SELECT image_id, min(seq) FROM op WHERE run_id=? AND undone=0 AND dropped=0 "
        "GROUP BY image_id",
        (run_id,),
    ):
        since = fetch_all(
            connection,
            "SELECT seq, run_id IS ? OR (run_id IS NULL AND gesture=?) FROM op "
            "WHERE image_id=? AND seq>=? AND undone=0 AND dropped=0 ORDER BY seq DESC",
            (run_id, UNASKED, image_id, first),
        )
        if not all(goes for _, goes in since):
            kept.append(image_id)
            continue
        for seq, _ in since:
            journal.take_back(connection, image_id, seq)
        restored.append(image_id)
    connection.execute("UPDATE run SET state=? WHERE id=?", (UNDONE, run_id))
    _retire_made(connection, run_id)
    _take_places(connection, run_id, kept)
    return UndoRunSummary(restored=sorted(restored), kept=sorted(kept))


def _take_places(connection: apsw.Connection, run_id: str, kept: Collection[int]) -> None:
    """Take the places in the split back that a run gave, but for images that keep its labels."""
    given = _settings(connection, run_id).get(DIVIDED) or {}
    place = {i: split for split, ids in given.items() for i in ids if i not in kept}
    own = read_images(connection, list(place)).values()
    here = [image._replace(split="") for image in own if image.split == place[image.id]]
    write_images(connection, here)


def _undo_division(connection: apsw.Connection, run_id: str) -> UndoRunSummary:
    """Give images the places back that they had; those that got another one since keep it."""
    settings = _settings(connection, run_id)
    before = {i: split for split, ids in settings["before"].items() for i in ids}
    own = read_images(connection, list(before)).values()
    here = [image for image in own if image.split == settings["split"]]
    write_images(connection, [image._replace(split=before[image.id]) for image in here])
    connection.execute("UPDATE run SET state=? WHERE id=?", (UNDONE, run_id))
    restored = {image.id for image in here}
    return UndoRunSummary(restored=sorted(restored), kept=sorted(before.keys() - restored))


def _settings(connection: apsw.Connection, run_id: str) -> dict[str, Any]:
    row = fetch_one(connection, "SELECT settings FROM run WHERE id=?", (run_id,))
    found: dict[str, Any] = json.loads(row[0]) if row is not None else {}
    return found


def _retire_made(connection: apsw.Connection, run_id: str) -> None:
    """Take out the classes that a run made, unless a shape has them or somebody renamed them.

    Their rows stay, retired: redo of an image brings a class back with its shapes.
    """
    settings = _settings(connection, run_id)
    made = settings.get(MADE_CLASSES) or settings.get("classes")
    if not isinstance(made, dict):
        return
    used = {i for (i,) in fetch_all(connection, "SELECT DISTINCT class_id FROM tally")}
    for own in read_classes(connection):
        if not own.retired and own.id not in used and made.get(str(own.id)) == own.name:
            write_class(connection, own._replace(retired=1))


_UNTOUCHED = (
    "AND NOT EXISTS (SELECT 1 FROM op AS later WHERE later.image_id=op.image_id "
    "AND later.seq>op.seq AND later.run_id IS NULL AND later.undone=0 AND later.dropped=0) "
)


def steps(
    connection: apsw.Connection, run_id: str, *, untouched: bool = False
) -> dict[int, list[int]]:
    """Numbers of the steps of a run that are neither undone nor dropped, by image.

    With `untouched` only those after which no step without a run was taken in their image.
    """
    found: dict[int, list[int]] = {}
    for image_id, seq in fetch_all(
        connection,
        "SELECT image_id, seq FROM op JOIN image ON image.id=image_id "
        f"WHERE run_id=? AND undone=0 AND dropped=0 {_UNTOUCHED if untouched else ''}"
        "ORDER BY position, seq",
        (run_id,),
    ):
        found.setdefault(image_id, []).append(seq)
    return found


def listed(connection: apsw.Connection, run_id: str | None = None) -> list[RunRow]:
    """All batch runs, newest first, or one; changes of classes are kept as runs, but are none."""
    rows = fetch_all(
        connection,
        "SELECT id, kind, model_id, settings, state, started_s, finished_s, "
        "(SELECT count(DISTINCT image_id) FROM op WHERE op.run_id=run.id) "
        "FROM run WHERE kind != ? AND id = ifnull(?, id) ORDER BY started_s DESC, id",
        (CLASSES, run_id),
    )
    return [_listed(*row) for row in rows]


def _listed(
    run_id: str,
    kind: str,
    model_id: str,
    encoded: str,
    state: str,
    started_s: float,
    finished_s: float | None,
    images: int,
) -> RunRow:
    settings = json.loads(encoded)
    if kind == SPLIT:  # it makes no steps of images
        images = sum(map(len, settings["before"].values()))
    return RunRow(run_id, kind, model_id, settings, state, started_s, finished_s, images)


def _kind_and_state(connection: apsw.Connection, run_id: str) -> tuple[str, str]:
    row = fetch_one(connection, "SELECT kind, state FROM run WHERE id=?", (run_id,))
    if row is None:
        raise ProjectError("The project knows no such run; nothing was written.")
    return str(row[0]), str(row[1])


def _allowed(
    connection: apsw.Connection, image: ImageRecord, delta: Delta, kind: str
) -> Planned | None:
    """What a run does to an image, or None when it may not."""
    if image.state in _CLOSED and kind != MARK:
        return None
    if kind in (PRELABEL, FOLLOW) and (
        delta.state_after in _CLOSED or any(item.is_human_work for _, item in delta.added)
    ):
        return None  # nobody has looked: it vouches for nothing
    try:
        item = planned(connection, image, delta)
    except MisfitError:
        return None
    return None if item.touches_human_work else item
