"""A folder of generated photographs with labels in YOLO's format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import yaml

from dynseg.errors import InputError
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.sample.outlines import CLASSES
from dynseg.sample.scene import Scene, render

WIDTH, HEIGHT = 1024, 768
_DESCRIPTION = yaml.safe_dump(
    {"train": "images", "val": "images", "names": dict(enumerate(CLASSES))}, sort_keys=False
)


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written.

    Attributes:
        path: The folder.
        images, instances: Counts.
    """

    path: Path
    images: int
    instances: int


def generate(
    out: Path,
    *,
    images: int,
    seed: int = 0,
    width: int = WIDTH,
    height: int = HEIGHT,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> SampleSummary:
    """Write `out/images/*.jpg`, `out/labels/*.txt` and `out/data.yaml`.

    Image number i depends on `seed` and i alone. A text label holds one ring: the outline of the
    largest visible piece, holes filled, as people label nuts and washers.

    Args:
        out: Folder to write to; created.
        images: How many, at least 1.
        seed: Names the series.
        width: Pixels.
        height: Pixels.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: fewer than one image is asked for, or the folder holds other files.
        OSError: the folder cannot be written.
        CancelledError: `cancel` was set; the images so far stay.
    """
    if images < 1:
        raise InputError(f"{images} images cannot be made.", "Ask for one or more.")
    description = out / "data.yaml"
    if out.is_dir() and any(out.iterdir()) and not _is_ours(description):
        raise InputError(f"{out} holds other files.", "Choose a new or an empty folder.")
    (out / "images").mkdir(parents=True, exist_ok=True)
    (out / "labels").mkdir(exist_ok=True)
    description.write_text(_DESCRIPTION, encoding="utf-8", newline="\n")
    meter = Meter("Drawing samples", images, report)
    instances = 0
    for index in range(images):
        if cancel is not None:
            cancel.check()
        scene = render(seed, index, width=width, height=height)
        stem = f"parts_{index:05d}"
        quality = int(np.random.default_rng([seed, index, 1]).integers(84, 96))
        ok, data = cv2.imencode(
            ".jpg", scene.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality]
        )
        if not ok:
            raise InputError(f"{stem}.jpg could not be encoded.")
        (out / "images" / f"{stem}.jpg").write_bytes(data.tobytes())
        (out / "labels" / f"{stem}.txt").write_text(labels(scene), encoding="utf-8", newline="\n")
        instances += len(scene.instances)
        meter.advance()
    return SampleSummary(out, images, instances)


def _is_ours(description: Path) -> bool:
    """Whether a folder is a sample, which may be drawn anew; others have a `data.yaml` as well."""
    try:
        return description.read_text(encoding="utf-8") == _DESCRIPTION
    except (OSError, UnicodeDecodeError):
        return False


def labels(scene: Scene) -> str:
    """The truth of a scene as YOLO segmentation rows."""
    height, width = scene.pixels.shape[:2]
    rows = []
    for instance in scene.instances:
        points = instance.parts[0].outer / (width, height)
        numbers = " ".join(f"{value:.6f}" for value in points.ravel())
        rows.append(f"{instance.class_index} {numbers}\n")
    return "".join(rows)
