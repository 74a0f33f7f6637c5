"""Plug-ins: installed packages that name their parts by Python entry points.

A group for each kind of part: `dynseg.formats`, `dynseg.heads`, `dynseg.assists`. Nothing is loaded
from a project, a model or an image: a plug-in is what a person has installed beside the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point, loaded.

    Attributes:
        name: What it is called in its group.
        origin: Where it comes from: `package.module:object`.
        thing: What was loaded, None when that failed.
        problem: Why it cannot be used, one clause; empty when it was loaded.
    """

    name: str
    origin: str
    thing: object
    problem: str = ""


def plugins(group: str) -> Iterator[Plugin]:
    """Load every entry point of a group, by name; one that fails does not hide the others."""
    for point in sorted(metadata.entry_points(group=group), key=lambda p: (p.name, p.value)):
        try:
            thing = point.load()
        except Exception as error:  # noqa: BLE001 - a plug-in may raise anything and must not end us
            problem = f"{point.value} cannot be loaded ({type(error).__name__}: {error})"
            yield Plugin(point.name, point.value, None, problem)
        else:
            yield Plugin(point.name, point.value, thing)
