"""Ticks and arrows for the style sheet, which takes pictures from files alone."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QStandardPaths


def _cache_folder() -> Path:
    """Where the coloured pictures lie: beside the settings of a test, else the platform's cache."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override) / "indicators"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(place) / "dynseg-annotator" / "indicators"


@cache
def _spare_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="dynseg-annotator-"))


@cache
def _source(name: str) -> str:
    path = files("dynseg_resources") / "icons" / "indicators" / f"{name}.svg"
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    """Put the file in place whole; not synced, since it is compared at each start anyway."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staging = path.with_name(f"{path.name}.{os.getpid()}")
    staging.write_text(text, encoding="utf-8", newline="\n")
    staging.replace(path)


def indicator(name: str, colour: str) -> str:
    """Path of the picture `name` in `#rrggbb`, with slashes as style sheets want them.

    The file is written when it is not there yet; its name and content depend on nothing else, so
    that windows of several versions can share the folder.
    """
    text = _source(name).replace("currentColor", colour)
    path = _cache_folder() / f"{name}-{colour.lstrip('#')}.svg"
    try:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            _write(path, text)
    except OSError:  # the cache cannot be written: a folder of this process serves as well
        path = _spare_folder() / path.name
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.as_posix()
