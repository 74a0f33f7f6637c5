"""The classes of a project as rows.

A class that is deleted is retired, not removed: undoing the deletion of a shape may need it again,
and its id must never mean something else.
"""

from __future__ import annotations

import json
from collections.abc import Collection

import apsw

from dynseg.annotation.class_text import is_legible, spoken
from dynseg.annotation.classes import ClassLabel, ClassTable, free_colour
from dynseg.errors import ProjectError
from dynseg.project.connection import fetch_one, fetch_value
from dynseg.project.rows import ClassRow, read_classes, write_class

FORMER = "classes.former"
"""Setting of the project that keeps `ClassTable.former`."""


def read(connection: apsw.Connection) -> ClassTable:
    """The classes in the user's order.

    Raises:
        ProjectError: a class is damaged.
    """
    rows = read_classes(connection)
    labels = tuple(ClassLabel(row.id, row.name, row.colour) for row in rows if not row.retired)
    return ClassTable(labels, former(connection))


def former(connection: apsw.Connection) -> dict[str, int | None]:
    """Names that mean a class no more, case-folded, and what became of it."""
    row = fetch_one(connection, "SELECT value FROM setting WHERE key=?", (FORMER,))
    return dict(json.loads(row[0])) if row else {}


def unused_id(connection: apsw.Connection) -> int:
    """The id that the next new class gets; ids of deleted classes are never given again."""
    sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='class'), -1) + 1"
    return int(fetch_value(connection, sql))


def add(connection: apsw.Connection, name: str) -> ClassLabel:
    """Add a class behind the others; the caller holds a transaction.

    Raises:
        ProjectError: the name is empty or taken.
    """
    rows = read_classes(connection)
    names = [row.name for row in rows if not row.retired]
    _check_names([*names, name])
    position = max((row.position for row in rows), default=-1) + 1
    row = ClassRow(unused_id(connection), name, free_colour(read(connection)), position, 0)
    write_class(connection, row)
    return ClassLabel(row.id, row.name, row.colour)


def save(connection: apsw.Connection, table: ClassTable, *, leaving: Collection[int] = ()) -> None:
    """Make `table` the classes of the project; the caller holds a transaction.

    Args:
        connection: The database.
        table: Name, colour and place of each class.
        leaving: Classes that may be left out although they have shapes, which are the caller's
            business.

    Raises:
        ProjectError: a name is empty or double, two classes share an id, or a class that is left
            out has shapes.
    """
    _check_names(table.names)
    ids = [label.id for label in table.labels]
    if len(set(ids)) != len(ids) or any(i < 0 for i in ids):
        raise ProjectError("Two classes have the same number; nothing was changed.")
    rows = read_classes(connection)
    for row in rows:
        if row.retired or row.id in ids or row.id in leaving:
            continue
        count = fetch_value(
            connection, "SELECT coalesce(sum(count), 0) FROM tally WHERE class_id=?", (row.id,)
        )
        if count:
            raise ProjectError(
                f"The class {row.name} cannot be deleted: {count} shapes have it.",
                "Merge it into another class, or delete the shapes first.",
            )
    for row in rows:  # retired first: names may be swapped, and those of living ones are unique
        if not row.retired:
            write_class(connection, row._replace(retired=1))
    for position, label in enumerate(table.labels):
        write_class(connection, ClassRow(label.id, label.name, label.colour, position, 0))


def _check_names(names: list[str]) -> None:
    if any(not spoken(name) or name != name.strip() for name in names):
        raise ProjectError("A class needs a name; nothing was changed.", "Give it a name.")
    if not all(map(is_legible, names)):
        raise ProjectError(
            "The name of a class has an unprintable character; nothing was changed.",
            "Give it a name in one line.",
        )
    doubles = {name for name in names if names.count(name) > 1}
    if doubles:
        raise ProjectError(
            f"There are two classes with the name {min(doubles)}; nothing was changed.",
            "Give each class a name of its own.",
        )
