"""Tools that cut: a line through shapes, a hole out of them."""

from __future__ import annotations

import numpy as np

from dynseg.annotation.edits import cut_hole, split
from dynseg.geometry import contour
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import thin_line
from dynseg_annotator.canvas.tools.base import Pointer, editable
from dynseg_annotator.canvas.tools.polygon import PolygonTool
from dynseg_annotator.language import mark, recorded, tr

SPLIT_HINT = mark("Drag a line across a shape, or click from side to side; Esc returns to editing")
CUTTING_HINT = mark("Through the shape and out on its other side; Esc drops the line")
HOLE_HINT = mark("Draw what is to be cut out of the shape; Esc returns to editing")


class SplitTool(PolygonTool):
    """Cuts the selected shapes along a line; without a selection, all that the line cuts through.

    A drag is a cut when it ends. Clicks are one as soon as the line cuts through a shape.
    """

    name = "split"
    hint = SPLIT_HINT
    drawing_hint = CUTTING_HINT
    closes = False

    def release(self, pointer: Pointer) -> None:
        """End a drag, or look whether the clicks cut through a shape by now."""
        freehand = self._freehand
        super().release(pointer)
        if freehand or (len(self._points) > 1 and self._cut()):
            self.close()

    def close(self) -> None:
        """Ask for the cut, or say what is missing."""
        if not self._points:
            return
        ids, line = self._cut(), self._line()
        self.reset()
        if not ids:
            self._host.say(tr("Refused: the line does not cut through a shape"))
            return
        one, many = recorded("Split shape"), recorded(f"Split {len(ids)} shapes")
        text = one if len(ids) == 1 else many
        if self._host.request_edit(text, split(ids, line), ids):
            self._host.say(tr(self.hint))

    def _line(self) -> np.ndarray:
        points = np.array(self._points)
        if self._drew_freehand:
            points = thin_line(points, tolerance_px=self._tolerance_px())
        return points

    def _cut(self) -> tuple[str, ...]:
        """The shapes that the line cuts through."""
        host, line = self._host, self._line()
        if len(line) < 2:
            return ()
        (x0, y0), (x1, y1) = line.min(axis=0), line.max(axis=0)
        ids = editable(host) or host.picker.within((float(x0), float(y0), float(x1), float(y1)))
        items = [item for i in ids if (item := host.scene.instance(i)) is not None]
        return tuple(item.id for item in items if len(contour.split(item.parts, line)) > 1)


class HoleTool(PolygonTool):
    """Cuts a drawn region out of the selected shapes, or out of the smallest one around it."""

    name = "hole"
    hint = HOLE_HINT

    def _hand_over(self, parts: tuple[Part, ...]) -> None:
        host = self._host
        ids = editable(host)
        if not ids:
            x, y = parts[0].outer.mean(axis=0).tolist()
            ids = tuple(i for i in host.picker.under(x, y) if i not in host.scene.locked)[:1]
        if not ids:
            host.say(tr("Refused: there is no shape below; select the one to cut"))
            return
        host.request_edit(recorded("Cut hole"), cut_hole(ids, parts), ids)
