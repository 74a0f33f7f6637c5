"""Makes QActions, menus and the tool bar from the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

from dynseg_annotator import theme
from dynseg_annotator.actions.spec import MENUS, ActionSpec, Keys, Need, keys_of, plain
from dynseg_annotator.actions.table import ACTIONS, TOOL_BAR, spec
from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings import Settings

WORDED = {"accept-image": mark("Accept and next")}
"""Buttons of the tool bar that carry words besides their icon: the main gesture."""


def build(parent: QObject, settings: Settings) -> dict[str, QAction]:
    """One QAction for each row of the table, children of `parent`.

    Keys follow the settings `key_preset` and `custom_keys` while the program runs. The caller adds
    the actions to its window (`window.addActions(actions.values())`); keys that belong to the
    canvas work through `CanvasKeys`.

    Args:
        parent: Owns the actions: the main window.
        settings: Where preset and own keys come from.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    shown_at_once = {action_id for group in TOOL_BAR for action_id in group}
    for row in ACTIONS:
        action = QAction(row.menu_text, parent)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        action.setAutoRepeat(row.repeats)
        action.setEnabled(row.needs is Need.NOTHING)
        action.setMenuRole(_menu_role(row.id))
        if row.icon and row.id in shown_at_once:
            theme.set_icon(action, row.icon)
        if row.exclusive:
            if row.exclusive not in groups:
                groups[row.exclusive] = QActionGroup(parent)
            groups[row.exclusive].addAction(action)
        actions[row.id] = action
    _KeyPresets(parent, settings, actions).apply()
    QTimer.singleShot(0, parent, lambda: _set_menu_icons(actions))
    return actions


def _set_menu_icons(actions: Mapping[str, QAction]) -> None:
    """Icons that only menus show; drawn after the first paint, since drawing takes a while."""
    for row in ACTIONS:
        if row.icon and actions[row.id].icon().isNull():
            theme.set_icon(actions[row.id], row.icon)


def _menu_role(action_id: str) -> QAction.MenuRole:
    """Where macOS moves the action; guessing from texts is switched off."""
    roles = {
        "quit": QAction.MenuRole.QuitRole,
        "about": QAction.MenuRole.AboutRole,
        "settings": QAction.MenuRole.PreferencesRole,
    }
    return roles.get(action_id, QAction.MenuRole.NoRole)


class _KeyPresets(QObject):
    """Gives actions the keys of the chosen preset, again at each change."""

    def __init__(self, parent: QObject, settings: Settings, actions: dict[str, QAction]) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        settings.changed.connect(self.setting_changed)

    @Slot(str, object)
    def setting_changed(self, key: str, _value: object) -> None:
        """Follow a change of preset or own keys."""
        if key in ("key_preset", "custom_keys"):
            self.apply()

    def apply(self) -> None:
        """Set keys and tool tips of all actions."""
        preset = self._settings.get("key_preset")
        custom = self._settings.get("custom_keys")
        for row in ACTIONS:
            _set_keys(self._actions[row.id], row, keys_of(row, preset, custom))


def _set_keys(action: QAction, row: ActionSpec, keys: Keys) -> None:
    """Put `keys` on `action`; keys of the canvas alone are shown in the menu but not active."""
    if keys.window or not keys.canvas:
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcuts([sequence(key) for key in keys.window])
    else:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcuts([sequence(key) for key in keys.canvas])
    action.setToolTip(tool_tip(row, keys))
    action.setStatusTip("")


def tool_tip(row: ActionSpec, keys: Keys) -> str:
    """What a tool button says: name, keys, and what it does on a second line."""
    shown = ", ".join(native_text(key) for key in keys.shown)
    head = f"{row.plain_text}  ({shown})" if shown else row.plain_text
    return f"{head}\n{row.sentence}" if row.tip else head


def sequence(key: str) -> QKeySequence:
    """The key that a table or the settings name, in any language of the window.

    `QKeySequence(key)` reads names of the language in use: where `Return` is called Enter, both
    of them would be the one key.
    """
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)


def native_text(key: str) -> str:
    """A key as the platform writes it (`Ctrl+Z`, `⌘Z`); words that are no key stay as they are."""
    return sequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def shown_key(action: QAction) -> str:
    """The first key that an action has now; its name where it has none."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return key or plain(action.text())


def enable_for(actions: Mapping[str, QAction], level: Need) -> None:
    """Enable what makes sense at `level` (what is open and selected), disable the rest.

    Finer rules (nothing to undo, no job to stop) are the caller's, afterwards.
    """
    for row in ACTIONS:
        if row.id in actions:
            actions[row.id].setEnabled(row.needs <= level)


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Add all menus to `bar`; returned by English title without `&`, for who adds to them."""
    menus = {}
    for title in MENUS:
        menu = bar.addMenu(tr(title))
        menu.setToolTipsVisible(False)
        _fill(menu, actions, [row for row in ACTIONS if row.menu == title and row.id in actions])
        menus[title.replace("&", "")] = menu
    return menus


def fill_tool_bar(bar: QToolBar, actions: Mapping[str, QAction]) -> None:
    """Add the tool bar's actions to `bar`; accepting an image, the main gesture, carries words."""
    for group in TOOL_BAR:
        present = [action_id for action_id in group if action_id in actions]
        if not present:
            continue
        if bar.actions():
            bar.addSeparator()
        for action_id in present:
            bar.addAction(actions[action_id])
            button = bar.widgetForAction(actions[action_id])
            if isinstance(button, QToolButton):
                button.setAccessibleName(spec(action_id).plain_text)
                if action_id in WORDED:
                    actions[action_id].setIconText(tr(WORDED[action_id]))
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def _fill(menu: QMenu, actions: Mapping[str, QAction], rows: list[ActionSpec]) -> None:
    group = rows[0].group if rows else ""
    inner: dict[str, list[ActionSpec]] = {}
    for row in rows:
        if row.submenu:
            inner.setdefault(row.submenu, []).append(row)
            continue
        if row.group != group:
            menu.addSeparator()
            group = row.group
        menu.addAction(actions[row.id])
    for title, own in inner.items():
        menu.addSeparator()
        _fill(
            menu.addMenu(tr(title)), actions, [dataclasses.replace(row, submenu="") for row in own]
        )
