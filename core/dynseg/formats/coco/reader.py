"""COCO JSON in: polygons of one or more parts, run lengths, boxes, crowds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dynseg.formats import json_file, rle
from dynseg.formats.class_names import MAX_CLASSES, printable
from dynseg.formats.finding import Finding
from dynseg.formats.json_file import Object, UnusableError
from dynseg.formats.listing import Listing, inner_path, tidy_name
from dynseg.formats.reading import Place, Reading
from dynseg.formats.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.project.records import Split

_TOP = frozenset({"images", "annotations", "categories"})
_OF_ANNOTATION = frozenset({"image_id", "category_id", "segmentation", "bbox", "iscrowd"})
_ROBOFLOW = re.compile(r"(.+)_(?:jpe?g|png|bmp|webp|tiff?)\.rf\.[0-9A-Za-z]+")
_Numbered = tuple[int, Object]
_Id = int | str


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
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    for path in listing.of(".json"):
        if len(listing.files) == 1 or _is_coco(listing, path):
            data = json_file.load(listing, path, findings)
            if data is None:
                continue
            if not isinstance(data, dict) or not isinstance(data.get("images"), list):
                findings.append(Finding(listing.rel(path), None, "has no list of images; not used"))
                continue
            file = _File(listing, path, data, findings)
            names.update(dict.fromkeys(file.declared()))
            labels += file.labels()
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))


class _File:
    """One COCO file.

    Attributes:
        categories: Category id to name.
    """

    def __init__(self, listing: Listing, path: Path, data: Object, findings: list[Finding]) -> None:
        self.rel = listing.rel(path)
        self._listing = listing
        self._data = data
        self._findings = findings
        self.categories = self._categories()

    def declared(self) -> Iterator[str]:
        """Names of the categories, without what is but the heading of others, as of Roboflow."""
        categories = json_file.objects(self._data.get("categories"))
        pairs = [(printable(item.get("supercategory")), item.get("name")) for item in categories]
        headings = {heading for heading, name in pairs if heading != name}
        annotations = json_file.objects(self._data.get("annotations"))
        used = {_id(item.get("category_id")) for item in annotations}
        for key, name in self.categories.items():
            if key in used or name not in headings:
                yield name

    def labels(self) -> Iterator[ImageLabels]:
        """The labels of every image, also of those without an annotation."""
        images: dict[_Id, tuple[int, Object]] = {}
        for place, image in enumerate(_list(self._data.get("images"))):
            key = _id(image.get("id")) if isinstance(image, dict) else None
            if key is None or not isinstance(image.get("file_name"), str) or key in images:
                reason = "has no id and file_name of its own; not used"
                self._findings.append(Finding(self.rel, None, reason, f"images[{place}]"))
            else:
                images[key] = place, image
        grouped = self._annotations(images)
        split = self._split()
        for key, (place, image) in images.items():
            yield self._image(image, f"images[{place}]", split, grouped.get(key, []))

    def _categories(self) -> dict[_Id, str]:
        found: dict[_Id, str] = {}
        for place, item in enumerate(_list(self._data.get("categories"))[:MAX_CLASSES]):
            key = _id(item.get("id")) if isinstance(item, dict) else None
            name = printable(item.get("name")) if isinstance(item, dict) else ""
            if key is None or not name or key in found:
                reason = "has no id and name of its own; not used"
                self._findings.append(Finding(self.rel, None, reason, f"categories[{place}]"))
            else:
                found[key] = name
        return found

    def _annotations(self, images: dict[_Id, tuple[int, Object]]) -> dict[_Id, list[_Numbered]]:
        grouped: dict[_Id, list[_Numbered]] = defaultdict(list)
        for place, item in enumerate(_list(self._data.get("annotations"))):
            key = _id(item.get("image_id")) if isinstance(item, dict) else None
            if key is None or key not in images:
                reason = "is for an image that the file does not list; not used"
                self._findings.append(Finding(self.rel, None, reason, f"annotations[{place}]"))
            else:
                grouped[key].append((place, item))
        return grouped

    def _split(self) -> Split:
        words = re.split(r"[^a-z0-9]+", PurePosixPath(self.rel).stem.lower())
        return next((SPLIT_WORDS[w] for w in words if w in SPLIT_WORDS), "") or split_of(self.rel)

    def _image(
        self, image: Object, item: str, split: Split, annotations: list[_Numbered]
    ) -> ImageLabels:
        folder = PurePosixPath(self.rel).parent.as_posix()
        name = image["file_name"]
        tidy = tidy_name(folder, name)
        home = self._listing.root / folder
        size = json_file.size_of(image.get("width"), image.get("height"))
        return ImageLabels(
            self.rel,
            tuple(_keys(tidy, image, split)),
            partial(self._load, annotations),
            image=inner_path(self._listing.root, home, name),
            image_name=tidy.name,
            size=size,
            split=split or split_of(tidy.as_posix()),
            item=item,
        )

    def _load(self, annotations: list[_Numbered], reading: Reading) -> None:
        for number, item in annotations:
            place = Place(item=f"annotations[{number}]")
            try:
                self._take(item, place, reading)
            except UnusableError as error:
                reading.refuse(place, str(error))

    def _take(self, item: Object, place: Place, reading: Reading) -> None:
        key = _id(item.get("category_id"))
        if key is None or key not in self.categories:
            raise UnusableError(
                f"has category {item.get('category_id')!r:.40}, which is not listed"
            )
        label = self.categories[key]
        crowd = "marks a crowd; taken in as one shape" if item.get("iscrowd") in (1, True) else ""
        shape = item.get("segmentation")
        if isinstance(shape, dict):
            _take_runs(label, shape, place, reading, crowd)
        elif isinstance(shape, list) and any(ring != [] for ring in shape):
            rings = shape if isinstance(shape[0], list) else [shape]
            outers = [json_file.paired(points) for points in rings]
            reading.outlines(label, outers, place, note=crowd)
        else:
            x, y, width, height = _box(item.get("bbox"))
            note = "is a box, not a polygon; kept as a rectangle"
            reading.outlines(label, [json_file.box_corners(x, y, width, height)], place, note=note)


def _id(value: Any) -> _Id | None:
    """What tells an image or category apart: a number, also one written as text, or any text."""
    if not isinstance(value, str):
        return json_file.whole(value)
    text = value.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return number if str(number) == text else text or None


def _take_runs(label: str, shape: Object, place: Place, reading: Reading, note: str) -> None:
    size = shape.get("size")
    if not isinstance(size, list) or len(size) != 2:
        raise UnusableError("has run lengths without a size")
    if size != [reading.height, reading.width]:
        what = f"{size[1]!r:.20} x {size[0]!r:.20}"
        raise UnusableError(f"is a mask of {what} pixels, not {reading.width} x {reading.height}")
    counts = shape.get("counts")
    runs = rle.counts_from_text(counts) if isinstance(counts, str) else rle.counts_from_list(counts)
    cells, columns, rows = rle.grid_of(runs, length=reading.height, lines=reading.width)
    reading.grid(label, cells.T, (columns, rows), place, note=note)


def _keys(tidy: PurePosixPath, image: Object, split: Split) -> Iterator[PurePosixPath]:
    """What an image may be called in the project: its name, and what it was before Roboflow."""
    own = image_key(tidy.as_posix())
    steps = tuple(step for step in own.parts if step.lower() != "annotations")
    yield PurePosixPath(split, *steps) if len(steps) == 1 and split else PurePosixPath(*steps)
    extra = image.get("extra")
    name = extra.get("name") if isinstance(extra, dict) else None
    if isinstance(name, str) and name:
        yield image_key(tidy_name("", name).as_posix())
    renamed = _ROBOFLOW.fullmatch(tidy.stem)
    if renamed:
        yield PurePosixPath(renamed[1])


def _box(value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) != 4:
        raise UnusableError("has neither a shape nor a box")
    return [json_file.number(number) for number in value]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
