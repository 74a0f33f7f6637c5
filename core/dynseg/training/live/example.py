"""Reviewed images as live learning keeps them: small pixels and outlines. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.document import Annotation

SPARE = 1.25
"""Images are kept this much larger than the network's input, so that zooming in shows detail."""
_ARRAY_BYTES = 144
"""What numpy keeps about a small array."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One object.

    Attributes:
        rings: All rings of all parts, each `(N, 2)` float32, x then y in pixels of the example; a
            point is inside when an odd number of rings is around it.
        label: Index of its class.
    """

    rings: tuple[NDArray[np.float32], ...]
    label: int


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One reviewed image, scaled down.

    Attributes:
        image_id: Row id of the image.
        revision: Revision of its annotation.
        pixels: `(h, w, 3)` uint8 RGB.
        outlines: Every object in it; none is an answer too.
    """

    image_id: int
    revision: int
    pixels: NDArray[np.uint8]
    outlines: tuple[Outline, ...]

    @property
    def size_bytes(self) -> int:
        """Memory of pixels and outlines."""
        return self.pixels.nbytes + sum(
            ring.nbytes + _ARRAY_BYTES for outline in self.outlines for ring in outline.rings
        )


def make_example(
    annotation: Annotation, pixels: NDArray[np.uint8], labels: dict[int, int], *, size: int
) -> Example:
    """Scale an image and its shapes to what the network needs.

    Args:
        annotation: The reviewed document.
        pixels: `(H, W, 3)` uint8 RGB of the whole image.
        labels: Class id of the project to class index of the network.
        size: Longer side of the network's input, pixels.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, SPARE * size / max(width, height))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    if small != (width, height):
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
    factor = np.array((small[0] / width, small[1] / height))
    outlines = tuple(
        Outline(
            tuple((ring * factor).astype(np.float32) for part in item.parts for ring in part.rings),
            labels[item.class_id],
        )
        for item in annotation.instances
        if item.class_id in labels
    )
    return Example(annotation.image_id, annotation.revision, pixels, outlines)
