"""Which preset a training run follows, with plain words."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr
from dynseg_annotator.panels import training_words as words
from dynseg_annotator.settings import Settings


class PresetChooser(QWidget):
    """A list of presets and what the chosen one means.

    Args:
        settings: Remembers the preset.
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
        label = QLabel(tr("Pr&eset"))
        label.setBuddy(self._box)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.small)
        column.addLayout(row)
        column.addWidget(self._prose)
        self._box.currentIndexChanged.connect(self._chosen)
        settings.changed.connect(self._setting_changed)
        self._setting_changed("train_preset", settings.get("train_preset"))

    def preset(self) -> str:
        """The chosen preset: `quick`, `standard` or `thorough`."""
        return str(self._box.currentData())

    @Slot(int)
    def _chosen(self, _index: int) -> None:
        self._settings.set("train_preset", self.preset())
        self._prose.setText(words.preset_prose(self.preset()))

    @Slot(str, object)
    def _setting_changed(self, key: str, value: object) -> None:
        if key == "train_preset":
            self._box.setCurrentIndex(self._box.findData(value))
            self._prose.setText(words.preset_prose(self.preset()))
