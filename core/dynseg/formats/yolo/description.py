"""Class names of a YOLO data set: `data.yaml` and the text files that stand in for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dynseg.errors import InputError
from dynseg.formats.incoming.class_names import MAX_CLASSES, clean_name
from dynseg.formats.incoming.text_file import text_of

MAX_YAML_BYTES = 1 << 20
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
