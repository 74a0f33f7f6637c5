"""Finding the label files of a YOLO data set, in the layouts that are in use.

Ultralytics (`images/train` beside `labels/train`), Roboflow (`train/images` beside
`train/labels`), lists of images in a text file, and bare folders of text files. A source is read
only inside its own folder: keys that lead out of it are reported and not followed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from dynseg.errors import InputError
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.listing import Listing, files_below, is_inside
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.formats.incoming.text_file import text_of, utf_8
from dynseg.formats.yolo import rows
from dynseg.formats.yolo.description import CLASS_FILES, class_names, load_yaml, names_from_text
from dynseg.images.index import SUFFIXES
from dynseg.project.records import Split

MAX_LIST_BYTES = 64 << 20
_SPLIT_KEYS = ("train", "val", "validation", "valid", "test")
_YAML_NAMES = ("data.yaml", "data.yml", "dataset.yaml", "dataset.yml")
_NO_LABELS = frozenset({*CLASS_FILES, "train.txt", "val.txt", "test.txt", "notes.txt"})
_ROW_START = re.compile(rb"\s*\d+(?:\.0+)?[ \t]+[-+.\dnNiI]")
_NO_LABEL_PREFIXES = ("readme.", "license")


@dataclass(slots=True)
class _Search:
    """State of one look through a source; `described` is the name of its description."""

    root: Path
    described: str = "data.yaml"
    findings: list[Finding] = field(default_factory=list)
    splits: dict[str, set[Split]] = field(default_factory=dict)
    labels: dict[str, Path] = field(default_factory=dict)
    images: dict[str, Path] = field(default_factory=dict)

    def rel(self, path: Path) -> str:
        return PurePath(os.path.relpath(path, self.root)).as_posix()

    def note(self, path: Path | str, reason: str) -> None:
        name = path if isinstance(path, str) else self.rel(path)
        self.findings.append(Finding(name, None, reason))

    def inside(self, path: Path) -> bool:
        return is_inside(path, self.root)


def recognise(listing: Listing) -> int:
    """How many files look like YOLO labels; a `data.yaml` alone counts as one."""
    labels = [path for path in listing.of(".txt") if _is_label(path)]
    rows_found = sum(_has_row(path) for path in labels)
    if rows_found:
        return rows_found
    described = any(path.name in _YAML_NAMES for path in listing.files)
    in_labels = any(path.parent.name.lower() == "labels" for path in labels)
    empty = bool(labels) and not any(map(_has_bytes, labels))
    return int(described or in_labels or empty)


def _has_bytes(path: Path) -> bool:
    """Whether a file has any content; a link to a file that is not here may have."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return True


def _has_row(path: Path) -> bool:
    """Whether the first line with something in it is one of numbers."""
    try:
        with path.open("rb") as file:
            head = file.read(256)
    except OSError:
        return False
    return _ROW_START.match(utf_8(head)) is not None


def read(source: Path) -> Source:
    """Find classes, label files and splits of a data set.

    Args:
        source: Its folder, or its `data.yaml`.

    Raises:
        InputError: there is no such folder, no label file in it, or `data.yaml` cannot be used.
    """
    if not source.exists():
        raise InputError(
            f"{source} does not exist; nothing was imported.", "Check the path for a typing error."
        )
    is_file = source.is_file()
    root = (source.parent if is_file else source).resolve()
    search = _Search(root)
    description = source if is_file else _first(root, _YAML_NAMES) or _only_yaml(root)
    if description:
        search.described = description.name
    data = load_yaml(description) if description else {}
    if data.get("kpt_shape"):
        raise InputError(
            f"{search.described} describes key points, which have no area; nothing was imported.",
            "Give a data set of shapes or of boxes.",
        )
    names = class_names(data) or names_from_text(root) or _names_above(root)
    base = _base(search, data, description)
    _follow_keys(search, data, base)
    if not search.labels:  # lists may name images of another computer
        _walk(search, root)
    if not search.labels:
        raise InputError(
            f"{source} holds no YOLO label files; nothing was imported.",
            "Give the folder with the images and labels folders, or its data.yaml.",
        )
    return _as_source(search, names)


