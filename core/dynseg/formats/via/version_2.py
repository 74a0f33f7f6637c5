"""VIA 1 and 2 JSON in: polygons, boxes, circles and ellipses of each image."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from dynseg.formats.finding import Finding
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import (
    KeysByDepth,
    Listing,
    file_of_address,
    inner_path,
    tidy_name,
)
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import ImageLabels, image_key, split_of
from dynseg.formats.via.attributes import class_of

_META = "_via_img_metadata"
_FLAT = ("polyline", "point")


def looks_alike(keys: KeysByDepth) -> bool:
    """Whether the start of a file has the keys of annotations or of a project."""
    if _META in keys.get(1, frozenset()):
        return True
    return {"filename", "regions"} <= keys.get(2, frozenset())


def images(
    listing: Listing, path: Path, data: Any, findings: list[Finding]
) -> Iterator[ImageLabels]:
    """The labels of every image of a file.

    Args:
        listing: The files of the source.
        path: The file.
        data: What it holds.
        findings: Told of what is no image.
    """
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
        tidy = tidy_name(PurePosixPath(rel).parent.as_posix(), file_of_address(name))
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
    return class_of({str(key): _value(value) for key, value in attributes.items()})


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
