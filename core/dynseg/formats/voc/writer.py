"""Pascal VOC masks out: two palette PNGs an image, lists of the splits, names of the classes."""

from __future__ import annotations

import numpy as np

from dynseg.annotation.classes import ClassTable
from dynseg.errors import InputError
from dynseg.formats.incoming import mask_file
from dynseg.formats.outgoing.page import Page
from dynseg.formats.outgoing.staging import StagedFolder
from dynseg.formats.voc import palette
from dynseg.geometry.raster import cut_mask


class VocWriter:
    """Writes masks; later objects lie above earlier ones.

    Args:
        folder: The export.
        classes: In the order of the export; the first has the pixel value 1.

    Raises:
        InputError: there are more classes than a byte can tell apart.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        if len(classes) > palette.MOST:
            raise InputError(
                f"Pascal VOC holds {palette.MOST} classes, the project has {len(classes)}.",
                "Choose another format.",
            )
        self._folder = folder
        self._names = classes.names
        self._colours = palette.colours()
        self._stems: dict[str, list[str]] = {}

    def image_path(self, _split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes, whatever its split."""
        return f"JPEGImages/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Write the masks of an image."""
        objects = np.zeros((page.height, page.width), np.uint8)
        classes = np.zeros_like(objects)
        for number, entry in enumerate(page.entries, start=1):
            window, inside = cut_mask(entry.parts, width=page.width, height=page.height)
            objects[window][inside] = number
            classes[window][inside] = entry.class_index + 1
        rel = f"SegmentationObject/{page.stem}.png"
        self._folder.add(rel, mask_file.png(objects, self._colours))
        kinds = mask_file.png(classes, self._colours)
        self._folder.add(f"SegmentationClass/{page.stem}.png", kinds)
        self._stems.setdefault(page.split, []).append(page.stem)
        return rel

    def finish(self) -> None:
        """Write the lists of the splits and the names of the classes."""
        for split, stems in self._stems.items():
            text = "".join(f"{stem}\n" for stem in stems)
            self._folder.add(f"ImageSets/Segmentation/{split}.txt", text.encode())
        names = "".join(f"{name}\n" for name in ("_background_", *self._names))
        self._folder.add("class_names.txt", names.encode())
