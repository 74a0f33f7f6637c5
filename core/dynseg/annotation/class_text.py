"""Characters of class names: what can be seen of them, and what scripts need though it cannot.

A joiner tells letters of Arabic and Indic scripts how to meet, and makes one emoji of several: with
another one, or none, it is another word or picture. Elsewhere nothing shows that it is there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_NAME = 200
"""Letters of the name of a class. Beyond, one that a person types is refused and one of a file of
labels is shortened; classes of older projects keep theirs, in every export and on the way back."""
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""What Unicode has for nothing to be drawn of (Default_Ignorable_Code_Point), fillers included."""


def legible(text: str) -> str:
    """A text on one line, without what cannot be seen; joiners that a script needs stay.

    Empty when nothing of it can be seen.
    """
    kept = []
    for at, char in enumerate(text):
        kind = unicodedata.category(char)
        if kind == "Cf":
            kept.append(char if _joins(text, at) else "")
        else:
            kept.append(" " if kind[0] in "CZ" else char)
    line = " ".join("".join(kept).split())
    return line if spoken(line) else ""


def is_legible(text: str) -> bool:
    """Whether something of a text can be seen, and all that `legible` would leave out is gaps."""
    return bool(spoken(text)) and all(
        char.isprintable() or _joins(text, at) for at, char in enumerate(text)
    )


@lru_cache(10_000)  # a model of a thousand classes asks at each step of a slider
def spoken(text: str) -> str:
    """What two names have in common that a person would call the same.

    Neither case, nor the width of gaps, nor what cannot be seen counts.
    """
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(seen.split()).casefold()


def _joins(text: str, at: int) -> bool:
    """Whether a character is a joiner behind one that can be joined."""
    if at == 0 or text[at] not in _JOINERS:
        return False
    before = text[at - 1]
    kind = unicodedata.category(before)
    return kind in ("So", "Sk", "Mn") or (kind != "Cf" and "\u0590" <= before < "\u1cd0")
