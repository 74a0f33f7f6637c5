"""Settings that each project has for itself, also over a restart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from dynseg_annotator.context import AppContext
from dynseg_annotator.settings import setting

REMEMBERED_PROJECTS = 50


class OwnValues(QObject):
    """Gives some settings the values that they had when the project was open last.

    What suits one folder spoils the next: the brightness of fluorescence blows out photographs, and
    a confidence that finds faint cells floods them with proposals. A new project has the defaults.

    Args:
        context: Its settings and its project.
        keys: The settings.
        kept: Setting (JSON) that holds their values by the folder of the project.
    """

    def __init__(
        self, context: AppContext, keys: tuple[str, ...], kept: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._settings = context.settings
        self._keys = keys
        self._kept = kept
        self._recalls = False
        self._settings.changed.connect(self._setting_changed)
        context.project_opened.connect(self._recall)

    @Slot(str, object)
    def _setting_changed(self, key: str, _value: object) -> None:
        if key in self._keys and not self._recalls:
            self._remember()

    def _remember(self) -> None:
        """A project in which all values are the defaults needs no note."""
        store = self._context.store
        if store is None:
            return
        kept: dict[str, list[Any]] = self._settings.get(self._kept)
        kept.pop(str(store.root), None)
        values = [self._settings.get(key) for key in self._keys]
        if values != self._defaults():
            while len(kept) >= REMEMBERED_PROJECTS:
                kept.pop(next(iter(kept)))
            kept[str(store.root)] = values
        self._settings.set(self._kept, kept)

    def _recall(self) -> None:
        store = self._context.store
        known = self._settings.get(self._kept).get(str(store.root)) if store is not None else None
        self._recalls = True  # half of the values would be those of the project before
        try:
            self._set(known or self._defaults())
        except (TypeError, ValueError):  # the file of settings was written by hand
            self._set(self._defaults())
        self._recalls = False

    def _set(self, values: list[Any]) -> None:
        for key, value in zip(self._keys, values, strict=True):
            self._settings.set(key, value)

    def _defaults(self) -> list[Any]:
        return [setting(key).default for key in self._keys]
