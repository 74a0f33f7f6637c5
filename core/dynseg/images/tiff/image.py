"""An open TIFF whose pixels are read here, not by Pillow: what it shows, as RGB.

Pillow reads photographs in TIFF right, and these are left to it. It refuses, or gets wrong, what
instruments write: floats of 64 bits, whole numbers of 32 bits without a sign or of 8 with one,
colours of 16 bits in planes, grey of which 0 is white, samples that are channels.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.images import shades
from dynseg.images.shades import CUT, STRETCHED
from dynseg.images.tiff import tags, values
from dynseg.images.tiff.layout import CMYK, MIN_IS_WHITE, RGB, Layout, layout

Pixels = NDArray[np.uint8]
SUFFIXES = frozenset({".tif", ".tiff"})
"""Of files that are opened here, lower case."""
_SWAPPED = range(5, 9)
_TINTS = ((255, 0, 0), (0, 255, 0))
"""What ImageJ gives the first channels of a composite."""
_BLOCK_ROWS = 256


class TiffImage:
    """An open TIFF.

    Attributes:
        width, height: Upright, pixels.
    """

    format = "TIFF"

    def __init__(self, file: BinaryIO, page: Layout) -> None:
        self._file = file
        self._page = page
        sides = (page.width, page.height)
        self.width, self.height = sides[::-1] if page.orientation in _SWAPPED else sides

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, upright."""
        return self.width, self.height

    @property
    def is_stretched(self) -> bool:
        """Whether it is grey of more than 8 bits."""
        return self._page.is_wide and len(self._shown) != 3

    @property
    def cuts_colours(self) -> bool:
        """Whether it has colours of more than 8 bits."""
        return self._page.is_wide and len(self._shown) == 3

    @property
    def _shown(self) -> tuple[int, ...]:
        """The samples that make the picture: three as red, green and blue, two as channels."""
        plain = [i for i in range(self._page.samples) if i != self._page.alpha]
        return tuple(plain[: 4 if self._page.photometric == CMYK else 3])

    def pixels(self) -> tuple[Pixels, str]:
        """`(H, W, 3)` uint8 RGB, upright, and a note.

        Raises:
            OSError: the file is truncated or damaged.
            MemoryError: there is not enough for it.
        """
        page, shown = self._page, self._shown
        if page.photometric == CMYK:
            cut = _high_bytes(values.read(self._file, page, shown))
            pixels, note = np.asarray(Image.fromarray(cut, "CMYK").convert("RGB")), CUT
        elif len(shown) == 3:
            pixels, note = self._colours(shown)
        else:
            greys = [self._grey(sample) for sample in shown]
            note = STRETCHED if page.is_wide else ""
            pixels = tinted(greys, _TINTS) if len(greys) > 1 else _coloured(greys[0])
        if page.alpha is not None:
            opaque = _high_bytes(values.read(self._file, page, [page.alpha]))
            pixels = on_white(pixels, opaque)
        return np.ascontiguousarray(turned(pixels, page.orientation)), note

    def _grey(self, sample: int) -> Pixels:
        page = self._page
        found = values.read(self._file, page, [sample])[:, :, 0]
        grey = shades.stretched(found, page.no_data) if page.is_wide else found
        return np.asarray(255 - grey if page.photometric == MIN_IS_WHITE else grey)

    def _colours(self, shown: tuple[int, ...]) -> tuple[Pixels, str]:
        page = self._page
        found, note = values.read(self._file, page, shown), ""
        if page.is_wide:
            found, is_stretched = shades.colours(found, page.no_data)
            note = STRETCHED if is_stretched else CUT
        rest = page.samples - 3 - (page.alpha is not None)
        if rest > (page.photometric == RGB):  # one more is what an unused fourth sample looks like
            told = f"the first three of {3 + rest} channels, as red, green and blue"
            note = f"{told}; {note}" if note else told
        return found, note


@contextmanager
def opened(path: Path) -> Iterator[TiffImage | None]:
    """Open a TIFF; None where Pillow reads it right, or it is none by its name.

    Raises:
        OSError: the file cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        yield None  # without opening it: that costs a listing of a network drive its time
        return
    with path.open("rb") as file:
        first = next(tags.pages(file), None)
        page = layout(first) if first is not None else None
        yield TiffImage(file, page) if page is not None and _is_ours(page) else None


def count_pages(path: Path) -> int:
    """Number of pages of a TIFF, without smaller copies of them; 1 at least."""
    with path.open("rb") as file:
        return max(1, tags.count_pages(file))


def _is_ours(page: Layout) -> bool:
    if page.photometric == CMYK:
        return page.is_planar and page.kind.kind == "u" and page.kind.itemsize == 2
    if page.is_wide:
        return True
    if page.photometric == RGB:
        return page.samples > 4
    return page.samples > (1 if page.alpha is None else 2)


def _high_bytes(found: NDArray[Any]) -> Pixels:
    """Values whose highest means 255, as uint8; floats reach from 0 to 1."""
    if found.dtype.kind == "f":
        return np.asarray(np.round(np.nan_to_num(np.clip(found, 0, 1)) * 255), np.uint8)
    return np.asarray(found >> (8 * (found.dtype.itemsize - 1)), np.uint8)


def _coloured(grey: Pixels) -> Pixels:
    return np.repeat(grey[:, :, None], 3, axis=2)


def on_white(pixels: Pixels, opaque: Pixels) -> Pixels:
    """What is transparent, `opaque` `(H, W, 1)` uint8, lies on white."""
    result = np.empty_like(pixels)
    for top in range(0, len(pixels), _BLOCK_ROWS):
        rows = slice(top, top + _BLOCK_ROWS)
        share = opaque[rows].astype(np.uint32)
        result[rows] = (pixels[rows] * share + 255 * (255 - share) + 127) // 255
    return result


def tinted(greys: list[Pixels], tints: tuple[tuple[int, int, int], ...]) -> Pixels:
    """Channels `(H, W)` laid over each other, each in its colour, as light adds up."""
    result = np.empty((*greys[0].shape, 3), np.uint8)
    for top in range(0, len(result), _BLOCK_ROWS):
        rows = slice(top, top + _BLOCK_ROWS)
        light = np.zeros(result[rows].shape, np.uint32)
        for grey, tint in zip(greys, tints, strict=True):
            light += grey[rows, :, None] * np.asarray(tint, np.uint32)
        result[rows] = np.minimum((light + 127) // 255, 255)
    return result


_TURNS = {
    2: (0, "x"),
    3: (0, "xy"),
    4: (0, "y"),
    5: (1, ""),
    6: (1, "x"),
    7: (1, "xy"),
    8: (1, "y"),
}


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """Stored pixels `(H, W, 3)` as they are seen, by the table of the EXIF standard."""
    swapped, flips = _TURNS.get(orientation, (0, ""))
    pixels = pixels.transpose(1, 0, 2) if swapped else pixels
    pixels = pixels[:, ::-1] if "x" in flips else pixels
    return pixels[::-1] if "y" in flips else pixels
