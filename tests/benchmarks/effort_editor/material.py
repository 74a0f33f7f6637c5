"""Real corrections: what a model proposes on images whose outlines somebody has drawn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dynseg.formats.yolo.rows import parse
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou, repair
from dynseg.images.decode import DecodedImage, decode
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import refine
from dynseg.inference.settings import PredictSettings

MATCH = 0.5
"""A proposal that overlaps less is another object: a person deletes it and draws anew."""
REACHED = 0.95
"""Overlap (IoU) with the truth at which a correction is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One proposal that is not good enough yet.

    Attributes:
        name: Set and image.
        proposal: What the model says.
        truth: What a person drew.
        refined: What the model says when asked again, close up; empty when it finds nothing.
        width, height: Of the image, pixels.
    """

    name: str
    proposal: tuple[Part, ...]
    truth: tuple[Part, ...]
    refined: tuple[Part, ...]
    width: int
    height: int


def cases(
    data: Path, name: str, predictor: Predictor, *, most: int, seed: int = 0
) -> Iterator[Case]:
    """Proposals of one set, images in random order.

    Args:
        data: Folder of the sets.
        name: The set.
        predictor: The model.
        most: Stop after this many.
        seed: Of the order.
    """
    images = sorted((data / name / "yolo" / "images").rglob("*.jpg"))
    images += sorted((data / name / "yolo" / "images").rglob("*.png"))
    random.Random(seed).shuffle(images)
    found = 0
    for path in images:
        for case in _of_image(path, f"{name}/{path.name}", predictor):
            if found == most:
                return
            found += 1
            yield case


def _of_image(path: Path, name: str, predictor: Predictor) -> Iterator[Case]:
    image = decode(path)
    settings = PredictSettings(device="cpu")
    truths = truths_of(path, image)
    for item in predictor.predict(image.pixels, settings):
        if item.score < settings.confidence:
            continue
        fits = [iou(item.parts, truth) for truth in truths]
        best = int(np.argmax(fits)) if fits else 0
        if fits and MATCH <= fits[best] < REACHED:
            closer = _closer(image, predictor, settings, item)
            height, width = image.pixels.shape[:2]
            yield Case(name, item.parts, truths[best], closer, width, height)


def _closer(
    image: DecodedImage, predictor: Predictor, settings: PredictSettings, item: Detection
) -> tuple[Part, ...]:
    found = refine(image.pixels, predictor, settings, box=item.box, parts=item.parts)
    return found.parts if found is not None else ()


def truths_of(path: Path, image: DecodedImage) -> list[tuple[Part, ...]]:
    labels = Path(str(path).replace("/images/", "/labels/")).with_suffix(".txt")
    size = image.pixels.shape[1::-1]
    rows = parse(labels.read_bytes(), path=labels.name).rows if labels.exists() else ()
    outlines = [Part(ring(row.points * size)) for row in rows]
    mended = (repair([part], width=size[0], height=size[1]) for part in outlines)
    return [parts for parts in mended if parts]
