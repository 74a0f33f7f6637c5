"""Parts of training images, enlarged: what a network needs to see of tiny objects. Free of torch.

A network that sees a photograph of 768 pixels at 448 has six of them for an insect of eleven. Parts
show it three times larger, and the model looks in tiles of the same size afterwards
(`ModelCard.close_up`).
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.errors import ImageError
from dynseg.formats.outgoing import bridge
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import from_shapely, to_shapely
from dynseg.geometry.tiling import starts
from dynseg.images.decode import decode
from dynseg.images.shrink import shrunk

OVERLAP = 0.25
"""Share of a close-up that it has in common with the next."""

LEAST_VISIBLE = 0.4
"""An object counts in a close-up when this part of its area is in it."""

EMPTY_SHARE = 0.3
"""Part of the close-ups without objects that is learned from; more would be most of them."""

MOST_TRAINED, LEAST_AN_IMAGE = 4000, 4
"""Close-ups to learn from in all, and of each image at least: a quick run sees no more."""

MEASURED_AN_IMAGE = 4
"""Close-ups of each validation image: measuring must not take longer than learning."""

SHOWN = "close_ups"
"""Key of a data set: for each close-up of a validation image that image."""

_QUALITY = 95
_DECIMALS = 6


@dataclass(frozen=True, slots=True, eq=False)
class _Labelled:
    """An object: its class, as it stands in the label, and its area, image pixels."""

    class_text: str
    area: Any


def add_close_ups(
    data: dict[str, Any],
    close_up: float,
    folder: Path,
    *,
    size: int,
    seed: int = 0,
    look_up: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """The same data set with close-ups of its images beside them, for training and measuring.

    Args:
        data: From `read_description`.
        close_up: How many times larger than in the whole image they show things.
        folder: Made anew for them, in ultralytics' layout.
        size: Longer side of the network's input, pixels: close-ups are not kept larger.
        seed: Chooses the empty ones.
        look_up: Called between images; what it raises ends the work.

    Raises:
        OSError: they cannot be written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    chance = np.random.default_rng(seed)
    parts = {}
    shown: dict[Path, Path] = {}
    for part in ("train", "val"):
        for kind in ("images", "labels"):
            (folder / kind / part).mkdir(parents=True)
        cut: list[Path] = []
        for number, path in enumerate(data[part]):
            look_up()
            try:
                made = list(_close_ups(path, close_up))
            except ImageError:
                continue  # ultralytics leaves the whole one out as well, and says so
            for index in _chosen([len(rows) for _, rows in made], part, len(data[part]), chance):
                pixels, rows = made[index]
                cut.append(_write(folder, part, f"{number:05}-{index:03}", pixels, rows, size))
                if part == "val":
                    shown[cut[-1]] = path
        parts[part] = [*data[part], *cut]
    return {**data, **parts, SHOWN: shown}


def _chosen(objects: list[int], part: str, images: int, chance: np.random.Generator) -> list[int]:
    """Which close-ups of an image are used.

    Args:
        objects: How many objects each shows.
        part: `train` or `val`.
        images: How many images that part has.
        chance: Chooses.
    """
    order = chance.permutation(len(objects)).tolist()
    if part == "val":
        # Half of them where there is most to find, half anywhere: what is spurious counts too.
        full = sorted(order, key=lambda index: -objects[index])[: MEASURED_AN_IMAGE // 2]
        anywhere = [index for index in order if index not in full]
        return sorted([*full, *anywhere][:MEASURED_AN_IMAGE])
    most = max(LEAST_AN_IMAGE, MOST_TRAINED // images)
    kept = [index for index in order if objects[index] or chance.random() < EMPTY_SHARE]
    return sorted(kept[:most])


def labels_of(image: Path) -> Path:
    """In ultralytics' layout labels stand where images do, under the last folder of that name."""
    parts = list(image.parts)
    at = len(parts) - 1 - parts[::-1].index("images") if "images" in parts else -1
    if at >= 0:
        parts[at] = "labels"
    return Path(*parts).with_suffix(".txt")


def _close_ups(path: Path, close_up: float) -> Iterator[tuple[NDArray[np.uint8], list[str]]]:
    """Pixels and rows of labels of each close-up of an image."""
    pixels = decode(path).pixels
    height, width = pixels.shape[:2]
    side = math.ceil(max(width, height) / close_up)
    objects = _objects(labels_of(path), width, height)
    tree = shapely.STRtree([item.area for item in objects])
    for y in starts(height, side, OVERLAP):
        for x in starts(width, side, OVERLAP):
            window = (x, y, min(x + side, width), min(y + side, height))
            near = (objects[index] for index in sorted(tree.query(shapely.box(*window)).tolist()))
            rows = [row for item in near if (row := _row(item, window))]
            yield pixels[window[1] : window[3], window[0] : window[2]], rows


def _objects(labels: Path, width: int, height: int) -> list[_Labelled]:
    found = []
    for line in labels.read_text(encoding="utf-8").splitlines() if labels.is_file() else []:
        class_text, *numbers = line.split()
        points = np.array(numbers, np.float64).reshape(-1, 2) * (width, height)
        if len(points) >= 3:
            outline = ring(points)
            parts = bridge.take_apart(outline) or (Part(outline),)
            found.append(_Labelled(class_text, to_shapely(parts)))
    return found


def _row(item: _Labelled, window: tuple[int, int, int, int]) -> str:
    """The label of what a close-up shows of an object; empty when that is too little."""
    x0, y0, x1, y1 = window
    seen = shapely.intersection(item.area, shapely.box(*window))
    if seen.area < LEAST_VISIBLE * item.area.area:
        return ""
    parts = from_shapely(seen)
    if not parts:
        return ""
    shares = np.clip((bridge.join(parts) - (x0, y0)) / (x1 - x0, y1 - y0), 0, 1).round(_DECIMALS)
    return " ".join([item.class_text, *map(str, shares.ravel().tolist())])


def _write(
    folder: Path, part: str, stem: str, pixels: NDArray[np.uint8], rows: list[str], size: int
) -> Path:
    height, width = pixels.shape[:2]
    scale = size / max(height, width)
    if scale < 1:
        small = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = shrunk(pixels, small)
    path = folder / "images" / part / f"{stem}.jpg"
    coloured = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, encoded = cv2.imencode(".jpg", coloured, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    path.write_bytes(encoded.tobytes())
    labels_of(path).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")
    return path
