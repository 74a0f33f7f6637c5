"""Photographs to measure with: a few objects each, or 150."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import simplejpeg

from dynseg.sample.scene import render

WIDTH, HEIGHT = 1280, 720
COLUMNS, ROWS = 5, 3
"""A dense picture is made of so many scenes."""

_QUALITY = 90


def draw(folder: Path, count: int, *, dense: bool) -> list[Path]:
    """Write generated photographs of 1280 x 720 pixels as JPEG.

    Args:
        folder: Created.
        count: How many.
        dense: About 150 objects on each instead of about 10.
    """
    folder.mkdir(parents=True)
    paths = []
    for index in range(count):
        if dense:
            size = {"width": WIDTH // COLUMNS, "height": HEIGHT // ROWS}
            first = index * COLUMNS * ROWS
            tiles = [render(7, first + tile, **size).pixels for tile in range(COLUMNS * ROWS)]
            pixels = np.concatenate(
                [np.concatenate(tiles[row::ROWS], axis=1) for row in range(ROWS)]
            )
        else:
            pixels = render(8, index, width=WIDTH, height=HEIGHT).pixels
        path = folder / f"{index:04d}.jpg"
        path.write_bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), _QUALITY))
        paths.append(path)
    return paths


def repeated(paths: list[Path], folder: Path, times: int) -> Path:
    """The same files several times under other names: enough to fill a pipeline."""
    folder.mkdir(parents=True)
    for turn in range(times):
        for path in paths:
            target = folder / f"{turn:03d}-{path.name}"
            try:
                os.link(path, target)
            except OSError:
                shutil.copyfile(path, target)
    return folder
