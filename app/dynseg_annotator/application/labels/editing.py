"""What people do to shapes: every action ends in one `session.apply`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import NavigationController, by_certainty
from dynseg_annotator.context import AppContext, Level
from dynseg_annotator.language import engine_text, recorded, tr, tr_n
from dynseg_annotator.session.clipboard import Clipboard, copies_beside

NUDGES = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, -1.0),
    "down": (0.0, 1.0),
}
FAR_PX = 10.0
CANVAS_MENU = (
    "edit-label", "accept-object", "reject-object", "find-alike", "",
    "copy", "paste", "duplicate", "delete", "",
    "to-top", "to-bottom", "lock-shapes", "hide-selected", "",
    "run-image", "accept-image", "zoom-selection", "zoom-fit",
)  # fmt: skip
"""Actions of the canvas' context menu; empty for a line."""


class EditController(QObject):
    """Turns actions and the canvas' requests into edits of the document."""

    class_needed = Signal(object, object)
    """A shape was drawn and there is no class yet: its parts, and what keeps it once there is."""
    shape_added = Signal(str)
    """Id of a shape that was drawn and has the current class."""
    none_left = Signal()
    """The last proposal of the image was accepted, rejected or given a class."""

    def __init__(
        self, parts: Parts, navigation: NavigationController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._navigation = navigation
        self._clipboard = Clipboard()
        actions = parts.actions
        for action_id, slot in (
            ("undo", self._session.undo),
            ("redo", self._session.redo),
            ("copy", self.copy),
            ("paste", self.paste),
            ("duplicate", self.duplicate),
            ("select-all", self.select_all),
            ("delete", self.delete),
            ("accept-object", self.accept_objects),
            ("reject-object", self.reject_objects),
            ("accept-all", self.accept_all_shown),
            ("accept-image", self.accept_image),
            ("skip-image", self.skip_image),
            ("reopen-image", self.reopen_image),
        ):
            actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())
        for side, (dx, dy) in NUDGES.items():
            for suffix, px in (("", 1.0), ("-far", FAR_PX)):
                actions[f"nudge-{side}{suffix}"].triggered.connect(
                    partial(self._nudge, dx * px, dy * px)
                )
        parts.context.project_closed.connect(self._clipboard.clear)
        parts.canvas.edit_requested.connect(self._apply)
        parts.canvas.shape_drawn.connect(self.add_shape)
        parts.canvas.selection_requested.connect(self._select)
        parts.canvas.context_menu_requested.connect(self._show_menu)

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected instances."""
        return self._session.selection.ids

    def add_shape(self, parts: tuple[Part, ...]) -> None:
        """A shape was drawn: it gets the current class."""
        class_id = self._context.current_class
        if class_id is None:
            self.class_needed.emit(parts, partial(self.add_shape, parts))
            return
        self.show_class(class_id)
        drawn = Instance(class_id=class_id, parts=tuple(parts), origin=Origin.HUMAN)
        if self._session.apply(recorded("Draw shape"), edits.add(drawn), drawing_gesture(drawn.id)):
            self._session.selection.set([drawn.id])
            self.shape_added.emit(drawn.id)

    def show_class(self, class_id: int) -> None:
        """A shape of a class that is hidden is to be seen: so is the class."""
        visibility = self._context.visibility
        if class_id in visibility.hidden_classes:
            visibility.set_class_hidden(class_id, False)
            name = self._context.classes.by_id(class_id).name
            self._parts.window.status_line.set_hint(tr("{name} is shown again", name=name))

    def relabel(
        self, class_id: int, *, ids: Collection[str] | None = None, gesture: str | None = None
    ) -> None:
        """Give shapes that are not locked another class, and the next ones too.

        In review mode that decides a proposal, as accepting it does: the next one comes.

        Args:
            class_id: The class.
            ids: The shapes; the selected ones when None.
            gesture: Of the drawing of the shape, when this ends it: both are one undo step.
        """
        self._context.set_current_class(class_id)
        ids = self.unlocked(ids)
        if ids:
            name = self._context.classes.by_id(class_id).name
            text = recorded("Draw shape") if gesture else recorded(f"Change class to {name}")
            decides = not {item.id for item in self._proposals()}.isdisjoint(ids)
            applied = self._session.apply(text, edits.relabel(ids, class_id), gesture)
            if not applied or not decides:
                return
            if self._parts.actions["review-mode"].isChecked():
                self._go_to_next_proposal()
            elif not self._proposals():
                self.none_left.emit()

    def copy(self) -> None:
        """Keep the selected shapes for pasting."""
        annotation = self._session.annotation
        if annotation is None:
            return
        count = self._clipboard.copy(annotation.image_id, _those(self.selected, annotation))
        if count:
            self._parts.window.status_line.set_hint(
                tr_n("{n} shape copied", "{n} shapes copied", count)
            )

    def paste(self) -> None:
        """Put the copied shapes into the open image."""
        annotation = self._session.annotation
        if self._clipboard.is_empty:
            hint = tr("Nothing was copied yet in this project: select shapes and copy them first")
            self._parts.window.status_line.set_hint(hint)
        elif annotation is not None:
            pasted = self.in_sight(self._clipboard.paste(annotation), annotation)
            self.add_copies(recorded(f"Paste {shapes_in_words(len(pasted))}"), pasted)

    def duplicate(self) -> None:
        """Copy the selected shapes beside themselves."""
        annotation = self._session.annotation
        if annotation is not None:
            made = copies_beside(_those(self.selected, annotation), annotation)
            self.add_copies(recorded(f"Duplicate {shapes_in_words(len(made))}"), made)

    def select_all(self, class_id: int | None = None) -> None:
        """Select every shape that is shown and not locked, of all classes or of one."""
        annotation, visibility = self._session.annotation, self._context.visibility
        if annotation is not None:
            self._session.selection.set(
                item.id
                for item in annotation.instances
                if class_id in (None, item.class_id)
                and not visibility.hides(item)
                and not visibility.locks(item)
            )

    def delete(self) -> None:
        """Delete the selected shapes that are not locked."""
        ids = self.unlocked()
        if ids:
            self._apply(recorded(f"Delete {shapes_in_words(len(ids))}"), edits.remove(ids))

    def _apply(self, text: str, edit: edits.Edit, gesture: str | None = None) -> None:
        """Make an edit that may take away many shapes; nobody is asked first, so it is said."""
        before = self._session.annotation
        if not self._session.apply(text, edit, gesture):
            return
        after = self._session.annotation
        gone = len(before.instances) - len(after.instances) if before and after else 0
        if gone > 1:
            hint = tr_n(
                "{n} shape is deleted; {key} brings it back",
                "{n} shapes are deleted; {key} brings them back",
                gone,
                key=shown_key(self._parts.actions["undo"]),
            )
            self._parts.window.status_line.set_hint(hint)

    def accept_objects(self) -> None:
        """Keep the selected proposals as they are and go on to the next."""
        if self.selected and not _refuses(self._context):
            self._session.apply(recorded("Accept"), edits.accept(self.selected))
            self._go_to_next_proposal()

    def reject_objects(self) -> None:
        """Remove the selected shapes and go on to the next proposal."""
        ids = self.unlocked()
        if ids and self._session.apply(recorded("Reject"), edits.remove(ids)):
            self._go_to_next_proposal()

    def accept_all_shown(self) -> None:
        """Keep every proposal that is shown and above the confidence slider."""
        annotation = self._session.annotation
        if annotation is None:
            return
        least = self._parts.assist_panel.confidence.value() / 100
        hidden = set(self._context.visibility.hidden_in(annotation))
        shown = [
            item
            for item in annotation.instances
            if not item.is_human_work and item.id not in hidden
        ]
        ids = [item.id for item in shown if item.score is None or item.score >= least]
        if not shown:
            hint = tr("No proposal that is shown waits on this image")
            self._parts.window.status_line.set_hint(hint)
        elif not ids:  # the slider hides no shapes that followed
            hint = tr(
                "All that is shown scores below {least}, the confidence of the slider: lower it, "
                "or accept the image",
                least=f"{least:.2f}",
            )
            self._parts.window.status_line.set_hint(hint)
        elif self._session.apply(
            recorded(f"Accept {shapes_in_words(len(ids))}"), edits.accept(ids)
        ):
            self._go_to_next_proposal()

    def accept_image(self) -> None:
        """Everything is right: mark the image reviewed and go to the next unreviewed one."""
        image_id = self._session.image_id
        row = self._parts.images.row_of(image_id) if image_id is not None else None
        if row is None or not self._navigation.may_leave() or _refuses(self._context):
            return
        damage = row.damage or self._navigation.damage
        if damage:
            self._context.messages.show(
                Level.WARN,
                tr(
                    "{name} cannot be shown ({damage}), so nobody can vouch for it.",
                    name=row.rel,
                    damage=engine_text(damage),
                ),
                tr("It is left out of training and exports."),
                key="damaged",
            )
        else:
            self._session.apply(recorded("Accept image"), edits.accept_all())
        self._navigation.step(1, unreviewed=True)

    def skip_image(self) -> None:
        """Leave the image out of review and training."""
        if self._session.annotation is None or _refuses(self._context):
            return
        if self._navigation.may_leave():
            self._session.apply(recorded("Skip image"), edits.set_state(ImageState.SKIPPED))
            self._navigation.step(1, unreviewed=True)

    def reopen_image(self) -> None:
        """Put a reviewed or skipped image back to work."""
        if self._session.annotation is not None:
            self._session.apply(recorded("Mark as not reviewed"), edits.reopen())

    def _show_menu(self, place: QPoint, at: tuple[float, float] | None) -> None:
        """What can be done with what is under the pointer, or else with what is selected."""
        under = self._parts.canvas.ids_under(*at) if at is not None else []
        if under and not self._parts.canvas.is_drawing and set(under).isdisjoint(self.selected):
            self._session.selection.set(under[:1])
        menu = QMenu(self._parts.canvas)
        for action_id in CANVAS_MENU:
            if action_id:
                menu.addAction(self._parts.actions[action_id])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _select(self, ids: list[str], additive: bool) -> None:
        if additive:
            self._session.selection.toggle(ids)
        else:
            self._session.selection.set(ids)

    def unlocked(self, ids: Collection[str] | None = None) -> list[str]:
        """Shapes, the selected ones when None, that may be changed; says so of locked ones."""
        annotation = self._session.annotation
        if annotation is None:
            return []
        here = {item.id for item in annotation.instances}
        # As they were selected: joining and subtracting go by the first one.
        wanted = [i for i in (self.selected if ids is None else ids) if i in here]
        locked = set(self._context.visibility.locked_in(annotation))
        free = [i for i in wanted if i not in locked]
        if len(free) < len(wanted):
            self._parts.window.status_line.set_hint(tr("Locked shapes stay as they are"))
        return free

    def _nudge(self, dx: float, dy: float, _checked: bool = False) -> None:
        ids = self.unlocked()
        if ids:
            gesture = f"nudge {hash(frozenset(ids))}"
            self._session.apply(recorded("Move"), edits.translate(ids, dx, dy), gesture)

    def add_copies(self, text: str, instances: list[Instance]) -> None:
        """Put copies into the image and select them; says what of it nobody has looked at."""
        if not instances:
            return
        if self._session.apply(text, edits.add_many(instances)):
            self._session.selection.set(item.id for item in instances)
            copied = sum(item.is_copied_proposal for item in instances)
            if copied:
                hint = tr_n(
                    "{n:,} copied shape is a proposal that nobody has looked at",
                    "{n:,} copied shapes are proposals that nobody has looked at",
                    copied,
                )
                self._parts.window.status_line.set_hint(hint)

    def in_sight(self, made: list[Instance], annotation: Annotation) -> list[Instance]:
        """The copies that reach into an image; those from a larger one may lie beside it."""
        boxes = boxes_of([item.parts for item in made])
        size = np.array([annotation.width, annotation.height])
        reaches = np.all((boxes[:, :2] < size) & (boxes[:, 2:] > 0), axis=1)
        seen = [made[at] for at in np.flatnonzero(reaches).tolist()]
        if len(seen) < len(made):
            hint = tr_n(
                "{n:,} shape lies outside of this image, which is smaller: it was left out",
                "{n:,} shapes lie outside of this image, which is smaller: they were left out",
                len(made) - len(seen),
            )
            self._parts.window.status_line.set_hint(hint)
        return seen

    def _go_to_next_proposal(self) -> None:
        left = self._proposals()
        if left:
            self._navigation.go_to(left[0].id)
        elif self._session.annotation is not None:
            self._session.selection.clear()
            self.none_left.emit()

    def _proposals(self) -> list[Instance]:
        """What is shown and nobody has decided yet, the least certain first."""
        annotation = self._session.annotation
        if annotation is None:
            return []
        hidden = self._context.visibility.hidden_in(annotation)
        return [item for item in by_certainty(annotation, hidden=hidden) if not item.is_human_work]


def _those(ids: Iterable[str], annotation: Annotation) -> list[Instance]:
    """Shapes of an image by their ids, in the order in which they lie."""
    wanted = set(ids)
    return [item for item in annotation.instances if item.id in wanted]


def drawing_gesture(instance_id: str) -> str:
    """The gesture of drawing a shape and choosing its class."""
    return f"draw {instance_id}"


def shapes_in_words(count: int) -> str:
    """A number of shapes, for the name of a step."""
    return recorded("1 shape") if count == 1 else recorded(f"{count} shapes")


def _refuses(context: AppContext) -> bool:
    """Whether no image can be decided, said; going on would look like having done it."""
    if context.store is None or not context.store.read_only:
        return False
    context.messages.refuse_read_only(tr("The project is open read-only, so nothing was changed."))
    return True
