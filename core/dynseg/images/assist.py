"""What finds an object in a drawn box: by colour, or as a plug-in does it.

A plug-in is a package with an entry point in the group `dynseg.assists` that names an `Assist`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dynseg.extension import plugins

ENTRY_POINTS = "dynseg.assists"

Find = Callable[[NDArray[np.uint8], tuple[int, int, int, int]], NDArray[np.float32]]
"""`(pixels, box) -> field`, called on a thread of its own; it must not change the pixels.

Pixels are `(H, W, 3)` uint8 RGB of the box and its surroundings, the box is `x0, y0, x1, y1` in
these pixels, the field `(H, W)` float32 says from 0 to 1 how sure it is of the object: the outline
runs where it crosses 0.5.
"""


@dataclass(frozen=True, slots=True)
class Assist:
    """One way of finding.

    Attributes:
        name: One lower-case word; kept in settings.
        title: For people, in a menu.
        tip: One sentence.
        find: Does it.
    """

    name: str
    title: str
    tip: str
    find: Find


def _by_colour(pixels: NDArray[np.uint8], box: tuple[int, int, int, int]) -> NDArray[np.float32]:
    from dynseg.images.edges import foreground  # brings OpenCV, which the window loads late

    return foreground(pixels, box)


BY_COLOUR = Assist("colour", "Colour", "Colours tell the object from its ground.", _by_colour)


@cache
def assists() -> tuple[Assist, ...]:
    """All of them, those of plug-ins last."""
    found = {BY_COLOUR.name: BY_COLOUR}
    for plugin in plugins(ENTRY_POINTS):
        if isinstance(plugin.thing, Assist):
            found.setdefault(plugin.thing.name, plugin.thing)
    return tuple(found.values())


def problems() -> tuple[str, ...]:
    """What is wrong with plug-ins, one clause each."""
    names = {BY_COLOUR.name}
    wrong = []
    for plugin in plugins(ENTRY_POINTS):
        if plugin.problem:
            wrong.append(plugin.problem)
        elif not isinstance(plugin.thing, Assist):
            wrong.append(f"{plugin.origin} is no Assist")
        elif plugin.thing.name in names:
            wrong.append(f"{plugin.origin} has the name {plugin.thing.name}, which is taken")
        else:
            names.add(plugin.thing.name)
    return tuple(wrong)
