"""What people do to whole shapes: join, fit, outline, stack, lock, hide."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance
from dynseg.annotation.edits import Edit, Outlining
from dynseg.errors import DynsegError
from dynseg.geometry.boxes import boxes_of
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.canvas.scene import Preview
from dynseg_annotator.dialogs.layout import stand_in_corner
from dynseg_annotator.dialogs.outline_dialog import OutlineDialog
from dynseg_annotator.language import recorded

FIT_REACH_PX = 12.0
"""How far borders may lie apart to be fitted, view pixels: what looks like one border is one."""


class ShapeController(QObject):
    """Turns the actions of the Shape menu into edits."""

    def __init__(
        self, parts: Parts, editing: EditController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._editing = editing
        self._dialog: OutlineDialog | None = None
        self._outlining = self._asked_again = False
        for action_id, slot in self._slots().items():
            parts.actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())
        self._session.changed.connect(lambda *_: self._refresh_preview())
        self._session.selection.changed.connect(lambda _: self._refresh_preview())
        self._session.opened.connect(lambda _: self._close_dialog())
        self._session.closed.connect(self._close_dialog)

    def _slots(self) -> dict[str, Callable[[], None]]:
        """What each action does."""
        return {
            "union": lambda: self._change(recorded("Join"), edits.union),
            "subtract": lambda: self._change(recorded("Subtract"), edits.subtract),
            "intersect": lambda: self._change(recorded("Keep what is shared"), edits.intersect),
            "separate": lambda: self._change(recorded("Separate parts"), edits.separate),
            "fill-holes": lambda: self._change(recorded("Fill holes"), edits.fill_holes),
            "fit-borders": self.fit_borders,
            "outline": self.show_outline_dialog,
            "raise": lambda: self._restack(recorded("Move up"), 1),
            "lower": lambda: self._restack(recorded("Move down"), -1),
            "to-top": lambda: self._restack(recorded("To the top"), 1_000_000),
            "to-bottom": lambda: self._restack(recorded("To the bottom"), -1_000_000),
            "lock-shapes": self.lock,
            "hide-selected": self.hide,
            "show-all": self.show_all,
        }

    def _change(self, text: str, make: Callable[[list[str]], Edit]) -> None:
        """Apply an edit of the selected, unlocked shapes."""
        ids = self._editing.unlocked()
        if ids:
            self._session.apply(text, make(ids))

    def _restack(self, text: str, steps: int) -> None:
        self._change(text, lambda ids: edits.restack(ids, steps))

    def fit_borders(self) -> None:
        """Let the selected shapes share borders with what is beside them."""
        annotation = self._session.annotation
        if annotation is None:
            return
        visibility = self._context.visibility
        fixed = [*visibility.hidden_in(annotation), *visibility.locked_in(annotation)]
        reach_px = max(FIT_REACH_PX / self._parts.canvas.camera.view.scale, 1.0)
        self._change(
            recorded("Fit borders"), lambda ids: edits.fit_borders(ids, reach_px, fixed=fixed)
        )

    def lock(self) -> None:
        """Lock the selected shapes, or unlock them when all are locked."""
        ids = self._session.selection.ids
        if ids:
            visibility = self._context.visibility
            visibility.set_locked(ids, not visibility.locked_ids.issuperset(ids))

    def hide(self) -> None:
        """Hide the selected shapes."""
        ids = self._session.selection.ids
        if ids:
            self._session.selection.clear()
            self._context.visibility.set_hidden(ids, True)

    def show_all(self) -> None:
        """Show and unlock the shapes of this image."""
        self._context.visibility.forget_instances()

    # -- outlines by a slider

    def show_outline_dialog(self) -> None:
        """Simplify, smooth or densify with a preview."""
        if self._dialog is None:
            dialog = self._dialog = OutlineDialog(self._parts.window)
            dialog.changed.connect(self._refresh_preview)
            dialog.accepted.connect(self._apply_outline)
            dialog.finished.connect(lambda _: self._forget_dialog())
            stand_in_corner(dialog, self._parts.canvas, self._seen())
            dialog.show()
        self._refresh_preview()

    def _seen(self) -> QRect:
        """What the selected shapes cover, in pixels of the canvas."""
        view, found = self._parts.canvas.camera.view, QRect()
        boxes = boxes_of([item.parts for item in self._outline_items()])
        for x1, y1, x2, y2 in boxes[~np.isnan(boxes).any(axis=1)].tolist():
            (left, top), (right, bottom) = view.to_view(x1, y1), view.to_view(x2, y2)
            found |= QRectF(left, top, right - left, bottom - top).toAlignedRect()
        return found

    def _outline_edit(self, ids: list[str]) -> Edit | None:
        dialog = self._dialog
        if dialog is None or not ids:
            return None
        return edits.outline(ids, Outlining(dialog.what), dialog.amount_px)

    def _outline_ids(self) -> list[str]:
        """The selected, unlocked shapes that are there."""
        return [item.id for item in self._outline_items()]

    def _outline_items(self) -> list[Instance]:
        annotation, visibility = self._session.annotation, self._context.visibility
        if annotation is None:
            return []
        chosen = set(self._session.selection.ids)
        return [
            item
            for item in annotation.instances
            if item.id in chosen and not visibility.locks(item)
        ]

    def _refresh_preview(self) -> None:
        """Show what the slider would do, worked out beside the window's thread.

        Hundreds of shapes take longer than the slider takes to the next place: of the wishes that
        come meanwhile the newest counts.
        """
        dialog, annotation = self._dialog, self._session.annotation
        if dialog is None or annotation is None:
            return
        if self._outlining:
            self._asked_again = True
            return
        items = self._outline_items()
        ids = [item.id for item in items]
        edit = self._outline_edit(ids)
        if edit is None:
            self._parts.canvas.set_preview(None)
            dialog.show_points(0, 0)
            return
        self._outlining, self._asked_again = True, False
        before = annotation.with_instances(items)

        def work() -> tuple[Annotation, int, int]:
            after = edit(before)
            return after, _points(before), _points(after)

        def done(found: tuple[Annotation, int, int]) -> None:
            self._outlining = False
            after, *points = found
            if self._dialog is dialog and _are(self._outline_items(), items):
                dialog.show_points(*points)
                parts = {item.id: item.parts for item in after.instances}
                self._parts.canvas.set_preview(Preview(frozenset(ids), parts))
            if self._asked_again:
                self._refresh_preview()

        def failed(error: DynsegError) -> None:
            self._outlining = False
            self._context.messages.show_error(error)

        self._context.background.run(work, done=done, failed=failed)

    def _apply_outline(self) -> None:
        ids = self._outline_ids()
        edit = self._outline_edit(ids)
        if self._dialog is not None and edit is not None:
            self._parts.canvas.set_preview(None)
            self._session.apply(self._dialog.text, edit)

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
            self._parts.canvas.set_preview(None)


def _are(some: list[Instance], others: list[Instance]) -> bool:
    """Whether these are the very same shapes."""
    return len(some) == len(others) and all(map(is_, some, others))


def _points(annotation: Annotation) -> int:
    return sum(len(r) for item in annotation.instances for part in item.parts for r in part.rings)
