"""Zip archives from anywhere: what is wrong with one is said in words."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from dynseg.errors import InputError
from dynseg.formats.incoming import archive


@pytest.mark.parametrize(
    "kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["zip", "bz2", "lzma"]
)
def test_a_damaged_byte_in_any_kind_of_archive_is_no_fault_of_the_program(
    tmp_path: Path, kind: int
) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", kind) as made:
        made.writestr("labels/a.txt", "".join(f"{n} 0.1 0.{n} 0.5\n" for n in range(500)))
    content = whole.read_bytes()
    damaged = tmp_path / "damaged.zip"
    refused: list[InputError] = []
    for place in range(0, len(content), 3):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        damaged.write_bytes(changed)
        try:
            with archive.unpacked(damaged) as folder:
                assert folder.is_dir()
        except InputError as error:
            refused.append(error)
    assert len(refused) > 10
    assert all("unpacked" in error.message and error.hint for error in refused)


def test_a_name_that_is_said_in_a_field_of_its_own_is_taken_as_it_is() -> None:
    """So Info-ZIP and 7-Zip write it, and Python from 3.12 on hands it out decoded."""
    assert archive._name_of(zipfile.ZipInfo("汽车/Größe.txt")) == "汽车/Größe.txt"


def test_names_that_the_disk_takes_for_one_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows and macOS the second one took the place of the first, without a word."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name in ("labels/IMG.txt", "labels/img.txt"):
            made.writestr(name, "0 0.1 0.1 0.9 0.1 0.5 0.9\n")
    with archive.unpacked(tmp_path / "a.zip") as folder:
        assert len(list((folder / "labels").iterdir())) == 2
    monkeypatch.setattr(Path, "exists", lambda path: True)
    monkeypatch.setattr(Path, "samefile", lambda path, other: True)
    with (
        pytest.raises(InputError, match=r"IMG\.txt and labels/img\.txt"),
        archive.unpacked(tmp_path / "a.zip"),
    ):
        pass


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_no_clash_of_two_names(tmp_path: Path) -> None:
    """Who adds to an archive instead of making it anew has two of one name: the last one counts."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name, text in (("img.txt", "a"), ("IMG.txt", "b"), ("IMG.txt", "c")):
            made.writestr(name, text)
    if (tmp_path / "A.ZIP").exists():
        pytest.skip("this disk takes them for one")
    with archive.unpacked(tmp_path / "a.zip") as folder:
        assert [(folder / name).read_text() for name in ("img.txt", "IMG.txt")] == ["a", "c"]


def tar(path: Path, *members: tarfile.TarInfo, content: bytes = b"{}") -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as made:
        for member in members:
            member.size = len(content) if member.isreg() else 0
            made.addfile(member, io.BytesIO(content))
    return path


def linked(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_the_second_name_of_a_file_in_a_tar_archive_is_a_file_as_well(
    tmp_path: Path, name: str
) -> None:
    """`tar` and backups with hard links write such; their labels were left out without a word."""
    members = [
        tarfile.TarInfo("a.json"),
        linked("b.json", "a.json", tarfile.LNKTYPE),
        linked("c.json", "b.json", tarfile.LNKTYPE),
        linked("d.json", "e.json", tarfile.LNKTYPE),  # comes later, or never
    ]
    with archive.unpacked(tar(tmp_path / name, *members, content=b"[1]")) as folder:
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict.fromkeys(
            ("a.json", "b.json", "c.json"), b"[1]"
        )


def test_many_names_of_one_large_file_count_as_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    members = [
        tarfile.TarInfo("a.json"),
        *(linked(f"{at}.json", "a.json", tarfile.LNKTYPE) for at in range(10)),
    ]
    with (
        pytest.raises(InputError, match="unpacks to over"),
        archive.unpacked(tar(tmp_path / "a.tar", *members, content=b"x" * 200)),
    ):
        pass


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_of_a_tar_archive_the_labels_alone_come_out_and_nothing_leaves_the_folder(
    tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside.json"
    sound = [tarfile.TarInfo(f"project/{own}") for own in ("meta.json", "ds/ann/a.json")]
    hostile = [
        tarfile.TarInfo("../outside.json"),
        tarfile.TarInfo(str(outside)),
        tarfile.TarInfo("project/ds/img/a.jpg"),
        linked("project/b.json", "/etc/passwd"),
        linked("project/c.json", "/etc/passwd", tarfile.LNKTYPE),
        linked("project/d.json", "", tarfile.CHRTYPE),
    ]
    with archive.unpacked(tar(tmp_path / name, *sound, *hostile)) as folder:
        found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert found == ["project/ds/ann/a.json", "project/meta.json"]
    assert not outside.exists()


def test_a_tar_archive_that_grows_or_is_cut_off_is_refused_in_words(tmp_path: Path) -> None:
    grown = tar(tmp_path / "a.tar.gz", tarfile.TarInfo("a.json"), content=bytes(1 << 20))
    with pytest.raises(InputError, match="grows over"), archive.unpacked(grown):
        pass
    noise = random.Random(0).randbytes(1 << 14)
    cut = tar(tmp_path / "b.tar.gz", tarfile.TarInfo("a.json"), content=noise)
    cut.write_bytes(cut.read_bytes()[:9000])
    (tmp_path / "c.tar").write_bytes(b"no archive" * 100)
    for damaged in (cut, tmp_path / "c.tar"):
        with pytest.raises(InputError, match="cannot be unpacked"), archive.unpacked(damaged):
            pass


def test_a_header_that_is_damaged_is_not_the_end_of_a_tar_archive(tmp_path: Path) -> None:
    """The labels behind it were left out, without a word."""
    path = tar(tmp_path / "a.tar", *(tarfile.TarInfo(f"{name}.json") for name in "abc"))
    content = bytearray(path.read_bytes())
    content[1024 + 5] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be unpacked"), archive.unpacked(path):
        pass


def test_headers_and_folders_of_a_tar_archive_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few megabytes of an archive hold gigabytes of them."""
    named = tarfile.TarInfo("a.json")
    named.pax_headers = {"comment": "a" * ((1 << 20) + 1)}
    with (
        pytest.raises(InputError, match="cannot be unpacked"),
        archive.unpacked(tar(tmp_path / "a.tar.gz", named)),
    ):
        pass
    folder = tarfile.TarInfo("folder")
    folder.type = tarfile.DIRTYPE
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    many = tar(tmp_path / "b.tar.gz", *[folder] * 11)
    with pytest.raises(InputError, match="more than 10 files"), archive.unpacked(many):
        pass


def test_names_in_a_tar_archive_of_a_windows_of_a_country_are_read(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.GNU_FORMAT, encoding="gbk") as made:
        made.addfile(tarfile.TarInfo("labels/汽车图片.txt"), io.BytesIO())
    with archive.unpacked(tmp_path / "a.tar") as folder:
        assert [path.name for path in folder.rglob("*.txt")] == ["汽车图片.txt"]
