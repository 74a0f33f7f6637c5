"""Copies of instances, within an image and across images."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from dynseg.annotation.document import Annotation, Instance, Origin, new_id
from dynseg.formats.doubles import ShapeIndex
from dynseg.geometry.part import Part, ring

OFFSET_PX = 12.0
"""A copy beside its original is moved by this, so that it can be seen."""
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
        there = ShapeIndex(annotation.instances)
        if annotation.image_id != self._image_id and not any(map(there.has, self._instances)):
            return copies(self._instances)
        return copies_beside(self._instances, annotation)


def copies_beside(instances: Sequence[Instance], annotation: Annotation) -> list[Instance]:
    """Copies beside the originals: whole within the image, and on top of no like shape.

    They stay together as long as there is room for them all.
    """
    if not instances:
        return []
    there = ShapeIndex(annotation.instances)
    for step in _steps_inside(instances, annotation):
        made = copies(instances, offset=step)
        if not any(map(there.has, made)):
            return made
    if len(instances) > 1:
        return [made for item in instances for made in copies_beside([item], annotation)]
    return copies(instances, offset=(OFFSET_PX, OFFSET_PX))  # as large as the image


def _steps_inside(
    instances: Sequence[Instance], annotation: Annotation
) -> Iterator[tuple[float, float]]:
    """How far shapes can be moved together, so that all of them stay in the image."""
    boxes = [item.bounds for item in instances]
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
    return [
        structs.replace(
            item,
            id=new_id(),
            parts=tuple(_moved(part, offset) for part in item.parts),
            origin=Origin.HUMAN if item.is_human_work else Origin.MODEL,
            accepted=False,
            score=None,
            model_id=None,
            run_id=None,
        )
        for item in instances
    ]


def _moved(part: Part, offset: tuple[float, float]) -> Part:
    if offset == (0.0, 0.0):
        return part
    return Part(ring(part.outer + offset), tuple(ring(hole + offset) for hole in part.holes))
