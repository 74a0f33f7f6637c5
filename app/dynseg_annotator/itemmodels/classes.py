"""The classes of the project as a table: colour, name, key, count in the open image."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Annotation
from dynseg_annotator.itemmodels.swatch import swatch
from dynseg_annotator.session.visibility import Visibility

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

KEYS = 9
"""Classes that have a number key."""


class ClassColumn(IntEnum):
    """Columns of the table."""

    NAME = 0
    COUNT = 1
    KEY = 2
    EYE = 3
    LOCK = 4


FLAG_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the eye is shut or the lock closed, for the delegate."""

KEY_ROLE = Qt.ItemDataRole.UserRole + 3
"""The number key of the class, for the delegate's key cap; empty when it has none."""

ANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        FLAG_ROLE,
        KEY_ROLE,
    )
)
COLUMNS = tuple(ClassColumn)


class ClassListModel(QAbstractTableModel):
    """Follows the class table; a name typed into it asks for a rename, nothing more."""

    rename_requested = Signal(int, str)
    """Class id and the new name."""

    def __init__(self, visibility: Visibility, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visibility = visibility
        self._table = ClassTable()
        self._current: int | None = None
        self._counts: Counter[int] = Counter()
        visibility.changed.connect(self._all_changed)

    def set_classes(self, table: ClassTable) -> None:
        """Show these classes."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def set_current(self, class_id: int | None) -> None:
        """Mark the class that new shapes get."""
        self._current = class_id
        self._all_changed()

    def set_annotation(self, annotation: Annotation | None) -> None:
        """Count the instances of the open image."""
        counts = Counter(i.class_id for i in annotation.instances) if annotation else Counter()
        if counts != self._counts:
            self._counts = counts
            self._all_changed()

    def label_at(self, row: int) -> ClassLabel:
        """The class in a row."""
        return self._table.labels[row]

    def row_of(self, class_id: int) -> int | None:
        """Row of a class."""
        try:
            return self._table.index_of(class_id)
        except KeyError:
            return None

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._table)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns shown."""
        return 0 if parent.isValid() else len(ClassColumn)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What can be done with a cell."""
        flags = super().flags(index)
        if index.column() == ClassColumn.NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says for a role."""
        if role not in ANSWERED or not index.isValid():
            return None
        label = self._table.labels[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(label, column)
        if role == Qt.ItemDataRole.EditRole and column is ClassColumn.NAME:
            return label.name
        if role == Qt.ItemDataRole.DecorationRole and column is ClassColumn.NAME:
            return swatch(label.colour)
        if (
            role == Qt.ItemDataRole.FontRole
            and label.id == self._current
            and column is ClassColumn.NAME
        ):
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == FLAG_ROLE:
            return self._flag(label, column)
        if role == KEY_ROLE and column is ClassColumn.KEY:
            return str(index.row() + 1) if index.row() < KEYS else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(label, index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is ClassColumn.COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A new name was typed; the owner decides, so nothing changes here."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        label = self._table.labels[index.row()]
        name = str(value).strip()
        if name and name != label.name:
            self.rename_requested.emit(label.id, name)
        return False

    def _text(self, label: ClassLabel, column: ClassColumn) -> str | None:
        if column is ClassColumn.NAME:
            return label.name
        if column is ClassColumn.COUNT:
            return str(self._counts[label.id]) if self._counts[label.id] else ""
        return None

    def _flag(self, label: ClassLabel, column: ClassColumn) -> bool | None:
        if column is ClassColumn.EYE:
            return label.id in self._visibility.hidden_classes
        if column is ClassColumn.LOCK:
            return label.id in self._visibility.locked_classes
        return None

    def _tip(self, label: ClassLabel, row: int, column: ClassColumn) -> str:
        if column is ClassColumn.EYE:
            return f"Hide or show every {label.name}"
        if column is ClassColumn.LOCK:
            return f"Lock or unlock every {label.name}"
        if column is ClassColumn.COUNT:
            return "Shapes of this class in the open image"
        key = f" Key {row + 1} gives it to the selection." if row < KEYS else ""
        return f"New shapes get this class once it is clicked.{key} Double-click renames it."

    def _all_changed(self) -> None:
        if len(self._table):
            last = self.index(len(self._table) - 1, len(ClassColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
