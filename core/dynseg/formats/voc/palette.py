"""Numbers, colours and class names of Pascal VOC."""

from __future__ import annotations

import re
from pathlib import Path

from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.text_file import text_of

VOID = 255
VOID_COLOUR = 224 << 16 | 224 << 8 | 192
MOST = 254
"""Objects in one mask, and classes: 0 is the background, 255 void."""
CLASSES = (
    "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
    "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train",
    "tvmonitor",
)  # fmt: skip
NAME_FILES = ("labelmap.txt", "class_names.txt", "labels.txt", "classes.txt")
_BACKGROUND = ("background", "_background_")
_IGNORE = ("__ignore__", "ignore")
_MAX_BYTES = 1 << 20
_CHANNEL = re.compile(r"[0-9]{1,9}")


def colours() -> bytes:
    """The palette: the bits of a number, spread over the high bits of red, green and blue."""
    out = bytearray()
    for number in range(256):
        rgb = [0, 0, 0]
        for bit in range(8):
            rgb[bit % 3] |= (number >> bit & 1) << (7 - bit // 3)
        out += bytes(rgb)
    return bytes(out)


def class_names(folders: tuple[Path, ...]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Pixel value to class name and the names in order; VOC's own when no file says.

    Values are places in a list, or colours where CVAT's `labelmap.txt` gives them.
    """
    for folder in folders:
        for name in NAME_FILES:
            path = folder / name
            if path.is_file() and path.stat().st_size <= _MAX_BYTES:
                lines = text_of(path.read_bytes()).splitlines()
                found = _named(lines[:MAX_CLASSES])
                return found, tuple(dict.fromkeys(found.values()))
    return dict(enumerate(CLASSES, start=1)), ()


def _named(lines: list[str]) -> dict[int, str]:
    """Pixel value to class name; only a list with colours has comments and further columns."""
    coloured = any(_colour(line) is not None for line in lines)
    if coloured:
        lines = [line for line in lines if not line.startswith("#")]
    names = [name for line in lines if (name := _name(line, coloured))]
    if names and names[0].lower() in _IGNORE:  # labelme has it in the first line, for no value
        del names[0]
    if names and names[0].lower() in _BACKGROUND:
        found = dict(enumerate(names[1:], start=1))
    else:
        places = enumerate(names, start=1)
        found = {place: name for place, name in places if name.lower() not in _BACKGROUND}
    for line in lines:
        colour, name = _colour(line), _name(line, coloured)
        if colour is not None and name and name.lower() not in _BACKGROUND:
            found[colour] = name
    return found


def _name(line: str, coloured: bool) -> str:
    return printable(line.split(":")[0] if coloured else line)


def _colour(line: str) -> int | None:
    """The colour in a line `name:red,green,blue:...` as one number."""
    channels = line.partition(":")[2].split(":")[0].split(",")
    if len(channels) != 3 or not all(_CHANNEL.fullmatch(c.strip()) for c in channels):
        return None
    red, green, blue = (min(int(c), 255) for c in channels)
    return red << 16 | green << 8 | blue
