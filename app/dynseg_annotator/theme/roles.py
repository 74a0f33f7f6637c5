"""Looks that a widget asks for by name, and the spacing of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

Role = Literal[
    "",
    "primary",  # the one main button of a place
    "flat",  # a button without a frame
    "danger",  # a button that deletes
    "choice",  # a large button with a title and a sentence
    "muted",  # secondary text
    "ok", "warn", "error", "info",  # text of that level
    "ok-bar", "warn-bar", "error-bar", "info-bar",  # a message on a ground of that level
    "card",  # a framed group on a surface
    "callout",  # a card that floats above the work
    "surface",  # the ground of lists, without a frame
    "badge",  # a small framed fact: device, model
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in device-independent pixels."""

    hair: int = 2
    tight: int = 4
    small: int = 6
    normal: int = 8
    wide: int = 12
    page: int = 16


SPACE = Spacing()


def set_role(widget: QWidget, role: Role) -> None:
    """Give `widget` a look of the theme; `""` takes it away."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def heading_font(factor: float = 1.2) -> QFont:
    """The application's font, larger by `factor` and half bold."""
    font = QFont(QApplication.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def mono_font() -> QFont:
    """The platform's fixed-width font in the application's size, for logs and reports."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if QApplication.font().pointSizeF() > 0:
        font.setPointSizeF(QApplication.font().pointSizeF())
    return font
