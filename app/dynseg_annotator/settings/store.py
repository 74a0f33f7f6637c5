"""The values of the settings, in a file that survives crashes and being damaged."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from dynseg.files import write_atomic
from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings.table import SETTINGS, setting

TOLD = "told_unusable"
"""Setting that keeps which values in the file could not be used and were told of."""
SAVE_DELAY_MS = 400
"""A dragged slider changes a value many times; it is written once it rests."""


NOTHING = object()
"""What is chosen of a key whose default holds: the file does not have it."""


def config_folder() -> Path:
    """Folder of the settings: `DYNSEG_CONFIG_DIR`, else the platform's place for them."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "dynseg-annotator"


class Settings(QObject):
    """What the user chose. Keys and ranges come from the table; `changed` tells of every change.

    Keys of the file that this version does not know are kept. Two windows may write the same file:
    each one writes only what was changed in it.

    Args:
        path: The file; `settings.json` in `config_folder()` when None.
    """

    changed = Signal(str, object)
    save_failed = Signal(str, str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path or config_folder() / "settings.json"
        self._unsaved: set[str] = set()
        self._own: dict[str, object] = {}
        """What the user chose of keys that have another value for a while, `NOTHING` if nothing."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.flush)
        self._notice = ""
        self._notice_values: dict[str, object] = {}
        self._values = self._usable(self._read_or_set_aside())

    @property
    def path(self) -> Path:
        """The file that keeps the values."""
        return self._path

    @property
    def notice(self) -> str:
        """What went wrong while reading, in words for the user; empty when nothing did.

        The language is a setting itself, so the words are found when they are asked for.
        """
        values = {
            name: ", ".join(tr(text) for text in value) if isinstance(value, list) else value
            for name, value in self._notice_values.items()
        }
        return tr(self._notice, **values) if self._notice else ""

    def get(self, key: str) -> Any:
        """The value of `key`, a copy where it is a list or a dictionary.

        Raises:
            KeyError: no such setting.
        """
        row = setting(key)
        value = self._values.get(key, row.default)
        return copy.deepcopy(value) if isinstance(value, list | dict) else value

    def set(self, key: str, value: object) -> None:
        """Change `key`; nothing happens when it has this value already.

        Raises:
            KeyError: no such setting.
            ValueError: the value has the wrong type or lies outside its range.
        """
        row = setting(key)
        if not row.accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        if self.get(key) == value and key not in self._own:
            return
        self._own.pop(key, None)
        self._values[key] = copy.deepcopy(value)
        self._unsaved.add(key)
        self._timer.start()
        self.changed.emit(key, value)

    def reset(self, key: str) -> None:
        """Give `key` its default again."""
        self.set(key, copy.deepcopy(setting(key).default))

    def lend(self, key: str, value: object) -> None:
        """Give `key` another value until `take_back`; it is not written, and `set` ends it.

        Raises:
            KeyError: no such setting.
            ValueError: the value has the wrong type or lies outside its range.
        """
        if not setting(key).accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        if self.get(key) != value:
            self._own.setdefault(key, self._values.get(key, NOTHING))
            self._values[key] = copy.deepcopy(value)
            self.changed.emit(key, value)

    def take_back(self) -> None:
        """Give every key that was lent a value the one again that the user chose."""
        own, self._own = self._own, {}
        self._values = _chosen(self._values, own)
        for key in own:
            self.changed.emit(key, self.get(key))

    def flush(self) -> None:
        """Write what was changed, now. A failure is told by `save_failed` and tried again later."""
        self._timer.stop()
        if not self._unsaved:
            return
        chosen = _chosen(self._values, self._own)
        try:
            kept = self._read()
        except (OSError, ValueError, RecursionError):
            kept = chosen.copy()  # gone, or damaged by now: what is known of it is not lost
        kept.update({key: chosen[key] for key in self._unsaved})
        text = json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path, text.encode())
        except OSError as error:
            self.save_failed.emit(
                tr(
                    "Your settings could not be written to {path}: {reason}.",
                    path=self._path,
                    reason=error.strerror or error,
                ),
                tr("They hold until the program closes. Labels are not concerned."),
            )
            return
        self._unsaved.clear()

    def _read(self) -> dict[str, Any]:
        """The file as a dictionary.

        Raises:
            OSError: it cannot be read.
            ValueError: it is not JSON, or not an object.
        """
        values = json.loads(self._path.read_bytes())
        if not isinstance(values, dict):
            raise ValueError("not a JSON object")
        return values

    def _read_or_set_aside(self) -> dict[str, Any]:
        try:
            return self._read()
        except FileNotFoundError:
            return {}
        except OSError as error:
            self._tell(
                mark("The settings in {path} could not be read ({reason}); defaults are used."),
                path=self._path, reason=error.strerror or error,
            )  # fmt: skip
            return {}
        except (ValueError, RecursionError):
            broken = self._path.with_name(self._path.name + ".broken")
            try:
                self._path.replace(broken)
            except OSError:
                self._tell(
                    mark(
                        "The settings file was damaged; defaults are used and the old file could "
                        "not be set aside."
                    )
                )
            else:
                self._tell(
                    mark(
                        "The settings file was damaged; defaults are used and the old file is "
                        "kept as {name}."
                    ),
                    name=broken.name,
                )
            return {}

    def _tell(self, text: str, **values: object) -> None:
        """Keep a notice: a marked text, its values, and lists of marked texts among them."""
        self._notice, self._notice_values = text, values

    def _usable(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values of known keys that their rows accept; the others fall back to their defaults.

        In the file the others stay as they are: a newer version of the program, which wrote them,
        may be used beside this one.
        """
        usable, refused = {}, {}
        for row in SETTINGS:
            if row.key not in values:
                continue
            usable[row.key] = values[row.key]
            if not row.accepts(values[row.key]):
                usable[row.key] = row.sound_part(values[row.key])
                refused[row.key] = row.title or mark("what the window remembered")
        told = usable.get(TOLD, [])
        news = list(dict.fromkeys(refused[key] for key in refused if key not in told))
        if news:
            self._tell(
                mark(
                    "These settings could not be used here and have defaults: {names}. A newer "
                    "version of the program, if it wrote them, finds them as it left them."
                ),
                names=news,
            )
        if sorted(refused) != told:  # told once, not at every start
            usable[TOLD] = sorted(refused)
            self._unsaved.add(TOLD)
            self._timer.start()
        return usable


def _chosen(values: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    """The values that the user chose, where some keys have another value for a while."""
    return {key: value for key, value in (values | own).items() if value is not NOTHING}
