"""How the pixels of a TIFF's page lie in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dynseg.images.tiff import tags as t
from dynseg.images.tiff.tags import Tags

NONE = 1
BYTE_CODECS = frozenset({NONE, 5, 8, 32773, 32946, 34925, 50000})
"""Compressions that give back the bytes of the pixels: LZW, Deflate, PackBits, LZMA, Zstandard."""
MIN_IS_WHITE, RGB, CMYK = 0, 2, 5
GREYS = frozenset({MIN_IS_WHITE, 1})
_PREMULTIPLIED = 1
_ALPHA = frozenset({_PREMULTIPLIED, 2})
_KINDS = {1: "u", 2: "i", 3: "f", 4: "u"}
"""Letter of what `SampleFormat` says; 4 says nothing."""
_NUMBER = re.compile(rb"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|-?inf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """One page whose pixels are read byte by byte.

    Attributes:
        width, height: As stored, before any rotation.
        kind: Of one value, in the byte order of the file.
        samples: Values of a pixel.
        photometric: What they mean.
        alpha: Which of them says how opaque the pixel is; None when none does.
        is_premultiplied: Whether the others are stored times that, dark where it is low.
        is_planar: Whether each sample has a plane of its own.
        compression, predictor: By their numbers.
        chunk_width, chunk_height: Size of a strip or tile, pixels.
        offsets, counts: Where the strips or tiles lie, and how many bytes they take.
        orientation: As EXIF has it, 1 to 8.
        no_data: What a value is where nothing was measured (GDAL); None when nothing says so.
    """

    width: int
    height: int
    kind: np.dtype[Any]
    samples: int
    photometric: int
    alpha: int | None
    is_premultiplied: bool
    is_planar: bool
    compression: int
    predictor: int
    chunk_width: int
    chunk_height: int
    offsets: tuple[int, ...]
    counts: tuple[int, ...]
    orientation: int
    no_data: float | None

    @property
    def across(self) -> int:
        """Strips or tiles beside each other."""
        return -(-self.width // self.chunk_width)

    @property
    def chunks(self) -> int:
        """Strips or tiles of a plane."""
        return self.across * -(-self.height // self.chunk_height)

    @property
    def together(self) -> int:
        """Samples of a pixel that lie beside each other."""
        return 1 if self.is_planar else self.samples

    @property
    def has_gaps(self) -> bool:
        """Whether strips or tiles are left out, as GDAL does where nothing was measured."""
        lists = zip(self.offsets, self.counts, strict=False)
        return not all(self.counts) and not all(offset or count for offset, count in lists)

    def is_gap(self, number: int) -> bool:
        """Whether a strip or tile is left out; some programs tell no length of what is there."""
        return not self.counts[number] and not self.offsets[number]

    @property
    def gap(self) -> float:
        """What a value is in such a gap."""
        told = self.no_data
        if told is None or self.kind.kind == "f":
            return told or 0
        limits = np.iinfo(self.kind)
        return told if limits.min <= told <= limits.max else 0

    @property
    def is_wide(self) -> bool:
        """Whether a value has more than 8 bits, or a sign."""
        return self.kind != np.uint8


def layout(tags: Tags) -> Layout | None:
    """How the pixels of a page lie; None where it is in no form that this reads, or damaged."""
    width, height = tags.number(t.WIDTH, 0), tags.number(t.HEIGHT, 0)
    kind, samples = _kind(tags), tags.number(t.SAMPLES, 1)
    compression = tags.number(t.COMPRESSION, NONE)
    photometric = tags.number(t.PHOTOMETRIC, MIN_IS_WHITE)
    is_known = compression in BYTE_CODECS and photometric in (0, 1, 2, 5)
    least = {RGB: 3, CMYK: 4}.get(photometric, 1)
    if kind is None or not is_known or width < 1 or height < 1 or not least <= samples < 1 << 16:
        return None
    if tags.number(t.FILL_ORDER, 1) != 1:
        return None
    predictor = tags.number(t.PREDICTOR, 1) if compression != NONE else 1
    if predictor not in (1, 2, 3) or (predictor == 3 and kind.kind != "f"):
        return None
    extra = tags.numbers.get(t.EXTRA, ())[: samples - least]
    place, meaning = next(((i, what) for i, what in enumerate(extra) if what in _ALPHA), (0, 0))
    is_tiled = t.TILE_OFFSETS in tags.numbers
    rows = min(tags.number(t.ROWS_PER_STRIP, height), height)
    found = Layout(
        width=width,
        height=height,
        kind=kind,
        samples=samples,
        photometric=photometric,
        alpha=samples - len(extra) + place if meaning else None,
        is_premultiplied=meaning == _PREMULTIPLIED,
        is_planar=samples > 1 and tags.number(t.PLANAR, 1) == 2,
        compression=compression,
        predictor=predictor,
        chunk_width=tags.number(t.TILE_WIDTH, 0) if is_tiled else width,
        chunk_height=tags.number(t.TILE_HEIGHT, 0) if is_tiled else rows,
        offsets=tags.numbers.get(t.TILE_OFFSETS if is_tiled else t.STRIP_OFFSETS, ()),
        counts=tags.numbers.get(t.TILE_COUNTS if is_tiled else t.STRIP_COUNTS, ()),
        orientation=tags.number(t.ORIENTATION, 1),
        no_data=_no_data(tags),
    )
    return found if _holds(found) else None


def in_block(page: Layout, number: int) -> Layout:
    """A page of a stack that lies in the file as one block, behind the first one."""
    size = page.width * page.height * page.samples * page.kind.itemsize
    offsets = (page.offsets[0] + number * size,)
    return replace(page, chunk_height=page.height, offsets=offsets, counts=(size,))


def _kind(tags: Tags) -> np.dtype[Any] | None:
    """Type of one value; None where they differ or have no whole bytes."""
    bits = set(tags.numbers.get(t.BITS, (1,)))
    letters = set(tags.numbers.get(t.SAMPLE_FORMAT, (1,)))
    if len(bits) != 1 or len(letters) != 1:
        return None
    size, letter = bits.pop(), _KINDS.get(letters.pop())
    if letter is None or size not in (8, 16, 32, 64) or (letter == "f" and size == 8):
        return None
    return np.dtype(f"{tags.order}{letter}{size // 8}")


def _no_data(tags: Tags) -> float | None:
    found = _NUMBER.match(tags.texts.get(t.NO_DATA, b""))
    return float(found[1]) if found else None


def _holds(page: Layout) -> bool:
    """Whether all strips or tiles are told of, and are no larger than the image needs them."""
    if page.chunk_width < 1 or page.chunk_height < 1:
        return False
    planes = page.samples if page.is_planar else 1
    if page.chunks * planes > len(page.offsets) or page.chunks * planes > len(page.counts):
        return False
    stored = page.chunks * page.chunk_width * page.chunk_height
    return stored <= 4 * page.width * page.height + (1 << 24)
