"""Class names of a source, and which class of a project each of them is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from dynseg.errors import InputError
from dynseg.formats.reading import Label
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

MAX_NAME = 200
MAX_CLASSES = 10_000
NAMELESS = "object"
"""The class of shapes without one, where nothing says which they have."""


def clean_name(name: object, index: int) -> str:
    """A class name of one line of printable characters.

    Args:
        name: What a file says, of any type.
        index: Its position, for a name when none is left.
    """
    return printable(name) or f"class_{index}"


def printable(name: object) -> str:
    """The printable characters of a name on one line; empty when there are none."""
    text = "" if name is None else str(name)
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(kept.split())[:MAX_NAME].strip()


class ClassPlan:
    """Which class of a project each label of a source means, and which have to be added.

    A project without classes takes all that the source declares, in their order, so that the
    positions agree; another one takes those that are used.

    Args:
        view: The project.
        declared: Names that the source declares.
        used: Labels that its usable shapes have, in the order of their first use.

    Raises:
        InputError: the source numbers its classes without names, and the numbers go beyond those
            of the project.
    """

    def __init__(self, view: ProjectView, declared: Sequence[str], used: Iterable[Label]) -> None:
        table = view.classes()
        used = list(dict.fromkeys(used))
        self._project = table.names
        self._nameless = _nameless(declared, used, table.names)
        numbers = [label for label in used if isinstance(label, int)]
        names = [name for name in map(self.name_of, used) if name is not None]
        if numbers and max(numbers) >= len(table.names):
            if len(table):
                raise InputError(
                    f"The labels use class {max(numbers)}, the project has {len(table)} classes, "
                    "and the source does not name its classes; nothing was imported.",
                    "Put a classes.txt with one name a line beside the labels.",
                )
            names = [f"class_{i}" for i in range(max(numbers) + 1)]
        wanted = names if len(table) else [*declared, *names]
        self.added = tuple(n for n in dict.fromkeys(wanted) if table.by_name(n) is None)
        """Names of classes that the project does not have yet."""
        self._ids = {label.name: label.id for label in table.labels}
        self._ids.update({name: -1 - place for place, name in enumerate(self.added)})

    def name_of(self, label: Label) -> str | None:
        """The class that a label means; None when nothing says which."""
        if label is None:
            return self._nameless
        if isinstance(label, int):
            known = label < len(self._project)
            return self._project[label] if known else f"class_{label}"
        return label

    def id_of(self, label: Label) -> int | None:
        """The id of the class, negative while it is not in the project; None without a class."""
        name = self.name_of(label)
        return None if name is None else self._ids.get(name)

    def add_to(self, store: Store) -> None:
        """Give the project the classes that it lacks."""
        for name in self.added:
            label = store.classes().by_name(name) or store.add_class(name)
            self._ids[name] = label.id


def _nameless(declared: Sequence[str], used: Sequence[Label], project: Sequence[str]) -> str | None:
    """What shapes without a class are: the only class there is, or `object` where there is none."""
    named = [label for label in used if isinstance(label, str)]
    for known in (named, declared, project):
        if known:
            return known[0] if len(known) == 1 else None
    return NAMELESS
