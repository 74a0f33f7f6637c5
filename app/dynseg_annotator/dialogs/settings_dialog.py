"""The settings dialog, generated from the table; every change holds at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from dynseg.machine import ALL_GPUS
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.setting_search import settings_with
from dynseg_annotator.language import tr
from dynseg_annotator.settings import SECTIONS, SETTINGS, Kind, Setting, Settings
from dynseg_annotator.theme.wheel import let_wheel_pass

LINES = 39
"""Height of the dialog in lines of text: the longest page does not scroll."""


class SettingsDialog(QDialog):
    """One page a section, one line a setting.

    Args:
        settings: What is shown and changed.
        parent: The window.
        gpus: How many this computer has, as far as is known.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None, *, gpus: int = 0) -> None:
        super().__init__(parent)
        self._gpus = gpus
        self._settings = settings
        self._show: dict[str, Callable[[object], None]] = {}
        self.setWindowTitle(tr("Settings"))
        self._sections = QListWidget()
        self._sections.setAccessibleName(tr("Sections"))
        self._sections.addItems([tr(section) for section in SECTIONS])
        self._pages = QStackedWidget()
        policy = self._pages.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # else the search would move to the middle
        self._pages.setSizePolicy(policy)
        self._made: dict[int, QWidget] = {}
        """Pages by their row; each is made when it is turned to."""
        self._lines: dict[str, QWidget] = {}
        """What belongs to a setting, by its key."""
        self._make_search()
        self._sections.currentRowChanged.connect(self._turn_to)
        self._sections.setCurrentRow(0)
        width = max(
            self._sections.sizeHintForColumn(0) + layout.characters(self, 4) + theme.SPACE.page,
            layout.characters(self, 18),
        )
        for widget in (self._sections, self.search, self._nothing):
            widget.setFixedWidth(width)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE.wide)
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self._nothing)
        left.addWidget(self._sections, 1)
        middle.addLayout(left)
        middle.addWidget(self._pages, 1)
        column = layout.page(self)
        column.addLayout(middle, 1)
        box = layout.buttons(self, reject=tr("Close"))
        self._defaults = layout.extra_button(box, tr("Defaults of this page"), "reopen")
        self._defaults.clicked.connect(self.restore_page)
        column.addWidget(box)
        settings.changed.connect(self.setting_changed)
        layout.give_size(self, width=104, lines=LINES)

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search settings"))
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._look_for)
        self._nothing = layout.prose(tr("No setting has these words."))
        self._nothing.hide()

    @Slot(str)
    def _look_for(self, text: str) -> None:
        """Leave the sections, and the lines of them, that have all these words."""
        found = [row for row, section in enumerate(SECTIONS) if any(_found(text, section))]
        for row in range(len(SECTIONS)):
            self._sections.setRowHidden(row, row not in found)
        self._nothing.setVisible(not found)
        self._pages.setVisible(bool(found))
        self._defaults.setEnabled(bool(found))
        if found and self._sections.currentRow() not in found:
            self._sections.setCurrentRow(found[0])
        self._show_lines()

    def _show_lines(self) -> None:
        shown = {row.key for section in SECTIONS for row in _found(self.search.text(), section)}
        for key, line in self._lines.items():
            line.setVisible(key in shown)

    @Slot(int)
    def _turn_to(self, row: int) -> None:
        if row not in self._made:
            section = SECTIONS[row]
            rows = [setting for setting in SETTINGS if setting.section == section]
            self._made[row] = layout.scrolled(self._page(section, rows))
            self._pages.addWidget(self._made[row])
            self._show_lines()
        self._pages.setCurrentWidget(self._made[row])

    def _page(self, section: str, rows: list[Setting]) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.SPACE.tight, 0, theme.SPACE.wide, 0)
        column.setSpacing(theme.SPACE.page)
        column.addWidget(layout.heading(tr(section)))
        for row in rows:
            self._lines[row.key] = self._line(row)
            column.addWidget(self._lines[row.key])
        column.addStretch(1)
        return content

    def _line(self, row: Setting) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.tight)
        editor = self._editor(row)
        editor.setObjectName(row.key)
        editor.setAccessibleDescription(tr(row.prose))
        if isinstance(editor, QCheckBox):
            editor.setText(tr(row.title))
            column.addWidget(editor)
            text = layout.prose(tr(row.prose))
            text.setIndent(self._tick_width())
            column.addWidget(text)
            return line
        title = QLabel(tr(row.title))
        title.setBuddy(editor)
        editor.setAccessibleName(tr(row.title))
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE.wide)
        top.addWidget(title, 1)
        top.addWidget(editor)
        column.addLayout(top)
        column.addWidget(layout.prose(tr(row.prose)))
        return line

    def _tick_width(self) -> int:
        """How far the text of a check box stands from its left end."""
        metric = QStyle.PixelMetric
        style = self.style()
        return style.pixelMetric(metric.PM_IndicatorWidth) + style.pixelMetric(
            metric.PM_CheckBoxLabelSpacing
        )

    def _editor(self, row: Setting) -> QWidget:
        """The widget for `row`, connected both ways."""
        make = {
            Kind.BOOL: self._tick,
            Kind.CHOICE: self._choice,
            Kind.INT: self._integer,
            Kind.FLOAT: self._number,
            Kind.TEXT: self._text,
        }[row.kind]
        editor = make(row)
        let_wheel_pass(editor)
        self._show[row.key](self._settings.get(row.key))
        return editor

    def _tick(self, row: Setting) -> QWidget:
        box = QCheckBox()
        box.toggled.connect(lambda on: self._settings.set(row.key, bool(on)))
        self._show[row.key] = lambda value: box.setChecked(bool(value))
        return box

    def _choice(self, row: Setting) -> QWidget:
        box = QComboBox()
        for value, label in row.choices:
            if value != ALL_GPUS or self._gpus > 1 or self._settings.get(row.key) == value:
                box.addItem(tr(label), value)
        box.setMinimumWidth(layout.characters(self, 26))
        box.currentIndexChanged.connect(
            lambda index: self._settings.set(row.key, box.itemData(index))
        )
        self._show[row.key] = lambda value: box.setCurrentIndex(box.findData(value))
        return box

    def _integer(self, row: Setting) -> QWidget:
        box = QSpinBox()
        box.setRange(int(row.minimum or 0), int(row.maximum or 0))
        box.setSingleStep(int(row.step))
        box.setKeyboardTracking(False)  # half a number is none
        box.setMinimumWidth(layout.characters(self, 14))
        box.setSuffix(f" {tr(row.unit)}" if row.unit else "")
        box.valueChanged.connect(lambda value: self._settings.set(row.key, value))
        self._show[row.key] = lambda value: box.setValue(int(str(value)))
        return box

    def _number(self, row: Setting) -> QWidget:
        box = QDoubleSpinBox()
        box.setDecimals(2)
        box.setKeyboardTracking(False)
        box.setRange(row.minimum or 0.0, row.maximum or 0.0)
        box.setSingleStep(row.step)
        box.setMinimumWidth(layout.characters(self, 14))
        box.setSuffix(f" {tr(row.unit)}" if row.unit else "")
        box.valueChanged.connect(lambda value: self._settings.set(row.key, round(value, 4)))
        self._show[row.key] = lambda value: box.setValue(float(str(value)))
        return box

    def _text(self, row: Setting) -> QWidget:
        field = QLineEdit()
        field.setMinimumWidth(layout.characters(self, 26))
        field.editingFinished.connect(lambda: self._settings.set(row.key, field.text()))
        self._show[row.key] = lambda value: field.setText(str(value))
        return field

    @Slot(str, object)
    def setting_changed(self, key: str, value: object) -> None:
        """Show a change that came from elsewhere."""
        if key in self._show:
            self._show[key](value)

    @Slot()
    def restore_page(self) -> None:
        """Give every setting that is shown its default: not those that the search left out."""
        for row in _found(self.search.text(), self.section):
            self._settings.reset(row.key)

    @property
    def section(self) -> str:
        """The page that is shown, one of `SECTIONS`."""
        return SECTIONS[self._sections.currentRow()]

    def show_section(self, section: str) -> None:
        """Turn to the page `section`, one of `SECTIONS`."""
        if section in SECTIONS:
            self._sections.setCurrentRow(SECTIONS.index(section))


def _found(text: str, section: str) -> list[Setting]:
    """The settings of a section that have every word of `text`."""
    return [row for row in settings_with(text) if row.section == section]
