"""The classes of a project."""

from __future__ import annotations

from dataclasses import dataclass

PALETTE = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00",
    "#f0e442", "#7f3c8d", "#11a579", "#3969ac", "#f2b701", "#e73f74",
)  # fmt: skip
"""Okabe and Ito's colour-blind-safe set without black, then Carto's "bold" hues."""


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """One class of a project.

    Attributes:
        id: Stable id, never reused; instances point to it.
        name: Unique within the project, not empty.
        colour: `#rrggbb`.
    """

    id: int
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The classes of a project in the user's order; the position is the index in an export."""

    labels: tuple[ClassLabel, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def names(self) -> list[str]:
        """Names in export order."""
        return [label.name for label in self.labels]

    def by_id(self, class_id: int) -> ClassLabel:
        """The class with this id; KeyError when there is none."""
        for label in self.labels:
            if label.id == class_id:
                return label
        raise KeyError(class_id)

    def by_name(self, name: str) -> ClassLabel | None:
        """The class with this name, or None."""
        return next((label for label in self.labels if label.name == name), None)

    def index_of(self, class_id: int) -> int:
        """Position of a class, its index in exports; KeyError when there is none."""
        for index, label in enumerate(self.labels):
            if label.id == class_id:
                return index
        raise KeyError(class_id)


def colour_for(index: int) -> str:
    """Colour `#rrggbb` for the class at this position."""
    return PALETTE[index % len(PALETTE)]
