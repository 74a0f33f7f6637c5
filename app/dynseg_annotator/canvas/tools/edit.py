"""The edit tool: select, move, reshape, delete."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from dynseg.annotation.document import new_id
from dynseg.annotation.edits import delete_vertex, insert_vertex, remove, translate
from dynseg.geometry.polygon import problem
from dynseg_annotator.canvas.picking import Grip, Target
from dynseg_annotator.canvas.tools.base import (
    ALT,
    CTRL,
    NO_MODIFIER,
    SHIFT,
    Pointer,
    ToolHost,
    editable,
)
from dynseg_annotator.canvas.tools.drags import BandDrag, Drag, GripDrag, ShapesDrag
from dynseg_annotator.canvas.tools.gestures import CLICKS, CVAT_CLICKS, DRAGS, Does, look_up
from dynseg_annotator.canvas.tools.sweeps import RedrawDrag, SweepDrag
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.language import mark, recorded, tr

DRAG_FROM_PX = {Grip.VERTEX: 2.0, Grip.EDGE: 3.0, Grip.SHAPE: 5.0}
"""How far the pointer must go for a press to become a drag: further for whole shapes, which
would otherwise be moved by mistake when a person only selects them."""
BAND_FROM_PX = 4.0
SAME_SPOT_PX = 4.0
NUDGE_PX, FAR_NUDGE_PX = 1.0, 10.0
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
RESTING_HINT = mark("Click a shape to select it; drag on empty space to select several")
HINTS = {
    Grip.VERTEX: mark("Drag moves the vertex, Backspace deletes it, Shift+drag redraws from here"),
    Grip.EDGE: mark("Drag or Alt+click to insert a vertex; Shift+drag redraws from here"),
    Grip.SHAPE: mark(
        "Click selects, again what lies below; a number gives the class; drag moves; Alt+drag "
        "sweeps vertices away"
    ),
}
CURSORS = {
    Grip.VERTEX: Qt.CursorShape.PointingHandCursor,
    Grip.EDGE: Qt.CursorShape.CrossCursor,
    Grip.SHAPE: Qt.CursorShape.ArrowCursor,
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What the button went down on."""

    pointer: Pointer
    target: Target | None
    under: tuple[str, ...]


