"""The table of keys as help shows it and as the guide prints it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from dynseg_annotator.actions.gesture_table import GESTURES
from dynseg_annotator.actions.spec import EDIT, MENUS, ActionSpec, keys_of, plain
from dynseg_annotator.actions.table import ACTIONS
from dynseg_annotator.language import mark, tr

HEAD = mark("""# Keys

Two presets: the habits of labelme and X-AnyLabeling, and those of CVAT. Choose one in
*Settings, Labelling*. **F1** shows this table with search. *File, Keys…* gives any
action another key, names the one that has it already, and holds at once.""")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the key table, in the user's language.

    Attributes:
        section: The menu it belongs to, as `section_of` names it.
        text: What the keys do.
        keys: Keys and gestures, as the table of actions writes them.
        action_id: The action, empty for gestures and for several actions on one line.
    """

    section: str
    text: str
    keys: tuple[str, ...]
    action_id: str = ""


def key_rows(preset: str, custom: Mapping[str, list[str]] | None = None) -> list[KeyRow]:
    """Everything that has a key or a gesture, by menu; actions that share a line are joined."""
    rows: list[KeyRow] = []
    for title in MENUS:
        section = section_of(title)
        rows += _action_rows(
            section, [row for row in ACTIONS if _menu(row) == title], preset, custom
        )
        for gesture in GESTURES:
            if gesture.menu == title:
                cvat = preset == "cvat" and gesture.keys_cvat is not None
                keys = (gesture.keys_cvat if cvat else gesture.keys_default) or ()
                rows.append(KeyRow(section, tr(gesture.text), tuple(tr(key) for key in keys)))
    return rows


def section_of(title: str) -> str:
    """The heading over the rows of the menu `title`, in the user's language."""
    return plain(tr(title))


def _menu(row: ActionSpec) -> str:
    """The menu whose section lists `row`; those without a menu change shapes."""
    return row.menu or EDIT


def _action_rows(
    section: str,
    actions: list[ActionSpec],
    preset: str,
    custom: Mapping[str, list[str]] | None,
) -> list[KeyRow]:
    shared: dict[str, list[str]] = {}
    rows = []
    for row in actions:
        keys = keys_of(row, preset, custom).shown
        if row.shown_as:
            first_of_its_line = row.shown_as not in shared
            shared.setdefault(row.shown_as, []).extend(keys)
            if not first_of_its_line:
                continue
            rows.append(KeyRow(section, row.shown_as, ()))
        elif keys:
            rows.append(KeyRow(section, row.plain_text, keys, row.id))
    return [
        KeyRow(section, tr(row.text), _shortened(shared[row.text])) if row.text in shared else row
        for row in rows
        if row.action_id or shared[row.text]
    ]


def _shortened(keys: list[str]) -> tuple[str, ...]:
    """Keys of several actions on one line: the nine numbers and the arrows as one each."""
    if set(keys) >= {"Left", "Right", "Up", "Down"}:
        return (tr("arrows"), tr("Shift+arrows"))
    if set(keys) >= {str(number) for number in range(1, 10)}:
        return ("1-9", "Ctrl+1-9")
    return tuple(keys)


def guide_page() -> str:
    """The page of the guide on keys, in Markdown, in the language in use."""
    default = key_rows("labelme")
    cvat = {(row.section, row.text): row for row in key_rows("cvat")}
    known = {(row.section, row.text) for row in default}
    default += [KeyRow(row.section, row.text, ()) for at, row in cvat.items() if at not in known]
    columns = (tr("action"), tr("keys"), tr("in the CVAT preset"))
    lines = [tr(HEAD)]
    for title in MENUS:
        section = section_of(title)
        rows = [row for row in default if row.section == section]
        if not rows:
            continue
        lines += [
            "",
            f"## {section}",
            "",
            f"| {' | '.join(columns)} |",
            "|---|---|---|",
        ]
        for row in rows:
            other = cvat.get((row.section, row.text), KeyRow("", "", ())).keys
            shown = "" if other == row.keys else _markdown(other) or tr("none")
            lines.append(f"| {row.text} | {_markdown(row.keys)} | {shown} |")
    return "\n".join(lines) + "\n"


def _markdown(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


if __name__ == "__main__":
    sys.stdout.write(guide_page())
