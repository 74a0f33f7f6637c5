"""A project that is closed while somebody works on it: said as what it is, not as read-only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from PIL import Image

from dynseg.errors import (
    ProjectAwayError,
    ProjectClosedError,
    ProjectError,
    ProjectLostError,
    ReadOnlyError,
    StoreWriteError,
)
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.connection import storage_errors
from dynseg.project.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    return Store.create(tmp_path, images=tmp_path)


def test_a_closed_project_is_not_called_read_only(store: Store) -> None:
    store.close()
    with pytest.raises(ProjectClosedError, match="closed meanwhile"):
        store.save_setting("window.last_image", "a.png")
    with pytest.raises(ProjectClosedError):
        store.images()
    assert not store.read_only


def test_a_project_that_is_open_read_only_still_says_so(store: Store, tmp_path: Path) -> None:
    with store, Store.open(tmp_path, read_only=True) as second:
        with pytest.raises(ReadOnlyError):
            second.save_setting("window.last_image", "a.png")
        second.close()
        assert second.read_only


@pytest.mark.posix_files
def test_nothing_is_called_saved_once_the_folder_is_gone(store: Store, tmp_path: Path) -> None:
    """Edits went into a file without a name, were called saved, and were gone with the window."""
    with store:
        store.save_setting("window.last_image", "a.png")
        kept = tmp_path / "in the bin"
        (tmp_path / ".dynseg").rename(kept)
        with pytest.raises(StoreWriteError, match="moved or deleted"):
            store.save_setting("window.last_image", "b.png")
        (tmp_path / ".dynseg").mkdir()
        shutil.copy(kept / "project.db", tmp_path / ".dynseg" / "project.db")
        with pytest.raises(StoreWriteError, match="moved or deleted"):
            store.save_setting("window.last_image", "b.png")
        shutil.rmtree(tmp_path / ".dynseg")
        kept.rename(tmp_path / ".dynseg")
        store.save_setting("window.last_image", "b.png")
    with Store.open(tmp_path) as again:
        assert again.setting("window.last_image") == "b.png"


SHARED = Path("/dev/shm")
"""Another drive than that of the tests, where there is one."""


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Path]:
    """A place with a drive in it; what `resolve` gives is the drive."""
    if not SHARED.is_dir() or SHARED.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system")
    drive = Path(tempfile.mkdtemp(dir=SHARED))
    Image.new("RGB", (8, 8)).save(drive / "a.png")
    place = tmp_path / "media"
    place.symlink_to(drive)
    yield place
    shutil.rmtree(drive, ignore_errors=True)


@pytest.mark.posix_files
@pytest.mark.parametrize("leaves_folder", [False, True])
def test_a_project_on_a_drive_that_is_away_is_not_called_deleted(
    plug: Path, leaves_folder: bool
) -> None:
    with Store.create(plug / "project", images=plug) as store:
        drive = plug.resolve()
        plug.unlink()
        if leaves_folder:  # as a mount point does
            plug.mkdir()
        with pytest.raises(ProjectAwayError, match="is not there"):
            store.save_setting("window.last_image", "a.png")
        assert store.is_away
        assert store.is_nameless
        assert not store.is_lost, "nothing of it is"
        with pytest.raises(ProjectAwayError), store.found_again():
            pass
        if leaves_folder:
            plug.rmdir()
        plug.symlink_to(drive)
        store.save_setting("window.last_image", "a.png")
        assert not store.is_away


@pytest.mark.posix_files
def test_a_deleted_project_is_called_so_where_files_have_another_device_than_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Layered file systems, as of a system that runs from a stick, tell one for each layer."""
    real = Path.stat

    def layered(path: Path, **how: bool) -> os.stat_result:
        found = real(path, **how)
        if path.suffix != ".db":
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

    monkeypatch.setattr(Path, "stat", layered)
    with Store.create(tmp_path / "project", images=tmp_path) as store:
        assert store.has_its_name()
        shutil.rmtree(store.layout.folder)
        assert not store.has_its_name()
        assert store.is_lost
        assert not store.is_away


@pytest.mark.posix_files
def test_a_drive_that_comes_back_as_another_one_is_known_by_the_lock(
    plug: Path, tmp_path: Path
) -> None:
    """The files that are open belong to a drive that is no more."""
    store, drive = Store.create(plug / "project", images=plug), plug.resolve()
    other = Path(tempfile.mkdtemp(dir=SHARED))
    try:
        plug.unlink()
        assert not store.has_its_name()
        shutil.copytree(drive, other, dirs_exist_ok=True)
        plug.symlink_to(other)
        shutil.rmtree(drive)
        assert not store.has_its_name()
        with store.found_again() as again:
            again.save_setting("window.last_image", "a.png")
        store.close()
        with Store.open(plug / "project") as opened:
            assert opened.setting("window.last_image") == "a.png"
    finally:
        store.close()
        shutil.rmtree(other)


@pytest.mark.posix_files
def test_a_copy_says_how_far_it_is_and_stops_when_it_is_asked_to(
    store: Store, tmp_path: Path
) -> None:
    with store:
        said: list[Progress] = []
        with store.copied_to(tmp_path / "copy", report=said.append):
            pass
        assert [progress.stage for progress in said] == [
            "Copying the labels (MB)", "Checking the copy",
        ]  # fmt: skip
        assert said[0].done == said[0].total
        for stops_at in said:
            cancel, stopped = CancelToken(), tmp_path / f"stopped {stops_at.done}"

            def report(
                progress: Progress, stage: str = stops_at.stage, cancel: CancelToken = cancel
            ) -> None:
                if progress.stage == stage:
                    cancel.cancel()

            with (
                pytest.raises(CancelledError),
                store.copied_to(stopped, report=report, cancel=cancel),
            ):
                pytest.fail("there is no copy")
            assert not list((stopped / ".dynseg").iterdir())


@pytest.mark.posix_files
def test_a_project_whose_folder_is_deleted_can_be_copied_while_it_is_open(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    Image.new("RGB", (8, 8)).save(images / "a.png")
    with Store.create(tmp_path / "project", images=images, classes=["nut"]) as store:
        store.save_setting("window.last_image", "a.png")
        assert not store.is_lost
        shutil.rmtree(tmp_path / "project")
        assert not store.has_its_name()
        assert store.is_lost
        taken = tmp_path / "taken"
        Store.create(taken, images=images).close()
        with pytest.raises(ProjectError, match="has a project already"), store.copied_to(taken):
            pass
        assert store.is_lost
        with (
            pytest.raises(StoreWriteError, match=r"rescued \(.*disk is full\)"),
            store.copied_to(tmp_path / "rescued"),
            storage_errors(),
        ):
            raise apsw.FullError("database or disk is full")  # what is added to it does not fit
        assert store.is_lost
        with store.copied_to(tmp_path / "rescued"):
            assert store.is_lost
        assert not store.is_lost
        with pytest.raises(ProjectLostError):
            store.save_setting("window.last_image", "b.png")
    assert [path.name for path in (tmp_path / "rescued" / ".dynseg").iterdir()] == ["project.db"]
    with Store.open(tmp_path / "rescued") as again:
        assert again.setting("window.last_image") == "a.png"
        assert again.images_root == images
        assert [row.rel for row in again.images()] == ["a.png"]
        assert [label.name for label in again.classes().labels] == ["nut"]
