"""`objects.csv` beside label images: the class and the split of each number in each of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.text_file import text_of

NAME = "objects.csv"
HEADER = ("mask", "object", "class", "split")
_MAX_BYTES = 256 << 20


class TableRow(NamedTuple):
    """One object.

    Attributes:
        mask: Name of the label image, without folder.
        number: Of the object in it.
        label: Name of its class.
        split: Where its image belongs, as the table has it.
    """

    mask: str
    number: int
    label: str
    split: str


def text(rows: Iterable[TableRow]) -> bytes:
    """The content of the file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def read(folder: Path) -> list[TableRow]:
    """The rows of the file in a folder that can be used; none where it is absent or another one."""
    path = folder / NAME
    if not path.is_file() or path.is_symlink() or path.stat().st_size > _MAX_BYTES:
        return []
    content = text_of(path.read_bytes())
    # Spreadsheets save a table as their country has it: most of Europe with semicolons.
    between = next((sign for sign in ";\t" if content.startswith(HEADER[0] + sign)), ",")
    lines = csv.reader(io.StringIO(content), delimiter=between)
    try:
        if tuple(next(lines, ())) != HEADER:
            return []
        return [row for line in lines if (row := _row(line)) is not None]
    except csv.Error:
        return []


def _row(line: list[str]) -> TableRow | None:
    if len(line) != len(HEADER) or not (line[1].isascii() and line[1].isdigit()):
        return None
    label = printable(line[2])
    return TableRow(line[0], int(line[1][:9]), label, line[3]) if label else None
