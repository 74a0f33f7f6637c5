"""TIFF as microscopes, scanners and drones write it: the right pixels, whatever their kind."""

from __future__ import annotations

import contextlib
import io
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from tests.unit.images.tiff_files import Tag, page, write

from dynseg.errors import ImageError
from dynseg.formats.outgoing.picture import Way, encode, inspect
from dynseg.images.decode import (
    costs_pixels,
    decode,
    decode_coarse,
    decode_small,
    read_header,
    small_costs_pixels,
)
from dynseg.images.frames import extract
from dynseg.images.shades import CUT, STRETCHED

SIZE = (37, 45)


def scene(seed: int = 0) -> NDArray[np.float64]:
    """`(37, 45)` from 0 to 1: no side, corner or row is like another, ends in every value."""
    found = np.random.default_rng(seed).random(SIZE)
    found[:12, :9], found[-9:, -12:] = 1, 0
    return found


def colours() -> NDArray[np.float64]:
    return np.stack([scene(1), scene(2), scene(3)], -1)


def shown(path: Path) -> NDArray[np.int64]:
    """What the canvas shows, the same as thumbnails and exports have."""
    decoded = decode(path).pixels
    header, picture = read_header(path), inspect(path)
    height, width = decoded.shape[:2]
    assert (header.width, header.height) == (picture.width, picture.height) == (width, height)
    assert picture.way is Way.PNG
    exported = encode(path, picture, width=width, height=height)
    assert exported is not None
    assert (np.asarray(Image.open(io.BytesIO(exported))) == decoded).all()
    assert (decode_coarse(path, 100) == decoded).all()
    assert (decode_small(path, 100) == decoded).all()
    assert not decoded.flags.writeable
    return decoded.astype(np.int64)


def off(found: NDArray[np.int64], expected: NDArray[np.float64]) -> float:
    """The largest difference of pixels from values of 0 to 1."""
    expected = expected[..., None] if expected.ndim == 2 else expected
    return float(np.abs(found - expected * 255).max())


RANGES: dict[str, tuple[float, float]] = {
    "i1": (-120, 120), "u2": (0, 65535), "i2": (-30000, 30000), "u4": (0, 4e9), "i4": (-2e9, 2e9),
    "u8": (0, 1e19), "i8": (-9e18, 9e18), "f2": (0, 1), "f4": (-900, 100), "f8": (0, 65535),
}  # fmt: skip
"""Kinds of grey, from and to."""


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", RANGES)
def test_grey_of_every_kind_is_stretched(tmp_path: Path, kind: str, order: str) -> None:
    low, high = RANGES[kind]
    values = (low + scene() * (high - low)).astype(f"{order}{kind}")
    path = write(tmp_path / "a.tif", page(values), order=order)
    assert off(shown(path), scene()) <= 1.6
    assert decode(path).note == STRETCHED


@pytest.mark.parametrize("kind", ["u2", "u4", "f4", "f8"])
@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("tile", [0, 16])
def test_colours_of_every_kind_keep_their_balance(
    tmp_path: Path, kind: str, planar: bool, tile: int
) -> None:
    values = (colours() * (1 if kind[0] == "f" else 65535)).astype(kind)
    written = page(values, photometric=2, planar=planar, tile=tile)
    path = write(tmp_path / "a.tif", written)
    assert off(shown(path), colours()) <= 1.1
    assert decode(path).note == (CUT if kind == "u2" else STRETCHED)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", ["u1", "u2", "u4", "f4", "f8"])
@pytest.mark.parametrize("predictor", [1, 2, 3])
@pytest.mark.parametrize("form", ["strips", "rows", "tiles", "planes"])
def test_pressed_values_come_back(
    tmp_path: Path, order: str, kind: str, predictor: int, form: str
) -> None:
    if predictor == 3 and kind[0] == "u":
        pytest.skip("is for floats")
    five = np.stack([scene(i) for i in range(5)], -1)
    values = (five * (1 if kind[0] == "f" else 250)).astype(f"{order}{kind}")
    path = write(
        tmp_path / "a.tif",
        page(
            values, photometric=1, deflate=True, predictor=predictor, planar=form == "planes",
            tile=16 if form == "tiles" else 0, rows={"rows": 1, "strips": 10}.get(form, 0),
        ),
        order=order,
        big=form == "rows",
    )  # fmt: skip
    expected = five[:, :, :3] * (250 / 255 if kind == "u1" else 1)
    assert off(shown(path), expected) <= (1 if kind[0] == "f" else 1.6)
    assert decode(path).note.startswith("the first three of 5 channels, as red, green and blue")


