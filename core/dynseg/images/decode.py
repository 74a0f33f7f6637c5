"""The one decoder: canvas, model, training and export see the same pixels.

Rules, the same for every format that Pillow reads:

* EXIF orientation is applied, whatever the format.
* The first frame of an animation or of a multi-page file is the image; `note` says so.
* Grey images of 16 bits and more, and of floats, are stretched linearly to 8 bits, from the value
  that a thousandth of the pixels lies under to the one that a thousandth lies over: sensors use
  10, 12 or 14 of 16 bits, so their high byte would be black, and so would a stretch to the highest
  value, which a single hot pixel decides. Where the two are one value, lowest and highest count.
  Colours of 16 bits are cut to their high byte by Pillow; `note` says both.
* What is transparent lies on white.
* A truncated file is an error, not a half-grey image that gets labelled.

Upright JPEGs without oddities go past Pillow straight to libjpeg-turbo, which Pillow uses as well:
the same pixels in 40 % of the time.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from dynseg.errors import ImageError
from dynseg.images import heif, quiet_tiff

heif.register()

MAX_PIXELS = 512_000_000
"""Larger images are refused from their header: decoding one would take over 1.5 GB."""
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses what is over twice its number: ours

JPEG_LEAST = 8
"""A JPEG can be decoded at an eighth of its sides."""
_JPEG_FORMATS = {"JPEG", "MPO"}
_SWAPPED_ORIENTATIONS = {5, 6, 7, 8}
_WIDE_MODES = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
"""Of Pillow, for grey of more than 8 bits."""
_WIDE_COLOURS = re.compile(r"(RGB|LA|CMYK|R|G|B|A|C|M|Y|K)[A-Za-z]?;16[BLN]?")
"""What Pillow calls pixels of 16 bits a channel in a file, of which it keeps the high bytes. It has
no mode for them, and calls those of BMP that have 16 bits in all `BGR;16`."""
_PNG_METADATA = {b"eXIf", b"tEXt", b"zTXt", b"iTXt"}
_OUTLIERS = 0.001
"""Share of the pixels of a 16-bit image that may be clipped at either end."""
_BLOCK_PIXELS = 1 << 20
DAMAGE = (
    OSError, ValueError, TypeError, SyntaxError, LookupError, EOFError, ArithmeticError,
    AttributeError, RuntimeError, AssertionError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's plug-ins raise on damaged files: nearly everything."""


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """Pixels as every part of the program sees them.

    Attributes:
        pixels: `(H, W, 3)` uint8, RGB, C-contiguous, read-only.
        note: What a person should know, a clause; empty when there is nothing.
    """

    pixels: NDArray[np.uint8]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What the start of an image file says.

    Attributes:
        width, height: Size in pixels after EXIF rotation.
        format: Pillow's name of the format: `"JPEG"`.
        frames: Frames or pages.
        size_bytes: Size of the file.
        mtime_ns: When the file was last changed, nanoseconds since the epoch.
    """

    width: int
    height: int
    format: str
    frames: int
    size_bytes: int
    mtime_ns: int


@contextmanager
def _opened(path: Path, max_pixels: int) -> Iterator[Image.Image]:
    """Open an image and turn everything that Pillow raises into `ImageError`."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of bombs and of odd EXIF; the size is checked here, the rest is harmless.
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                if image.format == "TIFF":
                    quiet_tiff.be_quiet()
                _require_pixels(path, image, max_pixels)
                yield image
    except ImageError:
        raise
    except FileNotFoundError as error:
        raise ImageError(path, "is not there any more", "Put it back or rescan.") from error
    except UnidentifiedImageError as error:
        reason = "is empty" if _is_empty(path) else "is not an image that can be read"
        raise ImageError(path, reason, "Replace or remove it.") from error
    except Image.DecompressionBombError as error:
        raise ImageError(path, "is too large to be decoded", "Cut it into tiles first.") from error
    except MemoryError as error:
        raise ImageError(path, "needs more memory than there is") from error
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno:  # the system's, not Pillow's: no damage
            hint = "Check that you may read it, and the disk that it lies on."
            raise ImageError(path, f"cannot be read ({error.strerror})", hint) from error
        if "truncated" in str(error):
            hint = "Copy it again from its source or remove it."
            raise ImageError(path, "is truncated", hint) from error
        detail = f" ({error})" if str(error) else ""
        raise ImageError(path, f"is damaged{detail}", "Replace or remove it.") from error


def _require_pixels(path: Path, image: Image.Image, most: int) -> None:
    if image.width * image.height > most:
        raise ImageError(
            path,
            f"is {image.width} x {image.height} pixels, over the limit of {most // 1_000_000} "
            "million",
            "Cut it into tiles first.",
        )


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:  # it has gone in between
        return False


