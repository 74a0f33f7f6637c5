"""A project that is closed while somebody works on it: said as what it is, not as read-only."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from dynseg.errors import ProjectClosedError, ReadOnlyError, StoreWriteError
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


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
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
