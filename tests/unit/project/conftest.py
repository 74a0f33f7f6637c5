"""Projects over folders of real, small image files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.project.disk import disk

from dynseg.project.store import Store

__all__ = ["disk"]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three images and a damaged one, in natural order img1, img2, img10, broken."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, size in (("img1.png", (100, 80)), ("img10.png", (64, 48)), ("img2.jpg", (320, 240))):
        Image.new("RGB", size, (90, 120, 60)).save(folder / name)
    (folder / "broken.jpg").write_bytes(b"this is no image")
    return folder


@pytest.fixture
def store(tmp_path: Path, photos: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "project", images=photos, classes=["leaf", "stem"]) as store:
        yield store


@pytest.fixture
def reopened(tmp_path: Path) -> Callable[[Store], Store]:
    """Close a project and open it again."""

    def reopen(store: Store) -> Store:
        store.close()
        return Store.open(store.root)

    return reopen
