"""Which class of the model becomes which class of the project: map, make new, ignore."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.classes import ClassTable
from dynseg_annotator import theme
from dynseg_annotator.language import tr

BY_NAME, IGNORE = "by-name", "ignore"


class ClassMappingDialog(QDialog):
    """One line for each class of the model.

    Args:
        names: Classes of the model.
        table: Classes of the project.
        chosen: What was chosen before, by name; None ignores a class. Names that are not in it
            follow their name.
        model: Name of the model, for the heading.
        parent: The window.
    """

    chosen_changed = Signal(dict)
    """Names with a choice of their own: class id, or None to ignore."""

    def __init__(
        self,
        names: list[str],
        table: ClassTable,
        chosen: Mapping[str, int | None],
        *,
        model: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Classes of the model"))
        self._boxes: dict[str, QComboBox] = {}
        prose = QLabel(
            tr(
                "What {model} finds gets these classes in the project. A class that is not "
                "there yet is added when the first shape needs it.",
                model=model,
            ),
            self,
        )
        prose.setWordWrap(True)
        theme.set_role(prose, "muted")
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(theme.SPACE.page)
        grid.setVerticalSpacing(theme.SPACE.tight)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(names):
            label = QLabel(name, rows)
            label.setTextFormat(Qt.TextFormat.PlainText)
            box = self._box(name, table, chosen)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.setRowStretch(len(names), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE.normal)
        column.addWidget(prose)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(460, min(640, 190 + 36 * len(names)))

    def box(self, name: str) -> QComboBox:
        """The choice of one class of the model."""
        return self._boxes[name]

    def chosen(self) -> dict[str, int | None]:
        """Classes of the model with a choice of their own."""
        result: dict[str, int | None] = {}
        for name, box in self._boxes.items():
            data = box.currentData()
            if data == IGNORE:
                result[name] = None
            elif data != BY_NAME:
                result[name] = int(data)
        return result

    def accept(self) -> None:
        """Hand the choices out."""
        self.chosen_changed.emit(self.chosen())
        super().accept()

    def _box(self, name: str, table: ClassTable, chosen: Mapping[str, int | None]) -> QComboBox:
        box = QComboBox()
        same = any(label.name.casefold() == name.casefold() for label in table.labels)
        box.addItem(
            tr("{name} (by name)", name=name)
            if same
            else tr("New class {name}, when needed", name=name),
            BY_NAME,
        )
        for label in table.labels:
            box.addItem(label.name, label.id)
        box.addItem(tr("Ignore"), IGNORE)
        if name in chosen:
            wanted = IGNORE if chosen[name] is None else chosen[name]
            box.setCurrentIndex(max(0, box.findData(wanted)))
        self._boxes[name] = box
        return box
