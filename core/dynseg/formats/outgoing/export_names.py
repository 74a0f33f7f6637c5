"""File names in an export: unique whatever the file system, and plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from dynseg.files import is_device

MAX_STEM = 64
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_-]+")


def stems(images: Mapping[int, str]) -> dict[int, str]:
    """A file name without suffix for each image of an export.

    Two images never share one, also where upper and lower case are the same, because readers find
    a label by the image's name without its suffix. A name that is plain and the only one of its
    kind stays; others become a slug and the id of the image.

    Args:
        images: Image id to path in the project, relative POSIX.
    """
    names = {key: PurePosixPath(rel).stem for key, rel in images.items()}
    count = Counter(name.casefold() for name in names.values())
    kept = {key: name for key, name in names.items() if _is_plain(name)}
    result = {key: name for key, name in kept.items() if count[name.casefold()] == 1}
    taken = {name.casefold() for name in result.values()}
    for key, name in names.items():
        if key in result:
            continue
        stem = f"{slug(name)}_{key}".lstrip("_")
        while stem.casefold() in taken:
            stem = f"{stem}_{key}"
        taken.add(stem.casefold())
        result[key] = stem
    return result


def _is_plain(name: str) -> bool:
    return (
        len(name) <= MAX_STEM
        and _PLAIN.fullmatch(name) is not None
        and not name.endswith(".")
        and not is_device(name)
    )


def slug(name: str) -> str:
    """`name` in plain ASCII; empty when nothing of it is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", plain).strip("-_")[: MAX_STEM - 12].rstrip("-_")
