"""Another key for any action; holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.actions import ACTIONS, MENUS, ActionSpec, keys_of, native_text, spec
from dynseg_annotator.actions.key_choice import (
    HELD,
    owners,
    reset,
    twins,
    with_key,
    without_keys,
)
from dynseg_annotator.actions.key_table import section_of
from dynseg_annotator.actions.spec import EDIT
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.key_field import KeyField
from dynseg_annotator.dialogs.key_search import KeySearch
from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings import Settings

ROLE = Qt.ItemDataRole.UserRole
YOURS = mark("yours")
"""Stands beside actions whose keys are not those of the preset."""


class KeyEditor(QDialog):
    """Every action with its keys; Enter or a double-click on one records a new key.

    Args:
        settings: Where preset and own keys are read and changed.
        parent: The window.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._adds = False
        self._wanted = ""
        self._items: dict[str, QTreeWidgetItem] = {}
        self._heads: list[QTreeWidgetItem] = []
        self.setWindowTitle(tr("Keys"))
        self._top = KeySearch(settings)
        self.search, self.preset = self._top.search, self._top.preset
        self.search.textChanged.connect(self._search_changed)
        self.list = self._make_list()
        self.field = KeyField()
        self.field.recorded.connect(self._recorded)
        self.field.left.connect(self._stop_recording)
        self.clash = layout.prose(muted=False)
        theme.set_role(self.clash, "warn")
        self._make_buttons()
        self._place()
        settings.changed.connect(self._setting_changed)
        self.refresh()
        self._stop_recording()
        layout.give_size(self, width=92, lines=36)
        self.search.setFocus()

    def _make_list(self) -> QTreeWidget:
        view = QTreeWidget()
        view.setAccessibleName(tr("Actions and their keys"))
        view.setColumnCount(3)
        view.setHeaderLabels([tr("Action"), tr("Keys"), ""])
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setIndentation(theme.SPACE.wide)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            view.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        view.itemActivated.connect(lambda *_: self.record())
        view.currentItemChanged.connect(lambda *_: self._follow_row())
        return view

    def _make_buttons(self) -> None:
        self.take_over = QPushButton(tr("Take it over"))
        self.take_over.clicked.connect(self._take_over)
        self.set_key = QPushButton(tr("&Set key…"))
        self.set_key.clicked.connect(lambda: self.record())
        self.add_key = QPushButton(tr("&Add another…"))
        self.add_key.clicked.connect(lambda: self.record(adds=True))
        self.remove = QPushButton(tr("Re&move keys"))
        self.remove.clicked.connect(self._remove)
        self.reset = QPushButton(tr("&Reset"))
        self.reset.setToolTip(tr("Give this action the keys of the preset again"))
        self.reset.clicked.connect(self._reset)
        for button in (self.take_over, self.set_key, self.add_key, self.remove, self.reset):
            button.setAutoDefault(False)

    def _place(self) -> None:
        column = layout.page(self)
        column.addWidget(self._top)
        column.addWidget(self.list, 1)
        lines = QVBoxLayout()
        lines.setSpacing(theme.SPACE.small)
        record = QHBoxLayout()
        record.addWidget(self.clash, 1)
        record.addWidget(self.take_over)
        lines.addWidget(self.field)
        lines.addLayout(record)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.normal)
        for button in (self.set_key, self.add_key, self.remove, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        lines.addLayout(row)
        column.addLayout(lines)
        box = layout.buttons(self, reject=tr("Close"))
        layout.extra_button(box, tr("Reset all keys"), "reopen").clicked.connect(
            lambda: self._settings.set("custom_keys", {})
        )
        column.addWidget(box)

    @property
    def current(self) -> ActionSpec | None:
        """The marked action."""
        item = self.list.currentItem()
        action_id = item.data(0, ROLE) if item is not None else None
        return spec(action_id) if action_id else None

    @Slot()
    def refresh(self) -> None:
        """Fill the list for the chosen preset; what was marked stays marked."""
        marked = self.current
        preset, choice = self._chosen()
        self._top.show_preset()
        self.list.clear()
        self._items, self._heads = {}, []
        for title in MENUS:
            head = QTreeWidgetItem([section_of(title)])
            head.setFont(0, theme.heading_font(1.0))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(head)
            self._heads.append(head)
            for row in (row for row in ACTIONS if (row.menu or EDIT) == title):
                keys = "   ".join(native_text(k) for k in keys_of(row, preset, choice).shown)
                item = QTreeWidgetItem(
                    head, [row.plain_text, keys, tr(YOURS) if row.id in choice else ""]
                )
                item.setData(0, ROLE, row.id)
                item.setToolTip(0, row.sentence)
                item.setFont(1, theme.mono_font())
                item.setForeground(2, self.palette().placeholderText())
                self._items[row.id] = item
                if marked is not None and row.id == marked.id:
                    self.list.setCurrentItem(item)
        self.list.expandAll()
        self._filter(self.search.text())
        self._follow_row()

    @Slot()
    def record(self, *, adds: bool = False) -> None:
        """Wait for a key for the marked action."""
        row = self.current
        if row is None:
            return
        self._adds = adds
        self._say("")
        name = row.plain_text
        self.field.setPlaceholderText(
            tr("Another key for “{name}”: press it, Esc to leave", name=name)
            if adds
            else tr("New key for “{name}”: press it, Esc to leave", name=name)
        )
        self.field.clear()
        self.field.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a row records, on a button presses it; arrows in the search go to the list."""
        enters, at = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter), self.focusWidget()
        if enters and isinstance(at, QPushButton):
            at.click()
        elif enters and self.current is not None:
            self.record()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> tuple[str, dict[str, list[str]]]:
        return self._settings.get("key_preset"), self._settings.get("custom_keys")

    @Slot(str)
    def _recorded(self, key: str) -> None:
        """A key was pressed: take it, or say who has it."""
        row = self.current
        if row is None:
            return
        preset, choice = self._chosen()
        if key in HELD:
            self._say(
                tr(
                    "{key} does “{held}” and stays what it is.",
                    key=native_text(key),
                    held=tr(HELD[key]),
                )
            )
            return
        others = [other for one in twins(key) for other in owners(one, row, preset, choice)]
        if not others:
            self._take(key)
            return
        names = tr(" and ").join(dict.fromkeys(f"“{other.plain_text}”" for other in others))
        self._wanted = key
        self._say(
            tr("{key} is the key of {names}.", key=native_text(key), names=names), offers=True
        )
        self.take_over.setFocus()

    def _take(self, key: str) -> None:
        row = self.current
        if row is not None:
            preset, choice = self._chosen()
            after = with_key(choice, row, preset, key, adds=self._adds)
            self._settings.set("custom_keys", after)
        self._stop_recording()
        self.list.setFocus()

    @Slot()
    def _take_over(self) -> None:
        self._take(self._wanted)
        self._say("")

    @Slot()
    def _remove(self) -> None:
        if self.current is not None:
            self._settings.set("custom_keys", without_keys(self._chosen()[1], self.current))

    @Slot()
    def _reset(self) -> None:
        if self.current is not None:
            preset, choice = self._chosen()
            self._settings.set("custom_keys", reset(choice, self.current, preset))

    @Slot()
    def _stop_recording(self) -> None:
        had_focus = self.field.hasFocus()
        self.field.hide()
        if not self.take_over.isVisible():
            self._say("")
        if had_focus:
            self.list.setFocus()

    def _say(self, text: str, *, offers: bool = False) -> None:
        self.clash.setText(text)
        self.clash.setVisible(bool(text))
        self.take_over.setVisible(offers)

    def _follow_row(self) -> None:
        """The buttons concern the marked action."""
        row = self.current
        preset, choice = self._chosen()
        self._say("")
        for button in (self.set_key, self.add_key):
            button.setEnabled(row is not None)
        self.remove.setEnabled(row is not None and bool(keys_of(row, preset, choice).all))
        self.reset.setEnabled(row is not None and row.id in choice)

    @Slot(str, object)
    def _setting_changed(self, key: str, _value: object) -> None:
        if key in ("key_preset", "custom_keys"):
            self.refresh()

    @Slot(str)
    def _search_changed(self, text: str) -> None:
        """Mark the action that is meant most: the first whose name begins with the text."""
        left = self._filter(text)
        wanted = text.strip().lower()
        if wanted and left:
            named = (item for item in left if item.text(0).lower().startswith(wanted))
            self.list.setCurrentItem(next(named, left[0]))

    def _filter(self, text: str) -> list[QTreeWidgetItem]:
        """Show the rows in which every word of `text` occurs, and return them."""
        words = text.lower().split()
        left = []
        for item in self._items.values():
            line = f"{item.text(0)} {item.text(1)} {item.text(2)}".lower()
            hit = all(word in line for word in words)
            item.setHidden(not hit)
            if hit:
                left.append(item)
        for head in self._heads:
            head.setHidden(all(item.parent() is not head for item in left))
        return left

    def shown(self) -> list[str]:
        """Ids of the actions that the search leaves."""
        return [action_id for action_id, item in self._items.items() if not item.isHidden()]
