"""How an image goes into an export so that every reader sees the pixels that the canvas shows.

OpenCV and ultralytics read some files unlike the one decoder of this program: they turn by EXIF in
other formats, keep the high byte of 16 bits, drop alpha, refuse GIF, and ultralytics writes JPEG
files with bytes after their end anew, in place. Such images are written from the decoded pixels,
without loss; all others go out byte for byte.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image

from dynseg.errors import ImageError
from dynseg.images.decode import DAMAGE, cuts_colours, decode, is_stretched, opened, read_header
from dynseg.images.tiff.image import TiffImage

PNG_LEVEL = 3
MIN_SIDE_PX = 10
"""ultralytics refuses smaller images."""
WIDE = "has more than 8 bits a pixel, stretched to 8 as the window shows it"
CUT = "has more than 8 bits a colour, reduced to 8 as the window shows it"
_JPEG_END = b"\xff\xd9"


class Way(StrEnum):
    """How the file in the export comes about."""

    BYTES = "bytes"
    """The file as it is."""
    TRIMMED = "trimmed"
    """The JPEG file of the first picture alone; the same pixels."""
    PNG = "png"
    """Decoded pixels, written as PNG."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What to do with an image.

    Attributes:
        way: How the file in the export comes about.
        suffix: Of the file in the export, with the dot.
        width, height: Pixels after EXIF rotation.
        reason: Why it cannot go out as it is; empty for `Way.BYTES`.
    """

    way: Way
    suffix: str
    width: int
    height: int
    reason: str = ""


def inspect(path: Path) -> Picture:
    """Decide from the header how an image is exported.

    Raises:
        ImageError: it cannot be read.
    """
    header = read_header(path)
    way, suffix, reason = _decide(path, header.format)
    return Picture(way, suffix, header.width, header.height, reason)


def is_wide(path: Path) -> bool:
    """Whether an image has more than 8 bits a channel; one that cannot be read has not."""
    try:
        reason = inspect(path).reason
    except (ImageError, OSError):
        return False
    return reason in (WIDE, CUT)


def _decide(path: Path, file_format: str) -> tuple[Way, str, str]:
    """Way, suffix and reason for a file that `read_header` could read."""
    with opened(path) as image:
        wide = WIDE if is_stretched(image) else CUT if cuts_colours(image, path) else ""
        if isinstance(image, TiffImage):
            return Way.PNG, ".png", wide or f"is {file_format}"
        mode = image.mode
        reason = wide or _difference(image, file_format)
    if file_format == "JPEG" or (file_format == "MPO" and mode in ("RGB", "L")):
        return _decide_jpeg(path, file_format, mode)
    if not reason and file_format == "PNG":
        reason = _png_oddity(path)
    if reason:
        return Way.PNG, ".png", reason
    return Way.BYTES, f".{file_format.lower()}", ""


def _difference(image: Image.Image, file_format: str) -> str:
    """Why other programs read an open image otherwise, empty when they do not."""
    if file_format not in ("PNG", "BMP", "WEBP"):
        return f"is {file_format}"
    if getattr(image, "n_frames", 1) > 1:
        return "has several frames; the first is used"
    if image.has_transparency_data:
        return "has an alpha channel"
    if image.mode not in ("RGB", "L"):
        return f"has the pixel format {image.mode}"
    if _orientation(image) != 1:
        return f"is a {file_format} turned by EXIF"
    return ""


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 2 to 8; 1 when it is absent or makes no sense."""
    try:
        # Pillow's PNG class would decode the whole image here; `_png_oddity` looks behind it.
        value = Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
    except DAMAGE:
        return 1  # damaged EXIF raises whatever its bytes lead to
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _decide_jpeg(path: Path, file_format: str, mode: str) -> tuple[Way, str, str]:
    if file_format == "MPO":
        return Way.TRIMMED, ".jpg", "has several pictures; the first is used"
    if mode not in ("RGB", "L"):
        return Way.PNG, ".png", f"has the pixel format {mode}"
    with path.open("rb") as file:
        file.seek(-2, io.SEEK_END)
        if file.read() == _JPEG_END:
            return Way.BYTES, ".jpg", ""
    return Way.TRIMMED, ".jpg", "has bytes after the end of the picture"


def _png_oddity(path: Path) -> str:
    """Why readers may disagree on a PNG of plain RGB or grey pixels, empty when they do not."""
    with path.open("rb") as file:
        header = file.read(25)
        if header[24] != 8:
            return f"has {header[24]} bits a channel"
        at, after_pixels = 8, False
        while len(start := _read_at(file, at, 8)) == 8 and start[4:] != b"IEND":
            if start[4:] == b"eXIf" and after_pixels:
                return "has EXIF data behind its pixels"
            after_pixels |= start[4:] == b"IDAT"
            at += 12 + int.from_bytes(start[:4], "big")
    return ""


def _read_at(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)


def encode(path: Path, picture: Picture, *, width: int, height: int) -> bytes | None:
    """The content of the file in the export.

    Args:
        path: The image in the project.
        picture: What `inspect` decided.
        width: Width that the labels were drawn on, pixels after EXIF rotation.
        height: Height that the labels were drawn on.

    Returns:
        The bytes, or None when the file goes out as it is.

    Raises:
        ImageError: it is damaged, or not of the size that the labels were drawn on.
    """
    if (picture.width, picture.height) != (width, height):
        raise ImageError(path, f"is no longer {width} x {height} pixels")
    if picture.way is Way.TRIMMED:
        data = path.read_bytes()
        end = jpeg_end(data)
        if end is None:
            raise ImageError(path, "is cut off before the end of the picture")
        return _without_list_of_pictures(data[:end])
    if picture.way is Way.BYTES:
        _require_whole(path, picture)
        return None
    buffer = io.BytesIO()
    Image.fromarray(decode(path).pixels).save(buffer, "PNG", compress_level=PNG_LEVEL)
    return buffer.getvalue()


def _require_whole(path: Path, picture: Picture) -> None:
    """Refuse a damaged file that would go out as it is.

    A JPEG file that ends with the end marker is taken to be whole, since decoding it would be most
    of the work of an export.
    """
    if picture.suffix == ".jpg":
        return
    try:
        with Image.open(path) as image:
            image.load()
    except (*DAMAGE, MemoryError) as error:
        raise ImageError(path, f"cannot be decoded ({error})") from error


def jpeg_end(data: bytes) -> int | None:
    """Offset just behind the end marker of the picture in a JPEG file, None when it has none."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            found = _scan_end(data, at)
            if found is None:
                return None
            at = found
    return at + 2 if data[at : at + 2] == _JPEG_END else None


def _without_list_of_pictures(data: bytes) -> bytes:
    """A JPEG file without the index of an MPO file (CIPA DC-007), which readers would follow."""
    at = 2
    while data[at : at + 1] == b"\xff" and 0xE0 <= data[at + 1] <= 0xEF:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xE2 and data[at + 4 : at + 8] == b"MPF\0":
            return data[:at] + data[end:]
        at = end
    return data


def _scan_end(data: bytes, at: int) -> int | None:
    """Offset of the first marker after compressed data; stuffed bytes and restarts belong to it."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        following = data[at + 1]
        if following not in (0x00, 0xFF) and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2
    return None
