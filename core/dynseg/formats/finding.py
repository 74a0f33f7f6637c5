"""What a reader or writer of labels has to say about one place in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something taken in, dropped, repaired or doubtful.

    Attributes:
        path: The file, relative to the folder that is read or written, POSIX separators.
        line: Line in the file, counted from 1; None when the whole file is meant or the format
            has no lines to speak of.
        reason: What was found and what became of it, a clause without the file name.
        item: The place in a file without lines: `annotation 12`, `shape 3`.
        missing: The image that is not there, where that is all; else empty.
    """

    path: str
    line: int | None
    reason: str
    item: str = ""
    missing: str = ""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}, {self.item}: {self.reason}" if self.item else f"{where}: {self.reason}"


def missing_images(found: Iterable[Finding]) -> list[str]:
    """The images that are not there, each once: nothing is wrong with what belongs to them."""
    return list(dict.fromkeys(finding.missing for finding in found if finding.missing))
