"""The live-wire: between two clicks the outline follows the edge by itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from dynseg.geometry.polygon import thin_line
from dynseg_annotator.canvas.paths import polygon_from
from dynseg_annotator.canvas.tools.base import Pointer, ToolHost
from dynseg_annotator.canvas.tools.polygon import PolygonTool
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.jobs.edges import Cutout, EdgeTracer
from dynseg_annotator.language import mark, tr

REACH = 150
"""Pixels of the piece of image on each side of a click in which edges are looked for."""
REACH_STEP_PX = 2.0
"""View pixels per pixel of that piece, when the image is not enlarged."""
TOLERANCE_PX = 0.75
"""A path is thinned within this, in pixels of the piece."""
HINT = mark("Click on the edge of an object and follow it; Enter or the first point closes")


class LiveWireTool(PolygonTool):
    """Clicks along an edge; the way between two of them follows it.

    While the map of edges around the last click is being made, and beyond its reach, the way is
    straight.
    """

    name = "live-wire"
    hint = HINT

    def __init__(self, host: ToolHost) -> None:
        super().__init__(host)
        self._tracer = EdgeTracer()
        self._tracer.ready.connect(host.repaint)
        self._step = 1.0

    def press(self, pointer: Pointer) -> None:
        """Take the way to here."""
        self._pressed = self._pointer = pointer
        if not self._points:
            self._append(pointer)
            self._strokes.append(1)
            self._host.say(tr(HINT))
        elif not self._is_closing(pointer):
            way = self._way(*self._host.camera.clamp_to_image(pointer.x, pointer.y))
            self._points += [(x, y) for x, y in way.tolist()]
            self._strokes.append(len(way))
        self._seed()
        self._host.repaint()

    def move(self, pointer: Pointer) -> None:
        """Show the way to here."""
        self._pointer = pointer
        if self._points:
            self._host.repaint()

    def close(self) -> None:
        """Take the way back to the first point."""
        if len(self._points) >= 2:
            way = self._way(*self._points[0])[:-1]
            self._points += [(x, y) for x, y in way.tolist()]
        super().close()
        self._seed()

    def take_back(self) -> None:
        """Remove the last way."""
        super().take_back()
        self._seed()

    def reset(self) -> None:
        """Forget the outline and the edges."""
        super().reset()
        self._tracer.forget()

    def _way(self, x: float, y: float) -> NDArray[np.float64]:
        """`(N, 2)` image points from behind the last one to (x, y), which is the last."""
        end = np.array([(x, y)])
        path = self._tracer.path(x, y)
        if path is None or len(path) < 3:
            return end
        thinned = thin_line(path, tolerance_px=TOLERANCE_PX * self._step)
        return np.concatenate([thinned[1:-1], end])

    def _seed(self) -> None:
        """Make a map of the edges around the last point."""
        if not self._points:
            self._tracer.forget()
            return
        x, y = self._points[-1]
        self._step = max(round(REACH_STEP_PX / self._host.camera.view.scale), 1)
        reach = REACH * self._step
        found = self._host.pixels((x - reach, y - reach, x + reach, y + reach))
        if found is None:
            return
        pixels, (left, top) = found
        small = np.ascontiguousarray(pixels[:: self._step, :: self._step])
        self._tracer.follow(Cutout(small, left, top, self._step), x, y)

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the outline so far and the way to the pointer."""
        pointer, self._pointer = self._pointer, None  # no straight guide
        super().paint(painter, view)
        self._pointer = pointer
        if not self._points or pointer is None:
            return
        at = self._points[0] if self._is_closing(pointer) else None
        x, y = at or self._host.camera.clamp_to_image(pointer.x, pointer.y)
        way = np.concatenate([np.array(self._points[-1:]), self._way(x, y)])
        line = polygon_from(view.points_to_view(way))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("halo", 4.0), ("accent", 2.0)):
            painter.setPen(QPen(self._host.colours.colour(name), width))
            painter.drawPolyline(line)
