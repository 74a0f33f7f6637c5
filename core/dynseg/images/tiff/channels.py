"""Which pages, or samples, of a TIFF are channels of one image: as ImageJ and OME-TIFF say it.

ImageJ writes lines of `key=value` into the description of the first page, the colours of channels
into a tag of its own (`TiffEncoder` of ImageJ 1). OME-TIFF has XML there (the schema OME 2016-06).
A text that claims what the file does not hold is passed over: then pages are frames.
"""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from dynseg.images.tiff import tags as t
from dynseg.images.tiff.tags import Tags

Tint = tuple[int, int, int]
TINTS: tuple[Tint, ...] = (
    (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 255, 255), (255, 0, 255),
    (255, 255, 0),
)  # fmt: skip
"""What ImageJ gives the channels of a composite where the file has no colours."""
_MOST_TEXT = 16 << 20
_MOST_FRAMES = 200_000


@dataclass(frozen=True, slots=True)
class Stack:
    """What a file says that its pages are.

    Attributes:
        channels: Channels of an image.
        frames: Images: places in depth, times and so on, taken together.
        step: How many pages further the next channel of an image is.
        in_page: Whether the channels are the samples of one page.
        names: Of the channels, empty where there is none.
        tints: Their colours, red, green and blue, each 0 to 255.
    """

    channels: int = 1
    frames: int = 1
    step: int = 1
    in_page: bool = False
    names: tuple[str, ...] = ()
    tints: tuple[Tint, ...] = ()

    @property
    def pages(self) -> int:
        """Pages that all of it takes."""
        return self.frames * (1 if self.in_page else self.channels)

    def page(self, frame: int, channel: int) -> int:
        """Number of the page that has a channel of an image."""
        if self.in_page:
            return frame
        block, within = divmod(frame, self.step)
        return block * self.step * self.channels + within + channel * self.step


def stack(tags: Tags, samples: int) -> Stack | None:
    """What the first page's description says of the file; None when it is nothing of use.

    Args:
        tags: Of the first page.
        samples: Values of a pixel of it.
    """
    text = tags.texts.get(t.DESCRIPTION, b"")[:_MOST_TEXT]
    if text.startswith(b"ImageJ="):
        found = _of_imagej(text, tags)
    elif b"<OME" in text[:2000] or b":OME" in text[:2000]:
        found = _of_ome(text, samples)
    else:
        return None
    return found if found is not None and 1 <= found.frames <= _MOST_FRAMES else None


def _of_imagej(text: bytes, tags: Tags) -> Stack | None:
    lines = (line.partition(b"=") for line in text[:4096].splitlines())
    numbers = {key: int(value) for key, _, value in lines if value.isdigit() and len(value) < 9}
    channels, images = numbers.get(b"channels", 1), numbers.get(b"images", 1)
    if not 1 <= channels <= len(TINTS) or images % channels:
        return None
    names = ("",) * channels
    return Stack(channels, images // channels, 1, False, names, _tints(_luts(tags), channels))


def _luts(tags: Tags) -> list[Tint | None]:
    """Colours of the channels that ImageJ saved: the brightest of each table of 256."""
    counts, data = tags.numbers.get(t.IMAGEJ_COUNTS, ()), tags.texts.get(t.IMAGEJ_DATA, b"")
    if not counts or data[:4] not in (b"IJIJ", b"JIJI"):
        return []
    order, at, block = (">" if data[:4] == b"IJIJ" else "<"), counts[0], 1
    found: list[Tint | None] = []
    for place in range(4, min(counts[0], len(data)) - 7, 8):
        kind, count = struct.unpack_from(f"{order}4sI", data, place)
        sizes = counts[block : block + count]
        if kind in (b"luts", b"stul"):
            for size in sizes:
                table = data[at : at + size]
                found.append((table[255], table[511], table[767]) if len(table) == 768 else None)
                at += size
            return found
        at += sum(sizes)
        block += len(sizes)
    return found


def _of_ome(text: bytes, samples: int) -> Stack | None:
    try:
        root = SafeTree.fromstring(text.rstrip(b"\0 \r\n"))
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    pixels = next((node for node in root.iter() if _name(node) == "Pixels"), None)
    if pixels is None:
        return None
    sizes = {axis: _whole(pixels.get(f"Size{axis}"), 1) for axis in "CZT"}
    order = [axis for axis in pixels.get("DimensionOrder", "XYCZT") if axis in "CZT"]
    if sorted(order) != ["C", "T", "Z"] or min(sizes.values()) < 1:
        return None
    told = [node for node in pixels if _name(node) == "Channel"]
    together = max((_whole(node.get("SamplesPerPixel"), 1) for node in told), default=1)
    in_page = sizes["C"] == samples > 1
    if together > 1 and not in_page:
        return None  # each channel is a colour picture
    count = sizes["C"]
    if count > len(TINTS):
        return None
    described = told if len(told) == count else []
    names = [" ".join((node.get("Name") or "").split())[:40] for node in described]
    tints = _tints([_colour(node.get("Color")) for node in described], count)
    if tints == TINTS[:count]:
        tints = _tints([_of_dye(node) for node in described], count)
    step = 1 if in_page else math.prod(sizes[axis] for axis in order[: order.index("C")])
    frames = sizes["Z"] * sizes["T"]
    return Stack(count, frames, step, in_page, tuple(names) or ("",) * count, tints)


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text and len(text) < 12 else default
    except ValueError:
        return default


def _colour(text: str | None) -> Tint | None:
    """Of a number with a sign whose bytes are red, green, blue and alpha."""
    if not text:
        return None
    value = _whole(text, -1) & 0xFFFFFFFF
    return value >> 24, value >> 16 & 255, value >> 8 & 255


_BLUE, _GREEN, _RED, _FAR_RED = (0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 0, 255)
_DYES: tuple[tuple[re.Pattern[str], Tint], ...] = (
    (re.compile(r"dapi|hoechst|\bbfp|\b405", re.IGNORECASE), _BLUE),
    (re.compile(r"fitc|gfp|488|calcein", re.IGNORECASE), _GREEN),
    (re.compile(r"tritc|rfp|cherry|texas|cy3|5[569]\d", re.IGNORECASE), _RED),
    (re.compile(r"cy5|6[34]\d", re.IGNORECASE), _FAR_RED),
    (re.compile(r"bright|\bbf\b|\bdic\b|phase|trans", re.IGNORECASE), (255, 255, 255)),
)
"""Names that channels have after dyes, lasers and ways of lighting, and the colours they are shown
in everywhere."""
_BANDS = ((380, _BLUE), (490, _GREEN), (565, _RED), (640, _FAR_RED))
"""Wavelengths of emission, nanometres, from which on a colour is given."""


def _of_dye(node: Any) -> Tint | None:
    name = node.get("Name") or node.get("Fluor") or ""
    for pattern, tint in _DYES:
        if pattern.search(name):
            return tint
    length = _whole((node.get("EmissionWavelength") or "").partition(".")[0], 0)
    return next((tint for least, tint in reversed(_BANDS) if length >= least), None)


def _tints(told: list[Tint | None], count: int) -> tuple[Tint, ...]:
    """The colours of a file, if they tell its channels apart; else those of ImageJ."""
    known = [tint for tint in told if tint is not None and max(tint) > 0]
    if len(known) == count == len(set(known)):
        return tuple(known)
    return TINTS[:count]
