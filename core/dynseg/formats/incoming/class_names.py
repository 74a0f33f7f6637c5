"""Class names of a source, and which class of a project each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dynseg.annotation.class_text import legible, spoken
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.errors import InputError
from dynseg.formats.incoming.reading import Label
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

MAX_CLASSES = 10_000
NAMELESS = "object"
"""The class of shapes without one, where nothing says which they have."""

MARKS = {
    "__ignore__": "marks what labelme ignores; it is no class, so the shape is left out",
    "_background_": "marks background in labelme; it is no class, so the shape is left out",
    "__background__": "marks background in ISAT; it is no class, so the shape is left out",
}
"""What is said of a shape with a label that is no class, whatever the format: labels go from one to
the next. labelme's own converters (`labelme2coco.py`, `labelme2voc.py`) take the first two lines of
its `labels.txt` for none; in ISAT the first category is what lies behind everything."""


def clean_name(name: object, index: int) -> str:
    """A class name of one line of printable characters.

    Args:
        name: What a file says, of any type.
        index: Its position, for a name when none is left.
    """
    return printable(name) or f"class_{index}"


def printable(name: object) -> str:
    """What can be read of a name, on one line; empty when that is nothing."""
    return legible("" if name is None else str(name))


Chosen = int | str | None
"""A class of the project by its id, one by its name that is made if need be, or none: left out."""


class ClassPlan:
    """Which class of a project each label of a source means, and which have to be added.

    A name is that of the class that a person would call the same. A project without classes takes
    all that the source declares, in their order, so that the positions agree; another one takes
    those that are used. `MARKS` are no classes, unless the project has such a class or a person
    chose one for them.

    Args:
        view: The project.
        declared: Names that the source declares.
        used: Labels that its usable shapes have, in the order of their first use.
        chosen: What a person chose for names of the source. The empty name is that of shapes
            without a class. Ids that are not in the project count as no choice.

    Raises:
        InputError: the source numbers its classes without names, and numbers that nothing was
            chosen for go beyond those of the project.
    """

    def __init__(
        self,
        view: ProjectView,
        declared: Sequence[str],
        used: Iterable[Label],
        chosen: Mapping[str, Chosen],
    ) -> None:
        table = view.classes()
        used = list(dict.fromkeys(used))
        self._words = SourceWords(declared, used, table.names)
        known = {label.id for label in table.labels}
        self._marks = unknown_marks(table)
        self._chosen: dict[str, Chosen] = dict.fromkeys(self._marks)
        self._chosen |= {
            name: choice
            for name, choice in chosen.items()
            if not isinstance(choice, int) or choice in known
        }
        self._spoken = {spoken(label.name): label.id for label in reversed(table.labels)}
        self._ids = {label.name: label.id for label in table.labels}
        self.added = self._missing(table, declared, used)
        """Names of classes that the project does not have yet."""
        self._ids.update({name: -1 - place for place, name in enumerate(self.added)})
        self._names = {label.id: label.name for label in table.labels}

    def _missing(
        self, table: ClassTable, declared: Sequence[str], used: Sequence[Label]
    ) -> tuple[str, ...]:
        numbers = [label for label in used if isinstance(label, int)]
        unsaid = [number for number in numbers if self._words.key(number) not in self._chosen]
        if unsaid and len(table) and max(unsaid) >= len(table):
            raise InputError(
                f"The labels use class {max(unsaid)}, the classes of the project end at "
                f"{len(table) - 1}, and the source does not name its classes; "
                "nothing was imported.",
                "Put a classes.txt with one name a line beside the labels.",
            )
        names = [name for name in map(self.name_of, used) if name is not None]
        if len(table) == 0:
            counted = [f"class_{i}" for i in range(max(numbers, default=-1) + 1)]
            names = [*declared, *counted, *names]
        made = (choice for choice in map(self._choice_for, names) if isinstance(choice, str))
        return tuple(name for name in dict.fromkeys(made) if name not in self._ids)

    def name_of(self, label: Label) -> str | None:
        """The class that a label means; None when nothing says which."""
        return self._words.name_of(label)

    def ignores(self, label: Label) -> bool:
        """Whether a person chose to leave shapes with this label out."""
        return self._choice(label) is None

    def mark_of(self, label: Label) -> str:
        """What is said of a label that is left out because it is no class; empty for others."""
        is_mark = label in self._marks and self.ignores(label)
        return MARKS[str(label)] if is_mark else ""

    def id_of(self, label: Label) -> int | None:
        """The id of the class, negative while it is not in the project; None without a class."""
        choice = self._choice(label)
        return self._ids.get(choice) if isinstance(choice, str) else choice

    def becomes(self, label: Label) -> str:
        """Name of the class in the project; empty without one."""
        choice = self._choice(label)
        return self._names[choice] if isinstance(choice, int) else choice or ""

    def _choice(self, label: Label) -> Chosen:
        """The class of a label; the empty name where nothing says which."""
        return self._choice_for(self._words.key(label))

    def _choice_for(self, name: str) -> Chosen:
        """What was chosen for a name, else the class of it: case alone makes no other class."""
        if name in self._chosen or name in self._ids:
            return self._chosen.get(name, name)
        return self._spoken.get(spoken(name), name)

    def add_to(self, store: Store) -> tuple[dict[int, int], list[ClassLabel]]:
        """Give the project the classes that it lacks.

        Returns:
            What their negative ids have become, and the classes that were made.
        """
        there = store.classes()
        ids, made = {}, []
        for name in self.added:
            label = there.by_name(name)
            if label is None:
                label = store.add_class(name)
                made.append(label)
            ids[self._ids[name]] = label.id
        return ids, made


def unknown_marks(table: ClassTable) -> tuple[str, ...]:
    """The `MARKS` without those that the project has made classes."""
    return tuple(name for name in MARKS if table.by_name(name) is None)


class SourceWords:
    """What the labels of a source are called.

    Args:
        declared: Names that the source declares.
        used: Labels that its usable shapes have.
        project: Names of the classes of the project, for numbers without names.
    """

    def __init__(
        self, declared: Sequence[str], used: Sequence[Label], project: Sequence[str]
    ) -> None:
        self._project = project
        self._nameless = _nameless(declared, used, project)

    def name_of(self, label: Label) -> str | None:
        """The class that a label means; None when nothing says which."""
        if label is None:
            return self._nameless
        if isinstance(label, int):
            known = label < len(self._project)
            return self._project[label] if known else f"class_{label}"
        return label

    def key(self, label: Label) -> str:
        """The same for choices: empty when nothing says which class it is."""
        return self.name_of(label) or ""


def _nameless(declared: Sequence[str], used: Sequence[Label], project: Sequence[str]) -> str | None:
    """What shapes without a class are: the only class there is, or `object` where there is none."""
    named = [label for label in used if isinstance(label, str)]
    for known in (named, declared, project):
        if known:
            return known[0] if len(known) == 1 else None
    return NAMELESS
