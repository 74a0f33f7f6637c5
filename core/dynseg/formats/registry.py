"""The formats that this program and its plug-ins read and write.

A plug-in is a package with an entry point in the group `dynseg.formats` that names a `Format`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dynseg.errors import InputError
from dynseg.extension import plugins
from dynseg.formats import (
    coco,
    cvat,
    darwin,
    datumaro,
    isat,
    label_studio,
    labelmap,
    labelme,
    masks,
    ndjson,
    supervisely,
    via,
    voc,
    yolo,
)
from dynseg.formats.format import Format
from dynseg.formats.incoming.listing import Listing
from dynseg.project.layout import find_project

ENTRY_POINTS = "dynseg.formats"
AUTO = "auto"
LOOKED_AT = 50
"""Files of each suffix that tell what a folder holds."""
BUILT_IN: tuple[Format, ...] = (
    yolo.FORMAT,
    coco.FORMAT,
    labelme.FORMAT,
    cvat.FORMAT,
    label_studio.FORMAT,
    via.FORMAT,
    isat.FORMAT,
    supervisely.FORMAT,
    datumaro.FORMAT,
    darwin.FORMAT,
    ndjson.FORMAT,
    voc.FORMAT,
    masks.FORMAT,
    labelmap.FORMAT,
)


@cache
def _loaded() -> tuple[tuple[Format, ...], tuple[str, ...]]:
    """Formats of plug-ins, and what is wrong with those that cannot be used."""
    taken = {form.name for form in BUILT_IN} | {AUTO}
    found: list[Format] = []
    problems: list[str] = []
    for plugin in plugins(ENTRY_POINTS):
        form = plugin.thing
        if plugin.problem:
            problems.append(plugin.problem)
        elif not isinstance(form, Format):
            problems.append(f"{plugin.origin} is no Format")
        elif form.name in taken:
            problems.append(f"{plugin.origin} has the name {form.name}, which is taken")
        else:
            taken.add(form.name)
            found.append(form)
    return tuple(found), tuple(problems)


def formats() -> tuple[Format, ...]:
    """All formats, those of plug-ins last."""
    return (*BUILT_IN, *_loaded()[0])


def problems() -> tuple[str, ...]:
    """What is wrong with plug-ins, one clause each."""
    return _loaded()[1]


def readable() -> tuple[Format, ...]:
    """Formats that can be imported."""
    return tuple(form for form in formats() if form.read is not None)


def writable() -> tuple[Format, ...]:
    """Formats that can be exported."""
    return tuple(form for form in formats() if form.writer is not None)


def named(name: str) -> Format:
    """The format with a name.

    Raises:
        InputError: there is none.
    """
    for form in formats():
        if form.name == name:
            return form
    known = ", ".join(form.name for form in formats())
    raise InputError(f"There is no format {name}.", f"Known are {known}.")


def detect(source: Path) -> list[tuple[Format, int]]:
    """Formats whose labels a file or folder holds, and in how many files; most files first.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    counts = [(form, form.recognise(listing)) for form in readable()]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])


def recognised(folder: Path) -> tuple[Format, ...]:
    """Formats whose labels a folder seems to hold, from a look at few of its files.

    It takes no longer than listing the names, however many label files there are.

    Raises:
        InputError: there is no such folder.
    """
    few = Listing(folder, most=LOOKED_AT)
    return tuple(form for form in readable() if form.recognise(few))


def choose(name: str, source: Path) -> Format:
    """The format to read a source with.

    Args:
        name: Name of a format, or `auto`.
        source: A file or folder.

    Raises:
        InputError: the name is unknown, nothing is recognised, or several formats are.
    """
    if name != AUTO:
        form = named(name)
        if form.read is None:
            raise InputError(f"{form.title} is only written.", "Choose another format.")
        return form
    found = detect(source)
    if not found:
        if source.is_dir() and find_project(source) is not None:
            raise InputError(
                f"{source} is a project; its labels stand in a database, so nothing was imported.",
                "Export it first, as labelme without images, and import what was written.",
            )
        known = ", ".join(form.title for form in readable())
        raise InputError(
            f"{source} holds no labels of a known format; nothing was imported.",
            f"Known are {known}.",
        )
    if len(found) > 1:
        listed = ", ".join(f"{form.name} ({count})" for form, count in found)
        raise InputError(
            f"{source} holds labels of several formats: {listed}; nothing was imported.",
            "Choose one of them (in a command with --format), or give a folder that holds but one.",
        )
    return found[0][0]
