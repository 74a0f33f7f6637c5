"""Mask images out: `masks/<split>/<image>/<number>_c<class>_<name>.png`, white inside."""

from __future__ import annotations

import numpy as np

from dynseg.annotation.classes import ClassTable
from dynseg.formats.incoming import mask_file
from dynseg.formats.outgoing import export_names
from dynseg.formats.outgoing.page import Page
from dynseg.formats.outgoing.staging import StagedFolder
from dynseg.geometry.raster import cut_mask


class MasksWriter:
    """Writes a mask an object.

    Args:
        folder: The export.
        classes: In the order of the export; the first has the number 0.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        self._folder = folder
        self._names = classes.names

    def image_path(self, split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes."""
        return f"images/{split}/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Write the masks of an image."""
        home = f"masks/{page.split}/{page.stem}"
        self._folder.add_folder(home)
        for number, entry in enumerate(page.entries, start=1):
            slug = export_names.slug(self._names[entry.class_index])
            name = "_".join(filter(None, [f"{number:04d}", f"c{entry.class_index:02d}", slug]))
            window, inside = cut_mask(entry.parts, width=page.width, height=page.height)
            pixels = np.zeros((page.height, page.width), np.uint8)
            pixels[window][inside] = 255
            self._folder.add(f"{home}/{name}.png", mask_file.png(pixels))
        return home

    def finish(self) -> None:
        """Write the names of the classes."""
        text = "".join(f"{name}\n" for name in self._names)
        self._folder.add("classes.txt", text.encode())
