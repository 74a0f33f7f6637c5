"""The one decoder: the same pixels for every format, a plain reason for every failure."""

from __future__ import annotations

import contextlib
import csv
import io
import struct
import tempfile
import tracemalloc
import zlib
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from dynseg.errors import ImageError
from dynseg.formats.outgoing.picture import inspect, is_wide
from dynseg.images import shades
from dynseg.images.decode import decode, decode_coarse, decode_small, read_header
from dynseg.images.shades import CUT

Pixels = NDArray[np.uint8]
UNREADABLE = {
    "truncated/truncated_jpeg.jpg": "is truncated",
    "truncated/truncated_image.png": "is truncated",
    "corrupt/broken.png": "is not an image that can be read",
    "corrupt/broken_data_stream.png": "is damaged",
    "corrupt/crash-0c7e0e8e11ce787078f00b5b0ca409a167f070e0.tif": "is damaged",
    "bomb/png_decompression_dos.png": "is damaged",
}
LOSSLESS = ("png", "webp", "tiff")


def picture(width: int = 24, height: int = 16) -> Pixels:
    """Four quarters of different colours, so that every rotation looks different."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, : width // 2] = (255, 0, 0)
    pixels[: height // 2, width // 2 :] = (0, 160, 0)
    pixels[height // 2 :, : width // 2] = (0, 0, 255)
    return pixels


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """What a viewer shows for stored pixels, by the table of the EXIF standard."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    flips = {1: "", 2: "x", 3: "xy", 4: "y", 5: "", 6: "x", 7: "xy", 8: "y"}[orientation]
    pixels = pixels[:, ::-1] if "x" in flips else pixels
    return pixels[::-1] if "y" in flips else pixels


def save(path: Path, image: Image.Image, orientation: int = 1) -> Path:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    if path.suffix == ".heic":
        pillow_heif.from_pillow(image).save(path, quality=95, exif=exif.tobytes())
    elif path.suffix == ".webp":
        image.save(path, exif=exif, lossless=True)
    else:
        image.save(path, exif=exif)
    return path


def manifest(shared_data: Path) -> list[str]:
    text = (shared_data / "awkward" / "MANIFEST.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row["file"] for row in rows]


def test_every_awkward_file_decodes_or_says_why(shared_data: Path) -> None:
    files = manifest(shared_data)
    assert len(files) > 40
    for name in files:
        path = shared_data / "awkward" / name
        if name in UNREADABLE:
            with pytest.raises(ImageError) as raised:
                decode(path)
            assert UNREADABLE[name] in raised.value.reason, name
            assert raised.value.hint
            continue
        found, header = decode(path), read_header(path)
        assert found.pixels.dtype == np.uint8, name
        assert found.pixels.flags.c_contiguous, name
        assert found.pixels.shape == (header.height, header.width, 3), name
        assert header.size_bytes == path.stat().st_size
        if name.startswith(("animated", "multipage")):
            assert found.note == f"first of {header.frames} frames"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "avif", "mpo", "heic"])
def test_exif_rotation_in_every_format(tmp_path: Path, suffix: str, orientation: int) -> None:
    image = Image.fromarray(picture())
    path = save(tmp_path / f"a.{suffix}", image, orientation)
    expected = turned(picture(), orientation)
    found, header = decode(path).pixels, read_header(path)
    assert found.shape == expected.shape == (header.height, header.width, 3)
    if suffix in LOSSLESS:
        assert np.array_equal(found, expected)
    else:
        # Away from the colour edges, which lossy formats blur.
        rows, columns = np.array([2, -3]), np.array([2, -3])
        corners = np.ix_(rows, columns)
        assert np.abs(found[corners].astype(int) - expected[corners]).max() < 60


