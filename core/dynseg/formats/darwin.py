"""Darwin JSON of V7 in, versions 1 and 2: one file an image.

The paths of a polygon are its pieces and holes, inside by the even-odd rule; masks stand together
in a raster layer, by their numbers (docs.v7labs.com/reference/darwin-json).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from dynseg.formats import rle
from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import ImageLabels, Source, image_key, split_of
from dynseg.formats.rle import Counts

_FLAT = ("keypoint", "line", "skeleton", "cuboid", "graph", "table", "string", "eye", "link")
_MAX_PATHS = 1_000


def recognise(listing: Listing) -> int:
    """How many files look like V7's."""
    return sum(_is_darwin(listing, path) for path in listing.of(".json"))


def _is_darwin(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    top, second = keys.get(1, frozenset()), keys.get(2, frozenset())
    if "item" in top and ("slots" in second or "schema_ref" in top):
        return True
    return {"image", "annotations"} <= top and bool({"filename", "original_filename"} & second)


def read(source: Path) -> Source:
    """Find the labels of a file, or of all such files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    lacking = "has no list of annotations; not used"
    found = json_file.own_documents(
        listing, _is_darwin, findings, key="annotations", lacking=lacking
    )
    labels = tuple(_image(listing, path, data) for path, data in found)
    return Source(listing.root, labels, findings=tuple(findings))


def _image(listing: Listing, path: Path, data: Object) -> ImageLabels:
    rel = listing.rel(path)
    slot, names, folder, size = _facts(data)
    tidy = [tidy_name(folder, name) for name in names]
    images = (inner_path(listing.root, path.parent, name) for name in names)
    keys = [image_key(name.as_posix()) for name in tidy] or [image_key(rel)]
    return ImageLabels(
        rel,
        tuple(dict.fromkeys(keys)),
        partial(_load, data["annotations"], slot),
        image=next(filter(None, images), None),
        image_name=tidy[0].name if tidy else "",
        size=size,
        split=split_of(folder.strip("/") + "/x") or split_of(rel),
    )


def _facts(data: Object) -> tuple[str, list[str], str, tuple[int, int] | None]:
    """The slot that counts, what its image may be called, its folder and its size."""
    item = data.get("item")
    if not isinstance(item, dict):
        image = data.get("image")
        image = image if isinstance(image, dict) else {}
        names = [image.get("original_filename"), image.get("filename")]
        return "", _texts(names), _text(image, "path"), _size(image)
    slots = json_file.objects(item.get("slots"))
    slot = slots[0] if slots else {}
    files = json_file.objects(slot.get("source_files"))
    names = [item.get("name"), *(file.get("file_name") for file in files[:1])]
    return _text(slot, "slot_name"), _texts(names), _text(item, "path"), _size(slot)


def _text(own: Object, key: str) -> str:
    value = own.get(key)
    return value.strip("/") if isinstance(value, str) else ""


def _texts(values: list[Any]) -> list[str]:
    texts = [text for text in values if isinstance(text, str) and text.strip("./ ")]
    return list(dict.fromkeys(texts))


def _size(own: Object) -> tuple[int, int] | None:
    return json_file.size_of(own.get("width"), own.get("height"))


def _load(annotations: list[Any], slot: str, reading: Reading) -> None:
    if any("tag" in own for own in json_file.objects(annotations)):
        reading.note(Place(), "has tags or descriptions; they are not taken over")
    layers = [
        own["raster_layer"]
        for own in json_file.objects(annotations)
        if isinstance(own.get("raster_layer"), dict)
    ]
    for number, value in enumerate(annotations, start=1):
        place = Place(item=f"annotation {number}")
        try:
            own = json_file.as_object(value)
            if not own.keys() & {"tag", "raster_layer"}:
                _take(own, slot, layers, place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))


def _take(own: Object, slot: str, layers: list[Object], place: Place, reading: Reading) -> None:
    label = printable(own.get("name"))
    if not label:
        raise UnusableError("has no label")
    if "frames" in own:
        raise UnusableError("is of a video; its frames are not taken over")
    slots = own.get("slot_names")
    if slot and isinstance(slots, list) and slots and slot not in slots:
        raise UnusableError("is in another slot than the first; not taken over")
    flat = next((kind for kind in _FLAT if kind in own), "")
    if flat:
        raise UnusableError(f"is of the kind {flat}, which has no area")
    if isinstance(own.get("polygon"), dict):
        outers, holes = _even_odd(_paths(own["polygon"]))
        reading.outlines(label, outers, place, holes=holes)
    elif isinstance(own.get("ellipse"), dict):
        note = "is an ellipse; kept as a polygon"
        reading.outlines(label, [_ellipse(own["ellipse"])], place, note=note)
    elif "mask" in own:
        runs = _runs(own.get("id"), layers, reading.width * reading.height)
        cells, rows, columns = rle.grid_of(runs, length=reading.width, lines=reading.height)
        reading.grid(label, cells, (columns, rows), place)
    elif isinstance(own.get("bounding_box"), dict):
        box = [json_file.number(own["bounding_box"].get(key)) for key in ("x", "y", "w", "h")]
        note = "is a box, not a polygon; kept as a rectangle"
        reading.outlines(label, [json_file.box_corners(*box)], place, note=note)
    else:
        raise UnusableError("has neither a shape nor a box")


def _point(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        raise UnusableError("has a point that is not a pair of numbers")
    return [value.get("x"), value.get("y")]


def _paths(polygon: Object) -> list[Points]:
    """The rings of a polygon; version 1 has the first by itself."""
    paths = polygon.get("paths")
    if not isinstance(paths, list):
        paths = [polygon.get("path"), *json_file.listed(polygon.get("additional_paths"))]
    if len(paths) > _MAX_PATHS or not all(isinstance(path, list) for path in paths):
        raise UnusableError("has no list of points")
    return [json_file.points([_point(value) for value in path]) for path in paths]


def _even_odd(rings: list[Points]) -> tuple[list[Points], list[Points]]:
    """Outlines of the pieces, and holes: rings that lie in an odd number of others."""
    if len(rings) < 2:
        return rings, []
    boxes = np.array([[*r.min(axis=0), *r.max(axis=0)] if len(r) else [0.0] * 4 for r in rings])
    outers: list[Points] = []
    holes: list[Points] = []
    for index, points in enumerate(rings):
        x, y = points[0] if len(points) else (np.nan, np.nan)
        around = np.flatnonzero((boxes[:, :2] < (x, y)).all(1) & (boxes[:, 2:] > (x, y)).all(1))
        depth = sum(_is_inside(rings[other], x, y) for other in around if other != index)
        (holes if depth % 2 else outers).append(points)
    return outers, holes


def _is_inside(points: Points, x: float, y: float) -> bool:
    """Whether a point lies in a ring, by the even-odd rule."""
    (x0, y0), (x1, y1) = points.T, np.roll(points, -1, axis=0).T
    rows = (y0 > y) != (y1 > y)
    at = x0[rows] + (y - y0[rows]) * (x1[rows] - x0[rows]) / (y1[rows] - y0[rows])
    return bool(np.count_nonzero(at > x) % 2)


def _ellipse(value: Object) -> Points:
    numbers = {
        key: [json_file.number(axis) for axis in _point(value.get(key))]
        for key in ("center", "radius")
    }
    turn = json_file.number(value.get("angle") or 0)
    (x, y), (wide, high) = numbers["center"], numbers["radius"]
    return json_file.ellipse(x, y, wide, high, turn)


def _runs(key: Any, layers: list[Object], total: int) -> Counts:
    """Run lengths of a mask, outside first: of the pixels of the layer that have its number."""
    for layer in layers:
        numbers = layer.get("mask_annotation_ids_mapping")
        if isinstance(key, str) and isinstance(numbers, dict) and key in numbers:
            flat = rle.counts_from_list(layer.get("dense_rle"))
            if len(flat) % 2 or int(flat[1::2].sum()) != total:
                raise UnusableError("is a mask of another size than its image")
            own = flat[::2] == json_file.whole(numbers[key])
            ends = np.cumsum(flat[1::2])
            edges = np.column_stack([ends - flat[1::2], ends])[own].ravel()
            return np.asarray(np.diff(edges, prepend=0, append=total), dtype=np.int64)
    raise UnusableError("is a mask without its pixels or its place")


FORMAT = Format(
    name="darwin",
    title="V7 Darwin JSON",
    prose="One JSON file an image, as V7 writes it: polygons with holes, masks, boxes, ellipses.",
    recognise=recognise,
    read=read,
)
