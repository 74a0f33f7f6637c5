"""HEIC photographs, as iPhones and some cameras take them, for `PIL.Image.open`.

libheif turns them as the file says, so that they have no orientation left. It is loaded with the
first of them: that takes longer than all of Pillow, and a window may never need it.
"""

from __future__ import annotations

from typing import IO

from PIL import Image, ImageFile

FORMAT = "HEIF"
_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
"""Of ISO/IEC 23008-12: still pictures and sequences in HEVC. AVIF has brands of its own."""


def _accepts(start: bytes) -> bool:
    return start[4:8] == b"ftyp" and start[8:12] in _BRANDS


def _opened(file: IO[bytes], name: str | bytes) -> ImageFile.ImageFile:
    from pillow_heif import HeifImageFile

    opened: ImageFile.ImageFile = HeifImageFile(file, name)  # type: ignore[no-untyped-call]
    return opened


def register() -> None:
    """Let `Image.open` know of them."""
    Image.register_open(FORMAT, _opened, _accepts)


def has_deep_colours(image: Image.Image) -> bool:
    """Whether an open image has more than 8 bits a channel, of which the highest 8 are shown."""
    return image.format == FORMAT and int(image.info.get("bit_depth") or 8) > 8
