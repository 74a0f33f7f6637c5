"""Works out what images show: pooled features of the starter's backbone.

Always the starter's, whatever model is active: so the numbers of a project stay comparable, and
every image is looked at once.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from dynseg.errors import EngineError, ImageError
from dynseg.images.decode import decode, decode_small
from dynseg.inference.backends.torch_backend import read_network
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.review.appearance import Appearances, read_appearances, write_appearances

SIZE = 224
"""Longer side of what is looked at, pixels: what an image is about shows in little."""
LARGE = 8 * SIZE
"""From this side on a JPEG is decoded at a fraction of its size, which is several times faster."""
STRIDE = 32
POOLED = (6, 10)
"""Layers whose features are averaged over the image: the middle and the end of the backbone."""
KEEP_EVERY_S = 10.0


class Describer:
    """Describes images.

    Args:
        weights: A model file of ours.

    Raises:
        ModelFileError: it cannot be used.
    """

    def __init__(self, weights: Path) -> None:
        network: Any = read_network(weights)
        self._layers = network.model[: POOLED[-1] + 1]

    @torch.inference_mode()
    def describe(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """`(D,)` features of an image.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.
        """
        height, width = pixels.shape[:2]
        scale = SIZE / max(height, width) / STRIDE
        sides = [max(1, round(side * scale)) * STRIDE for side in (width, height)]
        small = cv2.resize(pixels, sides, interpolation=cv2.INTER_AREA)
        values = torch.from_numpy(small).permute(2, 0, 1)[None].float() / 255
        pooled = []
        for index, layer in enumerate(self._layers):
            values = layer(values)
            if index in POOLED:
                pooled.append(values.mean((2, 3))[0])
        return torch.cat(pooled).numpy()


@dataclass(frozen=True, slots=True)
class Described:
    """What came of it.

    Attributes:
        known: All that is known about the project's images now.
        count: How many images were described.
        left: How many are still to be described.
    """

    known: Appearances
    count: int = 0
    left: int = 0


def describe_project(
    view: ProjectView,
    weights: Path,
    *,
    most: int = 0,
    report: Report = ignore,
    cancel: CancelToken | None = None,
    between: Callable[[], None] = lambda: None,
    unkept: Callable[[EngineError], None] | None = None,
) -> Described:
    """Describe the images of a project that are not described as they are now.

    Args:
        view: The project; only the file of appearances beside its thumbnails is written.
        weights: The starter.
        most: Describe so many, evenly spread over the list; 0 describes all.
        report: Told after every image.
        cancel: Asked between images; what was worked out is kept.
        between: Called between images, so that urgent work is not kept waiting.
        unkept: Told once that what was worked out cannot be written down; the answer has it all
            the same. Without it that is an error.

    Raises:
        ModelFileError: the starter cannot be used.
        CancelledError: `cancel` was set.
        EngineError: what was worked out cannot be kept, and there is no `unkept`.
    """
    found = _Found(view, unkept)
    missing = found.known.missing(view.images())
    left = max(0, len(missing) - most) if most else 0
    if left:
        missing = [missing[at * len(missing) // most] for at in range(most)]
    if not missing:
        return Described(found.known)
    describer = Describer(weights)
    meter = Meter("Comparing images", len(missing), report)
    try:
        for row in missing:
            if cancel is not None:
                cancel.check()
            between()
            # One that is unreadable by now has no place in the queue either.
            with suppress(ImageError):
                found.add(row, describer.describe(_pixels(view, row)))
            meter.advance()
    finally:
        found.keep()
    return Described(found.known, found.count, left)


def _pixels(view: ProjectView, row: ImageRow) -> NDArray[np.uint8]:
    path = view.image_path(row.id)
    if max(row.width, row.height) >= LARGE:
        return decode_small(path, 2 * SIZE)
    return decode(path).pixels


class _Found:
    """Collects descriptions and keeps them every few seconds: a crash costs no more.

    Args:
        view: The project.
        unkept: Told that they cannot be written down; from then on they are only collected.

    Attributes:
        known: What is known.
        count: Images described.
    """

    def __init__(self, view: ProjectView, unkept: Callable[[EngineError], None] | None) -> None:
        self._unkept = unkept
        self._writes = True
        self._layout = view.layout
        self.known: Appearances = read_appearances(view.layout)
        self.count = 0
        self._rows: list[ImageRow] = []
        self._vectors: list[NDArray[np.float32]] = []
        self._kept_s = time.monotonic()

    def add(self, row: ImageRow, vector: NDArray[np.float32]) -> None:
        """One more image."""
        if not np.isfinite(vector).all():
            return
        self._rows.append(row)
        self._vectors.append(vector)
        self.count += 1
        if time.monotonic() - self._kept_s >= KEEP_EVERY_S:
            self.keep()

    def keep(self) -> None:
        """Write what came since the last time.

        Raises:
            EngineError: it cannot be written, and nobody wants to go on without.
        """
        self._kept_s = time.monotonic()
        if not self._rows:
            return
        self.known = self.known.with_(self._rows, np.stack(self._vectors))
        self._rows.clear()
        self._vectors.clear()
        if not self._writes:
            return
        try:
            write_appearances(self._layout, self.known)
        except OSError as error:
            self._writes = False
            problem = _unwritten(error, self._layout.thumbnails)
            if self._unkept is None:
                raise problem from error
            self._unkept(problem)


def _unwritten(error: OSError, folder: Path) -> EngineError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return EngineError(
        f"What images show could not be kept ({error.strerror}); the queue goes on without, no "
        "label was changed.",
        "Make room on the disk." if full else f"Let this account write into {folder}.",
    )
