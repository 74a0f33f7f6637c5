"""Draws single shapes that stand out: selected, under the pointer, or held by a gesture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from dynseg.geometry.part import Part
from dynseg_annotator.canvas.paths import Outline, draw, polygon_from
from dynseg_annotator.canvas.picking import Grip, Target
from dynseg_annotator.canvas.styles import Styles, dashes
from dynseg_annotator.canvas.view import ViewTransform

MAX_THICK_POINTS = 1500
"""Wide lines cost five times as much: very long outlines get thin ones."""
CROWDED_PX = 9.0
"""Vertices nearer to each other than this, on average, are drawn small."""
CROWDED_HANDLE_PX = 4.0
MANY_POINTS = 300
"""From this number on it pays to leave out the vertices that the clip does not touch."""


@dataclass(frozen=True, slots=True)
class Look:
    """How much a shape stands out; widths in view pixels.

    Attributes:
        line: Width of the line.
        halo: Width of the dark line below it.
        handle: Size of a vertex, 0 for none.
        round: Vertices are discs; otherwise squares, which take a tenth of the time.
    """

    line: float
    halo: float
    handle: float
    round: bool


HOVERED = Look(line=1.0, halo=3.0, handle=3.0, round=False)  # one pixel: a tenth of the time
SELECTED = Look(line=2.2, halo=4.5, handle=6.5, round=True)
ONE_OF_MANY = Look(line=1.6, halo=3.2, handle=0.0, round=False)


class ShapePainter:
    """Draws shapes with the colours and options of `styles`.

    Args:
        styles: Colours and options in force.
    """

    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def shape(
        self,
        painter: QPainter,
        view: ViewTransform,
        outlines: list[Outline],
        colour: QColor,
        look: Look,
        *,
        dashed: bool = False,
    ) -> None:
        """Draw outlines with a stronger fill, and a line that shows on any photograph.

        Args:
            painter: In view pixels.
            view: Where the image stands.
            outlines: In image pixels.
            colour: Of the class.
            look: How much it stands out.
            dashed: It is a model's proposal.
        """
        painter.save()
        painter.setTransform(QTransform(view.scale, 0, 0, view.scale, view.dx, view.dy), True)
        painter.setBrush(self.styles.fill(colour, strength=0.6))
        painter.setPen(Qt.PenStyle.NoPen)
        for outline in outlines:
            draw(painter, outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ratio = painter.device().devicePixelRatioF()
        thick = sum(map(points_of, outlines)) <= MAX_THICK_POINTS
        widths = (look.halo, look.line) if thick else (0.0, 1.0)
        colours = self.styles.colours.colour("halo"), colour.lighter(115)
        for width, ink in zip(widths, colours, strict=True):
            if not width:
                continue
            pen = QPen(ink, width * ratio if thick else 1.0)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)  # half the time of round ones
            if dashed and ink is colours[1]:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern(dashes(pen.widthF(), ratio))
            painter.setPen(pen)
            for outline in outlines:
                draw(painter, outline)
        painter.restore()

    def handles(
        self,
        painter: QPainter,
        view: ViewTransform,
        parts: tuple[Part, ...],
        look: Look,
        clip: QRectF,
    ) -> None:
        """Draw the vertices that the clip touches; everything in view pixels but `parts`."""
        if not look.handle:
            return
        for part in parts:
            for ring in part.rings:
                self._ring_handles(painter, view.points_to_view(ring), look, clip)

    def _ring_handles(
        self, painter: QPainter, points: NDArray[np.float64], look: Look, clip: QRectF
    ) -> None:
        size = look.handle
        if size > CROWDED_HANDLE_PX and perimeter_of(points) < CROWDED_PX * len(points):
            size = CROWDED_HANDLE_PX
        if len(points) > MANY_POINTS:
            low = (clip.left() - size, clip.top() - size)
            high = (clip.right() + size, clip.bottom() + size)
            points = points[((points >= low) & (points <= high)).all(axis=1)]
        seen = points if look.round else np.round(points)
        polygon = polygon_from(seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, look.round)
        shape = Qt.PenCapStyle.RoundCap if look.round else Qt.PenCapStyle.SquareCap
        for name, width in (("handle_edge", size + 2.0), ("handle", size)):
            pen = QPen(self.styles.colours.colour(name), width)
            pen.setCapStyle(shape)
            painter.setPen(pen)
            painter.drawPoints(polygon)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def grip(self, painter: QPainter, view: ViewTransform, target: Target) -> None:
        """Mark the vertex, or the place on the edge, that a press would grab."""
        if target.grip is Grip.SHAPE:
            return
        at = QPointF(*view.to_view(target.x, target.y))
        colours = self.styles.colours
        painter.setPen(QPen(colours.colour("handle_edge"), 1.5))
        painter.setBrush(colours.colour("accent"))
        painter.drawEllipse(at, 5.5, 5.5)
        if target.grip is Grip.EDGE:
            painter.drawLine(at - QPointF(3, 0), at + QPointF(3, 0))
            painter.drawLine(at - QPointF(0, 3), at + QPointF(0, 3))


def perimeter_of(points: NDArray[np.float64]) -> float:
    """Length of the open line through `(N, 2)` points."""
    steps = points[1:] - points[:-1]
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


def points_of(outline: Outline) -> int:
    """How many points an outline has."""
    return outline.size() if hasattr(outline, "size") else outline.elementCount()
