"""The image that a person is looking at, decoded once for all that the model is asked about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import ImageError
from dynseg.inference.letterboxed import checked_pixels
from dynseg.machine import free_memory
from dynseg.project.store import Store

KEPT_PIXELS = 64_000_000
"""An image of so many is kept in any case: 200 MB."""
FREE_SHARE = 4
"""A larger one is kept where it takes at most one part in so many of the memory that is free, so
that a click on it does not wait for its being decoded once more, and a model finds room."""


class Screen:
    """Keeps the pixels of one image; for one thread."""

    def __init__(self) -> None:
        self._key: tuple[Path, int, int] | None = None
        self._pixels: NDArray[np.uint8] | None = None

    def pixels(self, store: Store, image_id: int) -> NDArray[np.uint8]:
        """`(H, W, 3)` uint8 RGB of an image of a project.

        Raises:
            ImageError: it cannot be read, or is not the image that was added to the project.
            ProjectError: there is no such image.
        """
        row, path = store.image(image_id), store.image_path(image_id)
        if row.damage:
            raise ImageError(path, row.damage, "Replace or remove it, then rescan.")
        key = _version(path)
        if key is None or key != self._key or self._pixels is None:
            self._key = self._pixels = None  # before the next one needs its memory
            pixels = checked_pixels(path, (row.width, row.height))
            if pixels.size > max(3 * KEPT_PIXELS, free_memory() // FREE_SHARE):
                return pixels
            self._key, self._pixels = key, pixels
        return self._pixels


def _version(path: Path) -> tuple[Path, int, int] | None:
    """What changes when the file does; None when it cannot be seen."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return path, stat.st_mtime_ns, stat.st_size
