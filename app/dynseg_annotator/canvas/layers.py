"""What is drawn once and then copied: the image, and the image with all resting shapes.

Both layers have the size of the view in device pixels. A hover or drag frame copies a small
rectangle of them; an edit redraws the rectangle that it touched; a pan shifts them and draws the
strips that came into sight; a zoom shows them stretched until the new ones are ready.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part
from dynseg_annotator.canvas.image_pyramid import ImagePyramid
from dynseg_annotator.canvas.paths import Outline, OutlineCache, draw
from dynseg_annotator.canvas.scene import Box, Scene
from dynseg_annotator.canvas.staging import EDGE_PX, RGB, Backdrop, draw_image, image_box, ready_for
from dynseg_annotator.canvas.styles import Resting, Styles, kind_of
from dynseg_annotator.canvas.thumbnail import Thumbnail
from dynseg_annotator.canvas.view import ViewTransform

T = TypeVar("T", QPen, QBrush)

MAX_REPAIRS = 100
"""More rectangles that look different than this, and everything is drawn again, in steps."""
RICH_POINTS = 6_000
"""Up to this many vertices in sight, outlines are wide and have a dark rim, which shows on any
photograph; beyond, one pixel: Qt draws those about five times faster."""
RICH_LINE_PX = 1.6
AT_ONCE_POINTS = {True: 1_000, False: 8_000}
"""Vertices that are drawn without a look at the events that wait: rich outlines, and plain ones."""
STEP_POINTS = {True: 250, False: 3_000}
"""Vertices of one step of drawing, rich and plain."""
COARSE_PX = 512
"""Longer side of the toned image that fills in for a moment."""


@dataclass(slots=True)
class Rendered:
    """Both layers for one view.

    Attributes:
        view: The transform they were drawn for.
        ratio: Device pixels per view pixel.
        plain: Background and image.
        shapes: The same with the resting shapes on top.
        rich: Lines are wide and have a rim.
    """

    view: ViewTransform
    ratio: float
    plain: QImage
    shapes: QImage
    rich: bool

    @property
    def rect(self) -> QRect:
        """All of it, device pixels."""
        return self.plain.rect()

    def is_for(self, view: ViewTransform, size: tuple[int, int], ratio: float) -> bool:
        """Whether it was drawn for this view; `size` is in device pixels."""
        same_size = (self.plain.width(), self.plain.height()) == size
        return same_size and self.view == view and self.ratio == ratio

    def to_device(self, box: Box) -> QRect:
        """An image rectangle in device pixels, with room for the line, within the layer."""
        scale, ratio = self.view.scale * self.ratio, self.ratio
        limit = self.rect
        # clamped before rounding: at high zoom the numbers leave the range of an int
        x0 = max(box[0] * scale + self.view.dx * ratio - EDGE_PX, -1.0)
        y0 = max(box[1] * scale + self.view.dy * ratio - EDGE_PX, -1.0)
        x1 = min(box[2] * scale + self.view.dx * ratio + EDGE_PX, limit.width() + 1.0)
        y1 = min(box[3] * scale + self.view.dy * ratio + EDGE_PX, limit.height() + 1.0)
        left, top = math.floor(x0), math.floor(y0)
        return limit & QRect(left, top, math.ceil(x1) - left, math.ceil(y1) - top)

    def to_image(self, rect: QRect) -> Box:
        """A device rectangle with room for the line, in image pixels."""
        return image_box(rect, self.view, self.ratio)


class Layers:
    """Draws the two layers and keeps them right.

    Args:
        scene: What is shown.
        styles: Pens and brushes; replaced by `set_styles`.
        outlines: Cached outlines.
    """

    def __init__(self, scene: Scene, styles: Styles, outlines: OutlineCache) -> None:
        self._scene = scene
        self._styles = styles
        self._outlines = outlines
        self._pyramid: ImagePyramid | None = None
        self._backdrop: Backdrop | None = None
        self._spare = Spare()
        self._coarse = Thumbnail()
        self._front: Rendered | None = None
        self._back: tuple[Rendered, Iterator[None]] | None = None
        self._dirty: list[QRect] = []
        self._all_dirty = False
        self._plain_dirty = False

    def set_image(self, pyramid: ImagePyramid | None, backdrop: Backdrop | None = None) -> None:
        """Another image: nothing that was drawn is of use, but what was drawn ahead of time."""
        self._pyramid = pyramid
        self.drop()
        self._backdrop = backdrop

    @property
    def pyramid(self) -> ImagePyramid | None:
        """The image."""
        return self._pyramid

    def set_styles(self, styles: Styles) -> None:
        """Other colours or options."""
        # another change may come before the last one was drawn
        self._plain_dirty |= styles.ground != self._styles.ground
        self._styles = styles
        self.mark_all()

    def drop(self) -> None:
        """Forget what was drawn."""
        self._spare.keep(self._front)
        self._front = self._back = self._backdrop = None
        self._dirty.clear()
        self._all_dirty = self._plain_dirty = False

    def mark(self, boxes: Sequence[Box]) -> None:
        """Shapes within these rectangles (image pixels) look different now."""
        self._back = None
        front = self._front
        if front is None or self._all_dirty:
            return
        if len(boxes) + len(self._dirty) > MAX_REPAIRS:
            self.mark_all()
            return
        rects = [front.to_device(box) for box in boxes]
        self._dirty += [rect for rect in rects if not rect.isEmpty()]

    def postpone_repairs(self) -> None:
        """Leave repairs that would take long to a drawing of everything, in steps."""
        front = self._front
        if front is None or not self._dirty or self._all_dirty:
            return
        self._dirty = merged(self._dirty)
        points = sum(self._scene.points_in(front.to_image(rect)) for rect in self._dirty)
        if points > AT_ONCE_POINTS[front.rich]:
            self.mark_all()

    def is_quick(self, view: ViewTransform, size: tuple[int, int], ratio: float) -> bool:
        """Whether all shapes in sight are drawn in some milliseconds."""
        points = self._scene.points_in(image_box(QRect(0, 0, *size), view, ratio))
        return points <= AT_ONCE_POINTS[points <= RICH_POINTS]

    def mark_all(self) -> None:
        """All shapes may look different now."""
        self._back = None
        self._all_dirty = True
        self._dirty.clear()

    def needs_rendering(self, view: ViewTransform, size: tuple[int, int]) -> bool:
        """Whether the layers are for another view, or none are there."""
        front = self._front
        return front is None or self._all_dirty or not front.is_for(view, size, front.ratio)

    def is_for(self, view: ViewTransform) -> bool:
        """Whether what is there was drawn for this view, right or not."""
        return self._front is not None and self._front.view == view

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show meanwhile."""
        return self._front is None

    def render(self, view: ViewTransform, size: tuple[int, int], ratio: float) -> None:
        """Draw both layers now.

        Args:
            view: The transform to draw for.
            size: Width and height, device pixels.
            ratio: Device pixels per view pixel.
        """
        self._back = None
        self.advance(view, size, ratio, budget_s=math.inf)

    def render_image(self, view: ViewTransform, size: tuple[int, int], ratio: float) -> None:
        """Draw the image alone now; the shapes are to follow."""
        ready = ready_for(self._backdrop, view, size, ratio, self._styles.ground)
        plain = QImage(*size, RGB) if ready is None else ready
        rendered = Rendered(view, ratio, plain, plain, rich=False)
        if ready is None:
            self._draw_plain(rendered, rendered.rect)
        self._front = rendered
        self._dirty.clear()
        self._all_dirty, self._plain_dirty = True, False

    def advance(
        self, view: ViewTransform, size: tuple[int, int], ratio: float, *, budget_s: float
    ) -> bool:
        """Go on drawing for at most about `budget_s`; whether the layers are ready."""
        if self._back is None or not self._back[0].is_for(view, size, ratio):
            self._back = self._begin(view, size, ratio)
        rendered, steps = self._back
        until = time.perf_counter() + budget_s
        for _ in steps:
            if time.perf_counter() >= until:
                return False
        self._spare.keep(self._front)
        self._front, self._back = rendered, None
        self._dirty.clear()
        self._all_dirty = self._plain_dirty = False
        return True

    def _begin(
        self, view: ViewTransform, size: tuple[int, int], ratio: float
    ) -> tuple[Rendered, Iterator[None]]:
        """New layers and the steps that draw them; the image is not drawn twice for one view."""
        front, shapes = self._front, self._spare.take(size)
        if front is not None and front.is_for(view, size, ratio) and not self._plain_dirty:
            rendered = replace(front, shapes=shapes, rich=self._affords_rich(front))
            return rendered, self._draw_shapes(rendered, rendered.rect)
        ready = ready_for(self._backdrop, view, size, ratio, self._styles.ground)
        plain = QImage(*size, RGB) if ready is None else ready
        rendered = Rendered(view, ratio, plain, shapes, rich=False)
        rendered.rich = self._affords_rich(rendered)
        if ready is not None:
            return rendered, self._draw_shapes(rendered, rendered.rect)
        return rendered, self._draw_both(rendered)

    def _affords_rich(self, rendered: Rendered) -> bool:
        """Whether few enough vertices are in sight; decided once for a view, not for each edit."""
        return self._scene.points_in(rendered.to_image(rendered.rect)) <= RICH_POINTS

    def _draw_both(self, rendered: Rendered) -> Iterator[None]:
        self._draw_plain(rendered, rendered.rect)
        yield
        yield from self._draw_shapes(rendered, rendered.rect)

    def shift(self, view: ViewTransform, size: tuple[int, int]) -> bool:
        """Move what is drawn when the view only panned by whole device pixels."""
        front = self._front
        if front is None or self._all_dirty or front.view.scale != view.scale:
            return False
        if not front.is_for(front.view, size, front.ratio):
            return False
        dx = (view.dx - front.view.dx) * front.ratio
        dy = (view.dy - front.view.dy) * front.ratio
        step = QPoint(round(dx), round(dy))
        if abs(dx - step.x()) > 1e-6 or abs(dy - step.y()) > 1e-6:
            return False
        if abs(step.x()) * 2 > front.rect.width() or abs(step.y()) * 2 > front.rect.height():
            return False
        self._repair()
        self._back = None
        rect = front.rect
        moved = replace(
            front,
            view=view,
            plain=moved_by(front.plain, step),
            shapes=moved_by(front.shapes, step),
        )
        self._front = moved
        kept = rect & rect.translated(step)
        for strip in around(kept, rect):
            self._draw_plain(moved, strip)
            for _ in self._draw_shapes(moved, strip):
                pass
        return True

    def paint(self, painter: QPainter, view: ViewTransform, *, shapes: bool) -> None:
        """Copy the layers to a painter in view pixels, stretched when they are for another view."""
        front = self._front
        if front is None:
            return
        self._repair()
        layer = front.shapes if shapes else front.plain
        layer.setDevicePixelRatio(front.ratio)
        if front.view == view:
            painter.drawImage(0, 0, layer)
        else:
            self._paint_stretched(painter, view, front, layer)
        layer.setDevicePixelRatio(1.0)

    def _paint_stretched(
        self, painter: QPainter, view: ViewTransform, front: Rendered, layer: QImage
    ) -> None:
        """Show layers of another view where they belong, and the bare image beyond them."""
        window = painter.viewport()
        painter.fillRect(window, QColor(self._styles.colours.background))
        if self._pyramid is not None:
            width, height = self._pyramid.width, self._pyramid.height
            target = QRectF(view.dx, view.dy, width * view.scale, height * view.scale)
            source = QRectF(0, 0, width, height)
            tone = self._styles.ground.tone
            if tone.is_neutral:
                self._pyramid.draw(
                    painter, scale=view.scale * front.ratio, target=target, source=source, fast=True
                )
            else:  # toning all of it would make this frame late
                shrink = COARSE_PX / max(width, height)
                size = max(round(width * shrink), 1), max(round(height * shrink), 1)
                painter.drawImage(target, self._coarse.of(self._pyramid, tone, size))
        factor = view.scale / front.view.scale
        painter.save()
        painter.setTransform(
            QTransform(
                factor, 0, 0, factor,
                view.dx - front.view.dx * factor, view.dy - front.view.dy * factor,
            ),
            True,
        )  # fmt: skip
        painter.drawImage(0, 0, layer)
        painter.restore()

    def _repair(self) -> None:
        """Redraw the rectangles that edits touched since."""
        front, rects = self._front, self._dirty
        if front is None or not rects or self._all_dirty:
            return
        self._dirty = []
        for rect in merged(rects):
            for _ in self._draw_shapes(front, rect):
                pass

    def _draw_plain(self, rendered: Rendered, rect: QRect) -> None:
        ground = self._styles.ground
        draw_image(rendered.plain, rect, self._pyramid, rendered.view, rendered.ratio, ground)

    def _draw_shapes(self, rendered: Rendered, rect: QRect) -> Iterator[None]:
        """Copy the image into the shape layer and draw the resting shapes, in steps.

        All fills, then all lines: no line is dimmed by the fill of a shape above it.
        """
        ratio, view, rich = rendered.ratio, rendered.view, rendered.rich
        found = self._found(rendered, rect)
        painter = QPainter(rendered.shapes)
        try:
            painter.setClipRect(rect)
            painter.drawImage(rect.topLeft(), rendered.plain, rect)
            scale = view.scale * ratio
            painter.setTransform(QTransform(scale, 0, 0, scale, view.dx * ratio, view.dy * ratio))
            # the line drawn over the edge of a fill hides that the fill is not antialiased
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, rich)
            painter.setPen(Qt.PenStyle.NoPen)
            outline, step = self._outlines.outline, STEP_POINTS[rich]
            draw_all = partial(in_steps, painter, outline, found, step_points=step)
            yield from draw_all((painter.setBrush, lambda style: style.brush))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if rich:
                yield from draw_all((painter.setPen, lambda style: style.rim))
            yield from draw_all((painter.setPen, lambda style: style.pen))
        finally:
            painter.end()

    def _found(self, rendered: Rendered, rect: QRect) -> list[tuple[Resting, Instance]]:
        """The instances to draw in a device rectangle with their styles, bottom to top."""
        ratio = rendered.ratio
        width = RICH_LINE_PX * ratio if rendered.rich else 1.0
        scene, styles = self._scene, self._styles
        held = scene.preview.ids if scene.preview is not None else frozenset()
        items = [scene.instances[i] for i in scene.crossing(rendered.to_image(rect))]
        locked, selected = scene.locked, scene.mass_selected
        found = []
        for item in items:
            if item.id not in held:
                kind = kind_of(item, locked=item.id in locked, selected=item.id in selected)
                found.append((styles.resting(item, kind, width, ratio), item))
        return found


