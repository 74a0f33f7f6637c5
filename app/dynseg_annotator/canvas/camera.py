"""The view transform in force and everything that may move it."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from dynseg_annotator.canvas.view import ViewTransform, view_for

ZOOM_STEP = 1.25
OBJECT_MAX_SCALE = 8.0
"""Stepping from object to object does not enlarge tiny ones beyond this."""
OBJECT_MARGIN = 0.6
"""Context around an object that is zoomed to, as a share of its size on each side."""


class Camera(QObject):
    """Holds the view transform; the only place that changes it.

    Signals:
        changed: The transform, the image size or the view size is another one.
        zoom_changed: The scale, view pixels per image pixel.
    """

    changed = Signal()
    zoom_changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = ViewTransform()
        self.image_size: tuple[float, float] = (0.0, 0.0)
        self.view_size: tuple[float, float] = (1.0, 1.0)
        self.device_ratio = 1.0
        self._follows_fit = True

    def set_image_size(self, width: float, height: float, *, keep_view: bool = False) -> None:
        """Another image: fitted, or shown where the last one was when `keep_view`."""
        self.image_size = (float(width), float(height))
        kept = self.kept(keep_view=keep_view)
        view = view_for(self.image_size, self.view_size, kept=kept)
        self._set(view, follows_fit=kept is None)

    def kept(self, *, keep_view: bool) -> ViewTransform | None:
        """What the next image is looked at with; None when it is fitted."""
        return self.view if keep_view and not self._follows_fit else None

    def set_view_size(self, width: float, height: float, device_ratio: float) -> None:
        """The widget has another size; a fitted image stays fitted, another keeps its middle."""
        old = self.view_size
        self.view_size = (max(width, 1.0), max(height, 1.0))
        self.device_ratio = device_ratio
        if self._follows_fit:
            self.fit()
        else:
            moved = self.view.panned((width - old[0]) / 2, (height - old[1]) / 2)
            self._set(moved.clamped(self.image_size, self.view_size), follows_fit=False)

    @property
    def device_size(self) -> tuple[int, int]:
        """Width and height of the view in device pixels, at least 1."""
        width, height = self.view_size
        ratio = self.device_ratio
        return max(math.ceil(width * ratio), 1), max(math.ceil(height * ratio), 1)

    def fit(self) -> None:
        """Show the whole image; small images are not enlarged beyond 800 %."""
        self._set(view_for(self.image_size, self.view_size), follows_fit=True)

    def fit_width(self) -> None:
        """Show the whole width, the top first."""
        width, height = self.image_size
        fitted = ViewTransform.showing((0.0, 0.0, width, 1.0), self.view_size)
        top = max((self.view_size[1] - height * fitted.scale) / 2, 0.0)
        self._set(ViewTransform(fitted.scale, fitted.dx, top), follows_fit=False)

    def set_zoom(self, scale: float) -> None:
        """Zoom to `scale` view pixels per image pixel around the middle of the view."""
        self.set_view(self.view.scaled_at(scale, self.view_size[0] / 2, self.view_size[1] / 2))

    def zoom_by(self, factor: float, at: tuple[float, float] | None = None) -> None:
        """Zoom at a view position, by default at the middle of the view."""
        x, y = at or (self.view_size[0] / 2, self.view_size[1] / 2)
        zoomed = self.view.zoomed_at(factor, x, y)
        self._set(zoomed.clamped(self.image_size, self.view_size), follows_fit=False)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom_by(1 / ZOOM_STEP)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the image by view pixels."""
        self.pan_from(self.view, dx, dy)

    def pan_from(self, start: ViewTransform, dx: float, dy: float) -> None:
        """Move the image by view pixels from where it was when the gesture began.

        Rounded to device pixels: what is already drawn can then be shifted as it is.
        """
        ratio = self.device_ratio
        moved = start.panned(round(dx * ratio) / ratio, round(dy * ratio) / ratio)
        self._set(moved.clamped(self.image_size, self.view_size), follows_fit=False)

    def show_box(self, box: tuple[float, float, float, float]) -> None:
        """Zoom to `x0, y0, x1, y1` in image pixels with some context around it.

        The whole image is enough for what is nearly as large.
        """
        pad_x = (box[2] - box[0]) * OBJECT_MARGIN
        pad_y = (box[3] - box[1]) * OBJECT_MARGIN
        wide = (box[0] - pad_x, box[1] - pad_y, box[2] + pad_x, box[3] + pad_y)
        view = ViewTransform.showing(wide, self.view_size, max_scale=OBJECT_MAX_SCALE)
        whole = view_for(self.image_size, self.view_size)
        self.set_view(view if view.scale > whole.scale else whole)

    def set_view(self, view: ViewTransform) -> None:
        """Put a transform in force, for example one kept from another image."""
        self._set(view.clamped(self.image_size, self.view_size), follows_fit=False)

    def clamp_to_image(self, x: float, y: float) -> tuple[float, float]:
        """The nearest point of the image."""
        width, height = self.image_size
        return min(max(x, 0.0), width), min(max(y, 0.0), height)

    def _set(self, view: ViewTransform, *, follows_fit: bool) -> None:
        self._follows_fit = follows_fit
        old, self.view = self.view, view
        self.changed.emit()
        if old.scale != view.scale:
            self.zoom_changed.emit(view.scale)
