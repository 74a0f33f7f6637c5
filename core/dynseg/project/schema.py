"""Tables of a project, and the version that this program reads and writes."""

from __future__ import annotations

import struct
from pathlib import Path

import apsw

from dynseg.errors import ProjectError, ProjectTooNewError
from dynseg.project.connection import damaged_database, storage_errors

APPLICATION_ID = 0x44534547  # "DSEG"
VERSION = 2

# The header of an SQLite file: https://www.sqlite.org/fileformat.html, section 1.3.
_HEADER_SIZE, _MAGIC, _VERSION_AT, _APPLICATION_AT = 100, b"SQLite format 3", 60, 68

# sheet.place orders all shapes of a project by image, then from bottom to top: the upper bits are
# the id of the image, the lower 32 a rank with room between neighbours (see sheets.py). So the
# sheets of an image lie side by side in the file and need no index.
# tally counts the shapes of each class in each image; it follows from the sheets.
# op is the journal: rows are only ever added, marked, or overwritten by the same gesture. parent is
# the step that an edit was made on top of: 0 for none, -1 where that is not known.
# image.content is the SHA-256 of the file that the labels were made on, null until somebody has
# read all of it, with that of another file that lies there now behind it (see originals.py).
# hash columns cover the row's content: SQLite notices a flipped bit in 26 of 400 cases only.
SCHEMA = """
CREATE TABLE setting(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE class(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0,
  hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX class_name ON class(name) WHERE retired = 0;

CREATE TABLE image(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rel TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  instance_count INTEGER NOT NULL,
  min_score REAL,
  split TEXT NOT NULL,
  damage TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  hash BLOB NOT NULL,
  content BLOB,
  disagreement REAL
) STRICT;

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

CREATE TABLE run(
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  model_id TEXT NOT NULL,
  settings TEXT NOT NULL,
  state TEXT NOT NULL,
  started_s REAL NOT NULL,
  finished_s REAL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE prediction(
  image_id INTEGER NOT NULL REFERENCES image(id),
  model_id TEXT NOT NULL,
  settings_key TEXT NOT NULL,
  hash BLOB NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY(image_id, model_id, settings_key)
) STRICT;
"""


def create_tables(connection: apsw.Connection) -> None:
    """Make the tables of an empty database; the caller holds a transaction."""
    connection.execute(SCHEMA)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def version_of(connection: apsw.Connection) -> int:
    """The format of a database; 0 for one that is not ours."""
    with storage_errors():
        application = connection.pragma("application_id")
        version = connection.pragma("user_version")
    return int(version or 0) if application == APPLICATION_ID else 0


def check_header(path: Path) -> None:
    """`check_version` from the first bytes of a file, before anything opens it as a database.

    Raises:
        ProjectTooNewError: a newer version of this program wrote it; nothing was changed.
        ProjectError: it is damaged, or not the database of a project.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
    except OSError as error:
        raise ProjectError(
            f"The project's database cannot be read ({error.strerror}).",
            "Check the disk and who may read the folder.",
        ) from error
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise damaged_database()
    (version,) = struct.unpack_from(">I", header, _VERSION_AT)
    (application,) = struct.unpack_from(">I", header, _APPLICATION_AT)
    _check(version if application == APPLICATION_ID else 0)


def check_version(connection: apsw.Connection) -> None:
    """Refuse a database that is not ours or newer than this program; older ones are welcome.

    Raises:
        ProjectTooNewError: a newer version of this program wrote it; nothing was changed.
        ProjectError: it is not the database of a project.
    """
    _check(version_of(connection))


def _check(version: int) -> None:
    if version < 1:
        raise ProjectError(
            "This is not the database of a project; nothing was changed.",
            "Choose a folder that this program made, or start a new project.",
        )
    if version > VERSION:
        raise ProjectTooNewError(
            f"The project has format {version}, this program knows formats up to {VERSION}; "
            "nothing was changed.",
            "Update this program to open it.",
        )
