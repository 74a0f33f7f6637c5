"""An open TIFF whose pixels are read here, not by Pillow: what it shows, as RGB.

Pillow reads photographs in TIFF right, and these are left to it. It refuses, or gets wrong, what
instruments write: floats of 64 bits, whole numbers of 32 bits without a sign or of 8 with one,
colours of 16 bits in planes, grey of which 0 is white, samples that are channels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import starmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.images import shades
from dynseg.images.shades import CUT, STRETCHED
from dynseg.images.tiff import tags, values
from dynseg.images.tiff.channels import TINTS, Stack, Tint, stack
from dynseg.images.tiff.layout import CMYK, GREYS, MIN_IS_WHITE, NONE, RGB, Layout, in_block, layout

Pixels = NDArray[np.uint8]
SUFFIXES = frozenset({".tif", ".tiff", ".btf", ".tf8"})
"""Of files that are opened here, lower case; the last two are what BigTIFF is called at times."""
_SWAPPED = range(5, 9)
_BLOCK_ROWS = 256


class TiffImage:
    """An image of an open TIFF.

    Args:
        file: The TIFF.
        pages: Of each channel; one where a page has all of the image.
        stack: What the file says of channels.
        frames: Images in the file.

    Attributes:
        width, height: Upright, pixels.
    """

    format = "TIFF"

    def __init__(self, file: BinaryIO, pages: list[Layout], stack: Stack, frames: int) -> None:
        self.file = file
        self.pages = pages
        self.stack = stack
        self.frames = frames
        sides = (pages[0].width, pages[0].height)
        self.width, self.height = sides[::-1] if pages[0].orientation in _SWAPPED else sides

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, upright."""
        return self.width, self.height

    @property
    def memory_bytes(self) -> int:
        """What its values take at most; most kinds are copied to floats of 64 bits on their way."""
        page = self.pages[0]
        size = page.kind.itemsize
        shown = 1 if self.is_composite else len(self._shown)
        each = size if page.kind.kind == "u" and size <= 2 else size + 8
        return page.width * page.height * shown * each

    @property
    def is_composite(self) -> bool:
        """Whether several channels are laid over each other."""
        return self.stack.channels > 1 or len(self._shown) == 2

    @property
    def is_stretched(self) -> bool:
        """Whether it is grey of more than 8 bits."""
        return self.pages[0].is_wide and (self.is_composite or len(self._shown) != 3)

    @property
    def cuts_colours(self) -> bool:
        """Whether it has colours of more than 8 bits."""
        return self.pages[0].is_wide and not self.is_stretched

    @property
    def _shown(self) -> tuple[int, ...]:
        """The samples of a page that make the picture."""
        page = self.pages[0]
        plain = [i for i in range(page.samples) if i != page.alpha]
        if self.stack.in_page:
            return tuple(plain)
        return tuple(plain[: 4 if page.photometric == CMYK else 3])

    def pixels(self) -> tuple[Pixels, str]:
        """`(H, W, 3)` uint8 RGB, upright, and a note.

        Raises:
            OSError: the file is truncated or damaged.
            MemoryError: there is not enough for it.
        """
        page, shown = self.pages[0], self._shown
        if self.is_composite:
            pixels, note = self._composite()
        elif page.photometric == CMYK:
            cut = _high_bytes(values.read(self.file, page, shown))
            pixels, note = np.asarray(Image.fromarray(cut, "CMYK").convert("RGB")), CUT
        elif len(shown) == 3:
            pixels, note = self._colours(shown)
        else:
            pixels = np.repeat(self._grey(page, shown[0])[:, :, None], 3, axis=2)
            note = STRETCHED if page.is_wide else ""
        if page.alpha is not None:
            opaque = _high_bytes(values.read(self.file, page, [page.alpha]))
            pixels = on_white(pixels, opaque)
        return np.ascontiguousarray(turned(pixels, page.orientation)), note

    def planes(self) -> list[NDArray[Any]]:
        """Values of the pages as they are, `(H, W, samples)` each, upright.

        Raises:
            OSError: the file is truncated or damaged.
            MemoryError: there is not enough for it.
        """
        return [
            np.ascontiguousarray(
                turned(values.read(self.file, page, range(page.samples)), page.orientation)
            )
            for page in self.pages
        ]

    def _composite(self) -> tuple[Pixels, str]:
        if len(self.pages) > 1:
            greys = [self._grey(page, 0) for page in self.pages]
        else:
            greys = [self._grey(self.pages[0], sample) for sample in self._shown]
        stack = self.stack
        tints = stack.tints if stack.channels > 1 else TINTS[: len(greys)]
        names = stack.names if stack.channels > 1 else ("",) * len(greys)
        told = ", ".join(starmap(_in_colour, zip(range(1, 99), names, tints, strict=False)))
        note = f"{len(greys)} channels in one picture ({told})"
        if self.pages[0].is_wide:
            note += "; " + STRETCHED
        return tinted(greys, tints), note

    def _grey(self, page: Layout, sample: int) -> Pixels:
        found = self._read(page, [sample])[:, :, 0]
        grey = shades.stretched(found, page.no_data) if page.is_wide else found
        return np.asarray(255 - grey if page.photometric == MIN_IS_WHITE else grey)

    def _read(self, page: Layout, shown: Sequence[int]) -> NDArray[Any]:
        """Values of samples, not times how opaque they are."""
        found = values.read(self.file, page, shown)
        if page.is_premultiplied and page.alpha is not None:
            _divide(found, values.read(self.file, page, [page.alpha]))
        return found

    def _colours(self, shown: tuple[int, ...]) -> tuple[Pixels, str]:
        page = self.pages[0]
        found, note = self._read(page, shown), ""
        if page.is_wide:
            found, is_stretched = shades.colours(found, page.no_data)
            note = STRETCHED if is_stretched else CUT
        rest = page.samples - 3 - (page.alpha is not None)
        if rest > (page.photometric == RGB):  # one more is what an unused fourth sample looks like
            told = f"the first three of {3 + rest} channels, as red, green and blue"
            note = f"{told}; {note}" if note else told
        return found, note


