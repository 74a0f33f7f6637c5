"""Class names that may be meant as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from dynseg.annotation.class_text import spoken

_JOINT = re.compile(r"[\s_]+|(?<=\w)-(?=\w)")
LEAST_LETTERS = 6
"""Of names that look alike though a letter differs."""
MOST_COMPARED = 300
"""Names, each with each."""


def spelling(name: str) -> str:
    """What spellings of one name have in common, whatever their case and what joins the words.

    A sign at an end means something: `CD4+` and `CD4-` are two things.
    """
    return _JOINT.sub(" ", unicodedata.normalize("NFKC", spoken(name))).strip()


def look_alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of names that may be meant as one: other spellings, or one letter more, less or other.

    Names that differ in a digit or a sign are different things, and short ones too often alike.
    """
    keys = [spelling(name) for name in names[:MOST_COMPARED]]
    return [
        (names[a], names[b])
        for a in range(len(keys))
        for b in range(a + 1, len(keys))
        if keys[a] == keys[b] or _one_letter_apart(keys[a], keys[b])
    ]


def _one_letter_apart(a: str, b: str) -> bool:
    a, b = sorted((a, b), key=len)
    if len(a) < LEAST_LETTERS or len(b) - len(a) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    rest = a[same + (len(a) == len(b)) :]
    other = a[same : same + 1] if len(a) == len(b) else ""
    return b[same + 1 :] == rest and all(c.isalpha() or c == " " for c in other + b[same])
