"""Small projects for the tests of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, Ring, ring
from dynseg.project.store import Store

WIDTH, HEIGHT = 64, 48


def box(x0: float, y0: float, x1: float, y1: float) -> Ring:
    return ring([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def shape(class_id: int, *rings: Ring) -> Instance:
    """A human instance of one part: the outer ring, then holes."""
    return Instance(class_id, (Part(rings[0], tuple(rings[1:])),))


def write_image(path: Path, seed: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)


def label(
    store: Store, rel: str, instances: Sequence[Instance], state: ImageState = ImageState.REVIEWED
) -> None:
    """Save instances on an image as a person would."""
    row = next(row for row in store.images() if row.rel == rel)
    before = store.annotation(row.id)
    after = replace(before, instances=(*before.instances, *instances), state=state)
    store.commit(
        row.id, diff(before, after), expected_revision=before.revision, text="Draw", gesture=""
    )


MakeProject = Callable[..., Store]


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[MakeProject]:
    """Makes projects of noise images; closes them at the end."""
    opened: list[Store] = []

    def make(
        images: Sequence[str] | Mapping[str, tuple[int, int]],
        classes: Sequence[str] = ("cat", "dog"),
        name: str = "project",
    ) -> Store:
        root = tmp_path / name
        for seed, rel in enumerate(images):
            size = images[rel] if isinstance(images, Mapping) else (WIDTH, HEIGHT)
            write_image(root / "images" / rel, seed, size)
        store = Store.create(root, images=root / "images", recursive=True, classes=classes)
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()
