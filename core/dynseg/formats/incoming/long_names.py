"""Names of a source that are longer than those of classes may be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from dynseg.annotation.class_text import MAX_NAME, spoken
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.reading import Shape
from dynseg.project.view import ProjectView


def shortened(name: str) -> str:
    """A name that is longer than classes may be, cut, with a sign of what it was.

    The same name always gives the same, and two that begin alike stay two.
    """
    if len(name) <= MAX_NAME:
        return name
    sign = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:6]
    return f"{name[: MAX_NAME - len(sign) - 2].rstrip()}… {sign}"


class LongNames:
    """Names that are longer than classes may be, as they come in.

    Args:
        view: The project; classes that it has keep the length of their names.
        told: Takes a finding for every name that is cut.
    """

    def __init__(self, view: ProjectView, told: list[Finding]) -> None:
        self._known = {spoken(name) for name in view.classes().names}
        self._told = told
        self._short: dict[str, str] = {}

    def shapes(self, shapes: Sequence[Shape], rel: str) -> tuple[Shape, ...]:
        """The shapes of a file `rel`, with names that classes may have."""
        return tuple(
            shape
            if not isinstance(shape.label, str) or len(shape.label) <= MAX_NAME
            else replace(shape, label=self.name(shape.label, rel))
            for shape in shapes
        )

    def name(self, name: str, rel: str) -> str:
        """A name, cut if need be; `rel` is the file that has it."""
        if len(name) <= MAX_NAME or spoken(name) in self._known:
            return name
        if name not in self._short:
            short = self._short[name] = shortened(name)
            reason = f"names a class with {len(name):,} letters; it is called {short}"
            self._told.append(Finding(rel, None, reason))
        return self._short[name]
