"""What was done to the open image and to the project, step by step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPushButton,
    QTabBar,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.itemmodels.history import HistoryModel, HistoryRow, Place
from dynseg_annotator.language import mark, tr

AnyIndex = QModelIndex | QPersistentModelIndex
HOVER_MS = 120
"""A pointer that only crosses the list looks at nothing."""
IMAGE_HINT = mark("Point at a step to look at it, click to go there.")
PROJECT_HINT = mark("Changes of the classes and batches; each is taken back in all images.")
BUTTONS = {Place.PAST: mark("Take back"), Place.FUTURE: mark("Do again")}


class StepView(QTreeView):
    """The list; says what the pointer or the keyboard looks at."""

    looked = Signal(object)
    """Index under the pointer or the keyboard; an invalid one for none."""
    chosen = Signal(QModelIndex)
    """Clicked, or Enter."""
    given_up = Signal()
    """Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._under = QPersistentModelIndex()
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(HOVER_MS)
        self._hover.timeout.connect(lambda: self.looked.emit(self._under))
        self.entered.connect(self._entered)
        self.clicked.connect(self._clicked)

    def _entered(self, index: QModelIndex) -> None:
        self._under = QPersistentModelIndex(index)
        self._hover.start()

    def _clicked(self, index: QModelIndex) -> None:
        """Whoever goes to a step looks at it no more: it is the present now."""
        self._hover.stop()
        self.chosen.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer leaves: what is on the canvas is the present again."""
        super().leaveEvent(event)
        self._hover.stop()
        self.looked.emit(QModelIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """So does the keyboard."""
        super().focusOutEvent(event)
        self.looked.emit(QModelIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The keyboard moved in the list."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.looked.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the step, Esc back to the canvas."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.looked.emit(QModelIndex())
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc and Enter before the window's shortcuts get them."""
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in keys
        ):
            event.accept()
            return True
        return super().event(event)


class HistoryPanel(QWidget):
    """Two lists behind tabs; asks for everything, does nothing itself."""

    opened = Signal()
    """It came into sight, or turned to the other list: its content is wanted."""
    looked_at = Signal(object)
    """Number of the step of the image that is pointed at; None for the present."""
    step_chosen = Signal(int)
    """Go to this step of the image."""
    undo_requested = Signal(str)
    """Take this step of the project back."""
    redo_requested = Signal(str)
    given_up = Signal()
    """Esc: the keyboard goes back to the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryModel(self)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(tr("This image"))
        self.tabs.addTab(tr("Project"))
        self.tabs.setAccessibleName(tr("History of what"))
        self.view = self._make_view()
        self.hint = QLabel(tr(IMAGE_HINT), self)
        self.hint.setWordWrap(True)
        theme.set_role(self.hint, "muted")
        self.button = QPushButton(tr(BUTTONS[Place.PAST]), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.SPACE.tight)
        column.setSpacing(theme.SPACE.tight)
        column.addWidget(self.tabs)
        column.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.SPACE.small, 0, theme.SPACE.small, 0)
        foot.addWidget(self.hint)
        foot.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)
        self.tabs.currentChanged.connect(lambda _: self._turn())
        self._follow_row()

    def _make_view(self) -> StepView:
        view = StepView(self)
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setHeaderHidden(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(tr("Steps, the newest first"))
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        view.looked.connect(self._looked)
        view.chosen.connect(self._chosen)
        view.given_up.connect(self.given_up)
        view.selectionModel().currentRowChanged.connect(lambda *_: self._follow_row())
        return view

    @property
    def shows_project(self) -> bool:
        """Whether the list is the one of the project."""
        return self.tabs.currentIndex() == 1

    def set_rows(self, rows: list[HistoryRow]) -> None:
        """Show these steps."""
        current = self._current()
        self.model.set_rows(rows)
        row = None if current is None else self.model.row_of(current.key)
        if not self.shows_project:
            row = self.model.present
        if row is not None:
            flags = self.view.selectionModel().SelectionFlag
            index = self.model.index(row, 0)
            self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            if not self.view.underMouse():
                self.view.scrollTo(index)
        self._follow_row()

    def showEvent(self, event: QShowEvent) -> None:
        """Its content is wanted now."""
        super().showEvent(event)
        self.opened.emit()

    def _turn(self) -> None:
        self.model.set_rows([])
        self.hint.setText(tr(PROJECT_HINT if self.shows_project else IMAGE_HINT))
        self._follow_row()
        self.opened.emit()

    def _current(self) -> HistoryRow | None:
        index = self.view.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _follow_row(self) -> None:
        row = self._current()
        self.button.setVisible(self.shows_project)
        verb = BUTTONS.get(row.place) if row is not None else None
        self.button.setEnabled(verb is not None)
        self.button.setText(tr(verb or BUTTONS[Place.PAST]))

    def _looked(self, index: AnyIndex) -> None:
        if self.shows_project:
            return
        row = self.model.row_at(index.row()) if index.isValid() else None
        away = row is not None and row.place is not Place.PRESENT
        self.looked_at.emit(row.key if row is not None and away else None)

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid() or self.shows_project:
            return
        row = self.model.row_at(index.row())
        if row.place is not Place.PRESENT and isinstance(row.key, int):
            self.step_chosen.emit(row.key)

    def _press(self) -> None:
        row = self._current()
        if row is not None and row.place is Place.PAST:
            self.undo_requested.emit(str(row.key))
        elif row is not None and row.place is Place.FUTURE:
            self.redo_requested.emit(str(row.key))
