"""What a reader finds in the files of another program: the labels of each image.

A format says where labels are (`Source`) and takes them in one image at a time; everything that
all formats share, from mending outlines to matching images, is done by what they are given to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dynseg.formats.finding import Finding
from dynseg.formats.incoming.reading import Reading
from dynseg.project.records import Split

SPLIT_WORDS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "train2017": "train",
    "val": "val",
    "val2017": "val",
    "validation": "val",
    "valid": "val",
    "test": "test",
    "test2017": "test",
}
"""Names of folders and subsets that mean a split, lower case."""


@dataclass(frozen=True, slots=True)
class ImageLabels:
    """The labels of one image.

    Attributes:
        rel: The file that holds them, relative to the source, POSIX separators.
        keys: What they have in common with the image, the surest first, see `image_key`.
        load: Hands every shape to a `Reading`; called once, when the image is known.
        image: The image in the source, None when the source has none.
        image_name: Name of the image as the source has it, for findings.
        size: Width and height that the labels were drawn on, None when the source does not say.
        split: "train", "val", "test", or "" when it is in none or in several.
        item: Where in the file they are, when it holds those of several images.
        picture: Reads the copy of the image that the file carries; None where it has none.
    """

    rel: str
    keys: tuple[PurePosixPath, ...]
    load: Callable[[Reading], None]
    image: Path | None = None
    image_name: str = ""
    size: tuple[int, int] | None = None
    split: Split = ""
    item: str = ""
    picture: Callable[[], bytes] | None = None

    def finding(self, reason: str) -> Finding:
        """A finding about all labels of the image."""
        return Finding(self.rel, None, reason, self.item)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file or folder offers for import.

    Attributes:
        root: The folder; nothing outside of it is read.
        labels: The labels of each image, in a fixed order.
        names: Class names that the source declares, in its order; those that only shapes name are
            left out.
        bare_images: Images without labels, relative to the root.
        findings: What could not be followed or read.
    """

    root: Path
    labels: tuple[ImageLabels, ...]
    names: tuple[str, ...] = ()
    bare_images: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def image_key(rel: str) -> PurePosixPath:
    """What a label file and its image have in common: the path without kind and suffix.

    `labels/train/a.txt`, `train/labels/a.txt` and `images/train/a.jpg` all become `train/a`.
    """
    path = PurePosixPath(rel).with_suffix("")
    folders = [part for part in path.parts[:-1] if part.lower() not in ("labels", "images")]
    return PurePosixPath(*folders, path.name)


def split_of(rel: str) -> Split:
    """The split that a folder on the way to a file is named after."""
    parents = PurePosixPath(rel).parts[:-1]
    return next((SPLIT_WORDS[p.lower()] for p in parents if p.lower() in SPLIT_WORDS), "")
