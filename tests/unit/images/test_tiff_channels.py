"""Channels of fluorescence as one picture, stacks as frames: what ImageJ and OME-TIFF say."""

from __future__ import annotations

import contextlib
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from tests.unit.images.tiff_files import Tag, page, write

from dynseg.curation.likeness import difference_hash
from dynseg.errors import ImageError, InputError
from dynseg.formats.outgoing.picture import encode, inspect
from dynseg.images.decode import decode, decode_small, is_first_of_several, read_header
from dynseg.images.frames import extract

SIZE = (32, 40)
OME = "http://www.openmicroscopy.org/Schemas/OME/2016-06"


def channel(seed: int, top: int = 4000) -> NDArray[np.uint16]:
    """`(32, 40)`, from 0 to `top`: stretched, it is the same whatever the top is."""
    values = np.random.default_rng(seed).random(SIZE)
    values[:6, :5], values[-6:, -5:] = 1, 0
    return (values * top).astype(np.uint16)


def grey(seed: int) -> NDArray[np.float64]:
    """How bright `channel` is shown, from 0 to 1."""
    return channel(seed, 60_000) / 60_000


def imagej(**numbers: Any) -> Tag:
    lines = ["ImageJ=1.54f", *(f"{key}={value}" for key, value in numbers.items()), ""]
    return 270, 2, "\n".join(lines).encode() + b"\0"


def ome(c: int = 1, z: int = 1, t: int = 1, order: str = "XYCZT", inside: str = "") -> Tag:
    text = (
        f'<?xml version="1.0"?><OME xmlns="{OME}"><Image ID="Image:0"><Pixels ID="Pixels:0" '
        f'DimensionOrder="{order}" Type="uint16" SizeX="40" SizeY="32" SizeC="{c}" SizeZ="{z}" '
        f'SizeT="{t}">{inside}<TiffData/></Pixels></Image></OME>'
    )
    return 270, 2, text.encode() + b"\0"


def of_pages(path: Path, told: Tag, seeds: list[int], **options: Any) -> Path:
    """A page for each seed, ever brighter."""
    pages = [
        page(channel(seed, 500 + 900 * i), more=[told] if i == 0 else [], **options)
        for i, seed in enumerate(seeds)
    ]
    return write(path, *pages)


def is_like(path: Path, *expected: NDArray[np.float64] | int) -> bool:
    """Whether red, green and blue of the picture are like these, wherever it is shown."""
    decoded = decode(path).pixels
    picture = inspect(path)
    written = encode(path, picture, width=decoded.shape[1], height=decoded.shape[0])
    assert written is not None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.png").write_bytes(written)
        assert (decode(Path(folder) / "a.png").pixels == decoded).all()
    assert (decode_small(path, 100) == decoded).all()
    wanted = np.stack([np.broadcast_to(np.asarray(one, float), SIZE) for one in expected], -1)
    return bool(np.abs(decoded / 255 - wanted.clip(0, 1)).max() < 0.02)


def test_channels_of_imagej_are_one_picture_in_its_colours(tmp_path: Path) -> None:
    path = of_pages(tmp_path / "a.tif", imagej(images=2, channels=2, mode="composite"), [1, 2])
    assert is_like(path, grey(1), grey(2), 0)
    assert read_header(path).frames == 1
    assert decode(path).note.startswith("2 channels in one picture (1 in red, 2 in green); more")
    path = of_pages(tmp_path / "b.tif", imagej(images=4, channels=4), [1, 2, 3, 4])
    assert is_like(path, *(grey(i) + grey(4) for i in (1, 2, 3)))


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_colours_that_imagej_saved_are_kept(tmp_path: Path, order: str) -> None:
    ramp = bytes(range(256))
    tables = [ramp + bytes(256) + ramp, bytes(256) + ramp + bytes(256)]  # magenta and green
    head = b"IJIJ" if order == ">" else b"JIJI"
    kinds = [b"labl", b"luts"] if order == ">" else [b"lbal", b"stul"]
    head += b"".join(struct.pack(f"{order}4sI", kind, 2) for kind in kinds)
    data = head + b"aabb" + b"".join(tables)
    counts = [len(head), 2, 2, 768, 768]
    told: list[Tag] = [
        imagej(images=2, channels=2), (50838, 4, counts), (50839, 1, data)
    ]  # fmt: skip
    pages = [
        page(channel(1).astype(f"{order}u2"), more=told),
        page(channel(2).astype(f"{order}u2")),
    ]
    path = write(tmp_path / "a.tif", *pages, order=order)
    assert is_like(path, grey(1), grey(2), grey(1))


