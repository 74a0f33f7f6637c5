"""How the model looks at images, beyond confidence and detail: folded away under its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.actions.spec import literal
from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings.table import Kind, Setting, setting
from dynseg_annotator.theme.wheel import let_wheel_pass

ROWS = ("tiles", "edges", "image_size", "nms_iou", "max_detections", "half_precision")
"""Settings that stand here, in order; the settings dialog has them with more words."""
AS_TRAINED = mark("as trained")


class RunOptions(QWidget):
    """Shows settings and asks for others; holds none."""

    setting_asked = Signal(str, object)
    classes_asked = Signal(object)
    """Names of the model's classes to propose, a tuple; empty for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show: dict[str, Callable[[object], None]] = {}
        self._names: tuple[str, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self.classes = QPushButton(tr("All"), self)
        self.classes.setAccessibleName(tr("Classes of the model to propose"))
        self.classes.setToolTip(tr("Propose some of the model's classes alone"))
        self._menu = QMenu(self.classes)
        self.classes.setMenu(self._menu)
        self._lay_out()

    def show_setting(self, key: str, value: object) -> None:
        """Show a value without asking for anything."""
        editor = self.findChild(QWidget, key)
        if key in self._show and editor is not None:
            editor.blockSignals(True)
            self._show[key](value)
            editor.blockSignals(False)

    def set_classes(self, names: Sequence[str], chosen: Sequence[str]) -> None:
        """Offer the model's classes; `chosen` are proposed, all when there are none of them."""
        self._names = tuple(names)
        self._chosen = tuple(name for name in names if name in chosen)
        self._menu.clear()
        self._menu.addAction(tr("All classes"), lambda: self._ask(()))
        self._menu.addSeparator()
        for name in names:
            action = self._menu.addAction(literal(name))
            action.setCheckable(True)
            action.setChecked(not self._chosen or name in self._chosen)
            action.triggered.connect(lambda on, name=name: self._toggle(name, on))
        self.classes.setEnabled(len(names) > 1)
        count = len(self._chosen)
        self.classes.setText(
            tr("{count} of {total}", count=count, total=len(names)) if count else tr("All")
        )

    def _toggle(self, name: str, on: bool) -> None:
        before = self._chosen or self._names
        after = tuple(n for n in self._names if (n in before or n == name) and (on or n != name))
        # none at all would propose nothing: then all of them are meant
        self._ask(() if len(after) == len(self._names) else after)

    def _ask(self, chosen: tuple[str, ...]) -> None:
        self.classes_asked.emit(chosen)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE.normal)
        grid.setVerticalSpacing(theme.SPACE.tight)
        grid.setColumnStretch(1, 1)
        for line, key in enumerate(ROWS):
            row = setting(key)
            editor = self._editor(row)
            editor.setObjectName(key)
            editor.setToolTip(tr(row.prose))
            editor.setAccessibleName(tr(row.title))
            editor.setAccessibleDescription(tr(row.prose))
            let_wheel_pass(editor)
            if isinstance(editor, QCheckBox):
                editor.setText(tr(row.title))
                grid.addWidget(editor, line, 0, 1, 2)
                continue
            self._label(grid, line, tr(row.title), editor)
        self._label(grid, len(ROWS), tr("Classes"), self.classes)

    def _label(self, grid: QGridLayout, line: int, text: str, editor: QWidget) -> None:
        label = QLabel(text, self)
        label.setBuddy(editor)
        grid.addWidget(label, line, 0)
        grid.addWidget(editor, line, 1)

    def _editor(self, row: Setting) -> QWidget:
        ask = partial(self.setting_asked.emit, row.key)
        if row.kind is Kind.BOOL:
            tick = QCheckBox(self)
            tick.toggled.connect(ask)
            self._show[row.key] = lambda value: tick.setChecked(bool(value))
            return tick
        if row.kind is Kind.CHOICE:
            box = QComboBox(self)
            for value, label in row.choices:
                box.addItem(tr(label), value)
            box.activated.connect(lambda index: ask(box.itemData(index)))
            self._show[row.key] = lambda value: box.setCurrentIndex(box.findData(value))
            return box
        number = QDoubleSpinBox(self) if row.kind is Kind.FLOAT else QSpinBox(self)
        number.setRange(row.minimum or 0, row.maximum or 0)  # type: ignore[arg-type]
        number.setSingleStep(row.step)  # type: ignore[arg-type]
        number.setSuffix(f" {tr(row.unit)}" if row.unit else "")
        number.setKeyboardTracking(False)
        if row.minimum == 0:
            number.setSpecialValueText(tr(AS_TRAINED))
        number.valueChanged.connect(lambda value: ask(round(value, 4)))
        self._show[row.key] = lambda value: number.setValue(value)  # type: ignore[arg-type]
        return number
