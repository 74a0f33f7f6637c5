"""TIFF files as instruments write them: Pillow and OpenCV write few of their kinds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tag = tuple[int, int, Sequence[int] | bytes]
_CODES = {3: "H", 4: "I", 16: "Q"}
_FORMATS = {"u": 1, "i": 2, "f": 3}


def page(
    values: NDArray[Any],
    *,
    photometric: int = 1,
    planar: bool = False,
    tile: int = 0,
    rows: int = 0,
    deflate: bool = False,
    predictor: int = 1,
    extra: Sequence[int] = (),
    more: Sequence[Tag] = (),
) -> tuple[list[Tag], list[bytes]]:
    """Tags and strips or tiles of a page of values `(H, W)` or `(H, W, samples)`."""
    values = values[:, :, None] if values.ndim == 2 else values
    height, width, samples = values.shape
    planes = [values[:, :, i : i + 1] for i in range(samples)] if planar else [values]
    chunks = [chunk for plane in planes for chunk in _cut(plane, tile, rows or height)]
    pieces = [_pressed(_differences(chunk, predictor), deflate) for chunk in chunks]
    kind = values.dtype
    tags: list[Tag] = [
        (256, 4, [width]), (257, 4, [height]), (258, 3, [kind.itemsize * 8] * samples),
        (259, 3, [8 if deflate else 1]), (262, 3, [photometric]), (277, 3, [samples]),
        (284, 3, [2 if planar else 1]), (317, 3, [predictor]),
        (339, 3, [_FORMATS[kind.kind]] * samples), *more,
    ]  # fmt: skip
    if extra:
        tags.append((338, 3, list(extra)))
    if tile:
        tags += [(322, 4, [tile]), (323, 4, [tile])]
    else:
        tags.append((278, 4, [rows or height]))
    return tags, pieces


def write(
    path: Path, *pages: tuple[list[Tag], list[bytes]], order: str = "<", big: bool = False
) -> Path:
    """A file of these pages, one after the other."""
    number, step = ("Q", 8) if big else ("I", 4)
    data = bytearray({"<": b"II", ">": b"MM"}[order])
    data += struct.pack(f"{order}H", 43 if big else 42)
    if big:
        data += struct.pack(f"{order}HH", 8, 0)
    link = len(data)
    data += bytes(step)
    for tags, pieces in pages:
        places = []
        for piece in pieces:
            places.append(len(data) if piece else 0)
            data += piece + b"\0" * (len(piece) % 2)
        tiled = any(tag == 322 for tag, _, _ in tags)
        own: list[Tag] = [
            (324 if tiled else 273, 16 if big else 4, places),
            (325 if tiled else 279, 4, [len(piece) for piece in pieces]),
        ]
        table = struct.pack(f"{order}{'Q' if big else 'H'}", len(tags) + 2)
        for tag, kind, content in sorted([*tags, *own], key=lambda entry: entry[0]):
            is_text = isinstance(content, bytes)
            packed = (
                bytes(content)
                if is_text
                else struct.pack(f"{order}{len(content)}{_CODES[kind]}", *content)
            )
            table += struct.pack(f"{order}HH{number}", tag, kind, len(content))
            if len(packed) > step:
                table += struct.pack(f"{order}{number}", len(data))
                data += packed + b"\0" * (len(packed) % 2)
            else:
                table += packed.ljust(step, b"\0")
        data[link : link + step] = struct.pack(f"{order}{number}", len(data))
        data += table
        link = len(data)
        data += bytes(step)
    path.write_bytes(data)
    return path


def _cut(plane: NDArray[Any], tile: int, rows: int) -> list[NDArray[Any]]:
    height, width = plane.shape[:2]
    if not tile:
        return [plane[top : top + rows] for top in range(0, height, rows)]
    padded = np.pad(plane, ((0, -height % tile), (0, -width % tile), (0, 0)))
    return [
        padded[top : top + tile, left : left + tile]
        for top in range(0, height, tile)
        for left in range(0, width, tile)
    ]


def _differences(chunk: NDArray[Any], predictor: int) -> NDArray[Any]:
    if predictor == 2:
        whole = chunk.view(np.dtype(f"{chunk.dtype.byteorder}u{chunk.dtype.itemsize}"))
        found = whole.copy()
        found[:, 1:] = whole[:, 1:] - whole[:, :-1]
        return found
    if predictor == 3:
        rows, columns, samples = chunk.shape
        size = chunk.dtype.itemsize
        raw = np.ascontiguousarray(chunk.astype(chunk.dtype.newbyteorder(">"))).view(np.uint8)
        planes = raw.reshape(rows, columns * samples, size).transpose(0, 2, 1)
        line = np.ascontiguousarray(planes).reshape(rows, columns * size, samples)
        found = line.copy()
        found[:, 1:] = line[:, 1:] - line[:, :-1]
        return found
    return chunk


def _pressed(chunk: NDArray[Any], deflate: bool) -> bytes:
    data = np.ascontiguousarray(chunk).tobytes()
    return zlib.compress(data) if deflate else data
