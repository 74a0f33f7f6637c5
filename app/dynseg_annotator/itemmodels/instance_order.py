"""Orders of the list of shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from dynseg.annotation.document import Instance
from dynseg.geometry import polygon
from dynseg_annotator.language import mark


class InstanceOrder(StrEnum):
    """What the list goes by."""

    TOP = "top"
    CLASS = "class"
    SCORE = "score"
    ORIGIN = "origin"
    SIZE = "size"


ORDER_TEXTS = (
    (InstanceOrder.TOP, mark("&Topmost first")),
    (InstanceOrder.CLASS, mark("By &class")),
    (InstanceOrder.SCORE, mark("By &score, lowest first")),
    (InstanceOrder.ORIGIN, mark("By &origin")),
    (InstanceOrder.SIZE, mark("By size, s&mallest first")),
)
"""What a menu offers."""


def area_px(item: Instance) -> float:
    """Area of all parts of a shape without its holes, square pixels of the image."""
    return sum(polygon.area(part) for part in item.parts)


def arranged(
    instances: Sequence[Instance],
    order: InstanceOrder,
    *,
    reverse: bool,
    class_place: Callable[[Instance], int],
    origin_text: Callable[[Instance], str],
) -> list[Instance]:
    """The instances in an order; what is equal in it stays topmost first.

    Args:
        instances: Bottom to top, as the annotation has them.
        order: What to go by.
        reverse: Whether the last comes first. Shapes without a score are last either way.
        class_place: Where the class of an instance stands among the classes.
        origin_text: What the list says of an instance's origin.
    """
    topmost = list(reversed(instances))
    if order is InstanceOrder.SCORE:
        scored = [item for item in topmost if item.score is not None]
        scored.sort(key=lambda item: item.score or 0.0, reverse=reverse)
        return [*scored, *(item for item in topmost if item.score is None)]
    keys: dict[InstanceOrder, Callable[[Instance], float | str]] = {
        InstanceOrder.CLASS: class_place,
        InstanceOrder.ORIGIN: origin_text,
        InstanceOrder.SIZE: area_px,
    }
    if order in keys:
        topmost.sort(key=keys[order], reverse=reverse)
    elif reverse:
        topmost.reverse()
    return topmost
