"""Datumaro JSON in, as Datumaro and CVAT ("Datumaro 1.0") write it: one file a subset.

Shapes of one group and one label are one object, as CVAT has it; a box among them is its box
(github.com/open-edge-platform/datumaro, `plugins/data_formats/datumaro`).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dynseg.formats import rle
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of

_SAID = frozenset({"label", "caption"})
"""Kinds that say something of the whole image."""
_FLAT = frozenset({"points", "polyline", "cuboid_3d", "skeleton", "cuboid_2d"})
_OUTLINED = ("polygon", "mask")
_BOX = "is a box, not a polygon; kept as a rectangle"


def recognise(listing: Listing) -> int:
    """How many files look like Datumaro's."""
    return sum(_is_datumaro(listing, path) for path in listing.of(".json"))


def _is_datumaro(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    top, inner = keys.get(1, frozenset()), keys.get(3, frozenset())
    if "items" in top and {"id", "annotations"} <= inner:
        return True
    # Where there are many classes, they are all that is in sight.
    many = "label" in keys.get(2, frozenset()) and "labels" in inner
    return "categories" in top and (many or "items" in top)


def read(source: Path) -> Source:
    """Find the labels of a file, or of all such files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    lacking = "has no list of items; not used"
    found = json_file.own_documents(listing, _is_datumaro, findings, key="items", lacking=lacking)
    for path, data in found:
        file = _File(listing, path, data, findings)
        names.update(dict.fromkeys(filter(None, file.classes)))
        labels += file.labels()
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))


class _File:
    """One subset.

    Attributes:
        classes: Names by their numbers; empty where one has none.
    """

    def __init__(self, listing: Listing, path: Path, data: Object, findings: list[Finding]) -> None:
        self.rel = listing.rel(path)
        self._listing = listing
        self._home = path.parent.parent / "images" / path.stem
        self._items = data["items"]
        self._findings = findings
        self._subset = path.stem
        self.classes = _classes(data.get("categories"))

    def labels(self) -> list[ImageLabels]:
        """The labels of every item, also of those without an annotation."""
        found = []
        for number, value in enumerate(self._items):
            item = value if isinstance(value, dict) else {}
            names = _names(item)
            place = f"items[{number}]"
            if names:
                found.append(self._labels(item, names, place))
            else:
                self._findings.append(Finding(self.rel, None, "names no image; not used", place))
        return found

    def _labels(self, item: Object, names: list[str], place: str) -> ImageLabels:
        tidy = [tidy_name("", name) for name in names]
        in_subset = [PurePosixPath(self._subset, name) for name in tidy]
        split = SPLIT_WORDS.get(self._subset.lower(), "")
        images = (inner_path(self._listing.root, self._home, name) for name in names)
        return ImageLabels(
            self.rel,
            tuple(dict.fromkeys(image_key(n.as_posix()) for n in (*in_subset, *tidy))),
            partial(_load, json_file.listed(item.get("annotations")), self.classes, place),
            image=next(filter(None, images), None),
            image_name=tidy[0].name,
            size=_size(item),
            split=split or split_of(tidy[0].as_posix()),
            item=place,
        )


def _classes(categories: Any) -> list[str]:
    label = categories.get("label") if isinstance(categories, dict) else None
    labels = json_file.listed(label.get("labels") if isinstance(label, dict) else None)
    return [
        printable(item.get("name")) if isinstance(item, dict) else ""
        for item in labels[:MAX_CLASSES]
    ]


def _names(item: Object) -> list[str]:
    """What the image of an item may be called, the surest first."""
    files = [item.get(key) for key in ("image", "media")]
    paths = [file.get("path") for file in files if isinstance(file, dict)]
    texts = [text for text in (*paths, item.get("id")) if isinstance(text, str)]
    return [text for text in dict.fromkeys(texts) if text.strip("./ ")]


def _size(item: Object) -> tuple[int, int] | None:
    """Width and height; Datumaro has the height first."""
    for key in ("image", "media"):
        file = item.get(key)
        size = file.get("size") if isinstance(file, dict) else None
        if isinstance(size, list) and len(size) == 2:
            return json_file.size_of(size[1], size[0])
    return None


def _load(annotations: list[Any], classes: list[str], item: str, reading: Reading) -> None:
    drawn = [(number, value) for number, value in enumerate(annotations) if not _is_said(value)]
    if len(drawn) < len(annotations):
        reading.note(Place(item=item), "has tags or captions; they are not taken over")
    objects = json_file.objects(annotations)
    outlined = {_group(own) for own in objects if own.get("type") in _OUTLINED} - {""}
    # What was drawn last is at the end, wherever it was moved to afterwards.
    for number, value in sorted(drawn, key=lambda pair: _layer(pair[1])):
        place = Place(item=f"{item}, annotations[{number}]")
        try:
            own = json_file.as_object(value)
            if own.get("type") == "bbox" and _group(own) in outlined:
                reading.note(place, "is the box of another shape in its group; left out")
            else:
                _take(own, classes, place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))
    reading.join_groups()


def _is_said(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    return isinstance(kind, str) and kind in _SAID


def _layer(value: Any) -> int:
    return (json_file.whole(value.get("z_order")) or 0) if isinstance(value, dict) else 0


def _group(own: Object) -> str:
    """What an annotation has in common with others; empty for one by itself."""
    number = json_file.whole(own.get("group"))
    return f"{number} {own.get('label_id')!r:.20}" if number else ""


def _take(own: Object, classes: list[str], place: Place, reading: Reading) -> None:
    kind = own.get("type")
    if isinstance(kind, str) and kind in _FLAT:
        raise UnusableError(f"is of the kind {kind}, which has no area")
    number = json_file.whole(own.get("label_id"))
    if number is None:
        raise UnusableError("has no label")
    if not (0 <= number < len(classes) and classes[number]):
        raise UnusableError(f"has label {number}, which is not listed")
    label, group = classes[number], _group(own)
    if kind == "polygon":
        reading.outlines(label, [json_file.paired(own.get("points"))], place, group=group)
    elif kind == "mask":
        cells, edges = rle.coco_grid(own.get("rle"), width=reading.width, height=reading.height)
        reading.grid(label, cells, edges, place, group=group)
    elif kind == "bbox":
        reading.outlines(label, [json_file.box_corners(*_box(own))], place, note=_BOX)
    elif kind == "ellipse":
        note = "is an ellipse; kept as a polygon"
        reading.outlines(label, [_ellipse(own)], place, note=note, group=group)
    else:
        raise UnusableError(f"is of the unknown kind {str(kind)[:40]!r}")


def _box(own: Object) -> list[float]:
    value = own.get("bbox")
    if not isinstance(value, list) or len(value) != 4:
        raise UnusableError("has neither a shape nor a box")
    return [json_file.number(number) for number in value]


def _ellipse(own: Object) -> Points:
    """The ellipse in the box between two corners."""
    corners = json_file.paired(own.get("points"))
    if len(corners) != 2:
        raise UnusableError("is an ellipse of other than 2 points")
    (x, y), (wide, high) = (
        corners.mean(axis=0).tolist(),
        (abs(corners[1] - corners[0]) / 2).tolist(),
    )
    return json_file.ellipse(x, y, wide, high)


FORMAT = Format(
    name="datumaro",
    title="Datumaro JSON",
    prose="One JSON file a subset, as Datumaro and CVAT write it: polygons, masks, boxes.",
    recognise=recognise,
    read=read,
)
