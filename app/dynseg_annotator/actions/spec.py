"""What a row of the actions table says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from dynseg_annotator.language import mark, tr

FILE, EDIT, TOOL = mark("&File"), mark("&Edit"), mark("&Tools")
SHAPE, CLASS, VIEW = mark("&Shape"), mark("&Class"), mark("&View")
IMAGE, MODEL, HELP = mark("&Image"), mark("&Model"), mark("&Help")
MENUS = (FILE, EDIT, TOOL, SHAPE, CLASS, VIEW, IMAGE, MODEL, HELP)
"""Menu titles in order; they stand for the menus in the code, and are translated where shown."""


def plain(text: str) -> str:
    """A menu text without mnemonic and ellipsis.

    Args:
        text: In the user's language. Scripts without Latin letters write the mnemonic behind the
            text: `打开文件夹(&F)…`.
    """
    text = re.sub(r"\s?\(&\w\)", "", text)
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def literal(text: str) -> str:
    """A name as a menu or a button shows it: `&` stands for itself there, not for a mnemonic."""
    return text.replace("&", "&&")


class Need(IntEnum):
    """What must be there for an action to make sense; each level includes those before it."""

    NOTHING = 0
    PROJECT = 1
    IMAGE = 2
    SELECTION = 3

    @property
    def advice(self) -> str:
        """What to do first where this is not there, in the user's language."""
        return {
            Need.PROJECT: tr("Open a folder first."),
            Need.IMAGE: tr("Open an image first."),
            Need.SELECTION: tr("Select a shape first."),
        }.get(self, "")


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one action in one preset.

    Attributes:
        window: Work wherever the focus is in the window (a text field keeps its own keys).
        canvas: Work only while the canvas has the focus, and win over `window` keys there. For
            keys that other widgets need: Tab, Enter, arrows.
        review: As `canvas`, but only in review mode.
    """

    window: tuple[str, ...] = ()
    canvas: tuple[str, ...] = ()
    review: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All keys, those of the window first."""
        return self.window + self.canvas + self.review

    @property
    def shown(self) -> tuple[str, ...]:
        """All keys as a user reads them, in their language: Return and Enter are one key."""
        keys = (key.replace("Return", "Enter") for key in self.window + self.canvas)
        review = (tr("{key} in review", key=k.replace("Return", "Enter")) for k in self.review)
        return tuple(dict.fromkeys((*keys, *review)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a user can do. Its texts are English; properties give them in another language.

    Attributes:
        id: Stable name, the key of `build()`'s dictionary.
        text: Menu text; `&` marks the mnemonic, `…` says that a question follows.
        keys_default: Keys of the labelme / X-AnyLabeling preset.
        keys_cvat: Keys of the CVAT preset; None means the same.
        canvas_keys: Keys that work while the canvas has the focus, labelme preset.
        canvas_keys_cvat: The same in the CVAT preset; None means the same.
        review_keys: Keys that work while the canvas has the focus in review mode, in both presets.
        icon: Name of an icon, empty for none.
        menu: Title of its menu, empty for none.
        submenu: Title of the submenu of that menu in which it stands, empty for none.
        group: A new group in a menu starts with a separator line.
        tip: One sentence that says what it does.
        values: What stands in the braces of `text` and `tip`.
        checkable: Whether it is on or off.
        exclusive: Name of a set of which exactly one is on (the tools).
        needs: What must be there for it to be enabled.
        repeats: Whether holding its key does it again and again.
        shown_as: The row of the key table that it shares with others: `"Class by number"`.
    """

    id: str
    text: str
    keys_default: tuple[str, ...] = ()
    keys_cvat: tuple[str, ...] | None = None
    canvas_keys: tuple[str, ...] = ()
    canvas_keys_cvat: tuple[str, ...] | None = None
    review_keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    submenu: str = ""
    group: str = ""
    tip: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    checkable: bool = False
    exclusive: str = ""
    needs: Need = Need.NOTHING
    repeats: bool = False
    shown_as: str = ""

    @property
    def menu_text(self) -> str:
        """The text as a menu shows it, in the user's language."""
        return tr(self.text, **self.values)

    @property
    def plain_text(self) -> str:
        """The text without mnemonic and ellipsis, for lists and help, in the user's language."""
        return plain(self.menu_text)

    @property
    def sentence(self) -> str:
        """What it does, in the user's language."""
        return tr(self.tip, **self.values) if self.tip else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """Something done with the mouse or a held key; the canvas does it, help lists it.

    Attributes:
        text: What it does.
        keys_default: Keys and mouse in the labelme / X-AnyLabeling preset, in words.
        keys_cvat: The same in the CVAT preset; None means the same.
        menu: Title of the menu whose section of the key table lists it.
    """

    text: str
    keys_default: tuple[str, ...]
    keys_cvat: tuple[str, ...] | None = None
    menu: str = EDIT


NEEDED_ELSEWHERE = frozenset(
    f"{shift}{key}"
    for shift in ("", "Shift+")
    for key in (
        "Tab", "Backtab", "Return", "Enter", "Space", "Backspace", "Left", "Right", "Up", "Down",
        "Home", "End", "PgUp", "PgDown",
    )
)  # fmt: skip
"""Keys that fields and lists need for themselves: an action gets them on the canvas alone."""


def keys_of(row: ActionSpec, preset: str, custom: Mapping[str, list[str]] | None = None) -> Keys:
    """The keys of `row` in `preset` (`"labelme"` or `"cvat"`).

    Args:
        row: The action.
        preset: Name of the preset.
        custom: Keys that the user chose, by action id; they replace all keys of the preset, and
            an empty list takes all keys away.
    """
    if custom and row.id in custom:
        return _sorted_out(row, tuple(str(key) for key in custom[row.id]))
    cvat = preset == "cvat"
    window = row.keys_cvat if cvat and row.keys_cvat is not None else row.keys_default
    canvas = row.canvas_keys
    if cvat and row.canvas_keys_cvat is not None:
        canvas = row.canvas_keys_cvat
    return Keys(window, canvas, row.review_keys)


def _sorted_out(row: ActionSpec, chosen: tuple[str, ...]) -> Keys:
    """Where keys that the user chose work: those of review stay there."""
    review = tuple(key for key in chosen if key in row.review_keys)
    canvas = tuple(key for key in chosen if key in NEEDED_ELSEWHERE and key not in review)
    return Keys(tuple(k for k in chosen if k not in NEEDED_ELSEWHERE), canvas, review)
