"""A TIFF of one image with its values as they are: what PNG has no kind of pixels for."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from dynseg.images.tiff import tags as t
from dynseg.images.tiff.channels import Stack

STRIP_BYTES = 1 << 20
_DEFLATE = 8
_LEVEL = 3
_FORMATS = {"u": 1, "i": 2, "f": 3}
_OME = "http://www.openmicroscopy.org/Schemas/OME/2016-06"
_OME_KINDS = {"u": "uint", "i": "int"}


def write(
    path: Path,
    planes: Sequence[NDArray[Any]],
    *,
    photometric: int,
    alpha: int | None = None,
    is_premultiplied: bool = False,
    no_data: float | None = None,
    stack: Stack | None = None,
) -> None:
    """Write an image.

    Args:
        path: The file.
        planes: Values `(H, W, samples)` of each page.
        photometric: What they mean.
        alpha: Which sample says how opaque a pixel is.
        is_premultiplied: Whether the others are stored times that.
        no_data: What a value is where nothing was measured.
        stack: What is known of its channels.

    Raises:
        OSError: the file cannot be written, or would have more than 4 GB.
    """
    texts: dict[int, bytes] = {}
    if stack is not None and stack.channels > 1:
        texts[t.DESCRIPTION] = _ome(planes[0], stack) + b"\0"
    if no_data is not None:
        texts[t.NO_DATA] = f"{no_data:.17g}\0".encode()
    with path.open("wb") as file:
        file.write(b"II*\0" + bytes(4))
        link = 4
        for values in planes:
            offsets, counts = [], []
            height, width, samples = values.shape
            rows = max(1, STRIP_BYTES // (width * samples * values.itemsize))
            for top in range(0, height, rows):
                strip = values[top : top + rows].astype(values.dtype.newbyteorder("<"), copy=False)
                data = zlib.compress(np.ascontiguousarray(strip).tobytes(), _LEVEL)
                offsets.append(file.tell())
                counts.append(file.write(data))
            meaning = 1 if is_premultiplied else 2
            extra = [meaning * (i == alpha) for i in range(_colours(photometric), samples)]
            kind = _FORMATS[values.dtype.kind]
            numbers: dict[int, Sequence[int]] = {
                t.WIDTH: [width], t.HEIGHT: [height], t.BITS: [values.itemsize * 8] * samples,
                t.COMPRESSION: [_DEFLATE], t.PHOTOMETRIC: [photometric], t.STRIP_OFFSETS: offsets,
                t.SAMPLES: [samples], t.ROWS_PER_STRIP: [rows], t.STRIP_COUNTS: counts,
                t.SAMPLE_FORMAT: [kind] * samples, **({t.EXTRA: extra} if extra else {}),
            }  # fmt: skip
            at = file.tell()
            if at >= 1 << 32:
                raise OSError("over 4 GB")
            file.seek(link)
            file.write(struct.pack("<I", at))
            file.seek(at)
            table, tail = _table(at, numbers, texts)
            link = at + len(table) - 4
            file.write(table + tail)
            texts.pop(t.DESCRIPTION, None)


def _colours(photometric: int) -> int:
    return {2: 3, 5: 4}.get(photometric, 1)


def _table(
    at: int, numbers: dict[int, Sequence[int]], texts: dict[int, bytes]
) -> tuple[bytes, bytes]:
    """A directory that lies at a place, and the values that follow it."""
    known = sorted([*numbers, *texts])
    behind = at + 2 + 12 * len(known) + 4
    table, tail = struct.pack("<H", len(known)), b""
    for tag in known:
        if tag in texts:
            kind, count, data = 2, len(texts[tag]), texts[tag]
        else:
            kind, count = 4, len(numbers[tag])
            data = struct.pack(f"<{count}I", *numbers[tag])
        table += struct.pack("<HHI", tag, kind, count)
        if len(data) > 4:
            table += struct.pack("<I", behind + len(tail))
            tail += data + b"\0" * (len(data) % 2)
        else:
            table += data.ljust(4, b"\0")
    return table + bytes(4), tail


def _ome(values: NDArray[Any], stack: Stack) -> bytes:
    height, width, _ = values.shape
    kind, size = values.dtype.kind, values.itemsize
    name = {4: "float", 8: "double"}.get(size, "float") if kind == "f" else ""
    root = ElementTree.Element("OME", xmlns=_OME)
    image = ElementTree.SubElement(root, "Image", ID="Image:0")
    pixels = ElementTree.SubElement(
        image, "Pixels", ID="Pixels:0", DimensionOrder="XYCZT", SizeX=str(width),
        SizeY=str(height), SizeC=str(stack.channels), SizeZ="1", SizeT="1",
        Type=name or f"{_OME_KINDS[kind]}{8 * size}",
    )  # fmt: skip
    for number, (title, tint) in enumerate(zip(stack.names, stack.tints, strict=True)):
        # As a number of 32 bits with a sign: red, green, blue and opaque.
        (colour,) = struct.unpack(">i", struct.pack("4B", *tint, 255))
        told = {"ID": f"Channel:0:{number}", "Color": str(colour), "SamplesPerPixel": "1"}
        ElementTree.SubElement(pixels, "Channel", {**told, **({"Name": title} if title else {})})
    ElementTree.SubElement(pixels, "TiffData")
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))
