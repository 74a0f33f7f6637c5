"""The labels of one image on their way into an export."""

from __future__ import annotations

from dataclasses import dataclass

from dynseg.geometry.part import Part


@dataclass(frozen=True, slots=True)
class Entry:
    """One object as a format gets it: after the policies, within what the format holds.

    Attributes:
        number: Place of its instance in the image, counted from 1; pieces of one share it.
        class_index: Position of its class in the export.
        parts: Valid parts inside the image, image pixels.
    """

    number: int
    class_index: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An image and its objects, bottom to top.

    Attributes:
        image: The image file in the export, POSIX separators.
        stem: Its name without suffix, unique in the export.
        split: "train", "val" or "test".
        width, height: Pixels.
        entries: The objects.
        beside: Where labels are written alone, the image's path in the project, relative POSIX: a
            format with a file an image may take that place instead. Empty otherwise.
    """

    image: str
    stem: str
    split: str
    width: int
    height: int
    entries: tuple[Entry, ...]
    beside: str = ""
