"""Heads of plug-ins. Free of torch, so that asking for them costs nothing.

A plug-in is a package with an entry point in the group `dynseg.heads`. Its name is what a card
calls the head; it names a function that makes the network of a card with random weights.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from dynseg.extension import plugins
from dynseg.model.card import ModelCard

ENTRY_POINTS = "dynseg.heads"
BUILT_IN = ("plain", "dynamic")

MakeNetwork = Callable[[ModelCard], Any]
"""Gives an ultralytics `SegmentationModel`."""


@cache
def heads() -> dict[str, MakeNetwork]:
    """Name and maker of each head of a plug-in; the built-in names cannot be taken."""
    return {
        plugin.name: plugin.thing
        for plugin in plugins(ENTRY_POINTS)
        if callable(plugin.thing) and plugin.name not in BUILT_IN
    }


def problems() -> tuple[str, ...]:
    """What is wrong with plug-ins, one clause each."""
    wrong = []
    for plugin in plugins(ENTRY_POINTS):
        if plugin.problem:
            wrong.append(plugin.problem)
        elif plugin.name in BUILT_IN:
            wrong.append(f"{plugin.origin} has the name {plugin.name}, which is taken")
        elif not callable(plugin.thing):
            wrong.append(f"{plugin.origin} makes no network")
    return tuple(wrong)
