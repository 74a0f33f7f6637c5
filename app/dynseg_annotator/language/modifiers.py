"""Names of the keys that are held, as the platform writes them.

Texts name them as keyboards of Windows and Linux do, and as Qt does: what Qt calls Ctrl is the
command key of a Mac, where Ctrl and a click are a right click.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QGuiApplication

_SIGNS = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}
_ORDER = "⌃⌥⇧⌘"
"""As menus of macOS write them (Apple, Human Interface Guidelines, Keyboards)."""
_HELD = re.compile(r"(?<![A-Za-z])((?:(?:Ctrl|Alt|Shift|Meta)\+)+)(?=(.?))", re.DOTALL)


def as_here(text: str) -> str:
    """`text` with the keys that are held as this platform writes them."""
    return in_signs(text) if "+" in text and QGuiApplication.platformName() == "cocoa" else text


def in_signs(text: str) -> str:
    """`text` as on a Mac: `Ctrl+Shift+S` is `⇧⌘S`, `Alt+click` is `⌥-click`."""
    return _HELD.sub(_in_signs, text)


def _in_signs(found: re.Match[str]) -> str:
    names = found[1].rstrip("+").split("+")
    signs = "".join(sorted((_SIGNS[name] for name in names), key=_ORDER.index))
    is_gesture = found[2].islower() or not found[2].isascii()
    return f"{signs}-" if is_gesture else signs
