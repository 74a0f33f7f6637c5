"""Name, colour and number key of a class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.class_text import is_legible, spoken
from dynseg.annotation.classes import KEYS, NO_KEY, PALETTE, ClassLabel
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr, tr_n

SWATCH_PX = 18
_COLUMNS = 6


def swatch(colour: str, *, ratio: float = 1.0) -> QIcon:
    """A disc of `#rrggbb` with a thin rim, for buttons and lists."""
    return _drawn(colour, theme.colours().border_strong, ratio)


@lru_cache(maxsize=4096)
def _drawn(colour: str, rim: str, ratio: float) -> QIcon:
    """Kept: a list of a thousand classes is filled anew at each letter of a search."""
    side = round(SWATCH_PX * ratio)
    drawn = QPixmap(side, side)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colour))
    painter.setPen(QColor(rim))
    painter.drawEllipse(1, 1, SWATCH_PX - 2, SWATCH_PX - 2)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)  # else Qt mixes in the colour of the selection
    return made


class ClassDialog(layout.FittedDialog):
    """Asks for name, colour and number key of a class.

    Args:
        label: The class to change; its id may be one that is not used yet.
        taken: Names of the other classes.
        new: Whether the class is being made.
        uses: How many shapes carry it, for the text of a rename.
        key: Its number key.
        key_owners: Names of other classes by the number key that they have.
        parent: The window.
    """

    def __init__(
        self,
        label: ClassLabel,
        taken: Collection[str],
        *,
        new: bool = False,
        uses: int = 0,
        key: int = NO_KEY,
        key_owners: Mapping[int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=44)
        self._label = label
        self._taken = {spoken(name) for name in taken}
        self._colour = label.colour
        self.setWindowTitle(tr("New class") if new else tr("Class"))
        self._name = QLineEdit(label.name)
        self._name.selectAll()
        self._name.setFocus()
        self._name.textChanged.connect(self.refresh)
        self._problem = layout.prose(muted=False)
        theme.set_role(self._problem, "error")
        column = self.body
        caption = QLabel(tr("&Name"))
        caption.setBuddy(self._name)
        column.addWidget(caption)
        column.addWidget(self._name)
        column.addWidget(self._problem)
        column.addWidget(QLabel(tr("Colour")))
        column.addLayout(self._palette())
        column.addLayout(self._key_row(key, key_owners or {}))
        if uses:
            column.addWidget(
                layout.prose(
                    tr_n(
                        "{n:,} shape carries this class; it follows the change.",
                        "{n:,} shapes carry this class; they follow the change.",
                        uses,
                    )
                )
            )
        column.addStretch(1)
        self._box = layout.buttons(self, tr("Add") if new else tr("Save"))
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
            button.setAccessibleName(tr("Colour {colour}", colour=colour))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setChecked(colour == self._colour)
            self._swatches.addButton(button, i)
            grid.addWidget(button, i // _COLUMNS, i % _COLUMNS)
        grid.setColumnStretch(_COLUMNS, 1)
        self._swatches.idClicked.connect(lambda i: self.set_colour(PALETTE[i]))
        self._other = QPushButton(tr("&Other colour…"))
        self._other.setAutoDefault(False)
        self._other.clicked.connect(self.ask_colour)
        column = QVBoxLayout()
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        return column

    def _key_row(self, key: int, owners: Mapping[int, str]) -> QHBoxLayout:
        self._key = QComboBox()
        self._key.addItem(tr("none"), NO_KEY)
        for number in KEYS:
            owner = owners.get(number)
            text = (
                tr("{number}  (now {owner})", number=number, owner=owner)
                if owner and number != key
                else str(number)
            )
            self._key.addItem(text, number)
        self._key.setCurrentIndex(key)
        caption = QLabel(tr("Number &key"))
        caption.setBuddy(self._key)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.normal)
        row.addWidget(caption)
        row.addWidget(self._key)
        row.addStretch(1)
        return row

    @Slot()
    def ask_colour(self) -> None:
        """Choose a colour outside the palette."""
        chosen = QColorDialog.getColor(QColor(self._colour), self, tr("Colour of the class"))
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
        if not spoken(name):
            problem = tr("A class needs a name.")
        elif spoken(name) in self._taken:
            problem = tr("Another class has this name.")
        elif not is_legible(name):
            problem = tr("The name has a character that cannot be seen.")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem) and self._name.text() != self._label.name)
        if self.isVisible():
            self.fit()
        layout.main_button(self._box).setEnabled(not problem)

    def label(self) -> ClassLabel:
        """The class with the chosen name and colour, same id."""
        return ClassLabel(self._label.id, self._name.text().strip(), self._colour)

    def key(self) -> int:
        """The chosen number key, `NO_KEY` for none."""
        return int(self._key.currentData())
