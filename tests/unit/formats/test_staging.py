"""A folder is the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dynseg.errors import InputError, StoreWriteError
from dynseg.formats.outgoing import staging


def write(target: Path, text: bytes) -> None:
    with staging.staged(target) as folder:
        folder.add("labels/a.txt", text)
        folder.seal({"version": 1})


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_folder_with_manifest_and_no_strays(tmp_path: Path) -> None:
    write(tmp_path / "out", b"one")
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"one"
    assert staging.verify(tmp_path / "out") == []
    assert hidden(tmp_path) == []


def test_new_version_replaces_the_old_one_whole(tmp_path: Path) -> None:
    write(tmp_path / "out", b"one")
    with staging.staged(tmp_path / "out") as folder:
        folder.add("labels/b.txt", b"two")
        folder.seal({})
    assert sorted(p.name for p in (tmp_path / "out/labels").iterdir()) == ["b.txt"]
    assert hidden(tmp_path) == []


FAILURES = [OSError(errno.ENOSPC, "x"), ValueError("x"), KeyboardInterrupt()]


def fail(target: Path, error: BaseException) -> None:
    with staging.staged(target) as folder:
        folder.add("labels/a.txt", b"two")
        raise error


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_failure_keeps_the_old_version(tmp_path: Path, error: BaseException) -> None:
    write(tmp_path / "out", b"one")
    expected = StoreWriteError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        fail(tmp_path / "out", error)
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"one"
    assert staging.verify(tmp_path / "out") == []
    assert hidden(tmp_path) == []


def test_foreign_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="other files"):
        write(tmp_path, b"one")
    assert (tmp_path / "holiday.jpg").exists()
    with pytest.raises(InputError, match="not a folder"):
        write(tmp_path / "holiday.jpg", b"one")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(InputError, match="not a folder"):
        write(tmp_path / "link", b"one")


def test_a_folder_with_an_open_file_is_kept_and_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, while another program reads the export before: no disk is too small."""

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "The file is being used by another process", str(source))

    write(tmp_path / "out", b"one")
    monkeypatch.setattr("dynseg.files.move", refuse)
    with pytest.raises(StoreWriteError, match="being used") as caught:
        write(tmp_path / "out", b"two")
    assert "close the programs" in caught.value.hint
    assert "you may write to" in caught.value.hint, "rights are refused in the same way"
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"one"
    assert hidden(tmp_path) == []


def test_an_earlier_version_that_cannot_go_makes_no_failure_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was called not written, and no later export began as long as somebody looked into it."""

    def refuse(source: Path, target: Path) -> None:
        if source.name == ".previous-out" and target.name.startswith(".staging-"):
            raise PermissionError(13, "The file is being used by another process", str(source))
        source.replace(target)

    write(tmp_path / "out", b"one")
    with monkeypatch.context() as patched:
        patched.setattr("dynseg.files.move", refuse)
        write(tmp_path / "out", b"two")
        write(tmp_path / "other", b"three")
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"two"
    staging.collect_leftovers(tmp_path)
    assert hidden(tmp_path) == []


def test_empty_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", b"one")
    assert staging.verify(tmp_path / "out") == []


def test_changed_and_missing_files_are_found(tmp_path: Path) -> None:
    write(tmp_path / "out", b"one")
    (tmp_path / "out/labels/a.txt").write_bytes(b"two")
    assert "another content" in staging.verify(tmp_path / "out")[0]
    (tmp_path / "out/labels/a.txt").unlink()
    assert "missing" in staging.verify(tmp_path / "out")[0]
    assert "missing" in staging.verify(tmp_path)[0]


def test_crash_between_the_two_renames_brings_the_old_one_back(tmp_path: Path) -> None:
    write(tmp_path / "out", b"one")
    (tmp_path / "out").rename(tmp_path / ".previous-out")
    staging.collect_leftovers(tmp_path)
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"one"
    assert hidden(tmp_path) == []


def test_crash_before_the_old_one_is_removed(tmp_path: Path) -> None:
    write(tmp_path / "old", b"one")
    write(tmp_path / "out", b"two")
    (tmp_path / "old").rename(tmp_path / ".previous-out")
    staging.collect_leftovers(tmp_path)
    assert (tmp_path / "out/labels/a.txt").read_bytes() == b"two"
    assert hidden(tmp_path) == []


def test_staging_folder_of_a_killed_process_goes_that_of_a_living_one_stays(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from dynseg.formats.outgoing import staging\n"
        "with staging.staged(Path(sys.argv[1]) / 'out') as folder:\n"
        "    folder.add('a.txt', b'x')\n"
        "    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, timeout=60)
    assert len(hidden(tmp_path)) == 1
    with staging.staged(tmp_path / "mine") as folder:
        folder.add("a.txt", b"x")
        assert hidden(tmp_path) == [folder.root.name]
        staging.collect_leftovers(tmp_path)
        assert folder.root.exists()
        folder.seal({})
    assert hidden(tmp_path) == []


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(StoreWriteError, match="nothing was written"):
        staging.require_space(tmp_path / "a" / "b", 1 << 60)


def test_a_link_that_the_disk_does_not_make_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(b"pixels")

    def elsewhere(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", elsewhere)
    with (
        pytest.raises(StoreWriteError, match=r"a\.jpg cannot be linked") as caught,
        staging.staged(tmp_path / "out") as folder,
    ):
        folder.add_link("images/a.jpg", source, symbolic=False)
    assert "Copy the images" in caught.value.hint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jpg"]


def test_links_and_copies(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"pixels")
    os.utime(source, (1, 1))
    with staging.staged(tmp_path / "out") as folder:
        folder.add_copy("copy", source)
        folder.add_link("hard", source, symbolic=False)
        folder.add_link("soft", source, symbolic=True)
        folder.seal({})
    assert staging.verify(tmp_path / "out") == []
    assert (tmp_path / "out/hard").samefile(source)
    assert (tmp_path / "out/soft").is_symlink()
    assert not (tmp_path / "out/copy").samefile(source)
    assert source.stat().st_mtime == 1


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="rights are POSIX and do not bind root"
)
def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match="cannot be written"):
            write(tmp_path / "out", b"one")
    finally:
        tmp_path.chmod(0o700)
