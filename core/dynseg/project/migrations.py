"""Bringing the database of an earlier version of this program to the present format.

One function a version, in `STEPS`; each keeps the SQL of its time, so that it stays true whatever
comes after. All of them together are one transaction: a crash leaves the old format. A change of
the schema means: raise `schema.VERSION`, add a step here and a case to the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import apsw
import msgspec

from dynseg.annotation import packing
from dynseg.annotation.codec import ORIGINS, decode_parts
from dynseg.annotation.document import Instance
from dynseg.annotation.packing import Entry
from dynseg.project.connection import Row, fetch_all, fetch_value, transaction
from dynseg.project.digest import fields_hash, row_hash
from dynseg.project.documents import tally_rows
from dynseg.project.schema import VERSION, version_of
from dynseg.project.sheets import SHEET_COLUMNS, packed_rows

WORTH_COMPACTING = 0.2
"""Share of free pages from which a migrated database is written anew."""
COMPACT_UP_TO_BYTES = 512 << 20
"""A larger one would keep a person waiting, and may not fit twice; edits fill its room anyway."""
DAMAGED = bytes(16)
"""Hash of a row that was damaged before: it goes on being reported, and is never shown as truth."""

_pack = msgspec.msgpack.Encoder().encode


def is_needed(connection: apsw.Connection) -> bool:
    """Whether the database has an earlier format."""
    return version_of(connection) < VERSION


def migrate(connection: apsw.Connection) -> None:
    """Bring the database to the present format; all of it or nothing.

    Raises:
        StoreWriteError: the disk is full or broken; the database has its old format.
    """
    with transaction(connection):
        for version in range(version_of(connection), VERSION):
            STEPS[version](connection)
            connection.execute(f"PRAGMA user_version={version + 1}")


def compact(connection: apsw.Connection) -> None:
    """Give the room of the old rows back after `migrate`, where that is quick.

    Best effort: SQLite does all of it or nothing, and an uncompacted database is as good as any.
    It needs about twice the room of what is kept while it runs. Outside of a transaction.
    """
    pages, free, size = (
        fetch_value(connection, f"PRAGMA {name}")
        for name in ("page_count", "freelist_count", "page_size")
    )
    if free < pages * WORTH_COMPACTING or (pages - free) * size > COMPACT_UP_TO_BYTES:
        return
    with suppress(apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.BusyError):
        connection.execute("VACUUM")


def _sheets_instead_of_rows(connection: apsw.Connection) -> None:
    """1 to 2: many shapes in a row, a tally of classes, a faster hash, a tree of history."""
    connection.execute(_VERSION_2)
    _rehash_classes(connection)
    _rehash_images(connection)
    _pack_shapes(connection)
    _move_history(connection)
    rows = fetch_all(connection, "SELECT rowid, hash, value FROM prediction")
    connection.executemany(
        "UPDATE prediction SET hash=? WHERE rowid=?",
        [(_renewed(hash_, _old_hash(value), row_hash(value)), i) for i, hash_, value in rows],
    )
    connection.execute("DROP TABLE instance")


STEPS: Mapping[int, Callable[[apsw.Connection], None]] = {1: _sheets_instead_of_rows}
"""Version that a step starts from, and the step."""

_VERSION_2 = """
CREATE TABLE sheet(
  place INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  head BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE TABLE tally(
  image_id INTEGER NOT NULL REFERENCES image(id),
  class_id INTEGER NOT NULL REFERENCES class(id),
  count INTEGER NOT NULL,
  min_score REAL,
  PRIMARY KEY(image_id, class_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE image ADD COLUMN content BLOB;
ALTER TABLE image ADD COLUMN disagreement REAL;
DROP INDEX image_position;
DROP INDEX op_image;
DROP INDEX op_undone;
DROP INDEX op_run;
ALTER TABLE op RENAME TO old_op;
CREATE TABLE op(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  image_id INTEGER NOT NULL REFERENCES image(id),
  text TEXT NOT NULL,
  gesture TEXT NOT NULL,
  run_id TEXT REFERENCES run(id),
  parent INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  dropped INTEGER NOT NULL DEFAULT 0,
  time_s REAL NOT NULL,
  revision INTEGER NOT NULL,
  hash BLOB NOT NULL,
  delta BLOB NOT NULL
) STRICT;
CREATE INDEX op_image ON op(image_id, seq);
CREATE INDEX op_undone ON op(image_id, seq) WHERE undone = 1 AND dropped = 0;
CREATE INDEX op_run ON op(run_id, image_id) WHERE run_id IS NOT NULL;
"""


def _old_hash(data: bytes) -> bytes:
    """BLAKE2b of 16 bytes, the hash of version 1."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _renewed(stored: bytes, right: bytes, new: bytes) -> bytes:
    """The new hash of a row whose old one was right."""
    return new if stored == right else DAMAGED


def _rehash_classes(connection: apsw.Connection) -> None:
    rows = fetch_all(connection, "SELECT id, name, colour, position, retired, hash FROM class")
    connection.executemany(
        "UPDATE class SET hash=? WHERE id=?",
        [(_renewed(r[5], _old_hash(_pack(r[:5])), fields_hash(r[:5])), r[0]) for r in rows],
    )


def _rehash_images(connection: apsw.Connection) -> None:
    rows = fetch_all(
        connection,
        "SELECT id, rel, width, height, state, revision, instance_count, min_score, split, hash "
        "FROM image",
    )
    connection.executemany(
        "UPDATE image SET hash=? WHERE id=?",
        [(_renewed(r[9], _old_hash(_pack(r[:9])), fields_hash(r[:9])), r[0]) for r in rows],
    )


def _pack_shapes(connection: apsw.Connection) -> None:
    for image_id, rows in _shapes_by_image(connection):
        try:
            items = [_old_instance(row) for row in rows]
        except (ValueError, KeyError, TypeError):
            damaged = (image_id << 32 | 1, DAMAGED, packing.encode_entries([]), b"")
            _insert(connection, image_id, [damaged], [])
            continue
        entries = [packing.entry_of(item) for item in items]
        rows = packed_rows(image_id << 32, entries, packing.body_of(items))
        _insert(connection, image_id, rows, entries)


def _shapes_by_image(connection: apsw.Connection) -> Iterator[tuple[int, list[Row]]]:
    """The old rows image by image: those of a project may not fit into memory together."""
    for (image_id,) in fetch_all(connection, "SELECT DISTINCT place >> 32 FROM instance"):
        yield (
            image_id,
            fetch_all(
                connection,
                "SELECT place, id, class_id, origin, accepted, score, model_id, run_id, hash, "
                "parts FROM instance WHERE place>=? AND place<? ORDER BY place",
                (image_id << 32, (image_id + 1) << 32),
            ),
        )


def _old_instance(row: Row) -> Instance:
    """The shape of a row of version 1.

    Raises:
        ValueError, KeyError: the row is damaged.
    """
    parts = row[9]
    if _old_hash(_pack(row[:8]) + parts) != row[8]:
        raise ValueError("a shape is damaged")
    return Instance(
        row[2], decode_parts(parts), ORIGINS[row[3]], row[4] != 0, row[5], row[6], row[7], row[1]
    )


def _insert(
    connection: apsw.Connection, image_id: int, sheets: list[Row], entries: list[Entry]
) -> None:
    connection.executemany(f"INSERT INTO sheet({SHEET_COLUMNS}) VALUES(?,?,?,?)", sheets)
    connection.executemany(
        "INSERT INTO tally(image_id, class_id, count, min_score) VALUES(?,?,?,?)",
        tally_rows(image_id, entries),
    )


def _move_history(connection: apsw.Connection) -> None:
    connection.execute(
        "INSERT INTO op SELECT seq, image_id, text, gesture, run_id, CASE dropped WHEN 0 THEN "
        "coalesce((SELECT max(o.seq) FROM old_op o WHERE o.image_id=old_op.image_id "
        "AND o.seq<old_op.seq AND o.dropped=0), 0) ELSE -1 END, undone, dropped, time_s, "
        "revision, hash, delta FROM old_op ORDER BY seq"
    )
    connection.execute("DROP TABLE old_op")
    last = 0
    while rows := fetch_all(
        connection,
        "SELECT seq, image_id, run_id, revision, hash, delta FROM op WHERE seq>? "
        "ORDER BY seq LIMIT 256",
        (last,),
    ):
        last = rows[-1][0]
        connection.executemany("UPDATE op SET hash=? WHERE seq=?", map(_renewed_op, rows))


def _renewed_op(row: Row) -> tuple[Any, ...]:
    seq, image_id, run_id, revision, stored, delta = row
    fields = (image_id, run_id, revision)
    new = fields_hash(fields, delta)
    return _renewed(stored, _old_hash(_pack(fields) + delta), new), seq
