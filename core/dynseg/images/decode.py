"""The one decoder: canvas, model, training and export see the same pixels.

Rules, the same for every format; Pillow reads them, but for what it gets wrong in TIFF (`tiff`):

* EXIF orientation is applied, whatever the format.
* The first frame of an animation or of a multi-page file is the image; `note` says so.
* More than 8 bits become 8 as `shades` says; `note` says so.
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

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from dynseg.errors import ImageError
from dynseg.images import deep, foreign, heif, quiet_tiff, shades
from dynseg.images.shades import CUT, STRETCHED
from dynseg.images.tiff import image as tiff_image
from dynseg.images.tiff import refusal
from dynseg.images.tiff.image import TiffImage

heif.register()

MAX_PIXELS = 512_000_000
"""Larger images are refused from their header: decoding one would take over 1.5 GB."""
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses what is over twice its number: ours

_MOST_BYTES = 12 * MAX_PIXELS
"""No more is taken for values of more than 8 bits: what so many grey floats of 32 bits take."""
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
def opened(path: Path, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image | TiffImage]:
    """Open an image and turn everything that Pillow raises into `ImageError`.

    Raises:
        ImageError: the file is missing, no image, or over `max_pixels`; also what goes wrong with
            it in the block.
    """
    with _telling(path), warnings.catch_warnings():
        # Pillow warns of bombs and of odd EXIF; the size is checked here, the rest is harmless.
        warnings.simplefilter("ignore")
        with tiff_image.opened(path) as own:
            if own is not None:
                quiet_tiff.be_quiet()
                _require_pixels(path, own, max_pixels)
                if own.memory_bytes > _MOST_BYTES:
                    raise Image.DecompressionBombError
                yield own
                return
        with Image.open(path) as image:
            if isinstance(image, ImageFile.StubImageFile):
                raise UnidentifiedImageError  # HDF5 and the like: Pillow knows their start alone
            if image.format == "TIFF":
                quiet_tiff.be_quiet()
                image.seek(tiff_image.first_directory(path))
                never_map(image)
            _require_pixels(path, image, max_pixels)
            yield image


def never_map(image: Image.Image) -> None:
    """Let Pillow read a TIFF that lies on its side: mapped, its pixels would be scrambled."""
    if isinstance(image, ImageFile.ImageFile) and _orientation(image) in _SWAPPED_ORIENTATIONS:
        image.filename = ""


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what is raised within into `ImageError`."""
    try:
        yield
    except ImageError:
        raise
    except FileNotFoundError as error:
        raise ImageError(path, "is not there any more", "Put it back or rescan.") from error
    except UnidentifiedImageError as error:
        raise _unknown(path) from error
    except Image.DecompressionBombError as error:
        raise ImageError(path, "is too large to be decoded", "Cut it into tiles first.") from error
    except MemoryError as error:
        raise ImageError(path, "needs more memory than there is") from error
    except DAMAGE as error:
        raise _damage(path, error) from error


def _unknown(path: Path) -> ImageError:
    """What to say of a file that no decoder takes."""
    if _is_empty(path):
        return ImageError(path, "is empty", "Replace or remove it.")
    kind, reason = foreign.of_content(path), refusal.why(path)
    if kind is not None:
        return ImageError(path, foreign.refusal(kind.what, kind.do))
    if reason or refusal.is_tiff(path):
        return ImageError(path, foreign.refusal(reason or refusal.UNKNOWN, refusal.DO))
    return ImageError(path, "is not an image that can be read", "Replace or remove it.")


def _damage(path: Path, error: Exception) -> ImageError:
    if isinstance(error, OSError) and error.errno:  # the system's, not Pillow's: no damage
        hint = "Check that you may read it, and the disk that it lies on."
        return ImageError(path, f"cannot be read ({error.strerror})", hint)
    if "truncated" in str(error):
        hint = "Copy it again from its source or remove it."
        return ImageError(path, "is truncated", hint)
    reason = refusal.why(path) if "decoder" in str(error) else ""
    if reason:
        return ImageError(path, foreign.refusal(reason, refusal.DO))
    detail = f" ({error})" if str(error) else ""
    return ImageError(path, f"is damaged{detail}", "Replace or remove it.")


def _require_pixels(path: Path, image: Image.Image | TiffImage, most: int) -> None:
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
    with opened(path, max_pixels) as image:
        width, height = image.size if isinstance(image, TiffImage) else _upright_size(image, path)
        stat = path.stat()
        return ImageHeader(
            width=width,
            height=height,
            format=image.format or "",
            frames=_frames(image, path),
            size_bytes=stat.st_size,
            mtime_ns=stat.st_mtime_ns,
        )


def _upright_size(image: Image.Image, path: Path) -> tuple[int, int]:
    width, height = image.size
    if _has_late_metadata(image, path):
        image.load()
    if image.format == "TIFF":  # its size is the upright one in some versions of Pillow
        width, height = _stored_size(image)
    return (height, width) if _orientation(image) in _SWAPPED_ORIENTATIONS else (width, height)


def _frames(image: Image.Image | TiffImage, path: Path) -> int:
    if isinstance(image, TiffImage):
        return image.frames
    if image.format == "TIFF":  # smaller copies of a page are none
        return tiff_image.count_frames(path)
    return int(getattr(image, "n_frames", 1))


def costs_pixels(path: Path) -> int:
    """How many pixels take the memory that `decode` does; read from the header.

    Those of more than 8 bits count as often as their values are larger than a pixel of a screen.

    Raises:
        ImageError: as `read_header`.
    """
    with opened(path) as image:
        return _costs_pixels(image)


