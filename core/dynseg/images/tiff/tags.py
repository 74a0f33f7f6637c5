"""Directories of a TIFF: the few tags that decide what its pixels are (TIFF 6.0, BigTIFF).

A file may claim anything: no tag is read that is longer than `MOST_BYTES`, than `MOST_NUMBERS` or
than the file, and a chain of directories ends where it comes back to one that it had, or after
`MOST_ENTRIES` tags.
"""

from __future__ import annotations

import struct
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import BinaryIO

HEADERS = {
    b"II*\0": ("<", False), b"MM\0*": (">", False), b"II+\0": ("<", True), b"MM\0+": (">", True),
}  # fmt: skip
"""First four bytes: byte order, and whether offsets have 64 bits."""
MOST_BYTES = 16 << 20
MOST_NUMBERS = 1 << 20
MOST_PAGES = 200_000
MOST_ENTRIES = 20 * MOST_PAGES
"""Of all directories: they may overlap, so that a small file has no end."""

KIND, OLD_KIND = 254, 255
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
FILL_ORDER, DESCRIPTION, STRIP_OFFSETS, ORIENTATION, SAMPLES = 266, 270, 273, 274, 277
ROWS_PER_STRIP, STRIP_COUNTS, PLANAR, PREDICTOR = 278, 279, 284, 317
TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_COUNTS = 322, 323, 324, 325
EXTRA, SAMPLE_FORMAT, NO_DATA = 338, 339, 42113
IMAGEJ_COUNTS, IMAGEJ_DATA = 50838, 50839
ALL = frozenset({
    KIND, OLD_KIND, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER, DESCRIPTION,
    STRIP_OFFSETS, ORIENTATION, SAMPLES, ROWS_PER_STRIP, STRIP_COUNTS, PLANAR, PREDICTOR,
    TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_COUNTS, EXTRA, SAMPLE_FORMAT, NO_DATA,
    IMAGEJ_COUNTS, IMAGEJ_DATA,
})  # fmt: skip
_KINDS = frozenset({KIND, OLD_KIND})
_TEXTS = frozenset({DESCRIPTION, IMAGEJ_DATA})
_CODES = {1: "B", 2: "s", 3: "H", 4: "I", 7: "s", 9: "i", 13: "I", 16: "Q", 18: "Q"}
"""Types of values: texts and bytes come as they are, fractions and floats are in no tag above."""


@dataclass(frozen=True, slots=True)
class Tags:
    """One directory.

    Attributes:
        order: Byte order of the file, as `struct` writes it.
        numbers: Values of the tags that are whole numbers.
        texts: Bytes of those that are texts or have a form of their own.
    """

    order: str
    numbers: dict[int, tuple[int, ...]]
    texts: dict[int, bytes]

    def number(self, tag: int, default: int) -> int:
        """The first value of a tag."""
        return self.numbers.get(tag, (default,))[0]

    @property
    def is_aside(self) -> bool:
        """Whether it is no page, but a smaller copy of one or a mask of what is transparent."""
        return bool(self.number(KIND, 0) & 0b101) or self.number(OLD_KIND, 1) == 2


def byte_order(file: BinaryIO) -> tuple[str, bool] | None:
    """Byte order and whether it is a BigTIFF; None when it is no TIFF."""
    file.seek(0)
    return HEADERS.get(file.read(4))


def page_places(file: BinaryIO) -> list[tuple[int, int]]:
    """Number and place of the directories of pages, without those of smaller copies of them."""
    found = enumerate(_directories(file, _KINDS))
    return [(number, place) for number, (place, tags) in found if not tags.is_aside]


def first_page(file: BinaryIO) -> Tags | None:
    """The directory of the first page; None where it is no TIFF."""
    # Which one it is first: smaller copies may stand before it, each with a text of megabytes.
    found = _directories(file, _KINDS)
    place = next((place for place, tags in found if not tags.is_aside), None)
    return page_at(file, place) if place is not None else None


def first_number(file: BinaryIO) -> int:
    """Number of the directory of the first page; 0 where there is none."""
    found = enumerate(_directories(file, _KINDS))
    return next((number for number, (_, tags) in found if not tags.is_aside), 0)


def page_at(file: BinaryIO, place: int) -> Tags | None:
    """The directory that lies at a place; None where it is no TIFF."""
    return next((tags for _, tags in _directories(file, ALL, place)), None)


def _directories(file: BinaryIO, wanted: Container[int], at: int = 0) -> Iterator[tuple[int, Tags]]:
    """Place and tags of all directories, from the one at a place on; from the first one when 0."""
    found = byte_order(file)
    if found is None:
        return
    order, is_big = found
    end = file.seek(0, 2)
    at = at or _number_at(file, order + ("Q" if is_big else "I"), 8 if is_big else 4)
    seen: set[int] = set()
    left = MOST_ENTRIES
    while at and at not in seen and at < end and len(seen) < MOST_PAGES:
        seen.add(at)
        count = _number_at(file, order + ("Q" if is_big else "H"), at)
        left -= count
        if left < 0:
            return
        table = file.read(min(count, 1 << 16) * (20 if is_big else 12))
        following = file.read(8 if is_big else 4)
        yield at, _tags(file, order, is_big, table, wanted, end)
        if len(following) < (8 if is_big else 4):
            at = end if len(seen) > 1 else 0  # careless programs leave it out where there is one
        else:
            at = struct.unpack(order + ("Q" if is_big else "I"), following)[0]
        if at >= end:  # a file that was cut off has a page more, which cannot be read
            yield at, Tags(order, {}, {})


def _number_at(file: BinaryIO, code: str, at: int) -> int:
    file.seek(at)
    data = file.read(struct.calcsize(code))
    return int(struct.unpack(code, data)[0]) if len(data) == struct.calcsize(code) else 0


def _tags(
    file: BinaryIO, order: str, is_big: bool, table: bytes, wanted: Container[int], end: int
) -> Tags:
    numbers: dict[int, tuple[int, ...]] = {}
    texts: dict[int, bytes] = {}
    entry = struct.Struct(order + ("HHQ8s" if is_big else "HHI4s"))
    whole = len(table) - len(table) % entry.size
    for tag, kind, count, inline in entry.iter_unpack(table[:whole]):
        code = _CODES.get(kind)
        if tag not in wanted or code is None or not count:
            continue
        size = count * struct.calcsize("=" + code)
        if size <= len(inline):
            data = inline[:size]
        elif size > min(MOST_BYTES, end) or (code != "s" and count > MOST_NUMBERS):
            continue
        else:
            file.seek(struct.unpack(order + ("Q" if is_big else "I"), inline)[0] & (2**63 - 1))
            data = file.read(size)
        if len(data) < size:
            continue
        if code == "s" or tag in _TEXTS:
            texts[tag] = data
        else:
            numbers[tag] = struct.unpack(f"{order}{count}{code}", data)
    return Tags(order, numbers, texts)
