"""Which image files a folder holds."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections import deque
from collections.abc import Collection
from pathlib import Path

from dynseg.errors import InputError
from dynseg.progress import CancelToken

SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".btf", ".tf8",
    ".webp", ".avif", ".gif", ".mpo", ".jp2", ".ppm", ".pgm", ".pnm", ".heic", ".heif", ".hif",
})  # fmt: skip
"""Suffixes of files that count as images, lower case."""

NO_IMAGES = frozenset({
    "mask", "masks", "label", "labels", "labelmap", "annotation", "annotations", "gt",
    "groundtruth", "ground_truth", "segmentationclass", "segmentationobject",
})  # fmt: skip
"""Names of folders, lower case, whose pictures are labels of others."""
MOST_FOLDERS = 2000
"""Folders that are looked into to find out whether images lie below one that was opened."""
_BRIEF_BYTES = 1 << 20
_JUNCTION = 0xA0000003
"""`IO_REPARSE_TAG_MOUNT_POINT`"""
_DIGITS = re.compile(r"([0-9]+)")


def natural_key(name: str) -> str:
    """Sorts `img2` before `img10`, without regard to case.

    One string, since those compare in half the time of lists of texts and numbers. A number is
    written as how many digits it has, then the digits; before it stands a character that is less
    than any other, so that a text ends where its number begins.
    """
    pieces = _DIGITS.split(name.casefold())
    for at in range(1, len(pieces), 2):
        digits = pieces[at].lstrip("0")
        pieces[at] = f"\0{chr(len(digits))}{digits}"
    return "".join(pieces)


def scan(folder: Path, *, recursive: bool = False, cancel: CancelToken | None = None) -> list[str]:
    """List the image files of a folder in natural order.

    Hidden files and folders are left out, so a project's own `.dynseg` is too.

    Args:
        folder: The folder.
        recursive: Whether to look into those below it.
        cancel: Asked at every folder.

    Returns:
        Paths relative to `folder`, with forward slashes.

    Raises:
        InputError: the folder is missing or cannot be listed.
        CancelledError: `cancel` was set.
    """
    try:
        found = _walk(str(folder), "", recursive, cancel or CancelToken())
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be listed ({error.strerror}).",
            "Check that it exists and that you may read it.",
        ) from error
    found.sort()  # names that differ in case alone keep one order
    found.sort(key=natural_key)
    return found


def _walk(folder: str, prefix: str, recursive: bool, cancel: CancelToken) -> list[str]:
    cancel.check()
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if name[name.rfind(".") :].lower() in SUFFIXES:  # a name without a dot gives one letter
                if entry.is_file():
                    found.append(prefix + name)
            elif recursive and is_folder(entry):
                found.extend(_walk(entry.path, f"{prefix}{name}/", recursive, cancel))
    return found


def below(
    folder: Path, *, besides: Collection[str] = (), stops_at: str = "", most: int = MOST_FOLDERS
) -> dict[str, int]:
    """Count the image files that lie in the folders inside a folder, not in itself.

    Hidden folders, those that cannot be listed and those whose names say that they hold masks or
    labels are left out.

    Args:
        folder: The folder.
        besides: Paths of folders inside it that do not count, with forward slashes.
        stops_at: A folder that holds this name is not looked into: it is somebody else's.
        most: Folders to look into at most, those higher up first.

    Returns:
        Number of files by path of their folder, with forward slashes.
    """
    found: dict[str, int] = {}
    waiting = deque([""])
    for _ in range(most):
        if not waiting:
            break
        rel = waiting.popleft()
        try:
            with os.scandir(folder / rel) as listing:
                entries = list(listing)
            folders = [entry.name for entry in entries if is_folder(entry)]
        except OSError:
            continue
        if rel and stops_at and stops_at in folders:
            continue
        count = sum(_is_image(entry.name) for entry in entries)
        if rel and count:
            found[rel] = count
        inside = (f"{rel}/{name}" if rel else name for name in sorted(folders, key=natural_key)
                  if not name.startswith(".") and name.casefold() not in NO_IMAGES)  # fmt: skip
        waiting.extend(path for path in inside if path not in besides)
    return found


def _is_image(name: str) -> bool:
    return not name.startswith(".") and name[name.rfind(".") :].lower() in SUFFIXES


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder to look into: no link, and no junction of Windows.

    Junctions may lead back above, and nobody may list those in a person's documents.
    """
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform != "win32":
        return True
    return entry.stat(follow_symlinks=False).st_reparse_tag != _JUNCTION


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def brief_hash(path: Path) -> str:
    """Tells large files apart without reading them: SHA-256 of length, beginning and end."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        digest = hashlib.sha256(str(length).encode())
        for place in (0, max(0, length - _BRIEF_BYTES)):
            file.seek(place)
            digest.update(file.read(_BRIEF_BYTES))
    return digest.hexdigest()
