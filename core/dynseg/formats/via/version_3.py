"""VIA 3 projects in: files, the views that show them, and the regions of each view.

A region is `[kind, number, number, ...]`, its class one of its attributes, which it has by their
ids (`via-3.x.y/CodeDoc.md` and `_via_metadata.js` of github.com/ox-vgg/via).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from dynseg.formats.finding import Finding
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
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
from dynseg.formats.via.attributes import class_attribute, class_of

_IMAGE = 2
_ADDRESSES = (2, 3)
"""Files that lie at an address or path: the name is a short one, the source the whole."""
_CHECKBOX, _OPTIONS = 2, (2, 3, 4, 5)
"""Kinds of attributes: what they keep are ids of their options, several with commas."""
_DELETED = 1
_FLAT = {1: "point", 5: "line", 6: "polyline"}
_RECT, _CIRCLE, _ELLIPSE, _POLYGON, _EXTREME_RECT, _EXTREME_CIRCLE = 2, 3, 4, 7, 8, 9
_Region = tuple[str, Object]


def looks_alike(keys: KeysByDepth) -> bool:
    """Whether the start of a file has the keys of a project; large ones end out of sight."""
    top, second, third = (keys.get(depth, frozenset()) for depth in (1, 2, 3))
    if "project" in top and "vid_list" in second:
        return True
    return {"attribute", "file"} <= top and bool(third & {"anchor_id", "fname"})


def is_project(data: Any) -> bool:
    """Whether a document has what makes a project."""
    return isinstance(data, dict) and "view" in data and "file" in data


class ProjectFile:
    """One project.

    Args:
        listing: The files of the source.
        path: The file.
        data: What it holds.
        findings: Told of what is no image, and of regions without one.
    """

    def __init__(self, listing: Listing, path: Path, data: Object, findings: list[Finding]) -> None:
        self.rel = listing.rel(path)
        self._listing = listing
        self._findings = findings
        self._files = dict(_named(data.get("file")))
        self._views = dict(_named(data.get("view")))
        self._regions = _named(data.get("metadata"))
        attributes = dict(_named(data.get("attribute")))
        self._attributes = _Attributes(attributes, _shown(data.get("config")))

    def declared(self) -> tuple[str, ...]:
        """The classes that can be chosen, in their order; none where they are typed."""
        return self._attributes.choices

    def labels(self) -> Iterator[ImageLabels]:
        """The labels of every view of one image, also of those without a region."""
        regions = self._by_view()
        for key, view in self._views.items():
            item = f"view {key[:20]}"
            listed = json_file.listed(view.get("fid_list"))
            file = self._files.get(str(listed[0])) if len(listed) == 1 else None
            names = _names(file) if file is not None else []
            if len(listed) > 1:
                self._tell("shows several files; not used", item)
            elif file is None or not names:
                self._tell("names no image; not used", item)
            elif file.get("type") not in (_IMAGE, None):
                self._tell("shows no image, but a video or sound; not used", item)
            else:
                yield self._image(names, regions.get(key, []))

    def _by_view(self) -> dict[str, list[_Region]]:
        found: dict[str, list[_Region]] = defaultdict(list)
        for key, region in self._regions:
            view = str(region.get("vid"))
            if view in self._views:
                found[view].append((key, region))
            else:
                self._tell("is for a view that the file does not list; not used", _item(key))
        return found

    def _tell(self, reason: str, item: str) -> None:
        self._findings.append(Finding(self.rel, None, reason, item))

    def _image(self, names: list[str], regions: list[_Region]) -> ImageLabels:
        folder = PurePosixPath(self.rel).parent.as_posix()
        tidy = [tidy_name(folder, name) for name in names]
        home = self._listing.root / folder
        images = (inner_path(self._listing.root, home, name) for name in names)
        return ImageLabels(
            self.rel,
            tuple(dict.fromkeys(image_key(name.as_posix()) for name in tidy)),
            partial(_load, regions, self._attributes),
            image=next(filter(None, images), None),
            image_name=tidy[0].name,
            split=split_of(tidy[0].as_posix()) or split_of(self.rel),
            item=f"image {tidy[0].name[:80]}",
        )


def _named(value: Any) -> list[tuple[str, Object]]:
    """The objects among the values of an object, with their keys."""
    items = value.items() if isinstance(value, dict) else ()
    return [(str(key), item) for key, item in items if isinstance(item, dict)]


def _item(key: str) -> str:
    return f"region {key[:40]}"


def _shown(config: Any) -> str:
    """Id of the attribute that VIA writes at the regions; empty where it writes none."""
    ui = config.get("ui") if isinstance(config, dict) else None
    return str(ui.get("spatial_region_label_attribute_id", "")) if isinstance(ui, dict) else ""


def _names(file: Object) -> list[str]:
    """What the image of a file may be called, the surest first; addresses are never opened."""
    texts = [file.get("fname")]
    if file.get("loc") in _ADDRESSES:
        texts.insert(0, file.get("src"))
    names = (file_of_address(text) for text in texts if isinstance(text, str))
    return [name for name in dict.fromkeys(names) if name.strip("./ ")]


class _Attributes:
    """What the ids of attributes and of their options stand for.

    Args:
        attributes: The attributes of the project by their ids.
        shown: Id of the one that VIA writes at the regions.
    """

    def __init__(self, attributes: dict[str, Object], shown: str) -> None:
        self._attributes = attributes
        self._names = {
            key: printable(own.get("aname")) or f"attribute {key}"
            for key, own in attributes.items()
        }
        self._shown = self._names.get(shown, "")
        of_regions = {
            key: name
            for key, name in self._names.items()
            if str(attributes[key].get("anchor_id")).endswith("XY1")
        }
        own = attributes.get(class_attribute(of_regions, shown=self._shown), {})
        names = map(printable, _options(own).values()) if _keeps_ids(own) else ()
        self.choices = tuple(dict.fromkeys(filter(None, names)))[:MAX_CLASSES]

    def label(self, values: Any) -> str | None:
        """The class of a region, None when it has none.

        Raises:
            UnusableError: several attributes could be it.
        """
        if not isinstance(values, dict):
            return None
        named = {
            self._names.get(str(key), str(key)): self._text(str(key), value)
            for key, value in values.items()
        }
        return class_of(named, shown=self._shown)

    def _text(self, key: str, value: Any) -> str:
        """What an attribute says; of options that are ticked the only one."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        own = self._attributes.get(key, {})
        if not _keeps_ids(own):
            return printable(value)
        text, options = str(value), _options(own)
        if own.get("type") == _CHECKBOX and text not in options:
            ticked = [part for part in text.split(",") if part.strip()]
            text = ticked[0] if len(ticked) == 1 else ""
        return printable(options.get(text, text))


