"""Committing an edit, and the journal that takes it back, also after a restart.

The steps of an image that are neither undone nor dropped are its past; those undone are what redo
brings back. A new edit drops the latter: they stay in the table as history.
All functions run inside the caller's write transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import apsw
import msgspec

from dynseg.annotation.codec import decode_delta, encode_delta, row_hash
from dynseg.annotation.delta import Delta, apply, diff, invert
from dynseg.errors import ProjectError
from dynseg.project.connection import Row, fetch_one
from dynseg.project.rows import (
    MisfitError,
    committed,
    damaged,
    planned,
    read_annotation,
    read_image,
    stale,
    write_change,
    write_images,
)

_pack = msgspec.msgpack.Encoder().encode

OP_COLUMNS = "image_id, text, gesture, run_id, time_s, revision, hash, delta"


@dataclass(frozen=True, slots=True)
class Step:
    """What the journal says about an edit.

    Attributes:
        text: What was done, in words.
        gesture: Not empty: commits with the same gesture become one step.
        run_id: The batch run that does it.
    """

    text: str
    gesture: str = ""
    run_id: str | None = None


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
    earlier = _same_gesture(connection, image_id, step)
    before = read_annotation(connection, image_id) if earlier else None
    change = planned(connection, image, delta)
    write_change(connection, [change])
    after = committed(image, change, delta.state_after)
    write_images(connection, [after])
    drop_undone(connection, [image_id])
    if earlier and before:
        seq, first_delta = earlier
        whole = diff(apply(before, invert(first_delta)), apply(before, delta))
        _overwrite(connection, seq, op_row(image_id, step, after.revision, whole))
    else:
        append(connection, [op_row(image_id, step, after.revision, delta)])
    return after.revision


def undo(connection: apsw.Connection, image_id: int) -> bool:
    """Take the last step back; False when there is none."""
    row = fetch_one(
        connection,
        "SELECT seq FROM op WHERE image_id=? AND undone=0 AND dropped=0 ORDER BY seq DESC LIMIT 1",
        (image_id,),
    )
    if row is None:
        return False
    take_back(connection, image_id, row[0])
    return True


def redo(connection: apsw.Connection, image_id: int) -> bool:
    """Bring the step that was taken back last again; False when there is none."""
    row = fetch_one(
        connection,
        "SELECT seq FROM op WHERE image_id=? AND undone=1 AND dropped=0 ORDER BY seq LIMIT 1",
        (image_id,),
    )
    if row is None:
        return False
    _move(connection, image_id, read_delta(connection, row[0]))
    connection.execute("UPDATE op SET undone=0 WHERE seq=?", row)
    return True


def take_back(connection: apsw.Connection, image_id: int, seq: int) -> None:
    """Undo one step; it has to be the last one of the image that is not undone."""
    _move(connection, image_id, invert(read_delta(connection, seq)))
    connection.execute("UPDATE op SET undone=1 WHERE seq=?", (seq,))


def drop_undone(connection: apsw.Connection, image_ids: Iterable[int]) -> None:
    """Overtake what redo would bring back; it stays as history."""
    connection.executemany(
        "UPDATE op SET dropped=1 WHERE image_id=? AND undone=1 AND dropped=0",
        [(image_id,) for image_id in image_ids],
    )


def op_row(
    image_id: int,
    step: Step,
    revision: int,
    delta: Delta,
    encoded: Mapping[str, bytes] | None = None,
) -> Row:
    """A journal row, in the order of `OP_COLUMNS`; `encoded` as for `encode_delta`."""
    data = encode_delta(delta, encoded)
    digest = op_hash(image_id, step.run_id, revision, data)
    return (
        image_id, step.text, step.gesture, step.run_id, time.time(), revision, digest, data,
    )  # fmt: skip


def op_hash(image_id: int, run_id: str | None, revision: int, data: bytes) -> bytes:
    """Hash of what undo and redo rely on."""
    return row_hash(_pack((image_id, run_id, revision)) + data)


def append(connection: apsw.Connection, rows: list[Row]) -> None:
    """Add journal rows."""
    connection.executemany(f"INSERT INTO op({OP_COLUMNS}) VALUES(?,?,?,?,?,?,?,?)", rows)


def read_delta(connection: apsw.Connection, seq: int) -> Delta:
    """What one step changed.

    Raises:
        ProjectError: there is no such step, or its row is damaged.
    """
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
        raise damaged(rel, "a step of its history")
    try:
        return decode_delta(data)
    except ValueError as error:
        raise damaged(rel, "a step of its history") from error


def _move(connection: apsw.Connection, image_id: int, delta: Delta) -> None:
    """Apply a delta of the journal."""
    image = read_image(connection, image_id)
    try:
        change = planned(connection, image, delta)
    except MisfitError as error:
        raise damaged(image.rel, "a step of its history") from error
    write_change(connection, [change])
    write_images(connection, [committed(image, change, delta.state_after)])


def _same_gesture(
    connection: apsw.Connection, image_id: int, step: Step
) -> tuple[int, Delta] | None:
    """The last step of the image, if it belongs to the same gesture."""
    if not step.gesture:
        return None
    row = fetch_one(
        connection,
        "SELECT seq, gesture, run_id FROM op WHERE image_id=? AND undone=0 AND dropped=0 "
        "ORDER BY seq DESC LIMIT 1",
        (image_id,),
    )
    if row is None or row[1] != step.gesture or row[2] != step.run_id:
        return None
    return row[0], read_delta(connection, row[0])


def _overwrite(connection: apsw.Connection, seq: int, row: Row) -> None:
    connection.execute(
        "UPDATE op SET image_id=?, text=?, gesture=?, run_id=?, time_s=?, revision=?, hash=?, "
        "delta=? WHERE seq=?",
        (*row, seq),
    )
