"""Pictures of what a new model sees otherwise than the current one, on the validation images."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray
from torch import nn

from dynseg.annotation.classes import colour_for
from dynseg.errors import DynsegError
from dynseg.files import remove, write_atomic
from dynseg.formats.yolo.rows import parse
from dynseg.images.decode import decode
from dynseg.model.card import ModelCard
from dynseg.training.close_ups import SHOWN, labels_of
from dynseg.training.compared import FOLDER, LIST, Compared
from dynseg.training.evaluate import class_targets
from dynseg.training.live.augment import outline_masks, plain_pixels
from dynseg.training.live.example import Example, Outline
from dynseg.training.live.quality import detections, overlaps, panoptic

MOST_IMAGES, MOST_PARTS = 64, 24
"""Validation images, or parts of them, that are looked at; a part takes as long as an image, and
there are several of each."""
BETTER, WORSE = 4, 2
"""Pictures of the largest gains, and of the largest losses."""
LEAST = 0.02
"""A smaller difference of quality is none."""
PANEL_PX = 480
"""Longer side of one half of a picture."""
JPEG_QUALITY = 85
NO_CLASS = "#707070"
"""Colour of what a model without classes sees."""

Seen = tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.float64]]
_Found = tuple[Compared, Example, list[tuple[nn.Module, list[int]]]]
"""What differs, where, and for each model its network and the classes that it knows."""


class Pair(NamedTuple):
    """Two models on images that neither has learned from.

    Attributes:
        current: The network that proposes now, not fused, and its card.
        new: The same of the candidate.
        data: From `read_description`, or from `add_close_ups`; its `val` images.
    """

    current: tuple[nn.Module, ModelCard]
    new: tuple[nn.Module, ModelCard]
    data: dict[str, Any]


def draw_changes(
    pairs: Iterable[Pair],
    folder: Path,
    *,
    image_size: int,
    device: str = "cpu",
    until_s: float = math.inf,
) -> list[Compared]:
    """Draw the validation images on which two models differ most, side by side.

    Where there are close-ups of the validation images, those are drawn: the program looks at parts
    as large, and on whole images tiny objects are specks.

    Args:
        pairs: The models; several where each has images of its own.
        folder: Of the run; the pictures come into a folder in it.
        image_size: Longer side of the images that the networks see, pixels.
        device: A torch device.
        until_s: When to begin with no other image, as `time.monotonic` tells it.

    Returns:
        What was drawn: the largest gains first, then the largest losses.

    Raises:
        OSError: the disk is full.
    """
    found: list[_Found] = []
    for pair in pairs:
        found += _changes(pair, image_size, device, until_s)
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    remove(place / LIST)  # of what was learned until a stop
    drawn = []
    for number, (compared, example, sides) in enumerate(_most_changed(found), 1):
        seen = [_seen(model, targets, example, image_size, fine=True) for model, targets in sides]
        picture = _side_by_side(example, seen, image_size)
        done, data_ = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        if done:
            file = f"{number}.jpg"
            write_atomic(place / file, data_.tobytes())
            drawn.append(msgspec.structs.replace(compared, file=file))
    if drawn or time.monotonic() < until_s:  # that nothing differs is known of all or not at all
        write_atomic(place / LIST, msgspec.json.encode(drawn))
    return drawn


def _changes(pair: Pair, image_size: int, device: str, until_s: float) -> Iterator[_Found]:
    """The images on which two models differ."""
    models, data = (pair.current, pair.new), pair.data
    names = list(data["names"].values())
    sides = [(model.to(device).eval(), class_targets(card, names)) for model, card in models]
    # A model of no classes is compared by its outlines alone.
    agnostic = any(card.class_agnostic for _, card in models)
    for path, photo in _shown(data, until_s):
        example = _example(path, image_size)
        if example is None:
            continue
        seen = [_seen(model, targets, example, image_size) for model, targets in sides]
        before, after = (_quality(one, example, image_size, agnostic) for one in seen)
        if abs(after - before) >= LEAST:
            colours = _colours(seen, names)
            what = Compared(
                "", photo.name, before, after, path != photo, colours, agnostic=agnostic
            )
            yield what, example, sides


def _most_changed(found: list[_Found]) -> list[_Found]:
    """The largest gains first, then the largest losses."""
    found = sorted(found, key=lambda entry: entry[0].before - entry[0].after)
    better = [entry for entry in found if entry[0].after > entry[0].before]
    worse = [entry for entry in reversed(found) if entry[0].after < entry[0].before]
    return better[:BETTER] + worse[:WORSE]


def _shown(data: dict[str, Any], until_s: float) -> Iterator[tuple[Path, Path]]:
    """Files to look at in time, each with the image that it shows or is a part of."""
    parts: dict[Path, Path] = data.get(SHOWN, {})
    chosen = list(parts.items()) or [(path, path) for path in data["val"]]
    # Of too many parts some of every image, of images the first as ever.
    step = -(-len(chosen) // MOST_PARTS) if parts else 1
    for pair in chosen[::step][:MOST_IMAGES]:
        if time.monotonic() >= until_s:
            return
        yield pair


def _example(path: Path, image_size: int) -> Example | None:
    """A validation image with its labels; None when it cannot be read."""
    try:
        pixels = decode(path).pixels
        labels = labels_of(path)
        rows = parse(labels.read_bytes(), path=labels.name).rows if labels.is_file() else ()
    except (DynsegError, OSError):
        return None
    height, width = pixels.shape[:2]
    scale = min(1.0, 2 * image_size / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    outlines = tuple(
        Outline(((row.points * size).astype(np.float32),), row.class_index) for row in rows
    )
    return Example(0, 0, small, outlines)


def _seen(
    model: nn.Module, targets: Sequence[int], example: Example, size: int, *, fine: bool = False
) -> Seen:
    masks, labels, scores = detections(model, example, size, fine=fine)
    known = np.array([targets[label] for label in labels], np.int64).reshape(-1)
    return masks, known, scores


def _quality(seen: Seen, example: Example, size: int, agnostic: bool) -> float:
    masks, labels, _ = seen
    wanted = np.array([outline.label for outline in example.outlines], np.int64)
    if agnostic:
        labels, wanted = np.zeros_like(labels), np.zeros_like(wanted)
    return panoptic(overlaps(masks, outline_masks(example, size)), labels, wanted)


def _colours(seen: Sequence[Seen], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Names and colours of the classes that anybody sees."""
    labels = sorted({label for _, known, _ in seen for label in known.tolist()})
    return tuple((names[label] if label >= 0 else "", _colour(label)) for label in labels)


