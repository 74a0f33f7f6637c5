"""The list of images folded into rows: a table with any number of columns, all from memory."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dynseg_annotator.itemmodels.images import ImageListModel

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ImageGridModel(QAbstractTableModel):
    """The rows of an `ImageListModel`, `columns` beside each other; same filter, same order.

    A table and not a list that wraps: Qt lays such a list out anew cell by cell, which takes
    0.7 s with 100,000 images; the rows of a table are counted.
    """

    def __init__(self, images: ImageListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._columns = 1
        images.modelAboutToBeReset.connect(self.beginResetModel)
        images.modelReset.connect(self.endResetModel)
        images.dataChanged.connect(self._changed)

    def set_columns(self, columns: int) -> None:
        """Fold into so many columns, at least one."""
        columns = max(1, columns)
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows of the table."""
        return 0 if parent.isValid() else -(-self._images.rowCount() // self._columns)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns of the table."""
        return 0 if parent.isValid() else self._columns

    def place(self, at: int) -> QModelIndex:
        """Where the image at a place of the list is; invalid beyond its end."""
        if not 0 <= at < self._images.rowCount():
            return QModelIndex()
        return self.index(at // self._columns, at % self._columns)

    def at(self, index: AnyIndex) -> int:
        """The place in the list, -1 where the last row is not filled."""
        at = index.row() * self._columns + index.column() if index.isValid() else -1
        return at if at < self._images.rowCount() else -1

    def source(self, index: AnyIndex) -> QModelIndex:
        """The same image in the list."""
        at = self.at(index)
        return self._images.index(at) if at >= 0 else QModelIndex()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As the list says it."""
        return self._images.data(self.source(index), role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells beyond the last image cannot be chosen."""
        if self.at(index) < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        start, end = self.place(first.row()), self.place(last.row())
        if start.row() != end.row():  # all of the rows that it reaches over
            start, end = start.siblingAtColumn(0), end.siblingAtColumn(self._columns - 1)
        self.dataChanged.emit(start, end)
