"""Committing an edit, and the journal that takes it back, also after a restart.

The steps of an image that are neither undone nor dropped are its past; those undone are what redo
brings back. A new edit drops the latter: they stay in the table as history.
All functions run inside the caller's write transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from dynseg.annotation.codec import decode_alone, decode_delta, encode_delta, leaves_shapes
from dynseg.annotation.delta import Delta, Placed, apply, diff, invert
from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import PROPOSING
from dynseg.errors import DamagedError, ProjectError
from dynseg.project.connection import Row, fetch_all, fetch_one
from dynseg.project.digest import fields_hash
from dynseg.project.documents import Planned, planned, read_annotation, write_planned
from dynseg.project.rows import MisfitError, read_image, stale

OP_COLUMNS = "image_id, text, gesture, run_id, parent, time_s, revision, hash, delta"
FIRST = 0
"""Parent of a step that was made on the document as it was in the beginning."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the journal says about an edit.

    Attributes:
        text: What was done, in words.
        gesture: Not empty: commits with the same gesture become one step.
        run_id: The batch run that does it.
        whole: Write new shapes into the step as well, so that it can be read without the document.
    """

    text: str
    gesture: str = ""
    run_id: str | None = None
    whole: bool = False


def commit(
    connection: apsw.Connection, image_id: int, delta: Delta, *, expected_revision: int, step: Step
) -> int:
    """Write an edit and its journal row; returns the new revision.

    Raises:
        StaleRevisionError: the image is at another revision.
        MisfitError: the delta does not start from what is saved.
    """
    image = read_image(connection, image_id)
    if image.revision != expected_revision:
        raise stale(image)
    parent = last_step(connection, image_id) if image.revision else FIRST
    same = _same_gesture(connection, image_id, parent, step)
    before = read_annotation(connection, image_id) if same else None
    item = planned(connection, image, delta)
    write_planned(connection, [item])
    drop_undone(connection, [image_id])
    if before is not None:
        first_delta = read_delta(connection, parent, before)
        whole = diff(apply(before, invert(first_delta)), apply(before, delta))
        _overwrite(connection, parent, step, image_id, item.after.revision, whole)
    else:
        append(connection, [op_row(item, step, parent, delta)])
    return item.after.revision


def undo(connection: apsw.Connection, image_id: int) -> bool:
    """Take the last step back; False when there is none."""
    seq = last_step(connection, image_id)
    if seq == FIRST:
        return False
    take_back(connection, image_id, seq)
    return True


def redo(connection: apsw.Connection, image_id: int) -> bool:
    """Bring the step that was taken back last again; False when there is none."""
    seq = next_step(connection, image_id)
    if seq is None:
        return False
    _move(connection, image_id, read_delta(connection, seq))
    connection.execute("UPDATE op SET undone=0 WHERE seq=?", (seq,))
    return True


def next_step(connection: apsw.Connection, image_id: int) -> int | None:
    """The step that redo would do again, None when there is none."""
    row = fetch_one(
        connection,
        "SELECT seq FROM op WHERE image_id=? AND undone=1 AND dropped=0 ORDER BY seq LIMIT 1",
        (image_id,),
    )
    return None if row is None else int(row[0])


def text_of(connection: apsw.Connection, seq: int) -> str:
    """What a step did, in words; empty when there is no such step."""
    row = fetch_one(connection, "SELECT text FROM op WHERE seq=?", (seq,))
    return "" if row is None else str(row[0])


def last_step(connection: apsw.Connection, image_id: int) -> int:
    """The step that undo would take back, `FIRST` when there is none."""
    row = fetch_one(
        connection,
        "SELECT seq FROM op WHERE image_id=? AND undone=0 AND dropped=0 ORDER BY seq DESC LIMIT 1",
        (image_id,),
    )
    return FIRST if row is None else int(row[0])


def take_back(connection: apsw.Connection, image_id: int, seq: int) -> None:
    """Undo one step; it has to be the last one of the image that is not undone."""
    after = read_annotation(connection, image_id)
    delta = read_delta(connection, seq, after)
    _keep_whole(connection, seq, delta)
    _move(connection, image_id, invert(delta))
    connection.execute("UPDATE op SET undone=1 WHERE seq=?", (seq,))


def drop_undone(connection: apsw.Connection, image_ids: Iterable[int]) -> None:
    """Overtake what redo would bring back; it stays as history."""
    connection.executemany(
        "UPDATE op SET dropped=1 WHERE image_id=? AND undone=1 AND dropped=0",
        [(image_id,) for image_id in image_ids],
    )


def op_row(item: Planned, step: Step, parent: int, delta: Delta) -> Row:
    """The journal row of a change, in the order of `OP_COLUMNS`."""
    image_id, revision = item.after.id, item.after.revision
    data = encode_delta(delta, leave=not step.whole)
    digest = op_hash(image_id, step.run_id, revision, data)
    return (
        image_id, step.text, step.gesture, step.run_id, parent, time.time(), revision, digest, data,
    )  # fmt: skip


def op_hash(image_id: int, run_id: str | None, revision: int, data: bytes) -> bytes:
    """Hash of what undo and redo rely on."""
    return fields_hash((image_id, run_id, revision), data)


def append(connection: apsw.Connection, rows: list[Row]) -> None:
    """Add journal rows."""
    connection.executemany(f"INSERT INTO op({OP_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?)", rows)


def read_delta(connection: apsw.Connection, seq: int, after: Annotation | None = None) -> Delta:
    """What one step changed.

    Args:
        connection: In a transaction.
        seq: The step.
        after: The document right after the step; a step that is not undone needs it, since what
            it added stands there alone.

    Raises:
        ProjectError: there is no such step, or its row is damaged.
    """
    rel, data = _verified(connection, seq)
    try:
        return decode_delta(data, after)
    except ValueError as error:
        raise DamagedError(rel, "a step of its history") from error


def removed(connection: apsw.Connection, seq: int) -> Placed:
    """What one step took out or changed, as it was before; positions are those before the step.

    Raises:
        ProjectError: there is no such step, or its row is damaged.
    """
    rel, data = _verified(connection, seq)
    try:
        return decode_alone(data)[0]
    except ValueError as error:
        raise DamagedError(rel, "a step of its history") from error


def _verified(connection: apsw.Connection, seq: int) -> tuple[str, bytes]:
    """Path of the image, and the bytes of a step's delta."""
    row = fetch_one(
        connection,
        "SELECT op.image_id, run_id, op.revision, op.hash, delta, rel "
        "FROM op JOIN image ON image.id=image_id WHERE seq=?",
        (seq,),
    )
    if row is None:
        raise ProjectError(f"The history has no step with number {seq}.")
    image_id, run_id, revision, digest, data, rel = row
    if op_hash(image_id, run_id, revision, data) != digest:
        raise DamagedError(rel, "a step of its history")
    return rel, data