@pytest.mark.parametrize("pressed", [1, 5, 8, 32773, 32946])
def test_pillow_and_this_reader_agree(tmp_path: Path, pressed: int) -> None:
    """Files of a program that is not ours: libtiff, by way of OpenCV."""
    values = (scene() * 65535).astype(np.uint16)
    path = tmp_path / "a.tif"
    assert cv2.imwrite(str(path), values, [cv2.IMWRITE_TIFF_COMPRESSION, pressed])
    with Image.open(path) as image:
        by_pillow = np.asarray(image)
    assert (by_pillow == values).all()
    assert off(shown(path), scene()) <= 1.1


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
def test_where_0_is_white_bright_is_bright(tmp_path: Path, kind: str) -> None:
    top = {"u1": 255, "u2": 65535, "f4": 1}[kind]
    values = ((1 - scene()) * top).astype(kind)
    assert off(shown(write(tmp_path / "a.tif", page(values, photometric=0))), scene()) <= 1.1


@pytest.mark.parametrize("top", [200, 4095, 16383])
@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_colours_of_a_camera_of_twelve_bits_are_not_black(
    tmp_path: Path, top: int, suffix: str
) -> None:
    values = (colours() * top).astype(np.uint16)
    path = tmp_path / f"a.{suffix}"
    assert cv2.imwrite(str(path), values[:, :, ::-1])
    assert off(shown(path), colours()) <= 2
    assert decode(path).note == STRETCHED


def test_dark_colours_of_a_png_keep_what_is_transparent(tmp_path: Path) -> None:
    values = np.dstack([(colours() * 4095), np.full(SIZE, 65535)]).astype(np.uint16)
    values[5, 5, 3] = 0
    path = tmp_path / "a.png"
    assert cv2.imwrite(str(path), values[:, :, [2, 1, 0, 3]])
    expected = colours()
    expected[5, 5] = 1
    assert off(shown(path), expected) <= 1.1


def test_the_transparent_colour_of_a_dark_png_lies_on_white(tmp_path: Path) -> None:
    values = (colours() * 4000).astype(np.uint16) + 1
    values[5, 5] = 0
    path = tmp_path / "a.png"
    assert cv2.imwrite(str(path), values[:, :, ::-1])
    data, name = path.read_bytes(), b"tRNS" + bytes(6)
    at = data.index(b"IDAT") - 4
    told = struct.pack(">I", 6) + name + struct.pack(">I", zlib.crc32(name))
    path.write_bytes(data[:at] + told + data[at:])
    expected = colours()
    expected[5, 5] = 1
    assert off(shown(path), expected) <= 1.1


@pytest.mark.parametrize("top", [200, 65535])
def test_grey_with_alpha_in_a_png_is_not_black(tmp_path: Path, top: int) -> None:
    values = np.dstack([scene() * top, np.full(SIZE, 65535)]).astype(">u2")
    values[5, 5, 1] = 0
    rows = b"".join(b"\0" + row.tobytes() for row in values)
    path = tmp_path / "a.png"
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", SIZE[1], SIZE[0], 16, 4, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)), (b"IEND", b""),
    ]  # fmt: skip
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )
    )
    expected = scene()
    expected[5, 5] = 1
    assert off(shown(path), expected) <= 2


@pytest.mark.parametrize("top", [4095, 65535])
def test_what_is_brightest_in_a_jpeg_2000_of_16_bits_is_not_black(tmp_path: Path, top: int) -> None:
    values = np.full((64, 64, 3), top, np.uint16)
    values[:, 32:] = top // 4
    path = tmp_path / "a.jp2"
    assert cv2.imwrite(str(path), values)
    found = shown(path)
    assert found[:, :28].min() > 250
    assert found[:, 36:].max() < 70


