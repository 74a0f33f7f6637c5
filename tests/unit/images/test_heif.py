"""Photographs of iPhones are images like all others."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from dynseg.errors import ImageError
from dynseg.formats.outgoing.picture import CUT, Way, encode, inspect
from dynseg.images.decode import decode, decode_small, read_header
from dynseg.images.index import scan
from dynseg.images.shades import CUT as CUT_NOTE
from dynseg.sample.scene import render


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.HEIC"
    pixels = render(3, 0, width=320, height=240).pixels
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(path, quality=90)
    return path


def test_one_is_listed_read_and_shown_small(photo: Path) -> None:
    assert scan(photo.parent) == [photo.name]
    header = read_header(photo)
    assert (header.width, header.height, header.format, header.frames) == (320, 240, "HEIF", 1)
    found = decode(photo)
    assert found.note == ""
    wanted = render(3, 0, width=320, height=240).pixels
    assert np.abs(found.pixels.astype(int) - wanted).mean() < 4
    assert decode_small(photo, 80).shape == (60, 80, 3)


def test_an_export_has_its_pixels_as_png(photo: Path) -> None:
    picture = inspect(photo)
    assert (picture.way, picture.suffix, picture.reason) == (Way.PNG, ".png", "is HEIF")
    data = encode(photo, picture, width=320, height=240)
    assert data is not None
    copy = photo.with_suffix(".png")
    copy.write_bytes(data)
    assert np.array_equal(decode(copy).pixels, decode(photo).pixels)


def test_what_ten_bits_lose_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deep.heic"
    ramp = np.broadcast_to(np.arange(64, dtype=np.uint16)[None, :, None] << 10, (48, 64, 3))
    deep = pillow_heif.from_bytes(mode="RGB;16", size=(64, 48), data=ramp.tobytes())
    deep.save(path, quality=-1)
    assert CUT_NOTE in decode(path).note
    assert inspect(path).reason == CUT


@pytest.mark.parametrize("kept", [0, 11, 30, 300, 0.5, 0.99])
def test_a_damaged_one_says_so(photo: Path, kept: float) -> None:
    data = photo.read_bytes()
    photo.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    with pytest.raises(ImageError) as raised:
        decode(photo)
    assert raised.value.hint


def test_a_flipped_byte_is_an_image_or_an_error(photo: Path) -> None:
    data = photo.read_bytes()
    chance = np.random.default_rng(0)
    for at in chance.integers(0, len(data), 60):
        photo.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with suppress(ImageError):
            assert decode(photo).pixels.ndim == 3


def test_the_library_is_loaded_with_the_first_of_them(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    code = (
        "import sys; from pathlib import Path; from dynseg.images.decode import decode;"
        f"decode(Path({str(tmp_path / 'a.png')!r})); assert 'pillow_heif' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