def test_a_coarse_look_reads_a_fraction_of_a_jpeg_and_turns_it_alike(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    ramp = np.broadcast_to(np.linspace(0, 255, 1200).astype(np.uint8)[:, None], (1200, 1600))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    Image.fromarray(ramp).save(path, exif=exif)
    whole, coarse, small = decode(path).pixels, decode_coarse(path, 300), decode_small(path, 400)
    assert whole.shape == (1600, 1200, 3)
    assert coarse.shape == (400, 300, 3)
    assert small.shape == (400, 300, 3)
    for pixels in (coarse, small):
        assert np.abs(pixels.astype(int) - whole[2::4, 2::4]).max() <= 3
    assert decode_coarse(path, 301).shape == (800, 600, 3), "never less than was asked for"
    assert decode_small(path, 500).shape == (500, 375, 3)


def test_orientation_behind_the_pixels_of_a_png(tmp_path: Path) -> None:
    """Some programs add EXIF to the end of a PNG; size and pixels must agree about it."""
    buffer = io.BytesIO()
    Image.fromarray(picture()).save(buffer, "PNG")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    body = b"eXIf" + exif.tobytes()[6:]
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    data = buffer.getvalue()
    path = tmp_path / "late.png"
    path.write_bytes(data[:-12] + chunk + data[-12:])
    assert np.array_equal(decode(path).pixels, turned(picture(), 6))
    header = read_header(path)
    assert (header.width, header.height) == (16, 24)


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_orientations_that_do_not_exist_mean_upright(tmp_path: Path, value: int) -> None:
    path = save(tmp_path / "a.png", Image.fromarray(picture()), value)
    assert np.array_equal(decode(path).pixels, picture())


def test_exif_of_garbage_does_no_harm(tmp_path: Path) -> None:
    for garbage in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0nonsense", b"\0" * 40):
        path = tmp_path / "a.jpg"
        Image.fromarray(picture()).save(path, exif=garbage)
        assert decode(path).pixels.shape == (16, 24, 3)
        assert read_header(path).width == 24


@pytest.mark.parametrize("top", [1023, 4095, 65535])
def test_sixteen_bits_are_stretched_to_eight(tmp_path: Path, top: int) -> None:
    ramp = np.linspace(0, top, 256 * 8).astype(np.uint16).reshape(8, 256)
    for suffix in ("png", "tiff"):
        path = tmp_path / f"a.{suffix}"
        Image.fromarray(ramp).save(path)
        found = decode(path)
        assert found.note == "more than 8 bits, shown stretched to 8; the file stays as it is"
        assert found.pixels.min() == 0
        assert found.pixels.max() == 255
        assert abs(float(found.pixels.mean()) - 127.5) < 1.5


@pytest.mark.parametrize("name", ["a.png", "a.tif", "lzw.tif", "a.ppm", "a.jp2"])
@pytest.mark.parametrize("channels", [3, 4])
def test_colours_of_sixteen_bits_are_cut_and_said_to_be(
    tmp_path: Path, name: str, channels: int
) -> None:
    if channels == 4 and name.endswith((".ppm", ".jp2")):
        pytest.skip("has no such files")
    values = np.random.default_rng(0).integers(0, 1 << 16, (64, 48, channels)).astype(np.uint16)
    values[..., 3:] = 65535
    path = tmp_path / name
    pressed = [cv2.IMWRITE_TIFF_COMPRESSION, 5] if name.startswith("lzw") else []
    assert cv2.imwrite(str(path), values, pressed)
    found = decode(path)
    assert found.note == CUT
    if not name.endswith(".jp2"):  # OpenCV writes those with loss
        assert np.abs(found.pixels - (values[..., 2::-1] / 257)).max() < 1
    assert is_wide(path)
    assert inspect(path).reason.startswith("has more than 8 bits a colour")
    assert cv2.imwrite(str(path), (values >> 8).astype(np.uint8))
    assert decode(path).note == ""
    assert not is_wide(path)


def test_a_bmp_of_sixteen_bits_in_all_has_no_more_than_eight_a_colour(tmp_path: Path) -> None:
    head = b"BM" + struct.pack("<IHHI", 54 + 16, 0, 0, 54)
    (tmp_path / "a.bmp").write_bytes(
        head + struct.pack("<IiiHHIIiiII", 40, 2, 4, 1, 16, 0, 16, 0, 0, 0, 0) + bytes(16)
    )
    assert decode(tmp_path / "a.bmp").note == ""


def test_one_hot_pixel_leaves_a_16_bit_image_bright(tmp_path: Path) -> None:
    values = np.linspace(100, 900, 10_000).astype(np.uint16).reshape(100, 100)
    values[50, 50] = 65535
    path = tmp_path / "hot.png"
    Image.fromarray(values).save(path)
    assert decode(path).pixels.mean() > 120


def test_16_bit_images_of_one_value_or_of_a_speck(tmp_path: Path) -> None:
    values = np.full((100, 100), 7, np.uint16)
    path = tmp_path / "flat.png"
    Image.fromarray(values).save(path)
    assert not decode(path).pixels.any()
    values[3, 4] = 9
    Image.fromarray(values).save(path)
    assert decode(path).pixels[3, 4].tolist() == [255, 255, 255]
    assert decode(path).pixels.sum() == 3 * 255


def test_floats_with_nan_are_stretched(tmp_path: Path) -> None:
    values = np.linspace(-3, 8, 400).astype(np.float32).reshape(20, 20)
    values[0, 0] = np.nan
    path = tmp_path / "f.tiff"
    Image.fromarray(values).save(path)
    found = decode(path).pixels
    assert (found[-1, -1] == 255).all()
    assert found.shape == (20, 20, 3)


@pytest.mark.parametrize("kind", ["<u2", ">u2", "<f4", "<i4"])
def test_stretching_takes_little_more_memory_than_the_image(kind: str) -> None:
    values = np.random.default_rng(0).integers(0, 4000, (3000, 4000)).astype(kind)
    tracemalloc.start()
    whole = shades.stretched(values)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * values.size
    assert (shades.stretched(values[::-1])[::-1] == whole).all(), "blocks end elsewhere"


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "I/O")])
def test_a_file_that_the_system_does_not_give_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")

    def refused(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(Image, "open", refused)
    with pytest.raises(ImageError) as caught:
        decode(tmp_path / "a.png")
    assert caught.value.reason == f"cannot be read ({error.strerror})"
    assert "Replace" not in caught.value.hint


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    values = np.zeros((4, 4, 4), np.uint8)
    values[:2] = (200, 10, 10, 255)
    values[3] = (0, 0, 0, 128)
    path = tmp_path / "a.png"
    Image.fromarray(values, "RGBA").save(path)
    found = decode(path).pixels
    assert found[0, 0].tolist() == [200, 10, 10]
    assert found[2, 0].tolist() == [255, 255, 255]
    assert abs(int(found[3, 0, 0]) - 127) <= 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    lab = mode == "LAB"  # Pillow stores LAB but does not convert to it
    image = Image.new("LAB", (5, 3)) if lab else Image.new("RGB", (5, 3), "red").convert(mode)
    path = tmp_path / "a.tiff"
    image.save(path)
    assert decode(path).pixels.shape == (3, 5, 3)


def test_the_result_cannot_be_written_to(tmp_path: Path) -> None:
    for mode in ("RGB", "I;16", "RGBA"):
        path = tmp_path / "a.png"
        Image.new(mode, (3, 3)).save(path)
        assert not decode(path).pixels.flags.writeable


def test_the_size_is_checked_before_decoding(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (400, 300)).save(path)
    for call in (decode, read_header):
        with pytest.raises(ImageError, match="is 400 x 300 pixels, over the limit"):
            call(path, max_pixels=100_000)
    bomb = tmp_path / "bomb.png"
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )  # fmt: skip
    with pytest.raises(ImageError, match=r"over the limit|too large"):
        read_header(bomb)


