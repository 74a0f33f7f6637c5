"""Mask images: the numbers in their pixels, not the colours that a viewer shows."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.formats.incoming.json_file import UnusableError
from dynseg.images import quiet_tiff
from dynseg.images.decode import DAMAGE
from dynseg.images.tiff.image import TiffSource

PNG = b"\x89PNG\r\n\x1a\n"
"""How a PNG begins."""
KINDS = ("PNG", "BMP", "TIFF")
MAX_BYTES = 256 << 20
_NUMBERS = ("P", "L", "1", "I", "I;16", "I;16B", "I;16L")
_DAMAGE = (*DAMAGE, Image.DecompressionBombError, MemoryError)
_LARGEST = float(1 << 53)
"""Of the whole numbers that floats hold one by one."""


def read_mask(source: Path | bytes, *, width: int, height: int) -> NDArray[np.int64]:
    """The numbers of a mask image, `(height, width)`.

    Palette indices and grey values as they are; colours as red, green and blue in one number. What
    is transparent is 0.

    Args:
        source: A file, or its bytes.
        width: What it must have, pixels; other sizes are refused before anything is decoded.
        height: What it must have.

    Raises:
        UnusableError: it is no image, damaged, or of another size.
    """
    return _read(source, width, height, _numbers)


def read_opaque(source: bytes, *, width: int, height: int) -> NDArray[np.int64]:
    """How opaque the pixels of a mask image are, `(height, width)`, whatever their colours.

    An image in which nothing can be transparent is read as by `read_mask`. For the arguments and
    errors see there.
    """
    return _read(source, width, height, _opaque)


def _read(
    source: Path | bytes,
    width: int,
    height: int,
    pixels: Callable[[Image.Image], NDArray[np.int64]],
) -> NDArray[np.int64]:
    try:
        if isinstance(source, Path) and source.stat().st_size > MAX_BYTES:
            raise UnusableError(f"is larger than {MAX_BYTES >> 20} MB")
        if pixels is _numbers and (found := _of_tiff(source, width, height)) is not None:
            return found
        opened = io.BytesIO(source) if isinstance(source, bytes) else source
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are checked here, and odd tags
            with Image.open(opened, formats=KINDS) as image:
                _require_size(image.size, width, height)
                image.load()
                return pixels(image)
    except _DAMAGE as error:
        raise UnusableError("is a mask that cannot be read") from error


def _require_size(size: tuple[int, int], width: int, height: int) -> None:
    if size != (width, height):
        raise UnusableError(f"is a mask of {size[0]} x {size[1]} pixels, not {width} x {height}")


def _of_tiff(source: Path | bytes, width: int, height: int) -> NDArray[np.int64] | None:
    """The numbers of a TIFF as segmentation programs write it; None where Pillow has them right.

    It refuses the whole numbers of 64 bits of numpy, and makes everything over 255 one number of
    the floats of ImageJ: one object of many.
    """
    with ExitStack() as held:
        file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        image = TiffSource(held.enter_context(file)).image()
        if image is None or len(image.pages) > 1 or image.pages[0].samples > 1:
            return None
        _require_size(image.size, width, height)
        quiet_tiff.be_quiet()
        numbers = image.planes()[0][:, :, 0]
    if numbers.dtype.kind == "f":
        numbers = np.nan_to_num(numbers.astype(np.float64), nan=0, posinf=0, neginf=0)
        numbers = np.round(np.clip(numbers, -_LARGEST, _LARGEST))
    return numbers.astype(np.int64)


def _opaque(image: Image.Image) -> NDArray[np.int64]:
    if not image.has_transparency_data:
        return _numbers(image)
    return np.asarray(image.convert("RGBA"))[:, :, 3].astype(np.int64)


def _numbers(image: Image.Image) -> NDArray[np.int64]:
    if image.mode in _NUMBERS:
        return np.asarray(image).astype(np.int64)
    if image.mode == "LA":
        grey, alpha = np.moveaxis(np.asarray(image).astype(np.int64), 2, 0)
        return np.where(alpha > 0, grey, 0)
    red, green, blue, alpha = np.moveaxis(np.asarray(image.convert("RGBA")).astype(np.int64), 2, 0)
    return np.where(alpha > 0, red << 16 | green << 8 | blue, 0)


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height that a PNG says it has.

    Raises:
        UnusableError: it is none.
    """
    if not data.startswith(PNG) or len(data) < 24:
        raise UnusableError("is a mask that cannot be read")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def png(pixels: NDArray[np.uint8] | NDArray[np.uint16], palette: bytes = b"") -> bytes:
    """A PNG of one or two bytes a pixel; that of one with a palette when one is given."""
    image = Image.fromarray(pixels)
    if palette:
        image.putpalette(palette)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
