"""NDJSON of Ultralytics in: a line for the data set, then one an image, with rows as in YOLO.

(docs.ultralytics.com/datasets/detect, "Ultralytics NDJSON format".) Addresses of images are never
opened.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file, json_text
from dynseg.formats.incoming.json_file import Object
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key
from dynseg.formats.yolo import rows
from dynseg.formats.yolo.description import class_names

SUFFIX = ".ndjson"
_TASKS = ("segment", "detect")
"""Tasks whose rows are outlines or boxes."""


def recognise(listing: Listing) -> int:
    """How many files there are of this kind."""
    return len(listing.of(SUFFIX))


def read(source: Path) -> Source:
    """Find the labels of a file, or of all such files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    for path in listing.of(SUFFIX):
        lines = json_file.load(listing, path, findings, decode=bytes.splitlines)
        file = _File(listing, path, findings)
        labels += [found for number, line in enumerate(lines or [], start=1)
                   if line.strip() and (found := file.image(number, line))]  # fmt: skip
        names.update(file.all_names)
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))


class _File:
    """One file.

    Attributes:
        names: Class index to name, of the data set that the lines are of.
        all_names: Names of all data sets in the file, each once.
    """

    def __init__(self, listing: Listing, path: Path, findings: list[Finding]) -> None:
        self.names: dict[int, str] = {}
        self.all_names: dict[str, None] = {}
        self._rel = listing.rel(path)
        self._listing = listing
        self._home = path.parent
        self._findings = findings

    def image(self, number: int, line: bytes) -> ImageLabels | None:
        """The labels of the image of a line; None where it has none."""
        record = _record(line)
        if record is None:
            self._tell(number, "is not valid JSON")
        elif record.get("type") == "dataset":
            names = class_names({"names": record.get("class_names")})
            if self.names:
                self.names = names
            else:  # those of the images before it as well
                self.names.update(names)
            self.all_names.update(dict.fromkeys(names[index] for index in sorted(names)))
            task = record.get("task")
            if task not in (*_TASKS, None):
                self._tell(number, f"is for the task {task!r:.30}, which has no outlines")
        elif not isinstance(record.get("file"), str):
            self._tell(number, "names no image; not used")
        else:
            return self._labels(number, record)
        return None

    def _tell(self, line: int, reason: str) -> None:
        self._findings.append(Finding(self._rel, line, reason))

    def _labels(self, number: int, record: Object) -> ImageLabels:
        tidy = tidy_name("", record["file"])
        said = record.get("split")
        split = SPLIT_WORDS.get(said.lower(), "") if isinstance(said, str) else ""
        in_split = PurePosixPath(split, tidy)
        return ImageLabels(
            self._rel,
            tuple(dict.fromkeys(image_key(name.as_posix()) for name in (in_split, tidy))),
            partial(_load, record.get("annotations"), self.names, number),
            image=inner_path(self._listing.root, self._home, record["file"]),
            image_name=tidy.name,
            size=json_file.size_of(record.get("width"), record.get("height")),
            split=split,
            item=f"line {number}",
        )


def _record(line: bytes) -> Object | None:
    """The object in a line; null for numbers that are not finite."""
    for text in (line, json_text.finite(line).data):
        try:
            found = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        return found if isinstance(found, dict) else None
    return None


def _load(annotations: Any, names: dict[int, str], line: int, reading: Reading) -> None:
    annotations = annotations if isinstance(annotations, dict) else {}
    kind = next((key for key in ("segments", "boxes") if annotations.get(key)), "")
    others = sorted(str(key)[:40] for key, value in annotations.items() if value and key != kind)
    if others:
        reading.note(Place(line), f"has {', '.join(others[:5])}; not taken over")
    for number, values in enumerate(json_file.listed(annotations.get(kind)), start=1):
        place = Place(line, f"{kind}[{number - 1}]")
        if not isinstance(values, list):
            reading.refuse(place, "has no list of points")
            continue
        text = " ".join("nan" if value is None else f"{value}"[:40] for value in values)
        found = rows.parse(
            text.encode(), path=reading.rel, class_count=max(names) + 1 if names else None
        )
        moved = [replace(f, line=line, item=place.item) for f in found.repaired]
        reading.repaired += moved
        reading.refused += [replace(f, line=line, item=place.item) for f in found.refused]
        for row in found.rows:
            label = names.get(row.class_index, row.class_index)
            reading.outlines(label, [row.points * reading.size], place)


FORMAT = Format(
    name="ndjson",
    title="Ultralytics NDJSON",
    prose="One line an image, as Ultralytics HUB and Platform export a data set: outlines, boxes.",
    recognise=recognise,
    read=read,
)
