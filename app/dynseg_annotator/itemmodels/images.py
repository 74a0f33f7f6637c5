"""The images of the project as a list: filter, order, states and counts, all from memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
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
from dynseg.project.query import ImageQuery
from dynseg_annotator.itemmodels.image_arrangement import (
    Arranged,
    Arrangement,
    ImageOrder,
    Listed,
    arrange,
    listed,
    waits,
)
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.language import engine_text, mark, tr, tr_n
from dynseg_annotator.theme import plain_tip

if TYPE_CHECKING:
    from dynseg.project.records import ImageRow

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

AT_ONCE = 12_000
"""Lists up to this length are arranged on the window's thread: it takes a few milliseconds."""

FILE_FACTS = ("width", "height", "damage", "size_bytes", "mtime_ns", "is_other_file")
"""What an image's row says of its file."""


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
    arranged = Signal()
    """Filter or order have been applied."""

    def __init__(
        self, parent: QObject | None = None, *, background: Background | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._rows: list[ImageRow] = []
        self._position: dict[int, int] = {}
        self._list = Arranged((), {}, bytearray())
        self._counts: Counter[ImageState] = Counter()
        self._wanted = Arrangement()
        self._asked = 0
        self.is_arranging = False
        """Whether filter or order that were asked for are still being applied."""
        self._changed_meanwhile: set[int] = set()
        """Positions of rows that have changed while the list is being arranged."""

    def set_rows(self, rows: Sequence[ImageRow]) -> None:
        """Show the images of another project, or of this one after a rescan."""
        self.set_listed(listed(rows, self._wanted))

    def set_listed(self, made: Listed) -> None:
        """As `set_rows`, of images got ready off this thread; what was asked for since counts.

        Args:
            made: From `listed`; it is the list's from now on.
        """
        self._asked += 1  # what is being arranged is of rows that are gone
        self._changed_meanwhile.clear()
        self._take(made.arranged, made)
        if made.wanted != self._wanted:
            self._arrange()

    @property
    def wanted(self) -> Arrangement:
        """What the list is asked for."""
        return self._wanted

    def set_query(
        self,
        query: ImageQuery,
        with_classes: Iterable[int] | None = None,
        *,
        among: frozenset[int] | None = None,
    ) -> None:
        """Show the images that fit.

        Args:
            query: What an image has to be like.
            with_classes: Ids of the images that have a shape of the query's classes, which the
                rows do not tell; None when it asks for no class.
            among: Ids of the images that are shown at all; None for every image.
        """
        ids = None if with_classes is None else frozenset(with_classes)
        wanted = replace(self._wanted, query=query, with_classes=ids, among=among)
        if wanted != self._wanted:
            self._wanted = wanted
            self._arrange()

    def set_order(self, order: ImageOrder, values: Mapping[int, float] | None = None) -> None:
        """Order the list in another way.

        Args:
            order: The order.
            values: Uncertainty or disagreement by image id, for these orders.
        """
        wanted = replace(self._wanted, order=order, values=values or {})
        if wanted != self._wanted:
            self._wanted = wanted
            self._arrange()

    @property
    def order(self) -> ImageOrder:
        """The order in use."""
        return self._wanted.order

    def value_of(self, image_id: int) -> float | None:
        """What the order in use sorts an image by, None when it has no such value."""
        return self._wanted.values.get(image_id)

    @property
    def total(self) -> int:
        """Images in the project."""
        return len(self._rows)

    @property
    def counts(self) -> Counter[ImageState]:
        """How many images there are of each state, whatever the filter."""
        return self._counts

    def ids(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Ids of the images shown, in the order shown; of the rows `start` to before `stop`."""
        return [self._rows[at].id for at in self._list.shown[start:stop]]

    def all_rows(self) -> list[ImageRow]:
        """What is known about every image, shown or not, in the project's order; a copy."""
        return list(self._rows)

    def row_of(self, image_id: int) -> ImageRow | None:
        """What is known about an image, shown or not."""
        at = self._position.get(image_id)
        return None if at is None else self._rows[at]

    def index_of(self, image_id: int) -> QModelIndex:
        """Index of an image; invalid when the filter hides it."""
        at = self._place_of(image_id)
        return QModelIndex() if at is None else self.index(at)

    def image_at(self, index: AnyIndex) -> ImageRow | None:
        """The image of a row."""
        return self._rows[self._list.shown[index.row()]] if index.isValid() else None

    def neighbour(self, image_id: int | None, step: int, *, waiting: bool = False) -> int | None:
        """The next image in the order shown.

        Args:
            image_id: Where to start; None or an image not shown starts before the first.
            step: 1 forwards, -1 backwards; more than one stops at the end of the list.
            waiting: Only images that wait for a review.

        Returns:
            Its id, None at the end of the list.
        """
        place = self._place_of(image_id)
        if place is None:
            place = -1 if step > 0 else len(self._list.shown)
        place = _stepped(place, step, len(self._list.shown))
        if waiting and 0 <= place < len(self._list.shown):
            flags = self._list.waiting
            place = flags.find(1, place) if step > 0 else flags.rfind(1, 0, place + 1)
        if not 0 <= place < len(self._list.shown):
            return None
        return self._rows[self._list.shown[place]].id

    def around(self, image_id: int, reach: int) -> list[int]:
        """Ids of the images near one, the next ones first, nearest first."""
        at = self._place_of(image_id)
        if at is None:
            return []
        shown = self._list.shown
        places = [at + sign * k for k in range(1, reach + 1) for sign in (1, -1)]
        return [self._rows[shown[p]].id for p in places if 0 <= p < len(shown)]

    def _place_of(self, image_id: int | None) -> int | None:
        at = None if image_id is None else self._position.get(image_id)
        return None if at is None else self._list.places.get(at)

    def update_annotation(self, annotation: Annotation) -> None:
        """Follow an edit of the open image at once, before it is committed."""
        at = self._position.get(annotation.image_id)
        if at is None:
            return
        scores = [
            i.score for i in annotation.instances if i.score is not None and not i.is_human_work
        ]
        row = self._rows[at]._replace(
            state=annotation.state,
            revision=annotation.revision,
            instance_count=len(annotation.instances),
            min_score=min(scores) if scores else None,
        )
        self._replace([(at, row)])

    def update_rows(self, rows: Iterable[ImageRow], *, only: Sequence[str] = ()) -> None:
        """Follow what a job has written.

        Args:
            rows: As the database has them.
            only: Take over these facts alone (`FILE_FACTS`): of the others the list may know what
                the user did since, and the database not yet. Empty: all of them.
        """
        known = ((self._position[row.id], row) for row in rows if row.id in self._position)
        if only:
            known = (
                (at, self._rows[at]._replace(**{name: getattr(row, name) for name in only}))
                for at, row in known
            )
        self._replace(known)

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._list.shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says for a role."""
        if not index.isValid():
            return None
        row = self._rows[self._list.shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.rel
        if role == ImageRole.ROW:
            return row
        if role == ImageRole.STATE:
            return row.state
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = describe(row)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def _replace(self, news: Iterable[tuple[int, ImageRow]]) -> None:
        """Take rows over, by their positions, and tell once however many there are.

        A run over a large folder brings thousands at a time, and half the window listens.
        """
        counts, places = Counter(self._counts), []
        for at, row in news:
            old = self._rows[at]
            if row == old:
                continue
            self._rows[at] = row
            self._changed_meanwhile.add(at)
            counts[old.state] -= 1
            counts[row.state] += 1
            place = self._list.places.get(at)
            if place is not None:
                self._list.waiting[place] = waits(row)
                places.append(place)
        if counts != self._counts:
            self._counts = counts
            self.counts_changed.emit()
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def _arrange(self) -> None:
        """Apply filter and order; a long list is sorted beside the window's thread."""
        self._asked += 1
        self._changed_meanwhile.clear()
        if self._background is None or len(self._rows) <= AT_ONCE:
            self._take(arrange(self._rows, self._wanted))
            return
        self.is_arranging = True
        rows, wanted, asked = list(self._rows), self._wanted, self._asked

        def done(made: Arranged) -> None:
            if asked == self._asked:
                self._take(made)

        self._background.run(lambda: arrange(rows, wanted), done=done)

    def _take(self, made: Arranged, rows: Listed | None = None) -> None:
        self.is_arranging = False
        self.beginResetModel()  # who listens still sees the rows of before
        if rows is not None:
            self._rows, self._position, self._counts = rows.rows, rows.position, rows.counts
        self._list = made
        for at in self._changed_meanwhile & made.places.keys():
            made.waiting[made.places[at]] = waits(self._rows[at])
        self.endResetModel()
        self.arranged.emit()
        self.counts_changed.emit()


def _stepped(place: int, step: int, count: int) -> int:
    """A place so many rows on; a long step ends at the end, and goes beyond it from there alone."""
    end = count - 1 if step > 0 else 0
    if abs(step) == 1 or place == end:
        return place + step
    return min(place + step, end) if step > 0 else max(place + step, end)


STATE_TEXT = {
    ImageState.UNLABELLED: mark("unlabelled"),
    ImageState.PRELABELLED: mark("pre-labelled"),
    ImageState.IN_WORK: mark("in work"),
    ImageState.REVIEWED: mark("reviewed"),
    ImageState.SKIPPED: mark("skipped"),
}
"""States in the user's words."""
SPLIT_TEXT = {"train": mark("train"), "val": mark("val"), "test": mark("test")}


def describe(row: ImageRow) -> str:
    """One image in words, for tool tips and screen readers."""
    if row.damage:
        return tr("{name}\ndamaged: {damage}", name=row.rel, damage=engine_text(row.damage))
    facts = [tr(STATE_TEXT[row.state]), tr("no shapes")]
    if row.instance_count:
        facts[1] = tr_n("{n} shape", "{n} shapes", row.instance_count)
    if row.min_score is not None:
        facts.append(tr("least certain {score:.2f}", score=row.min_score))
    if row.is_other_file and row.instance_count:
        facts.append(tr("changed on disk since"))
    if row.split:
        facts.append(tr(SPLIT_TEXT[row.split]))
    return f"{row.rel}\n{tr(', ').join(facts)}\n{row.width} x {row.height} px"
