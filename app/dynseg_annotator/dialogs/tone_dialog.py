"""Brightness, contrast and gamma by three sliders beside the work."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QSlider, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import mark, tr

GAMMA_RANGE = 5.0
"""The slider goes from one over this to this, by factors: its middle is 1."""
REACH = 100
"""Every slider goes as far to each side of its neutral middle."""
NAMES = (mark("Brightness"), mark("Contrast"), mark("Gamma"))


class ToneDialog(QDialog):
    """Stands beside the work and may stay open while images are switched.

    Signals:
        changed: Brightness and contrast in [-100, 100], gamma in [0.2, 5].
        reset_requested: The image is to be shown as it is.
    """

    changed = Signal(int, int, float)
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Brightness and contrast"))
        column = layout.page(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE.normal)
        grid.setColumnStretch(1, 1)
        self._texts: list[QLabel] = []
        self.sliders: list[QSlider] = []
        for row, name in enumerate(tr(text) for text in NAMES):
            self._add_row(grid, row, name)
        column.addLayout(grid)
        column.addWidget(
            layout.prose(tr("For your eyes only: files and models keep their pixels."))
        )
        buttons = layout.buttons(self, reject=tr("Close"))
        self.reset = layout.extra_button(buttons, tr("Reset"), "reopen")  # no Enter undoes it
        self.reset.clicked.connect(self.reset_requested)
        column.addWidget(buttons)
        self.sliders[0].setFocus()

    def _add_row(self, grid: QGridLayout, row: int, name: str) -> None:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setAccessibleName(name)
        slider.setRange(-REACH, REACH)
        slider.setMinimumWidth(layout.characters(self, 36))
        slider.valueChanged.connect(self._tell)
        text = QLabel(self)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("+100 "))
        for at, widget in enumerate((QLabel(name, self), slider, text)):
            grid.addWidget(widget, row, at)
        self.sliders.append(slider)
        self._texts.append(text)

    def show_values(self, brightness: int, contrast: int, gamma: float) -> None:
        """Show values without asking for anything."""
        places = (brightness, contrast, round(REACH * math.log(gamma, GAMMA_RANGE)))
        for slider, place in zip(self.sliders, places, strict=True):
            slider.blockSignals(True)
            slider.setValue(place)
            slider.blockSignals(False)
        for label, text in zip(
            self._texts, (f"{brightness:+d}", f"{contrast:+d}", f"{gamma:.2f}"), strict=True
        ):
            label.setText(text.replace("-", "\N{MINUS SIGN}").replace("+0", "0"))
        self.reset.setEnabled(any(places))

    def _tell(self) -> None:
        brightness, contrast, place = (slider.value() for slider in self.sliders)
        self.changed.emit(brightness, contrast, GAMMA_RANGE ** (place / REACH))