def test_the_colours_and_names_of_ome_are_kept(tmp_path: Path) -> None:
    inside = '<Channel Name="nuclei" Color="65535"/><Channel Name="tubulin" Color="-16776961"/>'
    path = of_pages(tmp_path / "a.ome.tif", ome(c=2, inside=inside), [1, 2])
    assert is_like(path, grey(2), 0, grey(1))
    assert "(nuclei in blue, tubulin in red)" in decode(path).note


@pytest.mark.parametrize(
    "inside",
    [
        '<Channel Name="DAPI"/><Channel Name="Alexa 488"/>',
        '<Channel Name="a" EmissionWavelength="461"/><Channel EmissionWavelength="519.0"/>',
        '<Channel Name="Hoechst 33342" Color="-1"/><Channel Name="EGFP" Color="-1"/>',
    ],
)
def test_dyes_have_the_colours_that_everybody_gives_them(tmp_path: Path, inside: str) -> None:
    path = of_pages(tmp_path / "a.ome.tif", ome(c=2, inside=inside), [1, 2])
    assert is_like(path, 0, grey(2), grey(1))


def test_channels_of_8_bits_keep_their_brightness(tmp_path: Path) -> None:
    values = [(grey(i) * 99).astype(np.uint8) for i in (1, 2, 3)]
    pages = [page(one, more=[ome(c=3)] if i == 0 else []) for i, one in enumerate(values)]
    path = write(tmp_path / "a.ome.tif", *pages)
    assert (decode(path).pixels == np.stack(values, -1)).all()
    assert decode(path).note == "3 channels in one picture (1 in red, 2 in green, 3 in blue)"


@pytest.mark.parametrize("planar", [False, True])
def test_channels_as_samples_of_a_page(tmp_path: Path, planar: bool) -> None:
    values = np.stack([channel(i, 900 * i) for i in (1, 2, 3, 4)], -1)
    path = write(tmp_path / "a.ome.tif", page(values, planar=planar, more=[ome(c=4)]))
    assert is_like(path, *(grey(i) + grey(4) for i in (1, 2, 3)))
    two = write(tmp_path / "two.tif", page(values[:, :, :2], planar=planar))
    assert is_like(two, grey(1), grey(2), 0)


def test_a_colour_picture_in_ome_stays_one(tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 255, (*SIZE, 3), np.uint8)
    told = ome(c=3, inside='<Channel SamplesPerPixel="3"/>')
    path = write(tmp_path / "a.ome.tif", page(values, photometric=2, more=[told]))
    assert (decode(path).pixels == values).all()
    assert decode(path).note == ""


@pytest.mark.parametrize(
    ("order", "channels_first"), [("XYCZT", True), ("XYZCT", False), ("XYCTZ", True)]
)
def test_places_in_depth_stay_frames_of_all_channels(
    tmp_path: Path, order: str, channels_first: bool
) -> None:
    seeds = [1, 2, 11, 12, 21, 22] if channels_first else [1, 11, 21, 2, 12, 22]
    path = of_pages(tmp_path / "a.ome.tif", ome(c=2, z=3, order=order), seeds)
    assert read_header(path).frames == 3
    assert is_first_of_several(decode(path).note)
    assert is_like(path, grey(1), grey(2), 0)
    done = extract(path, tmp_path / "out")
    assert (done.seen, done.written) == (3, 3)
    for number in range(3):
        frame = tmp_path / "out" / f"a.ome-00000{number}.tif"
        assert is_like(frame, grey(10 * number + 1), grey(10 * number + 2), 0)
        assert read_header(frame).frames == 1


def test_frames_keep_values_names_and_colours(tmp_path: Path) -> None:
    inside = '<Channel Name="a &amp; &lt;b&gt;" Color="-16711681"/><Channel Color="16777215"/>'
    path = of_pages(tmp_path / "a.tif", ome(c=2, t=2, inside=inside), [1, 2, 3, 4])
    extract(path, tmp_path / "out")
    frame = tmp_path / "out" / "a-000001.tif"
    assert is_like(frame, grey(3), grey(4), grey(3) + grey(4))
    assert "(a & <b> in magenta, 2 in cyan)" in decode(frame).note
    with Image.open(frame) as image:
        assert (np.asarray(image) == channel(3, 500 + 900 * 2)).all()


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
def test_a_stack_of_imagej_in_one_block_has_all_of_its_pages(tmp_path: Path, kind: str) -> None:
    """From 4 GB on ImageJ writes one directory alone, and the other pages behind the first."""
    values = np.stack([channel(i, 250) for i in range(4)]).astype(f">{kind}")
    tags, pieces = page(values[0], more=[imagej(images=4, slices=4)])
    rest = b"".join(one.tobytes() for one in values[1:])
    path = write(tmp_path / "a.tif", (tags, [pieces[0] + rest]), order=">")
    assert read_header(path).frames == 4
    assert decode(path).note.startswith("first of 4 frames")
    extract(path, tmp_path / "out")
    for number, found in enumerate(sorted((tmp_path / "out").iterdir())):
        with Image.open(found) as image:
            assert (np.asarray(image) == values[number]).all()
    assert number == 3


