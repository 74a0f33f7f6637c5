"""Label images out: `masks/<image>.png`, each pixel the number of its object, 0 for background."""

from __future__ import annotations

import numpy as np

from dynseg.annotation.classes import ClassTable
from dynseg.formats.incoming import mask_file
from dynseg.formats.outgoing import object_table
from dynseg.formats.outgoing.object_table import TableRow
from dynseg.formats.outgoing.page import Page
from dynseg.formats.outgoing.staging import StagedFolder
from dynseg.geometry.raster import cut_mask


class LabelmapWriter:
    """Writes an image of numbers an image; later objects lie above earlier ones.

    Args:
        folder: The export.
        classes: In the order of the export.
    """

    def __init__(self, folder: StagedFolder, classes: ClassTable) -> None:
        self._folder = folder
        self._names = classes.names
        self._rows: list[TableRow] = []

    def image_path(self, _split: str, stem: str, suffix: str, /) -> str:
        """Where an image goes, whatever its split."""
        return f"images/{stem}{suffix}"

    def add(self, page: Page) -> str:
        """Write the numbers of an image, and keep the classes."""
        name = f"{page.stem}.png"
        numbers = np.zeros((page.height, page.width), np.uint16)
        for number, entry in enumerate(page.entries, start=1):
            window, inside = cut_mask(entry.parts, width=page.width, height=page.height)
            numbers[window][inside] = number
            self._rows.append(TableRow(name, number, self._names[entry.class_index], page.split))
        rel = f"masks/{name}"
        self._folder.add(rel, mask_file.png(numbers))
        return rel

    def finish(self) -> None:
        """Write which object is of which class, and the names of the classes."""
        self._folder.add(object_table.NAME, object_table.text(self._rows))
        names = "".join(f"{name}\n" for name in self._names)
        self._folder.add("classes.txt", names.encode())
