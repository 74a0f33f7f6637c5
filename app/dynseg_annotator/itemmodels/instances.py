"""The instances of the open image as a table, topmost first unless another order is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg_annotator.itemmodels.instance_order import InstanceOrder, area_px, arranged
from dynseg_annotator.itemmodels.swatch import swatch
from dynseg_annotator.language import mark, tr, tr_n
from dynseg_annotator.session.visibility import Visibility
from dynseg_annotator.theme import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

ORIGIN_TEXT = {
    Origin.HUMAN: (mark("drawn"), mark("Drawn by a person.")),
    Origin.EDITED: (mark("edited"), mark("Proposed by the model, then changed by a person.")),
}
IMPORTED = (mark("imported"), mark("Taken over from label files."))
ACCEPTED = (mark("accepted"), mark("Proposed by the model, accepted by a person."))
PROPOSED = (mark("model"), mark("Proposed by the model; nobody has looked at it yet."))
ORIGINS = tuple(word for word, _ in (*ORIGIN_TEXT.values(), IMPORTED, ACCEPTED, PROPOSED))
"""What stands in the column."""


class Column(IntEnum):
    """Columns of the table."""

    NAME = 0
    SCORE = 1
    ORIGIN = 2
    EYE = 3
    LOCK = 4


UNKNOWN = "#808080"
"""Colour of an instance whose class is not in the table."""
TITLES = (mark("Class"), mark("Score"), mark("Origin"), "", "")
ID_ROLE = Qt.ItemDataRole.UserRole + 1
FLAG_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the eye is shut or the lock closed, for the delegate."""

ANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        ID_ROLE,
        FLAG_ROLE,
    )
)
COLUMNS = tuple(Column)
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class InstanceListModel(QAbstractTableModel):
    """What the open image holds; follows the document, changes nothing itself."""

    def __init__(self, visibility: Visibility, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visibility = visibility
        self._instances: list[Instance] = []
        self._row_of: dict[str, int] = {}
        self._names: dict[int, tuple[str, QIcon]] = {}
        self._annotation: Annotation | None = None
        self._order, self._reverse = InstanceOrder.TOP, False
        visibility.changed.connect(self._flags_changed)

    def set_classes(self, table: ClassTable) -> None:
        """Use these names and colours."""
        self._names = {label.id: (label.name, swatch(label.colour)) for label in table.labels}
        self._all_changed()
        if self._order is InstanceOrder.CLASS:
            self.set_annotation(self._annotation)

    @property
    def order(self) -> tuple[InstanceOrder, bool]:
        """What the rows go by, and whether the last comes first."""
        return self._order, self._reverse

    def set_order(self, order: InstanceOrder, *, reverse: bool = False) -> None:
        """Arrange the rows, those of the next images too."""
        self._order, self._reverse = order, reverse
        self.set_annotation(self._annotation)

    def set_annotation(self, annotation: Annotation | None) -> None:
        """Show the instances of an image; rows that stay keep their place in the view."""
        self._annotation = annotation
        new = self._arranged(annotation.instances) if annotation else []
        old = self._instances
        if [i.id for i in new] == [i.id for i in old]:
            self._instances = new
            rows = [row for row, (b, a) in enumerate(zip(old, new, strict=True)) if b is not a]
            if rows:
                self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(Column) - 1))
            return
        self.beginResetModel()
        self._instances = new
        self._row_of = {item.id: row for row, item in enumerate(new)}
        self.endResetModel()

    @property
    def image_id(self) -> int | None:
        """The image whose shapes these are, None without one."""
        return self._annotation.image_id if self._annotation is not None else None

    def _arranged(self, instances: Sequence[Instance]) -> list[Instance]:
        places = {class_id: place for place, class_id in enumerate(self._names)}
        return arranged(
            instances,
            self._order,
            reverse=self._reverse,
            class_place=lambda item: places.get(item.class_id, len(places)),
            origin_text=lambda item: origin_text(item)[0],
        )

    def id_at(self, row: int) -> str:
        """Id of the instance in a row."""
        return self._instances[row].id

    def row_of(self, instance_id: str) -> int | None:
        """Row of an instance."""
        return self._row_of.get(instance_id)

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._instances)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns shown."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section]) if TITLES[section] else ""
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says for a role."""
        # A view asks for nine roles a cell; most have no answer, and this is on the way of every
        # repaint.
        if role not in ANSWERED or not index.isValid():
            return None
        item = self._instances[index.row()]
        if role == ID_ROLE:
            return item.id
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.NAME:
            return (
                self._names[item.class_id][1] if item.class_id in self._names else swatch(UNKNOWN)
            )
        if role == FLAG_ROLE:
            return self._flag(item, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            tip = self._tip(item, column)
            return plain_tip(tip) if role == Qt.ItemDataRole.ToolTipRole else tip
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.SCORE:
            return AT_RIGHT
        return None

    def _name(self, item: Instance) -> str:
        if item.class_id in self._names:
            return self._names[item.class_id][0]
        return tr("class {number}?", number=item.class_id)

    def _text(self, item: Instance, column: Column) -> str | None:
        if column is Column.NAME:
            return self._name(item)
        if column is Column.SCORE:
            return "" if item.score is None else f"{item.score:.2f}"
        if column is Column.ORIGIN:
            return origin_text(item)[0]
        return None

    def _flag(self, item: Instance, column: Column) -> bool | None:
        if column is Column.EYE:
            return self._visibility.hides(item)
        if column is Column.LOCK:
            return self._visibility.locks(item)
        return None

    def _tip(self, item: Instance, column: Column) -> str:
        if column is Column.EYE:
            hidden = self._visibility.hides(item)
            return tr("Hidden; click to show") if hidden else tr("Click to hide")
        if column is Column.LOCK:
            locked = self._visibility.locks(item)
            return tr("Locked; click to unlock") if locked else tr("Click to lock")
        points = sum(len(ring) for part in item.parts for ring in part.rings)
        counted = tr_n("{n} point", "{n} points", points)
        size = tr("{area:,.0f} px²", area=area_px(item))
        return f"{self._name(item)}: {origin_text(item)[1]}\n{size}, {counted}"

    def _flags_changed(self) -> None:
        if self._instances:
            last = len(self._instances) - 1
            self.dataChanged.emit(self.index(0, Column.EYE), self.index(last, Column.LOCK))

    def _all_changed(self) -> None:
        if self._instances:
            last = len(self._instances) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(Column) - 1))


def origin_text(item: Instance) -> tuple[str, str]:
    """One word and one sentence on where an instance comes from, in the user's language."""
    if item.origin is Origin.MODEL:
        word, sentence = ACCEPTED if item.accepted else PROPOSED
    elif item.origin is Origin.HUMAN and item.run_id is not None:
        word, sentence = IMPORTED
    else:
        word, sentence = ORIGIN_TEXT[item.origin]
    return tr(word), tr(sentence)