def test_missing_empty_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="is not there any more"):
        decode(tmp_path / "none.png")
    empty, foreign = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    foreign.write_text("not an image")
    with pytest.raises(ImageError, match="is empty"):
        decode(empty)
    with pytest.raises(ImageError, match="not an image"):
        read_header(foreign)
    with pytest.raises(ImageError):
        decode(tmp_path)


def samples() -> list[bytes]:
    found = []
    for kind, mode in (("JPEG", "RGB"), ("PNG", "P"), ("TIFF", "RGB"), ("WEBP", "RGB"),
                       ("GIF", "P"), ("BMP", "RGB"), ("PNG", "I;16")):  # fmt: skip
        buffer = io.BytesIO()
        image = Image.new("I;16", (30, 20), 9) if mode == "I;16" else Image.fromarray(picture())
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        options = {} if kind in ("GIF", "BMP") else {"exif": exif}
        info = PngImagePlugin.PngInfo()
        info.add_text("a", "b")
        (image if mode == "I;16" else image.convert(mode)).save(
            buffer, kind, **options, **({"pnginfo": info} if kind == "PNG" else {})
        )
        found.append(buffer.getvalue())
    return found


@settings(max_examples=400)
@given(
    st.sampled_from(samples()),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 10_000),
)
def test_damage_anywhere_raises_nothing_but_image_errors(
    data: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    del damaged[max(1, length) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.img"
        path.write_bytes(damaged)
        for call in (decode, read_header):
            with contextlib.suppress(ImageError):
                call(path, max_pixels=1_000_000)


def by_pillow(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("size", [(64, 48), (61, 37), (1, 1), (3, 200)])
def test_jpegs_take_the_fast_road_to_the_pixels_of_pillow(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    subsampling: str,
    progressive: bool,
    mode: str,
    size: tuple[int, int],
) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), np.uint8)
    path = tmp_path / "a.jpg"
    Image.fromarray(noise).convert(mode).save(
        path, subsampling=subsampling, progressive=progressive, quality=70
    )
    expected = by_pillow(path)
    monkeypatch.delattr(Image.Image, "convert")  # the slow road would fail
    assert (decode(path).pixels == expected).all()


def test_jpegs_stored_as_rgb_keep_their_colours(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(picture()).save(path, keep_rgb=True, quality=95)
    assert (decode(path).pixels == by_pillow(path)).all()


def test_jpegs_of_real_cameras_have_the_pixels_of_pillow(shared_data: Path) -> None:
    paths = [
        path
        for name in ("coco128-seg", "feral-cats", "kudzu-bugs", "food-tray", "nuts")
        for path in sorted((shared_data / name).glob("yolo/images/train/*.jpg"))[:6]
    ]
    assert len(paths) >= 24
    for path in paths:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        assert (decode(path).pixels == np.asarray(upright)).all(), path


def test_a_jpeg_that_lacks_its_end_is_told_by_pillow(tmp_path: Path) -> None:
    whole, cut = tmp_path / "a.jpg", tmp_path / "b.jpg"
    noise = np.random.default_rng(0).integers(0, 255, (200, 300, 3), np.uint8)
    Image.fromarray(noise).save(whole)
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    with pytest.raises(ImageError, match="is truncated"):
        decode(cut)
    cut.write_bytes(data + b"trailing bytes of a careless camera")
    assert (decode(cut).pixels == by_pillow(whole)).all()


def test_d7_an_image_of_twenty_thousand_pixels_a_side_is_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (20_000, 20_000)).save(path, compress_level=1)
    header = read_header(path)
    assert (header.width, header.height) == (20_000, 20_000)
