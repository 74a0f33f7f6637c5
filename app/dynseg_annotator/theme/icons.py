"""Own icons: SVG files drawn in one colour, which is the theme's when they are loaded."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from dynseg_annotator.theme import state

SIZES_PX = (16, 20)
"""Sizes that menus and buttons use; each is drawn sharp for every screen."""

APPLICATION_SIZES_PX = (32, 64, 128)

ICON_PROPERTY = "themeIcon"


class IconOwner(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: D102
    def setProperty(self, name: str, value: object, /) -> bool: ...  # noqa: D102


@cache
def _source(name: str) -> str:
    """The SVG text of an icon; KeyError when there is none."""
    path = files("dynseg_resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


@cache
def icon_names() -> tuple[str, ...]:
    """Names of all icons, sorted."""
    folder = files("dynseg_resources") / "icons"
    return tuple(sorted(p.name[:-4] for p in folder.iterdir() if p.name.endswith(".svg")))


def pixmap(name: str, size_px: int, colour: str, *, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `size_px` device-independent pixels in `#rrggbb`.

    Raises:
        KeyError: no such icon.
    """
    key = (name, size_px, colour, ratio)
    if key not in state.pixmaps:
        state.pixmaps[key] = _tinted(_shape(name, round(size_px * ratio)), colour, ratio)
    return state.pixmaps[key]


def _shape(name: str, side_px: int) -> QPixmap:
    """The icon in black; drawing SVG is slow, so that this is kept and only tinted later."""
    key = (name, side_px)
    if key not in state.shapes:
        source = _source(name).replace("currentColor", "#000000")
        drawn = QPixmap(side_px, side_px)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, side_px, side_px))
        painter.end()
        state.shapes[key] = drawn
    return state.shapes[key]


def _tinted(shape: QPixmap, colour: str, ratio: float) -> QPixmap:
    tinted = QPixmap(shape)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), QColor(colour))
    painter.end()
    tinted.setDevicePixelRatio(ratio)
    return tinted


def application_icon() -> QIcon:
    """The picture of the program, for title bars and task lists."""
    source = (files("dynseg_resources") / "application.svg").read_bytes()
    renderer, made = QSvgRenderer(QByteArray(source)), QIcon()
    for side_px in APPLICATION_SIZES_PX:
        drawn = QPixmap(side_px, side_px)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        renderer.render(painter)
        painter.end()
        made.addPixmap(drawn)
    return made


def icon(name: str, *, colour: str = "") -> QIcon:
    """An icon in the colours of the theme as it is now; `set_icon` follows changes.

    Args:
        name: File name without `.svg`.
        colour: `#rrggbb`; empty for the text colour.

    Raises:
        KeyError: no such icon.
    """
    key = (name, colour)
    if key not in state.icons:
        state.icons[key] = _make(name, colour)
    return state.icons[key]


def _make(name: str, colour: str) -> QIcon:
    table = state.colours
    # What is missing here Qt takes from the nearest look: hovered and checked from checked.
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, colour or table.text_muted),
        (QIcon.Mode.Active, QIcon.State.Off, colour or table.text),
        (QIcon.Mode.Selected, QIcon.State.Off, colour or table.on_selection),
        (QIcon.Mode.Disabled, QIcon.State.Off, table.text_disabled),
        (QIcon.Mode.Normal, QIcon.State.On, colour or table.accent_text),
        (QIcon.Mode.Disabled, QIcon.State.On, table.text_disabled),
    )
    made = QIcon()
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    for mode, on_off, shade in looks:
        for size_px in SIZES_PX:
            for ratio in ratios:
                made.addPixmap(pixmap(name, size_px, shade, ratio=ratio), mode, on_off)
    return made


@cache
def no_icon() -> QIcon:
    """Takes the room of an icon, so that rows with and without one are alike."""
    made = QIcon()
    for size_px in SIZES_PX:
        empty = QPixmap(size_px, size_px)
        empty.fill(Qt.GlobalColor.transparent)
        made.addPixmap(empty)
    return made


def set_icon(owner: IconOwner, name: str, *, colour: str = "") -> None:
    """Give an action or a button an icon that follows the theme.

    Args:
        owner: What shows the icon.
        name: File name without `.svg`; empty takes the icon away.
        colour: Name of a colour of the table (`"error"`), empty for the text colour.
    """
    owner.setProperty(ICON_PROPERTY, f"{name}|{colour}" if name else "")
    shade = getattr(state.colours, colour) if colour else ""
    owner.setIcon(icon(name, colour=shade) if name else QIcon())


def refresh(owner: QObject) -> None:
    """Draw the icon of `owner` anew if `set_icon` gave it one."""
    name, _, colour = str(owner.property(ICON_PROPERTY) or "").partition("|")
    if name:
        set_icon(owner, name, colour=colour)  # type: ignore[arg-type]
