"""Lines of a YOLO segmentation label file: a strict reader and a writer.

A line is `class x1 y1 x2 y2 ...` with x over the image width and y over its height. The reader
answers every sequence of bytes with rows and findings; it never raises. What it refuses is what
ultralytics answers by dropping the whole image (a number that is none, an unknown class, an odd
count) or by training on something that nobody drew (points far outside the image).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.finding import Finding
from dynseg.formats.incoming.class_names import MAX_CLASSES
from dynseg.formats.incoming.reading import CLIP_SHARE, ROUNDING_SHARE, without_repeats
from dynseg.formats.incoming.text_file import utf_8

MAX_FILE_BYTES = 64 << 20

_LINE_END = re.compile(r"\r\n|\n|\r")
_NUMBERS = re.compile(r"[0-9eE+\-. \t]+")
_NOT_FINITE = re.compile(r"(?i)(?:^|[ \t])[+-]?(?:nan|inf|infinity)(?:[ \t]|$)")
DECIMALS = 8
"""Of a written share: 0.3 thousandths of a pixel in an image of 30,000."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One usable line.

    Attributes:
        class_index: Position in the names of the source.
        points: `(N, 2)` float64, N >= 3, x then y as shares of the image in [0, 1].
        line: Line in the file, counted from 1.
        is_box: The line was a box `class x y width height`; `points` are its corners.
    """

    class_index: int
    points: NDArray[np.float64]
    line: int
    is_box: bool


@dataclass(frozen=True, slots=True)
class ParsedLabels:
    """What a label file holds and what is wrong with it."""

    rows: tuple[Row, ...]
    repaired: tuple[Finding, ...]
    refused: tuple[Finding, ...]


class _RowError(Exception):
    """A line that cannot be used; the text is the reason."""


def parse(data: bytes, *, path: str, class_count: int | None = None) -> ParsedLabels:
    """Read the content of a label file.

    Args:
        data: The bytes of the file, of any content.
        path: Name of the file for the findings.
        class_count: Number of classes of the source; None when it is not known.

    Returns:
        The usable rows and every line that was repaired or refused.
    """
    text, problem = _as_text(data)
    if problem:
        return ParsedLabels((), (), (Finding(path, None, problem),))
    rows: list[Row] = []
    repaired: list[Finding] = []
    refused: list[Finding] = []
    seen: set[tuple[int, bytes]] = set()
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if not line.strip(" \t"):
            continue
        try:
            row, notes = _parse_line(line, number, class_count)
        except _RowError as refusal:
            refused.append(Finding(path, number, str(refusal)))
            continue
        key = (row.class_index, row.points.tobytes())
        if key in seen:
            repaired.append(Finding(path, number, "is the same as an earlier line; dropped"))
            continue
        seen.add(key)
        rows.append(row)
        repaired.extend(Finding(path, number, note) for note in notes)
    return ParsedLabels(tuple(rows), tuple(repaired), tuple(refused))


def _as_text(data: bytes) -> tuple[str, str]:
    """The text of a label file and, when there is none, the reason."""
    if len(data) > MAX_FILE_BYTES:
        return "", f"is larger than {MAX_FILE_BYTES >> 20} MB; no label file is"
    data = utf_8(data)
    if b"\0" in data:
        return "", "is not a text file"
    return data.decode(errors="replace"), ""


def _parse_line(line: str, number: int, class_count: int | None) -> tuple[Row, list[str]]:
    values = _numbers(line)
    class_index = _class_index(values[0], class_count)
    coordinates = np.array(values[1:], dtype=np.float64)
    if len(coordinates) % 2:
        raise _RowError("has an odd number of coordinates")
    if len(coordinates) < 4:
        raise _RowError("has fewer than 3 points")
    notes: list[str] = []
    is_box = len(coordinates) == 4
    if is_box:
        points = _box_corners(coordinates)
        notes.append("is a box, not a polygon; kept as a rectangle")
    else:
        points = coordinates.reshape(-1, 2)
    points, clipped = _into_image(points)
    if clipped:
        notes.append("has points outside the image; moved to the border")
    points = without_repeats(points)
    if len(points) < 3:
        raise _RowError("has fewer than 3 different points")
    return Row(class_index, points, number, is_box), notes


def _numbers(line: str) -> list[float]:
    """The numbers of a line; ASCII spaces and tabs alone separate them."""
    if not _NUMBERS.fullmatch(line):
        if _NOT_FINITE.search(line):
            raise _RowError("has a coordinate that is not a finite number")
        raise _RowError("has something that is not a number")
    try:
        values = list(map(float, line.split()))
    except ValueError:
        raise _RowError("has something that is not a number") from None
    if not all(map(math.isfinite, values)):
        raise _RowError("has a coordinate that is not a finite number")
    return values


def _class_index(value: float, class_count: int | None) -> int:
    if value != int(value):
        raise _RowError("has a class that is not a whole number")
    if value < 0:
        raise _RowError(f"has the negative class {int(value)}")
    if class_count is not None and value >= class_count:
        raise _RowError(f"has class {value:g}, but there are only {class_count} classes")
    if value >= MAX_CLASSES:
        raise _RowError(f"has class {value:g}; more than {MAX_CLASSES} classes are not possible")
    return int(value)


def _box_corners(box: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners `(4, 2)` of a box given as centre x, centre y, width, height."""
    x, y, width, height = box
    if width <= 0 or height <= 0:
        raise _RowError("is a box without an area")
    with np.errstate(over="ignore"):
        left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _into_image(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], bool]:
    """`points` moved into [0, 1], and whether that is worth a finding."""
    outside = max(float(-points.min()), float(points.max()) - 1.0)
    if not outside <= CLIP_SHARE:
        raise _RowError("has points far outside the image")
    clipped: NDArray[np.float64] = np.clip(points, 0.0, 1.0) + 0.0  # no negative zero
    return clipped, outside > ROUNDING_SHARE


def format_row(class_index: int, points: NDArray[np.float64]) -> str:
    """One line without its end.

    Args:
        class_index: Position of the class in the export.
        points: `(N, 2)` float64, shares of the image in [0, 1].
    """
    values = points.round(DECIMALS).ravel().tolist()
    text = " ".join(map(repr, values))
    if "e" in text:  # repr writes 0.00001 as 1e-05, which not every reader takes
        text = " ".join(f"{value:.{DECIMALS}f}" for value in values)
    return f"{class_index} {text}"
