"""Where shapes of an image are in the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.geometry.polygon import area, repair
from dynseg.inference.following.movement import Movement
from dynseg.inference.following.search import Search
from dynseg.inference.following.template import Fit, Template
from dynseg.inference.following.views import Matrix, Photo, Pixels, Shape, transformed
from dynseg.inference.overlap import outlines, overlapping_pairs_within

SURE = 0.95
"""From this likeness on nobody looks elsewhere."""
LEAST_LIKENESS, LEAST_AFAR = 0.75, 0.91
"""Less alike is something else: where the flow leads; and where it does not, for there it may be
another one of the same kind. Of objects with .8 to .9 four fifths are right there, a sixth here."""
AFAR = 0.15
"""How far beside the flow that is, over the root of the object's area."""
LEAST_INSIDE = 0.25
"""A shape of which less stays in the image has left it."""
LEAST_SIZE, MOST_SIZE = 0.6, 1.7
"""What shrinks or grows more, in area, from one image to the next is something else."""
SAME_PLACE = 0.5
"""Two shapes that overlap this much (IoU), and did not before, have found the same object."""
TRIES, LEAST_LUCK = 40, 0.25
"""After so many searches they go on only while so many of them find something: in a scene that is
another one, a thousand would take seconds."""
SIDES, LEAST_SIDE = ((100, 64), (300, 48)), 32
"""Up to so many shapes, templates of so many cells: a thousand shapes take a second."""


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A shape in the next image.

    Attributes:
        parts: Image pixels, valid, inside of the image.
        likeness: How much it looks there as it did before, `LEAST_LIKENESS` to 1.
    """

    parts: Shape
    likeness: float


class Pair:
    """Two images of one size, one after the other, and how things go from the first to the second.

    Args:
        first, second: The images.
    """

    def __init__(self, first: Photo, second: Photo) -> None:
        self._second = second
        self._movement = Movement(first, second)
        self._search = Search(first, second)
        self._searches = self._finds = 0

    def fitted(self, template: Template) -> Fit | None:
        """Where a shape of the first image is in the second one; None when it is not found."""
        if not template.is_usable:
            return None
        led = self._movement.of(template.points)
        best = template.fitted(self._second, led)
        if best.likeness < SURE:
            best = _better(best, template.fitted(self._second, self.camera))
        if best.likeness < SURE and self._lasts:
            for place in self._search.found(template.shape, self.camera):
                best = _better(best, template.fitted(self._second, place))
            self._searches += 1
            self._finds += best.likeness >= LEAST_AFAR
        reach = AFAR * sum(map(area, template.shape)) ** 0.5
        is_afar = template.apart(led, best.matrix) > reach
        least = LEAST_AFAR if is_afar else LEAST_LIKENESS
        is_it = best.likeness >= least and LEAST_SIZE <= growth(best.matrix) <= MOST_SIZE
        return best if is_it else None

    @property
    def camera(self) -> Matrix:
        """The movement of most of the image, pixels."""
        return self._movement.camera

    @property
    def _lasts(self) -> bool:
        """Whether it pays to look for one more."""
        return self._searches < TRIES or self._finds >= LEAST_LUCK * self._searches


def follow(
    before: Pixels,
    after: Pixels,
    shapes: Sequence[Shape],
    *,
    look_up: Callable[[], None] = lambda: None,
) -> list[Followed | None]:
    """Move shapes to where their objects have gone.

    Args:
        before: `(H, W, 3)` uint8 RGB, the image of the shapes.
        after: The next image.
        shapes: Image pixels.
        look_up: Called between shapes; what it raises ends the work.

    Returns:
        In the same order; None for shapes that cannot be followed: what left the image, is hidden
        or has changed too much. All of them where the images differ in size.
    """
    result: list[Followed | None] = [None] * len(shapes)
    if before.shape != after.shape or not shapes:
        return result
    first, second = Photo(before), Photo(after)
    pair, side = Pair(first, second), template_side(len(shapes))
    for at, shape in enumerate(shapes):  # threads would wait for each other: much of it is Python
        look_up()
        fit = pair.fitted(Template(first, shape, side))
        result[at] = None if fit is None else outlined(shape, fit, second)
    part(shapes, result)
    return result


def template_side(count: int) -> int:
    """Cells along a template where there are so many shapes."""
    return next((cells for most, cells in SIDES if count <= most), LEAST_SIDE)


def growth(matrix: Matrix) -> float:
    """How many times the area of a shape becomes larger."""
    return float(np.linalg.det(matrix[:2, :2]))


def outlined(shape: Shape, fit: Fit, photo: Photo) -> Followed | None:
    """A shape where its object is, as far as that lies in an image; None where too little does."""
    width, height = photo.size
    parts = repair(transformed(shape, fit.matrix), width=width, height=height)
    whole = growth(fit.matrix) * sum(map(area, shape))
    if sum(map(area, parts)) < LEAST_INSIDE * whole:
        return None
    return Followed(parts, min(fit.likeness, 1.0))  # rounding says a little more


def _better(one: Fit, other: Fit) -> Fit:
    return other if other.likeness > one.likeness else one


def part(shapes: Sequence[Shape], result: list[Followed | None]) -> None:
    """Leave one of two shapes that found the same object: the one that is more like it."""
    there = [(at, item) for at, item in enumerate(result) if item is not None]
    pairs = overlapping_pairs_within(outlines([item.parts for _, item in there]), iou=SAME_PLACE)
    lain = {
        (a, b)
        for a, b in zip(
            *(p.tolist() for p in overlapping_pairs_within(outlines(shapes), iou=SAME_PLACE / 2)),
            strict=True,
        )
    }
    for a, b in zip(*(found.tolist() for found in pairs), strict=True):
        (one, first), (other, second) = there[a], there[b]
        if (one, other) not in lain:
            result[one if first.likeness < second.likeness else other] = None
