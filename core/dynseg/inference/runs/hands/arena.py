"""Memory that several processes see: a file that all of them map."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

_MEMORY_FOLDER = Path("/dev/shm")
"""Files here are memory; a container has 64 MB of it unless somebody asks for more."""

_PIECE = bytes(1 << 20)

Bytes = NDArray[np.uint8]

AT_BYTES = 64
"""At the end of a hand's part of the memory: which request it is at."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class File:
    """What processes map.

    Attributes:
        path: Where it is, for this process and for those that are started with `passed`.
        nameless: Holds one that has no name.
    """

    path: Path
    nameless: IO[bytes] | None = None

    @property
    def passed(self) -> tuple[int, ...]:
        """Descriptors for `subprocess.Popen(pass_fds=...)`."""
        return () if self.nameless is None else (self.nameless.fileno(),)

    def remove(self) -> None:
        """Let it go; the memory stays as long as anybody has it mapped."""
        if self.nameless is not None:
            self.nameless.close()
            return
        with suppress(OSError):  # Windows removes no file that somebody has mapped
            self.path.unlink(missing_ok=True)


def create(size: int) -> tuple[File, Bytes]:
    """A new file of zeros, mapped.

    On Linux it is memory: a file without a name, which goes with the last process that has it, or
    one in a folder of such files. Where there is no room, and elsewhere, it lies in the temporary
    folder, and the system writes it to a disk when it finds the time.

    Args:
        size: Bytes.

    Raises:
        OSError: there is no room for it. Every byte is written now: a page that cannot be had
            later would end the process that touches it.
    """
    for file in _in_memory():
        try:
            return file, _filled(file, size)
        except OSError as error:
            log.warning("memory that processes share lies elsewhere than %s: %s", file.path, error)
    file = _in_folder(Path(tempfile.gettempdir()))
    return file, _filled(file, size)


def _in_memory() -> Iterator[File]:
    """Files that are memory, the best first; made when they are asked for."""
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # Python or the system is older than they are
            nameless = open(os.memfd_create("dynseg"), "wb")  # noqa: SIM115
            yield File(Path(f"/proc/self/fd/{nameless.fileno()}"), nameless)
        with suppress(OSError):
            yield _in_folder(_MEMORY_FOLDER)
    yield from ()  # elsewhere this is no generator to a type checker


def _in_folder(folder: Path) -> File:
    descriptor, name = tempfile.mkstemp(prefix="dynseg-", dir=folder)
    os.close(descriptor)
    return File(Path(name))


def _filled(file: File, size: int) -> Bytes:
    """Its bytes, when there is room for all of them; else it is removed."""
    try:
        with file.path.open("wb") as stream:
            for start in range(0, size, len(_PIECE)):
                stream.write(_PIECE[: size - start])
        return attach(file.path)
    except OSError:
        file.remove()
        raise


def attach(path: Path) -> Bytes:
    """The bytes of the file, for reading and writing.

    Raises:
        OSError: it is gone.
    """
    mapped: Bytes = np.memmap(path, np.uint8, mode="r+").view(np.ndarray)
    return mapped


def parted(part: Bytes) -> tuple[Bytes, NDArray[np.int64]]:
    """A hand's part of the memory: for candidates, and for the request that it is at."""
    return part[:-AT_BYTES], part[-AT_BYTES:].view(np.int64)[:1]
