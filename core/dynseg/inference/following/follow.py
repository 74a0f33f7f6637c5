"""Where shapes of an image are in the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.geometry.polygon import area, repair
from dynseg.inference.following.movement import Movement
from dynseg.inference.following.search import Search
from dynseg.inference.following.template import Fit, Template
from dynseg.inference.following.views import Photo, Pixels, Shape, transformed
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


@dataclass(slots=True)
class _Luck:
    """How many searches there were, and how many found something."""

    searches: int = 0
    finds: int = 0

    @property
    def lasts(self) -> bool:
        """Whether it pays to look for one more."""
        return self.searches < TRIES or self.finds >= LEAST_LUCK * self.searches


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
    movement, search, luck = Movement(first, second), Search(first, second), _Luck()
    side = next((cells for most, cells in SIDES if len(shapes) <= most), LEAST_SIDE)
    for at, shape in enumerate(shapes):  # threads would wait for each other: much of it is Python
        look_up()
        result[at] = _followed(Template(first, shape, side), second, movement, search, luck)
    _part(shapes, result)
    return result


def _followed(
    template: Template, photo: Photo, movement: Movement, search: Search, luck: _Luck
) -> Followed | None:
    """One shape, where it is in the next image."""
    if not template.is_usable:
        return None
    led = movement.of(template.points)
    best = template.fitted(photo, led)
    if best.likeness < SURE:
        best = _better(best, template.fitted(photo, movement.camera))
    if best.likeness < SURE and luck.lasts:
        for place in search.found(template.shape, movement.camera):
            best = _better(best, template.fitted(photo, place))
        luck.searches += 1
        luck.finds += best.likeness >= LEAST_AFAR
    size = float(np.linalg.det(best.matrix[:2, :2]))
    reach = AFAR * sum(map(area, template.shape)) ** 0.5
    is_afar = template.apart(led, best.matrix) > reach
    least = LEAST_AFAR if is_afar else LEAST_LIKENESS
    if best.likeness < least or not LEAST_SIZE <= size <= MOST_SIZE:
        return None
    width, height = photo.size
    parts = repair(transformed(template.shape, best.matrix), width=width, height=height)
    if sum(map(area, parts)) < LEAST_INSIDE * size * sum(map(area, template.shape)):
        return None
    return Followed(parts, min(best.likeness, 1.0))  # rounding says a little more


def _better(one: Fit, other: Fit) -> Fit:
    return other if other.likeness > one.likeness else one


def _part(shapes: Sequence[Shape], result: list[Followed | None]) -> None:
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
