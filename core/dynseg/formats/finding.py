"""What a reader or writer of labels has to say about one place in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something dropped, repaired or doubtful.

    Attributes:
        path: The file, relative to the folder that is read or written, POSIX separators.
        line: Line in the file, counted from 1; None when the whole file is meant.
        reason: What was found and what became of it, a clause without the file name.
    """

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.reason}"
