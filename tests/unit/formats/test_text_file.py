"""Lists of names in the encodings of the computers that they come from (H2, H5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.formats.incoming.importing import prepare
from dynseg.formats.incoming.text_file import text_of
from dynseg.formats.outgoing import object_table
from dynseg.formats.voc import palette
from dynseg.formats.yolo.description import names_in_file

CHINESE = ("汽车", "行人", "猫", "卡车2")
WESTERN = ("Größe", "Bäume", "café", "Öl")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb2312", "gbk"])
def test_chinese_names_are_read_in_every_encoding_that_is_in_use(encoding: str) -> None:
    assert text_of("\n".join(CHINESE).encode(encoding)).split("\n") == [*CHINESE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_western_names_are_read_in_every_encoding_that_is_in_use(encoding: str) -> None:
    assert text_of("\n".join(WESTERN).encode(encoding)).split("\n") == [*WESTERN]


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "euc-kr"])
def test_names_of_another_encoding_stay_different_ones(encoding: str) -> None:
    names = {"cp1251": "кошка\nсобак", "shift_jis": "ねこ\nいぬ", "euc-kr": "고양이\n강아지"}
    one, other = text_of(names[encoding].encode(encoding)).split("\n")
    assert one != other


def test_classes_of_equal_length_do_not_become_one(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=())
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "classes.txt").write_bytes("汽车\r\n行人\r\n".encode("gbk"))
    (folder / "a.txt").write_text("0 0.1 0.1 0.3 0.1 0.3 0.3\n1 0.5 0.5 0.9 0.5 0.9 0.9\n")
    done = prepare(store, folder).commit(store)
    assert done.by_class == {"汽车": 1, "行人": 1}


def test_every_list_of_names_is_read_so(tmp_path: Path) -> None:
    (tmp_path / "class_names.txt").write_bytes("_background_\n汽车\n".encode("gbk"))
    assert palette.class_names((tmp_path,))[0] == {1: "汽车"}
    (tmp_path / "names.txt").write_bytes("汽车\n行人\n".encode("utf-16"))
    assert names_in_file(tmp_path / "names.txt") == ["汽车", "行人"]
    table = "mask;object;class;split\na.png;1;汽车;train\n"
    (tmp_path / object_table.NAME).write_bytes(table.encode("gbk"))
    assert [row.label for row in object_table.read(tmp_path)] == ["汽车"]
