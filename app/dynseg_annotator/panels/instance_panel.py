"""The shapes of the open image: class, score, origin, eye, lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.itemmodels.instance_order import ORDER_TEXTS, InstanceOrder
from dynseg_annotator.itemmodels.instances import FLAG_ROLE, ORIGINS, Column, InstanceListModel
from dynseg_annotator.language import tr
from dynseg_annotator.panels.row_delegate import RowDelegate
from dynseg_annotator.session.selection import Selection
from dynseg_annotator.session.visibility import Visibility

FLAG_WIDTH_PX = 26
SORTED: dict[int, InstanceOrder] = {
    Column.NAME: InstanceOrder.CLASS,
    Column.SCORE: InstanceOrder.SCORE,
    Column.ORIGIN: InstanceOrder.ORIGIN,
}
"""What a click on the head of a column sorts by."""


class InstancePanel(QWidget):
    """Selects what is selected on the canvas, and the other way round."""

    relabel_requested = Signal()
    """A row was double-clicked."""
    instance_activated = Signal(str)
    """A row was clicked: bring the shape into sight."""

    def __init__(
        self,
        model: InstanceListModel,
        *,
        selection: Selection,
        visibility: Visibility,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._visibility = visibility
        self._following = False
        self._hint = self._waiting = ""
        self._menu_actions: list[QAction] = []
        self.view = self._make_view()
        self._image_id: int | None = None
        self._empty = QLabel("", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(theme.SPACE.normal)
        theme.set_role(self._empty, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        self.view.selectionModel().selectionChanged.connect(self._view_selected)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.customContextMenuRequested.connect(self._show_menu)
        selection.changed.connect(self._follow_selection)
        model.modelReset.connect(self._after_reset)
        header = self.view.header()
        header.sectionClicked.connect(self._header_clicked)
        header.customContextMenuRequested.connect(self._show_orders)
        self.set_hint("")

    def set_hint(self, text: str) -> None:
        """What to do next, shown while there are no shapes."""
        self._hint = text
        self._say()

    def set_waiting(self, text: str) -> None:
        """What will come by itself, said in place of the hint; empty when nothing will."""
        self._waiting = text
        self._say()

    def _say(self) -> None:
        self._empty.setText(self._waiting or self._hint)
        self._after_reset()

    def set_menu(self, actions: list[QAction]) -> None:
        """Offer these on a right click; None stands for a line."""
        self._menu_actions = actions

    def _make_view(self) -> QTreeView:
        view = QTreeView(self)
        view.setModel(self._model)
        view.setItemDelegate(RowDelegate(eye=Column.EYE, lock=Column.LOCK, parent=view))
        view.setRootIsDecorated(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names often begin alike
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(tr("Shapes of this image"))
        header = view.header()
        # Of the selection the head shows nothing, and it would ask for every cell of it.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setToolTip(
            tr("Click to sort by it, again for the other way round; right click: by size")
        )
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(FLAG_WIDTH_PX)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        width, space_px = view.fontMetrics().horizontalAdvance, 2 * theme.SPACE.normal
        widest_px = max(width(tr(word)) for word in ORIGINS)
        for column, width_px in (
            (Column.SCORE, width("0.888") + space_px),
            (Column.ORIGIN, widest_px + space_px + theme.SPACE.tight),
            (Column.EYE, FLAG_WIDTH_PX),
            (Column.LOCK, FLAG_WIDTH_PX),
        ):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width_px)
        return view

    def _header_clicked(self, column: int) -> None:
        """Sort by a column, then the other way round, then as the shapes lie."""
        wanted = SORTED.get(column)
        if wanted is None:
            return
        order, reverse = self._model.order
        if order is not wanted:
            self._sort(wanted)
        elif reverse:
            self._sort(InstanceOrder.TOP)
        else:
            self._sort(wanted, reverse=True)

    def _sort(self, order: InstanceOrder, *, reverse: bool = False) -> None:
        self._model.set_order(order, reverse=reverse)
        columns = [column for column, sorts in SORTED.items() if sorts is order]
        header = self.view.header()
        header.setSortIndicatorShown(bool(columns))
        if columns:
            ways = Qt.SortOrder
            header.setSortIndicator(
                columns[0], ways.DescendingOrder if reverse else ways.AscendingOrder
            )

    def _show_orders(self, place: QPoint) -> None:
        menu = QMenu(self)
        for order, text in ORDER_TEXTS:
            action = menu.addAction(tr(text))
            action.setCheckable(True)
            action.setChecked(self._model.order == (order, False))
            action.triggered.connect(lambda _=False, order=order: self._sort(order))
        menu.popup(self.view.header().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)

    def _view_selected(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._following:
            return
        rows = self.view.selectionModel().selectedRows()
        ids = [self._model.id_at(index.row()) for index in rows]
        current = self.view.currentIndex()
        if current.isValid():  # the one clicked last is the one that canvas and keys act on
            last = self._model.id_at(current.row())
            if last in ids:
                ids = [*(i for i in ids if i != last), last]
        self._following = True
        self._selection.set(ids)
        self._following = False

    def _follow_selection(self, ids: list[str]) -> None:
        if self._following:
            return
        self._following = True
        chosen = QItemSelection()
        rows = [row for row in (self._model.row_of(i) for i in ids) if row is not None]
        for first, last_row in stretches(sorted(rows)):  # Qt takes the square of their number
            chosen.select(self._model.index(first, 0), self._model.index(last_row, 0))
        model = self.view.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.select(chosen, flags.ClearAndSelect | flags.Rows)
        if rows:
            last = self._model.index(rows[-1], 0)
            model.setCurrentIndex(last, flags.NoUpdate)
            self.view.scrollTo(last)
        self._following = False

    def _after_reset(self) -> None:
        empty = self._model.rowCount() == 0
        self.view.setVisible(not empty)
        self._empty.setVisible(empty)
        if self._model.image_id != self._image_id:
            self._image_id = self._model.image_id
            self.view.scrollToTop()
        self._follow_selection(list(self._selection.ids))

    def _clicked(self, index: QModelIndex) -> None:
        instance_id = self._model.id_at(index.row())
        flag = index.data(FLAG_ROLE)
        if index.column() == Column.EYE:
            self._visibility.set_hidden([instance_id], not flag)
        elif index.column() == Column.LOCK:
            self._visibility.set_locked([instance_id], not flag)
        else:
            self.instance_activated.emit(instance_id)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() not in (Column.EYE, Column.LOCK):
            self.relabel_requested.emit()

    def _show_menu(self, place: QPoint) -> None:
        if not self._menu_actions or not self.view.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.addActions(self._menu_actions)
        menu.popup(self.view.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)


def stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending rows as first and last of each stretch without a gap."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
