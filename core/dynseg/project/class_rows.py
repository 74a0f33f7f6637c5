"""The classes of a project as rows.

A class that is deleted is retired, not removed: undoing the deletion of a shape may need it again,
and its id must never mean something else.
"""

from __future__ import annotations

import apsw

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.errors import ProjectError
from dynseg.project.connection import fetch_all, fetch_value
from dynseg.project.rows import class_hash


def add(connection: apsw.Connection, name: str) -> ClassLabel:
    """Add a class behind the others; the caller holds a transaction.

    Raises:
        ProjectError: the name is empty or taken.
    """
    labels = [row[0] for row in fetch_all(connection, "SELECT name FROM class WHERE retired=0")]
    _check_names([*labels, name])
    last = fetch_value(
        connection, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='class'), -1)"
    )
    position = fetch_value(connection, "SELECT coalesce(max(position), -1) + 1 FROM class")
    label = ClassLabel(last + 1, name, colour_for(len(labels)))
    _insert(connection, label, position)
    return label


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
    rows = fetch_all(connection, "SELECT id, name, retired FROM class")
    known = {row[0]: row[1] for row in rows}
    current = {row[0] for row in rows if not row[2]}
    for class_id in sorted(current - set(ids)):
        count = fetch_value(
            connection, "SELECT count(*) FROM instance WHERE class_id=?", (class_id,)
        )
        if count:
            raise ProjectError(
                f"The class {known[class_id]} cannot be deleted: {count} shapes have it.",
                "Merge it into another class, or delete the shapes first.",
            )
    # Retired first: names may be swapped, and the names of living classes are unique.
    connection.execute("UPDATE class SET retired=1 WHERE retired=0")
    for position, label in enumerate(table.labels):
        if label.id not in known:
            _insert(connection, label, position)
            continue
        connection.execute(
            "UPDATE class SET name=?, colour=?, position=?, retired=0, hash=? WHERE id=?",
            (
                label.name, label.colour, position,
                class_hash(label.id, label.name, label.colour), label.id,
            ),
        )  # fmt: skip


def _insert(connection: apsw.Connection, label: ClassLabel, position: int) -> None:
    connection.execute(
        "INSERT INTO class(id, name, colour, position, hash) VALUES(?,?,?,?,?)",
        (
            label.id, label.name, label.colour, position,
            class_hash(label.id, label.name, label.colour),
        ),
    )  # fmt: skip


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
