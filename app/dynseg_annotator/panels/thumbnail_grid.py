"""The images of the list as pictures with their shapes."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.itemmodels.image_grid import ImageGridModel
from dynseg_annotator.itemmodels.images import ImageListModel, ImageRole
from dynseg_annotator.language import tr
from dynseg_annotator.panels.elision import told_apart
from dynseg_annotator.panels.grid_choice import GridChoice
from dynseg_annotator.panels.image_delegate import DOT_PX, STATE_LOOK, names_beside
from dynseg_annotator.panels.row_delegate import fill_behind
from dynseg_annotator.session.thumbnails import Thumbnails

CELL_PX = 200
PAD_PX = 6
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SELECTED = QStyle.StateFlag.State_Selected
Move = QAbstractItemView.CursorAction
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Cell(QStyledItemDelegate):
    """Paints one picture with state, name and number of shapes below."""

    def __init__(self, thumbnails: Thumbnails, parent: ThumbnailGrid) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._grid = parent

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        row = index.data(ImageRole.ROW)
        if row is None:
            return
        colours = theme.colours()
        rect: QRect = option.rect
        inner = rect.adjusted(PAD_PX, PAD_PX, -PAD_PX, -PAD_PX)
        line = painter.fontMetrics().height() + PAD_PX
        room = inner.adjusted(0, 0, 0, -line)
        painter.save()
        if self._grid.is_selected(index):
            option.state |= SELECTED
        selected = fill_behind(painter, option)
        self._paint_picture(painter, room, row)
        beside = self._grid.names_beside(index)
        self._paint_line(painter, inner, room.bottom() + 1, row, beside, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, row: object) -> None:
        colours = theme.colours()
        picture = self._thumbnails.of(row)  # type: ignore[arg-type]
        if picture is None or picture.isNull():
            damaged = bool(getattr(row, "damage", "")) or picture is not None
            name = "image-broken" if damaged else "image"
            shade = colours.error if damaged else colours.text_disabled
            ratio = painter.device().devicePixelRatioF()
            mark = theme.pixmap(name, 32, shade, ratio=ratio)
            painter.drawPixmap(room.center().x() - 16, room.center().y() - 16, mark)
            return
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)

    @staticmethod
    def _paint_line(
        painter: QPainter,
        inner: QRect,
        top: int,
        row: object,
        beside: list[str],
        *,
        selected: bool,
    ) -> None:
        colours, metrics = theme.colours(), painter.fontMetrics()
        damage = getattr(row, "damage", "")
        name, role = ("image-broken", "error") if damage else STATE_LOOK[row.state]  # type: ignore[attr-defined]
        ratio = painter.device().devicePixelRatioF()
        dot = theme.pixmap(name, DOT_PX, getattr(colours, role), ratio=ratio)
        line = QRect(inner.left(), top, inner.width(), inner.bottom() - top + 1)
        painter.drawPixmap(line.left(), line.center().y() - DOT_PX // 2 + 1, dot)
        painter.setPen(QColor(colours.on_selection if selected else colours.text))
        count = getattr(row, "instance_count", 0)
        text = str(count) if count else ""
        wide = metrics.horizontalAdvance(text) + PAD_PX
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, text)
        name_room = line.adjusted(DOT_PX + PAD_PX, 0, -wide, 0)
        label = str(getattr(row, "rel", ""))
        words = told_apart(label, beside, metrics, name_room.width())
        painter.drawText(name_room, middle | Qt.AlignmentFlag.AlignLeft, words)


class _Place(QItemSelectionModel):
    """Knows where the keyboard is and selects nothing: Qt would select rectangles of cells."""

    def select(self, *_: object) -> None:
        """Do nothing: what is selected is told by the list."""


class ThumbnailGrid(QTableView):
    """Arrows and clicks select images, as in the list; Enter or a double click opens one.

    Args:
        images: The list, with its filter and order.
        thumbnails: Where the pictures come from.
        selection: Of the list: both select the same images.
    """

    image_requested = Signal(int)
    left = Signal()
    """Esc: back to the canvas."""
    menu_wanted = Signal(QPoint)
    """Where on the screen."""

    def __init__(
        self,
        images: ImageListModel,
        thumbnails: Thumbnails,
        selection: QItemSelectionModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._images = images
        self._grid = ImageGridModel(images, self)
        self._choice = GridChoice(images, selection)
        self._current_id: int | None = None
        self._dragged_to = QPersistentModelIndex()
        self.setModel(self._grid)
        self.setSelectionModel(_Place(self._grid, self))
        self.setItemDelegate(_Cell(thumbnails, self))
        self.setAccessibleName(tr("Thumbnails of the images"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._cell().height())
        self.doubleClicked.connect(self._ask)
        self.selectionModel().currentChanged.connect(self._note_current)
        self._grid.modelReset.connect(self._show_current)
        selection.selectionChanged.connect(lambda *_: self.viewport().update())
        thumbnails.ready.connect(self._redraw)

    def set_open(self, image_id: int) -> None:
        """Go to the image that is open on the canvas."""
        self._current_id = image_id
        self._show_current()
        at = self._grid.at(self.currentIndex())
        if at >= 0:
            self._choice.begin_at(at)

    def names_beside(self, index: QModelIndex | QPersistentModelIndex) -> list[str]:
        """Names of the images before and after one in the list."""
        return list(names_beside(self._grid.source(index)))

    def is_selected(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the image of a cell is selected."""
        at = self._grid.at(index)
        return at >= 0 and self._choice.holds(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        self._grid.set_columns(self.viewport().width() // self._cell().width())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter, Esc and the key that selects everything, which the window has as well."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            bare = event.modifiers() in (NO_KEYS, Qt.KeyboardModifier.KeypadModifier)
            own = bare and event.key() in (*ENTER, Qt.Key.Key_Escape)
            if own or event.matches(QKeySequence.StandardKey.SelectAll):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc leaves; where others lead to is selected, with Ctrl only gone to."""
        before, keys = self.currentIndex(), event.modifiers()
        if event.key() in ENTER:
            self._ask(before)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._choice.everything()
        elif event.key() == Qt.Key.Key_Space and keys & CTRL:
            self._select(before, CTRL)
        else:
            super().keyPressEvent(event)
            goes = bool(keys & CTRL) and not keys & SHIFT
            if self.currentIndex() != before and not goes:
                self._select(self.currentIndex(), keys)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; a right click within what is selected keeps it, for the menu."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._dragged_to = QPersistentModelIndex(index)
        if event.button() == LEFT:
            self._select(index, event.modifiers())
        elif event.button() == RIGHT and not self.is_selected(index):
            self._select(index, NO_KEYS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select all between the press and the pointer."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.buttons() == LEFT and self._grid.at(index) >= 0 and index != self._dragged_to:
            self._dragged_to = QPersistentModelIndex(index)
            self._select(index, event.modifiers() | SHIFT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu, at the image of the keyboard where a key asks for it."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).center()
            place = self.viewport().mapToGlobal(at)
        self.menu_wanted.emit(place)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would ask every cell for its text, seconds for each letter that is hit."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right go on in the next row; nothing goes beyond the last image."""
        del modifiers
        now, last = self._grid.at(self.currentIndex()), self._images.rowCount() - 1
        columns = self._grid.columnCount()
        if now < 0 or action in (Move.MoveHome, Move.MoveEnd):
            return self._grid.place(last if action is Move.MoveEnd else 0)
        if action in (Move.MovePageUp, Move.MovePageDown):
            columns *= max(1, self.viewport().height() // self._cell().height())
        goal = now + {
            Move.MoveLeft: -1, Move.MovePrevious: -1, Move.MoveRight: 1, Move.MoveNext: 1,
            Move.MoveUp: -columns, Move.MovePageUp: -columns,
            Move.MoveDown: columns, Move.MovePageDown: columns,
        }[action]  # fmt: skip
        if goal > last and action in (Move.MoveDown, Move.MovePageDown):
            width = self._grid.columnCount()
            goal = last if now // width < last // width else now
        moved = self._grid.place(goal)
        return moved if moved.isValid() else self.currentIndex()

    def _select(self, index: QModelIndex, keys: Qt.KeyboardModifier) -> None:
        """Select as the keys held with a click say; where no image is, nothing."""
        at = self._grid.at(index)
        if at < 0:
            if not keys & (CTRL | SHIFT):
                self._choice.nothing()
        elif keys & SHIFT:
            self._choice.stretch(at, adds=bool(keys & CTRL))
        elif keys & CTRL:
            self._choice.turn(at)
        else:
            self._choice.alone(at)

    def _cell(self) -> QSize:
        line = self.fontMetrics().height() + 3 * PAD_PX
        return QSize(CELL_PX, CELL_PX * 3 // 4 + line)

    def _ask(self, index: QModelIndex) -> None:
        row = self._images.image_at(self._grid.source(index))
        if row is not None:
            self.image_requested.emit(row.id)

    def _note_current(self, current: QModelIndex, _: QModelIndex) -> None:
        row = self._images.image_at(self._grid.source(current))
        if row is not None:
            self._current_id = row.id

    def _show_current(self) -> None:
        """Go to where the image is now."""
        place = QModelIndex()
        if self._current_id is not None:
            found = self._images.index_of(self._current_id)
            place = self._grid.place(found.row()) if found.isValid() else place
        if place.isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(place, flag)
            self.scrollTo(place)

    def _redraw(self, image_id: int) -> None:
        found = self._images.index_of(image_id)
        if found.isValid():
            self.update(self._grid.place(found.row()))
