"""The process that decodes a large image: the memory for it ends with the process.

    python -m dynseg.images.unpack SOURCE TARGET           all levels
    python -m dynseg.images.unpack SOURCE TARGET SIDE_PX   a thumbnail, RGB

The last line of its output is one JSON object: `width`, `height`, `note`, or `reason` and `hint`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from dynseg.errors import ImageError
from dynseg.images.decode import decode, decode_small
from dynseg.images.levels import Levels, Pixels

STRIP_ROWS = 256
"""Rows that are turned at a time; even, so that halves fit."""


def write_levels(source: Path, target: Path) -> Levels:
    """Decode an image and write its levels.

    Raises:
        ImageError: as `decode`.
        OSError: the file cannot be written, for instance because the disk is full.
    """
    decoded = decode(source)
    height, width = decoded.pixels.shape[:2]
    levels = Levels(target, width, height, decoded.note)
    with target.open("wb") as file:
        pixels: Pixels = decoded.pixels
        del decoded
        for level in range(levels.count):
            if level:
                pixels = _halved(pixels)
            for strip in _strips(pixels):
                file.write(cv2.cvtColor(strip, cv2.COLOR_RGB2BGRA).data)
    return levels


def write_small(source: Path, target: Path, side_px: int) -> tuple[int, int]:
    """Decode an image and write it small, `(H, W, 3)` uint8 RGB; returns width and height.

    Raises:
        ImageError: as `decode_small`.
        OSError: the file cannot be written.
    """
    pixels = decode_small(source, side_px)
    target.write_bytes(np.ascontiguousarray(pixels).data)
    return pixels.shape[1], pixels.shape[0]


def _strips(pixels: Pixels) -> Iterator[Pixels]:
    for top in range(0, len(pixels), STRIP_ROWS):
        yield pixels[top : top + STRIP_ROWS]


def _halved(pixels: Pixels) -> Pixels:
    """Means of two by two pixels; the last row and column stand alone where the number is odd."""
    height, width = pixels.shape[:2]
    half = np.empty((-(-height // 2), -(-width // 2), 3), np.uint8)
    for top in range(0, height, STRIP_ROWS):
        strip = pixels[top : top + STRIP_ROWS]
        odd_rows, odd_columns = len(strip) % 2, width % 2
        if odd_rows or odd_columns:
            strip = np.pad(strip, ((0, odd_rows), (0, odd_columns), (0, 0)), "edge")
        rows, columns = strip.shape[0] // 2, strip.shape[1] // 2
        half[top // 2 : top // 2 + rows] = cv2.resize(
            strip, (columns, rows), interpolation=cv2.INTER_AREA
        )
    return half


def main(arguments: list[str]) -> int:
    """Write the levels of one image, or a small one of it; returns the exit status."""
    source, target = (Path(argument) for argument in arguments[:2])
    answer: dict[str, object]
    try:
        if len(arguments) > 2:
            width, height = write_small(source, target, int(arguments[2]))
            answer = {"width": width, "height": height}
        else:
            levels = write_levels(source, target)
            answer = {"width": levels.width, "height": levels.height, "note": levels.note}
    except ImageError as error:
        answer = {"reason": error.reason, "hint": error.hint}
    except OSError as error:
        answer = {
            "reason": f"could not be unpacked to {target.parent} ({error.strerror or error})",
            "hint": "Free some disk space: an image takes up to 6 bytes a pixel there.",
        }
    except MemoryError:
        answer = {"reason": "needs more memory than there is", "hint": "Cut it into tiles first."}
    sys.stdout.write(json.dumps(answer) + "\n")
    return 1 if "reason" in answer else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
