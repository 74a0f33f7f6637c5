"""The classes of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from dynseg.annotation.class_text import spoken

PALETTE = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00",
    "#f0e442", "#99ffff", "#883333", "#9966ff", "#5500dd", "#aaccaa",
)  # fmt: skip
"""Okabe and Ito's colour-blind-safe set without black (https://jfly.uni-koeln.de/color/), then five
that were chosen one by one to be furthest from all before them in OKLab, as seen with full colour
vision and without each kind of cone (Machado et al. 2009)."""

FURTHER = (
    "#bb1188", "#ffbbff", "#225522", "#ff00ee", "#00ff88", "#770088", "#ff1166", "#444466",
    "#776633", "#00cc33", "#bb11dd", "#ff77dd", "#6644aa", "#99aa66", "#887799", "#ffaa99",
    "#0000ff", "#ddeebb", "#cc3344", "#bb99ff", "#007755", "#00dddd", "#5588ee", "#ee00aa",
    "#cc9999", "#77cc77", "#8822ff", "#778800", "#0044bb", "#884477", "#cc55cc", "#88dd11",
    "#4455ee", "#aa4400", "#aa7755", "#ff7788", "#880055", "#664400", "#0099bb", "#bbccee",
    "#9999cc", "#9955bb", "#22bbaa", "#ff7711", "#bbff00", "#bb5588", "#991199", "#88eeaa",
    "#55aa33", "#006677", "#cccc66", "#5511aa", "#aa0044", "#99bbff", "#008811", "#8800cc",
    "#ff2200", "#228888", "#dd66ff", "#ffcccc", "#cc8844", "#6666cc", "#ee99cc", "#666699",
    "#ffcc77", "#995555", "#778866", "#ff99ff", "#663377", "#aa77dd", "#cc22bb", "#cc6666",
    "#88bbbb", "#00ffee", "#335599", "#774455", "#446600", "#dd00ff", "#00ff00", "#ee55bb",
    "#dd1177", "#ee5588", "#aabb33", "#669999", "#aa9900", "#8888ff", "#33bb77", "#0077ee",
    "#77ddff", "#3322bb", "#00ddaa", "#ddbb88", "#aa4499", "#bbff88", "#ee8866", "#dd88ee",
    "#bbaacc", "#8877cc", "#990000", "#ffaa55", "#aa55dd", "#8844cc", "#aa66aa", "#998844",
    "#0044ee", "#44ccee", "#aadddd", "#996677",
)  # fmt: skip
"""For more classes than `PALETTE` has colours: chosen in the same way, so neighbours in this list
are far apart; no two of all look the same with full colour vision."""

NEW = -1
"""Id of a class that the store has not numbered yet."""


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
    """The classes of a project in the user's order; the position is the index in an export.

    Attributes:
        labels: The classes.
        former: Names that mean a class no more, case-folded, and the class that took over; None
            where it was deleted. So a model that learned "car" proposes what became of "car".
    """

    labels: tuple[ClassLabel, ...] = ()
    former: Mapping[str, int | None] = field(default_factory=dict, compare=False, hash=False)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def names(self) -> list[str]:
        """Names in export order."""
        return [label.name for label in self.labels]

    @property
    def renamed(self) -> dict[str, str]:
        """Names that mean no class any more, case-folded, and what took over is called now."""
        names = {label.id: label.name for label in self.labels}
        current = {label.name.casefold() for label in self.labels}
        return {
            name: names[heir]
            for name, heir in self.former.items()
            if heir in names and name not in current
        }

    def by_id(self, class_id: int) -> ClassLabel:
        """The class with this id; KeyError when there is none."""
        for label in self.labels:
            if label.id == class_id:
                return label
        raise KeyError(class_id)

    def by_name(self, name: str) -> ClassLabel | None:
        """The class with this name, or None."""
        return next((label for label in self.labels if label.name == name), None)

    def alike(self, name: str) -> ClassLabel | None:
        """The class whose name a person would call the same, see `spoken`; or None."""
        wanted = spoken(name)
        return next((label for label in self.labels if spoken(label.name) == wanted), None)

    def index_of(self, class_id: int) -> int:
        """Position of a class, its index in exports; KeyError when there is none."""
        for index, label in enumerate(self.labels):
            if label.id == class_id:
                return index
        raise KeyError(class_id)


def colour_for(index: int) -> str:
    """Colour `#rrggbb` for the class at this position."""
    return (PALETTE + FURTHER)[index % len(PALETTE + FURTHER)]


def free_colour(table: ClassTable) -> str:
    """The first colour among those that the fewest classes have."""
    used = Counter(label.colour for label in table.labels)
    return min(PALETTE + FURTHER, key=lambda colour: used[colour])


KEYS = range(1, 10)
"""Number keys that give a class."""
NO_KEY = 0


def number_keys(table: ClassTable, chosen: Mapping[int, int]) -> dict[int, int]:
    """The number key of each class that has one, by class id.

    Args:
        table: The classes.
        chosen: Keys that a person chose, by class id; `NO_KEY` for none. The other classes get
            the keys that are left, in their order.
    """
    keys: dict[int, int] = {}
    for label in table.labels:
        key = chosen.get(label.id, NO_KEY)
        if key in KEYS and key not in keys.values():
            keys[label.id] = key
    free = iter([key for key in KEYS if key not in keys.values()])
    for label in table.labels:
        if label.id not in keys and chosen.get(label.id) != NO_KEY:
            left = next(free, NO_KEY)
            if left != NO_KEY:
                keys[label.id] = left
    return keys


def with_key(
    table: ClassTable, chosen: Mapping[int, int], class_id: int, key: int
) -> dict[int, int]:
    """The choice after a class was given a key: the class that had it gets the other one's.

    All other classes keep theirs.
    """
    keys = number_keys(table, chosen)
    after = {i: NO_KEY for i, old in chosen.items() if old == NO_KEY} | keys
    other = next((i for i, taken in keys.items() if taken == key and i != class_id), None)
    if other is not None:
        del after[other]
        if class_id in keys:
            after[other] = keys[class_id]
    after[class_id] = key
    return after
