"""What a model is called that nobody has named yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from dynseg.files import is_device

MAX_STEM = 40
"""Longest beginning of a name; a number follows, and names are shown in narrow places."""
MAX_FILE_STEM = 58
"""The same of the name of a file: words may come before it, a number behind."""
_FEW = 3


def stem(project: str, classes: Sequence[str]) -> str:
    """The beginning of the name of a model that is trained in a project.

    The project's name, or else those of its first classes, as far as letters without accents,
    digits, dots, dashes and underscores can say them: files keep such names on every system.

    Args:
        project: Name of the project's folder.
        classes: Names of its classes.
    """
    for said in (project, "-".join(classes[:_FEW])):
        plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
        kept = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._")[:MAX_STEM].strip("-._")
        if any(character.isalpha() for character in kept):
            return f"model-{kept}" if is_device(kept) else kept
    return "model"


def file_name(source: Path) -> str:
    """A name for a model that comes in, after its file."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", source.stem).strip(".-_")[:MAX_FILE_STEM]
    return f"model-{name}" if is_device(name) else name or "model"
