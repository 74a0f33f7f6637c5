"""Images and classes as rows of the database, each with a hash over what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw

from dynseg.annotation.codec import STATES
from dynseg.errors import DamagedError, ProjectError, StaleRevisionError, UnknownImageError
from dynseg.project.connection import Row, fetch_all, fetch_one
from dynseg.project.digest import fields_hash

IMAGE_COLUMNS = "id, rel, width, height, state, revision, instance_count, min_score, split"

_MARKS = 500
"""Values of one `IN (...)`: one statement text for most of a large batch."""


class ImageRecord(NamedTuple):
    """The part of an image row that a commit reads and writes."""

    id: int
    rel: str
    width: int
    height: int
    state: str
    revision: int
    instance_count: int
    min_score: float | None
    split: str

    def hash(self) -> bytes:
        """What the row's hash has to be."""
        return fields_hash(tuple(self))


class MisfitError(ProjectError):
    """A delta that does not start from what the database holds; nothing was written."""


def read_image(connection: apsw.Connection, image_id: int) -> ImageRecord:
    """The row of an image, verified.

    Raises:
        ProjectError: there is no such image; `DamagedError` when its row is damaged.
    """
    row = fetch_one(connection, f"SELECT {IMAGE_COLUMNS}, hash FROM image WHERE id=?", (image_id,))
    if row is None:
        raise UnknownImageError(image_id)
    return verified(row)


def write_images(connection: apsw.Connection, images: Iterable[ImageRecord]) -> None:
    """Write the columns of a commit back."""
    connection.executemany(
        "UPDATE image SET width=?, height=?, state=?, revision=?, instance_count=?, min_score=?, "
        "split=?, hash=? WHERE id=?",
        [
            (
                image.width, image.height, image.state, image.revision, image.instance_count,
                image.min_score, image.split, image.hash(), image.id,
            )
            for image in images
        ],
    )  # fmt: skip


def read_images(connection: apsw.Connection, image_ids: Sequence[int]) -> dict[int, ImageRecord]:
    """The rows of many images by id, verified.

    Raises:
        ProjectError: one is not there, or is damaged.
    """
    found: dict[int, ImageRecord] = {}
    for start in range(0, len(image_ids), _MARKS):
        some = image_ids[start : start + _MARKS]
        marks = ",".join("?" * len(some))
        sql = f"SELECT {IMAGE_COLUMNS}, hash FROM image WHERE id IN ({marks})"
        for row in fetch_all(connection, sql, some):
            found[row[0]] = verified(row)
    for image_id in image_ids:
        if image_id not in found:
            raise UnknownImageError(image_id)
    return found


def verified(row: Row) -> ImageRecord:
    """The record of a row with `IMAGE_COLUMNS` and the hash behind them.

    Raises:
        ProjectError: the row is damaged.
    """
    if fields_hash(row[:-1]) != row[-1] or row[4] not in STATES:
        raise DamagedError(row[1], "what is known about the image")
    return ImageRecord(*row[:-1])


def revive_classes(connection: apsw.Connection, class_ids: set[int]) -> None:
    """Make sure that classes exist; one that was deleted meanwhile comes back with its shapes.

    Raises:
        ProjectError: a class never existed.
    """
    rows = read_classes(connection)
    missing = class_ids - {row.id for row in rows}
    if missing:
        raise ProjectError(
            f"The project has no class with number {min(missing)}; nothing was written.",
            "Add the class first.",
        )
    taken = {row.name for row in rows if not row.retired}
    last = max((row.position for row in rows), default=-1)
    for row in rows:
        if row.retired and row.id in class_ids:
            last += 1
            name = free_name(row.name, taken)
            taken.add(name)
            write_class(connection, row._replace(name=name, position=last, retired=0))


class ClassRow(NamedTuple):
    """A class in the database; `retired` is 1 for one that was deleted."""

    id: int
    name: str
    colour: str
    position: int
    retired: int

    def hash(self) -> bytes:
        """What the row's hash has to be."""
        return fields_hash(tuple(self))


def read_classes(connection: apsw.Connection) -> list[ClassRow]:
    """All classes in their order, the retired ones among them.

    Raises:
        ProjectError: a row is damaged.
    """
    classes = []
    for *fields, digest in fetch_all(
        connection,
        "SELECT id, name, colour, position, retired, hash FROM class ORDER BY position, id",
    ):
        row = ClassRow._make(fields)
        if row.hash() != digest:
            raise ProjectError(
                f"Class {row.id} cannot be read, because the project's database is damaged there; "
                "nothing was changed.",
                "Run: dynseg check PROJECT, or restore a backup.",
            )
        classes.append(row)
    return classes


def write_class(connection: apsw.Connection, row: ClassRow) -> None:
    """Add a class, or overwrite the one with its id."""
    connection.execute(
        "INSERT INTO class(id, name, colour, position, retired, hash) VALUES(?,?,?,?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET name=excluded.name, colour=excluded.colour, "
        "position=excluded.position, retired=excluded.retired, hash=excluded.hash",
        (*row, row.hash()),
    )


def free_name(name: str, taken: set[str]) -> str:
    """`name`, or the first of `name (2)`, `name (3)`, ... that is not taken."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def stale(image: ImageRecord) -> StaleRevisionError:
    """The error for a change that was made from an older document."""
    return StaleRevisionError(
        f"{image.rel} has been changed meanwhile; this change was not saved.",
        "Look at the image again and repeat the change.",
    )


def misfit(image: ImageRecord) -> MisfitError:
    """The error for a change that does not start from what is saved."""
    return MisfitError(
        f"{image.rel}: the change does not start from what is saved, so nothing was written.",
        "Open the image again and repeat the change.",
    )
