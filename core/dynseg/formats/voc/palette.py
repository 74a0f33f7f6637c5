"""Numbers, colours and class names of Pascal VOC."""

from __future__ import annotations

from pathlib import Path

from dynseg.formats.class_names import MAX_CLASSES, printable

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
                lines = path.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
                found = _named(lines[:MAX_CLASSES])
                return found, tuple(dict.fromkeys(found.values()))
    return dict(enumerate(CLASSES, start=1)), ()


def _named(lines: list[str]) -> dict[int, str]:
    names = [printable(line.split(":")[0]) for line in lines if not line.startswith("#")]
    names = [name for name in names if name and name.lower() not in _IGNORE]
    first = 0 if names and names[0].lower() in _BACKGROUND else 1
    found = {
        place: name
        for place, name in enumerate(names, start=first)
        if name.lower() not in _BACKGROUND
    }
    for line in lines:
        name, _, rest = line.partition(":")
        channels = rest.split(":")[0].split(",")
        if len(channels) == 3 and all(c.strip().isdigit() for c in channels):
            red, green, blue = (min(int(c), 255) for c in channels)
            if printable(name).lower() not in _BACKGROUND and printable(name):
                found[red << 16 | green << 8 | blue] = printable(name)
    return found
