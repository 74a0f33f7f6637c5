"""What starter scenes are made of: photographs with their objects, and single objects cut out.

Only training parts of coco128-seg, nuts, feral-cats and nuclei-fluo, and generated scenes. Other
sets stay unseen, so that they can say what the starter is worth on photographs it never saw.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from shapes import blob

from dynseg.sample.scene import render

Image = NDArray[Any]
Random = np.random.Generator

LONGEST_PX = 900
CUT_OUT_PX = 260
SMALLEST_CUT_OUT_PX = 16
CUT_OUTS_EACH = {"coco128-seg": 30, "nuts": 20, "feral-cats": 6}
BLOBS, GENERATED = 500, 64
SEED = 2026


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph and who owns each of its pixels.

    Attributes:
        pixels: `(H, W, 3)` uint8 BGR.
        owner: `(H, W)` int16: 0 is background, object number i has i.
    """

    pixels: Image
    owner: Image


@dataclass(frozen=True, slots=True)
class CutOut:
    """One object alone, in halving sizes so that small copies do not flicker.

    Attributes:
        levels: Pairs of `(h, w, 3)` uint8 BGR and `(h, w)` uint8 coverage; each half the last.
    """

    levels: tuple[tuple[Image, Image], ...]

    @property
    def longest(self) -> int:
        """Longer side of the first level, pixels."""
        return max(self.levels[0][1].shape)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that scenes are made of.

    Attributes:
        photos: By the name of the set; `generated` are scenes of `dynseg sample`.
        cut_outs: Real objects.
        blobs: Drawn ones.
    """

    photos: dict[str, list[Photo]]
    cut_outs: list[CutOut]
    blobs: list[CutOut]


def collect(data: Path, processes: int | None = None) -> Material:
    """Read the training parts under a folder of data sets, draw the rest, on all cores."""
    names = ("coco128-seg", "nuts", "feral-cats", "nuclei-fluo")
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
        photos = {
            name: list(pool.map(_read, sorted((data / name / "yolo/images/train").iterdir())))
            for name in names
        }
        photos["generated"] = list(pool.map(_generated, range(GENERATED)))
        cut_outs = [
            pool.submit(_cut_out, photo, limit)
            for name, limit in CUT_OUTS_EACH.items()
            for photo in photos[name]
        ]
        blobs = list(pool.map(_blob, range(BLOBS), chunksize=16))
        return Material(photos, [cut for found in cut_outs for cut in found.result()], blobs)


def _blob(index: int) -> CutOut:
    return CutOut(_levels(*blob(np.random.default_rng([SEED, index]))))


def _read(path: Path) -> Photo:
    pixels = cv2.imread(str(path))
    scale = min(1.0, LONGEST_PX / max(pixels.shape[:2]))
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    label = Path(str(path).replace("/images/", "/labels/")).with_suffix(".txt")
    height, width = pixels.shape[:2]
    rings = [
        (np.array(row.split()[1:], float).reshape(-1, 2) * (width, height)).astype(np.float32)
        for row in (label.read_text().splitlines() if label.exists() else ())
        if len(row.split()) >= 7
    ]
    return Photo(pixels, _owners(rings, height, width))


def _owners(rings: list[Image], height: int, width: int) -> Image:
    """Small objects lie above large ones, as in ultralytics' masks."""
    owner = np.zeros((height, width), np.int16)
    for number, ring in enumerate(sorted(rings, key=cv2.contourArea, reverse=True), start=1):
        cv2.fillPoly(owner, [np.round(ring).astype(np.int32)], number)
    return owner


def _generated(index: int) -> Photo:
    scene = render(SEED, index, width=800, height=600)
    owner = np.zeros(scene.pixels.shape[:2], np.int16)
    for number, instance in enumerate(scene.instances, start=1):
        for part in instance.parts:
            cv2.fillPoly(owner, [np.round(part.outer).astype(np.int32)], number)
    return Photo(np.ascontiguousarray(scene.pixels[..., ::-1]), owner)


def _cut_out(photo: Photo, limit: int) -> list[CutOut]:
    found = []
    for number in range(1, min(int(photo.owner.max()), limit) + 1):
        mask = photo.owner == number
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if len(rows) < SMALLEST_CUT_OUT_PX or len(columns) < SMALLEST_CUT_OUT_PX:
            continue
        window = np.s_[max(rows[0] - 2, 0) : rows[-1] + 3, max(columns[0] - 2, 0) : columns[-1] + 3]
        pixels, cover = photo.pixels[window], mask[window].astype(np.uint8) * 255
        scale = min(1.0, CUT_OUT_PX / max(cover.shape))
        if scale < 1:
            size = (max(1, round(cover.shape[1] * scale)), max(1, round(cover.shape[0] * scale)))
            pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
            cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
        found.append(CutOut(_levels(pixels, cover)))
    return found


def _levels(pixels: Image, cover: Image) -> tuple[tuple[Image, Image], ...]:
    levels = [(pixels.copy(), cover.copy())]
    while max(levels[-1][1].shape) > 12:
        last = levels[-1]
        size = (max(1, last[1].shape[1] // 2), max(1, last[1].shape[0] // 2))
        halved = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in last]
        levels.append((halved[0], halved[1]))
    return tuple(levels)
