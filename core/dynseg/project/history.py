"""Past versions of an image: what it looked like after any step, and bringing that back.

Every step knows the one that it was made on top of. So the versions of an image are a tree: the
present lies at the end of one branch, and what was undone and then overtaken on others. The way
from the present to a version goes back to where the branches part, then forward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import apsw

from dynseg.annotation.codec import decode_alone
from dynseg.annotation.delta import Delta, apply, diff, invert
from dynseg.annotation.document import Annotation, Instance
from dynseg.annotation.rejections import PROPOSING, Boxes, Rejections, rejection, taken_out
from dynseg.errors import DamagedError, ProjectError
from dynseg.project import journal, runs
from dynseg.project.connection import Row, fetch_all, fetch_one
from dynseg.project.documents import read_annotation
from dynseg.project.rows import read_image

RESTORE_TEXT = "Bring back an earlier version"
RESTORING = "restore:"
"""Gesture of the step that does it: this, and the step whose version it is."""


def document_at(connection: apsw.Connection, image_id: int, seq: int) -> Annotation:
    """The document right after a step; the caller holds a transaction.

    Raises:
        ProjectError: there is no such step, or the history is damaged.
    """
    document = read_annotation(connection, image_id)
    steps = {
        step: (parent, is_past != 0)
        for step, parent, is_past in fetch_all(
            connection,
            "SELECT seq, parent, undone=0 AND dropped=0 FROM op WHERE image_id=?",
            (image_id,),
        )
    }
    fork, ahead = _way(steps, seq)
    for _, _, before in past(connection, document, fork):
        document = before
    for step in ahead:
        document = _applied(connection, document, journal.read_delta(connection, step))
    return document


def past(
    connection: apsw.Connection, present: Annotation, until: int = journal.FIRST
) -> Iterator[tuple[int, Delta, Annotation]]:
    """The steps that led to the present document, the newest first; the caller holds a transaction.

    Args:
        connection: The database.
        present: The document as it is saved.
        until: Go back to right after this step.

    Yields:
        Number of the step, what it changed, and the document before it.

    Raises:
        ProjectError: the history is damaged.
    """
    rows = fetch_all(
        connection,
        "SELECT seq FROM op WHERE image_id=? AND seq>? AND undone=0 AND dropped=0 "
        "ORDER BY seq DESC",
        (present.image_id, until),
    )
    document = present
    for (seq,) in rows:
        delta = journal.read_delta(connection, seq, document)
        document = _applied(connection, document, invert(delta))
        yield seq, delta, document


def rejections(connection: apsw.Connection, image_id: int) -> Rejections:
    """What a person took out of an image and has not brought back; in a transaction.

    An image without rejections costs two queries for its steps. Others are followed back to see
    what was left beside each rejected shape.

    Raises:
        ProjectError: the history is damaged.
    """
    steps = _taken_out(connection, image_id, drawn=False)
    if not steps:
        return {}
    by_step: dict[int, list[Instance]] = {}
    for seq, item in steps.values():
        by_step.setdefault(seq, []).append(item)
    found: Rejections = {}
    boxes: Boxes = {}
    after = read_annotation(connection, image_id)
    for seq, _, before in past(connection, after, min(by_step) - 1):
        for item in by_step.pop(seq, ()):
            found[item.id] = rejection(item, after.instances, boxes)
        after = before
    for seq, items in by_step.items():  # on a branch that an earlier version was brought back from
        after = document_at(connection, image_id, seq)
        for item in items:
            found[item.id] = rejection(item, after.instances, boxes)
    return found


def taken_out_ids(connection: apsw.Connection, image_id: int) -> set[str]:
    """Ids of all shapes that a person took out and has not brought back; in a transaction.

    Raises:
        ProjectError: the history is damaged.
    """
    there = {item.id for item in read_annotation(connection, image_id).instances}
    return _taken_out(connection, image_id, drawn=True).keys() - there


def rejections_key(connection: apsw.Connection, image_id: int) -> Row | None:
    """Changes whenever `rejections` may: number, newest and newest revision of a person's steps."""
    return fetch_one(
        connection,
        "SELECT count(*), max(seq), max(revision) FROM op WHERE image_id=? AND undone=0 "
        "AND dropped=0 AND run_id IS NULL AND substr(gesture, 1, ?) != ?",
        (image_id, len(PROPOSING), PROPOSING),
    )


