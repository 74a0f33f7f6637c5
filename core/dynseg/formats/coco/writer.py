"""COCO JSON out: images in a folder a split, `annotations/instances_<split>.json` beside them."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from dynseg.annotation.classes import ClassTable
from dynseg.formats.outgoing.page import Entry, Page
from dynseg.formats.outgoing.staging import StagedFolder
from dynseg.geometry import polygon

DECIMALS = 4
"""Of a coordinate in pixels."""


class CocoWriter:
    """Keeps what was told of each split as bytes until the end.

    Args:
        folder: The export.
        classes: In the order of the export; category ids count from 1.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        self._folder = folder
        self._classes = classes
        self._images: dict[str, list[bytes]] = {}
        self._annotations: dict[str, list[bytes]] = {}

    def image_path(self, split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes."""
        return f"{split}/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Take an image and its objects in."""
        images = self._images.setdefault(page.split, [])
        annotations = self._annotations.setdefault(page.split, [])
        image_id = len(images) + 1
        images.append(
            msgspec.json.encode(
                {
                    "id": image_id,
                    "file_name": page.image.rsplit("/", 1)[-1],
                    "width": page.width,
                    "height": page.height,
                }
            )
        )
        for entry in page.entries:
            annotation = {"id": len(annotations) + 1, "image_id": image_id, **_shape(entry)}
            annotations.append(msgspec.json.encode(annotation))
        return _file(page.split)

    def finish(self) -> None:
        """Write one file a split."""
        categories = msgspec.json.encode(
            [
                {"id": number, "name": name, "supercategory": ""}
                for number, name in enumerate(self._classes.names, start=1)
            ]
        )
        for split, images in self._images.items():
            lists = (b",\n".join(images), b",\n".join(self._annotations[split]), categories)
            text = b'{"images":[\n%b\n],\n"annotations":[\n%b\n],\n"categories":%b}\n' % lists
            self._folder.add(_file(split), text)


def _file(split: str) -> str:
    return f"annotations/instances_{split}.json"


def _shape(entry: Entry) -> dict[str, Any]:
    """What an annotation says of its object; the area is that of the outlines."""
    outers = [part.outer.round(DECIMALS) for part in entry.parts]
    points = np.concatenate(outers)
    low, high = points.min(axis=0), points.max(axis=0)
    box = np.concatenate([low, high - low]).round(DECIMALS)
    return {
        "category_id": entry.class_index + 1,
        "segmentation": [outer.ravel().tolist() for outer in outers],
        "area": round(sum(polygon.area(part) for part in entry.parts), DECIMALS),
        "bbox": box.tolist(),
        "iscrowd": 0,
    }
