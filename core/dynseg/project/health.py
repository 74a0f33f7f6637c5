"""Looking for damage: what SQLite itself notices, and what only the row hashes do."""

from __future__ import annotations

import apsw

from dynseg.annotation import packing
from dynseg.annotation.codec import leaves_shapes
from dynseg.errors import ProjectError
from dynseg.project.connection import Row, fetch_all, fetch_one, fetch_value
from dynseg.project.digest import row_hash, sheet_hash
from dynseg.project.documents import tally_rows
from dynseg.project.journal import op_hash
from dynseg.project.rows import IMAGE_COLUMNS, ClassRow, verified
from dynseg.project.sheets import SHEET_COLUMNS, image_of, place_range

_MAX_FINDINGS = 200


def findings(connection: apsw.Connection) -> list[str]:
    """Everything that is wrong with the database, one line each; empty when nothing is.

    The caller holds a read transaction.
    """
    return structure(connection) or rows(connection)  # rows of a broken tree say nothing


def rows(connection: apsw.Connection) -> list[str]:
    """What only the row hashes notice, in a database whose structure is whole."""
    found: list[str] = []
    for check in (_classes, _images, _strangers, _history, _predictions):
        try:
            found += check(connection)
        except UnicodeDecodeError:
            found.append("Database: a text is damaged.")
        if len(found) >= _MAX_FINDINGS:
            return [*found[:_MAX_FINDINGS], "There is more; restore a backup."]
    return found


def structure(connection: apsw.Connection) -> list[str]:
    """What SQLite itself notices."""
    try:
        lines = [str(row[0]) for row in fetch_all(connection, "PRAGMA integrity_check(20)")]
        lines += [
            f"{row[0]} row {row[1]} points to a row of {row[2]} that is not there"
            for row in fetch_all(connection, "PRAGMA foreign_key_check")
        ]
    except apsw.Error as error:
        lines = [str(error)]
    return [f"Database: {line}" for line in lines if line != "ok"]


def _classes(connection: apsw.Connection) -> list[str]:
    kept = fetch_all(connection, "SELECT id, name, colour, position, retired, hash FROM class")
    return [f"Class {r[0]} is damaged." for r in kept if ClassRow._make(r[:5]).hash() != r[5]]


def _images(connection: apsw.Connection) -> list[str]:
    found = []
    for row in fetch_all(connection, f"SELECT {IMAGE_COLUMNS}, hash FROM image"):
        image_id, rel, expected = row[0], row[1], row[6]
        try:
            verified(row)
        except ProjectError:
            found.append(f"{rel}: what is known about the image is damaged.")
        entries: list[packing.Entry] = []
        bad = 0
        for sheet in _sheets(connection, image_id):
            own = _sound(sheet)
            bad += own is None
            entries += own or ()
        if bad:
            found.append(f"{rel}: {expected - len(entries)} of {expected} shapes are damaged.")
        elif len(entries) != expected:
            found.append(f"{rel}: {len(entries)} shapes instead of {expected}.")
        elif sorted(tally_rows(image_id, entries)) != _tally(connection, image_id):
            found.append(f"{rel}: the counts of its classes are damaged.")
    return found


def _sheets(connection: apsw.Connection, image_id: int) -> list[Row]:
    return fetch_all(
        connection,
        f"SELECT {SHEET_COLUMNS} FROM sheet WHERE place>=? AND place<? ORDER BY place",
        place_range(image_id),
    )


def _tally(connection: apsw.Connection, image_id: int) -> list[Row]:
    return fetch_all(
        connection,
        "SELECT image_id, class_id, count, min_score FROM tally WHERE image_id=? ORDER BY class_id",
        (image_id,),
    )


def _sound(row: Row) -> list[packing.Entry] | None:
    """Fields of the shapes of a sheet, None when it is damaged."""
    place, digest, head, body = row
    try:
        if sheet_hash(place, head, body) != digest:
            return None
        for _ in packing.unpack(head, body):
            pass
        return packing.decode_entries(head)
    except (ValueError, KeyError, TypeError):
        return None


def _strangers(connection: apsw.Connection) -> list[str]:
    """Sheets whose place names an image that does not exist."""
    last = fetch_value(connection, "SELECT coalesce(max(id), 0) FROM image")
    strange = fetch_all(
        connection,
        "SELECT place FROM sheet WHERE place<? OR place>=?",
        (place_range(1)[0], place_range(last)[1]),
    )
    return [f"Shapes belong to image {image_of(row[0])}, which is not there." for row in strange]


def _history(connection: apsw.Connection) -> list[str]:
    found = []
    last = fetch_value(connection, "SELECT coalesce(max(seq), 0) FROM op")
    seq = 0
    while seq < last:  # one by one: the deltas of a project may not fit into memory together
        row = fetch_one(
            connection,
            "SELECT seq, image_id, run_id, revision, hash, delta FROM op WHERE seq>? "
            "ORDER BY seq LIMIT 1",
            (seq,),
        )
        if row is None:
            break
        seq = row[0]
        if op_hash(row[1], row[2], row[3], row[5]) != row[4]:
            found.append(f"Step {seq} of the history (image {row[1]}) is damaged.")
            continue
        try:
            leaves_shapes(row[5])
        except ValueError:
            found.append(f"Step {seq} of the history (image {row[1]}) cannot be read.")
    return found


def _predictions(connection: apsw.Connection) -> list[str]:
    kept = connection.execute("SELECT image_id, model_id, hash, value FROM prediction")
    return [
        f"Kept proposals of image {image_id} are damaged; run the model again."
        for image_id, _, digest, value in kept
        if row_hash(bytes(value)) != digest
    ]
