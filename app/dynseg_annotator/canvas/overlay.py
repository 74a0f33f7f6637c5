"""What changes with the pointer, drawn live above the layers.

Selected, hovered and held instances; their vertices; their labels. Everything is clipped to the
rectangle that has changed, so a frame costs what it touches.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part
from dynseg_annotator.canvas.labels import Label, Labels
from dynseg_annotator.canvas.paths import OutlineCache, outline_of
from dynseg_annotator.canvas.picking import Target
from dynseg_annotator.canvas.scene import Box, Preview, Scene
from dynseg_annotator.canvas.shape_painter import (
    HOVERED,
    ONE_OF_MANY,
    SELECTED,
    Look,
    ShapePainter,
)
from dynseg_annotator.canvas.styles import Styles
from dynseg_annotator.canvas.view import ViewTransform

MARGIN_PX = 10.0
"""How far handles and thick lines reach beyond a shape, view pixels."""
MAX_WITH_HANDLES = 12
"""Selected instances beyond this number are drawn without vertices and labels."""
MAX_HELD_DRAWN = 200
"""Of more instances that are moved together only these are drawn while they move."""

Size = tuple[float, float]


class Overlay:
    """Draws what is selected, under the pointer or held by a gesture.

    Args:
        scene: What is shown.
        styles: Colours and options.
        outlines: Cached outlines.
        labels: Places and draws labels.
    """

    def __init__(
        self, scene: Scene, styles: Styles, outlines: OutlineCache, labels: Labels
    ) -> None:
        self._scene = scene
        self._outlines = outlines
        self._labels = labels
        self._painter = ShapePainter(styles)
        self._active: dict[str, tuple[Instance, ViewTransform, Size, Label]] = {}
        self.hovered: Target | None = None

    def set_styles(self, styles: Styles) -> None:
        """Other colours or options."""
        self._painter.styles = styles
        self._active.clear()

    def box_of(self, instance_id: str, view: ViewTransform, size: Size) -> QRectF:
        """What drawing an instance touches, its handles and label included; view pixels."""
        item = self._scene.instance(instance_id)
        if item is None:
            return QRectF()
        label = self._active_label(item, view, size)
        return self._reach(item, view).united(label.rect.adjusted(-1, -1, 1, 1))

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
        for parts in preview.parts.values():
            if parts:
                rect = rect.united(self.around(box_around(parts), view))
        moved = self._scene.box(preview.ids - preview.parts.keys())
        if moved is not None:
            dx, dy = preview.shift
            box = moved[0] + dx, moved[1] + dy, moved[2] + dx, moved[3] + dy
            rect = rect.united(self.around(box, view))
        return rect

    def paint(self, painter: QPainter, view: ViewTransform, size: Size, clip: QRectF) -> None:
        """Draw everything; the painter is in view pixels and antialiased."""
        scene, preview = self._scene, self._scene.preview
        held = preview.ids if preview is not None else frozenset()
        live = [] if scene.mass_selected else scene.selected_instances()
        selected = [item for item in live if item.id not in held]
        few = len(selected) <= MAX_WITH_HANDLES
        for item in selected:
            if self._reach(item, view).intersects(clip):
                self._paint_item(painter, view, clip, item, SELECTED if few else ONE_OF_MANY)
        hovered = self._hovered_instance()
        if hovered is not None and hovered.id in held:
            hovered = None
        if hovered is not None and self._reach(hovered, view).intersects(clip):
            if hovered.id not in scene.selected:
                self._paint_item(painter, view, clip, hovered, HOVERED)
            if self.hovered is not None:
                self._painter.grip(painter, view, self.hovered)
        if preview is not None:
            self._paint_preview(painter, view, clip, preview)
        self._paint_labels(painter, view, size, clip, selected, hovered)

    def _reach(self, item: Instance, view: ViewTransform) -> QRectF:
        return self.around(self._scene.box_at(self._scene.position(item.id) or 0), view)

    def _hovered_instance(self) -> Instance | None:
        if self.hovered is None:
            return None
        item = self._scene.instance(self.hovered.id)
        return item if item is not None and self._scene.is_shown(item) else None

    def _paint_item(
        self, painter: QPainter, view: ViewTransform, clip: QRectF, item: Instance, look: Look
    ) -> None:
        outlines = [self._outlines.outline(part) for part in item.parts]
        colour = self._painter.styles.colour(item)
        dashed = not item.is_human_work
        self._painter.shape(painter, view, outlines, colour, look, dashed=dashed)
        self._painter.handles(painter, view, item.parts, look, clip)

    def _paint_preview(
        self, painter: QPainter, view: ViewTransform, clip: QRectF, preview: Preview
    ) -> None:
        """Draw the held instances as they would be: changed parts, or moved as a whole."""
        look = SELECTED if len(preview.ids) <= MAX_WITH_HANDLES else ONE_OF_MANY
        dx, dy = preview.shift
        moved = replace(view, dx=view.dx + dx * view.scale, dy=view.dy + dy * view.scale)
        items = [self._scene.instance(i) for i in preview.ids]
        for item in [item for item in items if item is not None][:MAX_HELD_DRAWN]:
            parts = preview.parts.get(item.id)
            colour = self._painter.styles.colour(item)
            if parts is None:
                outlines = [self._outlines.outline(part) for part in item.parts]
                self._painter.shape(painter, moved, outlines, colour, look)
                self._painter.handles(painter, moved, item.parts, look, clip)
                continue
            if preview.refused:
                colour = self._painter.styles.colours.colour("refused")
            outlines = [outline_of(part) for part in parts]
            self._painter.shape(painter, view, outlines, colour, look)
            if preview.handles:
                self._painter.handles(painter, view, parts, look, clip)

    def _active_label(self, item: Instance, view: ViewTransform, size: Size) -> Label:
        """Label of a selected or hovered instance; asked for several times in one frame."""
        known = self._active.get(item.id)
        if known is not None and known[0] is item and known[1:3] == (view, size):
            return known[3]
        styles = self._painter.styles
        text = self._labels.text(item, name=True)
        label = self._labels.label(item, view, size, styles, text=text)
        if len(self._active) > 4 * MAX_WITH_HANDLES:
            self._active.clear()
        self._active[item.id] = item, view, size, label
        return label

    def _paint_labels(
        self,
        painter: QPainter,
        view: ViewTransform,
        size: Size,
        clip: QRectF,
        selected: list[Instance],
        hovered: Instance | None,
    ) -> None:
        preview = self._scene.preview
        active = {item.id: item for item in selected if len(selected) <= MAX_WITH_HANDLES}
        if hovered is not None:
            active[hovered.id] = hovered
        quiet = {*active, *preview.ids} if preview is not None else active.keys()
        self._labels.paint_resting(painter, view, size, self._painter.styles, clip, without=quiet)
        if preview is not None:
            return  # a label on a moving shape would hide what it is moved to
        labels = [self._active_label(item, view, size) for item in active.values()]
        self._labels.paint(painter, [each for each in labels if each.rect.intersects(clip)])


def view_rect(box: Box, view: ViewTransform) -> QRectF:
    """An image rectangle in view pixels."""
    x0, y0 = view.to_view(box[0], box[1])
    return QRectF(x0, y0, (box[2] - box[0]) * view.scale, (box[3] - box[1]) * view.scale)


def box_around(parts: tuple[Part, ...]) -> Box:
    """Bounds of parts, image pixels."""
    low = np.min([part.outer.min(axis=0) for part in parts], axis=0)
    high = np.max([part.outer.max(axis=0) for part in parts], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
