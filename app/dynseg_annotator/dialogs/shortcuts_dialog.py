"""All keys in one list, with search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTreeView,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.actions import keys_of, native_text, sequence, spec
from dynseg_annotator.actions.key_table import KeyRow, key_rows
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.key_search import KeySearch
from dynseg_annotator.language import tr
from dynseg_annotator.settings import Settings


class ShortcutsDialog(QDialog):
    """The table of keys; stays open beside the work, closed by Esc or the key that opened it.

    Args:
        settings: Where the preset is read and changed.
        parent: The window.
    """

    edit_requested = Signal()
    """The user wants other keys."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._closing = QAction(self)
        self._closing.triggered.connect(self.close)
        self.addAction(self._closing)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._top = KeySearch(settings)
        self._top.search.textChanged.connect(self._filter)
        self._model = QStandardItemModel(0, 2, self)
        self._view = self._make_view()
        self._nothing = layout.prose(tr("Nothing has such a name or key."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column = layout.page(self)
        column.addWidget(self._top)
        column.addWidget(self._view, 1)
        column.addWidget(self._nothing)
        box = layout.buttons(self, reject=tr("Close"))
        layout.extra_button(box, tr("Change keys…"), "keyboard").clicked.connect(
            self.edit_requested
        )
        column.addWidget(box)
        settings.changed.connect(self.setting_changed)
        self.refresh()
        layout.give_size(self, width=96, lines=36)
        self._top.search.setFocus()

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self._model)
        view.setAccessibleName(tr("Keys"))
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setIndentation(theme.SPACE.wide)
        view.setUniformRowHeights(True)
        view.setItemsExpandable(False)
        view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return view

    @Slot(str, object)
    def setting_changed(self, key: str, _value: object) -> None:
        """Follow a change of preset or own keys."""
        if key in ("key_preset", "custom_keys"):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Fill the list for the chosen preset."""
        preset = self._settings.get("key_preset")
        keys = keys_of(spec("shortcuts"), preset, self._settings.get("custom_keys"))
        self._closing.setShortcuts([sequence(key) for key in keys.window])
        self._top.show_preset()
        self._model.clear()
        self._model.setColumnCount(2)
        sections: dict[str, QStandardItem] = {}
        for row in key_rows(preset, self._settings.get("custom_keys")):
            if row.section not in sections:
                head = QStandardItem(row.section)
                head.setFont(theme.heading_font(1.0))
                head.setSelectable(False)
                sections[row.section] = head
                self._model.appendRow([head, QStandardItem()])
            sections[row.section].appendRow([QStandardItem(row.text), _keys_item(row)])
        self._view.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._view.expandAll()
        self._filter(self._top.search.text())

    @Slot(str)
    def _filter(self, text: str) -> None:
        """Show rows in which every word of `text` occurs; a whole key finds that key alone."""
        words = text.lower().split()
        any_left = False
        for i in range(self._model.rowCount()):
            head = self._model.item(i)
            left = 0
            for j in range(head.rowCount()):
                line = f"{head.child(j, 0).text()} {head.child(j, 1).text()}".lower()
                hit = all(word in line for word in words)
                self._view.setRowHidden(j, head.index(), not hit)
                left += hit
            self._view.setRowHidden(i, self._model.invisibleRootItem().index(), not left)
            any_left = any_left or left > 0
        self._nothing.setVisible(not any_left)
        self._view.setVisible(any_left)

    def shown(self) -> list[tuple[str, str]]:
        """Text and keys of the rows that the search leaves."""
        rows = []
        for i in range(self._model.rowCount()):
            head = self._model.item(i)
            rows += [
                (head.child(j, 0).text(), head.child(j, 1).text())
                for j in range(head.rowCount())
                if not self._view.isRowHidden(j, head.index())
            ]
        return rows


def _keys_item(row: KeyRow) -> QStandardItem:
    item = QStandardItem("   ".join(native_text(key) for key in row.keys))
    item.setFont(theme.mono_font())
    return item