def read_header(path: Path, *, max_pixels: int = MAX_PIXELS) -> ImageHeader:
    """Read size and format without decoding pixels.

    Raises:
        ImageError: the file is missing, no image, or over `max_pixels`.
    """
    with _opened(path, max_pixels) as image:
        width, height = image.size
        if _has_late_metadata(image, path):
            image.load()
        if image.format == "TIFF":  # its size is the upright one in some versions of Pillow
            width, height = _stored_size(image)
        if _orientation(image) in _SWAPPED_ORIENTATIONS:
            width, height = height, width
        stat = path.stat()
        return ImageHeader(
            width=width,
            height=height,
            format=image.format or "",
            frames=int(getattr(image, "n_frames", 1)),
            size_bytes=stat.st_size,
            mtime_ns=stat.st_mtime_ns,
        )


def stored_pixels(path: Path) -> int:
    """Number of pixels as the file's header has it; nothing else is read.

    Raises:
        ImageError: as `read_header`.
    """
    with _opened(path, MAX_PIXELS) as image:
        return image.width * image.height


def decode(path: Path, *, max_pixels: int = MAX_PIXELS) -> DecodedImage:
    """Decode an image file by the rules of this module.

    Raises:
        ImageError: the file is missing, broken, truncated, no image, or over `max_pixels`.
    """
    with _opened(path, max_pixels) as image:
        frames = int(getattr(image, "n_frames", 1))
        cut = cuts_colours(image, path)
        orientation = _orientation(image) if image.format in _JPEG_FORMATS else None
        pixels, note = _jpeg_pixels(image, path) if orientation == 1 else None, ""
        if pixels is None:
            # Before the orientation: that swallows errors, and damaged pixels are told only once.
            image.load()
            pixels, note = _to_rgb(_upright(image, _orientation(image)))
    # An MPO's further frames are other views of the same shot, which nobody expects to label.
    if frames > 1 and image.format != "MPO":
        note = "; ".join(filter(None, [f"first of {frames} frames", note]))
    if cut:
        note = "; ".join(filter(None, [note, CUT]))
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return DecodedImage(pixels, note)


def is_stretched(image: Image.Image) -> bool:
    """Whether an open image is grey of more than 8 bits."""
    return image.mode in _WIDE_MODES


def cuts_colours(image: Image.Image, path: Path) -> bool:
    """Whether an open image has colours of more than 8 bits a channel; asked before it is loaded.

    Pillow tells it only by what it is about to read.
    """
    if heif.has_deep_colours(image):
        return True
    if image.format == "JPEG2000":
        return image.mode in ("RGB", "RGBA", "LA", "YCbCr") and _jpeg2000_bits(path) > 8
    for tile in getattr(image, "tile", []):
        told = tile[3] if isinstance(tile[3], tuple) else (tile[3],)
        if isinstance(told[0], str) and _WIDE_COLOURS.fullmatch(told[0]):
            return True
        if image.format == "PPM" and image.mode == "RGB" and told[-1] in range(256, 65536):
            return True
    return False


def _jpeg2000_bits(path: Path) -> int:
    """Bits a channel by the header box (ISO/IEC 15444-1, I.5.3.1); 0 where there is none."""
    with path.open("rb") as file:
        _, found, box = file.read(4096).partition(b"ihdr")
    return (box[10] & 0x7F) + 1 if found and len(box) > 10 else 0


def is_first_of_several(note: str) -> bool:
    """Whether a note of `decode` says that the file has further frames."""
    return note.split(" ", 1)[0] == "first"


def decode_small(path: Path, side_px: int) -> NDArray[np.uint8]:
    """The image for a thumbnail: the same rules, but JPEGs are decoded at a fraction of their size.

    Args:
        path: The image file.
        side_px: The longer side of what comes back, at most; smaller images stay as they are.

    Returns:
        `(H, W, 3)` uint8 RGB.

    Raises:
        ImageError: as `decode`.
    """
    small = Image.fromarray(decode_coarse(path, side_px))
    small.thumbnail((side_px, side_px), reducing_gap=2.0)
    return np.asarray(small)


def decode_coarse(path: Path, side_px: int) -> NDArray[np.uint8]:
    """The image for who will reduce it: the same rules, JPEGs at a fraction of their size.

    Args:
        path: The image file.
        side_px: The shorter side of what comes back, at least, where the image is as large.

    Returns:
        `(H, W, 3)` uint8 RGB.

    Raises:
        ImageError: as `decode`.
    """
    with _opened(path, MAX_PIXELS) as image:
        if image.format in _JPEG_FORMATS:
            image.draft("RGB", (side_px, side_px))
        image.load()
        return _to_rgb(_upright(image, _orientation(image)))[0]


