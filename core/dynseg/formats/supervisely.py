"""Supervisely JSON in: one file an image in `ann`, its image beside it in `img`.

Objects of one class that Supervisely binds to one instance are one object
(developer.supervisely.com/getting-started/supervisely-annotation-format).
"""

from __future__ import annotations

import base64
import binascii
import zlib
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file, mask_file
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import ImageLabels, Source, image_key, split_of
from dynseg.images.index import SUFFIXES

META = "meta.json"
_FLAT = frozenset({"point", "line", "graph", "cuboid", "cuboid_2d", "polyline"})
_BOX = "is a box, not a polygon; kept as a rectangle"


def recognise(listing: Listing) -> int:
    """How many files look like annotations of Supervisely."""
    return sum(_is_annotation(listing, path) for path in listing.of(".json"))


def _is_annotation(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    top = keys.get(1, frozenset())
    if "objects" not in top:
        return False
    if {"classTitle", "geometryType"} & keys.get(3, frozenset()):
        return True
    return {"size", "tags"} <= top and {"width", "height"} <= keys.get(2, frozenset())


def read(source: Path) -> Source:
    """Find the labels of a file, or of all annotations in a folder, and the classes of its project.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    lacking = "has no list of objects; not used"
    found = json_file.own_documents(
        listing, _is_annotation, findings, key="objects", lacking=lacking
    )
    labels = tuple(_image(listing, path, data) for path, data in found)
    names = _declared(listing, findings)
    return Source(listing.root, labels, names, findings=tuple(findings))


def _declared(listing: Listing, findings: list[Finding]) -> tuple[str, ...]:
    """The classes of the project, in its order."""
    names: dict[str, None] = {}
    for path in listing.of(".json"):
        if path.name == META and len(listing.files) > 1:
            data = json_file.load(listing, path, findings)
            classes = json_file.objects(data.get("classes") if isinstance(data, dict) else None)
            titles = [printable(item.get("title")) for item in classes[:MAX_CLASSES]]
            names.update(dict.fromkeys(filter(None, titles)))
    return tuple(names)


def _image(listing: Listing, path: Path, data: Object) -> ImageLabels:
    rel = listing.rel(path)
    named = path.stem if PurePosixPath(path.stem).suffix.lower() in SUFFIXES else ""
    # Old projects leave out the suffix of the image.
    name = named or f"{path.stem}.jpg"
    folder = path.parent.parent / "img" if path.parent.name == "ann" else path.parent
    size = data.get("size")
    size = size if isinstance(size, dict) else {}
    tidy = PurePosixPath(rel).parent
    tidy = tidy.parent / "img" if tidy.name == "ann" else tidy
    return ImageLabels(
        rel,
        (image_key((tidy / name).as_posix()),),
        partial(_load, {key: data.get(key) for key in ("objects", "tags", "description")}),
        image=inner_path(listing.root, folder, name),
        image_name=named,
        size=json_file.size_of(size.get("width"), size.get("height")),
        split=split_of(rel),
    )


def _load(data: Object, reading: Reading) -> None:
    objects = json_file.listed(data["objects"])
    said = data.get("tags"), data.get("description")
    inner = any(item.get("tags") or item.get("description") for item in json_file.objects(objects))
    if any(said) or inner:
        reading.note(Place(), "has tags or descriptions; they are not taken over")
    for number, entry in enumerate(objects, start=1):
        place = Place(item=f"object {number}")
        try:
            _take(json_file.as_object(entry), place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))
    reading.join_groups()


def _take(item: Object, place: Place, reading: Reading) -> None:
    label = printable(item.get("classTitle"))
    if not label:
        raise UnusableError("has no class")
    kind = item.get("geometryType") or ("bitmap" if "bitmap" in item else "polygon")
    bound = item.get("instance")
    group = f"{bound!r:.60}" if bound else ""
    points = item.get("points")
    points = points if isinstance(points, dict) else {"exterior": points}
    if isinstance(kind, str) and kind in _FLAT:
        raise UnusableError(f"is of the kind {kind}, which has no area")
    if kind == "bitmap":
        mask, corner = _bitmap(item.get("bitmap"), reading)
        reading.mask(label, mask, place, offset=corner, group=group)
    elif kind == "polygon":
        holes = [json_file.points(hole) for hole in json_file.listed(points.get("interior"))]
        outer = json_file.points(points.get("exterior"))
        reading.outlines(label, [outer], place, group=group, holes=holes)
    elif kind in ("rectangle", "oriented_bbox"):
        turn = json_file.number(item.get("angle") or 0)
        box = _box(json_file.points(points.get("exterior")), turn)
        reading.outlines(label, [box], place, note=_BOX, group=group)
    else:
        raise UnusableError(f"is of the unknown kind {str(kind)[:40]!r}")


def _box(corners: Points, turn_rad: float) -> Points:
    """Corners `(4, 2)` of a box of two opposite ones, turned clockwise about its centre."""
    if len(corners) != 2:
        raise UnusableError("is a box of other than 2 points")
    low, size = corners.min(axis=0), np.ptp(corners, axis=0)
    x, y = (low + size / 2).tolist()
    box = json_file.box_corners(*low.tolist(), *size.tolist())
    return json_file.turned(box, (x, y), turn_rad)


def _bitmap(value: Any, reading: Reading) -> tuple[NDArray[np.int64], tuple[int, int]]:
    """Pixels `(h, w)` and the corner of a mask: a PNG, compressed once more, in base64."""
    value = value if isinstance(value, dict) else {}
    corner, text = json_file.points([value.get("origin")]), value.get("data")
    if not isinstance(text, str) or np.abs(corner).max() > 1 << 20:
        raise UnusableError("is a mask without its pixels or its place")
    try:
        data = base64.b64decode(text, validate=True)
        if not data.startswith(mask_file.PNG):
            # Bounded: a few bytes may stand for any number of them.
            data = zlib.decompressobj().decompress(data, mask_file.MAX_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise UnusableError("is a mask that cannot be read") from None
    width, height = mask_file.png_size(data)
    if width > reading.width or height > reading.height:
        raise UnusableError("is a mask larger than its image")
    left, top = (int(number) for number in np.floor(corner[0]))
    return mask_file.read_opaque(data, width=width, height=height), (left, top)


FORMAT = Format(
    name="supervisely",
    title="Supervisely JSON",
    prose="A project with its folders ann and img: polygons with holes, masks, boxes.",
    recognise=recognise,
    read=read,
)
