"""What a person took out of an image, so that no model proposes it there again.

A rejection is no row of its own: it is a step of the history that takes a model's shape away and
was not made by a model. So undo, redo and earlier versions hold for it without further ado.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dynseg.annotation.delta import Placed
from dynseg.annotation.document import Instance

PROPOSING = "propose:"
"""The gesture of a step that puts a model's candidates into the document begins like this.

That of a step that brings shapes of the image before, too: what gives way to them was not judged.
"""

UNASKED = f"{PROPOSING}opening"
"""Gesture of a step that nobody asked for: an image was opened, and newer proposals were there."""

SAME_IOU = 0.5
"""Shapes of one class that overlap this much are outlines of one object."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A model's shape that a person took out.

    Attributes:
        shape: As it was then.
        for_good: The object is rejected. Otherwise another outline of it was left, so the person
            took out a double: that very candidate stays away, others of the object do not.
    """

    shape: Instance
    for_good: bool


Rejections = dict[str, Rejection]
"""By id of the shape."""


def taken_out(removed: Placed, added: Placed, *, drawn: bool = False) -> list[Instance]:
    """The shapes of models that a step of a person took out.

    Args:
        removed: What the step took out or changed.
        added: What it added or changed. A shape that got other points may be missing: then it
            counts as taken out although it is in the document, which `propose` sees.
        drawn: Those of no model as well.
    """
    stays = {item.id for _, item in added}
    return [
        item for _, item in removed if (drawn or item.model_id is not None) and item.id not in stays
    ]


Boxes = dict[int, tuple[Instance, tuple[float, float, float, float]]]
"""Shapes and their bounds, by identity of the shape: versions of an image share most of them."""


def rejection(shape: Instance, left: Iterable[Instance], boxes: Boxes | None = None) -> Rejection:
    """What it means that a shape was taken out.

    Args:
        shape: The shape.
        left: The shapes that were left in the image.
        boxes: Bounds that are known; takes in those that are computed here.
    """
    from dynseg.geometry.polygon import iou  # shapely is not needed to open a window

    boxes = {} if boxes is None else boxes
    x0, y0, x1, y1 = shape.bounds
    for other in left:
        if other.class_id != shape.class_id or other.id == shape.id:
            continue
        known = boxes.get(id(other))
        if known is None:
            known = boxes[id(other)] = (other, other.bounds)
        ox0, oy0, ox1, oy1 = known[1]
        apart = ox0 >= x1 or x0 >= ox1 or oy0 >= y1 or y0 >= oy1
        if not apart and iou(shape.parts, other.parts) >= SAME_IOU:
            return Rejection(shape, for_good=False)
    return Rejection(shape, for_good=True)
