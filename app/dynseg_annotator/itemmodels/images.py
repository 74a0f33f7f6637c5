"""The images of the project as a list: filter, order, states and counts, all from memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from dynseg.annotation.document import Annotation, ImageState

if TYPE_CHECKING:
    from dynseg.project.records import ImageRow

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

WORK_ORDER = (
    ImageState.IN_WORK,
    ImageState.PRELABELLED,
    ImageState.UNLABELLED,
    ImageState.SKIPPED,
    ImageState.REVIEWED,
)
"""What needs a person first comes first when the list is ordered by state."""


class ImageOrder(StrEnum):
    """Orders of the image list."""

    NAME = "name"
    STATE = "state"
    SCORE = "score"
    """Least certain first; images without proposals last."""


class ImageRole(IntEnum):
    """Data of one row."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The whole `ImageRow`."""
    STATE = Qt.ItemDataRole.UserRole + 2
    """`ImageState`, for the delegate's dot."""


class ImageListModel(QAbstractListModel):
    """All images of a project; rows that the filter passes, in the chosen order.

    An image whose state changes keeps its place until the filter or the order is set again: the
    list does not move under the hand of the person who works through it.
    """

    counts_changed = Signal()
    """`counts` or `shown` have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ImageRow] = []
        self._position: dict[int, int] = {}
        self._shown: list[int] = []
        self._shown_at: dict[int, int] = {}
        self._counts: Counter[ImageState] = Counter()
        self._text = ""
        self._states: frozenset[ImageState] = frozenset()
        self._order = ImageOrder.NAME

    def set_rows(self, rows: Sequence[ImageRow]) -> None:
        """Show the images of another project, or of this one after a rescan."""
        self._rows = list(rows)
        self._position = {row.id: at for at, row in enumerate(self._rows)}
        self._counts = Counter(row.state for row in self._rows)
        self._arrange()

    def set_filter(self, text: str, states: Iterable[ImageState] = ()) -> None:
        """Show images whose name contains every word of `text` and whose state is one of these.

        Args:
            text: Words, in any case; empty for all.
            states: Empty for all.
        """
        wanted = (" ".join(text.lower().split()), frozenset(states))
        if wanted != (self._text, self._states):
            self._text, self._states = wanted
            self._arrange()

    def set_order(self, order: ImageOrder) -> None:
        """Order the list in another way."""
        if order is not self._order:
            self._order = order
            self._arrange()

    def refresh(self) -> None:
        """Apply filter and order again, after states have changed."""
        self._arrange()

    @property
    def order(self) -> ImageOrder:
        """The order in use."""
        return self._order

    @property
    def total(self) -> int:
        """Images in the project."""
        return len(self._rows)

    @property
    def counts(self) -> Counter[ImageState]:
        """How many images there are of each state, whatever the filter."""
        return self._counts

    def ids(self) -> list[int]:
        """Ids of the images shown, in the order shown."""
        return [self._rows[at].id for at in self._shown]

    def all_rows(self) -> list[ImageRow]:
        """What is known about every image, shown or not, in the project's order; a copy."""
        return list(self._rows)

    def row_of(self, image_id: int) -> ImageRow | None:
        """What is known about an image, shown or not."""
        at = self._position.get(image_id)
        return None if at is None else self._rows[at]

    def index_of(self, image_id: int) -> QModelIndex:
        """Index of an image; invalid when the filter hides it."""
        at = self._shown_at.get(self._position.get(image_id, -1))
        return QModelIndex() if at is None else self.index(at)

    def image_at(self, index: AnyIndex) -> ImageRow | None:
        """The image of a row."""
        return self._rows[self._shown[index.row()]] if index.isValid() else None

    def neighbour(
        self, image_id: int | None, step: int, wanted: Callable[[ImageRow], bool] | None = None
    ) -> int | None:
        """The next image in the order shown.

        Args:
            image_id: Where to start; None or an image not shown starts before the first.
            step: 1 forwards, -1 backwards.
            wanted: Skip images for which it is false.

        Returns:
            Its id, None at the end of the list.
        """
        at = self._shown_at.get(self._position.get(image_id, -1)) if image_id is not None else None
        if at is None:
            at = -1 if step > 0 else len(self._shown)
        at += step
        while 0 <= at < len(self._shown):
            row = self._rows[self._shown[at]]
            if wanted is None or wanted(row):
                return row.id
            at += step
        return None

    def around(self, image_id: int, reach: int) -> list[int]:
        """Ids of the images near one, the next ones first, nearest first."""
        at = self._shown_at.get(self._position.get(image_id, -1))
        if at is None:
            return []
        places = [at + sign * k for k in range(1, reach + 1) for sign in (1, -1)]
        return [self._rows[self._shown[p]].id for p in places if 0 <= p < len(self._shown)]

    def update_annotation(self, annotation: Annotation) -> None:
        """Follow an edit of the open image at once, before it is committed."""
        at = self._position.get(annotation.image_id)
        if at is None:
            return
        scores = [
            i.score for i in annotation.instances if i.score is not None and not i.is_human_work
        ]
        self._replace(
            at,
            self._rows[at]._replace(
                state=annotation.state,
                revision=annotation.revision,
                instance_count=len(annotation.instances),
                min_score=min(scores) if scores else None,
            ),
        )

    def update_rows(self, rows: Iterable[ImageRow]) -> None:
        """Follow what a job has written."""
        for row in rows:
            at = self._position.get(row.id)
            if at is not None:
                self._replace(at, row)

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says for a role."""
        if not index.isValid():
            return None
        row = self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.rel
        if role == ImageRole.ROW:
            return row
        if role == ImageRole.STATE:
            return row.state
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return describe(row)
        return None

    def _replace(self, at: int, row: ImageRow) -> None:
        old = self._rows[at]
        if row == old:
            return
        self._rows[at] = row
        if row.state != old.state:
            self._counts[old.state] -= 1
            self._counts[row.state] += 1
            self.counts_changed.emit()
        shown_at = self._shown_at.get(at)
        if shown_at is not None:
            index = self.index(shown_at)
            self.dataChanged.emit(index, index)

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._text.split()
        rows = self._rows
        places: Iterable[int] = range(len(rows))
        if words:
            places = [at for at in places if all(w in rows[at].rel.lower() for w in words)]
        if self._states:
            places = [at for at in places if rows[at].state in self._states]
        if self._order is ImageOrder.STATE:
            rank = {state: number for number, state in enumerate(WORK_ORDER)}
            places = sorted(places, key=lambda at: rank[rows[at].state])
        elif self._order is ImageOrder.SCORE:
            places = sorted(places, key=lambda at: _certainty(rows[at]))
        self._shown = list(places)
        self._shown_at = {at: shown_at for shown_at, at in enumerate(self._shown)}
        self.endResetModel()
        self.counts_changed.emit()


def _certainty(row: ImageRow) -> float:
    """Sort key: the least certain proposal; images without any come last."""
    return 2.0 if row.min_score is None else row.min_score


STATE_TEXT = {
    ImageState.UNLABELLED: "not labelled",
    ImageState.PRELABELLED: "pre-labelled",
    ImageState.IN_WORK: "in work",
    ImageState.REVIEWED: "reviewed",
    ImageState.SKIPPED: "skipped",
}
"""States in the user's words."""


def describe(row: ImageRow) -> str:
    """One image in words, for tool tips and screen readers."""
    if row.damage:
        return f"{row.rel}\ndamaged: {row.damage}"
    shapes = "no shapes" if not row.instance_count else f"{row.instance_count} shapes"
    if row.instance_count == 1:
        shapes = "1 shape"
    score = "" if row.min_score is None else f", least certain {row.min_score:.2f}"
    split = f", {row.split}" if row.split else ""
    return (
        f"{row.rel}\n{STATE_TEXT[row.state]}, {shapes}{score}{split}\n{row.width} x {row.height} px"
    )