def _first(root: Path, names: Iterable[str]) -> Path | None:
    return next((root / name for name in names if (root / name).is_file()), None)


def _only_yaml(root: Path) -> Path | None:
    """The only YAML file of a folder when it describes a data set."""
    found = sorted([*root.glob("*.yaml"), *root.glob("*.yml")])
    if len(found) != 1:
        return None
    data = load_yaml(found[0])
    return found[0] if "names" in data or "train" in data else None


def _names_above(root: Path) -> dict[int, str]:
    """Class names from beside a `labels` folder given alone; nothing else is read there."""
    if "labels" not in (root.name.lower(), root.parent.name.lower()):
        return {}
    for folder in (root.parent, root.parent.parent):
        description = _first(folder, _YAML_NAMES)
        with suppress(InputError, OSError):  # of somebody else: nobody gave it
            names = class_names(load_yaml(description)) if description else names_from_text(folder)
            if names:
                return names
    return {}


def _base(search: _Search, data: dict[str, Any], description: Path | None) -> Path:
    """Where the keys of `data.yaml` start: its `path` when that is inside, else its folder."""
    home = description.parent.resolve() if description else search.root
    path = data.get("path")
    if description is None or not isinstance(path, str) or not path:
        return home
    base = _safe_join(home, path)
    if base is not None and search.inside(base) and os.path.isdir(base):
        return base
    reason = "its `path` is not inside the source; its own folder is used instead"
    search.note(search.described, reason)
    return home


def _safe_join(base: Path, value: str) -> Path | None:
    """`base / value`, or None when that is no path at all."""
    if "\0" in value or len(value) > 4096:
        return None
    return base / value.replace("\\", "/")


def _follow_keys(search: _Search, data: dict[str, Any], base: Path) -> None:
    """Read the folders and lists that `train`, `val` and `test` name."""
    for key in _SPLIT_KEYS:
        value, split = data.get(key), SPLIT_WORDS[key]
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, str) and entry:
                _follow(search, base, entry, split, key)


def _follow(search: _Search, base: Path, entry: str, split: Split, key: str) -> None:
    path = _safe_join(base, entry)
    if path is not None and not search.inside(path) and entry.startswith("../"):
        path = _safe_join(base, entry[3:])  # Roboflow writes `../train/images` beside `train/`
    if path is None or not search.inside(path):
        search.note(search.described, f"`{key}` leads out of the source; not followed")
    # Names come from the file: `os.path` answers no where they are too long for a path.
    elif os.path.isdir(path) or label_folder(path) != path:  # labels alone are as good
        _add_folder(search, path, split)
    elif os.path.isfile(path) and path.suffix == ".txt":
        _add_list(search, path, split, base)
    else:
        search.note(search.described, f"`{key}` names a folder that is not there")


def _add_folder(search: _Search, images: Path, split: Split) -> None:
    """Take in a folder of images and the label folder that belongs to it."""
    labels = label_folder(images)
    for path in files_below(images):
        if path.suffix.lower() in SUFFIXES:
            _add_image(search, path, split, labels / path.relative_to(images).with_suffix(".txt"))
    if labels.is_dir():
        for path in files_below(labels):
            if _is_label(path):
                _add_label(search, path, split)


def label_folder(images: Path) -> Path:
    """The label folder of a folder of images: the last `images` in its path becomes `labels`.

    The folder itself when there is none of that name.
    """
    parts = list(images.parts)
    for at in reversed(range(len(parts))):
        if parts[at].lower() == "images":
            swapped = Path(*parts[:at], "labels", *parts[at + 1 :])
            return swapped if os.path.isdir(swapped) else images
    return images


