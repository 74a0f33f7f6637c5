"""Simplify, smooth or densify by a slider; the image shows what will be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QSlider, QWidget

from dynseg.annotation.edits import Outlining
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import mark, recorded, tr, tr_n

CHOICES = (
    (Outlining.SIMPLIFY, mark("Simplify: fewer points"), recorded("Simplify outline"), 0.2, 20.0),
    (Outlining.SMOOTH, mark("Smooth: rounder corners"), recorded("Smooth outline"), 0.5, 40.0),
    (Outlining.DENSIFY, mark("Densify: more points"), recorded("Densify outline"), 2.0, 60.0),
)
"""What, its name, its name as an undo step, smallest and largest amount in image pixels."""
STEPS = 200


class OutlineDialog(QDialog):
    """Stands beside the work; the selection may change while it is open.

    Signals:
        changed: Another operation or amount.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Outline"))
        column = layout.page(self)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("What to do"))
        for _, title, *_rest in CHOICES:
            self.choice.addItem(tr(title))
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(tr("How much"))
        self.slider.setRange(0, STEPS)
        self.slider.setValue(STEPS // 3)
        self.slider.setMinimumWidth(layout.characters(self, 40))
        self._says = QLabel(self)
        buttons = layout.buttons(self, tr("Apply"))
        for widget in (self.choice, self.slider, self._says, buttons):
            column.addWidget(widget)
        self.choice.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.slider.valueChanged.connect(lambda _: self.changed.emit())
        self.slider.setFocus()
        self.show_points(0, 0)

    @property
    def what(self) -> Outlining:
        """The chosen operation."""
        return CHOICES[self.choice.currentIndex()][0]

    @property
    def text(self) -> str:
        """Name of the undo step."""
        return CHOICES[self.choice.currentIndex()][2]

    @property
    def amount_px(self) -> float:
        """Image pixels; the slider runs by factors, so that small amounts can be set well."""
        low, high = CHOICES[self.choice.currentIndex()][3:]
        return float(low * (high / low) ** (self.slider.value() / STEPS))

    def show_points(self, before: int, after: int) -> None:
        """Say what it comes to: number of points of all selected shapes."""
        if not before:
            self._says.setText(tr("Select a shape on the image"))
        else:
            self._says.setText(
                tr_n(
                    "{amount:.1f} px: {before} point becomes {after}",
                    "{amount:.1f} px: {before} points become {after}",
                    before,
                    amount=self.amount_px,
                    before=before,
                    after=after,
                )
            )
