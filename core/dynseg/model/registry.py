"""The models of a project and which of them is active. Free of torch.

`active.json` names the active model and the ones before it; it is replaced atomically, so that a
crash leaves the old model active or the new one. Deleted models stand in a folder of their own,
until they are restored or discarded.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from dynseg.errors import InputError, ModelFileError
from dynseg.files import beside, is_device, move, naming, remove, sync_file, when_free, write_atomic
from dynseg.model.card import ModelCard, card_path, read_card, write_card, written_for
from dynseg.model.naming import file_name
from dynseg_resources import starter_model

STARTER = "starter"
"""Name of the embedded model; reserved in every project."""

_STATE = "active"
"""Stem of the file that says which model is active: the card of a model would take its place."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class _Active(msgspec.Struct, frozen=True):
    name: str = STARTER
    before: list[str] = []


class ModelRegistry:
    """Models in a folder of the project, beside the embedded starter.

    Args:
        folder: The project's `models` folder; created when a model is added.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list(self) -> list[ModelCard]:
        """Cards of all models that can be read, the starter first, then oldest to newest."""
        return [self.starter(), *_cards_in(self.folder)]

    def deleted(self) -> Sequence[ModelCard]:
        """Cards of the models that can be restored, oldest to newest."""
        return _cards_in(self._bin)

    def starter(self) -> ModelCard:
        """Card of the embedded starter."""
        return read_card(starter_model())

    def path(self, name: str) -> Path:
        """Weights file of a model of this project, or of the starter.

        Raises:
            ModelFileError: there is no such model.
        """
        if name == STARTER:
            return starter_model()
        path = self.folder / f"{name}.safetensors"
        if not _NAME.fullmatch(name) or not path.is_file():
            known = ", ".join(card.name for card in self.list())
            raise ModelFileError(
                f"This project has no model {name!r}.", f"It has: {known}; or give a file."
            )
        return path

    def size_bytes(self, name: str, *, deleted: bool = False) -> int:
        """Size of a model's weights file; 0 when it is gone."""
        try:
            return (self._deleted_path(name) if deleted else self.path(name)).stat().st_size
        except (ModelFileError, OSError):
            return 0

    def resolve(self, name_or_path: str | Path | None) -> Path:
        """Weights file for what a user typed: a name, a path, or nothing for the active model.

        Raises:
            ModelFileError: there is no such model or file, or the active one cannot be used:
                nobody would see that another one takes its place.
        """
        if name_or_path is None:
            return self._active_path()
        text = str(name_or_path)
        if text == STARTER or (self.folder / f"{text}.safetensors").is_file():
            return self.path(text)
        path = Path(name_or_path)
        if text.endswith(".safetensors") or "/" in text or "\\" in text or written_for(path):
            read_card(path)
            return path
        return self.path(text)

    def active(self) -> ModelCard:
        """Card of the model that pre-labels; the starter as long as nothing was promoted.

        Also where the promoted one cannot be read: `resolve` says that when it is to be used.
        """
        try:
            return read_card(self.path(self._state().name))
        except ModelFileError:
            return self.starter()

    def active_problem(self) -> ModelFileError | None:
        """Why the promoted model cannot be used and the starter stands in; None when it can."""
        try:
            self._active_path()
        except ModelFileError as error:
            return error
        return None

    def add(self, weights: Path, *, name: str | None = None) -> ModelCard:
        """Copy a checked model into the project.

        Args:
            weights: A `.safetensors` file with its card.
            name: Name in this project; that of the file when None, made unique.

        Raises:
            ModelFileError: it has no readable card.
            InputError: the name cannot be used.
        """
        card = read_card(weights)
        name = self.free_name(name or file_name(weights))
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{name}.safetensors"
        staging = beside(target)
        try:
            with naming(target):
                shutil.copyfile(weights, staging)
                sync_file(staging)
            card = msgspec.structs.replace(card, name=name)
            write_card(target, card)
            move(staging, target)
        finally:
            with suppress(OSError):  # of a full disk, where the half of it would be in the way
                staging.unlink()
        return card

    def free_name(self, wanted: str) -> str:
        """`wanted`, or `wanted-2`, `wanted-3` ... when it is taken.

        Raises:
            InputError: it is no name: letters, digits, dot, dash and underscore, at most 64.
        """
        if not _NAME.fullmatch(wanted):
            raise InputError(
                f"{wanted!r} cannot name a model.",
                "Use letters, digits, dots, dashes and underscores, at most 64.",
            )
        if is_device(wanted):
            raise InputError(
                f"{wanted!r} cannot name a model: Windows keeps this name for a device.",
                "Choose another name.",
            )
        name, number = wanted, 1
        reserved = (STARTER, _STATE)
        while name.casefold() in reserved or (self.folder / f"{name}.safetensors").exists():
            number += 1
            name = f"{wanted[:60]}-{number}"
        return name

    def next_name(self, stem: str) -> str:
        """`stem-1`, or the number after the highest that a model has or had that is kept.

        Raises:
            InputError: it is no name, see `free_name`.
        """
        known = (card.name for card in [*self.list(), *self.deleted()])
        found = (re.fullmatch(re.escape(stem) + r"-([0-9]{1,6})", name) for name in known)
        last = max((int(match[1]) for match in found if match), default=0)
        return self.free_name(f"{stem}-{last + 1}")

    def promote(self, name: str) -> ModelCard:
        """Make a model the active one. Its checks are `dynseg.training.promotion`'s."""
        card = read_card(self.path(name))
        state = self._state()
        if state.name != name:
            self._write(_Active(name, [*state.before, state.name][-20:]))
        return card

    def rollback(self) -> ModelCard:
        """Make the model active that was so before.

        Raises:
            InputError: there was none before.
        """
        state = self._state()
        before = [n for n in state.before if n == STARTER or self._exists(n)]
        while before and before[-1] == state.name:  # those in between were deleted
            before.pop()
        if not before:
            raise InputError("No model was active before this one.", "Promote one by name instead.")
        card = read_card(self.path(before[-1]))
        self._write(_Active(before[-1], before[:-1]))
        return card

    def rename(self, name: str, wanted: str) -> ModelCard:
        """Give a model another name; it stays active where it is.

        Both names exist for a moment: a crash leaves the model under one of them or under both.

        Raises:
            InputError: the new name is taken or cannot be used, or it is the starter.
        """
        path = self.path(name)
        if name == STARTER:
            raise InputError("The starter keeps its name.", "Rename a model of this project.")
        if self.free_name(wanted) != wanted:
            raise InputError(
                f"The name {wanted!r} is taken by a model or by the program.",
                "Choose another name.",
            )
        card = msgspec.structs.replace(read_card(path), name=wanted)
        target = self.folder / f"{wanted}.safetensors"
        write_card(target, card)
        _link_or_copy(path, target)
        state = self._state()
        renamed = [wanted if n == name else n for n in (state.name, *state.before)]
        if renamed != [state.name, *state.before]:
            self._write(_Active(renamed[0], renamed[1:]))
        remove(path)
        remove(card_path(path))
        return card

    def delete(self, name: str) -> str:
        """Put a model away that is not active; it can be restored.

        Returns:
            By which name: another one where a model of this name was deleted before.

        Raises:
            InputError: it is active, or the starter.
        """
        path = self.path(name)
        if name == STARTER:
            raise InputError(
                "The starter belongs to the program and cannot be deleted; nothing was changed."
            )
        if name == self.active().name:
            raise InputError(f"The model {name} is in use.", "Promote another one first.")
        self._bin.mkdir(exist_ok=True)
        taken = {card.name for card in self.deleted()}
        kept, number = name, 1
        while kept in taken:
            number += 1
            kept = f"{name[:60]}-{number}"
        target = self._bin / f"{kept}.safetensors"
        write_card(target, msgspec.structs.replace(read_card(path), name=kept))
        move(path, target)
        remove(card_path(path))
        return kept

    def restore(self, name: str) -> ModelCard:
        """Bring a deleted model back, under another name when its own is taken.

        Raises:
            ModelFileError: no deleted model has this name.
        """
        path = self._deleted_path(name)
        card = self.add(path, name=name)
        self.discard(name)
        return card

    def discard(self, name: str) -> None:
        """Remove a deleted model for ever.

        Raises:
            ModelFileError: no deleted model has this name.
        """
        path = self._deleted_path(name)
        remove(path)
        remove(card_path(path))

    def _active_path(self) -> Path:
        try:
            path = self.path(self._state().name)
            read_card(path)
        except ModelFileError as error:
            raise ModelFileError(
                f"The active model cannot be used: {error.message}",
                "Bring its files back, or promote another model; the starter is always there.",
            ) from error
        return path

    @property
    def _bin(self) -> Path:
        return self.folder / "deleted"

    def _deleted_path(self, name: str) -> Path:
        path = self._bin / f"{name}.safetensors"
        if not _NAME.fullmatch(name) or not path.is_file():
            raise ModelFileError(
                f"No deleted model is called {name!r}.",
                f"There are: {', '.join(card.name for card in self.deleted()) or 'none'}.",
            )
        return path

    def _exists(self, name: str) -> bool:
        return (self.folder / f"{name}.safetensors").is_file()

    def _state(self) -> _Active:
        try:
            data = when_free((self.folder / f"{_STATE}.json").read_bytes)
            return msgspec.json.decode(data, type=_Active)
        except (OSError, msgspec.DecodeError):
            return _Active()

    def _write(self, state: _Active) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.folder / f"{_STATE}.json", msgspec.json.encode(state))


def _cards_in(folder: Path) -> list[ModelCard]:
    """Cards of the models in a folder that can be read, oldest to newest."""
    cards = []
    for path in sorted(folder.glob("*.safetensors")):
        try:
            cards.append(read_card(path))
        except ModelFileError:
            continue
    return sorted(cards, key=lambda card: (card.created, card.name))


def _link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file; some disks know no such thing and get a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        sync_file(target)
