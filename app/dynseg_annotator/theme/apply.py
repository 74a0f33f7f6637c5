"""Puts a scheme on the application: style, palette, style sheet, icons."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication

from dynseg_annotator.theme import icons, state
from dynseg_annotator.theme.colours import DARK, LIGHT, Colours
from dynseg_annotator.theme.style_sheet import style_sheet


class ThemeNotifier(QObject):
    """Says that the colours have changed; what paints itself repaints."""

    changed = Signal()

    @Slot()
    def system_changed(self) -> None:
        """Follow the system when the user has chosen to."""
        app = QApplication.instance()
        if state.scheme == "system" and isinstance(app, QApplication):
            _put_on(app, _system_colours(app))


def notifier() -> ThemeNotifier:
    """The one notifier of this application; lives as long as it does."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no QApplication")
    found = app.findChild(ThemeNotifier)
    if found is None:
        found = ThemeNotifier(app)
        app.styleHints().colorSchemeChanged.connect(found.system_changed)
    return found


def colours() -> Colours:
    """The colours in use."""
    return state.colours


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    return state.colours is DARK


def scheme() -> str:
    """What was chosen: `"system"`, `"light"` or `"dark"`."""
    return state.scheme


def apply(app: QApplication, scheme: str) -> None:
    """Show the program in `scheme`: `"system"`, `"light"` or `"dark"`; at start and at run time.

    Raises:
        ValueError: another word.
    """
    if scheme not in ("system", "light", "dark"):
        raise ValueError(f"no scheme {scheme!r}")
    state.scheme = scheme
    notifier()
    hints = app.styleHints()
    wanted = {
        "system": Qt.ColorScheme.Unknown,
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }[scheme]
    hints.setColorScheme(wanted)  # native title bars and file dialogs follow
    if scheme == "system":
        _put_on(app, _system_colours(app))
    else:
        _put_on(app, DARK if scheme == "dark" else LIGHT)


def _system_colours(app: QApplication) -> Colours:
    return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def _put_on(app: QApplication, table: Colours) -> None:
    """Set everything to `table` and tell those that paint themselves."""
    first = not app.property("dynsegTheme")
    if table is state.colours and not first:
        return
    state.colours = table
    state.icons.clear()
    state.pixmaps.clear()
    if first:
        app.setStyle("Fusion")
        app.setProperty("dynsegTheme", True)
    app.setPalette(palette(table))
    app.setStyleSheet(style_sheet(table))
    for widget in app.allWidgets():
        icons.refresh(widget)
        for action in widget.actions():
            icons.refresh(action)
    for window in app.topLevelWidgets():
        for action in window.findChildren(QAction):
            icons.refresh(action)
    notifier().changed.emit()


def palette(table: Colours) -> QPalette:
    """Qt's palette in the colours of `table`, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    everywhere = {
        role.Window: table.window, role.WindowText: table.text,
        role.Base: table.field, role.AlternateBase: table.hover,
        role.Text: table.text, role.PlaceholderText: table.text_muted,
        role.Button: table.field, role.ButtonText: table.text,
        role.BrightText: table.error, role.ToolTipBase: table.surface,
        role.ToolTipText: table.text, role.Highlight: table.selection,
        role.HighlightedText: table.on_selection, role.Link: table.accent_text,
        role.LinkVisited: table.accent_text, role.Accent: table.accent,
        role.Light: table.hover, role.Midlight: table.border, role.Mid: table.border,
        role.Dark: table.border_strong, role.Shadow: table.border,
    }  # fmt: skip
    for name, colour in everywhere.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(table.text_disabled))
    return made
