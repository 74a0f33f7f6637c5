"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What it is about.
        level: "problem" keeps a part of the program from working, "note" is worth knowing.
        text: What was found.
        mend: The line that mends it; empty when there is nothing to do.
    """

    name: str
    level: Level
    text: str
    mend: str = ""
