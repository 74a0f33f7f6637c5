"""Name and colour of a class; and choosing one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.classes import PALETTE, ClassLabel, ClassTable
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout

SWATCH_PX = 18
_COLUMNS = 6


def swatch(colour: str, *, ratio: float = 1.0) -> QIcon:
    """A disc of `#rrggbb` with a thin rim, for buttons and lists."""
    side = round(SWATCH_PX * ratio)
    drawn = QPixmap(side, side)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colour))
    painter.setPen(QColor(theme.colours().border_strong))
    painter.drawEllipse(1, 1, SWATCH_PX - 2, SWATCH_PX - 2)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)  # else Qt mixes in the colour of the selection
    return made


class ClassDialog(layout.FittedDialog):
    """Asks for name and colour of a class.

    Args:
        label: The class to change; its id may be one that is not used yet.
        taken: Names of the other classes.
        new: Whether the class is being made.
        uses: How many shapes carry it, for the text of a rename.
        parent: The window.
    """

    def __init__(
        self,
        label: ClassLabel,
        taken: Collection[str],
        *,
        new: bool = False,
        uses: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=44)
        self._label = label
        self._taken = {name.casefold() for name in taken}
        self._colour = label.colour
        self.setWindowTitle("New class" if new else "Class")
        self._name = QLineEdit(label.name)
        self._name.selectAll()
        self._name.setFocus()
        self._name.textChanged.connect(self.refresh)
        self._problem = layout.prose(muted=False)
        theme.set_role(self._problem, "error")
        column = self.body
        caption = QLabel("&Name")
        caption.setBuddy(self._name)
        column.addWidget(caption)
        column.addWidget(self._name)
        column.addWidget(self._problem)
        column.addWidget(QLabel("Colour"))
        column.addLayout(self._palette())
        if uses:
            column.addWidget(
                layout.prose(f"{uses:,} shapes carry this class; they follow the change.")
            )
        column.addStretch(1)
        self._box = layout.buttons(self, "Add" if new else "Save")
        self.finish(self._box)
        self.refresh()

    def _palette(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE.tight)
        self._swatches = QButtonGroup(self)
        for i, colour in enumerate(PALETTE):
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(swatch(colour, ratio=self.devicePixelRatioF()))
            button.setIconSize(QSize(SWATCH_PX, SWATCH_PX))
            button.setToolTip(colour)
            button.setAccessibleName(f"Colour {colour}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setChecked(colour == self._colour)
            self._swatches.addButton(button, i)
            grid.addWidget(button, i // _COLUMNS, i % _COLUMNS)
        grid.setColumnStretch(_COLUMNS, 1)
        self._swatches.idClicked.connect(lambda i: self.set_colour(PALETTE[i]))
        self._other = QPushButton("&Other colour…")
        self._other.setAutoDefault(False)
        self._other.clicked.connect(self.ask_colour)
        column = QVBoxLayout()
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        return column

    @Slot()
    def ask_colour(self) -> None:
        """Choose a colour outside the palette."""
        chosen = QColorDialog.getColor(QColor(self._colour), self, "Colour of the class")
        if chosen.isValid():
            self.set_colour(chosen.name())

    def set_colour(self, colour: str) -> None:
        """Take `#rrggbb`."""
        self._colour = colour
        self._swatches.setExclusive(False)
        for i, button in enumerate(self._swatches.buttons()):
            button.setChecked(PALETTE[i] == colour)
        self._swatches.setExclusive(True)
        self._other.setIcon(
            QIcon() if colour in PALETTE else swatch(colour, ratio=self.devicePixelRatioF())
        )

    @Slot()
    def refresh(self) -> None:
        """Say what is wrong with the name, if anything."""
        name = self._name.text().strip()
        problem = ""
        if not name:
            problem = "A class needs a name."
        elif name.casefold() in self._taken:
            problem = "Another class has this name."
        elif any(ord(character) < 32 for character in name):
            problem = "A name is one line."
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem) and self._name.text() != self._label.name)
        if self.isVisible():
            self.fit()
        layout.main_button(self._box).setEnabled(not problem)

    def label(self) -> ClassLabel:
        """The class with the chosen name and colour, same id."""
        return ClassLabel(self._label.id, self._name.text().strip(), self._colour)


class ClassPicker(QDialog):
    """Chooses a class by typing a few letters of its name.

    Args:
        classes: The classes of the project.
        current: Id of the class that is marked at first, or None.
        parent: The window.
    """

    class_requested = Signal(str)
    """The user typed the name of a class that does not exist yet and wants it."""

    def __init__(
        self, classes: ClassTable, current: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._classes = classes
        self.setWindowTitle("Change class")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Type a class")
        self._search.setAccessibleName("Class")
        self._search.textChanged.connect(self.refresh)
        self._list = QListWidget()
        self._list.setAccessibleName("Classes")
        self._list.setIconSize(QSize(SWATCH_PX, SWATCH_PX))
        self._list.itemActivated.connect(self.accept)
        column = layout.page(self)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        self._box = layout.buttons(self, "Choose")
        column.addWidget(self._box)
        self.setMinimumSize(layout.characters(self, 36), self.fontMetrics().height() * 16)
        self._current = current
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """List the classes that match; a name that is new can be made."""
        wanted = self._search.text().strip()
        self._list.clear()
        marked = 0
        for number, label in enumerate(self._classes.labels):
            if wanted.casefold() not in label.name.casefold():
                continue
            key = f"   {number + 1}" if number < 9 else ""
            item = QListWidgetItem(
                swatch(label.colour, ratio=self.devicePixelRatioF()), f"{label.name}{key}"
            )
            item.setData(Qt.ItemDataRole.UserRole, label.id)
            self._list.addItem(item)
            if label.id == self._current and not wanted:
                marked = self._list.count() - 1
        if wanted and self._classes.by_name(wanted) is None:
            item = QListWidgetItem(theme.icon("plus"), f"New class “{wanted}”")
            self._list.addItem(item)
        self._list.setCurrentRow(marked)
        layout.main_button(self._box).setEnabled(self._list.count() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list while the search field keeps the focus."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())

    def class_id(self) -> int | None:
        """Id of the chosen class; None when it is a new one."""
        item = self._list.currentItem()
        value = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return int(value) if value is not None else None

    def accept(self) -> None:
        """Close; a new class is asked for by `class_requested`."""
        if self._list.currentItem() is None:
            return
        super().accept()
        if self.class_id() is None:
            self.class_requested.emit(self._search.text().strip())
