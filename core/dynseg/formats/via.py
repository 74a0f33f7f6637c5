"""VIA 2 JSON in (VGG Image Annotator): polygons, boxes, circles and ellipses.

The class of a region is one of its attributes, and every user names those as they like: the one
that is called like a class, else the only one, else the one that all agree on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from dynseg.formats import json_file
from dynseg.formats.class_names import printable
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.json_file import Object, UnusableError
from dynseg.formats.listing import Listing, inner_path, tidy_name
from dynseg.formats.reading import Place, Points, Reading
from dynseg.formats.source import ImageLabels, Source, image_key, split_of

_META = "_via_img_metadata"
_CLASS_WORDS = ("class", "label", "category", "name", "type", "object", "species")
_FLAT = ("polyline", "point")


def recognise(listing: Listing) -> int:
    """How many files look like VIA's."""
    return sum(_is_via(listing, path) for path in listing.of(".json"))


def _is_via(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    if _META in keys.get(1, frozenset()):
        return True
    return {"filename", "regions"} <= keys.get(2, frozenset())


def read(source: Path) -> Source:
    """Find the labels of a file, or of all VIA files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    labels: list[ImageLabels] = []
    for path, data in json_file.load_own(listing, _is_via, findings):
        labels += _images(listing, path, data, findings)
    return Source(listing.root, tuple(labels), findings=tuple(findings))


def _images(
    listing: Listing, path: Path, data: Any, findings: list[Finding]
) -> Iterator[ImageLabels]:
    rel = listing.rel(path)
    entries = data.get(_META, data) if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        findings.append(Finding(rel, None, "has no list of images; not used"))
        return
    for key, entry in entries.items():
        name = entry.get("filename") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            findings.append(Finding(rel, None, "names no image; not used", f"entry {key[:80]}"))
            continue
        tidy = tidy_name(PurePosixPath(rel).parent.as_posix(), name)
        yield ImageLabels(
            rel,
            (image_key(tidy.as_posix()),),
            partial(_load, json_file.listed(entry.get("regions")), tidy.name),
            image=inner_path(listing.root, path.parent, name),
            image_name=tidy.name,
            split=split_of(rel),
            item=f"image {tidy.name[:80]}",
        )


def _load(regions: list[Any], image: str, reading: Reading) -> None:
    for number, entry in enumerate(regions, start=1):
        place = Place(item=f"image {image[:80]}, region {number}")
        try:
            region = json_file.as_object(entry)
            outline, note = _outline(region.get("shape_attributes"))
            label = _label(region.get("region_attributes"))
        except UnusableError as error:
            reading.refuse(place, str(error))
            continue
        if label is None:
            note = "; ".join(filter(None, [note, "has no class; takes the only one there is"]))
        reading.outlines(label, [outline], place, note=note)


def _label(attributes: Any) -> str | None:
    """The class that the attributes of a region name, None when there is none.

    Raises:
        UnusableError: several attributes could be it.
    """
    if not isinstance(attributes, dict):
        return None
    values = {str(key).lower(): _value(value) for key, value in attributes.items()}
    named = {key: value for key, value in values.items() if value}
    for word in _CLASS_WORDS:
        if word in named:
            return named[word]
    different = set(named.values())
    if len(different) > 1:
        raise UnusableError(f"has {len(different)} attributes; which one is the class is not said")
    return different.pop() if different else None


def _value(value: Any) -> str:
    """The text of an attribute; of a list of check boxes the only one that is set."""
    if isinstance(value, dict):
        chosen = [key for key, on in value.items() if on is True]
        value = chosen[0] if len(chosen) == 1 else ""
    return printable(value) if isinstance(value, str | int) else ""


def _outline(shape: Any) -> tuple[Points, str]:
    """The outline of a region `(N, 2)` in pixels, and what it was when no polygon."""
    if not isinstance(shape, dict):
        raise UnusableError("has no shape")
    kind = shape.get("name")
    if kind in _FLAT:
        raise UnusableError(f"is of the kind {kind}, which has no area")
    if kind == "polygon":
        return _polygon(shape), ""
    if kind == "rect":
        box = json_file.box_corners(*_numbers(shape, "x", "y", "width", "height"))
        return box, "is a box, not a polygon; kept as a rectangle"
    if kind == "circle":
        x, y, radius = _numbers(shape, "cx", "cy", "r")
        return json_file.ellipse(x, y, radius, radius), "is a circle; kept as a polygon"
    if kind == "ellipse":
        x, y, wide, high = _numbers(shape, "cx", "cy", "rx", "ry")
        turn = json_file.number(shape.get("theta") or 0)
        return json_file.ellipse(x, y, wide, high, turn), "is an ellipse; kept as a polygon"
    raise UnusableError(f"is of the unknown kind {str(kind)[:40]!r}")


def _polygon(shape: Object) -> Points:
    x, y = shape.get("all_points_x"), shape.get("all_points_y")
    if not isinstance(x, list) or not isinstance(y, list) or len(x) != len(y):
        raise UnusableError("has not as many x as y coordinates")
    columns = [json_file.paired([v for n in axis for v in (n, 0)])[:, 0] for axis in (x, y)]
    return np.column_stack(columns)


def _numbers(shape: Object, *keys: str) -> list[float]:
    return [json_file.number(shape.get(key)) for key in keys]


FORMAT = Format(
    name="via",
    title="VIA 2 JSON",
    prose="The annotations or the project file of the VGG Image Annotator.",
    recognise=recognise,
    read=read,
)
