"""What a run adds, removes and changes, drawn over the shapes: by colour, line and sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from dynseg.geometry.part import Part
from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.overlay import box_around, view_rect
from dynseg_annotator.canvas.paths import Outline, draw, outline_of
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.canvas.styles import readable_on
from dynseg_annotator.canvas.view import ViewTransform

LINE_PX = 2.4
HALO_PX = 4.6
SIGN_PX = 16.0


class MarkKind(StrEnum):
    """What a run does to a shape; the value is the name of its colour."""

    ADDED = "added"
    """Solid, with a plus."""
    REMOVED = "removed"
    """Dashed, with a minus."""
    CHANGED = "changed"
    """Solid, with a tilde; how it was before is dotted."""


SIGNS = {MarkKind.ADDED: "+", MarkKind.REMOVED: "−", MarkKind.CHANGED: "~"}
DASHES = {MarkKind.REMOVED: [3.0, 2.0]}
DOTS = [1.0, 1.6]


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape that a run concerns.

    Attributes:
        kind: What happens to it.
        parts: Its outline afterwards; before, when it is removed.
        before: Its outline before, when it is changed.
    """

    kind: MarkKind
    parts: tuple[Part, ...]
    before: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    """A mark with what is the same in every frame."""

    mark: Mark
    box: Box
    after: list[Outline]
    before: list[Outline]


class Marks:
    """The marks of the image on the screen."""

    def __init__(self) -> None:
        self._ready: list[_Ready] = []

    @property
    def shown(self) -> tuple[Mark, ...]:
        """All of them."""
        return tuple(one.mark for one in self._ready)

    def set(self, marks: Iterable[Mark]) -> None:
        """Show these and no others."""
        self._ready = [
            _Ready(
                mark,
                box_around((*mark.parts, *mark.before)),
                [outline_of(part) for part in mark.parts],
                [outline_of(part) for part in mark.before],
            )
            for mark in marks
        ]

    def paint(
        self, painter: QPainter, view: ViewTransform, clip: QRectF, colours: CanvasColours
    ) -> None:
        """Draw them; the painter and the clip are in view pixels."""
        for one in self._ready:
            box = view_rect(one.box, view)
            if not box.adjusted(-SIGN_PX, -SIGN_PX, SIGN_PX, SIGN_PX).intersects(clip):
                continue
            kind = one.mark.kind
            colour = colours.colour(kind.value)
            _draw(painter, one.before, view, colour, colours, DOTS)
            _draw(painter, one.after, view, colour, colours, DASHES.get(kind))
            _sign(painter, SIGNS[kind], box.topLeft(), colour)


def _draw(
    painter: QPainter,
    outlines: list[Outline],
    view: ViewTransform,
    colour: QColor,
    colours: CanvasColours,
    dashes: list[float] | None,
) -> None:
    painter.save()
    painter.setTransform(QTransform(view.scale, 0, 0, view.scale, view.dx, view.dy), True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, ink in ((HALO_PX, colours.colour("halo")), (LINE_PX, colour)):
        pen = QPen(ink, width)
        pen.setCosmetic(True)
        if dashes is not None and ink is colour:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        for outline in outlines:
            draw(painter, outline)
    painter.restore()


def _sign(painter: QPainter, sign: str, corner: QPointF, colour: QColor) -> None:
    place = QRectF(corner.x() - SIGN_PX / 2, corner.y() - SIGN_PX / 2, SIGN_PX, SIGN_PX)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(place)
    font = painter.font()
    font.setPixelSize(round(SIGN_PX * 0.85))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(readable_on(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()