class EditTool:
    """Selects and changes what is there.

    What is highlighted under the pointer is what a drag grabs. A press on a shape that is not
    selected selects it at once, unless a selected one lies below: that one may be meant to be
    dragged, so the selection waits for the release.
    """

    name = "edit"

    def __init__(self, host: ToolHost) -> None:
        self._host = host
        self._pressed: Pressed | None = None
        self._drag: Drag | None = None
        self._loose = False
        """The drag goes on with the button up, until the next press."""
        self._hovered: Target | None = None
        self._pointer: Pointer | None = None
        self._clicked: tuple[Pointer, str] | None = None
        """The last click that selected, for clicking through what lies below."""
        self._before_cycle: str | None = None
        self._nudged: tuple[str, ...] = ()
        self._nudging = ""
        """Gesture of the nudges of these shapes; no other ones have it, also after a restart."""

    @property
    def is_drawing(self) -> bool:
        """Whether something is being dragged."""
        return self._drag is not None

    def activate(self) -> None:
        """Arrow and hint."""
        self._host.set_cursor(Qt.CursorShape.ArrowCursor)
        self._host.say(tr(RESTING_HINT))

    def press(self, pointer: Pointer) -> None:
        """Remember what is below; select it when nothing selected is."""
        host = self._host
        if self._loose:
            return
        self._before_cycle = None
        target = host.picker.pick(pointer.x, pointer.y, scale=host.camera.view.scale)
        under = tuple(host.picker.under(pointer.x, pointer.y))
        self._pressed = Pressed(pointer, target, under)
        self._set_hovered(target)
        if target is None or pointer.has(CTRL) or pointer.has(SHIFT) or pointer.has(ALT):
            return
        selected = set(host.scene.selected)
        over_selected = target.grip is Grip.SHAPE and not selected.isdisjoint(under)
        if target.id not in selected and not over_selected:
            host.request_selection([target.id])

    def move(self, pointer: Pointer) -> None:
        """Drag, begin to drag, or show what a press would grab."""
        self._pointer = pointer
        if self._drag is not None:
            if not pointer.pressed and not self._loose:  # the release went elsewhere
                self.interrupt()
            else:
                self._drag.move(pointer)
            return
        pressed = self._pressed
        if pressed is not None and pointer.pressed:
            far = BAND_FROM_PX
            if pressed.target is not None:
                far = DRAG_FROM_PX[pressed.target.grip]
            if pointer.distance_px(pressed.pointer) >= far:
                self._begin_drag(pressed)
                if self._drag is not None:
                    self._drag.move(pointer)
            return
        self._pressed = None
        self._set_hovered(
            self._host.picker.pick(pointer.x, pointer.y, scale=self._host.camera.view.scale)
        )

    def _begin_drag(self, pressed: Pressed) -> None:
        host, target, start = self._host, pressed.target, pressed.pointer
        does = look_up(DRAGS, start.modifiers, target.grip if target else None)
        if does is Does.BAND:
            keep = host.scene.selected if start.has(CTRL) or start.has(SHIFT) else ()
            self._drag = BandDrag(host, start, keep)
        elif does is Does.SWEEP:
            ids = editable(self._host) or ((target.id,) if target else ())
            self._drag = SweepDrag(host, ids, start) if ids else None
        elif target is not None and does is Does.REDRAW:
            self._drag = RedrawDrag(host, target, start)
        elif target is not None and does is Does.MOVE_GRIP:
            self._drag = GripDrag(host, target, start)
        elif target is not None and does is Does.MOVE_SHAPES:
            selected = editable(host)  # what is hidden does not move along
            held = set(selected) & {*pressed.under, target.id}
            self._drag = ShapesDrag(host, selected if held else (target.id,), start)
            host.set_cursor(Qt.CursorShape.SizeAllCursor)
        if self._drag is not None:
            host.hover(None)

    def release(self, pointer: Pointer) -> None:
        """Finish the drag, or treat it as a click."""
        pressed, drag = self._pressed, self._drag
        self._pressed = self._drag = None
        self._loose = False
        if drag is not None:
            drag.finish(pointer)
            self._host.show_preview(None)
            self._clicked = None
            self._hover_again(pointer)
        elif pressed is not None:
            self._click(pressed)

    def _hover_again(self, pointer: Pointer) -> None:
        host = self._host
        self._hovered = None
        target = host.picker.pick(pointer.x, pointer.y, scale=host.camera.view.scale)
        self._hovered = target
        host.hover(target)
        host.set_cursor(CURSORS[target.grip] if target else Qt.CursorShape.ArrowCursor)

    def _click(self, pressed: Pressed) -> None:
        host, target, start = self._host, pressed.target, pressed.pointer
        rows = CVAT_CLICKS if host.settings.alt_deletes else CLICKS
        does = look_up(rows, start.modifiers, target.grip if target else None)
        if target is None:
            if does is Does.CLEAR_SELECTION and host.scene.selected:
                host.request_selection([])
        elif does is Does.SELECT:
            self._select_at(pressed, target)
        elif does is Does.SELECT_ALONE:
            if len(host.scene.selected) > 1:
                host.request_selection([target.id])
        elif does is Does.DELETE_VERTEX:
            self._delete_vertex(target)
        elif does is Does.INSERT_VERTEX:
            self._insert_vertex(target)
        elif does is Does.REDRAW_LOOSE:
            self._drag, self._loose = RedrawDrag(host, target, start), True
            host.hover(None)
        elif does is Does.ADD_TO_SELECTION:
            selected = host.scene.selected
            without = [i for i in selected if i != target.id]
            found = target.id in selected
            host.request_selection(without if found else [*selected, target.id])

    def _select_at(self, pressed: Pressed, target: Target) -> None:
        """Select the smallest shape below, or the next one when clicked there again."""
        host, start = self._host, pressed.pointer
        chosen = pressed.under[0] if pressed.under else target.id
        last = self._clicked
        if (
            last is not None
            and start.distance_px(last[0]) <= SAME_SPOT_PX
            and host.scene.selected == (last[1],)
            and last[1] in pressed.under
        ):
            self._before_cycle = last[1]
            chosen = pressed.under[(pressed.under.index(last[1]) + 1) % len(pressed.under)]
        self._clicked = (start, chosen)
        if host.scene.selected != (chosen,):
            host.request_selection([chosen])

    def double_click(self, pointer: Pointer) -> None:
        """Open the shape that the first of the two clicks selected."""
        if self._loose:
            return
        target = self._host.picker.pick(pointer.x, pointer.y, scale=self._host.camera.view.scale)
        if target is None:
            return
        chosen = self._before_cycle
        if chosen is None:
            under = self._host.picker.under(pointer.x, pointer.y)
            chosen = next((i for i in under if i in self._host.scene.selected), target.id)
        self._before_cycle = self._clicked = None
        self._host.request_selection([chosen])
        self._host.activate(chosen)

    def leave(self) -> None:
        """Nothing is under the pointer any more."""
        if self._drag is None:
            self._set_hovered(None)

    def _set_hovered(self, target: Target | None) -> None:
        if target == self._hovered:
            return
        before, self._hovered = self._hovered, target
        self._host.hover(target)
        grip = target.grip if target else None
        if grip != (before.grip if before else None):
            self._host.set_cursor(CURSORS[grip] if grip else Qt.CursorShape.ArrowCursor)
            self._host.say(tr(HINTS[grip] if grip else RESTING_HINT))

    def wants(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Delete, Backspace, arrows with a selection; Esc with something to drop."""
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        has_selection = bool(self._host.scene.selected)
        if key == Qt.Key.Key_Escape:
            return self._drag is not None or has_selection
        if key == Qt.Key.Key_Delete:
            return has_selection and plain == NO_MODIFIER
        if key == Qt.Key.Key_Backspace:
            return plain == NO_MODIFIER and (has_selection or self._hovered is not None)
        if key in ARROWS:
            return has_selection and plain in (NO_MODIFIER, SHIFT)
        return False

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        """Delete, nudge or drop."""
        if key == Qt.Key.Key_Escape:
            if self._drag is not None:
                self.interrupt()
                self._host.say(tr("Cancelled; nothing was changed"))
            else:
                self._host.request_selection([])
        elif self._drag is not None:
            return
        elif key == Qt.Key.Key_Delete:
            self._delete_shapes()
        elif key == Qt.Key.Key_Backspace:
            if self._hovered is not None and self._hovered.grip is Grip.VERTEX:
                self._delete_vertex(self._hovered)
            else:
                self._host.say(tr("Point at a vertex to delete it with Backspace"))
        elif key in ARROWS:
            step = FAR_NUDGE_PX if modifiers & SHIFT else NUDGE_PX
            dx, dy = ARROWS[Qt.Key(key)]
            self._nudge(dx * step, dy * step)

    def _delete_shapes(self) -> None:
        ids = editable(self._host)
        if not ids:
            self._host.say(tr("The selected shapes are locked"))
            return
        one, many = recorded("Delete shape"), recorded(f"Delete {len(ids)} shapes")
        self._set_hovered(None)
        self._host.request_edit(one if len(ids) == 1 else many, remove(ids), ids)

    def _nudge(self, dx: float, dy: float) -> None:
        ids = editable(self._host)
        if not ids:
            self._host.say(tr("The selected shapes are locked"))
            return
        if ids != self._nudged:  # one undo step for all nudges of the same selection
            self._nudged, self._nudging = ids, f"nudge {new_id()}"
        self._host.request_edit(recorded("Nudge"), translate(ids, dx, dy), ids, self._nudging)

    def _delete_vertex(self, target: Target) -> None:
        document, item = self._host.scene.annotation, self._host.scene.instance(target.id)
        if document is None or item is None:
            return
        edit = delete_vertex(target.id, target.part, target.ring, target.vertex)
        if len(item.parts[target.part].rings[target.ring]) > 3:
            result = edit(document.with_instances((item,))).instances[0].parts[target.part]
            if problem(item.parts[target.part]) is None and problem(result) is not None:
                self._host.say(tr("Refused: without this vertex the outline would cross itself"))
                return
        self._set_hovered(None)
        self._host.request_edit(recorded("Delete vertex"), edit, [target.id])

    def _insert_vertex(self, target: Target) -> None:
        edit = insert_vertex(target.id, target.part, target.ring, target.vertex, target.x, target.y)
        self._host.request_edit(recorded("Insert vertex"), edit, [target.id])

    def follow_document(self) -> None:
        """Look again at what is under the pointer: vertices may have come or gone."""
        if self._hovered is not None and self._drag is None and self._pointer is not None:
            at = self._pointer
            scale = self._host.camera.view.scale
            self._set_hovered(self._host.picker.pick(at.x, at.y, scale=scale))

    def interrupt(self) -> None:
        """Drop the drag; the document is as it was."""
        dragging = self._drag is not None
        self._drag = self._pressed = None
        self._loose = False
        if dragging:
            self._host.show_preview(None)
            self._host.repaint()
            self._host.set_cursor(Qt.CursorShape.ArrowCursor)

    def reset(self) -> None:
        """Drop everything."""
        self.interrupt()
        self._clicked = self._before_cycle = None
        self._nudged = ()
        self._set_hovered(None)

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Draw the rubber band."""
        if self._drag is not None:
            self._drag.paint(painter, view)
