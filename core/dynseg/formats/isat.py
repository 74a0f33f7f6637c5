"""ISAT JSON in: one file an image; objects of one category and group are one object."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, tidy_name
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import ImageLabels, Source, image_key, split_of


def recognise(listing: Listing) -> int:
    """How many files look like ISAT's."""
    return sum(_is_isat(listing, path) for path in listing.of(".json"))


def _is_isat(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path).get(1, frozenset())
    return {"info", "objects"} <= keys


def read(source: Path) -> Source:
    """Find the labels of a file, or of all ISAT files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    lacking = "has no list of objects; not used"
    found = json_file.own_documents(listing, _is_isat, findings, key="objects", lacking=lacking)
    labels = tuple(_image(listing.rel(path), data) for path, data in found)
    return Source(listing.root, labels, findings=tuple(findings))


def _image(rel: str, data: Object) -> ImageLabels:
    info = data.get("info")
    info = info if isinstance(info, dict) else {}
    stated = info.get("name")
    name = stated if isinstance(stated, str) and stated else f"{PurePosixPath(rel).stem}.jpg"
    tidy = tidy_name(PurePosixPath(rel).parent.as_posix(), name)
    return ImageLabels(
        rel,
        (image_key(tidy.as_posix()), image_key(rel)),
        partial(_load, data["objects"]),
        image_name=tidy.name,
        size=json_file.size_of(info.get("width"), info.get("height")),
        split=split_of(rel),
    )


def _load(objects: list[Any], reading: Reading) -> None:
    for number, entry in enumerate(objects, start=1):
        place = Place(item=f"object {number}")
        try:
            item = json_file.as_object(entry)
            label = printable(item.get("category"))
            if not label:
                raise UnusableError("has no category")
            outline = json_file.points(item.get("segmentation"))
        except UnusableError as error:
            reading.refuse(place, str(error))
            continue
        own = item.get("group")
        group = "" if own in (None, "") else f"{own!r:.60}"
        note = "marks a crowd; taken in as one shape" if item.get("iscrowd") is True else ""
        reading.outlines(label, [outline], place, note=note, group=group)
    reading.join_groups()


FORMAT = Format(
    name="isat",
    title="ISAT JSON",
    prose="One JSON file an image, as ISAT with segment anything writes it.",
    recognise=recognise,
    read=read,
)