def _keeps_ids(attribute: Object) -> bool:
    return attribute.get("type") in _OPTIONS and bool(_options(attribute))


def _options(attribute: Object) -> dict[str, Any]:
    options = attribute.get("options")
    return options if isinstance(options, dict) else {}


def _load(regions: list[_Region], attributes: _Attributes, reading: Reading) -> None:
    if any(not region.get("xy") for _, region in regions):
        reading.note(Place(), "has attributes of the whole image; they are not taken over")
    for key, region in regions:
        place = Place(item=_item(key))
        if not region.get("xy"):
            continue
        if json_file.whole(region.get("flg")) == _DELETED:
            reading.note(place, "is marked as deleted; left out")
            continue
        try:
            outline, note = _outline(region["xy"])
            label = attributes.label(region.get("av"))
        except UnusableError as error:
            reading.refuse(place, str(error))
            continue
        if label is None:
            note = "; ".join(filter(None, [note, "has no class; takes the only one there is"]))
        reading.outlines(label, [outline], place, note=note)


def _outline(region: Any) -> tuple[Points, str]:
    """The outline of a region `(N, 2)` in pixels, and what it was when no polygon."""
    if not isinstance(region, list):
        raise UnusableError("has no shape")
    kind, values = json_file.whole(region[0]), region[1:]
    if kind in _FLAT:
        raise UnusableError(f"is of the kind {_FLAT[kind]}, which has no area")
    if kind == _POLYGON:
        return json_file.paired(values), ""
    if kind == _RECT:
        box = json_file.box_corners(*_numbers(values, 4))
        return box, "is a box, not a polygon; kept as a rectangle"
    if kind == _EXTREME_RECT:
        points = json_file.paired(values)
        if not len(points):
            raise UnusableError("has no list of points")
        low, size = points.min(axis=0), np.ptp(points, axis=0)
        box = json_file.box_corners(*low.tolist(), *size.tolist())
        return box, "is a box, not a polygon; kept as a rectangle"
    if kind == _ELLIPSE:
        x, y, wide, high = _numbers(values, 4)
        return json_file.ellipse(x, y, wide, high), "is an ellipse; kept as a polygon"
    if kind in (_CIRCLE, _EXTREME_CIRCLE):
        x, y, radius = _numbers(values, 3) if kind == _CIRCLE else _circle(_numbers(values, 6))
        return json_file.ellipse(x, y, radius, radius), "is a circle; kept as a polygon"
    raise UnusableError(f"is of the unknown kind {region[0]!r:.40}")


def _numbers(values: list[Any], count: int) -> list[float]:
    if len(values) != count:
        raise UnusableError(f"has {len(values)} numbers, where its kind has {count}")
    return [json_file.number(value) for value in values]


def _circle(values: list[float]) -> tuple[float, float, float]:
    """Centre and radius of the circle through three points."""
    first, *others = np.array(values).reshape(3, 2)
    # Each chord is bisected by a line through the centre.
    chords = np.array([other - first for other in others])
    if abs(float(np.linalg.det(chords))) < 1e-9:
        raise UnusableError("is a circle through three points on a line")
    centre = np.linalg.solve(chords, (chords**2).sum(axis=1) / 2)
    x, y = (first + centre).tolist()
    return x, y, float(np.hypot(*centre))
