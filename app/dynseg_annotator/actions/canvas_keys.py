"""Keys that belong to the canvas while it has the focus: Tab, Enter, arrows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from dynseg_annotator.actions.build import sequence
from dynseg_annotator.actions.spec import keys_of
from dynseg_annotator.actions.table import ACTIONS
from dynseg_annotator.settings import Settings

NUDGES = "nudge-"
"""Ids of the actions that move shapes begin like this."""


def _never() -> bool:
    return False


class CanvasKeys(QObject):
    """Triggers actions by their canvas keys.

    Qt's shortcuts cannot say "the arrow keys nudge while something is selected, else they go to
    the next image", and would take Tab and the arrows from every list and slider. So the canvas is
    watched: among the enabled actions of a key the one that needs most wins, and it wins over the
    keys of the window; in review those that move shapes come last.

    Args:
        canvas: The widget that is watched; owns this object.
        actions: From `build()`.
        settings: Where preset and own keys come from.
        busy: While it returns true (a shape is being drawn) the canvas gets all keys itself.
        reviewing: Whether the keys of review mode count.
    """

    def __init__(
        self,
        canvas: QWidget,
        actions: Mapping[str, QAction],
        settings: Settings,
        *,
        busy: Callable[[], bool] = _never,
        reviewing: Callable[[], bool] = _never,
    ) -> None:
        super().__init__(canvas)
        self._actions = actions
        self._settings = settings
        self._busy = busy
        self._reviewing = reviewing
        self._by_key: dict[str, list[tuple[str, bool]]] = {}
        settings.changed.connect(self.setting_changed)
        self._collect()
        canvas.installEventFilter(self)

    def setting_changed(self, key: str, _value: object = None) -> None:
        """Follow a change of preset or own keys."""
        if key in ("key_preset", "custom_keys"):
            self._collect()

    def _collect(self) -> None:
        preset, custom = self._settings.get("key_preset"), self._settings.get("custom_keys")
        self._by_key = {}
        for row in sorted(ACTIONS, key=lambda row: -row.needs):
            if row.id not in self._actions:
                continue
            keys = keys_of(row, preset, custom)
            for key in (*keys.canvas, *keys.review):
                entry = (row.id, key in keys.review)
                self._by_key.setdefault(sequence(key).toString(), []).append(entry)

    def _action_for(self, event: QKeyEvent) -> QAction | None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Backtab:
            key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
        modifiers &= ~Qt.KeyboardModifier.KeypadModifier
        name = QKeySequence(QKeyCombination(modifiers, Qt.Key(key))).toString()
        reviewing = self._reviewing()
        known = self._by_key.get(name, ())
        able = [i for i, own in known if (reviewing or not own) and self._actions[i].isEnabled()]
        if reviewing:  # a shape is selected all the time there: who wants to go on would move it
            able.sort(key=lambda action_id: action_id.startswith(NUDGES))
        return self._actions[able[0]] if able else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim a canvas key before Qt looks for a shortcut, and act when it arrives."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent) or self._busy():
            return False
        action = self._action_for(event)
        if action is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and (
            action.autoRepeat() or not event.isAutoRepeat()
        ):
            action.trigger()
        return True
