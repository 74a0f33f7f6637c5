"""Choosing a class by a few letters, beside the shape that it is for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.class_text import spoken
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_dialog import SWATCH_PX, swatch
from dynseg_annotator.language import tr

STEPS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
}  # fmt: skip
"""Keys that move in the list while the search field keeps the focus."""
ROLE = Qt.ItemDataRole.UserRole


def rank(label: ClassLabel, wanted: str, key: int | None) -> int | None:
    """How well a class answers what was typed, 0 the best; None when not at all.

    The whole name comes first, then its beginning, the beginning of a word, letters anywhere, and
    last the number key of the class.
    """
    name, text = label.name.casefold(), wanted.casefold()
    if not text or name == text:
        return 0
    if name.startswith(text):
        return 1
    if any(word.startswith(text) for word in name.replace("_", " ").replace("-", " ").split()):
        return 2
    if text in name:
        return 3
    return 4 if text == str(key) else None


class ClassPicker(QDialog):
    """A list that needs no mouse: letters filter, arrows mark, Enter chooses, Esc leaves all as is.

    Args:
        classes: The classes of the project.
        current: Id of the class that is marked at first, or None.
        parent: The window.
        keys: Number keys by class id.
        title: What is being chosen for; the change of a class when None.
    """

    class_requested = Signal(str)
    """The user typed the name of a class that does not exist yet and wants it."""

    def __init__(
        self,
        classes: ClassTable,
        current: int | None = None,
        parent: QWidget | None = None,
        *,
        keys: Mapping[int, int] | None = None,
        title: str | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._classes = classes
        self._keys = keys or {}
        self._current = current
        title = title or tr("Change class")
        self.setWindowTitle(title)
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Type a class, or a new one"))
        self._search.setAccessibleName(tr("Class"))
        self._search.textChanged.connect(self.refresh)
        self._list = self._make_list()
        frame = QFrame(self)
        theme.set_role(frame, "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        space = theme.SPACE
        column.setContentsMargins(space.normal, space.normal, space.normal, space.normal)
        column.setSpacing(space.small)
        column.addWidget(layout.prose(title))
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        layout.give_size(self, width=36, lines=15)
        self.refresh()

    def _make_list(self) -> QTreeWidget:
        view = QTreeWidget()
        view.setAccessibleName(tr("Classes"))
        view.setColumnCount(2)
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names often begin alike
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setIconSize(QSize(SWATCH_PX, SWATCH_PX))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, view.header().ResizeMode.Stretch)
        view.header().setSectionResizeMode(1, view.header().ResizeMode.ResizeToContents)
        view.itemClicked.connect(self.accept)
        return view

    def show_at(self, place: QPoint) -> None:
        """Show it at a place of the screen, moved so that all of it is on the screen."""
        screen = (self.parentWidget() or self).screen().availableGeometry()
        self.move(
            min(max(place.x(), screen.left()), screen.right() - self.width()),
            min(max(place.y(), screen.top()), screen.bottom() - self.height()),
        )
        self.show()
        self._search.setFocus()

    @Slot()
    def refresh(self) -> None:
        """List the classes that match, the best first; a name that is new can be made."""
        wanted = self._search.text().strip()
        found = []
        for place, label in enumerate(self._classes.labels):
            level = rank(label, wanted, self._keys.get(label.id))
            if level is not None:
                found.append((level, place, label))
        self._list.clear()
        marked = 0
        for _, _, label in sorted(found, key=lambda entry: entry[:2]):
            item = QTreeWidgetItem([label.name, str(self._keys.get(label.id, ""))])
            item.setIcon(0, swatch(label.colour, ratio=self.devicePixelRatioF()))
            item.setData(0, ROLE, label.id)
            item.setForeground(1, self.palette().placeholderText())
            self._list.addTopLevelItem(item)
            if label.id == self._current and not wanted:
                marked = self._list.topLevelItemCount() - 1
        taken = {spoken(label.name) for label in self._classes.labels}
        if wanted and spoken(wanted) not in taken:
            item = QTreeWidgetItem([tr("New class “{wanted}”", wanted=wanted), ""])
            item.setIcon(0, theme.icon("plus"))
            self._list.addTopLevelItem(item)
        self._mark(marked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Enter chooses; all else goes to the search field."""
        step = STEPS.get(Qt.Key(event.key()))
        count = self._list.topLevelItemCount()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif step is None:
            super().keyPressEvent(event)
        elif count:
            at = self._list.currentIndex().row()
            far = abs(step) > 1
            self._mark(min(max(at + step, 0), count - 1) if far else (at + step) % count)

    def _mark(self, row: int) -> None:
        item = self._list.topLevelItem(row)
        if item is not None:
            self._list.setCurrentItem(item)

    def shown(self) -> list[str]:
        """What is listed, the best first."""
        rows = range(self._list.topLevelItemCount())
        items = [self._list.topLevelItem(row) for row in rows]
        return [item.text(0) for item in items if item is not None]

    def class_id(self) -> int | None:
        """Id of the chosen class; None when it is a new one."""
        item = self._list.currentItem()
        value = item.data(0, ROLE) if item is not None else None
        return int(value) if value is not None else None

    def accept(self) -> None:
        """Close; a new class is asked for by `class_requested`."""
        if self._list.currentItem() is None:
            return
        super().accept()
        if self.class_id() is None:
            self.class_requested.emit(self._search.text().strip())
