"""COCO JSON in: polygons of one or more parts, run lengths, boxes, crowds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from dynseg.formats import rle
from dynseg.formats.coco.document import (
    Document,
    Drawn,
    ImageEntry,
    Owner,
    document,
    entry,
    items,
)
from dynseg.formats.finding import Finding
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.project.records import Split

_TOP = frozenset({"images", "annotations", "categories"})
_OF_ANNOTATION = frozenset({"image_id", "category_id", "segmentation", "bbox", "iscrowd"})
_Numbered = tuple[int, msgspec.Raw]
_Id = int | str
_LOOKED_AT = 20
IN_MEMORY = 4.0
"""How many times the size of a file it and its shapes take: measured 2.8, with room beside them."""


def recognise(listing: Listing) -> int:
    """How many files look like COCO."""
    return sum(_is_coco(listing, path) for path in listing.of(".json"))


def _is_coco(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    top, inner = keys.get(1, frozenset()), keys.get(3, frozenset())
    if not top & _TOP or top & {"shapes", "data"}:
        return False
    return len(top & _TOP) > 1 or len(inner & _OF_ANNOTATION) > 1 or "file_name" in inner


def read(source: Path) -> Source:
    """Find the labels of a file, or of all COCO files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    files: list[_File] = []
    for path in listing.of(".json"):
        if len(listing.files) == 1 or _is_coco(listing, path):
            data = json_file.load(listing, path, findings, decode=document, in_memory=IN_MEMORY)
            if data is None:
                continue
            if items(data.images) is None:
                findings.append(Finding(listing.rel(path), None, "has no list of images; not used"))
                continue
            if _draws_nothing(data):
                reason = "has neither shapes nor boxes, as one of captions; not used"
                findings.append(Finding(listing.rel(path), None, reason))
                continue
            files.append(_File(listing, path, data, findings))
    files = _without_poses(files, findings)
    names = dict.fromkeys(name for file in files for name in file.declared())
    labels = tuple(own for file in files for own in file.labels())
    return Source(listing.root, labels, tuple(names), findings=tuple(findings))


def _draws_nothing(data: Document) -> bool:
    """Whether a file is for captions or whole scenes, by its first annotations."""
    first = (items(data.annotations) or [])[:_LOOKED_AT]
    drawn = (entry(item, Drawn) for item in first)  # one by one: an outline may be large
    return bool(first) and all(
        own is not None and own.segmentation is None and own.bbox is None for own in drawn
    )


def _without_poses(files: list[_File], findings: list[Finding]) -> list[_File]:
    """The files without those that have key points for images that another one has shapes for.

    COCO keeps the shapes of people in both, and of all else in one of them.
    """
    shapes = {name for file in files if not file.has_poses for name in file.image_names()}
    kept = []
    for file in files:
        if file.has_poses and not shapes.isdisjoint(file.image_names()):
            reason = "has key points of images that another file has shapes of; not used"
            findings.append(Finding(file.rel, None, reason))
        else:
            kept.append(file)
    return kept


