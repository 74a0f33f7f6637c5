"""The canvas: one raster widget that shows an image with its instances and asks for edits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation
from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.colours import DARK, CanvasColours
from dynseg_annotator.canvas.host import CanvasHost
from dynseg_annotator.canvas.image_pyramid import ImagePyramid
from dynseg_annotator.canvas.labels import Labels
from dynseg_annotator.canvas.layers import Layers
from dynseg_annotator.canvas.marks import Mark, Marks
from dynseg_annotator.canvas.minimap import MiniMap
from dynseg_annotator.canvas.options import ViewOption, ViewOptions
from dynseg_annotator.canvas.overlay import Overlay
from dynseg_annotator.canvas.paths import OutlineCache
from dynseg_annotator.canvas.picking import Picker, Target
from dynseg_annotator.canvas.placeholder import Placeholder
from dynseg_annotator.canvas.rendering import Rendering
from dynseg_annotator.canvas.scene import Box, Preview, Scene
from dynseg_annotator.canvas.staging import Staged, Staging
from dynseg_annotator.canvas.styles import Styles
from dynseg_annotator.canvas.tone import Tone
from dynseg_annotator.canvas.tool_surface import ToolSurface
from dynseg_annotator.language import tr

MAX_SMALL_UPDATE = 12
"""Instances whose rectangles are worth adding up; beyond, everything is repainted."""
MAX_CLIPS = 6
"""Rectangles that are painted one by one; beyond, what is around them all."""


class Canvas(ToolSurface):
    """Shows an image and its annotation; never changes either.

    Signals:
        zoom_changed: View pixels per image pixel.

    Attributes:
        looks_back: What is shown is not the document, so no tool works on it.
    """

    zoom_changed = Signal(float)

    fill_opacity = ViewOption[float]()
    outline_only = ViewOption[bool]()
    show_labels = ViewOption[bool]()
    hide_shapes = ViewOption[bool]()
    tone = ViewOption[Tone]()
    show_minimap = ViewOption[bool]()
    pixel_grid = ViewOption[bool]()

    def __init__(self, parent: QWidget | None = None, *, colours: CanvasColours = DARK) -> None:
        super().__init__(Camera(), parent)
        self.camera.setParent(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("The image with its shapes; keys are listed in the help."))
        self.scene = Scene()
        self.options = ViewOptions()
        self.has_image = False
        self._marks = Marks()
        self.looks_back = False
        self._outlines = OutlineCache()
        self._styles = Styles(colours, self.options, self.scene.classes)
        self._layers = Layers(self.scene, self._styles, self._outlines)
        self._labels = Labels(self.scene, self.font())
        self._overlay = Overlay(self.scene, self._styles, self._outlines, self._labels)
        self.minimap = MiniMap(self.camera, self._styles, self)
        self._placeholder = Placeholder()
        self._picker = Picker(self.scene)
        self._host = CanvasHost(self, self._picker, colours)
        self.make_tools(self._host)
        self.rendering = Rendering(self._layers, self.camera, self.update, self)
        self._prepare_timer = QTimer(self, singleShot=True)
        self._prepare_timer.timeout.connect(self._picker.prepare)
        self.camera.changed.connect(self._on_camera_changed)
        self.camera.zoom_changed.connect(self.zoom_changed)

    # -- what is shown

    def set_image(
        self,
        image: QImage | None,
        *,
        size: tuple[int, int] | None = None,
        keep_view: bool = False,
        staged: Staged | None = None,
    ) -> None:
        """Show another image.

        Args:
            image: The decoded image, best as Format_RGB32; None for the placeholder.
            size: Width and height in image pixels when `image` is only a smaller preview.
            keep_view: Stay where the last image was looked at, unless it was fitted.
            staged: What `staging` made of this image.
        """
        self.has_image = image is not None and not image.isNull()
        if image is None or not self.has_image:
            self._tool.reset()
            self._layers.set_image(None)
        else:
            width, height = size or (image.width(), image.height())
            if (width, height) != self.camera.image_size:
                self._tool.reset()
            if staged is None:
                self._layers.set_image(ImagePyramid(image, width=width, height=height))
            else:
                self._layers.set_image(staged.pyramid, staged.backdrop)
            self.camera.set_image_size(width, height, keep_view=keep_view)
        self.minimap.set_image(self._layers.pyramid)
        self.zoom_changed.emit(self.camera.view.scale)  # also where it is that of the image before
        self.update()

    def staging(self, *, keep_view: bool = False) -> Staging:
        """What gets the next images ready for the view as it is now, off this thread."""
        camera = self.camera
        return Staging(
            view_size=camera.view_size,
            device_size=camera.device_size,
            ratio=camera.device_ratio,
            kept=camera.kept(keep_view=keep_view),
            ground=self._styles.ground,
        )

    def set_annotation(
        self, annotation: Annotation | None, changed_ids: Iterable[str] | None = None
    ) -> None:
        """Show another document; what is not the same object any more is drawn again.

        Args:
            annotation: The document; None for no shapes.
            changed_ids: Not needed: instances are frozen, so identity tells what changed.
        """
        del changed_ids
        preview, before = self.scene.preview, self.scene.annotation
        held = [self.scene.instance(i) for i in preview.ids] if preview is not None else []
        boxes = self.scene.set_annotation(annotation)
        if any(item is not None and self.scene.instance(item.id) is not item for item in held):
            self._tool.interrupt()
        if boxes is None:
            same_image = before and annotation and before.image_id == annotation.image_id
            if not same_image:
                self._tool.reset()
                self._outlines.clear()
                self._overlay.hovered = None
            self._layers.mark_all()
        else:
            self._layers.mark(boxes)
        self._tool.follow_document()
        self._prepare_timer.start(0)
        self.update()

    def set_classes(self, classes: ClassTable) -> None:
        """Names and colours of the classes."""
        self.scene.classes = classes
        self._restyle()

    def set_colours(self, colours: CanvasColours) -> None:
        """Light, dark or other colours."""
        self._host.colours = colours
        self._restyle()

    def set_options(self, options: ViewOptions) -> None:
        """How the shapes are shown; also field by field, as in `canvas.fill_opacity = 0.3`."""
        self.options = options
        self._restyle()

    def _restyle(self) -> None:
        self._styles = Styles(self._host.colours, self.options, self.scene.classes)
        self._layers.set_styles(self._styles)
        self._overlay.set_styles(self._styles)
        self.minimap.set_styles(self._styles)
        self.update()

    def set_selection(self, ids: Collection[str]) -> None:
        """Show these instances as selected."""
        before = self.scene.selected
        if self.scene.select(ids):
            self._layers.mark_all()
            self.update()
        self._update_overlay(tuple(set(before) ^ set(ids)))
        self._prepare_timer.start(0)

    def set_hidden(self, ids: Collection[str]) -> None:
        """Neither draw nor pick these instances."""
        changed = self.scene.hidden ^ frozenset(ids)
        self.scene.set_hidden(ids)
        self._mark(changed)

    def set_locked(self, ids: Collection[str]) -> None:
        """Draw these instances, but let the pointer pass through them."""
        changed = self.scene.locked ^ frozenset(ids)
        self.scene.set_locked(ids)
        self._mark(changed)

    def set_placeholder(self, title: str, text: str = "") -> None:
        """What stands in the middle while there is no image."""
        self._placeholder = Placeholder(title, text)
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show what a run does to shapes, over them."""
        if marks or self._marks.shown:
            self._marks.set(marks)
            self.update()

    def ids_under(self, x: float, y: float) -> list[str]:
        """Ids of the shapes around an image point that can be picked, the smallest first."""
        return self._picker.under(x, y) if self.accepts_gestures else []

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is shown of a run."""
        return self._marks.shown

    def set_hovered(self, target: Target | None) -> None:
        """Show what the pointer would grab; called by the tools."""
        before, self._overlay.hovered = self._overlay.hovered, target
        self._update_overlay(tuple({t.id for t in (before, target) if t is not None}))

    def set_preview(self, preview: Preview | None) -> None:
        """Show instances as a gesture would leave them; called by the tools."""
        before = self.scene.preview
        if preview is None and before is None:
            return
        view = self.camera.view
        rect = self._overlay.preview_box(view)
        self.scene.preview = preview
        if before is None or preview is None or before.ids != preview.ids:
            for held in (before, preview):
                if held is not None:
                    self._mark(held.ids)
        if preview is not None and preview.touched is not None:
            rect = self._overlay.around(preview.touched, view)
        else:
            rect = rect.united(self._overlay.preview_box(view))
        self.update(rect.toAlignedRect())

    @property
    def accepts_gestures(self) -> bool:
        """Whether there is an image to work on."""
        return self.has_image and not self.options.hide_shapes and not self.looks_back

    def pixels(self, box: Box) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
        """The image in a box, as decoded: `(H, W, 3)` uint8 RGB, column and row of its corner.

        None without an image, for a box outside of it, or while there is only a preview.
        """
        pyramid = self._layers.pyramid
        return None if pyramid is None else pyramid.pixels(box)

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the layers and draw what is live."""
        with QPainter(self) as painter:
            if not self.has_image:
                rect = QRectF(self.rect())
                self._placeholder.paint(painter, rect, self._host.colours, self.font())
                return
            self._labels.set_font(self.font())
            self.rendering.prepare_paint()
            region = event.region()
            if region.rectCount() > MAX_CLIPS:
                region = QRegion(event.rect())
            for part in cast("Iterable[QRect]", region):
                # one rectangle at a time: below a clip of several, copying takes ten times as long
                painter.setClipRect(part)
                self._paint(painter, QRectF(part))
            if self.shows_focus:
                painter.setClipRect(self.rect())
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._host.colours.colour("accent"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint(self, painter: QPainter, clip: QRectF) -> None:
        view, size = self.camera.view, self.camera.view_size
        shown = not self.options.hide_shapes
        self._layers.paint(painter, view, shapes=shown)
        if shown:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._overlay.paint(painter, view, size, clip)
            self._marks.paint(painter, view, clip, self._host.colours)
            self._tool.paint(painter, view)

    def _on_camera_changed(self) -> None:
        self.rendering.follow_camera()
        self.update()

    def _mark(self, ids: Iterable[str]) -> None:
        """These instances look different now."""
        ids = tuple(ids)
        boxes = [self.scene.box([instance_id]) for instance_id in ids]
        self._layers.mark([box for box in boxes if box is not None])
        self._update_overlay(ids)

    def _update_overlay(self, ids: tuple[str, ...]) -> None:
        """Repaint where these instances are drawn live."""
        if len(ids) > MAX_SMALL_UPDATE:
            self.update()
            return
        for instance_id in ids:
            rect = self._overlay.box_of(instance_id, self.camera.view, self.camera.view_size)
            self.update(rect.toAlignedRect())

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(960, 640)
