"""Names that are cut so that they can still be told from those beside them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

DOTS = "…"


def told_apart(name: str, beside: Iterable[str], metrics: QFontMetrics, width: int) -> str:
    """A name in the room that there is.

    The middle gives way, unless names beside it would look the same then: files of a microscope or
    of a camera trap differ in a number in the middle. In that case what they have in common at the
    beginning gives way.

    Args:
        name: The whole name.
        beside: Those before and after it.
        metrics: Of the font.
        width: Of the room, pixels.
    """
    words = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)
    if words == name:
        return words
    middle = Qt.TextElideMode.ElideMiddle
    alike = [n for n in beside if n != name and metrics.elidedText(n, middle, width) == words]
    shared = max((_shared(name, other) for other in alike), default=0)
    while shared and name[shared - 1].isalnum():  # a whole number or word says more
        shared -= 1
    if not shared:
        return words
    return metrics.elidedText(DOTS + name[shared:], Qt.TextElideMode.ElideRight, width)


def _shared(one: str, other: str) -> int:
    """How many characters two names have in common at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
