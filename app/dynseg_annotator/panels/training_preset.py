"""Which preset a training run follows, and how long it takes, with plain words."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr
from dynseg_annotator.panels import training_words as words
from dynseg_annotator.settings import Settings

PRESET, MINUTES = "train_preset", "train_minutes"
"""The settings."""

MOST_MINUTES = 1440


class PresetChooser(QWidget):
    """A list of presets, minutes instead of the preset's, and what the choice means.

    Args:
        settings: Remembers both.
        parent: The panel.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._box = QComboBox()
        for value, name in words.PRESET_NAMES.items():
            self._box.addItem(tr(name), value)
        self._prose = QLabel()
        self._prose.setWordWrap(True)
        theme.set_role(self._prose, "muted")
        self._minutes = QSpinBox()
        self._minutes.setRange(0, MOST_MINUTES)
        self._minutes.setSpecialValueText(tr("as the preset"))
        self._minutes.setSuffix(tr(" min"))
        self._minutes.setToolTip(tr("How long the run takes, its measurements included."))
        rows = QGridLayout()
        for place, (text, field) in enumerate(
            ((tr("Pr&eset"), self._box), (tr("Time"), self._minutes))
        ):
            label = QLabel(text)
            label.setBuddy(field)
            rows.addWidget(label, place, 0)
            rows.addWidget(field, place, 1)
        rows.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.small)
        column.addLayout(rows)
        column.addWidget(self._prose)
        for key in (PRESET, MINUTES):
            self._setting_changed(key, settings.get(key))
        self._box.currentIndexChanged.connect(self._chosen)
        self._minutes.valueChanged.connect(self._chosen)
        settings.changed.connect(self._setting_changed)

    def preset(self) -> str:
        """The chosen preset: `quick`, `standard` or `thorough`."""
        return str(self._box.currentData())

    def minutes(self) -> int:
        """How long a run takes; 0 leaves it to the preset."""
        return self._minutes.value()

    @Slot(int)
    def _chosen(self, _index: int) -> None:
        self._settings.set(PRESET, self.preset())
        self._settings.set(MINUTES, self.minutes())
        self._explain()

    @Slot(str, object)
    def _setting_changed(self, key: str, value: object) -> None:
        if key == PRESET:
            self._box.setCurrentIndex(self._box.findData(value))
        elif key == MINUTES and isinstance(value, int):
            self._minutes.setValue(value)
        self._explain()

    def _explain(self) -> None:
        self._prose.setText(words.preset_prose(self.preset(), self.minutes()))
