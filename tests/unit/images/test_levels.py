"""A decoded image on the disk: the same pixels, halves that are means, pieces anywhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dynseg import processes
from dynseg.errors import ImageError
from dynseg.images.decode import decode
from dynseg.images.levels import Levels, Pixels
from dynseg.images.unpack import write_levels

WIDTH, HEIGHT = 1111, 777


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "noise.png"
    rng = np.random.default_rng(1)
    Image.fromarray(rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)).save(path)
    return path


@pytest.fixture(scope="module")
def levels(picture: Path) -> Levels:
    return write_levels(picture, picture.with_suffix(".levels"))


def whole(levels: Levels, level: int) -> Pixels:
    return levels.piece(level, (0, 0, *levels.size(level)))


def test_the_first_level_is_the_image(picture: Path, levels: Levels) -> None:
    pixels = whole(levels, 0)
    assert (pixels[:, :, 2::-1] == decode(picture).pixels).all()
    assert (pixels[:, :, 3] == 255).all()
    assert levels.path.stat().st_size == levels.size_bytes


def test_each_level_is_the_means_of_the_one_before(levels: Levels) -> None:
    assert levels.count == 4
    for level in range(1, levels.count):
        before = whole(levels, level - 1).astype(float)
        odd = [(0, n % 2) for n in before.shape[:2]]
        before = np.pad(before, (*odd, (0, 0)), "edge")
        corners = [before[y::2, x::2] for y in (0, 1) for x in (0, 1)]
        means = np.mean(corners, axis=0)
        assert whole(levels, level).shape == means.shape
        assert np.abs(whole(levels, level) - means).max() <= 1
    assert max(levels.size(levels.count - 1)) <= 256


@settings(max_examples=60)
@given(
    st.integers(0, 3),
    st.tuples(st.integers(-50, 1200), st.integers(-50, 900)),
    st.tuples(st.integers(0, 600), st.integers(0, 600)),
)
def test_a_piece_is_cut_to_its_level(
    levels: Levels, level: int, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    (x, y), (w, h) = corner, size
    piece = levels.piece(level, (x, y, x + w, y + h))
    expected = whole(levels, level)[max(y, 0) : max(y + h, 0), max(x, 0) : max(x + w, 0)]
    assert piece.size == expected.size
    assert not piece.size or (piece == expected).all()


def test_the_process_says_what_it_wrote_or_why_not(picture: Path, tmp_path: Path) -> None:
    command = processes.command("unpack")
    done = subprocess.run(
        [*command, str(picture), str(tmp_path / "a")], capture_output=True, check=True
    )
    said = json.loads(done.stdout)
    assert (said["width"], said["height"], said["note"]) == (WIDTH, HEIGHT, "")
    broken = tmp_path / "broken.png"
    broken.write_bytes(picture.read_bytes()[:2000])
    with pytest.raises(ImageError) as error:
        decode(broken)
    failed = subprocess.run(
        [*command, str(broken), str(tmp_path / "b")], capture_output=True, check=False
    )
    assert failed.returncode == 1
    assert json.loads(failed.stdout)["reason"] == error.value.reason
    nowhere = subprocess.run(
        [*command, str(picture), str(tmp_path / "no" / "c")], capture_output=True, check=False
    )
    assert "could not be unpacked" in json.loads(nowhere.stdout)["reason"]
