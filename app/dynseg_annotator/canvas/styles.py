"""Pens and brushes of the shapes, made once per class and kind."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Instance
from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.options import ViewOptions

DASHES = [5.0, 3.0]
"""In pen widths; long enough to read as a line, short enough to show on a 20-pixel shape."""


class Kind(Enum):
    """What an instance is to a person who looks at it."""

    WORK = "work"
    """Drawn, changed or accepted by a person: solid."""
    PROPOSAL = "proposal"
    """A model's, not looked at yet: dashed and fainter."""
    LOCKED = "locked"
    """Cannot be picked: solid, no fill."""


class Styles:
    """Pens and brushes for the instances of one class table, colours and options."""

    def __init__(self, colours: CanvasColours, options: ViewOptions, classes: ClassTable) -> None:
        self.colours = colours
        self.options = options
        self._class_colours = {label.id: QColor(label.colour) for label in classes.labels}
        self._unknown = QColor(colours.unknown_class)
        self._made: dict[tuple[int, Kind], tuple[QPen, QBrush]] = {}

    def colour(self, item: Instance) -> QColor:
        """Colour of the instance's class."""
        return self._class_colours.get(item.class_id, self._unknown)

    def resting(self, item: Instance, *, locked: bool) -> tuple[QPen, QBrush]:
        """How an instance is drawn that is neither selected nor under the pointer.

        Pens are one device pixel wide: Qt draws those about five times faster than wider ones.
        """
        kind = Kind.WORK if item.is_human_work else Kind.PROPOSAL
        if locked:
            kind = Kind.LOCKED
        key = (item.class_id, kind)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(self.colour(item), kind)
        return made

    def _make(self, colour: QColor, kind: Kind) -> tuple[QPen, QBrush]:
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        if kind is Kind.PROPOSAL:
            pen.setDashPattern(DASHES)
        if kind is Kind.LOCKED:
            faint = QColor(colour)
            faint.setAlphaF(0.6)
            pen.setColor(faint)
            return pen, QBrush(Qt.BrushStyle.NoBrush)
        return pen, self.fill(colour, faint=kind is Kind.PROPOSAL)

    def fill(self, colour: QColor, *, faint: bool = False, strength: float = 1.0) -> QBrush:
        """A translucent brush by the options; `strength` multiplies the opacity."""
        if self.options.outline_only or self.options.fill_opacity <= 0:
            return QBrush(Qt.BrushStyle.NoBrush)
        translucent = QColor(colour)
        opacity = self.options.fill_opacity * strength * (0.5 if faint else 1.0)
        translucent.setAlphaF(min(opacity, 1.0))
        return QBrush(translucent)
