"""What goes into a run over many images, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.images.decode import read_header
from dynseg.inference.detections import Detection


@dataclass(frozen=True, slots=True)
class Work:
    """One image on its way: a row of a project or a file of a folder.

    Attributes:
        key: Whatever its owner knows it by.
        rel: Path for messages.
        path: The file.
        size: Width and height that it must have, pixels; None when any will do.
        cached: What is known to be in it: then neither it nor the model is needed.
    """

    key: int
    rel: str
    path: Path
    size: tuple[int, int] | None = None
    cached: list[Detection] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in one image.

    Attributes:
        detections: Surest first, image pixels.
        width: Of the image, pixels; 0 when it was cached.
        height: Of the image, pixels; 0 when it was cached.
        fresh: The model ran for it.
        packed: The detections as `dynseg.inference.detections.encode` packs them, where they came
            that way.
        small: `(h, w, 3)` uint8 RGB, the image as `dynseg.review.traits.reduced` makes it, where
            it was at hand and the model tells no kinds apart: names are given by it.
    """

    detections: list[Detection]
    width: int
    height: int
    fresh: bool
    packed: bytes | None = None
    small: NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)


def header_size(path: Path) -> tuple[int, int]:
    """Width and height of an image, pixels, without decoding it.

    Raises:
        ImageError: it cannot be read.
    """
    header = read_header(path)
    return header.width, header.height
