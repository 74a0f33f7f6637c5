"""Class names of a YOLO data set: `data.yaml` and the text files that stand in for it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from dynseg.errors import InputError
from dynseg.formats.incoming.class_names import MAX_CLASSES, clean_name
from dynseg.formats.incoming.listing import files_below
from dynseg.formats.incoming.text_file import text_of

MAX_YAML_BYTES = 1 << 20
YAML_NAMES = ("data.yaml", "data.yml", "dataset.yaml", "dataset.yml")
CLASS_FILES = ("classes.txt", "obj.names", "labels.txt", "classification.txt")
"""The last one is ISAT's."""


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases: a small file cannot grow into a large one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it uses aliases")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def load_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, read without building any object.

    Raises:
        InputError: it is too large, not YAML, or not a mapping.
    """
    hint = "Give the data.yaml of a YOLO data set, or its folder."
    try:
        if path.stat().st_size > MAX_YAML_BYTES:
            raise InputError(f"{path.name} is larger than 1 MB; it describes no data set.", hint)
        data = yaml.load(text_of(path.read_bytes()), Loader=_Loader)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}).", hint) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise InputError(f"{path.name} is not a YAML file that can be used.", hint) from error
    if not isinstance(data, dict):
        raise InputError(f"{path.name} does not describe a data set.", hint)
    return data


def class_names(data: dict[str, Any]) -> dict[int, str]:
    """Class index to name from the `names` or `nc` of a `data.yaml`."""
    names, count = data.get("names"), data.get("nc")
    if isinstance(names, list):
        names = dict(enumerate(names))
    if isinstance(names, dict):
        return {
            index: clean_name(name, index)
            for key, name in names.items()
            if (index := _index(key)) is not None
        }
    number = _index(count)
    return {i: f"class_{i}" for i in range(number)} if number else {}


def _index(value: object) -> int | None:
    """A class index, or None; `True` is not 1 here."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if 0 <= number < MAX_CLASSES else None


class ClassNames:
    """What the numbers of classes mean in each folder of a source.

    A description counts before a list of names in a text file, what is near before what is further
    up: a folder may hold several data sets, and some programs put the list beside the labels.

    Args:
        root: The source; nothing is looked for further up but beside a `labels` folder given alone.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._described: dict[PurePosixPath, dict[int, str]] = {}
        self._listed: dict[PurePosixPath, dict[int, str]] = {}
        self._above: dict[int, str] | None = None

    def say(self, folder: Path, names: dict[int, str]) -> None:
        """Take note of what a description in a folder says, if anything."""
        if names:
            self._described[PurePosixPath(folder.relative_to(self._root).as_posix())] = names

    def of(self, folder: PurePosixPath) -> dict[int, str]:
        """Class index to name for the label files of a folder, relative to the root."""
        steps = (folder, *folder.parents)
        described = next((self._described[step] for step in steps if step in self._described), None)
        if described is not None:
            return described
        for step in steps:
            if step not in self._listed:
                self._listed[step] = names_from_text(self._root / step)
            if self._listed[step]:
                return self._listed[step]
        if self._above is None:
            self._above = _names_above(self._root)
        return self._above

    def declared(self) -> tuple[str, ...]:
        """All names that were said or asked for, each once, in their order."""
        found = (*self._described.values(), *self._listed.values(), self._above or {})
        return tuple(dict.fromkeys(own[index] for own in found for index in sorted(own)))


def description_in(folder: Path) -> Path | None:
    """The description of the data set that a folder is: of a usual name, or the only YAML file.

    Raises:
        InputError: the only YAML file cannot be read.
    """
    named = _first(folder, YAML_NAMES)
    if named:
        return named
    found = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if len(found) != 1:
        return None
    data = load_yaml(found[0])
    return found[0] if "names" in data or "train" in data else None


def descriptions_below(root: Path) -> list[Path]:
    """Descriptions of the data sets in folders inside, by their class names; others are passed."""
    yamls = (path for path in files_below(root) if path.suffix.lower() in (".yaml", ".yml"))
    found: list[Path] = []
    for folder in dict.fromkeys(path.parent for path in yamls):
        with suppress(InputError):
            description = description_in(folder)
            if description and not description.is_symlink() and class_names(load_yaml(description)):
                found.append(description)
    return found


def _first(folder: Path, names: Iterable[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _names_above(root: Path) -> dict[int, str]:
    """Class names from beside a `labels` folder given alone; nothing else is read there."""
    if "labels" not in (root.name.lower(), root.parent.name.lower()):
        return {}
    for folder in (root.parent, root.parent.parent):
        description = _first(folder, YAML_NAMES)
        with suppress(InputError, OSError):  # of somebody else: nobody gave it
            names = class_names(load_yaml(description)) if description else names_from_text(folder)
            if names:
                return names
    return {}


def names_from_text(root: Path) -> dict[int, str]:
    """Class names from a text file with one a line."""
    for path in (folder / name for folder in (root, root / "labels") for name in CLASS_FILES):
        if path.is_file() and path.stat().st_size <= MAX_YAML_BYTES:
            return dict(enumerate(lines_of(path)))
    return {}


def lines_of(path: Path) -> list[str]:
    """The class names of a text file with one a line."""
    text = text_of(path.read_bytes())
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    kept = [line for line in lines if line][:MAX_CLASSES]
    return [clean_name(line, i) for i, line in enumerate(kept)]


def names_in_file(path: Path) -> list[str]:
    """The class names of a `data.yaml`, or of a text file with one name a line.

    Raises:
        InputError: it cannot be read, or names no class.
    """
    hint = "Choose a data.yaml, or a text file with one name a line."
    try:
        if path.suffix.lower() in (".yaml", ".yml"):
            by_index = class_names(load_yaml(path))
            names = [by_index[index] for index in sorted(by_index)]
        elif path.stat().st_size > MAX_YAML_BYTES or "\0" in text_of(path.read_bytes()):
            raise InputError(f"{path.name} is no list of class names.", hint)
        else:
            names = lines_of(path)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}).", hint) from error
    if not names:
        raise InputError(f"{path.name} names no class.", hint)
    return names
