"""Reviewed images as live learning keeps them: small pixels and outlines. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.tiling import starts
from dynseg.geometry.window import visible
from dynseg.images.shrink import shrunk

SPARE = 1.25
"""Images are kept this much larger than the network's input, so that zooming in shows detail."""
_TELLING = 2
"""Parts of an image that a model is measured on."""
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
        close_up: How many times larger than in the whole image the network has to see its objects.
        refused: Middles of what models proposed and the person took out, x then y, pixels of the
            example.
    """

    image_id: int
    revision: int
    pixels: NDArray[np.uint8]
    outlines: tuple[Outline, ...]
    close_up: float = 1.0
    refused: tuple[tuple[float, float], ...] = ()

    @property
    def size_bytes(self) -> int:
        """Memory of pixels and outlines."""
        return self.pixels.nbytes + sum(
            ring.nbytes + _ARRAY_BYTES for outline in self.outlines for ring in outline.rings
        )


def make_example(
    annotation: Annotation,
    pixels: NDArray[np.uint8],
    labels: dict[int, int],
    *,
    size: int,
    close_up: float = 1.0,
    refused: Iterable[Instance] = (),
) -> Example:
    """Scale an image and its shapes to what the network needs.

    Args:
        annotation: The reviewed document.
        pixels: `(H, W, 3)` uint8 RGB of the whole image.
        labels: Class id of the project to class index of the network.
        size: Longer side of the network's input, pixels.
        close_up: How many times larger than in the whole image it has to see the objects.
        refused: What models proposed and the person took out, image pixels.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, SPARE * size * close_up / max(width, height))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    if small != (width, height):
        pixels = shrunk(pixels, small)
    factor = np.array((small[0] / width, small[1] / height))
    outlines = tuple(
        Outline(
            tuple((ring * factor).astype(np.float32) for part in item.parts for ring in part.rings),
            labels[item.class_id],
        )
        for item in annotation.instances
        if item.class_id in labels
    )
    boxes = np.array([item.bounds for item in refused]).reshape(-1, 2, 2)
    middles = tuple((float(x), float(y)) for x, y in boxes.mean(1) * factor)
    return Example(annotation.image_id, annotation.revision, pixels, outlines, close_up, middles)


def telling_parts(example: Example) -> list[Example]:
    """The example, or the parts of it with the most objects where it has to be seen closer.

    They stand for it where a model is measured: each as large as what is looked at when the model
    proposes, with the objects whose middle lies in it.
    """
    if example.close_up == 1:
        return [example]
    height, width = example.pixels.shape[:2]
    side = math.ceil(max(width, height) / example.close_up)
    middles = np.array(
        [(np.min(points, 0) + np.max(points, 0)) / 2 for points in map(_points, example.outlines)]
    ).reshape(-1, 2)
    found = []
    for y in starts(height, side, 0.0):
        for x in starts(width, side, 0.0):
            low, high = (x, y), (min(x + side, width), min(y + side, height))
            inside = ((middles >= low) & (middles < high)).all(1)
            found.append((int(inside.sum()), low, high, np.flatnonzero(inside)))
    found.sort(key=lambda entry: -entry[0])
    return [_part(example, low, high, inside) for _, low, high, inside in found[:_TELLING]]


def _points(outline: Outline) -> NDArray[np.float32]:
    return np.concatenate(outline.rings)


def _part(
    example: Example, low: tuple[int, int], high: tuple[int, int], inside: NDArray[np.intp]
) -> Example:
    outlines = []
    for outline in (example.outlines[index] for index in inside):
        cut = [part for ring in outline.rings if len(part := visible(ring, (*low, *high)))]
        if cut:
            rings = tuple((part - low).astype(np.float32) for part in cut)
            outlines.append(Outline(rings, outline.label))
    pixels = example.pixels[low[1] : high[1], low[0] : high[0]]
    return Example(example.image_id, example.revision, pixels, tuple(outlines))
