"""Class names and scores beside the shapes, placed so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from dynseg.annotation.document import Instance
from dynseg_annotator.canvas.scene import Scene
from dynseg_annotator.canvas.styles import Styles
from dynseg_annotator.canvas.view import ViewTransform

MAX_LABELS = 120
MIN_NAMED_PX = 26.0
"""Shapes narrower or lower than this on screen get no resting label."""
MIN_SCORED_PX = 40.0
"""The same for labels that nobody asked for: the scores of proposals."""
CELL_PX = 8
MAX_TOPS = 10_000
"""Highest points that are remembered."""
Size = tuple[float, float]
Place = tuple[int, int, int, int]
"""Left, top, width and height, view pixels."""
PAD_X, PAD_Y, GAP = 5.0, 1.5, 4.0


@dataclass(frozen=True, slots=True)
class Label:
    """One label where it is drawn.

    Attributes:
        id: The instance.
        text: What it says.
        rect: View pixels.
        fill: Behind the text.
        ink: The text.
    """

    id: str
    text: str
    rect: QRectF
    fill: QColor
    ink: QColor


class Labels:
    """Lays labels out and draws them.

    Args:
        scene: What is shown.
        font: The window's font; labels are a little smaller.
    """

    def __init__(self, scene: Scene, font: QFont) -> None:
        self._scene = scene
        self._key: tuple[object, ...] = ()
        self._resting: list[Label] = []
        self._rects: NDArray[np.float64] = np.empty((0, 4))
        self._tops: dict[str, tuple[Instance, tuple[float, float]]] = {}
        self._window_font: QFont | None = None
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Follow the window's font; cheap while it is the same."""
        if font == self._window_font:
            return
        self._window_font = QFont(font)
        self._font = QFont(font)
        if font.pointSizeF() > 0:
            self._font.setPointSizeF(font.pointSizeF() * 0.9)
        self._metrics = QFontMetricsF(self._font)
        self._height, self._ascent = self._metrics.height(), self._metrics.ascent()
        self._widths: dict[str, float] = {}
        self._key = ()

    def _lay_out(self, view: ViewTransform, size: Size, styles: Styles) -> list[Label]:
        """Labels at rest: all names with `show_labels`, otherwise the scores of proposals."""
        taken: set[tuple[int, int]] = set()
        labels: list[Label] = []
        for position in self._roomy(view, size, named=styles.options.show_labels):
            item = self._scene.instances[position]
            text = self.text(item, name=styles.options.show_labels)
            if not text:
                continue
            place = self._place(item, view, size, text=text, quiet=True)
            cells = cells_of(place)
            if not taken.isdisjoint(cells):
                continue  # three of four: what they look like is not worked out
            taken.update(cells)
            labels.append(self._made(item, place, styles, text=text, quiet=True))
            if len(labels) == MAX_LABELS:
                break
        return labels

    def _roomy(self, view: ViewTransform, size: Size, *, named: bool) -> Iterable[int]:
        """Shown instances in sight that are large enough for a label, largest first."""
        b = self._scene.bounds
        if not len(b):
            return []
        low = b[:, :2] * view.scale + (view.dx, view.dy)
        high = b[:, 2:] * view.scale + (view.dx, view.dy)
        extent = high - low
        least = MIN_NAMED_PX if named else MIN_SCORED_PX
        fits = self._scene.shown & (extent >= least).all(axis=1)
        fits &= (high > 0).all(axis=1) & (low < size).all(axis=1)
        found = np.flatnonzero(fits)
        order = found[np.argsort(-extent[found].prod(axis=1), kind="stable")]
        chosen: list[int] = order[: MAX_LABELS * 4].tolist()
        return chosen

    def text(self, item: Instance, *, name: bool) -> str:
        """What the label of an instance says: class name, and score of a proposal."""
        words = [self._scene.class_name(item)] if name else []
        if item.score is not None and not item.is_human_work:
            words.append(f"{item.score:.2f}")
        return "  ".join(words)

    def _width(self, text: str) -> float:
        """Measured once per text: it takes longer than drawing the label."""
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = self._metrics.horizontalAdvance(text)
        return width

    def label(
        self,
        item: Instance,
        view: ViewTransform,
        size: Size,
        styles: Styles,
        *,
        text: str,
        quiet: bool = False,
    ) -> Label:
        """A label above the highest point of the instance, moved to stay in sight."""
        place = self._place(item, view, size, text=text, quiet=quiet)
        return self._made(item, place, styles, text=text, quiet=quiet)

    def _top(self, item: Instance) -> tuple[float, float]:
        """The highest point of an instance; looked for once, and not for each frame of a pan."""
        known = self._tops.get(item.id)
        if known is not None and known[0] is item:
            return known[1]
        if len(self._tops) > MAX_TOPS:
            self._tops.clear()
        outer = max((part.outer for part in item.parts), key=len)
        x, y = outer[outer[:, 1].argmin()].tolist()
        self._tops[item.id] = item, (x, y)
        return x, y

    def _place(
        self, item: Instance, view: ViewTransform, size: Size, *, text: str, quiet: bool
    ) -> Place:
        x, y = view.to_view(*self._top(item))
        wide, high = self._width(text) + 2 * PAD_X, self._height + 2 * PAD_Y
        left = min(max(x - wide / 2, 2.0), max(size[0] - wide - 2.0, 2.0))
        above = y - high - (GAP / 2 if quiet else GAP * 2)
        up = min(max(above, 2.0), max(size[1] - high - 2.0, 2.0))
        return round(left), round(up), round(wide), round(high)

    @staticmethod
    def _made(item: Instance, place: Place, styles: Styles, *, text: str, quiet: bool) -> Label:
        fill, ink = styles.label_colours(item)
        if quiet and not styles.options.show_labels:
            fill, ink = QColor(0, 0, 0, 150), QColor(255, 255, 255)
        elif quiet:
            fill = QColor(fill)
            fill.setAlphaF(0.85)
        return Label(item.id, text, QRectF(*place), fill, ink)

    def paint_resting(
        self,
        painter: QPainter,
        view: ViewTransform,
        size: Size,
        styles: Styles,
        clip: QRectF,
        *,
        without: Collection[str],
    ) -> None:
        """Draw the labels at rest that the clip touches; painter in view pixels.

        Args:
            painter: In view pixels.
            view: Where the image stands.
            size: Of the view, view pixels.
            styles: Colours and options.
            clip: What is painted, view pixels.
            without: Instances that have another label or none now.
        """
        key = (self._scene.version, styles, view, size)
        if key != self._key:
            self._key = key
            self._resting = self._lay_out(view, size, styles)
            rects = [label.rect.getCoords() for label in self._resting]
            self._rects = np.array(rects).reshape(-1, 4)
        r = self._rects
        near = (r[:, 0] < clip.right()) & (r[:, 2] > clip.left())
        near &= (r[:, 1] < clip.bottom()) & (r[:, 3] > clip.top())
        touched = [self._resting[i] for i in np.flatnonzero(near)]
        self.paint(painter, [label for label in touched if label.id not in without])

    def paint(self, painter: QPainter, labels: Collection[Label]) -> None:
        """Draw labels; painter in view pixels."""
        if not labels:
            return
        painter.setFont(self._font)
        for label in labels:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(label.fill)
            painter.drawRoundedRect(label.rect, 3, 3)
            painter.setPen(label.ink)
            baseline = label.rect.top() + PAD_Y + self._ascent
            painter.drawText(QPointF(label.rect.left() + PAD_X, baseline), label.text)


def cells_of(place: Place) -> set[tuple[int, int]]:
    """Cells of a coarse grid that a place covers: a cheap test for overlap."""
    x, y, width, height = place
    left, right = x // CELL_PX, (x + width) // CELL_PX
    top, bottom = y // CELL_PX, (y + height) // CELL_PX
    return {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