def _taken_out(
    connection: apsw.Connection, image_id: int, *, drawn: bool
) -> dict[str, tuple[int, Instance]]:
    """Shapes of models that steps of a person took out for good, with their step, by id.

    Args:
        connection: In a transaction.
        image_id: The image.
        drawn: Those of no model as well.
    """
    found: dict[str, tuple[int, Instance]] = {}
    for seq in _decisive(connection, image_id):
        ((text, run_id, revision, digest, data),) = fetch_all(
            connection, "SELECT text, run_id, revision, hash, delta FROM op WHERE seq=?", (seq,)
        )
        try:
            if journal.op_hash(image_id, run_id, revision, data) != digest:
                raise ValueError("a step was damaged")
            removed, added = decode_alone(data)
        except ValueError as error:
            rel = read_image(connection, image_id).rel
            raise DamagedError(rel, "a step of its history") from error
        back = [item.id for _, item in added]
        if text == RESTORE_TEXT:  # of a project that did not write down which version it was
            back += [item.id for _, item in removed]
        else:
            found |= {item.id: (seq, item) for item in taken_out(removed, added, drawn=drawn)}
        for item_id in back:
            found.pop(item_id, None)
    return found


def _decisive(connection: apsw.Connection, image_id: int) -> list[int]:
    """Steps of a person that made the document what it is, the oldest first.

    Where an earlier version was brought back, they are those that led to that version: what came
    between counts no more.
    """
    rows = {
        seq: (parent, gesture, run_id)
        for seq, parent, gesture, run_id in fetch_all(
            connection, "SELECT seq, parent, gesture, run_id FROM op WHERE image_id=?", (image_id,)
        )
    }
    steps = []
    seq = journal.last_step(connection, image_id)
    while seq in rows:
        parent, gesture, run_id = rows[seq]
        if gesture.startswith(RESTORING):
            seq = int(gesture.removeprefix(RESTORING))
            continue
        if run_id is None and not gesture.startswith(PROPOSING):
            steps.append(seq)
        seq = parent
    return steps[::-1]


def _applied(connection: apsw.Connection, document: Annotation, delta: Delta) -> Annotation:
    try:
        return apply(document, delta)
    except ValueError as error:
        rel = read_image(connection, document.image_id).rel
        raise DamagedError(rel, "a step of its history") from error


def _way(steps: Mapping[int, tuple[int, bool]], seq: int) -> tuple[int, list[int]]:
    """The way to the version after a step.

    Args:
        steps: Number of each step of an image to its parent, and whether it is part of the past.
        seq: The step.

    Returns:
        The step of the past where the way leaves it, and the steps from there in their order.
    """
    ahead: list[int] = []
    while seq != journal.FIRST:
        parent, is_past = steps.get(seq, (-1, False))
        if is_past:
            break
        if parent < 0:
            raise ProjectError(
                "The history of the image has no version with this number.",
                "Choose another version.",
            )
        ahead.append(seq)
        seq = parent
    return seq, ahead[::-1]


def restore(connection: apsw.Connection, image_id: int, seq: int) -> bool:
    """Make an earlier version the present one, as a step of its own; false when it is already.

    The caller holds a write transaction.
    """
    present = read_annotation(connection, image_id)
    delta = diff(present, document_at(connection, image_id, seq))
    if delta.is_empty:
        return False
    step = journal.Step(RESTORE_TEXT, gesture=f"{RESTORING}{seq}", whole=True)
    journal.commit(connection, image_id, delta, expected_revision=present.revision, step=step)
    return True


def go_to(connection: apsw.Connection, image_id: int, seq: int) -> bool:
    """Take steps back, or do them again, until a step is the last one; false when it is already.

    A version that undo and redo do not lead to is brought back as a step of its own: one on another
    branch, and one from before a change of the classes, which is not for this image alone to undo.
    The caller holds a write transaction.

    Raises:
        ProjectError: the image has no such step, or its history is damaged.
    """
    rows = fetch_all(
        connection,
        "SELECT seq, undone, run_id IS NOT NULL AND EXISTS(SELECT 1 FROM run WHERE id=run_id "
        "AND kind=?) FROM op WHERE image_id=? AND dropped=0",
        (runs.CLASSES, image_id),
    )
    known = {step for step, _, _ in rows}
    between = [shared for step, undone, shared in rows if (step <= seq if undone else step > seq)]
    if (seq != journal.FIRST and seq not in known) or any(between):
        return restore(connection, image_id, seq)
    if not between:
        return False
    while journal.last_step(connection, image_id) > seq:
        journal.undo(connection, image_id)
    while (following := journal.next_step(connection, image_id)) is not None and following <= seq:
        journal.redo(connection, image_id)
    return True
