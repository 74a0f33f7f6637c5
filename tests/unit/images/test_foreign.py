"""Files that nothing here reads: what they are, and what to do with them, wherever they turn up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.images.tiff_files import page, write

from dynseg.cli import main as cli
from dynseg.errors import ImageError
from dynseg.images import foreign
from dynseg.images.decode import decode, read_header
from dynseg.images.index import SUFFIXES
from dynseg.project.store import Store


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            b"ZISRAWFILE\0\0\0\0\0\0",
            "is a Zeiss microscope file, which cannot be read here; exp",
        ),
        (b"\xda\xce\xbe\x0a", "Nikon microscope file"),
        (b"\x70\0\0\0\x12\0\0\0", "Leica microscope file"),
        (b"\0" * 128 + b"DICM", "DICOM file"),
        (b"\x89HDF\r\n\x1a\n", "file of arrays"),
        (b"8BPX"[:3] + b"S\0\x02", "document or drawing"),
        (b"\n<!DOCTYPE html><html>", "web page under the name of an image"),
        (b'<?xml version="1.0"?><svg/>', "document or drawing"),
        (b"\0\0\0\x18ftypisom", "is a video, which cannot be read here; choose File"),
    ],
)
def test_a_foreign_file_under_the_name_of_an_image_is_told_by_its_content(
    tmp_path: Path, start: bytes, told: str
) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(start + bytes(600))
    for call in (decode, read_header):
        with pytest.raises(ImageError) as caught:
            call(path)
        assert told in caught.value.reason


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({259: 33005}, "packed as JPEG 2000 of 8 bits, which cannot be read here; save it without"),
        ({259: 34887}, "packed as LERC"),
        ({259: 7, 258: 12}, "packed as JPEG of 12 bits"),
        ({258: 24}, "whose values have 24 bits"),
        ({339: 6, 258: 64}, "complex numbers"),
        ({262: 3, 258: 16}, "is a damaged TIFF or one of a rare kind, which cannot be read here"),
    ],
)
def test_a_tiff_that_cannot_be_read_says_why(
    tmp_path: Path, changes: dict[int, int], told: str
) -> None:
    tags, pieces = page(np.zeros((4, 4), np.uint8))
    tags = [(tag, kind, [changes[tag]] if tag in changes else old) for tag, kind, old in tags]
    with pytest.raises(ImageError) as caught:
        decode(write(tmp_path / "a.tif", (tags, pieces)))
    assert told in caught.value.reason


def test_a_damaged_jpeg_in_a_tiff_is_not_called_foreign(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(path, compression="jpeg")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"\xff\xd8\xff")
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    with pytest.raises(ImageError, match="is damaged"):
        decode(path)


def test_no_kind_is_an_image_of_ours_and_every_advice_is_one_clause() -> None:
    assert not SUFFIXES & set(foreign.BY_SUFFIX)
    for kind in foreign.BY_SUFFIX.values():
        assert kind.what.startswith("is a")
        assert kind.do[0].islower()
        assert not kind.do.endswith(".")


def test_the_commands_say_what_to_do_with_files_of_a_microscope(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = tmp_path / "images"
    (images / "day 1").mkdir(parents=True)
    for number in range(3):
        (images / "day 1" / f"{number}.CZI").touch()
    (images / "day 1" / "a.nd2").touch()
    advice = "Files that end in .czi cannot be read here (3): export it as OME-TIFF from ZEN"
    assert cli.main(["init", str(tmp_path / "p"), "--images", str(images)]) != 0
    assert advice in " ".join(capsys.readouterr().err.split())
    assert cli.main(["prelabel", str(images), "--out", str(tmp_path / "out")]) != 0
    assert advice in " ".join(capsys.readouterr().err.split())
    Image.new("RGB", (8, 8)).save(images / "day 1" / "a.png")
    assert cli.main(["init", str(tmp_path / "p"), "--images", str(images), "--recursive"]) == 0
    said = capsys.readouterr()
    assert advice in " ".join((said.out + said.err).split())
    with Store.open(tmp_path / "p") as store:
        assert [row.rel for row in store.images()] == ["day 1/a.png"]