class _File:
    """One COCO file.

    Attributes:
        categories: Category id to name.
        has_poses: Whether its categories have key points.
    """

    def __init__(
        self, listing: Listing, path: Path, data: Document, findings: list[Finding]
    ) -> None:
        self.rel = listing.rel(path)
        self._listing = listing
        self._headings = _headings(data)
        self._findings = findings
        self.categories = self._categories(data)
        self.has_poses = any(own.get("keypoints") for own in json_file.objects(data.categories))
        self._same: dict[_Id, _Id] = {}
        self._images = self._listed_images(data)
        self._used: set[_Id | None] = set()
        self._grouped = self._annotations(data)

    def declared(self) -> Iterator[str]:
        """Names of the categories, without what is but the heading of others, as of Roboflow."""
        for key, name in self.categories.items():
            if key in self._used or name not in self._headings:
                yield name

    def image_names(self) -> Iterator[object]:
        """What the images are called, with the folder or split that tells those of one name apart.

        The same for the same images in another file of the folder.
        """
        place = PurePosixPath(self.rel).parent, self._split()
        return ((*place, image.file_name) for _, image in self._images.values())

    def labels(self) -> Iterator[ImageLabels]:
        """The labels of every image, also of those without an annotation."""
        split = self._split()
        for key, (place, image) in self._images.items():
            yield self._image(image, f"images[{place}]", split, self._grouped.get(key, []))

    def _categories(self, data: Document) -> dict[_Id, str]:
        found: dict[_Id, str] = {}
        listed = data.categories if isinstance(data.categories, list) else []
        for place, item in enumerate(listed[:MAX_CLASSES]):
            key = _id(item.get("id")) if isinstance(item, dict) else None
            name = printable(item.get("name")) if isinstance(item, dict) else ""
            if key is None or not name or key in found:
                self._tell("has no id and name of its own; not used", f"categories[{place}]")
            else:
                found[key] = name
        return found

    def _listed_images(self, data: Document) -> dict[_Id, tuple[int, ImageEntry]]:
        """Images by id; one that is listed again, as where files were merged, is the first one."""
        found: dict[_Id, tuple[int, ImageEntry]] = {}
        first: dict[object, _Id] = {}
        for place, item in enumerate(items(data.images) or []):
            image = entry(item, ImageEntry)
            key = _id(image.id) if image is not None else None
            if image is None or key is None or not isinstance(image.file_name, str):
                self._tell("has no id and file_name of its own; not used", f"images[{place}]")
                continue
            what = image.file_name, json_file.size_of(image.width, image.height)
            known = key in found or key in self._same
            if known and first.get(what) != self._same.get(key, key):
                self._tell("has no id and file_name of its own; not used", f"images[{place}]")
            elif not known and what in first:
                self._same[key] = first[what]
            elif not known:
                found[key] = place, image
                first[what] = key
        return found

    def _annotations(self, data: Document) -> dict[_Id, list[_Numbered]]:
        grouped: dict[_Id, list[_Numbered]] = defaultdict(list)
        for place, item in enumerate(items(data.annotations) or []):
            owner = entry(item, Owner) or Owner()
            key = _id(owner.image_id)
            key = key if key is None else self._same.get(key, key)
            self._used.add(_id(owner.category_id))
            if key is None or key not in self._images:
                reason = "is for an image that the file does not list; not used"
                self._tell(reason, f"annotations[{place}]")
            else:
                grouped[key].append((place, item))
        return grouped

    def _tell(self, reason: str, item: str) -> None:
        self._findings.append(Finding(self.rel, None, reason, item))

    def _split(self) -> Split:
        words = re.split(r"[^a-z0-9]+", PurePosixPath(self.rel).stem.lower())
        return next((SPLIT_WORDS[w] for w in words if w in SPLIT_WORDS), "") or split_of(self.rel)

    def _image(
        self, image: ImageEntry, item: str, split: Split, annotations: list[_Numbered]
    ) -> ImageLabels:
        folder = PurePosixPath(self.rel).parent.as_posix()
        name = image.file_name
        tidy = tidy_name(folder, name)
        home = self._listing.root / folder
        size = json_file.size_of(image.width, image.height)
        return ImageLabels(
            self.rel,
            tuple(_keys(tidy, image, split)),
            partial(_load, annotations, self.categories),
            image=inner_path(self._listing.root, home, name),
            image_name=tidy.name,
            size=size,
            split=split or split_of(tidy.as_posix()),
            item=item,
        )


def _headings(data: Document) -> set[str]:
    """What categories stand under, where it is not their own name."""
    found = json_file.objects(data.categories)
    pairs = [(printable(item.get("supercategory")), item.get("name")) for item in found]
    return {heading for heading, name in pairs if heading != name}


def _load(annotations: list[_Numbered], categories: dict[_Id, str], reading: Reading) -> None:
    for number, item in annotations:
        place = Place(item=f"annotations[{number}]")
        try:
            drawn = entry(item, Drawn)
            if drawn is None:
                raise UnusableError("has a number or text that cannot be read")
            _take(drawn, categories, place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))


def _take(drawn: Drawn, categories: dict[_Id, str], place: Place, reading: Reading) -> None:
    key = _id(drawn.category_id)
    if key is None or key not in categories:
        raise UnusableError(f"has category {drawn.category_id!r:.40}, which is not listed")
    label = categories[key]
    crowd = "marks a crowd; taken in as one shape" if drawn.iscrowd in (1, True) else ""
    shape = drawn.segmentation
    if isinstance(shape, dict):
        cells, edges = rle.coco_grid(shape, width=reading.width, height=reading.height)
        reading.grid(label, cells, edges, place, note=crowd)
    elif isinstance(shape, list) and any(ring != [] for ring in shape):
        rings = shape if isinstance(shape[0], list) else [shape]
        outers = [json_file.paired(points) for points in rings]
        reading.outlines(label, outers, place, note=crowd)
    else:
        x, y, width, height = _box(drawn.bbox)
        note = "is a box, not a polygon; kept as a rectangle"
        reading.outlines(label, [json_file.box_corners(x, y, width, height)], place, note=note)


def _id(value: Any) -> _Id | None:
    """What tells an image or category apart: a number, also one written as text, or any text."""
    if not isinstance(value, str):
        return json_file.whole(value)
    text = value.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return number if str(number) == text else text or None


def _keys(tidy: PurePosixPath, image: ImageEntry, split: Split) -> Iterator[PurePosixPath]:
    """What an image may be called in the project: its name, and what Roboflow says it was."""
    own = image_key(tidy.as_posix())
    steps = tuple(step for step in own.parts if step.lower() != "annotations")
    yield PurePosixPath(split, *steps) if len(steps) == 1 and split else PurePosixPath(*steps)
    extra = image.extra
    name = extra.get("name") if isinstance(extra, dict) else None
    if isinstance(name, str) and name:
        yield image_key(tidy_name("", name).as_posix())


def _box(value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) != 4:
        raise UnusableError("has neither a shape nor a box")
    return [json_file.number(number) for number in value]