def _colour(label: int) -> str:
    return colour_for(label) if label >= 0 else NO_CLASS


def _side_by_side(example: Example, seen: Sequence[Seen], size: int) -> NDArray[np.uint8]:
    """`(h, w, 3)` BGR: left what the current model sees, right what the new one does."""
    height, width = example.pixels.shape[:2]
    scale = size / max(height, width)
    inner = (max(1, round(height * scale)), max(1, round(width * scale)))
    top, left = (size - inner[0]) // 2, (size - inner[1]) // 2
    enlarge = PANEL_PX / size
    panels = []
    for masks, labels, _ in seen:
        canvas = cv2.resize(
            cv2.cvtColor(plain_pixels(example, size), cv2.COLOR_RGB2BGR),
            (PANEL_PX, PANEL_PX), interpolation=cv2.INTER_CUBIC,
        )  # fmt: skip
        for mask, label in zip(masks, labels.tolist(), strict=True):
            _outline(canvas, mask, _colour(label))
        y0, x0 = round(top * enlarge), round(left * enlarge)
        y1, x1 = round((top + inner[0]) * enlarge), round((left + inner[1]) * enlarge)
        panels.append(canvas[y0:y1, x0:x1])
    gap = np.full((panels[0].shape[0], 8, 3), 255, np.uint8)
    return np.asarray(np.concatenate([panels[0], gap, panels[1]], axis=1), np.uint8)


def _outline(canvas: NDArray[Any], mask: NDArray[np.bool_], colour: str) -> None:
    """Draw one detection; what the colours mean is told beside the picture, in any script."""
    large = cv2.resize(mask.astype(np.uint8) * 255, (PANEL_PX, PANEL_PX)) > 127
    contours, _ = cv2.findContours(
        large.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    blue_green_red = tuple(int(colour[at : at + 2], 16) for at in (5, 3, 1))
    cv2.drawContours(canvas, contours, -1, (255, 255, 255), 4, cv2.LINE_AA)
    cv2.drawContours(canvas, contours, -1, blue_green_red, 2, cv2.LINE_AA)