def _add_list(search: _Search, path: Path, split: Split, base: Path) -> None:
    """Take in the images that a text file lists, one a line."""
    if path.stat().st_size > MAX_LIST_BYTES:
        search.note(path, "is too large for a list of images; not followed")
        return
    lines = text_of(path.read_bytes()).splitlines()
    for number, line in enumerate(lines, start=1):
        entry = line.strip()
        if not entry:
            continue
        places = [_safe_join(path.parent, entry), _safe_join(base, entry)]
        inside = [place for place in places if place is not None and search.inside(place)]
        if not inside:
            reason = "leads out of the source; not followed"
            search.findings.append(Finding(search.rel(path), number, reason))
            continue
        image = next((place for place in inside if os.path.isfile(place)), inside[0])
        folder = image.parent
        label = (label_folder(folder) / image.name).with_suffix(".txt")
        _add_image(search, image, split, label)
        if os.path.isfile(label):
            _add_label(search, label, split)


def _add_image(search: _Search, path: Path, split: Split, label: Path) -> None:
    label_rel = search.rel(label)
    search.images.setdefault(label_rel, path)
    search.splits.setdefault(label_rel, set()).add(split)


def _add_label(search: _Search, path: Path, split: Split) -> None:
    if not search.inside(path):
        search.note(path, "is a link that leads out of the source; not read")
        return
    rel = search.rel(path)
    search.labels.setdefault(rel, path)
    search.splits.setdefault(rel, set()).add(split)


def _walk(search: _Search, root: Path) -> None:
    """Without usable keys: every text file below the root that can be a label file."""
    files = list(files_below(root))
    for path in files:
        if path.suffix.lower() in SUFFIXES:
            label = (label_folder(path.parent) / path.name).with_suffix(".txt")
            _add_image(search, path, split_of(search.rel(path)), label)
    for path in files:
        if _is_label(path):
            _add_label(search, path, split_of(search.rel(path)))


def _is_label(path: Path) -> bool:
    name = path.name.lower()
    return (
        path.suffix.lower() == ".txt"
        and name not in _NO_LABELS
        and not name.startswith(_NO_LABEL_PREFIXES)
    )


def _as_source(search: _Search, names: dict[int, str]) -> Source:
    labels = tuple(
        ImageLabels(
            rel,
            (image_key(rel),),
            partial(load, path, names),
            image=search.images.get(rel),
            image_name=search.images[rel].name if rel in search.images else "",
            split=_one(search.splits.get(rel, set())),
        )
        for rel, path in sorted(search.labels.items())
    )
    bare = tuple(
        search.rel(path) for rel, path in search.images.items() if rel not in search.labels
    )
    declared = tuple(names[index] for index in sorted(names))
    return Source(search.root, labels, declared, bare, tuple(search.findings))


def _one(splits: set[Split]) -> Split:
    named = splits - {""}
    return named.pop() if len(named) == 1 else ""


def load(path: Path, names: dict[int, str], reading: Reading) -> None:
    """Hand the lines of a label file to `reading`.

    Args:
        path: The file.
        names: Class index to name; empty when the source names no classes.
        reading: Takes the shapes.
    """
    whole = Place()
    try:
        size_bytes = path.stat().st_size
        data = path.read_bytes() if size_bytes <= rows.MAX_FILE_BYTES else None
    except OSError as error:
        reading.refuse(whole, f"cannot be read ({error.strerror})")
        return
    if data is None:
        reading.refuse(whole, "is too large for a label file")
        return
    count = max(names) + 1 if names else None
    labels = rows.parse(data, path=reading.rel, class_count=count)
    reading.repaired += labels.repaired
    reading.refused += labels.refused
    for row in labels.rows:
        place = Place(row.line)
        if names and row.class_index not in names:
            reading.refuse(place, f"has class {row.class_index}, which the source does not name")
            continue
        label = names.get(row.class_index, row.class_index)
        reading.outlines(label, [row.points * reading.size], place)
