"""New classes of a run are solved for before they are learned, see `training.live.imprint`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dynseg.formats.yolo.rows import Row, parse
from dynseg.images.decode import decode
from dynseg.images.shrink import shrunk
from dynseg.training.close_ups import labels_of
from dynseg.training.live.example import SPARE, Example, Outline
from dynseg.training.live.imprint import MOST_EXAMPLES, imprint
from dynseg.training.start_weights import StartNetwork


def give_head_start(start: StartNetwork, data: dict[str, Any], *, size: int) -> None:
    """Let a network tell its new classes apart as far as its features do already.

    Args:
        start: From `fit_classes`; the rows of its class layers are changed.
        data: From `read_description`: images to learn from, with labels.
        size: Longer side of the images that the network sees, pixels.
    """
    new = {at for at, name in enumerate(start.card.classes) if name not in start.known}
    if not new:
        return
    labels = [_rows(path) for path in data["train"]]
    kinds = [{row.class_index for row in rows} for rows in labels]
    looked_at = telling(kinds, MOST_EXAMPLES)
    seen = set().union(*(kinds[at] for at in looked_at))
    # What is labelled in other images alone stays as it is: it must not be silenced.
    wanted = sorted(new - (set().union(*kinds) - seen))
    examples = [_example(at, data["train"][at], labels[at], size) for at in looked_at]
    imprint(start.model, examples, size=size, new=wanted)


def telling(kinds: Sequence[set[int]], most: int) -> list[int]:
    """Images that show every class about as often, as far as there are such.

    Args:
        kinds: The classes in each image.
        most: Images to choose.

    Returns:
        Their places in `kinds`, in order.
    """
    where: dict[int, list[int]] = {}
    for at, classes in enumerate(kinds):
        for label in classes:
            where.setdefault(label, []).append(at)
    rarest_first = sorted(where.values(), key=len)
    chosen: set[int] = set()
    for wanted in range(1, most + 1):
        for images in rarest_first:
            left = [at for at in images if at not in chosen]
            if len(chosen) < most and left and len(images) - len(left) < wanted:
                chosen.add(left[0])
    return sorted(chosen)


def _rows(image: Path) -> tuple[Row, ...]:
    try:
        return parse(labels_of(image).read_bytes(), path=image.name).rows
    except FileNotFoundError:  # an image without objects
        return ()


def _example(at: int, image: Path, rows: Sequence[Row], size: int) -> Example:
    pixels = decode(image).pixels
    height, width = pixels.shape[:2]
    scale = min(1.0, SPARE * size / max(width, height))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    if small != (width, height):
        pixels = shrunk(pixels, small)
    outlines = tuple(
        Outline(((row.points * small).astype(np.float32),), row.class_index) for row in rows
    )
    return Example(at, 0, pixels, outlines)
