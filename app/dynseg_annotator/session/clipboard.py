"""Copies of instances, within an image and across images."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import structs

from dynseg.annotation.document import Annotation, Instance, Origin, new_ids
from dynseg.formats.incoming.doubles import ShapeIndex
from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part, moved

OFFSET_PX = 12.0
"""A copy beside its original is moved by this, so that it can be seen."""
Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1`, image pixels."""
Step = tuple[float, float]
"""Right and down, image pixels."""
WAYS = ((1, 1), (-1, -1), (1, -1), (-1, 1), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Where a copy goes, the first that has room: right and down, then away from the borders."""


class Clipboard:
    """Instances that were copied last, and the image they come from; both of one project."""

    def __init__(self) -> None:
        self._instances: tuple[Instance, ...] = ()
        self._image_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to paste."""
        return not self._instances

    def copy(self, image_id: int, instances: Iterable[Instance]) -> int:
        """Keep these for later; returns how many."""
        self._instances = tuple(instances)
        self._image_id = image_id
        return len(self._instances)

    def clear(self) -> None:
        """Forget them, as another project needs: its classes and images have other numbers."""
        self._instances, self._image_id = (), None

    def paste(self, annotation: Annotation) -> list[Instance]:
        """Copies for an image: beside the originals in the same image, in place in another.

        Where they would cover what is there already, nobody would see them: then beside it, too.
        """
        if annotation.image_id != self._image_id:
            there = ShapeIndex(annotation.instances)
            if not any(map(there.has, self._instances)):
                return copies(self._instances)
        return copies_beside(self._instances, annotation)


class _Places:
    """Where shapes of each class and size lie: thousands of places are asked for in one go."""

    def __init__(self, instances: Sequence[Instance]) -> None:
        self._taken: set[tuple[float, ...]] = set()
        for item, box in zip(instances, _boxes(instances), strict=True):
            self.take(item.class_id, box)

    def take(self, class_id: int, box: Box, step: Step = (0.0, 0.0)) -> None:
        """Something lies there now."""
        self._taken.add(_place(class_id, box, step))

    def are_free(self, items: Iterable[tuple[int, Box]], step: Step) -> bool:
        """Whether none of these, moved so, would lie on its like."""
        return self._taken.isdisjoint(_place(class_id, box, step) for class_id, box in items)


def _place(class_id: int, box: Box, step: Step) -> tuple[float, ...]:
    """Class, place and size, rounded: what was moved there and back is where it was."""
    x0, y0, x1, y1 = box
    numbers = (x0 + step[0], y0 + step[1], x1 - x0, y1 - y0)
    return (class_id, *(round(number, 2) for number in numbers))


def copies_beside(instances: Sequence[Instance], annotation: Annotation) -> list[Instance]:
    """Copies beside the originals: whole within the image, and on top of no like shape.

    They stay together as long as there is room for them all.
    """
    places = _Places(annotation.instances)
    boxes = _boxes(instances)
    items = [(item.class_id, box) for item, box in zip(instances, boxes, strict=True)]
    together = _free_step(items, places, annotation)
    if together is not None:
        return copies(instances, offset=together)
    alike: dict[Step, list[int]] = {}
    for at, (class_id, box) in enumerate(items):
        alone = _free_step([(class_id, box)], places, annotation)
        step = alone or (OFFSET_PX, OFFSET_PX)  # as large as the image
        places.take(class_id, box, step)
        alike.setdefault(step, []).append(at)
    made: dict[int, Instance] = {}
    for step, positions in alike.items():  # a few steps, thousands of shapes
        moved_so = copies([instances[at] for at in positions], offset=step)
        made |= zip(positions, moved_so, strict=True)
    return [made[at] for at in range(len(instances))]


def _free_step(
    items: Sequence[tuple[int, Box]], places: _Places, annotation: Annotation
) -> Step | None:
    """How far shapes are moved together, None where there is no room for them all."""
    steps = _steps_inside([box for _, box in items], annotation) if items else ()
    return next((step for step in steps if places.are_free(items, step)), None)


def _steps_inside(boxes: Sequence[Box], annotation: Annotation) -> Iterator[Step]:
    """How far shapes can be moved together, so that all of them stay in the image."""
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    for way_x, way_y in WAYS:
        for count in itertools.count(1):
            dx, dy = way_x * count * OFFSET_PX, way_y * count * OFFSET_PX
            if x0 + dx < 0 or y0 + dy < 0:
                break
            if x1 + dx > annotation.width or y1 + dy > annotation.height:
                break
            yield dx, dy


def copies(
    instances: Sequence[Instance], *, offset: tuple[float, float] = (0.0, 0.0)
) -> list[Instance]:
    """New instances of the same outlines.

    What a person drew, changed or accepted is copied as the person's own work. A copy of a
    proposal stays a proposal: to copy is not to look. It has no score, since no model saw it there.

    Args:
        instances: The originals.
        offset: Moved right and down by this, in image pixels.
    """
    rest = iter(_moved([part for item in instances for part in item.parts], offset))
    return [
        structs.replace(
            item,
            id=own_id,
            parts=tuple(islice(rest, len(item.parts))),
            origin=Origin.HUMAN if item.is_human_work else Origin.MODEL,
            accepted=False,
            score=None,
            model_id=None,
            run_id=None,
        )
        for item, own_id in zip(instances, new_ids(len(instances)), strict=True)
    ]


def _moved(parts: list[Part], offset: Step) -> list[Part]:
    return parts if offset == (0.0, 0.0) else moved(parts, *offset)


def _boxes(instances: Sequence[Instance]) -> list[Box]:
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in boxes_of([i.parts for i in instances]).tolist()]
