"""Images in an object store or on any file system that Arrow reaches: `s3://`, `gs://`, `file://`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from dynseg.errors import InputError
from dynseg.images.index import SUFFIXES

CHUNK_BYTES = 1 << 20


def is_uri(text: str) -> bool:
    """Whether this names an object store rather than a path."""
    return "://" in text


def list_images(prefix: str) -> Iterator[str]:
    """Addresses of all images below a prefix, relative to it, in the order of their names.

    Raises:
        InputError: nothing can be read there.
    """
    from pyarrow import fs

    try:
        system, root = _system(prefix)
        found = system.get_file_info(fs.FileSelector(root, recursive=True))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{prefix} cannot be read ({error}).", "Check the address and your access to it."
        ) from error
    names = (
        PurePosixPath(entry.path).relative_to(root).as_posix()
        for entry in found
        if entry.type == fs.FileType.File
    )
    return iter(sorted(name for name in names if PurePosixPath(name).suffix.lower() in SUFFIXES))


def join(prefix: str, name: str) -> str:
    """Address of an image below a prefix."""
    return f"{prefix.rstrip('/')}/{name}"


def copy_to(uri: str, target: Path) -> None:
    """Write the bytes of an object into a file.

    Raises:
        OSError: it cannot be read.
    """
    try:
        system, path = _system(uri)
    except ValueError as error:
        raise OSError(str(error)) from error
    with system.open_input_stream(path) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, CHUNK_BYTES)


def _system(uri: str) -> tuple[Any, str]:
    """The file system that an address belongs to, and the path in it."""
    from pyarrow import fs

    system, path = fs.FileSystem.from_uri(uri)
    return system, path