def small_costs_pixels(path: Path) -> int:
    """How many pixels `decode_small` has in memory on its way; read from the header.

    Raises:
        ImageError: it is no image, or too large.
    """
    with _opened(path, MAX_PIXELS) as image:
        if image.format in _JPEG_FORMATS:
            return image.width * image.height // JPEG_LEAST**2
        return image.width * image.height


def _jpeg_pixels(image: Image.Image, path: Path) -> NDArray[np.uint8] | None:
    """`(H, W, 3)` uint8 RGB of an upright JPEG; None where Pillow has to look at it."""
    if image.mode not in ("RGB", "L"):
        return None
    try:
        # Anything that libjpeg-turbo only warns of is an error here: Pillow then decides.
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(path.read_bytes(), "RGB", strict=True)
    except (ValueError, RuntimeError):
        return None
    return pixels if pixels.shape == (image.height, image.width, 3) else None


def _has_late_metadata(image: Image.Image, path: Path) -> bool:
    """Whether a PNG has metadata behind its pixels, where only decoding finds it."""
    if image.format != "PNG":
        return False
    pixels_seen = False
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            pixels_seen |= kind == b"IDAT"
            if pixels_seen and kind in _PNG_METADATA:
                return True
            file.seek(length + 4, 1)
    return False


def _stored_size(image: Image.Image) -> tuple[int, int]:
    """Width and height of a TIFF as its tags have them, before any rotation."""
    # Only now: loading the plug-in takes 20 ms of the start of a window that may never need it.
    from PIL.TiffImagePlugin import IMAGELENGTH, IMAGEWIDTH, TiffImageFile

    assert isinstance(image, TiffImageFile)
    return int(image.tag_v2[IMAGEWIDTH]), int(image.tag_v2[IMAGELENGTH])


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 where it is absent or makes no sense."""
    try:
        # Not the method of the PNG plug-in, which decodes all pixels to look behind them.
        value = Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
    except DAMAGE:  # an image whose EXIF cannot be read is upright
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    method = _TRANSPOSITIONS.get(orientation)
    return image if method is None else image.transpose(method)


STRETCHED = "more than 8 bits, shown stretched to 8; the file stays as it is"
CUT = "more than 8 bits a colour, shown with the highest 8; the file stays as it is"


def _to_rgb(image: Image.Image) -> tuple[NDArray[np.uint8], str]:
    """Pixels `(H, W, 3)` uint8 RGB and a note."""
    if is_stretched(image):
        grey = _stretched(np.asarray(image))
        return np.repeat(grey[:, :, None], 3, axis=2), STRETCHED
    if image.mode == "CMYK" or image.mode == "LAB":
        return np.asarray(image.convert("RGB")), ""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return np.asarray(Image.alpha_composite(white, rgba).convert("RGB")), ""
    return np.asarray(image.convert("RGB")), ""


def _stretched(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """`(H, W)` of any number type to uint8, by the rule of this module.

    In blocks of rows: numpy counts and looks up in 8 bytes a pixel, four times what 16 bits take.
    """
    result = np.empty(values.shape, np.uint8)
    rows = max(1, _BLOCK_PIXELS // max(1, values.shape[1]))
    blocks = [slice(start, start + rows) for start in range(0, len(values), rows)]
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        shades = np.arange(1 << 16)
        counts = np.zeros(len(shades), np.int64)
        for block in blocks:
            counts += np.bincount(values[block].ravel(), minlength=len(shades))
        table = _scaled(shades, *_shades(counts))
        for block in blocks:
            result[block] = table[values[block]]
        return result
    wide = _finite(values)
    lowest, highest = float(wide.min()), float(wide.max())
    first, last = np.quantile(wide, [_OUTLIERS, 1 - _OUTLIERS], overwrite_input=True)
    del wide
    low, high = (float(first), float(last)) if last > first else (lowest, highest)
    for block in blocks:
        result[block] = _scaled(_finite(values[block]), low, high)
    return result


def _shades(counts: NDArray[np.int64]) -> tuple[int, int]:
    """The values that become black and white, from how many pixels `(65536,)` have each."""
    below, size = np.cumsum(counts), int(counts.sum())
    low = int(np.searchsorted(below, _OUTLIERS * size, side="right"))
    high = int(np.searchsorted(below, (1 - _OUTLIERS) * size))
    if high > low:
        return low, high
    used = np.flatnonzero(counts)
    return int(used[0]), int(used[-1])


def _finite(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """A copy as numbers; what is none is 0."""
    return np.nan_to_num(values.astype(np.float64), copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def _scaled(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    if high <= low:
        return np.zeros(values.shape, np.uint8)
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.round(share * 255).astype(np.uint8)
