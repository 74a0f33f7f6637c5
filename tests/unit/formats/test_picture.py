"""A canvas pixel is an export pixel: OpenCV reads every exported file as the one decoder does."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from dynseg.errors import ImageError
from dynseg.formats.outgoing import picture
from dynseg.formats.outgoing.picture import Way
from dynseg.images.decode import decode, read_header


def exported(path: Path, folder: Path) -> tuple[picture.Picture, Path]:
    found = picture.inspect(path)
    header = read_header(path)
    data = picture.encode(path, found, width=header.width, height=header.height)
    target = folder / f"{path.stem}{found.suffix}"
    target.write_bytes(path.read_bytes() if data is None else data)
    return found, target


def read_by_opencv(path: Path) -> np.ndarray:
    pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None, path.name
    return pixels[:, :, ::-1]


def awkward_files(root: Path) -> list[Path]:
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.suffix != ".tsv"
        and path.parent.name not in ("corrupt", "truncated", "bomb")
    ]


def test_awkward_files_are_read_alike(shared_data: Path, tmp_path: Path) -> None:
    files = awkward_files(shared_data / "awkward")
    assert len(files) > 25
    for path in files:
        found, target = exported(path, tmp_path)
        ours = decode(path).pixels
        theirs = read_by_opencv(target)
        assert theirs.shape == ours.shape, path.name
        difference = np.abs(theirs.astype(int) - ours.astype(int))
        assert difference.max() <= 1, (path.name, found, difference.max())
        assert np.array_equal(decode(target).pixels, ours), path.name
        with Image.open(target) as image:
            assert image.format in ("JPEG", "PNG", "BMP", "WEBP"), path.name


def test_damaged_files_are_refused(shared_data: Path, tmp_path: Path) -> None:
    refused = 0
    for folder in ("corrupt", "truncated", "bomb"):
        for path in sorted((shared_data / "awkward" / folder).iterdir()):
            try:
                _, target = exported(path, tmp_path)
            except ImageError:
                refused += 1
            else:
                read_by_opencv(target)
    assert refused >= 6


def save(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.fixture
def noise() -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def test_plain_files_go_out_byte_for_byte(noise: Image.Image, tmp_path: Path) -> None:
    for suffix in ("jpg", "png", "bmp", "webp"):
        found, target = exported(save(tmp_path / f"a.{suffix}", noise), tmp_path / "..")
        assert found.way is Way.BYTES
        assert target.read_bytes() == (tmp_path / f"a.{suffix}").read_bytes()


def test_suffix_follows_the_content(noise: Image.Image, tmp_path: Path) -> None:
    save(tmp_path / "a.png", noise, format="JPEG")
    assert picture.inspect(tmp_path / "a.png").suffix == ".jpg"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation(noise: Image.Image, tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    (tmp_path / "out").mkdir()
    for suffix in ("png", "webp", "jpg"):
        source = save(tmp_path / f"{suffix}.{suffix}", noise, exif=exif)
        found, target = exported(source, tmp_path / "out")
        ours, theirs = decode(source).pixels, read_by_opencv(target)
        assert ours.shape == theirs.shape
        assert np.abs(ours.astype(int) - theirs.astype(int)).max() <= 1
        assert (found.way is Way.BYTES) == (suffix == "jpg" or orientation == 1)


def test_bytes_after_the_end_are_cut_off_without_loss(noise: Image.Image, tmp_path: Path) -> None:
    clean = save(tmp_path / "a.jpg", noise, progressive=True, quality=90).read_bytes()
    for tail in (b"\0", b"\0" * 100, b"MotionPhoto" + clean, b"\r\n", b"\xff"):
        path = tmp_path / "tail.jpg"
        path.write_bytes(clean + tail)
        (tmp_path / "out").mkdir(exist_ok=True)
        found, target = exported(path, tmp_path / "out")
        if found.way is Way.TRIMMED:  # a second picture behind the first ends like a clean file
            assert target.read_bytes() == clean
        else:
            assert tail.endswith(b"\xff\xd9")


def test_end_of_a_picture_with_restart_markers_and_a_thumbnail(
    noise: Image.Image, tmp_path: Path
) -> None:
    thumbnail = io.BytesIO()
    noise.resize((16, 16)).save(thumbnail, "JPEG")
    exif = b"Exif\0\0" + thumbnail.getvalue()
    path = save(tmp_path / "a.jpg", noise, exif=exif, restart_marker_blocks=1)
    data = path.read_bytes()
    assert picture.jpeg_end(data) == len(data)
    assert picture.jpeg_end(data + b"more") == len(data)
    assert picture.jpeg_end(data[:-2]) is None
    assert picture.jpeg_end(data[: len(data) // 2]) is None
    assert picture.jpeg_end(b"\xff\xd8") is None


def test_exif_behind_the_pixels_of_a_png(noise: Image.Image, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    data = save(tmp_path / "a.png", noise, exif=exif).read_bytes()
    start = data.index(b"eXIf") - 4
    chunk = data[start : start + 12 + int.from_bytes(data[start : start + 4], "big")]
    end = data.index(b"IEND") - 4
    (tmp_path / "late.png").write_bytes(
        data[:start] + data[start + len(chunk) : end] + chunk + data[end:]
    )
    assert picture.inspect(tmp_path / "late.png").way is Way.PNG


def test_cut_off_jpeg_is_refused(noise: Image.Image, tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", noise)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(ImageError, match="cut off"):
        exported(path, tmp_path)
