"""The classes of a project as rows.

A class that is deleted is retired, not removed: undoing the deletion of a shape may need it again,
and its id must never mean something else.
"""

from __future__ import annotations

import apsw

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.errors import ProjectError
from dynseg.project.connection import fetch_value
from dynseg.project.rows import ClassRow, read_classes, write_class


def add(connection: apsw.Connection, name: str) -> ClassLabel:
    """Add a class behind the others; the caller holds a transaction.

    Raises:
        ProjectError: the name is empty or taken.
    """
    rows = read_classes(connection)
    names = [row.name for row in rows if not row.retired]
    _check_names([*names, name])
    last = fetch_value(
        connection, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='class'), -1)"
    )
    position = max((row.position for row in rows), default=-1) + 1
    row = ClassRow(last + 1, name, colour_for(len(names)), position, 0)
    write_class(connection, row)
    return ClassLabel(row.id, row.name, row.colour)


def save(connection: apsw.Connection, table: ClassTable) -> None:
    """Make `table` the classes of the project; the caller holds a transaction.

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
        if row.retired or row.id in ids:
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
    if any(not name.strip() or name != name.strip() for name in names):
        raise ProjectError("A class needs a name; nothing was changed.", "Give it a name.")
    if any(not name.isprintable() for name in names):
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
