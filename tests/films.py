"""Films of discs that move on a ground, as projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from tests.unit.inference.test_following import GROUND, SIZE, SKIN, disc, gone, photo

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import repair
from dynseg.inference.following.views import Pixels, transformed
from dynseg.project.store import Store

Shape = tuple[Part, ...]
DISCS = ((90, 90, 34), (300, 110, 28), (150, 250, 30))
WAYS = ((7.0, 3.0, 4.0), (-5.0, 6.0, -3.0), (6.0, -4.0, 2.0))
"""Pixels and degrees a frame."""
HIDDEN = 2
"""The disc that may vanish."""


def truth(number: int, time: int) -> Shape:
    """Where a disc is in a frame, as far as that lies in it."""
    x, y, radius = DISCS[number]
    dx, dy, turn = (step * time for step in WAYS[number])
    moved = transformed(disc(x, y, radius), gone(dx, dy, about=(x, y), turn=turn))
    return repair(moved, width=SIZE[0], height=SIZE[1])


def frame(time: int, *, without: Sequence[int] = ()) -> Pixels:
    """The film at a time, in its own light."""
    objects = [
        (
            disc(x, y, radius),
            gone(*(step * time for step in WAYS[at][:2]), about=(x, y), turn=WAYS[at][2] * time),
        )
        for at, (x, y, radius) in enumerate(DISCS)
        if at not in without
    ]
    seen = photo(objects, ground=np.roll(GROUND, (time, time), (0, 1)), skin=SKIN)
    return (seen * (1 - 0.02 * (time % 5))).astype(np.uint8)


def write(images: Path, frames: int, *, hidden_from: int = 1000) -> None:
    """The frames as files; one disc may vanish."""
    images.mkdir(parents=True)
    for time in range(frames):
        pixels = frame(time, without=(HIDDEN,) if time >= hidden_from else ())
        Image.fromarray(pixels).save(images / f"film-{time:06d}.png", compress_level=1)


def film(folder: Path, frames: int, *, hidden_from: int = 1000) -> Store:
    """A project of a film."""
    write(folder / "images", frames, hidden_from=hidden_from)
    return Store.create(folder / "project", images=folder / "images", classes=("disc",))


def ids(store: Store) -> list[int]:
    return [row.id for row in store.images()]


def change(
    store: Store, image_id: int, edit: Callable[[Annotation], Annotation], text: str = "Edit"
) -> Annotation:
    """What a person does to an image."""
    before = store.annotation(image_id)
    after = edit(before)
    store.commit(image_id, diff(before, after), expected_revision=before.revision, text=text)
    return store.annotation(image_id)


def draw(store: Store, time: int, numbers: Sequence[int] = (0, 1, 2)) -> list[Instance]:
    """Discs of a frame, drawn by a person."""
    drawn = [Instance(store.classes().labels[0].id, truth(number, time)) for number in numbers]
    change(store, ids(store)[time], edits.add_many(drawn), "Draw")
    return drawn
