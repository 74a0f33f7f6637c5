"""Real sets as the program reads them: imported as reviewed, outlines and pixels kept apart."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.benchmarks.effort.annotator import Thing

from dynseg.formats.incoming.importing import import_labels
from dynseg.images.decode import decode
from dynseg.inference.describe import Describer
from dynseg.model.checkpoint import load
from dynseg.project.store import Store
from dynseg.training.dataset import read_description
from dynseg.training.image_size import MOST_SIZE_CPU
from dynseg.training.live.example import Example
from dynseg.training.live.source import ReviewedImages
from dynseg_resources import starter_model


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One image with its truth.

    Attributes:
        pixels: `(H, W, 3)` uint8 RGB.
        truth: Every object.
        example: The same as the live learner reads it.
    """

    pixels: NDArray[np.uint8]
    truth: tuple[Thing, ...]
    example: Example


@dataclass(frozen=True, eq=False)
class Material:
    """A set that is to be labelled.

    Attributes:
        name: Of the set.
        photos: Its training part.
        classes: Names by index.
        size: Longer side of the network's input, pixels, as live learning chooses it.
        close_up: How many times larger than in the whole image it sees parts of images.
        data: What to measure on: the validation part.
    """

    name: str
    photos: list[Photo]
    classes: tuple[str, ...]
    size: int
    close_up: float
    data: dict[str, Any]

    @cached_property
    def appearance(self) -> NDArray[np.float32]:
        """`(N, D)` what the photos show, for the queue."""
        describer = Describer(starter_model())
        return np.stack([describer.describe(photo.pixels) for photo in self.photos])


def read(data: Path, name: str, *, size: int = 0) -> Material:
    """Read a set in ultralytics' layout.

    Args:
        data: Folder of sets.
        name: Of the set there; else the path of any folder with `data.yaml`.
        size: Longer side of the network's input, pixels; 0 chooses as live learning does.
    """
    inside = data / name / "yolo"
    folder = inside if inside.is_dir() else Path(name)
    name = Path(name).name
    description = dict(read_description(folder / "data.yaml"))
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "project"
        with Store.create(root, images=description["train"][0].parent) as store:
            import_labels(store, folder, as_reviewed=True)
        with Store.open(root, read_only=True) as view:
            images = ReviewedImages(view)
            least = load(starter_model())[1].image_size
            images.choose_size(least=least, most=MOST_SIZE_CPU, close_ups=True)
            images.size = size or images.size
            changes = images.poll(most=1 << 20)
            indices = {label.id: at for at, label in enumerate(view.classes().labels)}
            photos = []
            for example in sorted([*changes.fresh, *changes.guards], key=lambda e: e.image_id):
                document = view.annotation(example.image_id)
                truth = tuple(
                    Thing(item.parts, indices[item.class_id]) for item in document.instances
                )
                pixels = decode(view.image_path(example.image_id)).pixels
                photos.append(Photo(pixels, truth, example))
            return Material(
                name, photos, changes.classes, images.size, images.close_up, description
            )
