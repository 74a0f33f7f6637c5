"""Which of the attributes of a region is its class: every user names those as they like."""

from __future__ import annotations

from collections.abc import Mapping

from dynseg.formats.incoming.json_file import UnusableError

_CLASS_WORDS = ("class", "label", "category", "name", "type", "object", "species")


def class_of(values: Mapping[str, str], *, shown: str = "") -> str | None:
    """The class that attributes name, None when there is none.

    The one that is called like a class, else the one that VIA shows at its regions, else the only
    one, else the one that all agree on.

    Args:
        values: Name of an attribute to its text; empty where it is not set.
        shown: Name of the attribute that VIA shows at regions; empty where it shows none.

    Raises:
        UnusableError: several attributes could be it.
    """
    named = {key.lower(): value for key, value in values.items() if value}
    for word in (*_CLASS_WORDS, shown.lower()):
        if word in named:
            return named[word]
    different = set(named.values())
    if len(different) > 1:
        raise UnusableError(f"has {len(different)} attributes; which one is the class is not said")
    return different.pop() if different else None


def class_attribute(names: Mapping[str, str], *, shown: str = "") -> str:
    """The id of the attribute that is the class wherever it is set; empty when none is for sure.

    Args:
        names: Id of each attribute of regions to its name.
        shown: As in `class_of`.
    """
    by_name = {name.lower(): key for key, name in names.items()}
    for word in (*_CLASS_WORDS, shown.lower()):
        if word in by_name:
            return by_name[word]
    return next(iter(names)) if len(names) == 1 else ""
