"""Paths as people type them, letter by letter: a field asks at each one, and never fails."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str) -> Path:
    """The path of a field; `~` is the own folder, and `~name` stays when nobody has that name."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_there(path: Path) -> bool:
    """Whether something lies there that may be seen; no for a name that is too long."""
    try:
        return path.exists()
    except OSError:
        return False