class Spare:
    """Keeps the memory of a layer that is shown no more.

    Fresh memory costs as much as drawing into it.
    """

    def __init__(self) -> None:
        self._image: QImage | None = None

    def keep(self, rendered: Rendered | None) -> None:
        """Keep the layer of shapes; the bare image may be someone else's."""
        if rendered is not None and rendered.shapes is not rendered.plain:
            self._image = rendered.shapes

    def take(self, size: tuple[int, int]) -> QImage:
        """A layer of this size to draw into; what it shows is undefined."""
        image, self._image = self._image, None
        if image is not None and (image.width(), image.height()) == size:
            return image
        return QImage(*size, RGB)


def moved_by(layer: QImage, step: QPoint) -> QImage:
    """A copy of the layer moved by whole pixels; what came into sight is undefined."""
    moved = QImage(layer.size(), RGB)
    painter = QPainter(moved)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(step, layer)
    painter.end()
    return moved


def around(inner: QRect, outer: QRect) -> list[QRect]:
    """The up to four rectangles of `outer` that `inner`, which touches its sides, leaves free."""
    strips = [
        QRect(outer.left(), outer.top(), outer.width(), inner.top() - outer.top()),
        QRect(outer.left(), inner.bottom() + 1, outer.width(), outer.bottom() - inner.bottom()),
        QRect(outer.left(), inner.top(), inner.left() - outer.left(), inner.height()),
        QRect(inner.right() + 1, inner.top(), outer.right() - inner.right(), inner.height()),
    ]
    return [strip for strip in strips if not strip.isEmpty()]


