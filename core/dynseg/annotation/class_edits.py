"""Changes of the classes of a project: factories of pure functions `ClassTable -> ClassChange`.

What holds for all of them:

- a class keeps its id, whatever else about it changes;
- a new class has the id `NEW` until the store gives it one;
- a change that cannot be made raises `EditError` and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from dynseg.annotation.class_text import MAX_NAME, is_legible, spoken
from dynseg.annotation.classes import NEW, ClassLabel, ClassTable, free_colour
from dynseg.annotation.document import Annotation
from dynseg.annotation.edits.base import EditError


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What a person does to the classes, in the whole project.

    Attributes:
        text: What it does, in the user's words.
        table: The classes afterwards.
        heirs: For each class that goes: the class that takes over its shapes, None where they go
            with it.
    """

    text: str
    table: ClassTable
    heirs: Mapping[int, int | None] = field(default_factory=dict)


ClassEdit = Callable[[ClassTable], ClassChange]


def add(names: Sequence[str]) -> ClassEdit:
    """Add classes behind the others; names that are there already are left out."""

    def edit(table: ClassTable) -> ClassChange:
        after, there = table, {spoken(label.name) for label in table.labels}
        for name in names:
            if spoken(name) not in there:
                there.add(spoken(name))
                label = ClassLabel(NEW, _checked(name), free_colour(after))
                after = replace(after, labels=(*after.labels, label))
        count = len(after) - len(table)
        text = f"Add class {after.labels[-1].name}" if count == 1 else f"Add {count} classes"
        return ClassChange(text, after)

    return edit


def rename(class_id: int, name: str) -> ClassEdit:
    """Give a class another name.

    The edit raises:
        EditError: another class has this name, or it is empty.
    """

    def edit(table: ClassTable) -> ClassChange:
        label = _label(table, class_id)
        other = table.alike(name)
        if other is not None and other.id != class_id:
            raise EditError(
                f"There is a class {other.name} already, so {label.name} keeps its name.",
                f"To make one class of both, merge {label.name} into {other.name}.",
            )
        kept = name == label.name  # names of older projects may be longer than they may be now
        after = _with(table, replace(label, name=name if kept else _checked(name)))
        return ClassChange(f"Rename {label.name} to {name}", after)

    return edit


def recolour(class_id: int, colour: str) -> ClassEdit:
    """Give a class another colour, `#rrggbb`."""

    def edit(table: ClassTable) -> ClassChange:
        label = _label(table, class_id)
        return ClassChange(
            f"Recolour class {label.name}", _with(table, replace(label, colour=colour))
        )

    return edit


def revise(class_id: int, name: str, colour: str) -> ClassEdit:
    """Give a class another name and another colour in one step; either may be what it is.

    The edit raises:
        EditError: another class has this name, or it is empty.
    """

    def edit(table: ClassTable) -> ClassChange:
        renamed = rename(class_id, name)(table)
        recoloured = recolour(class_id, colour)(renamed.table)
        return recoloured if renamed.table == table else replace(renamed, table=recoloured.table)

    return edit


def place(class_id: int, index: int) -> ClassEdit:
    """Put a class at another position, which is its index in exports; too large means the end."""

    def edit(table: ClassTable) -> ClassChange:
        label = _label(table, class_id)
        others = [other for other in table.labels if other is not label]
        others.insert(max(index, 0), label)
        return ClassChange(f"Move class {label.name}", replace(table, labels=tuple(others)))

    return edit


def merge(class_id: int, into: int) -> ClassEdit:
    """Make two classes one: the shapes of the first get the second.

    The edit raises:
        EditError: both are the same class, or one is gone.
    """

    def edit(table: ClassTable) -> ClassChange:
        label, heir = _label(table, class_id), _label(table, into)
        if label is heir:
            raise EditError("A class cannot be merged into itself.", "Choose another class.")
        text = f"Merge {label.name} into {heir.name}"
        return ClassChange(text, _without(table, label), {class_id: into})

    return edit


def remove(class_id: int) -> ClassEdit:
    """Delete a class together with its shapes."""

    def edit(table: ClassTable) -> ClassChange:
        label = _label(table, class_id)
        return ClassChange(f"Delete class {label.name}", _without(table, label), {class_id: None})

    return edit


def inherited(annotation: Annotation, heirs: Mapping[int, int | None]) -> Annotation:
    """The image after classes have gone: shapes have their heirs, or went with them.

    A proposal stays a proposal: nobody has looked at it.
    """
    instances = []
    for item in annotation.instances:
        heir = heirs.get(item.class_id, item.class_id)
        if heir is not None:
            instances.append(
                item if heir == item.class_id else structs.replace(item, class_id=heir)
            )
    return annotation.with_instances(instances)


def _checked(name: str) -> str:
    if not spoken(name) or name != name.strip():
        raise EditError("A class needs a name; nothing was changed.", "Give it a name.")
    if not is_legible(name):
        raise EditError(
            "The name of a class has an unprintable character; nothing was changed.",
            "Give it a name in one line.",
        )
    if len(name) > MAX_NAME:
        raise EditError(
            f"The class {name[:40]}… has a name of {len(name):,} letters, and {MAX_NAME} are the "
            "most; nothing was changed.",
            "Give it a shorter name.",
        )
    return " ".join(name.split())


def _label(table: ClassTable, class_id: int) -> ClassLabel:
    try:
        return table.by_id(class_id)
    except KeyError as error:
        raise EditError("The class is no longer in the project; nothing was changed.") from error


def _with(table: ClassTable, label: ClassLabel) -> ClassTable:
    labels = tuple(label if old.id == label.id else old for old in table.labels)
    return replace(table, labels=labels)


def _without(table: ClassTable, label: ClassLabel) -> ClassTable:
    return replace(table, labels=tuple(other for other in table.labels if other is not label))
