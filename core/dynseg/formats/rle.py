"""Run lengths as COCO, CVAT and Label Studio write them, bounded by the size of the image."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.incoming.json_file import UnusableError

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
_MOST_DIGITS = 8
"""Of a number in COCO's text form, five bits each: 40 bits hold any count."""


def counts_from_list(values: Any) -> Counts:
    """Run lengths of a list of numbers.

    Raises:
        UnusableError: something in it is not a whole number from 0 on.
    """
    if not isinstance(values, list):
        raise UnusableError("has no run lengths")
    if not all(type(value) is int and 0 <= value < 1 << 40 for value in values):
        raise UnusableError("has a run length that is not a whole number from 0 on")
    return np.array(values, dtype=np.int64)


def counts_from_text(text: str) -> Counts:
    """Run lengths of COCO's text form: five bits a character, from the third on as differences.

    Raises:
        UnusableError: it is no such text.
    """
    try:
        codes = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64) - 48
    except UnicodeEncodeError:
        raise UnusableError("has run lengths that cannot be decoded") from None
    if not len(codes) or codes.min() < 0 or codes.max() > 63 or codes[-1] & 0x20:
        raise UnusableError("has run lengths that cannot be decoded")
    last = np.flatnonzero((codes & 0x20) == 0)
    first = np.concatenate([[0], last[:-1] + 1])
    if (last - first).max() >= _MOST_DIGITS:
        raise UnusableError("has run lengths that cannot be decoded")
    digit = np.arange(len(codes)) - np.repeat(first, last - first + 1)
    values = np.add.reduceat((codes & 0x1F) << (5 * digit), first)
    negative = (codes[last] & 0x10) != 0
    values = values - np.where(negative, np.int64(1) << (5 * (last - first + 1)), 0)
    values[1::2] = np.cumsum(values[1::2])
    values[2::2] = np.cumsum(values[2::2])
    if values.min() < 0:
        raise UnusableError("has a negative run length")
    return values


def grid_of(counts: Counts, *, length: int, lines: int) -> tuple[Mask, Counts, Counts]:
    """What is inside, on the grid of those lines and columns at which something changes.

    A few numbers may stand for a mask of the whole image, and thousands of them for little of a
    file: on this grid a mask costs what its runs cost, whatever the size of the image.

    Args:
        counts: Run lengths, outside first.
        length: Pixels in a line: the height for COCO, which runs down, the width for CVAT.
        lines: Number of lines.

    Returns:
        `(n, m)` cells, and where they begin and end: `(n + 1,)` numbers of lines and `(m + 1,)`
        pixels in a line, both rising.

    Raises:
        UnusableError: the runs do not fill the lines exactly, or nothing is inside.
    """
    if int(counts.sum()) != length * lines:
        raise UnusableError(
            f"has run lengths of {int(counts.sum()):,} pixels, not {length * lines:,}"
        )
    ends = np.cumsum(counts)
    starts, stops = (ends - counts)[1::2], ends[1::2]
    some = stops > starts
    starts, stops = starts[some], stops[some]
    if not len(starts):
        raise UnusableError("is a mask without a pixel")
    first, start = np.divmod(starts, length)
    last, stop = np.divmod(stops - 1, length)
    stop = stop + 1
    across = np.array([0, length] if (last > first).any() else [], dtype=np.int64)
    line_edges = _distinct(np.concatenate([first, first + 1, last, last + 1]))
    pixel_edges = _distinct(np.concatenate([start, stop, across]))
    wide = len(pixel_edges) - 1
    opens = np.searchsorted(line_edges, first) * wide + np.searchsorted(pixel_edges, start)
    closes = np.searchsorted(line_edges, last) * wide + np.searchsorted(pixel_edges, stop)
    flips = np.zeros((len(line_edges) - 1) * wide + 1, dtype=np.int8)
    flips[opens] = 1
    # A run may begin in the cell in which the one before it ends, where a line goes on in the next.
    flips[closes] -= 1
    inside = np.cumsum(flips[:-1], dtype=np.int8).view(np.bool_)
    return inside.reshape(-1, wide), line_edges, pixel_edges


