"""Which class of the project each class of a source becomes: one line for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from dynseg.annotation.class_spelling import spelling
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.formats.incoming.class_names import Chosen
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr, tr_n
from dynseg_annotator.theme.wheel import let_wheel_pass

BY_NAME, IGNORE, NEW = "by-name", "ignore", "new:"
MAX_ROWS = 200
"""Nobody maps more by hand; further classes go by their name."""

MOST_OFFERED = 60
"""New classes in the choice of another one; every line has such a choice."""


@dataclass(frozen=True, slots=True)
class Default:
    """What becomes of a class of a source that nobody chose anything for.

    Attributes:
        text: Says so, as the first entry of the choice.
        label: The class of the project that this is; not offered a second time.
        suggested: Id of a class, or `NEW` and the name of one, that is chosen instead unless
            something was chosen before.
    """

    text: str
    label: ClassLabel | None = None
    suggested: int | str | None = None


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
        self._offers_names = default is None
        self._boxes: dict[str, QComboBox] = {}
        self._names: tuple[tuple[str, int | None], ...] = ()
        self._new: list[str] = []
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
        self._new = [name for name, _ in names if name and self._table.by_name(name) is None]
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
            elif str(data).startswith(NEW):
                result[name] = str(data).removeprefix(NEW)
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
        key = spelling(name)
        alike: list[int | str] = [la.id for la in self._table.labels if spelling(la.name) == key]
        # The names come with the most shapes first: the spelling of most is the likeliest.
        before = self._new[: self._new.index(name)] if name in self._new else ()
        alike += [f"{NEW}{other}" for other in before if spelling(other) == key]
        return Default(tr("New class {name}", name=name), suggested=next(iter(alike), None))

    def _others(self, name: str) -> list[str]:
        """Further new classes that a name may become: what looks like it first, then some."""
        if not self._offers_names:
            return []
        key = spelling(name)
        others = [other for other in self._new if other != name]
        return sorted(others, key=lambda other: spelling(other) != key)[:MOST_OFFERED]

    def _box(self, name: str, chosen: Mapping[str, Chosen]) -> QComboBox:
        box = QComboBox()
        default = self._default(name)
        box.addItem(default.text, BY_NAME)
        for label in self._table.labels:
            if label is not default.label:
                box.addItem(label.name, label.id)
        for other in self._others(name):
            box.addItem(tr("New class {name}", name=other), f"{NEW}{other}")
        box.addItem(tr("Ignore"), IGNORE)
        wanted: object = BY_NAME
        if name in chosen:
            choice = chosen[name]
            wanted = IGNORE if choice is None else BY_NAME if choice == name else choice
            if isinstance(choice, str) and choice != name:
                same = self._table.by_name(choice)  # a class by now, where it was new
                wanted = f"{NEW}{choice}" if same is None else same.id
        elif default.suggested is not None:
            wanted = default.suggested
        box.setCurrentIndex(max(0, box.findData(wanted)))
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        let_wheel_pass(box)  # a long list is scrolled
        self._boxes[name] = box
        return box