def merged(rects: list[QRect]) -> list[QRect]:
    """Fewer rectangles that cover the same: those that overlap become one."""
    result: list[QRect] = []
    for rect in rects:
        grown = rect
        rest = []
        for other in result:
            if other.intersects(grown):
                grown = grown | other
            else:
                rest.append(other)
        result = [*rest, grown]
    return result


def in_steps(
    painter: QPainter,
    outline: Callable[[Part], Outline],
    found: list[tuple[Resting, Instance]],
    pick: tuple[Callable[[T], None], Callable[[Resting], T | None]],
    step_points: int,
) -> Iterator[None]:
    """Draw outlines, so many vertices at a time.

    Args:
        painter: In image pixels.
        outline: What of a part is drawn.
        found: The instances with their styles, bottom to top.
        pick: Gives the painter a pen or brush, and takes that from a style.
        step_points: Vertices of a step.
    """
    use, choose = pick
    style, chosen, drawn = None, None, 0
    for resting, item in found:
        if resting is not style:
            style, chosen = resting, choose(resting)
            if chosen is not None:
                use(chosen)
        if chosen is None:
            continue
        for part in item.parts:
            draw(painter, outline(part))
            drawn += len(part.outer)
        if drawn >= step_points:
            drawn = 0
            yield
    yield
