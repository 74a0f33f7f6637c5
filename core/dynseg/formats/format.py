"""What a format of the field can do here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dynseg.annotation.classes import ClassTable
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.incoming.source import Source
from dynseg.formats.outgoing.page import Page
from dynseg.formats.outgoing.staging import StagedFolder


@dataclass(frozen=True, slots=True)
class Holds:
    """What a format can say about a shape; the rest goes by the policies of an export.

    Attributes:
        holes: A shape may have holes.
        parts: A shape may have several parts.
        pixels: Shapes are masks: outlines are rounded to whole pixels.
        overlap: A pixel may belong to several shapes.
        most_shapes: The most shapes of one image; None without a limit.
    """

    holes: bool = False
    parts: bool = False
    pixels: bool = False
    overlap: bool = True
    most_shapes: int | None = None


class LabelWriter(Protocol):
    """One export in the making: told of every image, then asked for what describes the whole."""

    def image_path(self, split: str, stem: str, suffix: str, /) -> str:
        """Where in the folder an image goes, POSIX separators."""

    def add(self, page: Page) -> str:
        """Write, or keep, the labels of an image; answers the file that holds them."""

    def finish(self) -> None:
        """Write what describes the whole."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: one entry in the registry, one file or small package.

    Attributes:
        name: For the command line and manifests, one lower-case word.
        title: For people.
        prose: What it is and who reads it, one sentence.
        recognise: How many label files of this format a listing has; 0 when it is another one.
        read: Finds the labels of a file or folder; None when the format is only written.
        writer: Begins an export; None when the format is only read.
        holds: What of a shape it can say.
    """

    name: str
    title: str
    prose: str
    recognise: Callable[[Listing], int] = lambda _: 0
    read: Callable[[Path], Source] | None = None
    writer: Callable[[StagedFolder, ClassTable], LabelWriter] | None = None
    holds: Holds = Holds()
