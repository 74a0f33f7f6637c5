"""When the layers are drawn: at once, or in slices while the events are quiet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from dynseg_annotator.canvas.camera import Camera
from dynseg_annotator.canvas.layers import Layers

SETTLE_MS = 40
"""Quiet time after the last zoom step before the layers are drawn anew."""
SLICE_S = 0.008
"""Longest stretch of drawing between two looks at the events that wait."""


class Rendering(QObject):
    """Keeps the layers right for the camera without making the events wait.

    Args:
        layers: What is drawn.
        camera: Where it is looked at from.
        repaint: Called when layers have become ready.
        parent: Owns this object and its timer.
    """

    def __init__(
        self,
        layers: Layers,
        camera: Camera,
        repaint: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._layers = layers
        self._camera = camera
        self._repaint = repaint
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._draw_slice)

    def follow_camera(self) -> None:
        """The view moved: shift what is drawn, or draw anew once the view is at rest."""
        view, size = self._camera.view, self._camera.device_size
        self._layers.postpone_repairs()
        if self._layers.is_empty or not self._layers.needs_rendering(view, size):
            return
        if not self._layers.shift(view, size):
            self._timer.start(SETTLE_MS)

    def prepare_paint(self) -> None:
        """See to it that there is something to paint, right or soon to be."""
        layers, camera = self._layers, self._camera
        layers.postpone_repairs()
        if not layers.needs_rendering(camera.view, camera.device_size):
            return
        if (layers.is_empty or layers.is_for(camera.view)) and layers.is_quick(
            camera.view, camera.device_size, camera.device_ratio
        ):
            self._draw_all()
            return
        if layers.is_empty:
            layers.render_image(camera.view, camera.device_size, camera.device_ratio)
        if not self._timer.isActive():
            self._timer.start(0)

    def finish(self) -> None:
        """Draw now what would otherwise be drawn when the events are quiet."""
        self._draw_all()
        self._repaint()

    def _draw_all(self) -> None:
        self._timer.stop()
        camera = self._camera
        self._layers.render(camera.view, camera.device_size, camera.device_ratio)

    def drop(self) -> None:
        """Draw everything from nothing next time."""
        self._layers.drop()

    def _draw_slice(self) -> None:
        camera = self._camera
        done = self._layers.advance(
            camera.view, camera.device_size, camera.device_ratio, budget_s=SLICE_S
        )
        if done:
            self._repaint()
        else:
            self._timer.start(0)
