"""Copies of instances, within an image and across images."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from dynseg.annotation.document import Instance, Origin, new_id
from dynseg.geometry.part import Part, ring

OFFSET_PX = 12.0
"""A copy beside its original is moved by this, so that it can be seen."""


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

    def paste(self, image_id: int) -> list[Instance]:
        """Copies for an image: beside the originals in the same image, in place in another."""
        offset = OFFSET_PX if image_id == self._image_id else 0.0
        return copies(self._instances, offset_px=offset)


def copies(instances: Sequence[Instance], *, offset_px: float = 0.0) -> list[Instance]:
    """New instances of the same outlines.

    What a person drew, changed or accepted is copied as the person's own work. A copy of a
    proposal stays a proposal: to copy is not to look. It has no score, since no model saw it there.

    Args:
        instances: The originals.
        offset_px: Moved right and down by this, in image pixels.
    """
    return [
        structs.replace(
            item,
            id=new_id(),
            parts=tuple(_moved(part, offset_px) for part in item.parts),
            origin=Origin.HUMAN if item.is_human_work else Origin.MODEL,
            accepted=False,
            score=None,
            model_id=None,
            run_id=None,
        )
        for item in instances
    ]


def _moved(part: Part, offset_px: float) -> Part:
    if not offset_px:
        return part
    return Part(ring(part.outer + offset_px), tuple(ring(hole + offset_px) for hole in part.holes))
