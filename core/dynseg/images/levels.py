"""A decoded image on the disk, at full size and in halves, read piece by piece.

An image of 20,000 x 20,000 pixels takes 1.6 GB as a picture that a screen can show. Here only the
piece that is looked at comes into memory: rows of a file that the operating system keeps as long as
it has room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import ImageError

SMALLEST_PX = 256
"""Longest side of the last level."""
Pixels = NDArray[np.uint8]
FileState = tuple[Path, int, int]
"""An image file as it is: path, time of its last change in nanoseconds, and size in bytes."""


def file_state(path: Path) -> FileState:
    """What tells one content of an image file from another.

    Raises:
        ImageError: the file is not there.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise ImageError(path, "is not there any more", "Put it back or rescan.") from error
    return path, stat.st_mtime_ns, stat.st_size


def ended_early(path: Path) -> ImageError:
    """What to say when the process that decodes an image ended without a word."""
    hint = "Cut it into tiles, or close other programs."
    return ImageError(path, "needs more memory than there is", hint)


@dataclass(frozen=True, slots=True)
class Levels:
    """Where the levels of one image lie in their file; level `i` has a half as often as `i` says.

    Attributes:
        path: The file: the levels one after the other, rows of 4 bytes a pixel (blue, green, red,
            255), as a 32-bit RGB picture has them on every machine that is little-endian.
        width, height: Of the image, pixels.
        note: What the decoder said of the image.
    """

    path: Path
    width: int
    height: int
    note: str = ""

    @property
    def count(self) -> int:
        """Number of levels; the last one is no longer than `SMALLEST_PX`, or the first is alone."""
        longest = max(self.width, self.height)
        return 1 + max(0, math.ceil(math.log2(longest / SMALLEST_PX))) if longest else 1

    def size(self, level: int) -> tuple[int, int]:
        """Width and height of a level."""
        return -(-self.width >> level), -(-self.height >> level)

    @property
    def size_bytes(self) -> int:
        """Room that the file takes."""
        return self._offset(self.count)

    def is_there(self) -> bool:
        """Whether the file has not been removed."""
        return self.path.is_file()

    def piece(self, level: int, box: tuple[int, int, int, int]) -> Pixels:
        """A part of a level: `(H, W, 4)` uint8, blue, green, red and 255, C-contiguous.

        Args:
            level: Its number.
            box: Left, top, right and bottom in pixels of the level; cut to it.

        Raises:
            OSError: the file cannot be read.
        """
        width, height = self.size(level)
        left, top = max(box[0], 0), max(box[1], 0)
        right, bottom = min(box[2], width), min(box[3], height)
        rows = np.memmap(
            self.path, np.uint8, "r", self._offset(level) + top * width * 4,
            (max(bottom - top, 0), width, 4),
        ) if bottom > top and right > left else np.zeros((0, width, 4), np.uint8)  # fmt: skip
        # A copy, so that the mapping ends here and with it the memory that it counts for.
        return np.array(rows[:, left:right])

    def _offset(self, level: int) -> int:
        return sum(math.prod(self.size(i)) * 4 for i in range(level))
