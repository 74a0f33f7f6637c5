"""What changes with the pointer, drawn live above the layers.

Selected, hovered and held instances; their vertices; their labels. Everything is clipped to the
rectangle that has changed, so a frame costs what it touches.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part
from dynseg_annotator.canvas.labels import Label, Labels
from dynseg_annotator.canvas.paths import Outline, OutlineCache, draw, outline_of, polygon_from
from dynseg_annotator.canvas.picking import Grip, Target
from dynseg_annotator.canvas.scene import Box, Scene
from dynseg_annotator.canvas.styles import Styles
from dynseg_annotator.canvas.view import ViewTransform

MARGIN_PX = 10.0
"""How far handles and thick lines reach beyond a shape, view pixels."""
MAX_WITH_HANDLES = 12
MAX_THICK = 200
"""Selected instances beyond this number are drawn with thin lines."""
MAX_THICK_POINTS = 1500
"""Wide lines cost five times as much: very long outlines get thin ones."""
HANDLE_PX = 7.0
SMALL_HANDLE_PX = 4.0
CROWDED_PX = 7.0
"""Vertices nearer to each other than this, by the median, are drawn small."""


class Overlay:
    """Draws what is selected, under the pointer or held by a gesture.

    Args:
        scene: What is shown.
        styles: Pens and brushes.
        outlines: Cached outlines.
        labels: Places and draws labels.
    """

    def __init__(
        self, scene: Scene, styles: Styles, outlines: OutlineCache, labels: Labels
    ) -> None:
        self._scene = scene
        self.styles = styles
        self._outlines = outlines
        self._labels = labels
        self.hovered: Target | None = None

    def box_of(
        self, ids: tuple[str, ...], view: ViewTransform, size: tuple[float, float]
    ) -> QRectF:
        """What drawing these instances touches, their handles and labels included; view pixels."""
        rect = QRectF()
        box = self._scene.box(ids)
        if box is not None:
            rect = view_rect(box, view)
        for instance_id in ids[:MAX_WITH_HANDLES]:
            item = self._scene.instance(instance_id)
            if item is not None:
                rect = rect.united(self._active_label(item, view, size).rect)
        return rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)

    def around(self, box: Box, view: ViewTransform) -> QRectF:
        """An image rectangle with room for handles, view pixels."""
        grown = view_rect(box, view)
        return grown.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)

    def preview_box(self, view: ViewTransform) -> QRectF:
        """What the preview covers, handles included; view pixels."""
        preview = self._scene.preview
        rect = QRectF()
        if preview is None:
            return rect
        for instance_id in preview.ids:
            parts = preview.parts.get(instance_id)
            if parts is not None:
                rect = rect.united(view_rect(box_around(parts), view))
        moved = self._scene.box(preview.ids - preview.parts.keys())
        if moved is not None:
            dx, dy = preview.shift
            box = moved[0] + dx, moved[1] + dy, moved[2] + dx, moved[3] + dy
            rect = rect.united(view_rect(box, view))
        return rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)

    def paint(
        self, painter: QPainter, view: ViewTransform, size: tuple[float, float], clip: QRectF
    ) -> None:
        """Draw everything; the painter is in view pixels and antialiased."""
        held = self._scene.preview.ids if self._scene.preview is not None else frozenset()
        selected = [i for i in self._scene.selected_instances() if i.id not in held]
        thick = len(selected) <= MAX_THICK
        handles = len(selected) <= MAX_WITH_HANDLES
        for item in selected:
            if not view_rect(self._box(item), view).intersects(clip):
                continue
            self._paint_item(painter, view, clip, item, item.parts, thick=thick, handles=handles)
        hovered = self._hovered_instance()
        if hovered is not None and hovered.id not in held:
            if hovered.id not in self._scene.selected:
                self._paint_item(
                    painter,
                    view,
                    clip,
                    hovered,
                    hovered.parts,
                    thick=True,
                    handles=True,
                    hover=True,
                )
            self._paint_grip(painter, view)
        if self._scene.preview is not None:
            self._paint_preview(painter, view, clip)
        self._paint_labels(painter, view, size, clip, selected, hovered)

    def _box(self, item: Instance) -> Box:
        return self._scene.box([item.id]) or (0.0, 0.0, 0.0, 0.0)

    def _hovered_instance(self) -> Instance | None:
        if self.hovered is None:
            return None
        item = self._scene.instance(self.hovered.id)
        return item if item is not None and self._scene.is_shown(item) else None

    def _paint_item(
        self,
        painter: QPainter,
        view: ViewTransform,
        clip: QRectF,
        item: Instance,
        parts: tuple[Part, ...],
        *,
        thick: bool,
        handles: bool,
        hover: bool = False,
        refused: bool = False,
        cached: bool = True,
        shift: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Draw one instance: stronger fill, line with a halo, vertices."""
        colours = self.styles.colours
        colour = colours.colour("refused") if refused else self.styles.colour(item)
        points = sum(len(ring) for part in parts for ring in part.rings)
        thick = thick and points <= MAX_THICK_POINTS
        painter.save()
        painter.setTransform(
            QTransform(
                view.scale, 0, 0, view.scale,
                view.dx + shift[0] * view.scale, view.dy + shift[1] * view.scale,
            ),
            True,
        )  # fmt: skip
        painter.setBrush(self.styles.fill(colour, strength=0.6))
        painter.setPen(Qt.PenStyle.NoPen)
        outlines = [self._outlines.outline(p) if cached else outline_of(p) for p in parts]
        for outline in outlines:
            draw(painter, outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if thick:
            self._stroke(painter, outlines, colours.colour("halo"), 3.5 if hover else 4.5)
        line = colour.lighter(115)
        self._stroke(painter, outlines, line, (1.5 if hover else 2.2) if thick else 1.0)
        painter.restore()
        if handles:
            for part in parts:
                for ring in part.rings:
                    moved = view.points_to_view(ring + shift if any(shift) else ring)
                    self._paint_handles(painter, moved, clip, faint=hover)

    @staticmethod
    def _stroke(painter: QPainter, outlines: list[Outline], colour: QColor, width: float) -> None:
        pen = QPen(colour, width)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for outline in outlines:
            draw(painter, outline)

    def _paint_handles(
        self, painter: QPainter, points: NDArray[np.float64], clip: QRectF, *, faint: bool
    ) -> None:
        """Draw the vertices in sight; two calls for all of them. `points` are view pixels."""
        gaps = np.abs(np.diff(points, axis=0)).sum(axis=1)
        crowded = bool(np.median(gaps) < CROWDED_PX)
        size = SMALL_HANDLE_PX if crowded or faint else HANDLE_PX
        low = (clip.left() - size, clip.top() - size)
        high = (clip.right() + size, clip.bottom() + size)
        seen = points[((points >= low) & (points <= high)).all(axis=1)]
        if not len(seen):
            return
        polygon = polygon_from(seen)
        colours = self.styles.colours
        for name, width in (("handle_edge", size + 2.0), ("handle", size)):
            pen = QPen(colours.colour(name), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(polygon)

    def _paint_grip(self, painter: QPainter, view: ViewTransform) -> None:
        """Mark the vertex or the place on the edge that a press would grab."""
        target = self.hovered
        if target is None or target.grip is Grip.SHAPE:
            return
        at = QPointF(*view.to_view(target.x, target.y))
        colours = self.styles.colours
        painter.setPen(QPen(colours.colour("handle_edge"), 1.5))
        painter.setBrush(colours.colour("accent"))
        painter.drawEllipse(at, 5.5, 5.5)
        if target.grip is Grip.EDGE:
            painter.drawLine(at - QPointF(3, 0), at + QPointF(3, 0))
            painter.drawLine(at - QPointF(0, 3), at + QPointF(0, 3))

    def _paint_preview(self, painter: QPainter, view: ViewTransform, clip: QRectF) -> None:
        preview = self._scene.preview
        if preview is None:
            return
        few = len(preview.ids) <= MAX_WITH_HANDLES
        for instance_id in preview.ids:
            item = self._scene.instance(instance_id)
            if item is None:
                continue
            changed = preview.parts.get(instance_id)
            self._paint_item(
                painter, view, clip, item, changed or item.parts,
                thick=len(preview.ids) <= MAX_THICK, handles=few, refused=preview.refused,
                cached=changed is None, shift=(0.0, 0.0) if changed else preview.shift,
            )  # fmt: skip

    def _active_label(
        self, item: Instance, view: ViewTransform, size: tuple[float, float]
    ) -> Label:
        text = self._labels.text(item, name=True)
        return self._labels.label(item, view, size, self.styles, text=text)

    def _paint_labels(
        self,
        painter: QPainter,
        view: ViewTransform,
        size: tuple[float, float],
        clip: QRectF,
        selected: list[Instance],
        hovered: Instance | None,
    ) -> None:
        active = {item.id: item for item in selected[:MAX_WITH_HANDLES]}
        without = frozenset(self._scene.selected)
        resting = self._labels.resting(view, size, self.styles, without)
        if hovered is not None:
            active[hovered.id] = hovered
        quiet = frozenset(active) | (
            self._scene.preview.ids if self._scene.preview else frozenset()
        )
        self._labels.paint(painter, (label for label in resting if label.id not in quiet), clip)
        if self._scene.preview is not None:
            return
        labels = [self._active_label(item, view, size) for item in active.values()]
        self._labels.paint(painter, labels, clip)


def view_rect(box: Box, view: ViewTransform) -> QRectF:
    """An image rectangle in view pixels."""
    x0, y0 = view.to_view(box[0], box[1])
    return QRectF(x0, y0, (box[2] - box[0]) * view.scale, (box[3] - box[1]) * view.scale)


def box_around(parts: tuple[Part, ...]) -> Box:
    """Bounds of parts, image pixels."""
    low = np.min([part.outer.min(axis=0) for part in parts], axis=0)
    high = np.max([part.outer.max(axis=0) for part in parts], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
