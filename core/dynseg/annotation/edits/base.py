"""What every edit is made of: who changed what, and where the image ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from msgspec import structs

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import DynsegError
from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area

Edit = Callable[[Annotation], Annotation]
"""A pure function from one document to the next."""

_UNTOUCHED = (ImageState.UNLABELLED, ImageState.PRELABELLED)


class EditError(DynsegError):
    """An edit that cannot be made; the document is unchanged."""


def changed_by_person(
    item: Instance, *, parts: tuple[Part, ...] | None = None, class_id: int | None = None
) -> Instance:
    """The shape with a person's change; the model's name and score stay as its history."""
    was_proposal = item.origin is Origin.MODEL
    return structs.replace(
        item,
        parts=item.parts if parts is None else parts,
        class_id=item.class_id if class_id is None else class_id,
        origin=Origin.EDITED if was_proposal else item.origin,
        accepted=False if was_proposal else item.accepted,
    )


def by_person(annotation: Annotation, instances: tuple[Instance, ...]) -> Annotation:
    """The image with these shapes, in work now if nobody had worked on it; itself if unchanged."""
    if same(instances, annotation.instances):
        return annotation
    state = ImageState.IN_WORK if annotation.state in _UNTOUCHED else annotation.state
    return replace(annotation, instances=instances, state=state)


def same(ours: tuple[Instance, ...], theirs: tuple[Instance, ...]) -> bool:
    """Whether both hold the very same objects."""
    return len(ours) == len(theirs) and all(map(_is, ours, theirs))


def _is(one: object, other: object) -> bool:
    return one is other


def with_changed(
    annotation: Annotation,
    wanted: Iterable[str],
    change: Callable[[Instance], Instance],
) -> Annotation:
    """The image with `change` made to each shape of these ids.

    Raises:
        EditError: one of them does not exist.
    """
    ids = frozenset(wanted)
    require(annotation, ids)
    instances = tuple(change(item) if item.id in ids else item for item in annotation.instances)
    return by_person(annotation, instances)


def require(annotation: Annotation, wanted: Iterable[str]) -> None:
    """Make sure that all of these shapes exist.

    Raises:
        EditError: one of them does not.
    """
    if not frozenset(wanted) <= {item.id for item in annotation.instances}:
        raise EditError("The shape is no longer in the image.")


def inside(parts: Sequence[Part], annotation: Annotation) -> tuple[Part, ...]:
    """`parts` with every point clipped to the image; the same objects where nothing sticks out.

    A piece that lies outside goes as long as another one stays: clipped it is a line at the border.

    Raises:
        EditError: there is no part.
    """
    if not parts:
        raise EditError("A shape needs at least one piece.")
    made = tuple(clipped(part, annotation.width, annotation.height) for part in parts)
    kept = tuple(own for own, given in zip(made, parts, strict=True) if own is given or area(own))
    return kept or made


def all_inside(
    shapes: Sequence[tuple[Part, ...]], annotation: Annotation
) -> list[tuple[Part, ...]]:
    """`inside` for many shapes: only those that stick out are looked at one by one.

    Raises:
        EditError: one has no part.
    """
    boxes = boxes_of(shapes, holes=True)
    limits = np.array([annotation.width, annotation.height])
    within = np.all((boxes[:, :2] >= 0) & (boxes[:, 2:] <= limits), axis=1)
    return [parts if within[at] else inside(parts, annotation) for at, parts in enumerate(shapes)]


def clipped(part: Part, width: int, height: int) -> Part:
    """A part with every point clipped to the image; itself when nothing sticks out."""
    outer = part.outer  # holes lie inside the outer ring, but nothing forces a file to obey
    low = np.min([r.min(axis=0) for r in part.rings], axis=0)
    high = np.max([r.max(axis=0) for r in part.rings], axis=0)
    if low[0] >= 0 and low[1] >= 0 and high[0] <= width and high[1] <= height:
        return part
    limits = (width, height)
    return Part(
        ring(np.clip(outer, 0.0, limits)),
        tuple(ring(np.clip(hole, 0.0, limits)) for hole in part.holes),
    )
