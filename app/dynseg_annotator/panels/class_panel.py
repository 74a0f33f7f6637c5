"""The classes of the project: colour, name, count, number key; add, rename, recolour."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.itemmodels.classes import FLAG_ROLE, ClassColumn, ClassListModel
from dynseg_annotator.panels.row_delegate import RowDelegate
from dynseg_annotator.session.visibility import Visibility

FLAG_WIDTH_PX = 26


class ClassPanel(QWidget):
    """Asks for changes; the project makes them and the model follows."""

    class_chosen = Signal(int)
    """New shapes get this class."""
    class_given = Signal(int)
    """The selected shapes get this class."""
    class_added = Signal(str)
    recoloured = Signal(int, str)
    """Class id and `#rrggbb`."""

    def __init__(
        self, model: ClassListModel, *, visibility: Visibility, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._visibility = visibility
        self._current: int | None = None
        self.view = self._make_view()
        self._empty = QLabel("No classes yet.\nType the first one below.", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._empty, "muted")
        self.new_name = QLineEdit(self)
        self.new_name.setPlaceholderText("New class")
        self.new_name.setAccessibleName("Name of a new class")
        self._add = QToolButton(self)
        theme.set_icon(self._add, "plus")
        self._add.setToolTip("Add this class")
        self._add.setAccessibleName("Add this class")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.SPACE.tight)
        column.setSpacing(theme.SPACE.tight)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE.small, 0, theme.SPACE.small, 0)
        row.setSpacing(theme.SPACE.tight)
        row.addWidget(self.new_name, 1)
        row.addWidget(self._add)
        column.addLayout(row)
        self._add.clicked.connect(self._add_class)
        self.new_name.returnPressed.connect(self._add_class)
        self.view.clicked.connect(self._clicked)
        self.view.customContextMenuRequested.connect(self._show_menu)
        model.modelReset.connect(self._after_reset)
        self._after_reset()

    def set_current(self, class_id: int | None) -> None:
        """Mark the class that new shapes get."""
        self._current = class_id
        self._model.set_current(class_id)
        row = None if class_id is None else self._model.row_of(class_id)
        selection = self.view.selectionModel()
        if row is None:
            selection.clear()
            return
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(self._model.index(row, 0), flags.ClearAndSelect | flags.Rows)

    def _make_view(self) -> QTreeView:
        view = QTreeView(self)
        view.setModel(self._model)
        view.setItemDelegate(
            RowDelegate(
                eye=ClassColumn.EYE, lock=ClassColumn.LOCK, key=ClassColumn.KEY, parent=view
            )
        )
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setHeaderHidden(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName("Classes")
        header = view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(FLAG_WIDTH_PX)
        header.setSectionResizeMode(ClassColumn.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width_px in (
            (ClassColumn.COUNT, 40),
            (ClassColumn.KEY, FLAG_WIDTH_PX),
            (ClassColumn.EYE, FLAG_WIDTH_PX),
            (ClassColumn.LOCK, FLAG_WIDTH_PX),
        ):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width_px)
        return view

    def _after_reset(self) -> None:
        empty = self._model.rowCount() == 0
        self.view.setVisible(not empty)
        self._empty.setVisible(empty)
        self.set_current(self._current)

    def _add_class(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.class_added.emit(name)
            self.new_name.clear()

    def _clicked(self, index: QModelIndex) -> None:
        label = self._model.label_at(index.row())
        flag = bool(index.data(FLAG_ROLE))
        if index.column() == ClassColumn.EYE:
            self._visibility.set_class_hidden(label.id, not flag)
        elif index.column() == ClassColumn.LOCK:
            self._visibility.set_class_locked(label.id, not flag)
        else:
            self.class_chosen.emit(label.id)

    def _show_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if not index.isValid():
            return
        label = self._model.label_at(index.row())
        menu = QMenu(self)
        give = menu.addAction(f"Give “{label.name}” to the selected shapes")
        give.triggered.connect(lambda: self.class_given.emit(label.id))
        menu.addSeparator()
        rename = menu.addAction("Rename")
        rename.triggered.connect(
            lambda: self.view.edit(self._model.index(index.row(), ClassColumn.NAME))
        )
        recolour = menu.addAction("Colour…")
        recolour.triggered.connect(lambda: self._choose_colour(label.id, label.colour))
        menu.popup(self.view.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)

    def _choose_colour(self, class_id: int, colour: str) -> None:
        dialog = QColorDialog(QColor(colour), self)
        dialog.colorSelected.connect(lambda c: self.recoloured.emit(class_id, c.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
