"""The shapes of an image as rows of the database: a few sheets, each with many shapes.

A sheet's `place` is `image id << 32 | rank`. Ranks rise from bottom to top with room between them,
so that an edit rewrites the one or two sheets that it touches and leaves the others alone. Most
images have one sheet; one with thousands of shapes has many of up to `SHEET_BYTES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import apsw

from dynseg.annotation import packing
from dynseg.annotation.delta import Delta, merged
from dynseg.annotation.document import Origin
from dynseg.annotation.packing import Entry
from dynseg.errors import DamagedError
from dynseg.project.connection import Row, fetch_all
from dynseg.project.digest import sheet_hash
from dynseg.project.rows import ImageRecord, misfit

RANK_BITS = 32
MAX_RANK = (1 << (RANK_BITS - 1)) - 1
SPACING = 1 << 16
SHEET_BYTES = 32 << 10
"""Points that a sheet holds, in bytes; a single larger shape has a sheet of its own."""

SHEET_COLUMNS = "place, hash, head, body"


class Change(NamedTuple):
    """What a delta does to the sheets of one image.

    Attributes:
        deleted: Places to delete.
        written: Rows to insert or replace, in the order of `SHEET_COLUMNS`.
        entries: Fields of all shapes of the image afterwards.
        touches_human_work: A person's shape is removed or altered.
    """

    deleted: list[int]
    written: list[Row]
    entries: list[Entry]
    touches_human_work: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Stored:
    """A shape that stands in a sheet: which one, and where in it."""

    sheet: _Sheet
    slot: int

    @property
    def entry(self) -> Entry:
        return self.sheet.entries[self.slot]

    @property
    def points(self) -> bytes:
        return self.sheet.points()[self.slot]


@dataclass(frozen=True, slots=True, eq=False)
class _New:
    """A shape that is to be written."""

    entry: Entry
    points: bytes


_Shape = _Stored | _New


class _Sheet:
    """A sheet of the database; its points are read, and verified, when they are needed."""

    def __init__(self, connection: apsw.Connection, image: ImageRecord, row: Row) -> None:
        self.place, self._hash, self._head = row
        self._connection = connection
        self._image = image
        self._points: list[bytes] | None = None
        try:
            self.entries = packing.decode_entries(self._head)
        except ValueError as error:
            raise DamagedError(image.rel, "at least one of its shapes") from error
        self.size_bytes = sum(map(packing.size_of, self.entries))

    def points(self) -> list[bytes]:
        """The coordinates of each shape.

        Raises:
            ProjectError: the sheet is damaged.
        """
        if self._points is None:
            ((body,),) = fetch_all(
                self._connection, "SELECT body FROM sheet WHERE place=?", (self.place,)
            )
            if sheet_hash(self.place, self._head, body) != self._hash:
                raise DamagedError(self._image.rel, "at least one of its shapes")
            self._points = packing.split_points(self.entries, body)
        return self._points


def place_range(image_id: int) -> tuple[int, int]:
    """First place of an image, and the first place behind it."""
    return image_id << RANK_BITS, (image_id + 1) << RANK_BITS


def image_of(place: int) -> int:
    """The image that a place belongs to."""
    return place >> RANK_BITS


def plan(connection: apsw.Connection, image: ImageRecord, delta: Delta) -> Change:
    """What `delta` does to the sheets of `image`; nothing is written yet.

    Raises:
        MisfitError: the delta does not start from what is there.
        ProjectError: what is there is damaged.
    """
    if image.state != delta.state_before:
        raise misfit(image)
    if not image.instance_count and not delta.removed:  # most images of a first run
        return _filled(image, delta)
    sheets = [
        _Sheet(connection, image, row)
        for row in fetch_all(
            connection,
            "SELECT place, hash, head FROM sheet WHERE place>=? AND place<? ORDER BY place",
            place_range(image.id),
        )
    ]
    stored = [_Stored(sheet, slot) for sheet in sheets for slot in range(len(sheet.entries))]
    if len(stored) != image.instance_count:
        raise DamagedError(image.rel, "at least one of its shapes")
    gone, touches = _removed(image, stored, delta)
    kept: list[_Shape] = [shape for i, shape in enumerate(stored) if i not in gone]
    added: list[tuple[int, _Shape]] = [
        (i, _New(packing.entry_of(item), packing.points_of(item))) for i, item in delta.added
    ]
    try:
        shapes = merged(kept, added)
    except ValueError as error:
        raise misfit(image) from error
    entries = [shape.entry for shape in shapes]
    if len({entry[0] for entry in entries}) != len(entries):
        raise misfit(image)
    deleted, written = _placed(image, sheets, shapes)
    return Change(deleted, written, entries, touches)


def _filled(image: ImageRecord, delta: Delta) -> Change:
    """`plan` for an image without shapes."""
    items = [item for _, item in delta.added]
    if [position for position, _ in delta.added] != list(range(len(items))):
        raise misfit(image)
    if len({item.id for item in items}) != len(items):
        raise misfit(image)
    entries = list(map(packing.entry_of, items))
    rows = packed_rows(place_range(image.id)[0], entries, packing.body_of(items))
    return Change([], rows, entries, False)


def packed_rows(first: int, entries: list[Entry], body: bytes) -> list[Row]:
    """Rows for all shapes of an image whose first place is `first`, evenly spaced."""
    if not entries:
        return []
    if len(body) <= SHEET_BYTES:
        return [sheet_row(first + SPACING, entries, body)]
    chunks = _chunks(entries, packing.split_points(entries, body))
    step = max(1, min(SPACING, MAX_RANK // (len(chunks) + 2)))
    return [
        sheet_row(first + step * (i + 1), own, b"".join(points))
        for i, (own, points) in enumerate(chunks)
    ]


def sheet_row(place: int, entries: Sequence[Entry], body: bytes) -> Row:
    """A row, in the order of `SHEET_COLUMNS`."""
    head = packing.encode_entries(entries)
    return place, sheet_hash(place, head, body), head, body


def _chunks(entries: list[Entry], points: list[bytes]) -> list[tuple[list[Entry], list[bytes]]]:
    """Shapes in their order, cut where a sheet is full."""
    if sum(map(len, points)) <= SHEET_BYTES:
        return [(entries, points)]
    chunks: list[tuple[list[Entry], list[bytes]]] = []
    size = SHEET_BYTES + 1
    for entry, own in zip(entries, points, strict=True):
        if size + len(own) > SHEET_BYTES:
            chunks.append(([], []))
            size = 0
        chunks[-1][0].append(entry)
        chunks[-1][1].append(own)
        size += len(own)
    return chunks


def _removed(image: ImageRecord, stored: Sequence[_Stored], delta: Delta) -> tuple[set[int], bool]:
    """Positions that go, and whether a person's work is among them.

    The caller's shapes have to be the stored ones in every field and point, so that the journal,
    which keeps the caller's, brings back the truth.
    """
    gone: set[int] = set()
    touches = False
    for position, item in delta.removed:
        if not 0 <= position < len(stored) or position in gone:
            raise misfit(image)
        shape = stored[position]
        if shape.entry != packing.entry_of(item) or shape.points != packing.points_of(item):
            raise misfit(image)
        touches |= shape.entry[2] is not Origin.MODEL or shape.entry[3]
        gone.add(position)
    return gone, touches


def _placed(
    image: ImageRecord, sheets: Sequence[_Sheet], shapes: Sequence[_Shape]
) -> tuple[list[int], list[Row]]:
    """Places to delete and rows to write, so that the sheets hold `shapes`."""
    first = place_range(image.id)[0]
    wishes: list[tuple[int, bool]] = []
    chunks: list[tuple[list[Entry], list[bytes]] | None] = []
    left = {sheet.place for sheet in sheets}
    for group in _absorbed(_grouped(shapes)):
        if isinstance(group, _Sheet):
            left.discard(group.place)
            wishes.append((group.place - first, True))
            chunks.append(None)
            continue
        old = iter(dict.fromkeys(s.sheet.place for s in group if isinstance(s, _Stored)))
        for chunk in _chunks([s.entry for s in group], [s.points for s in group]):
            place = next(old, None)
            wishes.append((-1 if place is None else place - first, False))
            chunks.append(chunk)
    ranks = ranked(wishes)
    if ranks is None:
        raise NoRoomError(image.id)
    written = [
        sheet_row(first + rank, chunk[0], b"".join(chunk[1]))
        for rank, chunk in zip(ranks, chunks, strict=True)
        if chunk is not None
    ]
    return sorted(left - {row[0] for row in written}), written


_Group = _Sheet | list[_Shape]


def _grouped(shapes: Sequence[_Shape]) -> list[_Group]:
    """`shapes` as sheets that stay as they are, and what lies between them."""
    groups: list[_Group] = []
    at = 0
    while at < len(shapes):
        shape = shapes[at]
        if isinstance(shape, _Stored) and shape.slot == 0:
            end = at + len(shape.sheet.entries)
            if _is_whole(shape.sheet, shapes[at:end]):
                groups.append(shape.sheet)
                at = end
                continue
        if not groups or isinstance(groups[-1], _Sheet):
            groups.append([])
        loose = groups[-1]
        assert isinstance(loose, list)
        loose.append(shape)
        at += 1
    return groups


def _is_whole(sheet: _Sheet, shapes: Sequence[_Shape]) -> bool:
    """Whether `shapes` are those of the sheet, all of them; stored shapes keep their order."""
    return len(shapes) == len(sheet.entries) and all(
        isinstance(shape, _Stored) and shape.sheet is sheet for shape in shapes
    )


def _absorbed(groups: list[_Group]) -> list[_Group]:
    """Groups where what is loose joins a neighbouring sheet that has room, so that few are made."""
    result: list[_Group] = []
    for group in groups:
        last = result[-1] if result else None
        sheets = isinstance(last, _Sheet) + isinstance(group, _Sheet)
        if last is None or sheets == 2 or (sheets and _size(last) + _size(group) > SHEET_BYTES):
            result.append(group)
        else:
            result[-1] = [*_shapes(last), *_shapes(group)]
    return result


def _size(group: _Group) -> int:
    if isinstance(group, _Sheet):
        return group.size_bytes
    return sum(packing.size_of(shape.entry) for shape in group)


def _shapes(group: _Group) -> Sequence[_Shape]:
    if isinstance(group, _Sheet):
        return [_Stored(group, slot) for slot in range(len(group.entries))]
    return group


class NoRoomError(Exception):
    """No rank is free between two neighbours: the image has to be renumbered first."""

    def __init__(self, image_id: int) -> None:
        super().__init__(f"image {image_id}")
        self.image_id = image_id


def ranked(wishes: Sequence[tuple[int, bool]]) -> list[int] | None:
    """Ranks for all sheets of an image, rising; None when there is no room.

    Args:
        wishes: From bottom to top: the rank a sheet has (or -1), and whether it has to keep it.
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
        filled = _between(run, last, limit, at_top=end == len(wishes))
        if filled is None:
            return None
        result.extend(filled)
        last = result[-1]
        index = end
    return result


def _between(run: Sequence[int], low: int, high: int, *, at_top: bool) -> list[int] | None:
    """Rising ranks strictly between `low` and `high`; those in `run` where they already rise."""
    if all(a < b for a, b in zip((low, *run), (*run, high), strict=True)):
        return list(run)
    step = SPACING if at_top else (high - low) // (len(run) + 1)
    if at_top and low + step * len(run) >= high:
        step = (high - low) // (len(run) + 1)
    if step < 1:
        return None
    return [low + step * (i + 1) for i in range(len(run))]
