"""The classes of the project as a table: colour, name, counts, key, eye and lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from dynseg.annotation.classes import ClassLabel, ClassTable, number_keys
from dynseg.annotation.document import Annotation
from dynseg_annotator.itemmodels.swatch import swatch
from dynseg_annotator.language import mark, tr, tr_n
from dynseg_annotator.session.visibility import Visibility
from dynseg_annotator.theme import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ClassColumn(IntEnum):
    """Columns of the table."""

    NAME = 0
    COUNT = 1
    TOTAL = 2
    KEY = 3
    EYE = 4
    LOCK = 5


TITLES = {
    ClassColumn.NAME: mark("Class"),
    ClassColumn.COUNT: mark("Here"),
    ClassColumn.TOTAL: mark("All"),
}
COUNTS = (ClassColumn.COUNT, ClassColumn.TOTAL)
DRAGGED = "application/x-dynseg-class"
"""What is dragged within the list: the id of a class."""

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
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ClassListModel(QAbstractTableModel):
    """Follows the class table; a name typed into it asks for a rename, nothing more.

    Attributes:
        keys: The number key of each class that has one, by class id.
        chosen_keys: Those that a person chose.
    """

    rename_requested = Signal(int, str)
    """Class id and the new name."""
    move_requested = Signal(int, int)
    """Class id and the position that it was dropped at."""

    def __init__(self, visibility: Visibility, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visibility = visibility
        self._table = ClassTable()
        self._current: int | None = None
        self._counts: Counter[int] = Counter()
        self._totals: Counter[int] = Counter()
        self.chosen_keys: dict[int, int] = {}
        self.keys: dict[int, int] = {}
        visibility.changed.connect(lambda: self._changed(ClassColumn.EYE, ClassColumn.LOCK))

    def set_classes(self, table: ClassTable) -> None:
        """Show these classes."""
        self.beginResetModel()
        self._table = table
        self.keys = number_keys(table, self.chosen_keys)
        self.endResetModel()

    def set_keys(self, chosen: Mapping[int, int]) -> None:
        """Number keys that a person chose, by class id."""
        self.chosen_keys = dict(chosen)
        self.keys = number_keys(self._table, self.chosen_keys)
        self._changed(ClassColumn.NAME, ClassColumn.KEY)  # the tip of a name says the key

    def set_totals(self, totals: Mapping[int, int]) -> None:
        """Number of shapes in the whole project, by class id."""
        if totals != self._totals:
            self._totals = Counter(totals)
            self._changed(ClassColumn.TOTAL)

    def total_of(self, class_id: int) -> int:
        """Number of shapes of a class in the whole project, as far as known."""
        return self._totals[class_id]

    def set_current(self, class_id: int | None) -> None:
        """Mark the class that new shapes get."""
        self._current = class_id
        self._changed(ClassColumn.NAME)

    def set_annotation(self, annotation: Annotation | None) -> None:
        """Count the instances of an image that was opened."""
        self._count(annotation)

    def follow_edit(self, annotation: Annotation) -> None:
        """Count the instances of the open image after an edit; the project has as many more."""
        before = self._counts
        if self._count(annotation):
            self._totals.update(self._counts)
            self._totals.subtract(before)
            self._changed(ClassColumn.TOTAL)

    def _count(self, annotation: Annotation | None) -> bool:
        counts = Counter(i.class_id for i in annotation.instances) if annotation else Counter()
        if counts == self._counts:
            return False
        self._counts = counts
        self._changed(ClassColumn.COUNT)
        return True

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
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between the rows, never onto one
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        if index.column() == ClassColumn.NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[column]) if column in TITLES else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column in COUNTS:
            return AT_RIGHT
        return None

    def supportedDropActions(self) -> Qt.DropAction:
        """Classes are moved, not copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What may be dropped."""
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What a drag carries."""
        data = QMimeData()
        if indexes:
            class_id = self._table.labels[indexes[0].row()].id
            data.setData(DRAGGED, QByteArray(str(class_id).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        """A class was dropped between two rows; the owner decides, so nothing changes here."""
        del column
        if action != Qt.DropAction.MoveAction or not data.hasFormat(DRAGGED) or parent.isValid():
            return False
        class_id = int(bytes(data.data(DRAGGED).data()))
        before = self.row_of(class_id)
        if before is not None:
            target = len(self._table) if row < 0 else row
            self.move_requested.emit(class_id, target - (before < target))
        return False  # else the view would take the dragged row out

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
            return str(self.keys.get(label.id, ""))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(label, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in COUNTS:
            return AT_RIGHT
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
        if column is ClassColumn.TOTAL:
            return _short(self._totals[label.id]) if self._totals[label.id] else ""
        return None

    def _flag(self, label: ClassLabel, column: ClassColumn) -> bool | None:
        if column is ClassColumn.EYE:
            return label.id in self._visibility.hidden_classes
        if column is ClassColumn.LOCK:
            return label.id in self._visibility.locked_classes
        return None

    def _tip(self, label: ClassLabel, column: ClassColumn) -> str:
        key = self.keys.get(label.id)
        if column is ClassColumn.EYE:
            return tr("Hide or show every {name}", name=label.name)
        if column is ClassColumn.LOCK:
            return tr("Lock or unlock every {name}", name=label.name)
        if column is ClassColumn.COUNT:
            return tr("Shapes of this class in the open image")
        if column is ClassColumn.TOTAL:
            return tr_n(
                "{n:,} shape of this class in the project",
                "{n:,} shapes of this class in the project",
                self._totals[label.id],
            )
        if column is ClassColumn.KEY:
            return tr("Click to choose the number key of this class")
        text = tr("New shapes get this class once it is clicked. Double-click renames it.")
        if key:
            text = tr(
                "New shapes get this class once it is clicked. Key {key} gives it to the "
                "selection. Double-click renames it.",
                key=key,
            )
        return f"{label.name}\n{text}"

    def _changed(self, first: ClassColumn, last: ClassColumn | None = None) -> None:
        """Tell of these columns alone: the counts change with every image that is opened."""
        if len(self._table):
            end = self.index(len(self._table) - 1, first if last is None else last)
            self.dataChanged.emit(self.index(0, first), end)


def _short(count: int) -> str:
    """A count in at most five characters: `9999`, `12.3k`, `4.56M`."""
    if count < 10_000:
        return str(count)
    if count < 999_950:
        return f"{count / 1000:.1f}k" if count < 99_950 else f"{count / 1000:.0f}k"
    return f"{count / 1_000_000:.2f}M"
