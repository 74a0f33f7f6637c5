"""TIFF files that claim too much: refused by what they say, before memory or time is spent."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from tests.unit.images.tiff_files import Tag, page, write

from dynseg.errors import ImageError
from dynseg.images.decode import decode, read_header
from dynseg.images.tiff import tags


def changed(
    path: Path, values: dict[int, list[int]], kind: str = "u2", deflate: bool = False
) -> Path:
    """A file of 8 x 8 pixels with other values in its tags."""
    own, pieces = page(np.zeros((8, 8), kind), deflate=deflate)
    own = [entry for entry in own if entry[0] not in values]
    own += [(tag, 4, value) for tag, value in values.items()]
    return write(path, (own, pieces))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({256: [25_000], 257: [20_000], 278: [20_000]}, "f8"),
        ({256: [20_000], 257: [20_000], 278: [20_000], 277: [3], 262: [2]}, "f4"),
    ],
)
def test_more_values_than_memory_should_hold_are_refused(
    tmp_path: Path, values: dict[int, list[int]], kind: str
) -> None:
    path = changed(tmp_path / "a.tif", values, kind)
    for call in (decode, read_header):
        with pytest.raises(ImageError, match="is too large to be decoded"):
            call(path)


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        {277: [65535]}, {277: [1 << 31]}, {256: [20_000], 257: [20_000], 278: [20_000]},
        {322: [1 << 31], 323: [1 << 31]}, {322: [0], 323: [0]}, {278: [0]}, {277: [0]},
        {277: [3], 284: [2]}, {258: [1 << 31]}, {339: [2**32 - 1]}, {274: [2**32 - 1]},
    ],
)  # fmt: skip
def test_claims_cost_little_memory(
    tmp_path: Path, values: dict[int, list[int]], deflate: bool
) -> None:
    path = changed(tmp_path / "a.tif", values, deflate=deflate)
    tracemalloc.start()
    try:
        decode(path)
    except ImageError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    # numpy reserves the image before it is read; nothing is written there.
    reserved = 2 * 20_000**2 if values.get(256) else 0
    assert peak - reserved < 64 << 20


def test_strips_that_overlap_are_not_all_held(tmp_path: Path) -> None:
    """A thousand strips, each of which claims to be all of the file."""
    own, pieces = page(np.zeros((1000, 4), np.uint16), deflate=True, rows=1)
    rest = bytes(4 << 20)
    path = write(tmp_path / "a.tif", (own, [pieces[0] + rest, *pieces[1:]]))
    data = bytearray(path.read_bytes())
    at = data.index(struct.pack("<HHI", 279, 4, 1000))
    (counts,) = struct.unpack("<I", data[at + 8 : at + 12])
    data[counts : counts + 4000] = struct.pack("<1000I", *[4 << 20] * 1000)
    at = data.index(struct.pack("<HHI", 273, 4, 1000))
    (offsets,) = struct.unpack("<I", data[at + 8 : at + 12])
    data[offsets : offsets + 4000] = struct.pack("<1000I", *[8] * 1000)
    path.write_bytes(data)
    tracemalloc.start()
    assert decode(path).pixels.shape == (1000, 4, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 256 << 20


def test_directories_that_overlap_have_an_end(tmp_path: Path) -> None:
    """Each claims 65,535 tags, and the next one begins four bytes further."""
    count, size = 400, 65_535 * 12
    data = bytearray(b"II*\0" + struct.pack("<I", 8) + bytes(4 * count + size + 64))
    for number in range(count):
        struct.pack_into("<H", data, 8 + 4 * number, 65_535)
        struct.pack_into("<I", data, 8 + 4 * number + 2 + size, 12 + 4 * number)
    path = tmp_path / "a.tif"
    path.write_bytes(data)
    with path.open("rb") as file:
        assert len(tags.page_places(file)) == tags.MOST_ENTRIES // 65_535


@pytest.mark.parametrize(
    "told",
    [
        b"ImageJ=1.54f\nimages=99999999\nchannels=99999999\n",
        b'<OME><Pixels DimensionOrder="XYCZT" SizeC="999999999" SizeZ="1" SizeT="1"/></OME>',
        b"<OME>" + b"<a>" * 100_000,
        b"<OME>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</OME>",
    ],
)
def test_a_text_of_large_numbers_costs_little(tmp_path: Path, told: bytes) -> None:
    own = page(np.zeros((4, 4), np.uint16), more=[(270, 2, told + b"\0")])
    path = write(tmp_path / "a.tif", own)
    tracemalloc.start()
    assert decode(path).pixels.shape == (4, 4, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


def test_tags_of_millions_of_numbers_are_not_read(tmp_path: Path) -> None:
    more: list[Tag] = [(50838, 4, [28] * ((1 << 20) + 1))]
    path = write(tmp_path / "a.tif", page(np.zeros((4, 4), np.uint16), more=more))
    with path.open("rb") as file:
        first = tags.first_page(file)
    assert first is not None
    assert tags.IMAGEJ_COUNTS not in first.numbers


@pytest.mark.parametrize(
    "values", [{277: [64_512], 257: [255], 278: [255]}, {277: [65_535], 322: [16], 323: [828]}]
)
def test_a_few_bytes_that_claim_to_be_a_gigabyte_are_not_unpacked(
    tmp_path: Path, values: dict[int, list[int]]
) -> None:
    """Pillow would set the gigabyte aside before it finds that there is nothing in it."""
    path = changed(tmp_path / "a.tif", values, deflate=True)
    with pytest.raises(ImageError, match="is truncated"):
        decode(path)
