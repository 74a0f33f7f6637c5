"""Words that a command's lines have in common."""

from __future__ import annotations

from collections.abc import Sized


def many(count: int | Sized, one: str, several: str = "") -> str:
    """A number and what it counts: `1 image`, `2 images`.

    Args:
        count: How many; of a list, its length.
        one: The noun of one, with what follows where that has a number too: `"image is"`.
        several: Of any other number; `one` and an s when empty.
    """
    number = count if isinstance(count, int) else len(count)
    return f"{number} {one if number == 1 else several or f'{one}s'}"
