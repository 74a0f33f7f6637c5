"""Every action by a few letters of its name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.actions import ACTIONS, ActionSpec, keys_of, native_text
from dynseg_annotator.actions.other_words import OTHER_WORDS
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.setting_search import settings_with
from dynseg_annotator.language import sentences, tr
from dynseg_annotator.settings import Setting, Settings

SETTING = Qt.ItemDataRole.UserRole + 1
"""Role of the key of a setting, and of its page."""


def rank(row: ActionSpec, wanted: str) -> int | None:
    """How well `row` answers `wanted`, 0 the best; None when not at all.

    The very name comes first, then a name that begins with the text, then words that begin with
    its words, then letters anywhere, then what other programs call it, then the explanation.
    """
    name, text = row.plain_text.casefold(), wanted.casefold().strip()
    words = name.replace(":", "").split()
    also = OTHER_WORDS.get(row.id, "")
    other = f"{tr(also)} {also}".casefold() if also else ""
    called = [*words, *other.replace(",", " ").split()]
    fits = (
        name == text,
        name.startswith(text),
        all(any(word.startswith(part) for word in words) for part in text.split()),
        text in name,
        bool(other) and all(any(word.startswith(part) for word in called) for part in text.split()),
        all(part in f"{name} {row.sentence.casefold()} {other}" for part in text.split()),
    )
    return fits.index(True) if any(fits) else None


class CommandPalette(QDialog):
    """A search field over the list of all actions; Enter runs the marked one.

    Settings that the words mean stand behind the actions; Enter goes there.

    Args:
        actions: From `actions.build()`.
        settings: Where the keys come from.
        parent: The window.
    """

    setting_wanted = Signal(str, str)
    """Page and key of a setting."""

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        empty = QPixmap(16, 16)
        empty.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(empty)
        self.setWindowTitle(tr("Find an action"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("What do you want to do?"))
        self._search.setAccessibleName(tr("Action"))
        self._search.textChanged.connect(self.refresh)
        self._search.returnPressed.connect(self.run)
        self._list = QTreeWidget()
        self._list.setAccessibleName(tr("Actions"))
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self.run)
        column = layout.page(self)
        column.setSpacing(theme.SPACE.normal)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        layout.give_size(self, width=80, lines=24)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """List what matches; what cannot be done now is shown greyed and last."""
        wanted = self._search.text()
        preset, custom = self._settings.get("key_preset"), self._settings.get("custom_keys")
        found = []
        for place, row in enumerate(ACTIONS):
            level = rank(row, wanted)
            if row.id in self._actions and level is not None and row.id != "command-palette":
                one_of_many = level > 0 and bool(row.values)  # the numbers, the arrows
                off = not self._actions[row.id].isEnabled()
                found.append((off, one_of_many, level, place, row))
        self._list.clear()
        ordered = sorted(found, key=lambda entry: entry[:4])
        possible = sum(not off for off, *_ in ordered)
        for off, _, _, _, row in ordered:
            keys = ", ".join(native_text(key) for key in keys_of(row, preset, custom).shown)
            item = QTreeWidgetItem([row.plain_text, keys])
            item.setData(0, Qt.ItemDataRole.UserRole, row.id)
            item.setToolTip(0, row.sentence)
            item.setIcon(0, theme.icon(row.icon) if row.icon else self._blank)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setDisabled(off)
            if off:
                item.setToolTip(0, sentences(row.sentence, row.needs.advice))
            self._list.addTopLevelItem(item)
        settings = settings_with(wanted) if wanted.strip() else []
        for number, setting in enumerate(settings):
            self._list.insertTopLevelItem(possible + number, self._to_setting(setting))
        if not found and not settings:
            nothing = QTreeWidgetItem([tr("Nothing is called so. Try one word of it.")])
            nothing.setDisabled(True)
            self._list.addTopLevelItem(nothing)
        self._mark(0)
        self._list.resizeColumnToContents(1)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, self._list.header().ResizeMode.Stretch)

    def _to_setting(self, setting: Setting) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tr("Setting: {name}", name=tr(setting.title)), ""])
        item.setData(0, SETTING, (setting.section, setting.key))
        item.setToolTip(0, tr(setting.prose))
        item.setIcon(0, theme.icon("settings"))
        return item

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move among what can be done, while the search field keeps the focus."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif count := self._possible():
            self._mark((self._list.currentIndex().row() + step) % count)

    def _possible(self) -> int:
        """How many rows can be marked; they come first."""
        items = [self._list.topLevelItem(i) for i in range(self._list.topLevelItemCount())]
        return sum(item is not None and not item.isDisabled() for item in items)

    def _mark(self, row: int) -> None:
        item = self._list.topLevelItem(row)
        if item is not None:
            self._list.setCurrentItem(item)

    def shown(self) -> list[str]:
        """Ids of the listed actions, the marked one first."""
        items = [self._list.topLevelItem(i) for i in range(self._list.topLevelItemCount())]
        ids = [item.data(0, Qt.ItemDataRole.UserRole) for item in items if item is not None]
        return [str(action_id) for action_id in ids if action_id]

    @Slot()
    def run(self) -> None:
        """Close, then do the marked action if it can be done now."""
        item = self._list.currentItem()
        if item is None or item.isDisabled():
            return
        setting = item.data(0, SETTING)
        if setting is not None:
            self.accept()
            self.setting_wanted.emit(*setting)
            return
        action = self._actions[str(item.data(0, Qt.ItemDataRole.UserRole))]
        self.accept()
        QTimer.singleShot(0, action, action.trigger)
