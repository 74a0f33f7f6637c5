"""Classes: choosing one for shapes, number keys, eyes and locks, the one used last."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from dynseg.annotation.classes import ClassLabel, ClassTable, with_key
from dynseg.geometry.part import Part
from dynseg_annotator.application.labels.class_changes import ClassChangeController
from dynseg_annotator.application.labels.editing import EditController, drawing_gesture
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.canvas.marks import Mark, MarkKind
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr, tr_n

if TYPE_CHECKING:
    from dynseg_annotator.dialogs.class_picker import ClassPicker

NUMBER_KEYS = range(1, 10)
NO_CLASS = "no-class"
"""Key of the message about a shape that waits for the first class."""
KEYS_SETTING = "classes.keys"
"""Setting of the project: number keys that a person chose, by class id."""
REMEMBERED_PROJECTS = 30
GAP_PX = 12
"""Between the selected shapes and the list of classes, view pixels."""


class ClassController(QObject):
    """Gives classes to shapes, and shows the class table in every list."""

    def __init__(
        self,
        parts: Parts,
        editing: EditController,
        changes: ClassChangeController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._editing = editing
        self._changes = changes
        self._recalled = ""
        context, panel = self._context, parts.class_panel
        for number in NUMBER_KEYS:
            parts.actions[f"class-{number}"].triggered.connect(
                lambda _=False, number=number: self._by_number(number)
            )
        parts.actions["edit-label"].triggered.connect(self.choose_for_selection)
        parts.canvas.instance_activated.connect(self._instance_activated)
        parts.instance_panel.relabel_requested.connect(self.choose_for_selection)
        panel.class_chosen.connect(context.set_current_class)
        panel.class_given.connect(editing.relabel)
        panel.key_chosen.connect(self.set_key)
        panel.naming_done.connect(parts.canvas.setFocus)
        for action_id, slot in (
            ("class-select", self.select_current),
            ("class-hide", self.hide_current),
            ("class-lock", self.lock_current),
            ("class-solo", self.show_only_current),
        ):
            parts.actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())
        context.classes_changed.connect(self._show)
        context.current_class_changed.connect(panel.set_current)
        context.current_class_changed.connect(self._remember_current)
        context.project_opened.connect(self._recall_current)
        context.project_closed.connect(self._forget_project)
        editing.class_needed.connect(self._first_class)
        context.session.opened.connect(lambda _: context.messages.withdraw(NO_CLASS))
        editing.shape_added.connect(self._ask_for_new)

    def add(self, name: str, then: Callable[[ClassLabel], None] | None = None) -> None:
        """Add a class and make it the current one; `then` hears of it."""
        self._changes.add(name, then)

    def choose_for_selection(self) -> None:
        """Ask for a class by name and give it to the selected shapes, else to those to come."""
        annotation = self._context.session.annotation
        chosen = set(self._editing.selected)
        if annotation is None:
            return
        classes = [item.class_id for item in annotation.instances if item.id in chosen]
        if classes:
            count = len(classes)
            title = tr_n("Class of the shape", "Class of {n} shapes", count)
            self._ask(classes[-1], self._giving(chosen), title)
        else:
            title = tr("Class of new shapes")
            self._ask(self._context.current_class, self._context.set_current_class, title)

    def _ask(
        self, current: int | None, chosen: Callable[[int], None], title: str = ""
    ) -> ClassPicker:
        from dynseg_annotator.dialogs.class_picker import ClassPicker

        picker = ClassPicker(
            self._context.classes,
            current,
            self._parts.window,
            keys=self._parts.classes.keys,
            title=title or tr("Class of the shape"),
        )

        def accepted() -> None:
            class_id = picker.class_id()
            if class_id is not None:
                chosen(class_id)

        picker.class_requested.connect(lambda name: self.add(name, lambda label: chosen(label.id)))
        picker.accepted.connect(accepted)
        picker.finished.connect(lambda _: self._back_to_work(picker))
        picker.show_at(self._beside_selection())
        return picker

    def _giving(self, ids: set[str], gesture: str | None = None) -> Callable[[int], None]:
        """Gives a class to these shapes. A class that is made first comes a moment later."""
        session, image_id = self._context.session, self._context.session.image_id

        def give(class_id: int) -> None:
            if session.image_id == image_id:
                self._editing.relabel(class_id, ids=ids, gesture=gesture)
            else:
                self._tell_late()

        return give

    def _tell_late(self) -> None:
        self._context.messages.show(
            Level.WARN,
            tr("The class was added after you had left the image, so no shape got it."),
            tr("Go back to that image and choose it again."),
            key="late-class",
        )

    def _back_to_work(self, picker: QObject) -> None:
        picker.deleteLater()
        self._parts.canvas.setFocus()

    def _beside_selection(self) -> QPoint:
        """Where the picker hides the selected shapes least, on the screen."""
        canvas, annotation = self._parts.canvas, self._context.session.annotation
        ids = set(self._editing.selected)
        items = [i for i in annotation.instances if i.id in ids] if annotation else []
        if not items:
            return canvas.mapToGlobal(canvas.rect().center())
        x, y = canvas.camera.view.to_view(
            max(item.bounds[2] for item in items), min(item.bounds[1] for item in items)
        )
        return canvas.mapToGlobal(
            QPoint(
                round(min(max(x + GAP_PX, 0), canvas.width())),
                round(min(max(y, 0), canvas.height())),
            )
        )

    def _ask_for_new(self, instance_id: str) -> None:
        """A shape was drawn: ask for its class where the user wants to be asked."""
        if not self._context.settings.get("ask_class"):
            return

        give = self._giving({instance_id}, drawing_gesture(instance_id))
        self._ask(self._context.current_class, give, tr("Class of the new shape"))

    def _instance_activated(self, instance_id: str) -> None:
        self._context.session.selection.set([instance_id])
        self.choose_for_selection()

    def _first_class(self, parts: tuple[Part, ...], keep: Callable[[], None]) -> None:
        """A shape was drawn before there was a class: ask, then keep the shape."""
        image_id = self._context.session.image_id
        canvas, messages = self._parts.canvas, self._context.messages

        def chosen(class_id: int) -> None:
            self._context.set_current_class(class_id)
            if self._context.session.image_id == image_id:
                keep()
            else:
                self._tell_late()

        def offer_again() -> None:
            messages.show(
                Level.WARN,
                tr("The shape is not kept without a class, and there is none yet."),
                "",
                MessageAction(tr("Choose its class…"), ask),
                key=NO_CLASS,
            )

        def ask() -> None:
            if self._context.session.image_id != image_id:
                return
            canvas.set_marks((Mark(MarkKind.ADDED, parts),))  # it is seen while it waits
            picker = self._ask(None, chosen)
            picker.rejected.connect(offer_again)
            picker.finished.connect(lambda _: canvas.set_marks(()))

        messages.withdraw(NO_CLASS)
        ask()

    def _by_number(self, number: int) -> None:
        keys = self._parts.classes.keys
        class_id = next((i for i, key in keys.items() if key == number), None)
        if class_id is not None:
            self._editing.relabel(class_id)
        else:
            self._context.messages.show(
                Level.INFO,
                tr("No class has the number key {number}.", number=number),
                tr("Click the key of a class in the list to choose one, or add a class below it."),
                key="class-number",
            )

    def set_key(self, class_id: int, key: int) -> None:
        """Give a class a number key; the class that had it gets the other one's."""
        writer = self._context.writer
        if writer is None:
            return
        model = self._parts.classes
        chosen = with_key(self._context.classes, model.chosen_keys, class_id, key)
        model.set_keys(chosen)
        text = json.dumps(chosen)
        writer.submit(lambda store: store.save_setting(KEYS_SETTING, text))

    def select_current(self) -> None:
        """Select the shapes of the current class on the open image."""
        class_id = self._context.current_class
        if class_id is None:
            return
        self._editing.select_all(class_id)
        if not self._editing.selected:
            name = self._context.classes.by_id(class_id).name
            text = tr("No shape of {name} can be selected on this image", name=name)
            self._parts.window.status_line.set_hint(text)

    def hide_current(self) -> None:
        """Hide every shape of the current class, or show them."""
        class_id, visibility = self._context.current_class, self._context.visibility
        if class_id is not None:
            visibility.set_class_hidden(class_id, class_id not in visibility.hidden_classes)

    def lock_current(self) -> None:
        """Lock every shape of the current class, or unlock them."""
        class_id, visibility = self._context.current_class, self._context.visibility
        if class_id is not None:
            visibility.set_class_locked(class_id, class_id not in visibility.locked_classes)

    def show_only_current(self) -> None:
        """Hide all classes but the current one, or show all."""
        ids = {label.id for label in self._context.classes.labels}
        self._context.visibility.show_only(self._context.current_class, ids)

    def _remember_current(self, class_id: int | None) -> None:
        """The next start of this project draws with the class used last."""
        store = self._context.store
        if store is None or class_id is None or self._recalled != str(store.root):
            return  # the default of a project that is just being opened is nobody's choice
        kept: dict[str, int] = self._context.settings.get("last_class")
        kept.pop(str(store.root), None)
        while len(kept) >= REMEMBERED_PROJECTS:
            kept.pop(next(iter(kept)))
        self._context.settings.set("last_class", {**kept, str(store.root): class_id})

    def _recall_current(self) -> None:
        store = self._context.store
        if store is not None:
            self._recalled = str(store.root)
            self._parts.classes.set_keys(_chosen_keys(store.setting(KEYS_SETTING)))
            class_id = self._context.settings.get("last_class").get(str(store.root))
            if any(label.id == class_id for label in self._context.classes.labels):
                self._context.set_current_class(class_id)

    def _forget_project(self) -> None:
        self._recalled = ""
        self._parts.classes.set_keys({})
        self._context.visibility.forget_classes()

    def _show(self, table: ClassTable) -> None:
        self._parts.classes.set_classes(table)
        self._parts.instances.set_classes(table)
        self._parts.canvas.set_classes(table)
        self._parts.class_panel.set_current(self._context.current_class)


def _chosen_keys(text: str | None) -> dict[int, int]:
    """Number keys by class id, as the project keeps them; none when it is damaged."""
    try:
        return {int(i): int(key) for i, key in json.loads(text or "{}").items()}
    except (ValueError, AttributeError, TypeError):
        return {}
