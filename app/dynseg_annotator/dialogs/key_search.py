"""The line above every list of keys: a search, and the preset that the list shows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr
from dynseg_annotator.settings import Settings, setting


class KeySearch(QWidget):
    """Search and preset; a preset that is chosen holds at once.

    Args:
        settings: Where the preset is read and changed.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search an action or a key"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.preset = QComboBox()
        for value, text in setting("key_preset").choices:
            self.preset.addItem(tr(text), value)
        self.preset.currentIndexChanged.connect(self._choose)
        label = QLabel(tr("&Preset"))
        label.setBuddy(self.preset)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE.normal)
        row.addWidget(self.search, 1)
        row.addWidget(label)
        row.addWidget(self.preset)
        self.show_preset()

    def show_preset(self) -> None:
        """Show the preset of the settings."""
        self.preset.setCurrentIndex(self.preset.findData(self._settings.get("key_preset")))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._settings.set("key_preset", self.preset.itemData(index))