def _costs_pixels(image: Image.Image | TiffImage) -> int:
    pixels = image.width * image.height
    return max(pixels, image.memory_bytes // 4) if isinstance(image, TiffImage) else pixels


def decode(path: Path, *, max_pixels: int = MAX_PIXELS) -> DecodedImage:
    """Decode an image file by the rules of this module.

    Raises:
        ImageError: the file is missing, broken, truncated, no image, or over `max_pixels`.
    """
    with opened(path, max_pixels) as image:
        frames = _frames(image, path)
        pixels, note = _upright_jpeg(image, path), ""
        if pixels is None:
            pixels, note = _pixels(image, path)
    # An MPO's further frames are other views of the same shot, which nobody expects to label.
    if frames > 1 and image.format != "MPO":
        note = "; ".join(filter(None, [f"first of {frames} frames", note]))
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return DecodedImage(pixels, note)


def is_stretched(image: Image.Image | TiffImage) -> bool:
    """Whether an open image is grey of more than 8 bits."""
    return image.is_stretched if isinstance(image, TiffImage) else image.mode in _WIDE_MODES


def cuts_colours(image: Image.Image | TiffImage, path: Path) -> bool:
    """Whether an open image has colours of more than 8 bits a channel; asked before it is loaded.

    Pillow tells it only by what it is about to read.
    """
    if isinstance(image, TiffImage):
        return image.cuts_colours
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
    """Bits a channel, by the codestream or the header box (ISO/IEC 15444-1, A.5.1 and I.5.3.1)."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    _, found, size = head.partition(b"\xff\x4f\xff\x51")
    if found and len(size) > 38:
        return (size[38] & 0x7F) + 1
    _, found, box = head.partition(b"ihdr")
    return (box[10] & 0x7F) + 1 if found and len(box) > 10 and box[10] != 255 else 0


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
    with opened(path) as image:
        if image.format in _JPEG_FORMATS and not isinstance(image, TiffImage):
            image.draft("RGB", (side_px, side_px))
        return _pixels(image, path)[0]


def small_costs_pixels(path: Path) -> int:
    """How many pixels `decode_small` has in memory on its way; read from the header.

    Raises:
        ImageError: it is no image, or too large.
    """
    with opened(path) as image:
        if image.format in _JPEG_FORMATS:
            return image.width * image.height // JPEG_LEAST**2
        return _costs_pixels(image)


def _upright_jpeg(image: Image.Image | TiffImage, path: Path) -> NDArray[np.uint8] | None:
    """`(H, W, 3)` uint8 RGB of an upright JPEG; None where Pillow has to look at it."""
    if isinstance(image, TiffImage) or image.format not in _JPEG_FORMATS:
        return None
    if image.mode not in ("RGB", "L") or _orientation(image) != 1:
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


def _pixels(image: Image.Image | TiffImage, path: Path) -> tuple[NDArray[np.uint8], str]:
    """Pixels `(H, W, 3)` uint8 RGB, upright, and a note."""
    if isinstance(image, TiffImage):
        return image.pixels()
    is_cut = cuts_colours(image, path)
    values = _deep_values(image, path) if is_cut else None
    if values is None:
        # Before the orientation: that swallows errors, and damaged pixels are told only once.
        image.load()
    orientation = _orientation(image)
    if values is not None:
        pixels, note = _deep_to_rgb(values)
        return tiff_image.turned(pixels, orientation), note
    upright = _upright(image, orientation)
    if is_stretched(image):
        grey = shades.stretched(np.asarray(upright))
        return np.repeat(grey[:, :, None], 3, axis=2), STRETCHED
    return _to_rgb(upright), CUT if is_cut else ""


def _deep_values(image: Image.Image, path: Path) -> NDArray[np.uint16] | None:
    """`(H, W, 2)` to `(H, W, 4)` of 16 bits, where their high bytes do not tell enough."""
    if image.mode not in ("RGB", "RGBA"):
        return None
    if image.format == "JPEG2000":
        values = deep.jpeg2000(path, _jpeg2000_bits(path))
        if values.shape[1::-1] != image.size:
            raise OSError("its header tells another size")
        return values
    if image.format == "PNG":
        image.load()
        high = np.asarray(image)
        if shades.is_dark(high[:, :, :3]):
            return deep.cleared(deep.png(path, high), image.info.get("transparency"))
    return None


def _deep_to_rgb(values: NDArray[np.uint16]) -> tuple[NDArray[np.uint8], str]:
    """Pixels of colours or grey of 16 bits, `(H, W, 2)` to `(H, W, 4)`, and a note."""
    samples = values.shape[2]
    pixels, is_stretched = shades.colours(values[:, :, : 3 if samples > 2 else 1])
    if samples != 3:
        pixels = np.broadcast_to(pixels, (*pixels.shape[:2], 3))
        pixels = tiff_image.on_white(pixels, (values[:, :, -1:] >> 8).astype(np.uint8))
    return pixels, STRETCHED if is_stretched else CUT


def _to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Pixels `(H, W, 3)` uint8 RGB of an image of no more than 8 bits."""
    if image.mode == "CMYK" or image.mode == "LAB":
        return np.asarray(image.convert("RGB"))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return np.asarray(Image.alpha_composite(white, rgba).convert("RGB"))
    return np.asarray(image.convert("RGB"))
