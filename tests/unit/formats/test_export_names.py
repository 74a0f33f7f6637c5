"""File names in an export."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dynseg.formats.outgoing.export_names import stems


def test_plain_names_stay() -> None:
    assert stems({1: "train/a.b.c.jpg", 2: "UPPER.JPG"}) == {1: "a.b.c", 2: "UPPER"}


def test_same_stem_gets_the_id() -> None:
    assert stems({1: "a.jpg", 2: "a.png", 3: "x/A.jpg"}) == {1: "a_1", 2: "a_2", 3: "A_3"}


def test_names_that_a_file_system_or_a_reader_would_not_like() -> None:
    given_names = ["CON.jpg", "图像 测试.jpg", "crème brûlée.jpg", "-x.jpg", "9..jpg"]
    names = stems(dict(enumerate(given_names, start=1)))
    assert names == {1: "CON_1", 2: "2", 3: "creme-brulee_3", 4: "x_4", 5: "9_5"}


@given(st.dictionaries(st.integers(1, 10**6), st.text(min_size=1, max_size=300), max_size=30))
def test_names_are_always_unique_and_plain(images: dict[int, str]) -> None:
    names = stems(images)
    assert set(names) == set(images)
    assert len({name.casefold() for name in names.values()}) == len(images)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,90}", name) for name in names.values())
