"""Shapes and images as rows of the database, each with a hash over what it says.

A shape's `place` is `image id << 32 | rank`. Ranks rise from bottom to top with room between them,
so that putting a shape between two others writes one row, not all rows above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import apsw
import msgspec

from dynseg.annotation.codec import ORIGINS, STATES, decode_parts, encode_parts, row_hash
from dynseg.annotation.delta import Delta, merged
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import ProjectError, StaleRevisionError
from dynseg.project.connection import Row, fetch_all, fetch_one

RANK_BITS = 32
MAX_RANK = (1 << (RANK_BITS - 1)) - 1
SPACING = 1 << 16

INSTANCE_COLUMNS = "place, id, class_id, origin, accepted, score, model_id, run_id, hash, parts"
IMAGE_COLUMNS = "id, rel, width, height, state, revision, instance_count, min_score, split"

_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class ImageRecord:
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
        return image_hash(
            (
                self.id, self.rel, self.width, self.height, self.state, self.revision,
                self.instance_count, self.min_score, self.split,
            )
        )  # fmt: skip

    def with_split(self, split: str) -> ImageRecord:
        """The same row in another split."""
        return replace(self, split=split)


@dataclass(frozen=True, slots=True)
class Change:
    """What a delta does to the shape rows of one image.

    Attributes:
        deleted: Places to delete.
        written: Rows to insert or replace, in the order of `INSTANCE_COLUMNS`.
        instance_count, min_score: The image's counters afterwards.
        touches_human_work: A person's shape is removed or altered.
    """

    deleted: list[int]
    written: list[Row]
    instance_count: int
    min_score: float | None
    touches_human_work: bool


class MisfitError(ProjectError):
    """A delta that does not start from what the database holds; nothing was written."""


def place_range(image_id: int) -> tuple[int, int]:
    """First place of an image, and the first place behind it."""
    return image_id << RANK_BITS, (image_id + 1) << RANK_BITS


def image_of(place: int) -> int:
    """The image that a place belongs to."""
    return place >> RANK_BITS


def image_hash(columns: Row) -> bytes:
    """Hash of an image row, given the values of `IMAGE_COLUMNS`."""
    return row_hash(_pack(columns))


def instance_row(place: int, item: Instance) -> Row:
    """The row of a shape, in the order of `INSTANCE_COLUMNS`."""
    parts = encode_parts(item.parts)
    fields = (
        place, item.id, item.class_id, item.origin.value, int(item.accepted),
        None if item.score is None else float(item.score), item.model_id, item.run_id,
    )  # fmt: skip
    return (*fields, row_hash(_pack(fields) + parts), parts)


def instance_from_row(row: Row) -> Instance:
    """The shape of a row.

    Raises:
        ValueError: the row is damaged.
    """
    parts = row[9]
    if row_hash(_pack(row[:8]) + parts) != row[8]:
        raise ValueError("a shape is damaged")
    return Instance(
        row[2], decode_parts(parts), ORIGINS[row[3]], row[4] != 0, row[5], row[6], row[7], row[1]
    )


def read_image(connection: apsw.Connection, image_id: int) -> ImageRecord:
    """The row of an image, verified.

    Raises:
        ProjectError: there is no such image, or its row is damaged.
    """
    row = fetch_one(connection, f"SELECT {IMAGE_COLUMNS}, hash FROM image WHERE id=?", (image_id,))
    if row is None:
        raise ProjectError(f"The project has no image with number {image_id}.")
    if image_hash(row[:-1]) != row[-1] or row[4] not in STATES:
        raise damaged(row[1], "what is known about the image")
    return ImageRecord(*row[:-1])


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


def read_annotation(connection: apsw.Connection, image_id: int) -> Annotation:
    """The document of an image, verified; the caller holds a transaction.

    Raises:
        ProjectError: there is no such image, or a row of it is damaged.
    """
    image = read_image(connection, image_id)
    rows = fetch_all(
        connection,
        f"SELECT {INSTANCE_COLUMNS} FROM instance WHERE place>=? AND place<? ORDER BY place",
        place_range(image_id),
    )
    return document(image, rows)


def document(image: ImageRecord, rows: Sequence[Row]) -> Annotation:
    """The document that an image row and its shape rows are.

    Raises:
        ProjectError: a row is damaged or missing.
    """
    if len(rows) != image.instance_count:
        raise damaged(image.rel, f"{abs(len(rows) - image.instance_count)} of its shapes")
    try:
        instances = tuple(map(instance_from_row, rows))
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(image.rel, "at least one of its shapes") from error
    return Annotation(
        image.id, image.width, image.height, instances, STATES[image.state], image.revision
    )


def damaged(rel: str, what: str) -> ProjectError:
    """The error for a row that does not say what was written."""
    return ProjectError(
        f"{rel}: {what} cannot be read, because the project's database is damaged there.",
        "Other images are not affected. Run: dynseg check PROJECT, or restore a backup.",
    )


def plan(connection: apsw.Connection, image: ImageRecord, delta: Delta) -> Change:
    """What `delta` does to the rows of `image`; nothing is written yet.

    Raises:
        MisfitError: the delta does not start from the rows that are there.
    """
    rows: list[Row] = []
    if image.instance_count:  # most images of a first run have none
        rows = fetch_all(
            connection,
            "SELECT place, id, origin, accepted, score, hash FROM instance "
            "WHERE place>=? AND place<? ORDER BY place",
            place_range(image.id),
        )
    if image.state != delta.state_before or len(rows) != image.instance_count:
        raise _misfit(image)
    old_places: dict[str, int] = {}
    touches_human_work = False
    gone = set()
    for position, item in delta.removed:
        if not 0 <= position < len(rows) or position in gone:
            raise _misfit(image)
        place, _, origin, accepted, _, stored = rows[position]
        # The hash proves that the caller's shape is the stored one in every field, so that the
        # journal, which keeps the caller's, brings back the truth.
        if instance_row(place, item)[8] != stored:
            raise _misfit(image)
        touches_human_work |= origin != Origin.MODEL or accepted != 0
        gone.add(position)
        old_places[item.id] = place
    kept = [row for i, row in enumerate(rows) if i not in gone] if gone else rows
    known = {row[1] for row in kept}
    if not known.isdisjoint(item.id for _, item in delta.added):
        raise _misfit(image)
    deleted, written = _placed(image, kept, delta, old_places)
    scores = [r[4] for r in kept if r[4] is not None and r[2] == Origin.MODEL and not r[3]]
    scores += [
        i.score for _, i in delta.added if i.score is not None and not i.is_human_work
    ]  # fmt: skip
    count = len(kept) + len(delta.added)
    if len({item.id for _, item in delta.added}) != len(delta.added):
        raise _misfit(image)
    low = float(min(scores)) if scores else None
    return Change(deleted, written, count, low, touches_human_work)


def write_change(connection: apsw.Connection, changes: Iterable[Change]) -> None:
    """Write the shape rows of one or more images.

    Raises:
        ProjectError: a shape has a class that the project does not have.
    """
    deleted = [(place,) for change in changes for place in change.deleted]
    written = [row for change in changes for row in change.written]
    if deleted:
        connection.executemany("DELETE FROM instance WHERE place=?", deleted)
    if not written:
        return
    revive_classes(connection, {row[2] for row in written})
    connection.executemany(
        f"INSERT OR REPLACE INTO instance({INSTANCE_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?)", written
    )


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
        return row_hash(_pack(tuple(self)))


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
            raise damaged("The list of classes", f"class {row.id}")
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


def committed(image: ImageRecord, change: Change, state: ImageState) -> ImageRecord:
    """The image row after a change: one revision further."""
    return ImageRecord(
        image.id, image.rel, image.width, image.height, state.value, image.revision + 1,
        change.instance_count, change.min_score, image.split,
    )  # fmt: skip


def stale(image: ImageRecord) -> StaleRevisionError:
    """The error for a change that was made from an older document."""
    return StaleRevisionError(
        f"{image.rel} has been changed meanwhile; this change was not saved.",
        "Look at the image again and repeat the change.",
    )


def _misfit(image: ImageRecord) -> MisfitError:
    return MisfitError(
        f"{image.rel}: the change does not start from what is saved, so nothing was written.",
        "Open the image again and repeat the change.",
    )


def _placed(
    image: ImageRecord,
    kept: Sequence[Row],
    delta: Delta,
    old_places: dict[str, int],
) -> tuple[list[int], list[Row]]:
    """Places to delete and rows to write."""
    first = image.id << RANK_BITS
    if not delta.added:
        return sorted(old_places.values()), []
    try:
        wishes = merged(
            [(row[0] - first, True) for row in kept],
            [(i, (old_places.get(item.id, first - 1) - first, False)) for i, item in delta.added],
        )
    except ValueError as error:
        raise _misfit(image) from error
    ranks = ranked(wishes)
    if ranks is None:
        raise NoRoomError(image.id)
    written = [instance_row(first + ranks[i], item) for i, item in delta.added]
    rewritten = {row[0] for row in written}
    return sorted(set(old_places.values()) - rewritten), written


class NoRoomError(Exception):
    """No rank is free between two neighbours: the image has to be renumbered first."""

    def __init__(self, image_id: int) -> None:
        super().__init__(f"image {image_id}")
        self.image_id = image_id


def ranked(wishes: Sequence[tuple[int, bool]]) -> list[int] | None:
    """Ranks for all shapes of an image, rising; None when there is no room.

    Args:
        wishes: From bottom to top: the rank a shape has (or -1), and whether it has to keep it.
            A rank that need not be kept is used again where it fits.
    """
    result: list[int] = []
    last = 0
    index = 0
    while index < len(wishes):
        rank, fixed = wishes[index]
        if fixed:
            result.append(rank)
            last = rank
            index += 1
            continue
        end = index
        while end < len(wishes) and not wishes[end][1]:
            end += 1
        limit = wishes[end][0] if end < len(wishes) else MAX_RANK
        run = [wish for wish, _ in wishes[index:end]]
        filled = _filled(run, last, limit, at_top=end == len(wishes))
        if filled is None:
            return None
        result.extend(filled)
        last = result[-1]
        index = end
    return result


def _filled(run: Sequence[int], low: int, high: int, *, at_top: bool) -> list[int] | None:
    """Rising ranks strictly between `low` and `high`; those in `run` where they already rise."""
    if all(a < b for a, b in zip((low, *run), (*run, high), strict=True)):
        return list(run)
    step = SPACING if at_top else (high - low) // (len(run) + 1)
    if at_top and low + step * len(run) >= high:
        step = (high - low) // (len(run) + 1)
    if step < 1:
        return None
    return [low + step * (i + 1) for i in range(len(run))]


def renumber(connection: apsw.Connection, image_id: int) -> None:
    """Give the shapes of an image new ranks with room between them; the document stays."""
    annotation = read_annotation(connection, image_id)
    first, behind = place_range(image_id)
    count = len(annotation.instances)
    step = max(1, min(SPACING, MAX_RANK // (count + 2)))
    connection.execute("DELETE FROM instance WHERE place>=? AND place<?", (first, behind))
    connection.executemany(
        f"INSERT INTO instance({INSTANCE_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?)",
        (instance_row(first + step * (i + 1), item) for i, item in enumerate(annotation.instances)),
    )


def planned(connection: apsw.Connection, image: ImageRecord, delta: Delta) -> Change:
    """`plan`, renumbering the image first where its ranks have run out."""
    try:
        return plan(connection, image, delta)
    except NoRoomError:
        renumber(connection, image.id)
        return plan(connection, image, delta)
