"""Pens and brushes of the shapes, made once per class and kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Instance
from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.options import ViewOptions
from dynseg_annotator.canvas.tone import Ground

DASHES_PX = (6.0, 4.0)
"""Long enough to read as a line, short enough to show on a 20-pixel shape; view pixels."""

RIM_PX = 0.8
"""How far the dark rim reaches beyond the line on each side, view pixels."""


class Kind(IntEnum):
    """What an instance is to a person who looks at it."""

    WORK = auto()
    """Drawn, changed or accepted by a person: solid."""
    PROPOSAL = auto()
    """A model's, not looked at yet: dashed and fainter."""
    LOCKED = auto()
    """Cannot be picked: solid, no fill."""
    SELECTED = auto()
    """One of very many that are selected."""


@dataclass(frozen=True, slots=True)
class Resting:
    """How one kind of instances is drawn; shared by all of them.

    Attributes:
        pen: The line.
        rim: A wider dark line below it.
        brush: None for no fill.
    """

    pen: QPen
    rim: QPen
    brush: QBrush | None


class Styles:
    """Pens and brushes for the instances of one class table, colours and options."""

    def __init__(self, colours: CanvasColours, options: ViewOptions, classes: ClassTable) -> None:
        self.colours = colours
        self.options = options
        self.ground = Ground(colours.background, options.tone, grid=options.pixel_grid)
        self._class_colours = {label.id: QColor(label.colour) for label in classes.labels}
        self._unknown = QColor(colours.unknown_class)
        self._labels: dict[int, tuple[QColor, QColor]] = {}
        self._resting: dict[tuple[int, Kind, float, float], Resting] = {}

    def colour(self, item: Instance) -> QColor:
        """Colour of the instance's class."""
        return self._class_colours.get(item.class_id, self._unknown)

    def resting(self, item: Instance, kind: Kind, width: float, ratio: float) -> Resting:
        """How an instance looks that is not drawn live.

        Args:
            item: The instance.
            kind: What it is.
            width: Of its line, device pixels.
            ratio: Device pixels per view pixel.
        """
        key = (item.class_id, kind, width, ratio)
        found = self._resting.get(key)
        if found is None:
            found = self._resting[key] = self._make(self.colour(item), kind, width, ratio)
        return found

    def _make(self, colour: QColor, kind: Kind, width: float, ratio: float) -> Resting:
        line, rim = QColor(colour), self.colours.colour("rim")
        if kind is Kind.LOCKED:
            line.setAlphaF(0.6)
            rim.setAlphaF(rim.alphaF() * 0.6)
        elif kind is Kind.SELECTED:
            line = self.colours.colour("accent")
        pen, rim_pen = QPen(line, width), QPen(rim, width + 2 * RIM_PX * ratio)
        for each in (pen, rim_pen):
            each.setCosmetic(True)
            each.setCapStyle(Qt.PenCapStyle.FlatCap)
            each.setJoinStyle(Qt.PenJoinStyle.MiterJoin)  # half the time of round ones
            if kind is Kind.PROPOSAL:
                each.setDashPattern(dashes(each.widthF(), ratio))
        brush = self.fill(
            colour, faint=kind is Kind.PROPOSAL, strength=1.6 if kind is Kind.SELECTED else 1.0
        )
        empty = kind is Kind.LOCKED or brush.style() == Qt.BrushStyle.NoBrush
        return Resting(pen, rim_pen, None if empty else brush)

    def label_colours(self, item: Instance) -> tuple[QColor, QColor]:
        """Ground and text of the instance's label; shared, not to be changed."""
        found = self._labels.get(item.class_id)
        if found is None:
            ground = self.colour(item)
            found = self._labels[item.class_id] = ground, readable_on(ground)
        return found

    def fill(self, colour: QColor, *, faint: bool = False, strength: float = 1.0) -> QBrush:
        """A translucent brush by the options; `strength` multiplies the opacity."""
        if self.options.outline_only or self.options.fill_opacity <= 0:
            return QBrush(Qt.BrushStyle.NoBrush)
        translucent = QColor(colour)
        opacity = self.options.fill_opacity * strength * (0.5 if faint else 1.0)
        translucent.setAlphaF(min(opacity, 1.0))
        return QBrush(translucent)


def dashes(width: float, ratio: float) -> list[float]:
    """Dash pattern of a proposal's line, in pen widths as Qt counts them.

    Args:
        width: Of the pen, device pixels.
        ratio: Device pixels per view pixel.
    """
    return [length * ratio / width for length in DASHES_PX]


def kind_of(item: Instance, *, locked: bool, selected: bool) -> Kind:
    """What an instance is to a person who looks at it."""
    if selected:
        return Kind.SELECTED
    if locked:
        return Kind.LOCKED
    return Kind.WORK if item.is_human_work else Kind.PROPOSAL


def readable_on(fill: QColor) -> QColor:
    """Black or white, whichever has the higher contrast by the WCAG formula."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    luminance = (
        0.2126 * linear(fill.redF())
        + 0.7152 * linear(fill.greenF())
        + 0.0722 * linear(fill.blueF())
    )
    return QColor(Qt.GlobalColor.black if luminance > 0.179 else Qt.GlobalColor.white)
