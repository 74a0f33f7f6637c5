"""Past versions of an image: what it looked like after any step, and bringing that back.

The steps that are neither undone nor dropped lead from the empty document to the present one, so
every version on that way follows from the present by taking steps back. What was undone lies on
the way forward from there.
"""

from __future__ import annotations

import apsw

from dynseg.annotation.delta import apply, diff, invert
from dynseg.annotation.document import Annotation
from dynseg.errors import ProjectError
from dynseg.project import journal
from dynseg.project.connection import fetch_all
from dynseg.project.rows import damaged, read_annotation, read_image

RESTORE_TEXT = "Bring back an earlier version"


def document_at(connection: apsw.Connection, image_id: int, seq: int) -> Annotation:
    """The document right after a step; the caller holds a transaction.

    Raises:
        ProjectError: there is no such step, it was overtaken, or the history is damaged.
    """
    document = read_annotation(connection, image_id)
    undone = {
        number: flag != 0
        for number, flag in fetch_all(
            connection,
            "SELECT seq, undone FROM op WHERE image_id=? AND dropped=0 ORDER BY seq",
            (image_id,),
        )
    }
    if seq and seq not in undone:
        raise ProjectError(
            f"The history of the image has no version with number {seq} that can be brought back.",
            "Choose another version.",
        )
    try:
        if undone.get(seq, False):
            for number, flag in undone.items():
                if flag and number <= seq:
                    document = apply(document, journal.read_delta(connection, number))
            return document
        for number in sorted(undone, reverse=True):
            if not undone[number] and number > seq:
                document = apply(document, invert(journal.read_delta(connection, number)))
    except ValueError as error:
        rel = read_image(connection, image_id).rel
        raise damaged(rel, "a step of its history") from error
    return document


def restore(connection: apsw.Connection, image_id: int, seq: int) -> bool:
    """Make an earlier version the present one, as a step of its own; false when it is already.

    The caller holds a write transaction.
    """
    present = read_annotation(connection, image_id)
    delta = diff(present, document_at(connection, image_id, seq))
    if delta.is_empty:
        return False
    step = journal.Step(RESTORE_TEXT)
    journal.commit(connection, image_id, delta, expected_revision=present.revision, step=step)
    return True
