"""Shapes that are followed from image to image, through as many as there are.

Each step begins where the last one ended, so its faults would add up: after thirty frames a shape
lies beside its object. So after each step the object is fitted once more, to what it looked like
in the image in which a person drew it (the key image), from where the step has put it: then
nothing adds up. What does not look like that any more is out of sight, and after a while it is
given up: how much it looks as in its key image tells wrong places from right ones, how much it
looks as in the last image does not (`tests/benchmarks/follow_far.py` has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from dynseg.geometry.polygon import repair
from dynseg.inference.following.follow import (
    LEAST_AFAR,
    LEAST_LIKENESS,
    Followed,
    Pair,
    outlined,
    part,
    template_side,
)
from dynseg.inference.following.template import Fit, Template
from dynseg.inference.following.views import Matrix, Photo, Pixels, Shape, transformed

PATIENCE = 5
"""For so many images an object that is out of sight is looked for where it would be: something may
have passed before it."""


def _stays() -> Matrix:
    return np.eye(3)


@dataclass(slots=True)
class _Track:
    """A shape on its way.

    Attributes:
        key: What it looks like in its key image.
        matrix: From the key image into the last one, pixels.
        motion: From the image before the last one, in which it was seen, into that.
        missing: How many images it is out of sight.
    """

    key: Template
    matrix: Matrix = field(default_factory=_stays)
    motion: Matrix = field(default_factory=_stays)
    missing: int = 0

    def at(self, fit: Fit) -> None:
        """It was seen in the next image."""
        self.motion = fit.matrix @ np.linalg.inv(self.matrix)
        self.matrix, self.missing = fit.matrix, 0

    def unseen(self) -> None:
        """It was not: it may have gone on as it went."""
        self.matrix = self.motion @ self.matrix
        self.missing += 1


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
    def in_sight(self) -> int:
        """How many are in the last image."""
        return sum(not track.missing for track in self._tracks.values())

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to follow."""
        return not self._tracks

    def put(self, shapes: Mapping[str, Shape]) -> None:
        """Follow these from here on: the last image is their key image."""
        side = template_side(len(self._tracks.keys() | shapes.keys()))
        for name, shape in shapes.items():
            self._tracks[name] = _Track(Template(self._photo, shape, side))

    def keep(self, names: Collection[str]) -> None:
        """Follow no others."""
        self._tracks = {name: track for name, track in self._tracks.items() if name in names}

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
            Each that was found, and how much it looks as in its key image. The others are out of
            sight: they have left the image, are hidden or have changed too much.
        """
        photo = Photo(pixels)
        pair, side = Pair(self._photo, photo), template_side(len(self._tracks))
        fits: list[Fit | None] = []
        found: list[Followed | None] = []
        shapes = [transformed(track.key.shape, track.matrix) for track in self._tracks.values()]
        for track, shape in zip(self._tracks.values(), shapes, strict=True):
            look_up()
            fit = self._fitted(track, shape, pair, photo, side)
            fits.append(fit)
            found.append(None if fit is None else outlined(track.key.shape, fit, photo))
        part(shapes, found)
        self._photo = photo
        there = {}
        for (name, track), fit, item in zip(self._tracks.items(), fits, found, strict=True):
            if fit is None or item is None:
                track.unseen()
            else:
                track.at(fit)
                there[name] = item
        self.keep([name for name, track in self._tracks.items() if track.missing <= PATIENCE])
        return there

    def _fitted(
        self, track: _Track, shape: Shape, pair: Pair, photo: Photo, side: int
    ) -> Fit | None:
        """Where one shape, which is here in the last image, is in the next; from its key image."""
        if track.missing:
            ways = (pair.camera, track.motion)
            again = [track.key.fitted(photo, way @ track.matrix) for way in ways]
            best = max(again, key=lambda fit: fit.likeness)
            return best if best.likeness >= LEAST_AFAR else None
        if np.array_equal(track.matrix, _stays()):
            return pair.fitted(track.key)
        width, height = photo.size
        here = repair(shape, width=width, height=height)
        step = pair.fitted(Template(self._photo, here, side))
        if step is None:
            return None
        fit = track.key.fitted(photo, step.matrix @ track.matrix)
        return fit if fit.likeness >= LEAST_LIKENESS else None
