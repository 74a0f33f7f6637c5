"""Finding the label files of a YOLO data set, in the layouts that are in use.

Ultralytics (`images/train` beside `labels/train`), Roboflow (`train/images` beside
`train/labels`), lists of images in a text file, and bare folders of text files. A source is read
only inside its own folder. Paths of another computer mean what ends like them in it; keys that lead
out otherwise are reported and not followed.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from dynseg.errors import InputError
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.listing import Listing, files_below, is_inside
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.formats.incoming.text_file import text_of, utf_8
from dynseg.formats.yolo import rows
from dynseg.formats.yolo.description import (
    CLASS_FILES,
    YAML_NAMES,
    ClassNames,
    class_names,
    description_in,
    descriptions_below,
    load_yaml,
)
from dynseg.images.index import SUFFIXES
from dynseg.project.records import Split

MAX_LIST_BYTES = 64 << 20
_SPLIT_KEYS = ("train", "val", "validation", "valid", "test")
_NO_LABELS = frozenset({*CLASS_FILES, "train.txt", "val.txt", "test.txt", "notes.txt"})
_ROW_START = re.compile(rb"\s*\d+(?:\.0+)?[ \t]+[-+.\dnNiI]")
_NO_LABEL_PREFIXES = ("readme.", "license")


@dataclass(slots=True)
class _Search:
    """State of one look through a source; `described` is the description that is followed."""

    root: Path
    described: str = "data.yaml"
    names: dict[int, str] = field(default_factory=dict)
    """What that description calls the classes."""
    said: dict[str, dict[int, str]] = field(default_factory=dict)
    """The same for each label file that it names."""
    bases: list[Path] = field(default_factory=list)
    """The folders that the descriptions are for."""
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
    described = any(path.name in YAML_NAMES for path in listing.files)
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
    own = root / source.name if is_file else description_in(root)
    names = ClassNames(root)
    for description in [own] if own else descriptions_below(root):
        names.say(description.parent, _follow_description(search, description))
    search.names = {}
    if not search.labels:  # lists may name images of another computer
        _walk(search, root)
    elif not is_file:
        _add_rest(search, root)
    if not search.labels:
        raise InputError(
            f"{source} holds no YOLO label files; nothing was imported.",
            "Give the folder with the images and labels folders, or its data.yaml.",
        )
    return _as_source(search, names)


def _follow_description(search: _Search, description: Path) -> dict[int, str]:
    """Take in what a description names; what it calls the classes."""
    search.described = search.rel(description)
    data = load_yaml(description)
    if data.get("kpt_shape"):
        raise InputError(
            f"{search.described} describes key points, which have no area; nothing was imported.",
            "Give a data set of shapes or of boxes.",
        )
    search.names = class_names(data)
    base = _base(search, data, description)
    search.bases.append(base)
    _follow_keys(search, data, base)
    return search.names


def _base(search: _Search, data: dict[str, Any], description: Path) -> Path:
    """Where the keys of `data.yaml` start: its `path` when that is inside, else its folder."""
    home = description.parent
    path = data.get("path")
    if not isinstance(path, str) or not path:
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
    if path is None or not search.inside(path) or not _is_followed(path):
        path = next(_ends(search, base, entry, _is_followed), path)
    if path is None or not search.inside(path):
        search.note(search.described, f"`{key}` leads out of the source; not followed")
    elif _is_folder(path):
        _add_folder(search, path, split)
    elif os.path.isfile(path) and path.suffix == ".txt":
        _add_list(search, path, split, base)
    else:
        search.note(search.described, f"`{key}` names a folder that is not there")


def _is_folder(path: Path) -> bool:
    """Whether it is a folder of images; its labels alone are as good.

    Names come from the file: `os.path` answers no where they are too long for a path.
    """
    return os.path.isdir(path) or label_folder(path) != path


def _is_followed(path: Path) -> bool:
    return _is_folder(path) or (os.path.isfile(path) and path.suffix == ".txt")


def _ends(search: _Search, home: Path, entry: str, fits: Callable[[Path], bool]) -> Iterator[Path]:
    """What is inside and ends like a path of another computer, the longest end first."""
    if _safe_join(home, entry) is None:
        return
    steps = entry.replace("\\", "/").split("/")
    while steps and steps[0] in ("", ".", ".."):
        del steps[0]
    if ".." in steps:
        return
    for start in range(len(steps)):
        path = home.joinpath(*steps[start:])
        if fits(path) and search.inside(path):
            yield path


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
    homes = (path.parent, base)
    moved: dict[str, Path] = {}
    lines = text_of(path.read_bytes()).splitlines()
    for number, line in enumerate(lines, start=1):
        entry = line.strip()
        if not entry:
            continue
        image = _listed(search, homes, entry, moved)
        if image is None:
            reason = "leads out of the source; not followed"
            search.findings.append(Finding(search.rel(path), number, reason))
            continue
        label = _label_of(image)
        _add_image(search, image, split, label)
        if os.path.isfile(label):
            _add_label(search, label, split)


def _listed(
    search: _Search, homes: tuple[Path, Path], entry: str, moved: dict[str, Path]
) -> Path | None:
    """The image that a line of a list means; None when nothing inside may be it.

    Args:
        search: The source.
        homes: What the line may start from.
        entry: The line.
        moved: Where the folders of other computers were found; grows.
    """
    folder, _, name = entry.replace("\\", "/").rpartition("/")
    if folder in moved and _is_there(moved[folder] / name):
        return moved[folder] / name
    places = [place for home in homes if (place := _safe_join(home, entry)) is not None]
    inside = [place for place in places if search.inside(place)]
    for place in inside:
        if _is_there(place):
            return place
    for home in homes:
        for place in _ends(search, home, entry, _is_there):
            moved[folder] = place.parent
            return place
    return inside[0] if inside else None


def _is_there(image: Path) -> bool:
    """Whether there is an image or, as in an archive of labels alone, its label file."""
    return os.path.isfile(image) or os.path.isfile(_label_of(image))


def _label_of(image: Path) -> Path:
    return (label_folder(image.parent) / image.name).with_suffix(".txt")


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
    if search.names:
        search.said.setdefault(rel, search.names)


def _walk(search: _Search, root: Path) -> None:
    """Without usable keys: every text file below the root that can be a label file."""
    files = list(files_below(root))
    for path in files:
        if path.suffix.lower() in SUFFIXES:
            _add_image(search, path, split_of(search.rel(path)), _label_of(path))
    for path in files:
        if _is_label(path):
            _add_label(search, path, split_of(search.rel(path)))


def _add_rest(search: _Search, root: Path) -> None:
    """Take in the label files of a split that a description leaves out; say where others are.

    Those may be an earlier version of labels, or what a model proposed: nobody vouched for them.
    """
    taken = {image_key(rel).name for rel in search.labels}
    passed: Counter[str] = Counter()
    for path in files_below(root):
        rel = search.rel(path)
        if not _is_label(path) or rel in search.labels:
            continue
        if _is_in_split(search, path) and image_key(rel).name not in taken:
            _add_label(search, path, split_of(rel))
        elif "labels" in rel.lower().split("/")[:-1] or _has_row(path):
            passed[PurePosixPath(rel).parent.as_posix()] += 1
    for folder, count in passed.items():
        which = search.described
        search.note(folder, f"holds labels that {which} does not name; not read (files: {count:,})")


def _is_in_split(search: _Search, path: Path) -> bool:
    """Whether a file lies where a data set has the labels of a split."""
    for base in search.bases:
        if path.is_relative_to(base):
            steps = path.relative_to(base).parts[:-1]
            first = image_key(path.relative_to(base).as_posix()).parts[0].lower()
            return first in SPLIT_WORDS and "labels" in steps
    return False


def _is_label(path: Path) -> bool:
    name = path.name.lower()
    return (
        path.suffix.lower() == ".txt"
        and name not in _NO_LABELS
        and not name.startswith(_NO_LABEL_PREFIXES)
    )


def _as_source(search: _Search, names: ClassNames) -> Source:
    labels = []
    for rel, path in sorted(search.labels.items()):
        own = search.said.get(rel) or names.of(PurePosixPath(rel).parent)
        image = search.images.get(rel)
        labels.append(
            ImageLabels(
                rel,
                (image_key(rel),),
                partial(load, path, own),
                image=image,
                image_name=image.name if image is not None else "",
                split=_one(search.splits.get(rel, set())),
            )
        )
    bare = tuple(
        search.rel(path) for rel, path in search.images.items() if rel not in search.labels
    )
    return Source(search.root, tuple(labels), names.declared(), bare, tuple(search.findings))


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