class TiffSource:
    """An open TIFF and the images in it.

    Args:
        file: Stays open as long as this is used.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._first = tags.first_page(file)
        page = layout(self._first) if self._first is not None else None
        self._page = page
        samples = page.samples if page is not None and page.photometric in GREYS else 1
        told = stack(self._first, samples) if self._first else None
        self._stack = told or Stack()
        several = told is not None and told.pages > 1
        # A stack of thousands of pages is walked through only where it matters.
        self._places = tags.page_places(file) if several else None
        self._is_one_block = several and self._lies_in_one_block()
        if self._places is not None and not self._is_one_block:
            is_whole = len(self._places) == self._stack.pages
            if not is_whole or (self._stack.channels > 1 and not self._pages(0)):
                self._stack = Stack()

    @property
    def frames(self) -> int:
        """Images in the file, 1 at least."""
        if self._stack.pages > 1:
            return self._stack.frames
        if self._places is None:
            self._places = tags.page_places(self._file)
        return max(1, len(self._places))

    def image(self, frame: int = 0) -> TiffImage | None:
        """One of the images; None where Pillow reads it right, or nothing does.

        Raises:
            OSError: the file ends before all channels of it.
        """
        told, pages = self._stack, self._pages(frame)
        if not pages:
            if told.channels > 1:
                raise OSError("truncated")
            return None
        is_ours = told.channels > 1 or self._is_one_block or _is_ours(pages[0])
        return TiffImage(self._file, pages, told, self.frames) if is_ours else None

    def _pages(self, frame: int) -> list[Layout]:
        """The pages of an image, one for each channel; empty where they cannot be read here."""
        told = self._stack
        channels = 1 if told.in_page else told.channels
        found = [self._layout(told.page(frame, channel)) for channel in range(channels)]
        pages = [page for page in found if page is not None]
        if len(pages) < len(found):
            return []
        alike = {(page.width, page.height, page.samples, page.orientation) for page in pages}
        is_one = len(pages) == 1 or (len(alike) == 1 and pages[0].samples == 1)
        return pages if is_one else []

    def directory(self, frame: int) -> int:
        """Number of the directory that has an image, as Pillow counts them."""
        if self._places is None:
            self._places = tags.page_places(self._file)
        return self._places[frame][0] if frame < len(self._places) else frame

    def _layout(self, number: int) -> Layout | None:
        if self._is_one_block and self._page is not None:
            return in_block(self._page, number)
        if number == 0:
            return self._page
        if self._places is None:
            self._places = tags.page_places(self._file)
        if number >= len(self._places):
            return None
        found = tags.page_at(self._file, self._places[number][1])
        return layout(found) if found is not None else None

    def _lies_in_one_block(self) -> bool:
        """Whether ImageJ wrote one directory for all pages, as it does from 4 GB on."""
        page = self._page
        if page is None or self._places is None or len(self._places) != 1 or self._stack.in_page:
            return False
        last = in_block(page, self._stack.pages - 1)
        end = self._file.seek(0, 2)
        return page.compression == NONE and last.offsets[0] + last.counts[0] <= end


@contextmanager
def opened(path: Path) -> Iterator[TiffImage | None]:
    """Open the first image of a TIFF; None where Pillow reads it right, or it is none by its name.

    Raises:
        OSError: the file cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        yield None  # without opening it: that costs a listing of a network drive its time
        return
    with path.open("rb") as file:
        yield TiffSource(file).image()


