"""Documents as the database holds them: an image row, its sheets, and a tally of its classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, starmap
from typing import Any, NamedTuple

import apsw

from dynseg.annotation import packing
from dynseg.annotation.codec import STATES
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.annotation.packing import Entry
from dynseg.errors import DamagedError
from dynseg.project.connection import Row, fetch_all
from dynseg.project.digest import sheet_hash
from dynseg.project.rows import (
    ImageRecord,
    read_image,
    revive_classes,
    write_images,
)
from dynseg.project.sheets import (
    SHEET_COLUMNS,
    NoRoomError,
    packed_rows,
    place_range,
    plan,
)


class StoredAnnotation(Annotation):
    """A document whose shapes are verified, and decoded when somebody looks at them.

    It equals the plain document with the same content; a changed copy is a plain one.
    """

    __slots__ = ("_shapes", "_sheets")
    __hash__ = None  # type: ignore[assignment]

    _sheets: Sequence[tuple[bytes, bytes]]
    _shapes: tuple[Instance, ...] | None

    def __new__(cls, *args: Any, **fields: Any) -> Annotation:  # type: ignore[misc]
        """A plain document: what `dataclasses.replace` wants to have."""
        return Annotation(*args, **fields)

    @classmethod
    def of(cls, image: ImageRecord, sheets: Sequence[tuple[bytes, bytes]]) -> StoredAnnotation:
        """The document of an image row and the verified heads and bodies of its sheets."""
        self = object.__new__(cls)
        put = object.__setattr__
        put(self, "image_id", image.id)
        put(self, "width", image.width)
        put(self, "height", image.height)
        put(self, "state", STATES[image.state])
        put(self, "revision", image.revision)
        put(self, "_sheets", sheets)
        put(self, "_shapes", None)
        return self

    @property
    def instances(self) -> tuple[Instance, ...]:
        """All shapes, bottom to top."""
        sheets = self._sheets  # before the shapes: another thread may put those in their place
        shapes = self._shapes
        if shapes is None:
            shapes = tuple(chain.from_iterable(starmap(packing.unpack, sheets)))
            object.__setattr__(self, "_shapes", shapes)
            object.__setattr__(self, "_sheets", ())
        return shapes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Annotation):
            return NotImplemented
        return _fields(self) == _fields(other)

    def __reduce__(self) -> tuple[type[Annotation], tuple[Any, ...]]:
        return Annotation, _fields(self)


def _fields(document: Annotation) -> tuple[Any, ...]:
    return (
        document.image_id, document.width, document.height, document.instances, document.state,
        document.revision,
    )  # fmt: skip


def read_annotation(connection: apsw.Connection, image_id: int) -> Annotation:
    """The document of an image, verified; the caller holds a transaction.

    Raises:
        ProjectError: there is no such image, or a row of it is damaged.
    """
    image = read_image(connection, image_id)
    rows: list[Row] = []
    if image.instance_count:
        rows = fetch_all(
            connection,
            f"SELECT {SHEET_COLUMNS} FROM sheet WHERE place>=? AND place<? ORDER BY place",
            place_range(image_id),
        )
    return document(image, rows)


def document(image: ImageRecord, rows: Iterable[Row]) -> Annotation:
    """The document that a verified image row and its sheets are.

    Raises:
        ProjectError: a sheet is damaged or missing.
    """
    sheets, count = [], 0
    for place, digest, head, body in rows:
        if sheet_hash(place, head, body) != digest:
            raise DamagedError(image.rel, "at least one of its shapes")
        count += packing.count_of(head)
        sheets.append((head, body))
    if count != image.instance_count:
        raise DamagedError(image.rel, f"{abs(count - image.instance_count)} of its shapes")
    return StoredAnnotation.of(image, sheets)


class Planned(NamedTuple):
    """A change of one image that may be written.

    Attributes:
        before, after: The image row.
        deleted: Places of its sheets to delete.
        written: Rows of its sheets to insert or replace.
        tally: Rows of the tally afterwards: image id, class id, shapes, lowest score.
        adds: Whether shapes are new or changed.
        touches_human_work: A person's shape is removed or altered.
    """

    before: ImageRecord
    after: ImageRecord
    deleted: list[int]
    written: list[Row]
    tally: list[Row]
    adds: bool
    touches_human_work: bool


def planned(connection: apsw.Connection, image: ImageRecord, delta: Delta) -> Planned:
    """What a delta does to an image; nothing is written but new ranks where they have run out.

    Raises:
        MisfitError: the delta does not start from what is saved.
        ProjectError: what is saved is damaged.
    """
    try:
        change = plan(connection, image, delta)
    except NoRoomError:
        _renumber(connection, image.id)
        change = plan(connection, image, delta)
    tally = tally_rows(image.id, change.entries)
    lows = [row[3] for row in tally if row[3] is not None]
    after = ImageRecord(
        image.id, image.rel, image.width, image.height, delta.state_after.value,
        image.revision + 1, len(change.entries), min(lows, default=None), image.split,
    )  # fmt: skip
    return Planned(
        image, after, change.deleted, change.written, tally, bool(delta.added),
        change.touches_human_work,
    )  # fmt: skip


def tally_rows(image_id: int, entries: Iterable[Entry]) -> list[Row]:
    """How many shapes of each class there are, and the lowest score among the proposals."""
    counts: dict[int, int] = {}
    lows: dict[int, float] = {}
    model = Origin.MODEL
    for _, class_id, origin, accepted, score, _, _, _ in entries:
        if class_id in counts:
            counts[class_id] += 1
        else:
            counts[class_id] = 1
        if score is None or origin is not model or accepted:
            continue
        if class_id not in lows or score < lows[class_id]:
            lows[class_id] = score
    return [(image_id, class_id, n, lows.get(class_id)) for class_id, n in counts.items()]


def proposals_in(head: bytes) -> list[tuple[int, float | None]]:
    """Class id and score of the proposals of a sheet that nobody has touched.

    An unreadable head has none: the queue goes on, and reading the image says what is wrong.
    """
    try:
        entries = packing.decode_entries(head)
    except ValueError:
        return []
    return [
        (class_id, score)
        for _, class_id, origin, accepted, score, _, _, _ in entries
        if origin is Origin.MODEL and not accepted
    ]


def is_drawn_on(head: bytes) -> bool:
    """Whether a shape of a sheet came with no run: somebody is at work on the image."""
    try:
        return any(run_id is None for *_, run_id, _ in packing.decode_entries(head))
    except ValueError:
        return True


def write_planned(connection: apsw.Connection, items: Sequence[Planned]) -> None:
    """Write changes of different images.

    Raises:
        ProjectError: a shape has a class that the project does not have.
    """
    class_ids = {row[1] for item in items if item.adds for row in item.tally}
    if class_ids:
        revive_classes(connection, class_ids)
    _delete_sheets(connection, [place for item in items for place in item.deleted])
    _write_sheets(connection, [row for item in items for row in item.written])
    write_images(connection, [item.after for item in items])
    connection.executemany(
        "DELETE FROM tally WHERE image_id=?",
        [(item.before.id,) for item in items if item.before.instance_count],
    )
    write_tally(connection, [row for item in items for row in item.tally])


def write_tally(connection: apsw.Connection, rows: Sequence[Row]) -> None:
    """Insert rows of the tally."""
    connection.executemany(
        "INSERT INTO tally(image_id, class_id, count, min_score) VALUES(?,?,?,?)", rows
    )


def _write_sheets(connection: apsw.Connection, rows: Sequence[Row]) -> None:
    connection.executemany(f"INSERT OR REPLACE INTO sheet({SHEET_COLUMNS}) VALUES(?,?,?,?)", rows)


def _delete_sheets(connection: apsw.Connection, places: Sequence[int]) -> None:
    connection.executemany("DELETE FROM sheet WHERE place=?", [(place,) for place in places])


def _renumber(connection: apsw.Connection, image_id: int) -> None:
    """Give the shapes of an image new sheets with room between them; the document stays."""
    items = read_annotation(connection, image_id).instances
    connection.execute("DELETE FROM sheet WHERE place>=? AND place<?", place_range(image_id))
    entries = [packing.entry_of(item) for item in items]
    body = packing.body_of(items)
    _write_sheets(connection, packed_rows(place_range(image_id)[0], entries, body))
