"""labelme and X-AnyLabeling JSON in: polygons, rectangles, circles, masks; groups are one object.

Shapes of one group and one label are the pieces of one object, as labelme's own converters have
it. `imagePath` says which image is meant; it is never opened outside of the source.
"""

from __future__ import annotations

import base64
import binascii
import math
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.mask_file import read_mask
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import ImageLabels, Source, image_key, split_of

_FLAT = {
    "line": "a line",
    "linestrip": "a line",
    "point": "a point",
    "points": "points",
    "cuboid": "a cuboid",
}
_OUTLINED = ("polygon", "rotation", "quadrilateral", "oriented_rectangle")
"""Kinds whose points are their corners: the second and third are X-AnyLabeling's, the last is that
of labelme since 2026."""
MAX_FLAGS = 200
"""Letters of a list of flags, in a finding."""


def recognise(listing: Listing) -> int:
    """How many files look like labelme's."""
    return sum(_is_labelme(listing, path) for path in listing.of(".json"))


def _is_labelme(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path).get(1, frozenset())
    # Sorted keys put the copy of the image before the shapes, which are out of sight then.
    own = keys & {"version", "flags", "imagePath", "imageHeight"}
    return bool(own and keys & {"shapes", "imageData"})


def read(source: Path) -> Source:
    """Find the labels of a file, or of all such files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    lacking = "has no list of shapes; not used"
    found = json_file.own_documents(listing, _is_labelme, findings, key="shapes", lacking=lacking)
    labels = tuple(_image(listing, path, data) for path, data in found)
    return Source(listing.root, labels, findings=tuple(findings))


def _image(listing: Listing, path: Path, data: Object) -> ImageLabels:
    rel = listing.rel(path)
    folder = PurePosixPath(rel).parent.as_posix()
    stated = data.get("imagePath")
    name = stated if isinstance(stated, str) and stated else f"{path.stem}.jpg"
    tidy = tidy_name(folder, name)
    return ImageLabels(
        rel,
        (image_key(tidy.as_posix()), image_key(rel)),
        partial(_load, {key: data.get(key) for key in ("flags", "shapes")}),
        image=inner_path(listing.root, path.parent, name),
        image_name=tidy.name if stated else "",
        size=json_file.size_of(data.get("imageWidth"), data.get("imageHeight")),
        split=split_of(rel),
        picture=partial(_picture, listing, path) if data.get("imageData") else None,
    )


def _picture(listing: Listing, path: Path) -> bytes:
    """The copy of the image in a file; read once more, since those of all files are too much."""
    data = json_file.load(listing, path, [])
    text = data.get("imageData") if isinstance(data, dict) else None
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return b""


def _load(data: Object, reading: Reading) -> None:
    """Hand shapes to `reading`, those of one group together, and say what else there is."""
    shapes = data["shapes"]
    said = _said_besides(data)
    if said:
        reading.note(Place(), f"{said}; they are not taken over")
    for number, shape in enumerate(shapes, start=1):
        place = Place(item=f"shape {number}")
        try:
            _take(json_file.as_object(shape), place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))
    reading.join_groups()


def _take(shape: Object, place: Place, reading: Reading) -> None:
    label = printable(shape.get("label"))
    if not label:
        raise UnusableError("has no label")
    number = shape.get("group_id")
    group = "" if number is None else f"{number!r:.60}"
    if shape.get("shape_type") == "mask":
        pixels, corner = _mask(shape, reading)
        reading.mask(label, pixels, place, offset=corner, group=group)
    else:
        outline, note = _outline(shape)
        reading.outlines(label, [outline], place, note=note, group=group)


def _said_besides(data: Object) -> str:
    """What a file says besides shapes and classes; empty where that is nothing."""
    flags = data.get("flags")
    whole = [printable(name) for name, on in flags.items() if on] if isinstance(flags, dict) else []
    count = sum(
        any(_says(shape.get(key)) for key in ("flags", "description", "attributes"))
        for shape in json_file.objects(data["shapes"])
    )
    return " and ".join(
        filter(
            None,
            [
                f"has the flags {', '.join(whole)[:MAX_FLAGS]}" if whole else "",
                f"has flags or descriptions at {count} of its shapes" if count else "",
            ],
        )
    )


def _says(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _outline(shape: Object) -> tuple[NDArray[np.float64], str]:
    """The outline of a shape `(N, 2)` in pixels, and what it was when no polygon."""
    kind = shape.get("shape_type") or "polygon"
    if not isinstance(kind, str):
        raise UnusableError("has a shape type that is no text")
    if kind in _FLAT:
        raise UnusableError(f"is {_FLAT[kind]}, which has no area")
    points = json_file.points(shape.get("points"))
    if kind == "rectangle":
        return _rectangle(points), "is a box, not a polygon; kept as a rectangle"
    if kind == "circle":
        if len(points) < 2:
            raise UnusableError("is a circle without a radius")
        (x, y), (edge_x, edge_y) = points[:2].tolist()
        radius = math.hypot(edge_x - x, edge_y - y)
        return json_file.ellipse(x, y, radius, radius), "is a circle; kept as a polygon"
    if kind not in _OUTLINED:
        raise UnusableError(f"is of the unknown kind {str(kind)[:40]!r}")
    return points, ""


def _rectangle(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners of a rectangle given by two opposite ones or, as X-AnyLabeling has it, by four."""
    if len(points) not in (2, 4):
        raise UnusableError("is a box of neither 2 nor 4 points")
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return json_file.box_corners(left, top, right - left, bottom - top)


def _mask(shape: Object, reading: Reading) -> tuple[NDArray[np.int64], tuple[int, int]]:
    """Pixels `(h, w)` and the corner of a PNG in base64; its points are the ends of its box."""
    corners = json_file.points(shape.get("points"))
    text = shape.get("mask")
    if len(corners) != 2 or not isinstance(text, str):
        raise UnusableError("is a mask without its pixels or its place")
    if np.abs(corners).max() > 1 << 20:
        raise UnusableError("is a mask far outside the image")
    left, top = (int(value) for value in np.floor(corners[0]))
    right, bottom = (
        int(value) for value in np.floor(corners[0]) + np.round(corners[1] - corners[0])
    )
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnusableError("is a mask that cannot be read") from None
    width, height = right - left + 1, bottom - top + 1
    if not (0 < width <= reading.width + 1 and 0 < height <= reading.height + 1):
        raise UnusableError("is a mask larger than its image")
    return read_mask(data, width=width, height=height), (left, top)
