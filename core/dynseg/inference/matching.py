"""Which class of a project what a model finds gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Protocol

import msgspec

from dynseg.annotation.class_text import spoken
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.errors import InputError
from dynseg.project.view import ProjectView


class ModelClasses(Protocol):
    """What a model card says about classes."""

    @property
    def classes(self) -> list[str]:
        """Names in the model's order."""
        raise NotImplementedError

    @property
    def class_agnostic(self) -> bool:
        """The model finds objects of any kind and tells no kinds apart."""
        raise NotImplementedError


def class_mapping(
    card: ModelClasses, table: ClassTable, *, chosen: Mapping[str, int | None] | None = None
) -> dict[int, int | None]:
    """Which class of the project each class of the model becomes.

    A name as it is goes before one that a person would call the same (`spoken`); a name that a
    class had before counts as well, until another class has it. A model that tells no kinds apart
    gives its shapes the project's class if there is exactly one.

    Args:
        card: The model's card.
        table: The classes of the project.
        chosen: What a person chose for names of the model; None drops a class.

    Returns:
        Class of the model to class id, None where there is no such class: then it was dropped by
        a person, or is one of `missing_classes`.
    """
    exact = {label.name: label.id for label in table.labels}
    ids: dict[str, int | None] = {spoken(name): heir for name, heir in table.former.items()}
    ids |= {spoken(label.name): label.id for label in reversed(table.labels)}
    known: set[int | None] = {None, *(label.id for label in table.labels)}
    only = table.labels[0].id if len(table) == 1 else None
    agnostic = card.class_agnostic and len(card.classes) == 1
    result: dict[int, int | None] = {}
    for index, name in enumerate(card.classes):
        if chosen is not None and name in chosen and chosen[name] in known:
            result[index] = chosen[name]
        elif agnostic and only is not None:
            result[index] = only
        else:
            result[index] = exact.get(name, ids.get(spoken(name)))
    return result


def missing_classes(
    card: ModelClasses, table: ClassTable, *, chosen: Mapping[str, int | None] | None = None
) -> dict[int, str]:
    """Names that the project needs before shapes of these classes of the model can be proposed.

    Whoever writes proposals adds a class when a first shape needs it, then maps again: a model
    that knows eighty kinds does not put eighty classes into a project.
    """
    names = {spoken(label.name) for label in table.labels}
    dropped = {name for name, class_id in (chosen or {}).items() if class_id is None}
    gone = {spoken(name) for name, heir in table.former.items() if heir is None} - names
    return {
        index: card.classes[index]
        for index, class_id in class_mapping(card, table, chosen=chosen).items()
        if class_id is None
        and card.classes[index] not in dropped
        and spoken(card.classes[index]) not in gone
    }


def usable_names(
    card: ModelClasses, table: ClassTable, *, chosen: Mapping[str, int | None] | None = None
) -> Set[int]:
    """Classes that what a model finds may be named after what it resembles (`Detection.named`).

    Args:
        card: The model's card.
        table: The classes of the project.
        chosen: What a person chose for names of the model.

    Returns:
        None for a model that tells kinds apart itself, where a person chose the class, and where
        there are no two to choose from. The class that stands for everything is no name.
    """
    if not card.class_agnostic or len(card.classes) != 1 or card.classes[0] in (chosen or {}):
        return frozenset()
    everything = spoken(card.classes[0])
    names = {label.id for label in table.labels if spoken(label.name) != everything}
    return names if len(names) > 1 else frozenset()


def stands_for_anything(card: ModelClasses, table: ClassTable) -> ClassLabel | None:
    """The class of a project that a model calls everything by that it finds.

    None where it is one that the person wants: when there is no other class, everything that is
    found is of it.
    """
    if not card.class_agnostic or len(card.classes) != 1 or len(table) < 2:
        return None
    return table.alike(card.classes[0])


def filtered(
    card: ModelClasses, chosen: Mapping[str, int | None] | None, classes: Sequence[str]
) -> dict[str, int | None]:
    """What a person chose for the classes of a model when only some are to be proposed.

    Args:
        card: The model's card.
        chosen: What was chosen for names of the model.
        classes: The names to propose, as a person would call them; empty for all.

    Returns:
        `chosen`, with every other class of the model dropped.

    Raises:
        InputError: the model has no class of a name.
    """
    wanted = {spoken(name) for name in classes}
    unknown = sorted(wanted.difference(spoken(name) for name in card.classes))
    if unknown:
        raise InputError(
            f"The model knows no class {unknown[0]!r}; nothing was changed.",
            f"Choose among {', '.join(card.classes[:12])}{' …' * (len(card.classes) > 12)}.",
        )
    dropped = [name for name in card.classes if wanted and spoken(name) not in wanted]
    return {**(chosen or {}), **dict.fromkeys(dropped)}


def mapping_key(model_id: str) -> str:
    """Project setting that keeps what a person chose for the classes of a model."""
    return f"class_mapping.{model_id}"


def chosen_classes(view: ProjectView, model_id: str) -> dict[str, int | None]:
    """What a person chose for names of a model's classes; empty for the defaults."""
    text = view.setting(mapping_key(model_id))
    try:
        return msgspec.json.decode(text.encode(), type=dict[str, int | None]) if text else {}
    except msgspec.DecodeError:
        return {}
