"""labelme and X-AnyLabeling JSON out: each image with its JSON file beside it.

Where labels are written alone they lie as the images of the project do, so that the folder can be
copied over that of the images.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import msgspec

from dynseg.annotation.classes import ClassTable
from dynseg.formats.outgoing.page import Entry, Page
from dynseg.formats.outgoing.staging import MANIFEST, StagedFolder

VERSION = "5.5.0"
"""Of labelme's file format; X-AnyLabeling takes it as well."""
DECIMALS = 4
"""Of a coordinate in pixels."""


class LabelmeWriter:
    """Writes a file an image.

    Args:
        folder: The export.
        classes: In the order of the export.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        self._folder = folder
        self._names = classes.names
        self._taken = {MANIFEST}

    def image_path(self, split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes."""
        return f"{split}/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Write the file of an image."""
        rel, image = self._places(page)
        document: dict[str, Any] = {
            "version": VERSION,
            "flags": {},
            "shapes": [s for number, e in enumerate(page.entries, 1) for s in self._of(number, e)],
            "imagePath": image,
            "imageData": None,
            "imageHeight": page.height,
            "imageWidth": page.width,
        }
        self._folder.add(rel, msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
        return rel

    def _places(self, page: Page) -> tuple[str, str]:
        """Where the file goes, and where its image is from there.

        Of images that differ in their suffix alone one can have its file beside it.
        """
        rel = f"{page.split}/{page.stem}.json"
        if not page.beside:
            return rel, page.image.rsplit("/", 1)[-1]
        own = PurePosixPath(page.beside).with_suffix(".json").as_posix()
        if own.casefold() in self._taken:
            return rel, f"../{page.beside}"
        self._taken.add(own.casefold())
        return own, PurePosixPath(page.beside).name

    def finish(self) -> None:
        """Write the list of labels that labelme takes with `--labels`."""
        self._folder.add("labels.txt", "".join(f"{name}\n" for name in self._names).encode())

    def _of(self, number: int, entry: Entry) -> list[dict[str, Any]]:
        """The shapes of an object: one a part, held together by a group."""
        group = number if len(entry.parts) > 1 else None
        return [
            {
                "label": self._names[entry.class_index],
                "points": part.outer.round(DECIMALS).tolist(),
                "group_id": group,
                "description": "",
                "shape_type": "polygon",
                "flags": {},
                "mask": None,
            }
            for part in entry.parts
        ]
