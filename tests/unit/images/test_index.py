"""Which images a folder holds, in the order a person expects."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynseg.errors import InputError
from dynseg.images.index import below, content_hash, natural_key, scan


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_natural_order_without_regard_to_case(tmp_path: Path) -> None:
    touch(tmp_path, "img10.jpg", "img2.jpg", "IMG1.PNG", "a.jpg", "img2b.jpg", "007.jpg", "8.jpg")
    assert scan(tmp_path) == [
        "007.jpg", "8.jpg", "a.jpg", "IMG1.PNG", "img2.jpg", "img2b.jpg", "img10.jpg",
    ]  # fmt: skip


def test_hidden_files_folders_and_other_types_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", ".b.jpg", ".dynseg/c.jpg", "d.txt", "e.jpg.bak", "f/g.jpg", "jpg")
    (tmp_path / "h.jpg").mkdir()
    assert scan(tmp_path) == ["a.jpg"]
    assert scan(tmp_path, recursive=True) == ["a.jpg", "f/g.jpg"]


def test_folders_in_folders_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "s10/1.jpg", "s2/1.jpg", "s2/deep/0.png", "z.jpg", "фото/图像 1.jpg")
    assert scan(tmp_path, recursive=True) == [
        "s2/1.jpg", "s2/deep/0.png", "s10/1.jpg", "z.jpg", "фото/图像 1.jpg",
    ]  # fmt: skip


def test_images_in_folders_inside_are_counted_by_folder(tmp_path: Path) -> None:
    for name in ("a.png", "b/b.png", "b/c.tif", "b/notes.txt", "c/d/e.jpg", "own/.mark/x.png",
                 "own/y.png", "Masks/a.png", ".hid/z.png", "frames/1.png"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert below(tmp_path, besides=["frames"], stops_at=".mark") == {"b": 2, "c/d": 1}
    assert below(tmp_path, most=3) == {"b": 2}, "those higher up first"
    assert below(tmp_path / "nowhere") == {}


def test_names_of_the_awkward_set(shared_data: Path) -> None:
    assert len(scan(shared_data / "awkward" / "names")) == 7


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be listed"):
        scan(tmp_path / "none")


@given(st.lists(st.text(max_size=50)), st.randoms())
def test_any_names_have_one_order(names: list[str], random: Random) -> None:
    ordered = [natural_key(name) for name in sorted(names, key=natural_key)]
    random.shuffle(names)
    assert [natural_key(name) for name in sorted(names, key=natural_key)] == ordered


def test_names_that_differ_in_case_alone_keep_one_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.jpg", "B.jpg", "B.JPG", "b.JPG")
    assert scan(tmp_path) == sorted(scan(tmp_path))


def test_ten_thousand_files_take_no_time(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"frame_{number}.jpg").touch()
    took = []
    for _ in range(3):
        started = time.perf_counter()
        found = scan(tmp_path)
        took.append(time.perf_counter() - started)
    assert found[10] == "frame_10.jpg"
    assert len(found) == 10_000
    assert min(took) < 0.5  # 50 ms where nothing else runs


def test_content_hash_follows_the_content(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"same")
    other.write_bytes(b"same")
    assert content_hash(one) == content_hash(other)
    other.write_bytes(b"else")
    assert content_hash(one) != content_hash(other)
