"""Which class of the project each class of a source becomes: one line for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.formats.class_names import Chosen
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr, tr_n

BY_NAME, IGNORE = "by-name", "ignore"
MAX_ROWS = 200
"""Nobody maps more by hand; further classes go by their name."""


@dataclass(frozen=True, slots=True)
class Default:
    """What becomes of a class of a source that nobody chose anything for.

    Attributes:
        text: Says so, as the first entry of the choice.
        label: The class of the project that this is; not offered a second time.
        suggested: Id of a class that is chosen instead unless something was chosen before.
    """

    text: str
    label: ClassLabel | None = None
    suggested: int | None = None


class ClassChoice(QWidget):
    """Name in the source, number of shapes, class in the project: mapped, made anew or ignored.

    Args:
        table: Classes of the project.
        default: What becomes of a name of the source; it goes by its name when None.
        parent: The dialog.
    """

    changed = Signal()

    def __init__(
        self,
        table: ClassTable,
        default: Callable[[str], Default] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._default = default or self._by_name
        self._boxes: dict[str, QComboBox] = {}
        self._names: tuple[tuple[str, int | None], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE.page)
        self._grid.setVerticalSpacing(theme.SPACE.tight)
        self._grid.setColumnStretch(2, 1)

    def set_names(
        self, names: Sequence[tuple[str, int | None]], chosen: Mapping[str, Chosen]
    ) -> None:
        """Show the classes of a source.

        Args:
            names: Each with its number of shapes, None where there are no shapes yet; the empty
                name is that of shapes without one.
            chosen: What was chosen before; names that are not in it go by their name, also when
                that differs in case alone.
        """
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        self._clear()
        for row, (name, shapes) in enumerate(names[:MAX_ROWS]):
            label = QLabel(name or tr("without a class"))
            label.setTextFormat(Qt.TextFormat.PlainText)
            count = QLabel("" if shapes is None else f"{shapes:,}")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            theme.set_role(count, "muted")
            box = self._box(name, chosen)
            label.setBuddy(box)
            box.setAccessibleName(
                tr("Class that {name} becomes", name=name)
                if name
                else tr("Class that shapes without a class become")
            )
            for column, widget in enumerate((label, count, box)):
                self._grid.addWidget(widget, row, column)
        more = len(names) - MAX_ROWS
        if more > 0:
            text = tr_n(
                "{n:,} further class goes by its name.",
                "{n:,} further classes go by their name.",
                more,
            )
            self._grid.addWidget(layout.prose(text), MAX_ROWS, 0, 1, 3)

    @property
    def count(self) -> int:
        """Number of lines."""
        return len(self._boxes) + (len(self._names) > MAX_ROWS)

    def box(self, name: str) -> QComboBox:
        """The choice for one class of the source."""
        return self._boxes[name]

    def chosen(self) -> dict[str, Chosen]:
        """What classes of the source become, where that is not the class of their name."""
        result: dict[str, Chosen] = {}
        for name, box in self._boxes.items():
            data = box.currentData()
            if data == IGNORE:
                result[name] = None
            elif data != BY_NAME:
                result[name] = int(data)
            elif name and self._table.by_name(name) is None:
                result[name] = name
        return result

    def _clear(self) -> None:
        self._boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _by_name(self, name: str) -> Default:
        if not name:
            return Default(tr("The only class, if there is one"))
        same = self._table.by_name(name)
        if same is not None:
            return Default(tr("{name} (by name)", name=name), same)
        folded = name.casefold()
        alike = (la.id for la in self._table.labels if la.name.casefold() == folded)
        return Default(tr("New class {name}", name=name), suggested=next(alike, None))

    def _box(self, name: str, chosen: Mapping[str, Chosen]) -> QComboBox:
        box = QComboBox()
        default = self._default(name)
        box.addItem(default.text, BY_NAME)
        for label in self._table.labels:
            if label is not default.label:
                box.addItem(label.name, label.id)
        box.addItem(tr("Ignore"), IGNORE)
        wanted: object = BY_NAME
        if name in chosen:
            choice = chosen[name]
            wanted = IGNORE if choice is None else BY_NAME if choice == name else choice
        elif default.suggested is not None:
            wanted = default.suggested
        box.setCurrentIndex(max(0, box.findData(wanted)))
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        layout.let_wheel_pass(box)  # a long list is scrolled
        self._boxes[name] = box
        return box
