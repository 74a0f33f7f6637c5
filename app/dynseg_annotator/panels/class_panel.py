"""The classes of the project: colour, name, counts, number key, eye and lock."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent
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

from dynseg.annotation.classes import KEYS, NO_KEY
from dynseg_annotator import theme
from dynseg_annotator.actions.spec import literal
from dynseg_annotator.itemmodels.classes import FLAG_ROLE, ClassColumn, ClassListModel
from dynseg_annotator.language import tr
from dynseg_annotator.panels.row_delegate import RowDelegate
from dynseg_annotator.session.visibility import Visibility

FLAG_WIDTH_PX = 26
MOST_COUNTED = "88888"
"""Counts of so many digits are shown whole."""
ACTIONS = ("class-edit", "class-up", "class-down", "class-merge", "class-delete")
"""Actions of the context menu, after those of the panel itself."""


class ClassView(QTreeView):
    """The list; while it has the focus, keys that concern classes are not the window's.

    F2 renames, Alt with an arrow moves, Delete deletes the class and not the selected shapes.
    """

    key_pressed = Signal(str)
    """Id of the action that a key asks for."""

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the list before the window's shortcuts get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _action_of(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of the list, or one that moves in it."""
        action_id = _action_of(event)
        if action_id:
            self.key_pressed.emit(action_id)
        else:
            super().keyPressEvent(event)


def _action_of(event: QKeyEvent) -> str:
    """The action that a key of the list asks for, empty for none."""
    keys = {
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "class-delete",
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): "class-up",
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): "class-down",
    }
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return keys.get((Qt.Key(event.key()), modifiers), "")


class NameField(QLineEdit):
    """Where a new class is named; Esc, which goes back to the canvas, leaves nothing half typed."""

    def event(self, event: QEvent) -> bool:
        """The key is a shortcut of the window: here it is seen before it is one."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.clear()
        return super().event(event)


class ClassPanel(QWidget):
    """Asks for changes; the project makes them and the model follows."""

    class_chosen = Signal(int)
    """New shapes get this class."""
    class_given = Signal(int)
    """The selected shapes get this class."""
    class_added = Signal(str)
    naming_done = Signal()
    """Enter in the empty field."""
    recoloured = Signal(int, str)
    """Class id and `#rrggbb`."""
    key_chosen = Signal(int, int)
    """Class id and its number key, `NO_KEY` for none."""

    def __init__(
        self,
        model: ClassListModel,
        actions: Mapping[str, QAction],
        *,
        visibility: Visibility,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._actions = actions
        self._visibility = visibility
        self._current: int | None = None
        self.view = self._make_view()
        self._empty = QLabel(tr("No classes yet.\nType the first one below."), self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._empty, "muted")
        self.new_name = NameField(self)
        self.new_name.setPlaceholderText(tr("New class"))
        self.new_name.setAccessibleName(tr("Name of a new class"))
        self._add = QToolButton(self)
        theme.set_icon(self._add, "plus")
        self._add.setToolTip(tr("Add this class"))
        self._add.setAccessibleName(tr("Add this class"))
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
        self.new_name.returnPressed.connect(self._entered)
        self.view.clicked.connect(self._clicked)
        self.view.key_pressed.connect(lambda action_id: self._actions[action_id].trigger())
        self.view.selectionModel().currentRowChanged.connect(self._row_changed)
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

    def _make_view(self) -> ClassView:
        view = ClassView(self)
        view.setModel(self._model)
        view.setItemDelegate(
            RowDelegate(
                eye=ClassColumn.EYE, lock=ClassColumn.LOCK, key=ClassColumn.KEY, parent=view
            )
        )
        view.setRootIsDecorated(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names often begin alike
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        view.setDropIndicatorShown(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(tr("Classes"))
        header = view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(FLAG_WIDTH_PX)
        header.setSectionResizeMode(ClassColumn.NAME, QHeaderView.ResizeMode.Stretch)
        digits_px = view.fontMetrics().horizontalAdvance(MOST_COUNTED) + 2 * theme.SPACE.small
        for column, width_px in (
            (ClassColumn.COUNT, digits_px),
            (ClassColumn.TOTAL, digits_px),
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
        self.new_name.clear()
        if name:
            self.class_added.emit(name)

    def _entered(self) -> None:
        """Enter adds what is typed; nothing typed says that all are named."""
        if not self.new_name.text().strip():
            self.naming_done.emit()
        self._add_class()

    def _row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        """The keyboard moved in the list: new shapes get that class."""
        if current.isValid() and self.view.hasFocus():
            self.class_chosen.emit(self._model.label_at(current.row()).id)

    def _clicked(self, index: QModelIndex) -> None:
        label = self._model.label_at(index.row())
        flag = bool(index.data(FLAG_ROLE))
        if index.column() == ClassColumn.EYE:
            self._visibility.set_class_hidden(label.id, not flag)
        elif index.column() == ClassColumn.LOCK:
            self._visibility.set_class_locked(label.id, not flag)
        elif index.column() == ClassColumn.KEY:
            place = self.view.visualRect(index).bottomLeft()
            self._popup(self.key_menu(label.id), self.view.viewport().mapToGlobal(place))
        else:
            self.class_chosen.emit(label.id)

    def key_menu(self, class_id: int) -> QMenu:
        """The number keys to choose from, with the classes that have them now."""
        menu = QMenu(tr("Number &key"), self)
        keys = self._model.keys
        owners = {key: owner for owner, key in keys.items()}
        mine = keys.get(class_id, NO_KEY)
        for key in (*KEYS, NO_KEY):
            text = f"&{key}" if key else tr("&none")
            if key in owners and owners[key] != class_id:
                row = self._model.row_of(owners[key])
                text += f"   {literal(self._model.label_at(row).name)}" if row is not None else ""
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == mine)
            action.triggered.connect(lambda _=False, key=key: self.key_chosen.emit(class_id, key))
        return menu

    def _show_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if not index.isValid():
            return
        label = self._model.label_at(index.row())
        self.class_chosen.emit(label.id)  # the actions concern the current class
        menu = QMenu(self)
        give = menu.addAction(tr("Give “{name}” to the selected shapes", name=literal(label.name)))
        give.triggered.connect(lambda: self.class_given.emit(label.id))
        menu.addAction(self._actions["class-select"])
        menu.addSeparator()
        rename = menu.addAction(tr("Rename"))
        rename.triggered.connect(
            lambda: self.view.edit(self._model.index(index.row(), ClassColumn.NAME))
        )
        recolour = menu.addAction(tr("Colour…"))
        recolour.triggered.connect(lambda: self._choose_colour(label.id, label.colour))
        keys = self.key_menu(label.id)
        menu.addMenu(keys)
        menu.aboutToHide.connect(keys.deleteLater)  # a menu does not own those in it
        menu.addSeparator()
        for action_id in ACTIONS:
            menu.addAction(self._actions[action_id])
        menu.addSeparator()
        menu.addAction(self._actions["class-solo"])
        self._popup(menu, self.view.viewport().mapToGlobal(place))

    def _popup(self, menu: QMenu, place: QPoint) -> None:
        menu.popup(place)
        menu.aboutToHide.connect(menu.deleteLater)

    def _choose_colour(self, class_id: int, colour: str) -> None:
        dialog = QColorDialog(QColor(colour), self)
        dialog.colorSelected.connect(lambda c: self.recoloured.emit(class_id, c.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
