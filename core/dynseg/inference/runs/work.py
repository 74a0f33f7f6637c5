"""What goes into a run over many images, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dynseg.images.decode import read_header
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.drafts import Draft
from dynseg.inference.names import Names


@dataclass(frozen=True, slots=True)
class Work:
    """One image on its way: a row of a project or a file of a folder.

    Attributes:
        key: Whatever its owner knows it by.
        rel: Path for messages.
        path: The file.
        size: Width and height that it must have, pixels; None when any will do.
        cached: What is known to be in it: then neither it nor the model is needed.
    """

    key: int
    rel: str
    path: Path
    size: tuple[int, int] | None = None
    cached: list[Detection] | None = None


@dataclass(frozen=True)
class Outcome:
    """What was found in one image.

    Attributes:
        found: Surest first, image pixels; as `dynseg.inference.detections.encode` packs it where
            it came that way.
        width: Of the image, pixels; 0 when it was cached.
        height: Of the image, pixels; 0 when it was cached.
        fresh: The model ran for it.
        draft: What to propose, where that is known already.
        names: Who has given names to what was found.
    """

    found: list[Detection] | bytes
    width: int
    height: int
    fresh: bool
    draft: Draft | None = field(default=None, compare=False)
    names: Names | None = field(default=None, compare=False)

    @cached_property
    def detections(self) -> list[Detection]:
        """What was found; unpacked when somebody asks."""
        return packing.decode(self.found) if isinstance(self.found, bytes) else self.found

    @cached_property
    def packed(self) -> bytes:
        """What was found as `dynseg.inference.detections.encode` packs it."""
        return self.found if isinstance(self.found, bytes) else packing.encode(self.found)


def header_size(path: Path) -> tuple[int, int]:
    """Width and height of an image, pixels, without decoding it.

    Raises:
        ImageError: it cannot be read.
    """
    header = read_header(path)
    return header.width, header.height
