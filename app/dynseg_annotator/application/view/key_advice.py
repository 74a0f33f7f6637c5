"""A key whose action cannot be done now says what is missing, instead of doing nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from dynseg_annotator.actions import ACTIONS, ActionSpec, keys_of, sequence, shown_key, spec
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings import setting

NOTHING_LEFT = {
    "undo": mark("There is nothing to undo on this image."),
    "redo": mark("There is nothing to do again on this image."),
    "stop-job": mark("There is no job to stop."),
}
"""What is said of actions that need more than the table of actions knows."""


class KeyAdvice(QObject):
    """Listens to the keys that nobody in the window wanted."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._said = ""
        parts.window.key_unanswered.connect(self._advise)
        parts.context.session.selection.changed.connect(self._followed)
        parts.context.session.opened.connect(self._followed)

    @Slot(str)
    def _advise(self, key: str) -> None:
        if self._parts.canvas.is_drawing:
            return
        row = self._disabled(key)
        if row is None:
            self._say_unknown(key)
            return
        if row.id == "cancel":
            return  # who presses Esc where there is nothing to leave wants nothing
        there = self._parts.context.session.annotation is not None
        advice = tr(NOTHING_LEFT[row.id]) if there and row.id in NOTHING_LEFT else row.needs.advice
        said = tr("{action}: {advice}", action=row.plain_text, advice=advice)
        self._say(said)

    def _say(self, said: str) -> None:
        self._said = said
        self._parts.window.status_line.set_hint(said)

    @Slot()
    def _followed(self) -> None:
        """Advice that was followed, or is about another image, goes."""
        line, said = self._parts.window.status_line, self._said
        self._said = ""
        if said and line.hint == said:
            line.set_hint("")

    def _say_unknown(self, key: str) -> None:
        """Whoever comes from another program tries its letters."""
        known = any(
            key == k.toString() for a in self._parts.actions.values() for k in a.shortcuts()
        )
        if known:
            return
        elsewhere = self._of_the_other_preset(key)
        if elsewhere:
            self._say(elsewhere)
        elif len(key.rpartition("+")[2]) == 1:
            said = tr(
                "{key} does nothing here; {list} lists all keys, and File, Keys… changes them.",
                key=key,
                list=shown_key(self._parts.actions["shortcuts"]),
            )
            self._say(said)

    def _of_the_other_preset(self, key: str) -> str:
        """What the key does in the other program's habits, and which one does it here."""
        mine = str(self._parts.context.settings.get("key_preset"))
        for preset, program in setting("key_preset").choices:
            for row in ACTIONS if preset != mine else ():
                keys = {sequence(k).toString() for k in keys_of(row, preset).window}
                action = self._parts.actions[row.id]
                if key in keys and not action.shortcut().isEmpty():
                    return tr(
                        "“{action}” is {here} here; File, Settings, Labelling has the keys of "
                        "{program}.",
                        action=row.plain_text,
                        here=shown_key(action),
                        program=tr(program),
                    )
        return ""

    def _disabled(self, key: str) -> ActionSpec | None:
        """The action that has this key and cannot be done now."""
        for action_id, action in self._parts.actions.items():
            keys = {shortcut.toString() for shortcut in action.shortcuts()}
            if key in keys and not action.isEnabled():
                return spec(action_id)
        return None
