"""YOLO-seg out: images, labels and `data.yaml`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from dynseg.annotation.classes import ClassTable
from dynseg.formats.incoming.reading import without_repeats
from dynseg.formats.outgoing.page import Entry, Page
from dynseg.formats.outgoing.staging import StagedFolder
from dynseg.formats.yolo import rows
from dynseg.project.records import SPLITS


class YoloWriter:
    """Writes a label file an image; the splits are named by folders beside `data.yaml`.

    Args:
        folder: The export.
        classes: In the order of the export; the first has the number 0.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        self._folder = folder
        self._names = classes.names
        self._images: Counter[str] = Counter()

    def image_path(self, split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes."""
        return f"images/{split}/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Write the label file of an image, with the objects bottom to top."""
        lines = [
            rows.format_row(entry.class_index, shares(entry, page.width, page.height))
            for entry in page.entries
        ]
        rel = f"labels/{page.split}/{page.stem}.txt"
        self._folder.add(rel, "".join(f"{line}\n" for line in lines).encode())
        self._images[page.split] += 1
        return rel

    def finish(self) -> None:
        """Write `data.yaml`; train and val are there always, because ultralytics wants both."""
        fallback = next(name for name in SPLITS if self._images[name])
        keys: dict[str, Any] = {}
        for name in ("train", "val", "test"):
            if self._images[name]:
                keys[name] = f"images/{name}"
            elif name != "test":
                keys[name] = f"images/{fallback}"
        keys["names"] = dict(enumerate(self._names))
        text = yaml.safe_dump(keys, sort_keys=False, allow_unicode=True, width=4096)
        self._folder.add("data.yaml", text.encode())


def shares(entry: Entry, width: int, height: int) -> NDArray[np.float64]:
    """The outline of an object as `(N, 2)` shares of the image."""
    size = np.array([width, height], dtype=np.float64)
    points = np.clip(entry.parts[0].outer / size, 0.0, 1.0).round(rows.DECIMALS)
    return without_repeats(points)
