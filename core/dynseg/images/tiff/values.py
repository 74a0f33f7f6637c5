"""The values of a TIFF's pixels, as they are in the file.

libtiff, by way of Pillow, decompresses strips and tiles to bytes, whatever they mean: Pillow reads
few kinds of pixels, and some of them wrong (planes of 16 bits, 32 bits without a sign, 8 with one).
What the bytes mean is told here. No more than `BATCH_BYTES` are decompressed at a time, unless one
strip or tile alone has more.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.images.tiff import tags as t
from dynseg.images.tiff.layout import NONE, Layout

BATCH_BYTES = 16 << 20
_MORE_BYTES = 1 << 10
"""What a strip may have beside its values."""
MOST_BYTES = 4 << 30
"""No strip or tile with more is decompressed: some programs write all of an image as one."""
MOST_RATIO = 1 << 16
"""No way to press a strip makes it smaller than this: zstd, the best, takes 4 bytes for 128 KB."""
Values = NDArray[Any]


def read(file: BinaryIO, page: Layout, keep: Sequence[int]) -> Values:
    """Values of some samples of a page: `(H, W, len(keep))` of the kind of the page.

    Args:
        file: The TIFF.
        page: How its pixels lie.
        keep: Numbers of the samples, ascending.

    Raises:
        OSError: the file is truncated or damaged.
        MemoryError: one strip or tile is too large.
    """
    result = np.empty((page.height, page.width, len(keep)), page.kind.newbyteorder("="))
    if page.has_gaps:
        result[:] = page.gap
    if page.is_planar:
        for place, sample in enumerate(keep):
            for top, left, values in _blocks(file, page, sample * page.chunks):
                _put(result[:, :, place : place + 1], top, left, values)
    else:
        for top, left, values in _blocks(file, page, 0):
            wanted = values if len(keep) == page.samples else values[:, :, list(keep)]
            _put(result, top, left, wanted)
    return result


def _put(result: Values, top: int, left: int, values: Values) -> None:
    room = result[top : top + values.shape[0], left : left + values.shape[1]]
    room[:] = values[: room.shape[0], : room.shape[1]]


def _blocks(file: BinaryIO, page: Layout, first: int) -> Iterator[tuple[int, int, Values]]:
    """Top, left and values `(H, W, samples)` of the parts of a plane."""
    shape = (page.chunk_width, page.together)
    row_bytes = page.chunk_width * page.together * page.kind.itemsize
    for at, rows, data in (_plain if page.compression == NONE else _pressed)(
        file, page, first, row_bytes
    ):
        number, top = divmod(at, page.chunk_height)
        values = np.frombuffer(data, page.kind).reshape(rows, *shape)
        if page.predictor != 1:
            values = _restored(values, page)
        down, across = divmod(number, page.across)
        yield down * page.chunk_height + top, across * page.chunk_width, values


def _rows_of(page: Layout, number: int) -> int:
    """Rows that a strip or tile has; the last strip may have fewer than the others."""
    if page.chunk_width != page.width:
        return page.chunk_height
    return min(page.chunk_height, page.height - number * page.chunk_height)


Part = tuple[int, int, "bytes | memoryview"]
"""Of stacked strips or tiles: the first row, how many rows, and their bytes."""


def _plain(file: BinaryIO, page: Layout, first: int, row_bytes: int) -> Iterator[Part]:
    most = max(1, BATCH_BYTES // row_bytes)
    for number in range(page.chunks):
        rows = 0 if page.is_gap(first + number) else _rows_of(page, number)
        for top in range(0, rows, most):
            count = min(most, rows - top)
            at = page.offsets[first + number] + top * row_bytes
            data = _bytes_at(file, at, count * row_bytes)
            yield number * page.chunk_height + top, count, data


def _pressed(file: BinaryIO, page: Layout, first: int, row_bytes: int) -> Iterator[Part]:
    together = max(1, BATCH_BYTES // (row_bytes * page.chunk_height + _MORE_BYTES))
    for start in range(0, page.chunks, together):
        batch = range(start, min(start + together, page.chunks))
        numbers = [number for number in batch if not page.is_gap(first + number)]
        if not numbers:
            continue
        # No strip that is in order is much longer pressed than plain.
        most = 2 * row_bytes * page.chunk_height + _MORE_BYTES
        pieces = [
            _bytes_at(file, page.offsets[first + i], min(page.counts[first + i], most))
            for i in numbers
        ]
        rows = [_rows_of(page, number) for number in numbers]
        data = memoryview(_decompressed(page, pieces, row_bytes, sum(rows)))
        top = 0
        for number, count in zip(numbers, rows, strict=True):
            end = top + count * row_bytes
            yield number * page.chunk_height, count, data[top:end]
            top = end


def _bytes_at(file: BinaryIO, at: int, count: int) -> bytes:
    if not 0 <= at <= at + count <= file.seek(0, os.SEEK_END):
        raise OSError("truncated")
    file.seek(at)
    return file.read(count)


def _decompressed(page: Layout, pieces: list[bytes], row_bytes: int, rows: int) -> bytes:
    """The bytes of strips or tiles that lie below each other, by way of a TIFF of grey bytes."""
    if row_bytes * rows > MOST_BYTES:
        raise MemoryError
    if row_bytes * rows > MOST_RATIO * sum(map(len, pieces)):
        raise OSError("truncated")
    head = 8
    count = len(pieces)
    lists = head + 2 + 9 * 12 + 4
    starts = [lists + 8 * count]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    entries: list[tuple[int, Sequence[int]]] = [
        (t.WIDTH, [row_bytes]), (t.HEIGHT, [rows]), (t.BITS, [8]),
        (t.COMPRESSION, [page.compression]), (t.PHOTOMETRIC, [1]),
        (t.STRIP_OFFSETS, starts[:-1]), (t.SAMPLES, [1]),
        (t.ROWS_PER_STRIP, [page.chunk_height]), (t.STRIP_COUNTS, [len(piece) for piece in pieces]),
    ]  # fmt: skip
    table, tail = b"", b""
    for tag, values in entries:
        data = struct.pack(f"<{len(values)}I", *values)
        if len(values) > 1:
            table += struct.pack("<HHII", tag, 4, len(values), lists + len(tail))
            tail += data
        else:
            table += struct.pack("<HHI", tag, 4, 1) + data
    body = b"II*\0" + struct.pack("<IH", head, len(entries)) + table + bytes(4)
    data = b"".join([body, tail.ljust(8 * count, b"\0"), *pieces])
    # Only now: loading the plug-in takes 20 ms of the start of a window that may never need it.
    from PIL.TiffImagePlugin import TiffImageFile

    with TiffImageFile(io.BytesIO(data)) as image:
        # Laid out before, or it would be refused for more bytes than an image may have pixels.
        image.im = Image.new("L", image.size).im
        image.load()
        return image.tobytes()


def _restored(values: Values, page: Layout) -> Values:
    """Undo the predictor: differences to the pixel at the left, of bytes or of whole values."""
    rows, columns, samples = values.shape
    if page.predictor == 3:  # Adobe Photoshop TIFF Technical Note 3
        size = page.kind.itemsize
        differences = values.view(np.uint8).reshape(rows, columns * size, samples)
        sums = np.cumsum(differences, axis=1, dtype=np.uint8)
        planes = sums.reshape(rows, size, columns * samples).transpose(0, 2, 1)
        floats = np.ascontiguousarray(planes).view(page.kind.newbyteorder(">"))
        return np.asarray(floats.reshape(rows, columns, samples))
    whole = np.dtype(f"u{page.kind.itemsize}")
    native = values.astype(page.kind.newbyteorder("=")).view(whole)
    return np.cumsum(native, axis=1, dtype=whole).view(page.kind.newbyteorder("="))
