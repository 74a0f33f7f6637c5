"""What several tests of the whole program begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynseg.formats.incoming.importing import import_labels
from dynseg.project.store import Store
from dynseg.sample import generate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A project of six reviewed photographs."""
    generate(tmp_path / "scenes", images=6, seed=3)
    shutil.copytree(tmp_path / "scenes" / "images", tmp_path / "photos")
    with Store.create(tmp_path / "project", images=tmp_path / "photos") as made:
        import_labels(made, tmp_path / "scenes", as_reviewed=True)
        yield made
