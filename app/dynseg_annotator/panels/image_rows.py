"""The rows of the image list: one is open, and any number of them is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.row_list import RowList
from dynseg_annotator.language import tr
from dynseg_annotator.panels.image_delegate import ImageDelegate

Flag = QItemSelectionModel.SelectionFlag
MOST_KEPT, MOST_PIECES = 4_000, 500
"""Of a selection of more images, or that falls apart into more pieces in another order, nothing is
kept: putting it together again would take longer than a frame."""


class ImageRows(RowList):
    """A click opens an image; with Ctrl or Shift it selects, and the open image stays.

    Args:
        model: The images.
        parent: The panel.
    """

    image_requested = Signal(int)
    selected_changed = Signal(int)
    """How many images are selected."""
    menu_wanted = Signal(QPoint)
    """Where on the screen."""

    def __init__(self, model: ImageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = model
        self._delegate = ImageDelegate(self)
        self._extends = False
        """What happens now selects, and opens nothing."""
        self._kept: list[int] = []
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(tr("Images"))
        selection = self.selectionModel()
        selection.currentChanged.connect(self._current_changed)
        selection.selectionChanged.connect(lambda *_: self._tell())
        model.modelAboutToBeReset.connect(self._keep)

    @property
    def selected_count(self) -> int:
        """How many images are selected."""
        return sum(stop - start for start, stop in self._pieces())

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        return [i for start, stop in sorted(self._pieces()) for i in self._images.ids(start, stop)]

    def _pieces(self) -> list[tuple[int, int]]:
        """First selected row and the one behind the last, of each run of them."""
        selection = self.selectionModel().selection()
        found = map(selection.at, range(selection.size()))
        return [(piece.top(), piece.bottom() + 1) for piece in found]

    def show_open(self, image_id: int | None) -> None:
        """Mark the row of the open image and bring it into sight.

        It is selected alone, unless it is one of several that are.
        """
        self._delegate.open_id = image_id
        several = self._select_again()
        selection = self.selectionModel()
        index = self._images.index_of(image_id) if image_id is not None else QModelIndex()
        if not index.isValid():
            if not several:
                selection.clear()
                self._tell()  # a list that was arranged anew has forgotten it without a word
            return
        several = several or (self.selected_count > 1 and selection.isSelected(index))
        flag = Flag.NoUpdate if several else Flag.ClearAndSelect
        self._quietly(lambda: selection.setCurrentIndex(index, flag))
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.viewport().update()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """As Qt decides it; what keeps other rows selected, or goes through them, opens none."""
        command = super().selectionCommand(index, event)
        if event is not None:  # Qt asks again without it on the way to another current row
            self._extends = not command & Flag.Clear or bool(command & Flag.Current)
        return command

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One of several that were selected becomes the only one when the button is let go."""
        before = self.selected_count
        super().mouseReleaseEvent(event)
        self._extends = False
        if before > 1 and self.selected_count == 1:
            self._ask_for(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As Qt does it; what comes after opens images again."""
        super().keyPressEvent(event)
        self._extends = False

    def event(self, event: QEvent) -> bool:
        """Keep the key that selects everything, which is a key of the window as well."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu, at the row of the keyboard where a key asks for it."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).center()
            place = self.viewport().mapToGlobal(at)
        self.menu_wanted.emit(place)

    def _current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._extends:
            self._ask_for(current)

    def _ask_for(self, index: QModelIndex) -> None:
        row = self._images.image_at(index)
        if row is not None:
            self.image_requested.emit(row.id)

    def _quietly(self, change: Callable[[], None]) -> None:
        """Change the current row without asking for its image."""
        self._extends = True
        change()
        self._extends = False

    def _keep(self) -> None:
        """Filter or order change: what is selected stays so as far as it is shown then."""
        kept = self.selected_ids() if self.selected_count <= MOST_KEPT else []
        self._kept = [] if kept == [self._delegate.open_id] else kept

    def _select_again(self) -> bool:
        """Select what was selected before the list was arranged; whether anything is."""
        kept, self._kept = self._kept, []
        pieces: list[list[int]] = []
        shown = (index for index in map(self._images.index_of, kept) if index.isValid())
        for row in sorted(index.row() for index in shown):
            if pieces and row == pieces[-1][1] + 1:
                pieces[-1][1] = row
            else:
                pieces.append([row, row])
        if not 0 < len(pieces) <= MOST_PIECES:
            return False
        chosen = QItemSelection()
        for top, bottom in pieces:
            chosen.append(QItemSelectionRange(self._images.index(top), self._images.index(bottom)))
        self.selectionModel().select(chosen, Flag.ClearAndSelect)
        return True

    def _tell(self) -> None:
        self.selected_changed.emit(self.selected_count)
