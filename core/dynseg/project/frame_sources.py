"""Which video each folder of frames is of: two videos may have one name."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import msgspec

from dynseg.images.index import brief_hash
from dynseg.project.view import ProjectView
from dynseg.project.writing import ProjectWriter

KEY = "frame_sources"
"""Setting: folders of frames, each with the `brief_hash` of its video, as JSON."""


def folder_name(view: ProjectView, source: Path) -> str:
    """Name of the folder for the frames of a video: `clip-frames`, else `clip-frames-2`, ..."""
    known, first = _known(view), f"{source.stem}-frames"
    if first not in known:  # a folder of a time when nobody wrote down its video is taken for its
        return first
    try:
        own = brief_hash(source)
    except OSError:
        return first
    names = (first if number == 1 else f"{first}-{number}" for number in count(1))
    return next(name for name in names if known.get(name, own) == own)


def keep(writer: ProjectWriter, name: str, source: Path) -> None:
    """Write down that a folder has frames of this video."""
    try:
        own = brief_hash(source)
    except OSError:
        return  # it went away meanwhile: the frames are there all the same
    known = _known(writer)
    if known.get(name) != own:
        text = msgspec.json.encode({**known, name: own}).decode()
        writer.save_setting(KEY, text)


def _known(view: ProjectView) -> dict[str, str]:
    text = view.setting(KEY)
    try:
        return msgspec.json.decode(text.encode(), type=dict[str, str]) if text else {}
    except msgspec.DecodeError:
        return {}
