"""Selecting images among the thumbnails: what is selected there is selected in the list."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex

from dynseg_annotator.itemmodels.images import ImageListModel

Flag = QItemSelectionModel.SelectionFlag


class GridChoice:
    """Selects by places of the list: from one image to another are those between, not a rectangle.

    Args:
        images: The list.
        selection: Of the list; its current row, which opens images, stays.
    """

    def __init__(self, images: ImageListModel, selection: QItemSelectionModel) -> None:
        self._images = images
        self._selection = selection
        self._from: int | None = None
        """Id of the image where the next stretch begins."""

    def begin_at(self, at: int) -> None:
        """The next stretch begins here."""
        row = self._images.image_at(self._images.index(at))
        self._from = row.id if row is not None else None

    def holds(self, at: int) -> bool:
        """Whether the image at a place is selected."""
        return self._selection.isSelected(self._images.index(at))

    def alone(self, at: int) -> None:
        """Select one image."""
        self.begin_at(at)
        self._selection.select(self._images.index(at), Flag.ClearAndSelect)

    def turn(self, at: int) -> None:
        """Select one image too, or no longer."""
        self.begin_at(at)
        self._selection.select(self._images.index(at), Flag.Toggle)

    def stretch(self, at: int, *, adds: bool = False) -> None:
        """Select all from where the last one was selected to here, beside the others or alone."""
        start = self._images.index_of(self._from) if self._from is not None else QModelIndex()
        if not start.isValid():  # it is not shown any more
            self.begin_at(at)
            start = self._images.index(at)
        ends = sorted((start.row(), at))
        between = QItemSelection(*map(self._images.index, ends))
        self._selection.select(between, Flag.Select if adds else Flag.ClearAndSelect)

    def everything(self) -> None:
        """Select all images of the list."""
        last = self._images.rowCount() - 1
        if last >= 0:
            whole = QItemSelection(self._images.index(0), self._images.index(last))
            self._selection.select(whole, Flag.ClearAndSelect)

    def nothing(self) -> None:
        """Select no image; the next stretch begins where it is asked for."""
        self._from = None
        self._selection.clearSelection()
