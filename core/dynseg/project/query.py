"""Which images of a project a person or a job wants to see: one question, answered by SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dynseg.annotation.document import ImageState
from dynseg.project.records import Split


class Order(StrEnum):
    """In which order images are answered."""

    NAME = "name"
    """Natural order of the names, as in the list of images."""
    SCORE = "score"
    """The least certain proposal first; images without proposals come last."""
    COUNT = "count"
    """Most shapes first."""
    RECENT = "recent"
    """Changed last first; images that were never changed come last."""


_ORDERS = {
    Order.NAME: "position",
    Order.SCORE: "min_score IS NULL, min_score, position",
    Order.COUNT: "instance_count DESC, position",
    Order.RECENT: "(SELECT max(seq) FROM op WHERE image_id=image.id) IS NULL, "
    "(SELECT max(seq) FROM op WHERE image_id=image.id) DESC, position",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageQuery:
    """What an image has to be like; what is left out does not matter, the rest all has to hold.

    Attributes:
        text: Stands in the name, without regard to case; `*` and `?` as in file names.
        states: One of these states; empty for any.
        splits: One of these splits, an empty string for unassigned images; empty for any.
        classes: At least one shape of one of these classes (ids); empty for any.
        min_count, max_count: Bounds of the number of shapes, both included.
        min_score, max_score: Bounds of the lowest score among the proposals, of whatever class,
            both included; images without proposals are outside.
        damaged: Whether the file cannot be used.
        order: How the answer is ordered.
    """

    text: str = ""
    states: frozenset[ImageState] = frozenset()
    splits: frozenset[Split] = frozenset()
    classes: frozenset[int] = frozenset()
    min_count: int | None = None
    max_count: int | None = None
    min_score: float | None = None
    max_score: float | None = None
    damaged: bool | None = None
    order: Order = Order.NAME


def statement(query: ImageQuery) -> tuple[str, list[Any]]:
    """The SQL that answers with the ids of images, and its values."""
    conditions = _conditions(query)
    where = f" WHERE {' AND '.join(sql for sql, _ in conditions)}" if conditions else ""
    values = [value for _, own in conditions for value in own]
    return f"SELECT id FROM image{where} ORDER BY {_ORDERS[query.order]}", values


def _conditions(query: ImageQuery) -> list[tuple[str, list[Any]]]:
    """Conditions and their values."""
    found: list[tuple[str, list[Any]]] = []
    if query.text:
        found.append(("rel LIKE ? ESCAPE '\\'", [_pattern(query.text)]))
    for column, wanted in (("state", query.states), ("split", query.splits)):
        if wanted:
            found.append((f"{column} IN ({_marks(wanted)})", sorted(map(str, wanted))))
    for sql, bound in (
        ("instance_count >= ?", query.min_count),
        ("instance_count <= ?", query.max_count),
        ("min_score >= ?", query.min_score),
        ("min_score <= ?", query.max_score),
    ):
        if bound is not None:
            found.append((sql, [bound]))
    if query.classes:
        of_class = f"SELECT image_id FROM tally WHERE class_id IN ({_marks(query.classes)})"
        found.append((f"id IN ({of_class})", sorted(query.classes)))
    if query.damaged is not None:
        found.append(("damage <> ''" if query.damaged else "damage = ''", []))
    return found


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)


def _pattern(text: str) -> str:
    """A pattern for LIKE: the user's `*` and `?`, else the text anywhere in the name."""
    quoted = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return "%" + quoted.replace("*", "%").replace("?", "_") + "%"
