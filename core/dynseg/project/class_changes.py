"""Changes of the classes as steps of the project, taken back and done again as a whole.

A step is a run of the kind `classes`. Its settings say which rows of the class table changed and
how, and what became of the shapes of classes that went; the steps of the images that this touched
carry the id of the run, as those of every batch do. The ids of these runs count up, and `at` is the
newest step of the journal at that time: so a step of an image is older or newer than a change of
the classes, and undo takes back whichever is the newest.
All functions run inside the caller's transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import apsw
from msgspec import structs

from dynseg.annotation.class_edits import ClassChange, inherited
from dynseg.annotation.classes import NEW, ClassLabel, ClassTable
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import ProjectError
from dynseg.project import class_rows, journal, runs
from dynseg.project.connection import Row, fetch_all, fetch_one, fetch_value
from dynseg.project.digest import fields_hash
from dynseg.project.documents import planned, read_annotation, write_planned
from dynseg.project.rows import ClassRow, free_name, read_classes, read_image, write_class

KIND = runs.CLASSES
FORMER = class_rows.FORMER
MAPPINGS = "class_mapping."
"""Settings that begin like this say which class of a model becomes which class of the project."""
APPLIED, UNDONE, OVERTAKEN = "finished", "undone", "overtaken"
BACK = "back"
"""Gesture of a step that undoes a change in an image on which other work lies."""

_IDS = "id > 'classes-' AND id < 'classes.'"
_PER_WRITE, _PER_READ = 128, 8


class ClassStep(NamedTuple):
    """A change of the classes in the history of the project.

    Attributes:
        id: Of its run; later ones are greater.
        text: What was done, in words.
        time_s: When, seconds since the epoch; for display, never for ordering.
        state: `finished`, `undone`, or `overtaken`: undone, and another change was made since.
        settled: It added classes that have shapes by now, so it cannot be taken back.
        shapes, images: How many shapes, in how many images, it changed or deleted.
    """

    id: str
    text: str
    time_s: float
    state: str
    settled: bool
    shapes: int
    images: int


class _Record(NamedTuple):
    """What the run of a step says.

    Attributes:
        at: Number of the newest step of the journal before it.
        rows: Class id, and name, colour, position and retired before and after; None for no row.
        heirs: What became of the shapes of classes that went.
        settings: Settings of the project before and after; None for none.
    """

    text: str
    at: int
    shapes: int
    images: int
    rows: list[tuple[int, list[Any] | None, list[Any]]]
    heirs: dict[int, int | None]
    settings: dict[str, tuple[str | None, str | None]]


def change(connection: apsw.Connection, wanted: ClassChange) -> ClassStep | None:
    """Write a change; None when it changes nothing.

    Raises:
        ProjectError: a name is empty or double, or a class that is left out has shapes and no heir.
    """
    before = {row.id: row for row in read_classes(connection)}
    shapes, images = _touched(connection, wanted.heirs)
    run_id, at = _next_id(connection), _newest_op(connection)
    table = _numbered(connection, wanted.table)
    class_rows.save(connection, table, leaving=wanted.heirs)
    after = {row.id: row for row in read_classes(connection)}
    rows = [
        (i, list(before[i][1:]) if i in before else None, list(row[1:]))
        for i, row in after.items()
        if before.get(i) != row
    ]
    if not rows:
        return None
    settings = _settings(connection, before, after, wanted.heirs)
    record = _Record(wanted.text, at, shapes, images, rows, dict(wanted.heirs), settings)
    overtake(connection)
    connection.execute(
        "INSERT INTO run(id, kind, model_id, settings, state, started_s, finished_s) "
        "VALUES(?,?,?,?,?,?,?)",
        (run_id, KIND, "", _encoded(record), APPLIED, time.time(), time.time()),
    )
    _write_settings(connection, {key: after for key, (_, after) in settings.items()})
    _hand_over(connection, run_id, record)
    return _step(connection, run_id)


def steps(connection: apsw.Connection, limit: int) -> list[ClassStep]:
    """The changes of the classes, the newest first."""
    found = fetch_all(
        connection,
        f"SELECT id, settings, state, started_s FROM run WHERE {_IDS} ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [_listed(connection, row) for row in found]


def uses(connection: apsw.Connection) -> dict[int, tuple[int, int]]:
    """Number of shapes, and of images that have them, by class id."""
    rows = fetch_all(
        connection, "SELECT class_id, sum(count), count(*) FROM tally GROUP BY class_id"
    )
    return {class_id: (shapes, images) for class_id, shapes, images in rows}


def to_undo(connection: apsw.Connection, image_id: int | None) -> tuple[str, str] | None:
    """Run and text of the change that undo would take back.

    Args:
        connection: In a transaction.
        image_id: An image: None is returned when a step of its own is newer. None for any.
    """
    newest = 0 if image_id is None else journal.last_step(connection, image_id)
    own = _run_of(connection, newest) if newest else None
    for run_id, settings, _, _ in _in_state(connection, APPLIED, newest_first=True):
        record = _decoded(settings)
        if record.at < newest and own != run_id:
            return None  # so are all before it
        if not _is_settled(connection, record):
            return run_id, record.text
    return None


def to_redo(connection: apsw.Connection, image_id: int | None) -> tuple[str, str] | None:
    """Run and text of the change that redo would do again; `image_id` as for `to_undo`."""
    newest = 0 if image_id is None else journal.last_step(connection, image_id)
    for run_id, settings, _, _ in _in_state(connection, UNDONE, newest_first=False):
        record = _decoded(settings)
        upcoming = None if image_id is None else journal.next_step(connection, image_id)
        is_next = newest <= record.at and (upcoming is None or record.at < upcoming)
        return (run_id, record.text) if is_next else None
    return None


def undo(connection: apsw.Connection, run_id: str) -> ClassStep:
    """Take a change back in all images; work that was done since stays."""
    record = _record(connection, run_id)
    _write_rows(connection, {i: before for i, before, _ in record.rows})
    _write_settings(connection, _unchanged(connection, record, 1, 0))
    for image_id, seq in fetch_all(
        connection,
        "SELECT image_id, max(seq) FROM op WHERE run_id=? AND gesture='' AND undone=0 "
        "AND dropped=0 GROUP BY image_id",
        (run_id,),
    ):
        if seq == journal.last_step(connection, image_id):
            journal.take_back(connection, image_id, seq)
        else:
            _give_back(connection, image_id, seq, run_id, record)
    _set_state(connection, run_id, UNDONE)
    return _step(connection, run_id)


def redo(connection: apsw.Connection, run_id: str) -> ClassStep:
    """Do a change again that was taken back, also to shapes that were drawn since."""
    record = _record(connection, run_id)
    for (image_id,) in fetch_all(
        connection,
        "SELECT DISTINCT image_id FROM op WHERE run_id=? AND undone=1 AND dropped=0",
        (run_id,),
    ):
        upcoming = journal.next_step(connection, image_id)
        if upcoming is not None and _run_of(connection, upcoming) == run_id:
            journal.redo(connection, image_id)
    _hand_over(connection, run_id, record)
    _write_rows(connection, {i: after for i, _, after in record.rows})
    _write_settings(connection, _unchanged(connection, record, 0, 1))
    _set_state(connection, run_id, APPLIED)
    return _step(connection, run_id)


def overtake(connection: apsw.Connection) -> None:
    """Another change is made: those that were taken back stay as history alone."""
    for run_id, _, _, _ in _in_state(connection, UNDONE, newest_first=False):
        connection.execute("UPDATE op SET dropped=1 WHERE run_id=? AND undone=1", (run_id,))
        _set_state(connection, run_id, OVERTAKEN)


def _hand_over(connection: apsw.Connection, run_id: str, record: _Record) -> None:
    """Let the shapes of classes that went have their heirs, or go with them."""
    step = journal.Step(record.text, run_id=run_id)
    marks = ",".join("?" * len(record.heirs))
    touched = fetch_all(
        connection,
        f"SELECT DISTINCT image_id FROM tally WHERE class_id IN ({marks}) ORDER BY image_id",
        list(record.heirs),
    )
    for start in range(0, len(touched), _PER_WRITE):
        some = [image_id for (image_id,) in touched[start : start + _PER_WRITE]]
        items, rows = [], []
        for image_id in some:
            before = read_annotation(connection, image_id)
            delta = diff(before, inherited(before, record.heirs))
            item = planned(connection, read_image(connection, image_id), delta)
            parent = journal.last_step(connection, image_id)
            items.append(item)
            rows.append(journal.op_row(item, step, parent, delta))
        write_planned(connection, items)
        journal.drop_undone(connection, some)
        journal.append(connection, rows)


def _give_back(
    connection: apsw.Connection, image_id: int, seq: int, run_id: str, record: _Record
) -> None:
    """Undo what a change did to an image on which other work lies now, as a step on top."""
    present = read_annotation(connection, image_id)
    removed = journal.removed(connection, seq)
    delta = diff(present, _given_back(present, removed, record.heirs))
    if not delta.is_empty:
        step = journal.Step(f"Take back: {record.text}", gesture=BACK, run_id=run_id)
        journal.commit(connection, image_id, delta, expected_revision=present.revision, step=step)


def _given_back(
    present: Annotation,
    removed: Sequence[tuple[int, Instance]],
    heirs: Mapping[int, int | None],
) -> Annotation:
    """The document with the former class of shapes that still have the heir, and the lost shapes.

    Args:
        present: The document now.
        removed: Position and shape of all that the change altered or deleted, as they were.
        heirs: What it did.
    """
    was = {item.id: item.class_id for _, item in removed}
    instances = [
        structs.replace(item, class_id=was[item.id])
        if item.id in was and heirs.get(was[item.id]) == item.class_id
        else item
        for item in present.instances
    ]
    there = {item.id for item in instances}
    for position, item in removed:
        if heirs.get(item.class_id) is None and item.id not in there:
            instances.insert(min(position, len(instances)), item)
    return present.with_instances(instances)


def _touched(connection: apsw.Connection, heirs: Mapping[int, int | None]) -> tuple[int, int]:
    marks = ",".join("?" * len(heirs))
    shapes, images = fetch_all(
        connection,
        "SELECT coalesce(sum(count), 0), count(DISTINCT image_id) FROM tally "
        f"WHERE class_id IN ({marks})",
        list(heirs),
    )[0]
    return shapes, images


def _numbered(connection: apsw.Connection, table: ClassTable) -> ClassTable:
    """The table with ids for its new classes."""
    unused = class_rows.unused_id(connection)
    labels = []
    for label in table.labels:
        if label.id == NEW:
            label = ClassLabel(unused, label.name, label.colour)
            unused += 1
        labels.append(label)
    return ClassTable(tuple(labels))


def _settings(
    connection: apsw.Connection,
    before: Mapping[int, ClassRow],
    after: Mapping[int, ClassRow],
    heirs: Mapping[int, int | None],
) -> dict[str, tuple[str | None, str | None]]:
    """Settings that speak of classes, before and after, where they differ."""
    found: dict[str, tuple[str | None, str | None]] = {}
    former = class_rows.former(connection)
    follow = _followed(former, before, after, heirs)
    if follow != former:
        found[FORMER] = (json.dumps(former), json.dumps(follow))
    rows = fetch_all(
        connection,
        "SELECT key, value FROM setting WHERE substr(key, 1, ?)=?",
        (len(MAPPINGS), MAPPINGS),
    )
    for key, value in rows if heirs else ():
        chosen = json.loads(value)
        moved = {name: heirs.get(i, i) for name, i in chosen.items()}
        if moved != chosen:
            found[key] = (value, json.dumps(moved))
    return found


def _followed(
    former: Mapping[str, int | None],
    before: Mapping[int, ClassRow],
    after: Mapping[int, ClassRow],
    heirs: Mapping[int, int | None],
) -> dict[str, int | None]:
    """Former names of classes and what became of them, after a change."""
    follow = {name: i if i is None else heirs.get(i, i) for name, i in former.items()}
    names = {row.name.casefold() for row in after.values() if not row.retired}
    for class_id, row in before.items():
        if not row.retired:
            follow[row.name.casefold()] = heirs.get(class_id, class_id)
    return {name: heir for name, heir in follow.items() if name not in names}


def _unchanged(
    connection: apsw.Connection, record: _Record, old: int, new: int
) -> dict[str, str | None]:
    """Settings that nobody has changed since, with what they have to be."""
    wanted: dict[str, str | None] = {}
    for key, values in record.settings.items():
        row = fetch_one(connection, "SELECT value FROM setting WHERE key=?", (key,))
        if (row[0] if row else None) == values[old]:
            wanted[key] = values[new]
    return wanted


def _write_settings(connection: apsw.Connection, values: Mapping[str, str | None]) -> None:
    for key, value in values.items():
        if value is None:
            connection.execute("DELETE FROM setting WHERE key=?", (key,))
        else:
            connection.execute(
                "INSERT OR REPLACE INTO setting(key, value) VALUES(?,?)", (key, value)
            )


def _write_rows(connection: apsw.Connection, wanted: Mapping[int, list[Any] | None]) -> None:
    """Give classes the rows of another time; names that are taken by now get a number."""
    present = {row.id: row for row in read_classes(connection)}
    for class_id in wanted:
        if class_id in present:  # first out of the way: names may be swapped
            write_class(connection, present[class_id]._replace(retired=1))
    taken = {row.name for row in read_classes(connection) if not row.retired}
    for class_id, values in wanted.items():
        if values is None:
            continue  # it was new: its row stays, so that its number is never used again
        row = ClassRow(class_id, *values)
        if not row.retired:
            row = row._replace(name=free_name(row.name, taken))
            taken.add(row.name)
        write_class(connection, row)


def _is_settled(connection: apsw.Connection, record: _Record) -> bool:
    """Whether it added a class that has shapes by now."""
    new = [class_id for class_id, before, _ in record.rows if before is None]
    marks = ",".join("?" * len(new))
    sql = f"SELECT EXISTS(SELECT 1 FROM tally WHERE class_id IN ({marks}))"
    return bool(new) and bool(fetch_value(connection, sql, new))


def _in_state(connection: apsw.Connection, state: str, *, newest_first: bool) -> Iterator[Row]:
    """Changes in one state, in the order of their making or the opposite; read as they are used."""
    order, beyond, last = ("DESC", "<", "classes.") if newest_first else ("ASC", ">", "classes-")
    sql = (
        f"SELECT id, settings, state, started_s FROM run WHERE {_IDS} AND id {beyond} ? "
        f"AND state=? ORDER BY id {order} LIMIT {_PER_READ}"
    )
    while rows := fetch_all(connection, sql, (last, state)):
        yield from rows
        last = rows[-1][0]


def _step(connection: apsw.Connection, run_id: str) -> ClassStep:
    sql = "SELECT id, settings, state, started_s FROM run WHERE id=?"
    return _listed(connection, fetch_all(connection, sql, (run_id,))[0])


def _listed(connection: apsw.Connection, row: Row) -> ClassStep:
    record = _decoded(row[1])
    settled = row[2] == APPLIED and _is_settled(connection, record)
    return ClassStep(row[0], record.text, row[3], row[2], settled, record.shapes, record.images)


def _record(connection: apsw.Connection, run_id: str) -> _Record:
    row = fetch_one(connection, "SELECT settings FROM run WHERE id=? AND kind=?", (run_id, KIND))
    if row is None:
        raise ProjectError("The history has no such change of the classes; nothing was changed.")
    return _decoded(row[0])


def _encoded(record: _Record) -> str:
    text = json.dumps(record)
    return json.dumps({"step": text, "hash": fields_hash((text,)).hex()})


def _decoded(settings: str) -> _Record:
    try:
        outer = json.loads(settings)
        text = outer["step"]
        if fields_hash((text,)).hex() != outer["hash"]:
            raise ValueError("a step was damaged")
        text_shown, at, shapes, images, rows, heirs, kept = json.loads(text)
        return _Record(
            text_shown,
            at,
            shapes,
            images,
            [(i, before, after) for i, before, after in rows],
            {int(i): heir for i, heir in heirs.items()},
            {key: (before, after) for key, (before, after) in kept.items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            "A change of the classes cannot be read, because the project's database is damaged "
            "there; nothing was changed.",
            "Labels are not affected. Run: dynseg check PROJECT, or restore a backup.",
        ) from error


def _set_state(connection: apsw.Connection, run_id: str, state: str) -> None:
    connection.execute("UPDATE run SET state=? WHERE id=?", (state, run_id))


def _next_id(connection: apsw.Connection) -> str:
    last = fetch_value(connection, f"SELECT coalesce(max(id), 'classes-0') FROM run WHERE {_IDS}")
    return f"classes-{int(str(last).removeprefix('classes-')) + 1:08d}"


def _newest_op(connection: apsw.Connection) -> int:
    return int(fetch_value(connection, "SELECT coalesce(max(seq), 0) FROM op"))


def _run_of(connection: apsw.Connection, seq: int) -> str | None:
    row = fetch_one(connection, "SELECT run_id FROM op WHERE seq=?", (seq,))
    return None if row is None else row[0]