@pytest.mark.parametrize(
    "told",
    [
        imagej(images=2, channels=3), imagej(images=9, channels=3), imagej(images=3, channels=0),
        imagej(channels=3), imagej(images="9" * 400, channels="3"), ome(c=2), ome(c=3, z=2),
        ome(c=3, order="XYC"), ome(c=3, order="XYCCC"), ome(c=0), (270, 2, b"<OME nonsense\0"),
        (270, 2, b'<!DOCTYPE a [<!ENTITY b "c">]><OME>&b;</OME>\0'),
        (270, 2, b"<OME><Pixels SizeC='3' SizeZ='1' SizeT='x'/></OME>\0"[:30]),
        ome(c=3, inside="<Channel SamplesPerPixel='3'/>"), ome(c=10**9),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_file_is_passed_over(tmp_path: Path, told: Tag) -> None:
    path = of_pages(tmp_path / "a.tif", told, [1, 2, 3])
    assert is_like(path, grey(1), grey(1), grey(1))
    assert read_header(path).frames == 3


def test_channels_of_several_sizes_are_no_picture(tmp_path: Path) -> None:
    pages = [page(channel(1), more=[ome(c=2)]), page(channel(2)[:20])]
    path = write(tmp_path / "a.tif", *pages)
    assert is_like(path, grey(1), grey(1), grey(1))
    assert read_header(path).frames == 2


def test_channels_that_pillow_alone_reads_stay_frames(tmp_path: Path) -> None:
    pages = [Image.fromarray((grey(i) * 255).astype(np.uint8)) for i in range(3)]
    path = tmp_path / "a.tif"
    told = ome(c=3)[2]
    pages[0].save(
        path, save_all=True, append_images=pages[1:], compression="jpeg", tiffinfo={270: told[:-1]}
    )
    assert read_header(path).frames == 3
    assert extract(path, tmp_path / "out").written == 3


@pytest.mark.parametrize("told", [None, imagej(images=6, channels=2)])
def test_a_stack_that_is_cut_off_gives_what_it_has(tmp_path: Path, told: Tag | None) -> None:
    pages = [page(channel(i), more=[told] if told and not i else []) for i in range(6)]
    path = write(tmp_path / "a.tif", *pages)
    whole, size = path.read_bytes(), len(page(channel(0))[1][0])
    for lost in (size // 2, size + 200, 2 * size):  # within a page, at its end, before its tags
        path.write_bytes(whole[:-lost])
        done = extract(path, tmp_path / f"out{lost}")
        assert "It breaks off after frame" in done.note
        assert 0 < done.written < 6


def test_pages_of_floats_and_deep_colours_come_as_they_are(tmp_path: Path) -> None:
    deep = np.random.default_rng(0).integers(0, 1 << 16, (*SIZE, 3)).astype(np.uint16)
    wide = np.random.default_rng(0).random(SIZE)
    half = page(channel(1)[::2, ::2], more=[(254, 4, [1])])
    path = write(tmp_path / "a.tif", page(deep, photometric=2), half, page(wide), page(channel(1)))
    extract(path, tmp_path / "out")
    found = sorted((tmp_path / "out").iterdir())
    assert [one.name for one in found] == ["a-000000.tif", "a-000001.tif", "a-000002.png"]
    assert (decode(found[0]).pixels == deep >> 8).all()
    again = write(tmp_path / "one.tif", page(wide))
    assert (decode(found[1]).pixels == decode(again).pixels).all()


def test_copies_of_what_pillow_does_not_read_are_told_as_alike(tmp_path: Path) -> None:
    values = np.random.default_rng(0).random(SIZE)
    first = write(tmp_path / "a.tif", page(values))
    second = write(tmp_path / "b.tif", page(values * 2, deflate=True))
    other = write(tmp_path / "c.tif", page(np.random.default_rng(1).random(SIZE)))
    assert difference_hash(first) == difference_hash(second) != difference_hash(other)


def samples() -> list[bytes]:
    told = [
        imagej(images=2, channels=2), ome(c=2, inside='<Channel Name="DAPI" Color="255"/>'),
        ome(c=1, z=2), imagej(images=2, slices=2),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        return [of_pages(Path(folder) / "a.tif", one, [1, 2]).read_bytes() for one in told]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(samples()),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 20_000),
)
def test_damage_anywhere_is_told(data: bytes, changes: list[tuple[int, int]], length: int) -> None:
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    del damaged[max(1, length) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.tif"
        path.write_bytes(damaged)
        with contextlib.suppress(ImageError):
            decode(path, max_pixels=1_000_000)
        with contextlib.suppress(InputError):
            extract(path, Path(folder) / "out")
