"""Keys that a user chooses: what clashes, and what the choice is afterwards.

A choice is the value of the setting `custom_keys`: keys by action id, instead of those of the
preset. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from dynseg_annotator.actions.spec import NEEDED_ELSEWHERE, ActionSpec, keys_of
from dynseg_annotator.actions.table import ACTIONS
from dynseg_annotator.language import mark

Choice = Mapping[str, list[str]]

HELD = {"H": mark("Hide shapes for a moment"), "Space": mark("Move the image")}
"""Keys that the canvas understands while they are held; no action can have them."""
TWINS = {"Return": "Enter", "Enter": "Return"}
"""The main key and the one of the number pad: a person means both."""


def owners(key: str, row: ActionSpec, preset: str, choice: Choice) -> list[ActionSpec]:
    """Other actions that `key` would no longer reach if it became a key of `row`.

    On the canvas the action that needs most wins, so a key may be shared there by actions that
    need different things: an arrow moves the selection, or else goes to the next image.

    Args:
        key: As the table writes it: `"Ctrl+B"`.
        row: The action that is to get the key.
        preset: The chosen preset.
        choice: The keys chosen so far.
    """
    found = []
    for other in ACTIONS:
        if other.id == row.id:
            continue
        keys = keys_of(other, preset, choice)
        shared = key in NEEDED_ELSEWHERE and other.needs is not row.needs
        if key in keys.window or (key in keys.canvas and not shared):
            found.append(other)
    return found


def with_key(
    choice: Choice, row: ActionSpec, preset: str, key: str, *, adds: bool = False
) -> dict[str, list[str]]:
    """The choice after `row` got `key`; whoever had it loses it.

    Args:
        choice: The keys chosen so far.
        row: The action.
        preset: The chosen preset.
        key: Its key from now on.
        adds: Whether it keeps the keys that it has; those of review mode stay anyway.
    """
    after = {action_id: list(keys) for action_id, keys in choice.items()}
    had = keys_of(row, preset, choice)
    kept = list(had.all if adds else had.review)
    for one in twins(key):
        for other in owners(one, row, preset, choice):
            left = [k for k in keys_of(other, preset, after).all if k != one]
            after[other.id] = left
    after[row.id] = [*kept, *(one for one in twins(key) if one not in kept)]
    return tidied(after, preset)


def without_keys(choice: Choice, row: ActionSpec) -> dict[str, list[str]]:
    """The choice after `row` lost all its keys."""
    return {**{i: list(keys) for i, keys in choice.items()}, row.id: []}


def reset(choice: Choice, row: ActionSpec, preset: str) -> dict[str, list[str]]:
    """The choice after `row` got the keys of the preset again; who has them by now loses them."""
    after = {i: list(keys) for i, keys in choice.items() if i != row.id}
    for key in keys_of(row, preset).all:
        for other in owners(key, row, preset, after):
            after[other.id] = [k for k in keys_of(other, preset, after).all if k != key]
    return tidied(after, preset)


def tidied(choice: Choice, preset: str) -> dict[str, list[str]]:
    """The choice without actions whose keys are those of the preset anyway."""
    rows = {row.id: row for row in ACTIONS}
    return {
        action_id: list(keys)
        for action_id, keys in choice.items()
        if action_id in rows and set(keys) != set(keys_of(rows[action_id], preset).all)
    }


def twins(key: str) -> list[str]:
    """`key`, and the same with the other Enter key if it has one."""
    head, _, last = key.rpartition("+")
    twin = TWINS.get(last)
    return [key] if twin is None else [key, f"{head}+{twin}" if head else twin]