def coco_grid(value: Any, *, width: int, height: int) -> tuple[Mask, tuple[Counts, Counts]]:
    """Cells of a mask as COCO has it, `size` and `counts`, with the edges of columns and rows.

    Args:
        value: The mask; its counts are numbers, or COCO's text form.
        width: Of the image, pixels.
        height: Of the image, pixels.

    Returns:
        `(n, m)` cells; where columns `(m + 1,)` and rows `(n + 1,)` begin and end, pixels.

    Raises:
        UnusableError: it is none, or one of another size.
    """
    size = value.get("size") if isinstance(value, dict) else None
    if not isinstance(size, list) or len(size) != 2:
        raise UnusableError("has run lengths without a size")
    if size != [height, width]:
        raise UnusableError(
            f"is a mask of {size[1]!r:.20} x {size[0]!r:.20} pixels, not {width} x {height}"
        )
    counts = value.get("counts")
    runs = counts_from_text(counts) if isinstance(counts, str) else counts_from_list(counts)
    cells, columns, rows = grid_of(runs, length=height, lines=width)
    return cells.T, (columns, rows)


def _distinct(values: Counts) -> Counts:
    """Sorted, each once; several times as fast as `numpy.unique`."""
    values = np.sort(values)
    first = np.concatenate([[True], values[1:] != values[:-1]])
    return np.asarray(values[first])


def brush_mask(values: Any, *, width: int, height: int) -> Mask:
    """The mask of a Label Studio brush: a bit stream of runs over the bytes of an RGBA image.

    32 bits give the number of bytes, 5 the bits of a value less one, four times 4 the widths of
    run lengths less one. Then, until all bytes are there: a bit that says whether one value
    repeats, two bits that choose a width, the length less one, and the value or the values.

    Args:
        values: List of bytes.
        width: Of the image, pixels.
        height: Of the image, pixels.

    Raises:
        UnusableError: it is no such list, or not of that image.
    """
    if not isinstance(values, list) or not all(type(v) is int and 0 <= v < 256 for v in values):
        raise UnusableError("has no list of bytes")
    bits = _Bits(np.unpackbits(np.array(values, dtype=np.uint8)))
    size = bits.number(32)
    if size != 4 * width * height:
        raise UnusableError(f"is a mask of {size // 4:,} pixels, not {width * height:,}")
    word = bits.number(5) + 1
    if word > 8:
        raise UnusableError("has values of more than 8 bits")
    widths = [bits.number(4) + 1 for _ in range(4)]
    out = np.zeros(size, dtype=np.uint8)
    at = 0
    while at < size:
        repeats = bits.number(1)
        count = min(bits.number(widths[bits.number(2)]) + 1, size - at)
        if repeats:
            out[at : at + count] = bits.number(word)
        else:
            out[at : at + count] = bits.numbers(count, word)
        at += count
    return np.asarray(out.reshape(height, width, 4)[:, :, 3] > 0)


class _Bits:
    """Reads numbers from a row of bits."""

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        self._bits = bits
        self._text = bits.tobytes().translate(_AS_DIGITS)
        self._at = 0

    def number(self, width: int) -> int:
        text = self._text[self._at : self._at + width]
        if len(text) < width:
            raise UnusableError("has run lengths that end too early")
        self._at += width
        return int(text, 2)

    def numbers(self, count: int, width: int) -> NDArray[np.uint8]:
        bits = self._bits[self._at : self._at + count * width]
        if len(bits) < count * width:
            raise UnusableError("has run lengths that end too early")
        self._at += count * width
        weights = 1 << np.arange(width - 1, -1, -1)
        return np.asarray(bits.reshape(count, width) @ weights, dtype=np.uint8)


_AS_DIGITS = bytes([48, 49]) + bytes(254)
