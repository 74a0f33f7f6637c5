"""Edits of shapes together, and of whole outlines: join, subtract, fit, smooth, stack."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from msgspec import structs

from dynseg.annotation.document import Annotation, Instance, new_id
from dynseg.annotation.edits.base import (
    Edit,
    EditError,
    by_person,
    changed_by_person,
    require,
    with_changed,
)
from dynseg.annotation.edits.strokes import with_parts
from dynseg.geometry import borders, combine, polygon
from dynseg.geometry.hit import HitIndex
from dynseg.geometry.part import Part


class Outlining(StrEnum):
    """What can be done to an outline by a slider."""

    SIMPLIFY = "simplify"
    SMOOTH = "smooth"
    DENSIFY = "densify"


def union(instance_ids: Sequence[str]) -> Edit:
    """Join shapes into the first one, which keeps its class and place; the others go.

    The edit raises:
        EditError: there are fewer than two.
    """

    def change(items: list[Instance]) -> tuple[Part, ...]:
        return combine.united([item.parts for item in items])

    return _into_first(instance_ids, change, drops_others=True)


def intersect(instance_ids: Sequence[str]) -> Edit:
    """Leave of shapes what they have in common, as the first one; the others go.

    The edit raises:
        EditError: there are fewer than two, or they share nothing.
    """

    def change(items: list[Instance]) -> tuple[Part, ...]:
        return combine.intersected([item.parts for item in items])

    return _into_first(instance_ids, change, drops_others=True)


def subtract(instance_ids: Sequence[str]) -> Edit:
    """Take the other shapes away from the first one; the others stay as they are.

    The edit raises:
        EditError: there are fewer than two, or nothing would be left.
    """

    def change(items: list[Instance]) -> tuple[Part, ...]:
        return combine.subtracted(items[0].parts, [item.parts for item in items[1:]])

    return _into_first(instance_ids, change, drops_others=False)


def _into_first(
    instance_ids: Sequence[str],
    change: Callable[[list[Instance]], tuple[Part, ...]],
    *,
    drops_others: bool,
) -> Edit:
    ids = tuple(dict.fromkeys(instance_ids))

    def edit(annotation: Annotation) -> Annotation:
        if len(ids) < 2:
            raise EditError("Select two shapes or more.")
        require(annotation, ids)
        parts = change([annotation.instance(i) for i in ids])
        if not parts:
            raise EditError("Nothing would be left of the shape.")
        gone = frozenset(ids[1:]) if drops_others else frozenset()
        return by_person(
            annotation,
            tuple(
                with_parts(item, parts, annotation) if item.id == ids[0] else item
                for item in annotation.instances
                if item.id not in gone
            ),
        )

    return edit


def fill_holes(instance_ids: Iterable[str]) -> Edit:
    """Fill the holes of shapes.

    The edit raises:
        EditError: none of them has a hole.
    """
    ids = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        result = with_changed(
            annotation,
            ids,
            lambda item: with_parts(item, combine.without_holes(item.parts), annotation),
        )
        if result is annotation:
            raise EditError("The selected shapes have no holes.")
        return result

    return edit


def separate(instance_ids: Iterable[str]) -> Edit:
    """Make every part of shapes a shape of its own; the largest stays the shape.

    The edit raises:
        EditError: all of them consist of one part.
    """
    ids = frozenset(instance_ids)
    seed = uuid.UUID(new_id())

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        instances: list[Instance] = []
        for item in annotation.instances:
            if item.id not in ids or len(item.parts) == 1:
                instances.append(item)
                continue
            parts = sorted(item.parts, key=polygon.area, reverse=True)
            first = changed_by_person(item, parts=(parts[0],))
            instances.append(first)
            instances += [
                structs.replace(
                    first, parts=(part,), id=uuid.uuid5(seed, f"{item.id} {number}").hex
                )
                for number, part in enumerate(parts[1:])
            ]
        if len(instances) == len(annotation.instances):
            raise EditError("The selected shapes are in one part.")
        return by_person(annotation, tuple(instances))

    return edit


def outline(instance_ids: Iterable[str], what: Outlining, amount_px: float) -> Edit:
    """Simplify, smooth or densify the outlines of shapes.

    A part that would not be valid afterwards stays as it is.

    Args:
        instance_ids: The shapes.
        what: What to do.
        amount_px: Tolerance, strength or spacing, image pixels.
    """
    ids = frozenset(instance_ids)

    def change(item: Instance) -> tuple[Part, ...]:
        return tuple(_outlined(part, what, amount_px) for part in item.parts)

    return lambda annotation: with_changed(
        annotation, ids, lambda item: with_parts(item, change(item), annotation)
    )


def _outlined(part: Part, what: Outlining, amount_px: float) -> Part:
    if what is Outlining.SIMPLIFY:
        return polygon.simplify(part, tolerance_px=amount_px, min_iou=0.8)
    if what is Outlining.SMOOTH:
        made = polygon.smooth(part, strength_px=amount_px)
    else:
        made = polygon.densify(part, spacing_px=amount_px)
    was_fine = polygon.problem(part) is None
    return part if was_fine and polygon.problem(made) is not None else made


def fit_borders(instance_ids: Sequence[str], reach_px: float, *, fixed: Iterable[str] = ()) -> Edit:
    """Let shapes share borders with all that they run close to; see `borders.fit`.

    Neighbours keep their region and get the points in which the outlines meet.

    Args:
        instance_ids: The shapes that are fitted, one after another.
        reach_px: Image pixels.
        fixed: Shapes that are not to be touched at all: hidden or locked ones.

    The edit raises:
        EditError: nothing lies near enough.
    """
    ids, left_out = tuple(dict.fromkeys(instance_ids)), frozenset(fixed)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        parts = {item.id: item.parts for item in annotation.instances if item.id not in left_out}
        names, index = list(parts), HitIndex(list(parts.values()))
        for own in (own for own in ids if own in parts):
            x0, y0, x1, y1 = annotation.instance(own).bounds
            away = 2 * reach_px  # it grows while it is fitted
            # most shapes are nowhere near; to measure each pair would take minutes
            for at in index.shapes_in(x0 - away, y0 - away, x1 + away, y1 + away):
                other = names[at]
                if other == own:
                    continue
                fitted = borders.fit(parts[own], parts[other], reach_px=reach_px)
                if fitted is not None:
                    parts[own], parts[other] = fitted.parts, fitted.neighbour
        result = with_changed(
            annotation, parts, lambda item: with_parts(item, parts[item.id], annotation)
        )
        if result is annotation:
            raise EditError("No other shape is near enough, or the borders fit already.")
        return result

    return edit


def restack(instance_ids: Iterable[str], steps: int) -> Edit:
    """Move shapes up in the z-order, or down with negative steps; they keep their order.

    The edit raises:
        EditError: one of them does not exist.
    """
    ids = frozenset(instance_ids)

    def edit(annotation: Annotation) -> Annotation:
        require(annotation, ids)
        items = list(annotation.instances)
        if abs(steps) >= len(items):  # all the way; step by step it would take seconds
            moved = [item for item in items if item.id in ids]
            others = [item for item in items if item.id not in ids]
            whole = [*others, *moved] if steps > 0 else [*moved, *others]
            return by_person(annotation, tuple(whole))
        for _ in range(abs(steps)):
            order = range(len(items) - 2, -1, -1) if steps > 0 else range(len(items) - 1)
            for low in order:
                rising = items[low] if steps > 0 else items[low + 1]
                other = items[low + 1] if steps > 0 else items[low]
                if rising.id in ids and other.id not in ids:
                    items[low], items[low + 1] = items[low + 1], items[low]
        return by_person(annotation, tuple(items))

    return edit