def first_directory(path: Path) -> int:
    """Number of the directory of the first page: smaller copies may stand before it."""
    with path.open("rb") as file:
        return tags.first_number(file)


def count_frames(path: Path) -> int:
    """Number of images of a TIFF, without smaller copies of them; 1 at least."""
    with path.open("rb") as file:
        return TiffSource(file).frames


def _is_ours(page: Layout) -> bool:
    if page.photometric == CMYK:
        return page.is_planar and page.kind.kind == "u" and page.kind.itemsize == 2
    if page.is_wide or page.has_gaps:
        return True
    if page.photometric == RGB:
        return page.samples > 4
    # Pillow makes no colours of grey that is stored times its alpha.
    return page.is_premultiplied or page.samples > (1 if page.alpha is None else 2)


def _divide(found: NDArray[Any], opaque: NDArray[Any]) -> None:
    """Undo, in place, that values were stored times how opaque they are, `(H, W, 1)`."""
    is_float = found.dtype.kind == "f"
    highest = 1.0 if is_float else float(np.iinfo(found.dtype).max)
    for top in range(0, len(found), _BLOCK_ROWS):
        rows = slice(top, top + _BLOCK_ROWS)
        share = opaque[rows].astype(np.float64) / highest
        with np.errstate(over="ignore", invalid="ignore"):
            plain = np.divide(found[rows], share, out=np.zeros(found[rows].shape), where=share > 0)
            found[rows] = plain if is_float else np.minimum(np.rint(plain), highest)


def _high_bytes(found: NDArray[Any]) -> Pixels:
    """Values whose highest means 255, as uint8; floats reach from 0 to 1."""
    if found.dtype.kind == "f":
        return np.asarray(np.round(np.nan_to_num(np.clip(found, 0, 1)) * 255), np.uint8)
    if found.dtype.kind == "i":  # half as far as without a sign
        found = np.maximum(found, 0).astype(f"u{found.dtype.itemsize}") << 1
    return np.asarray(found >> (8 * (found.dtype.itemsize - 1)), np.uint8)


_IN_COLOUR: dict[Tint, Callable[[str], str]] = {
    (255, 0, 0): lambda name: f"{name} in red",
    (0, 255, 0): lambda name: f"{name} in green",
    (0, 0, 255): lambda name: f"{name} in blue",
    (255, 255, 255): lambda name: f"{name} in grey",
    (0, 255, 255): lambda name: f"{name} in cyan",
    (255, 0, 255): lambda name: f"{name} in magenta",
    (255, 255, 0): lambda name: f"{name} in yellow",
}


def _in_colour(number: int, name: str, tint: Tint) -> str:
    said = _IN_COLOUR.get(tint)
    return said(name or str(number)) if said is not None else name or str(number)


def on_white(pixels: Pixels, opaque: Pixels) -> Pixels:
    """What is transparent, `opaque` `(H, W, 1)` uint8, lies on white."""
    result = np.empty_like(pixels)
    for top in range(0, len(pixels), _BLOCK_ROWS):
        rows = slice(top, top + _BLOCK_ROWS)
        share = opaque[rows].astype(np.uint32)
        result[rows] = (pixels[rows] * share + 255 * (255 - share) + 127) // 255
    return result


def tinted(greys: list[Pixels], tints: tuple[Tint, ...]) -> Pixels:
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


def turned(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Stored pixels `(H, W, C)` as they are seen, by the table of the EXIF standard."""
    swapped, flips = _TURNS.get(orientation, (0, ""))
    pixels = pixels.transpose(1, 0, 2) if swapped else pixels
    pixels = pixels[:, ::-1] if "x" in flips else pixels
    return pixels[::-1] if "y" in flips else pixels
