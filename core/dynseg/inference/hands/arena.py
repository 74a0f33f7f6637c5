"""Memory that several processes see: a file that all of them map."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MEMORY_FOLDER = Path("/dev/shm")
"""Files here are memory; elsewhere the system writes them to a disk when it finds the time."""

_PIECE = bytes(1 << 20)

Bytes = NDArray[np.uint8]

AT_BYTES = 64
"""At the end of a hand's part of the memory: which request it is at."""


def create(size: int) -> tuple[Path, Bytes]:
    """A new file of zeros, mapped; whoever wants to see it maps it before it is removed.

    The memory is there as long as anybody has it mapped.

    Args:
        size: Bytes.

    Raises:
        OSError: there is no room for it. Every byte is written now: a page that cannot be had
            later would end the process that touches it.
    """
    folder = _MEMORY_FOLDER if sys.platform == "linux" and _MEMORY_FOLDER.is_dir() else None
    with tempfile.NamedTemporaryFile(prefix="dynseg-", dir=folder, delete=False) as file:
        path = Path(file.name)
        try:
            for start in range(0, size, len(_PIECE)):
                file.write(_PIECE[: size - start])
            file.flush()
        except OSError:
            file.close()
            path.unlink()
            raise
    return path, attach(path)


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
