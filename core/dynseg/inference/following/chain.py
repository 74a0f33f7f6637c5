"""Shapes that are followed from image to image, through as many as there are.

Each step begins where the last one ended, so its faults would add up: after thirty frames a shape
lies beside its object. So after each step the object is fitted once more, to what it looked like in
the image in which a person drew it (the key image), from where the step has put it: then nothing
adds up. What does not look like that any more is followed no further: how much it does tells wrong
places from right ones, how much it looks as in the last image does not
(`tests/benchmarks/follow_far.py` has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from dynseg.geometry.polygon import repair
from dynseg.inference.following.follow import (
    LEAST_LIKENESS,
    Followed,
    Pair,
    outlined,
    part,
    template_side,
)
from dynseg.inference.following.template import Fit, Template
from dynseg.inference.following.views import Matrix, Photo, Pixels, Shape, transformed


@dataclass(slots=True)
class _Track:
    """A shape on its way.

    Attributes:
        key: What it looks like in its key image.
        matrix: From the key image into the last one, pixels.
    """

    key: Template
    matrix: Matrix


class Chain:
    """Shapes on their way. It holds one image at a time.

    Args:
        pixels: `(H, W, 3)` uint8 RGB, the first image.
        shapes: Its shapes by a name of each, image pixels.
    """

    def __init__(self, pixels: Pixels, shapes: Mapping[str, Shape]) -> None:
        self._photo = Photo(pixels)
        self._tracks: dict[str, _Track] = {}
        self.put(shapes)

    @property
    def names(self) -> Collection[str]:
        """Those of the shapes that are followed."""
        return self._tracks.keys()

    def put(self, shapes: Mapping[str, Shape]) -> None:
        """Follow these from here on: the last image is their key image."""
        side = template_side(len(self._tracks.keys() | shapes.keys()))
        for name, shape in shapes.items():
            self._tracks[name] = _Track(Template(self._photo, shape, side), np.eye(3))

    def drop(self, names: Collection[str]) -> None:
        """Follow these no further."""
        for name in names:
            self._tracks.pop(name, None)

    def fits(self, pixels: Pixels) -> bool:
        """Whether an image has the size of the others."""
        return (pixels.shape[1], pixels.shape[0]) == self._photo.size

    def follow(
        self, pixels: Pixels, *, look_up: Callable[[], None] = lambda: None
    ) -> dict[str, Followed]:
        """Bring the shapes into the next image.

        Args:
            pixels: `(H, W, 3)` uint8 RGB, of the size of the others.
            look_up: Called between shapes; what it raises ends the work.

        Returns:
            Each that was found, and how much it looks as in its key image. The others are followed
            no further: what left the image, is hidden or has changed too much.
        """
        photo = Photo(pixels)
        pair, side = Pair(self._photo, photo), template_side(len(self._tracks))
        names, shapes = list(self._tracks), []
        found: list[Followed | None] = []
        for track in self._tracks.values():
            look_up()
            shapes.append(self._here(track))
            found.append(self._stepped(track, shapes[-1], pair, photo, side))
        part(shapes, found)
        self._photo = photo
        there = {n: item for n, item in zip(names, found, strict=True) if item is not None}
        self.drop(self._tracks.keys() - there.keys())
        return there

    def _here(self, track: _Track) -> Shape:
        """A shape in the last image, as far as it lies in it."""
        width, height = self._photo.size
        return repair(transformed(track.key.shape, track.matrix), width=width, height=height)

    def _stepped(
        self, track: _Track, here: Shape, pair: Pair, photo: Photo, side: int
    ) -> Followed | None:
        """One shape in the next image."""
        is_key = bool(np.array_equal(track.matrix, np.eye(3)))
        step = pair.fitted(track.key if is_key else Template(self._photo, here, side))
        if step is None:
            return None
        fit = Fit(step.matrix @ track.matrix, step.likeness)
        if not is_key:
            fit = track.key.fitted(photo, fit.matrix)
            if fit.likeness < LEAST_LIKENESS:
                return None
        track.matrix = fit.matrix
        return outlined(track.key.shape, fit, photo)
