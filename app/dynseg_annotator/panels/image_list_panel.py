"""The images of the project: search, filter, order, list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import ImageState
from dynseg.project.query import ImageQuery
from dynseg_annotator import theme
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.language import mark, tr, tr_n
from dynseg_annotator.panels.image_filter import ImageFilterForm
from dynseg_annotator.panels.image_rows import ImageRows

FILTERS: tuple[tuple[str, tuple[ImageState, ...]], ...] = (
    (mark("All images"), ()),
    (
        mark("To review"),
        (ImageState.UNLABELLED, ImageState.PRELABELLED, ImageState.IN_WORK),
    ),
    (mark("Unlabelled"), (ImageState.UNLABELLED,)),
    (mark("Pre-labelled"), (ImageState.PRELABELLED,)),
    (mark("In work"), (ImageState.IN_WORK,)),
    (mark("Reviewed"), (ImageState.REVIEWED,)),
    (mark("Skipped"), (ImageState.SKIPPED,)),
)
ORDERS = (
    (mark("By name"), ImageOrder.NAME),
    (mark("By state"), ImageOrder.STATE),
    (mark("Suggested"), ImageOrder.SUGGESTED),
    (mark("Least certain"), ImageOrder.UNCERTAINTY),
    (mark("Most disputed"), ImageOrder.DISAGREEMENT),
    (mark("Shuffled"), ImageOrder.RANDOM),
)
SEARCH_DELAY_MS = 120


class ImageListPanel(QWidget):
    """Asks for an image when a row becomes the current one."""

    image_requested = Signal(int)
    query_asked = Signal(object)
    """`ImageQuery`: what the list should show."""
    order_asked = Signal(object)
    """`ImageOrder`"""

    def __init__(self, model: ImageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._open_id: int | None = None
        self._goes = False
        """Enter was pressed in the search, and what it finds is not there yet."""
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(tr("Search names"))
        self._search.setClearButtonEnabled(True)
        self._search.setAccessibleName(tr("Search image names"))
        self._search.setToolTip(tr("Words of the name; * and ? stand for any letters"))
        self._filter = QComboBox(self)
        self._filter.setAccessibleName(tr("Show images of this state"))
        for text, _ in FILTERS:
            self._filter.addItem(tr(text))
        self._order = QComboBox(self)
        for box in (self._filter, self._order):  # the longest choice must not widen the panel
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(6)
        self._order.setAccessibleName(tr("Order of the images"))
        for text, _ in ORDERS:
            self._order.addItem(tr(text))
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setToolTip(tr("Filter by class, number of shapes, score and split"))
        self._more.setAccessibleName(tr("More filters"))
        theme.set_icon(self._more, "filter")
        self.form = ImageFilterForm(self)
        self.form.hide()
        self.view = ImageRows(model, self)
        self._nothing = QWidget(self)
        self._empty = QLabel("", self._nothing)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        theme.set_role(self._empty, "muted")
        self._show_all = QPushButton(tr("Show all images"), self._nothing)
        theme.set_role(self._show_all, "flat")
        self._lay_out()
        self._typing = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._connect()
        self._say_empty()

    def _connect(self) -> None:
        model = self._model
        self._typing.timeout.connect(self._apply_filter)
        self._search.textChanged.connect(self._typing.start)
        self._search.textEdited.connect(self._stay)
        self._search.returnPressed.connect(self._enter)
        self._search.installEventFilter(self)
        model.arranged.connect(self._go_to_found)
        self._filter.activated.connect(self._apply_filter)
        self._order.activated.connect(self._apply_order)
        self._more.toggled.connect(self.form.setVisible)
        self._show_all.clicked.connect(self.clear_filter)
        self.form.changed.connect(self._apply_filter)
        self.view.image_requested.connect(self._ask_for)
        model.modelReset.connect(self._show_open)
        model.counts_changed.connect(self._say_empty)

    @property
    def query(self) -> ImageQuery:
        """What the fields ask for."""
        states = frozenset(FILTERS[self._filter.currentIndex()][1])
        return self.form.query(ImageQuery(text=self._search.text(), states=states))

    def set_classes(self, classes: ClassTable) -> None:
        """Offer these classes in the filter."""
        self.form.set_classes(classes)

    def set_order(self, order: ImageOrder) -> None:
        """Show the order in use, without asking for it."""
        self._order.setCurrentIndex([known for _, known in ORDERS].index(order))

    def set_open(self, image_id: int | None) -> None:
        """Mark the image that is open and bring its row into sight."""
        self._open_id = image_id
        self._show_open()

    def selected_ids(self) -> list[int]:
        """Ids of the images that are selected, in the order shown; the open one when none is."""
        chosen = self.view.selected_ids()
        return chosen or ([] if self._open_id is None else [self._open_id])

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_filter(self) -> None:
        """Show all images again."""
        self._search.clear()
        self._filter.setCurrentIndex(0)
        self.form.clear()
        self._apply_filter()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE.small, 0, 0)
        column.setSpacing(theme.SPACE.small)
        fields = QVBoxLayout()
        fields.setContentsMargins(theme.SPACE.small, 0, theme.SPACE.small, 0)
        fields.setSpacing(theme.SPACE.tight)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE.tight)
        top.addWidget(self._search, 1)
        top.addWidget(self._more)
        fields.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.tight)
        row.addWidget(self._filter, 5)
        row.addWidget(self._order, 6)  # has the longer choices
        fields.addLayout(row)
        fields.addWidget(self.form)
        column.addLayout(fields)
        column.addWidget(self.view, 1)
        column.addWidget(self._nothing, 1)
        middle = QVBoxLayout(self._nothing)
        middle.addStretch(1)
        middle.addWidget(self._empty)
        middle.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)

    def _apply_filter(self) -> None:
        self._typing.stop()
        theme.set_icon(self._more, "filter")
        count = self.form.active
        self._more.setToolTip(
            tr_n("{n} more filter in use", "{n} more filters in use", count)
            if count
            else tr("Filter by class, number of shapes, score and split")
        )
        self.query_asked.emit(self.query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search into the list, as Enter does."""
        if (
            watched is self._search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self._enter()
            return True
        return super().eventFilter(watched, event)

    def _stay(self) -> None:
        """Somebody types on."""
        self._goes = False

    def _enter(self) -> None:
        """Go to what is searched for, once it is found."""
        self._goes = True
        self._apply_filter()
        if self._model.wanted.query == self.query and not self._model.is_arranging:
            self._go_to_found()

    def _go_to_found(self) -> None:
        """Give the list the keyboard, and open its first image unless the open one is in it."""
        goes, self._goes = self._goes, False
        if not goes or not self._model.rowCount():
            return
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        listed = self._open_id is not None and self._model.index_of(self._open_id).isValid()
        if not listed:
            self.view.setCurrentIndex(self._model.index(0))

    def _apply_order(self) -> None:
        self.order_asked.emit(ORDERS[self._order.currentIndex()][1])

    def _ask_for(self, image_id: int) -> None:
        if image_id != self._open_id:
            self._open_id = image_id
            self.image_requested.emit(image_id)

    def _show_open(self) -> None:
        """Show which image is open without asking for it again."""
        self.view.show_open(self._open_id)

    def _say_empty(self) -> None:
        empty = self._model.rowCount() == 0
        filtered = empty and self._model.total > 0
        self.view.setVisible(not empty)
        self._nothing.setVisible(empty)
        self._show_all.setVisible(filtered)
        self._empty.setText(
            tr("No image matches.") if filtered else tr("No images yet.\nOpen a folder to begin.")
        )