def _keep_whole(connection: apsw.Connection, seq: int, delta: Delta) -> None:
    """Before what a step added leaves the document: write it into the step, for redo."""
    sql = "SELECT image_id, run_id, revision, delta FROM op WHERE seq=?"
    ((image_id, run_id, revision, data),) = fetch_all(connection, sql, (seq,))
    if leaves_shapes(data):
        data = encode_delta(delta)
        digest = op_hash(image_id, run_id, revision, data)
        connection.execute("UPDATE op SET hash=?, delta=? WHERE seq=?", (digest, data, seq))


def _move(connection: apsw.Connection, image_id: int, delta: Delta) -> None:
    """Apply a delta of the journal."""
    image = read_image(connection, image_id)
    try:
        item = planned(connection, image, delta)
    except MisfitError as error:
        raise DamagedError(image.rel, "a step of its history") from error
    write_planned(connection, [item])


def _same_gesture(connection: apsw.Connection, image_id: int, seq: int, step: Step) -> bool:
    """Whether a step belongs to the same gesture, and nothing was ever made on top of it."""
    if not step.gesture or seq == FIRST:
        return False
    row = fetch_one(connection, "SELECT gesture, run_id, time_s FROM op WHERE seq=?", (seq,))
    if row is None or tuple(row[:2]) != (step.gesture, step.run_id):
        return False
    # What was undone stays in the history, as made on this step: its document may not change.
    on_top = "SELECT 1 FROM op WHERE image_id=? AND seq>? AND parent=? LIMIT 1"
    if fetch_one(connection, on_top, (image_id, seq, seq)) is not None:
        return False
    # Proposals may come long after those that they replace. What a person changed about the
    # classes in between is older than they are: undo has to meet them first.
    return not (step.gesture.startswith(PROPOSING) and _classes_changed(connection, row[2]))


def _classes_changed(connection: apsw.Connection, since_s: float) -> bool:
    sql = "SELECT 1 FROM run WHERE id > 'classes-' AND id < 'classes.' AND started_s>? LIMIT 1"
    return fetch_one(connection, sql, (since_s,)) is not None


def _overwrite(
    connection: apsw.Connection, seq: int, step: Step, image_id: int, revision: int, delta: Delta
) -> None:
    """Make a step say what it and the one after it did."""
    data = encode_delta(delta, leave=True)
    connection.execute(
        "UPDATE op SET text=?, time_s=?, revision=?, hash=?, delta=? WHERE seq=?",
        (
            step.text, time.time(), revision, op_hash(image_id, step.run_id, revision, data), data,
            seq,
        ),
    )  # fmt: skip
