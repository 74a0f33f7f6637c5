"""A small project with reviewed images, made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynseg.formats.incoming.importing import import_labels
from dynseg.project.store import Store
from dynseg.sample import generate

IMAGES = 6


@pytest.fixture(scope="session")
def labelled_scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated scenes with labels in ultralytics' layout."""
    folder = tmp_path_factory.mktemp("scenes")
    generate(folder, images=IMAGES, seed=11)
    return folder


@pytest.fixture
def reviewed_store(labelled_scenes: Path, tmp_path: Path) -> Iterator[Store]:
    """A project in which every image is reviewed."""
    images = tmp_path / "photos"
    shutil.copytree(labelled_scenes / "images", images)
    with Store.create(tmp_path / "project", images=images) as store:
        import_labels(store, labelled_scenes, as_reviewed=True)
        yield store
