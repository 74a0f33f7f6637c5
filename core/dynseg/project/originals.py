"""The content of image files: whether a file is still the one that its labels were made on.

`image.content` holds the SHA-256 of the file that the labels were made on. Where another file lies
in its place now, the SHA-256 of that one follows in the same value; zeros stand for a first file
that nobody had read before it was gone. The hash of an image's row does not cover `content`: a
flipped bit makes a warning, and costs no label.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import apsw

from dynseg.images.index import content_hash
from dynseg.project.connection import fetch_all

DIGEST_SIZE = 32
UNKNOWN = bytes(DIGEST_SIZE)
COLUMNS = "id, rel, size_bytes, mtime_ns, content, revision, width, height"
"""Those of `Original`."""
IS_OTHER_FILE = f"coalesce(length(content), 0) > {DIGEST_SIZE}"
"""SQL: another file lies where the one was that the labels were made on."""


class Original(NamedTuple):
    """What the project knows of an image's file.

    Attributes:
        id: The image.
        rel: Path relative to the images folder.
        size_bytes, mtime_ns: Of the file when it was looked at last.
        content: As in the database; None while nobody has read all of the file.
        revision: Of the image: 0 while nobody and nothing has labelled it.
        width, height: Pixels that its labels were made on.
    """

    id: int
    rel: str
    size_bytes: int
    mtime_ns: int
    content: bytes | None
    revision: int
    width: int
    height: int

    @property
    def made_on(self) -> bytes | None:
        """SHA-256 of the file that the labels were made on, None when it is not known."""
        first = (self.content or b"")[:DIGEST_SIZE]
        return first if len(first) == DIGEST_SIZE and first != UNKNOWN else None


def originals(connection: apsw.Connection) -> list[Original]:
    """What is known of every image's file, in the order of the list."""
    sql = f"SELECT {COLUMNS} FROM image ORDER BY position"
    return [Original._make(row) for row in fetch_all(connection, sql)]


def digest(path: Path) -> bytes | None:
    """SHA-256 of a file, 32 bytes; None when it cannot be read."""
    try:
        return bytes.fromhex(content_hash(path))
    except OSError:
        return None


def unrecorded(connection: apsw.Connection) -> list[Original]:
    """Images with labels whose files nobody has read as a whole."""
    sql = (
        f"SELECT {COLUMNS} FROM image "
        "WHERE content IS NULL AND revision > 0 AND damage = '' ORDER BY position"
    )
    return [Original._make(row) for row in fetch_all(connection, sql)]


def read(root: Path, originals: Iterable[Original]) -> list[tuple[Original, bytes]]:
    """The digests of files that are as the project knows them; others are left out."""
    found = []
    for original in originals:
        path = root / original.rel
        if _is_as_known(path, original):
            own = digest(path)
            if own is not None and _is_as_known(path, original):  # it may change while it is read
                found.append((original, own))
    return found


def record(connection: apsw.Connection, found: Iterable[tuple[Original, bytes]]) -> None:
    """Write digests down; the caller holds a transaction."""
    connection.executemany(
        "UPDATE image SET content=? WHERE id=? AND content IS NULL AND size_bytes=? AND mtime_ns=?",
        [(own, item.id, item.size_bytes, item.mtime_ns) for item, own in found],
    )


def replaced_content(known: Original, size_bytes: int, now: bytes | None) -> bytes | None:
    """What `content` becomes when a file was found altered.

    Args:
        known: The image as the project knows it.
        size_bytes: Size of the file now.
        now: Digest of the file now; None when it was not read.
    """
    if known.revision == 0:
        return None  # no label was made on it: whatever lies there is right
    if now is None:
        return known.content
    if known.content is None:
        # Nobody read the first file. With its size it may be the same one, copied back.
        return now if size_bytes == known.size_bytes else UNKNOWN + now
    first = known.content[:DIGEST_SIZE]
    return first if first == now else first + now


def accept(connection: apsw.Connection, image_id: int) -> None:
    """The labels are right for the file that lies there now; the caller holds a transaction."""
    connection.execute(
        f"UPDATE image SET content=substr(content, ?) WHERE id=? AND {IS_OTHER_FILE}",
        (DIGEST_SIZE + 1, image_id),
    )


def keep_first(connection: apsw.Connection, image_id: int) -> None:
    """The file that the labels were made on is there again; the caller holds a transaction."""
    connection.execute(
        f"UPDATE image SET content=substr(content, 1, ?) WHERE id=? AND {IS_OTHER_FILE}",
        (DIGEST_SIZE, image_id),
    )


def _is_as_known(path: Path, original: Original) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (original.size_bytes, original.mtime_ns)