def test_a_damaged_jpeg_2000_is_told_here_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (64, 64, 3)).astype(np.uint16)
    path = tmp_path / "a.jp2"
    assert cv2.imwrite(str(path), values)
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(ImageError, match=r"is damaged|is truncated"):
        decode(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
def test_orientation_of_every_kind(tmp_path: Path, kind: str, orientation: int) -> None:
    values = (scene() * {"u1": 255, "u2": 65535, "f4": 1}[kind]).astype(kind)
    expected = scene().T if orientation >= 5 else scene()
    flips = {1: "", 2: "x", 3: "xy", 4: "y", 5: "", 6: "x", 7: "xy", 8: "y"}[orientation]
    expected = expected[:, ::-1] if "x" in flips else expected
    expected = expected[::-1] if "y" in flips else expected
    path = write(tmp_path / "a.tif", page(values, more=[(274, 3, [orientation])]))
    assert off(shown(path), expected) <= 1.1


@pytest.mark.parametrize("empty", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_does_not_dim_the_rest(tmp_path: Path, empty: float) -> None:
    values = (1000 + 100 * scene()).astype(np.float32)
    values[15:20, 15:20] = empty
    expected = scene()
    expected[15:20, 15:20] = 0
    assert off(shown(write(tmp_path / "a.tif", page(values))), expected) <= 1.6


@pytest.mark.parametrize(("kind", "empty"), [("f4", -10000), ("u2", 65535), ("i2", -32768)])
def test_what_was_not_measured_does_not_dim_the_rest(tmp_path: Path, kind: str, empty: int) -> None:
    """GDAL says in a tag of its own which value means that there is none."""
    values = (1000 + 9000 * scene()).astype(kind)
    values[15:20, 15:20] = empty
    expected = scene()
    expected[15:20, 15:20] = 0
    path = write(tmp_path / "a.tif", page(values, more=[(42113, 2, f"{empty}\0".encode())]))
    assert off(shown(path), expected) <= 1.6


@pytest.mark.parametrize("kind", ["u2", "f4"])
def test_a_file_of_nothing_but_gaps_is_black(tmp_path: Path, kind: str) -> None:
    values = np.full(SIZE, 7, kind)
    path = write(tmp_path / "a.tif", page(values, more=[(42113, 2, b"7\0")]))
    assert not shown(path).any()


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize(("kind", "gap"), [("u1", ""), ("u2", ""), ("u2", "9"), ("f4", "nan")])
@pytest.mark.parametrize("samples", [1, 3])
def test_tiles_that_gdal_left_out_are_black(
    tmp_path: Path, kind: str, gap: str, deflate: bool, samples: int
) -> None:
    top = {"u1": 255, "u2": 65535, "f4": 1}[kind]
    expected = np.stack([scene(i) for i in range(samples)], -1)
    more: list[Tag] = [(42113, 2, f"{gap}\0".encode())] if gap else []
    values = (expected * top).astype(kind)
    photometric = 1 if samples == 1 else 2
    tags, pieces = page(values, photometric=photometric, tile=16, deflate=deflate, more=more)
    pieces[1] = pieces[4] = b""
    expected[:16, 16:32] = expected[16:32, 16:32] = 0
    assert off(shown(write(tmp_path / "a.tif", (tags, pieces))), expected) <= 1.6


@pytest.mark.parametrize("kind", ["u1", "u2"])
def test_strips_whose_length_nobody_told_are_no_gaps(tmp_path: Path, kind: str) -> None:
    """Old scanners write 0 there: the image became black without a word."""
    values = (scene() * np.iinfo(kind).max).astype(kind)
    data = write(tmp_path / "a.tif", page(values)).read_bytes()
    entry = data.index(struct.pack("<HHI", 279, 4, 1)) + 8
    (tmp_path / "a.tif").write_bytes(data[:entry] + bytes(4) + data[entry + 4 :])
    assert off(shown(tmp_path / "a.tif"), scene()) <= 1.1


@pytest.mark.parametrize("photometric", [1, 2])
def test_alpha_of_16_bits_lies_on_white(tmp_path: Path, photometric: int) -> None:
    base = colours() if photometric == 2 else scene()[:, :, None]
    values = np.dstack([base, np.ones(SIZE)])
    values[5, 5, -1] = 0
    expected = base.copy()
    expected[5, 5] = 1
    written = page((values * 65535).astype(np.uint16), photometric=photometric, extra=[2])
    assert off(shown(write(tmp_path / "a.tif", written)), expected) <= 1.1


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
@pytest.mark.parametrize("photometric", [1, 2])
def test_pixels_stored_times_their_alpha_are_not_darkened_twice(
    tmp_path: Path, kind: str, photometric: int
) -> None:
    """Photoshop writes transparency so: half of it made such pixels a quarter as bright."""
    base = colours() if photometric == 2 else scene()[:, :, None]
    alpha = np.tile(np.linspace(0, 1, SIZE[1]), (SIZE[0], 1))[:, :, None]
    scale = {"u1": 255, "u2": 65535, "f4": 1}[kind]
    values = (np.dstack([base * alpha, alpha]) * scale).astype(kind)
    path = write(tmp_path / "a.tif", page(values, photometric=photometric, extra=[1]))
    assert off(shown(path), base * alpha + 1 - alpha) <= 2
    extract(path, tmp_path / "frames")
    (frame,) = (tmp_path / "frames").iterdir()
    assert off(decode(frame).pixels.astype(np.int64), base * alpha + 1 - alpha) <= 2


@pytest.mark.parametrize("kind", ["i1", "i2", "i4"])
def test_alpha_with_a_sign_is_opaque_at_its_highest(tmp_path: Path, kind: str) -> None:
    highest = np.iinfo(kind).max
    values = (np.dstack([scene(), np.ones(SIZE)]) * highest).astype(kind)
    path = write(tmp_path / "a.tif", page(values, extra=[2]))
    assert off(shown(path), scene()) <= 2


@pytest.mark.parametrize("planar", [False, True])
def test_inks_of_16_bits(tmp_path: Path, planar: bool) -> None:
    values = np.dstack([1 - colours(), np.zeros(SIZE)])
    written = page((values * 65535).astype(np.uint16), photometric=5, planar=planar)
    assert off(shown(write(tmp_path / "a.tif", written)), colours()) <= 1.1


def test_smaller_copies_and_masks_are_no_pages(tmp_path: Path) -> None:
    """Slide scanners and GDAL write the image again in halves, behind it."""
    whole, half = (scene() * 255).astype(np.uint8), (scene()[::2, ::2] * 255).astype(np.uint8)
    asides = [page(half, more=[(254, 4, [1])]), page(whole, more=[(254, 4, [4])]),
              page(half, more=[(255, 3, [2])])]  # fmt: skip
    path = write(tmp_path / "a.tif", page(whole), *asides)
    assert read_header(path).frames == 1
    assert decode(path).note == ""
    path = write(tmp_path / "b.tif", page(whole), *asides, page(whole))
    assert read_header(path).frames == 2
    assert decode(path).note == "first of 2 frames"


@pytest.mark.parametrize("kind", ["u1", "u2"])
def test_a_smaller_copy_that_stands_first_is_not_the_image(tmp_path: Path, kind: str) -> None:
    values = (scene() * np.iinfo(kind).max).astype(kind)
    small = page(values[::2, ::2], more=[(254, 4, [1])])
    path = write(tmp_path / "a.tif", small, page(values, more=[(274, 3, [6])]))
    assert off(shown(path), np.rot90(scene(), -1)) <= 1.1
    assert read_header(path).frames == 1


def test_what_takes_more_memory_counts_as_a_larger_image(tmp_path: Path) -> None:
    """The window decodes small images itself: floats in colour take 12 times as much."""
    pixels = scene().size
    for values, times in ((scene().astype(np.float32), 3), (colours(), 12)):
        path = write(tmp_path / "a.tif", page(values, photometric=2 if values.ndim > 2 else 1))
        assert costs_pixels(path) == small_costs_pixels(path) == times * pixels
    assert costs_pixels(write(tmp_path / "b.tif", page(scene().astype(np.uint8)))) == pixels


def test_one_strip_may_have_more_bytes_than_an_image_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some programs press all of an image as one strip: from 256 megapixels on it was refused."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", scene().size)
    path = write(tmp_path / "a.tif", page(scene(), deflate=True))
    assert off(shown(path), scene()) <= 1.1


def test_strips_that_claim_to_take_less_than_nothing_are_told(tmp_path: Path) -> None:
    """Each of them would be the rest of the file, all of them together many times its size."""
    tags, pieces = page(np.random.default_rng(0).random((8, 8)), deflate=True, rows=1)
    data = write(tmp_path / "a.tif", (tags, pieces)).read_bytes()
    entry = data.index(struct.pack("<HHI", 279, 4, 8))
    place = struct.unpack_from("<I", data, entry + 8)[0]
    data = data[:place] + b"\xff" * 32 + data[place + 32 :]
    (tmp_path / "a.tif").write_bytes(data[: entry + 2] + b"\x09" + data[entry + 3 :])
    with pytest.raises(ImageError, match="is truncated"):
        decode(tmp_path / "a.tif")


def test_the_size_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    tags, pieces = page(np.zeros((4, 4), np.float64))
    tags = [(tag, kind, [60_000] if tag in (256, 257, 278) else value) for tag, kind, value in tags]
    path = write(tmp_path / "a.tif", (tags, pieces))
    with pytest.raises(ImageError, match="60000 x 60000 pixels, over the limit"):
        decode(path)
    with pytest.raises(ImageError, match="over the limit"):
        read_header(path)


@pytest.mark.parametrize("deflate", [False, True])
def test_a_file_that_ends_early_is_told(tmp_path: Path, deflate: bool) -> None:
    tags, pieces = page(np.random.default_rng(0).random((64, 64)), deflate=deflate)
    short = write(tmp_path / "a.tif", (tags, [pieces[0][: len(pieces[0]) // 2]]))
    with pytest.raises(ImageError, match=r"is truncated|is damaged"):
        decode(short)
    data = write(tmp_path / "b.tif", (tags, pieces)).read_bytes()
    entry = data.index(struct.pack("<HHI", 279, 4, 1)) + 8
    (tmp_path / "b.tif").write_bytes(data[:entry] + b"\xff\xff\xff\x7f" + data[entry + 4 :])
    if deflate:
        with pytest.raises(ImageError, match="is truncated"):
            decode(tmp_path / "b.tif")


def samples() -> list[bytes]:
    tiny = [scene(i)[:9, :7] for i in range(5)]
    grey, many = tiny[0], np.stack(tiny, -1)
    written = [
        page(grey.astype("<f8")), page((grey * 9e9).astype("<u8"), deflate=True, rows=2),
        page((many * 4095).astype("<u2"), planar=True), page(many.astype("<f4"), deflate=True),
        page((many * 65535).astype("<u2"), deflate=True, predictor=2, tile=16),
        page(many[:, :, :3].astype("<f4"), deflate=True, predictor=3, photometric=2),
        page((many[:, :, :4] * 65535).astype("<u2"), photometric=5, planar=True),
    ]  # fmt: skip
    dark = cv2.imencode(".png", (many[:, :, :4] * 4000).astype(np.uint16))[1].tobytes()
    noise = np.random.default_rng(0).integers(0, 65536, (64, 64, 3)).astype(np.uint16)
    deep = cv2.imencode(".jp2", noise)[1].tobytes()
    found = [dark, deep]
    with tempfile.TemporaryDirectory() as folder:
        for big in (False, True):
            files = (write(Path(folder) / "a.tif", one, one, big=big) for one in written)
            found += [file.read_bytes() for file in files]
    return found


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(samples()),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 20_000),
)
def test_damage_anywhere_raises_nothing_but_image_errors(
    data: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    del damaged[max(1, length) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.tif"
        path.write_bytes(damaged)
        calls: list[Any] = [decode, read_header]
        for call in calls:
            with contextlib.suppress(ImageError):
                call(path, max_pixels=1_000_000)
