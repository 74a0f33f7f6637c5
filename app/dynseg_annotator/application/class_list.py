"""Classes: choosing, adding, renaming, recolouring; number keys."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part
from dynseg.project.store import Store
from dynseg_annotator.application.editing import EditController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level

NUMBER_KEYS = range(1, 10)
REMEMBERED_PROJECTS = 30


class ClassController(QObject):
    """Asks the store for changes of the class table and shows what it then is."""

    _changed = Signal(object, object)

    def __init__(
        self, parts: Parts, editing: EditController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._editing = editing
        self._recalled = ""
        self._changed.connect(self._take_over)
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
        panel.class_added.connect(self.add)
        panel.recoloured.connect(self.recolour)
        parts.classes.rename_requested.connect(self.rename)
        context.classes_changed.connect(self._show)
        context.current_class_changed.connect(panel.set_current)
        context.current_class_changed.connect(self._remember_current)
        context.project_opened.connect(self._recall_current)
        context.project_closed.connect(self._forget_project)
        editing.class_needed.connect(self._first_class)

    def add(self, name: str, then: Callable[[ClassLabel], None] | None = None) -> None:
        """Add a class and make it the current one; `then` hears of it."""
        known = self._context.classes.by_name(name)
        if known is not None:
            self._use(known, then)
            return

        def use(result: object) -> None:
            if isinstance(result, ClassLabel):
                self._use(result, then)

        self._write(lambda store: store.add_class(name), use)

    def rename(self, class_id: int, name: str) -> None:
        """Give a class another name, in the whole project."""
        self._save(lambda label: replace(label, name=name) if label.id == class_id else label)

    def recolour(self, class_id: int, colour: str) -> None:
        """Give a class another colour, in the whole project."""
        self._save(lambda label: replace(label, colour=colour) if label.id == class_id else label)

    def choose_for_selection(self) -> None:
        """Ask for a class by name and give it to the selected shapes."""
        annotation = self._context.session.annotation
        chosen = set(self._editing.selected)
        if annotation is None:
            return
        classes = [item.class_id for item in annotation.instances if item.id in chosen]
        if classes:
            self._ask(classes[-1], self._editing.relabel)

    def _ask(self, current: int | None, chosen: Callable[[int], None]) -> None:
        from dynseg_annotator.dialogs.class_dialog import ClassPicker

        dialog = ClassPicker(self._context.classes, current, self._parts.window)

        def accepted() -> None:
            class_id = dialog.class_id()
            if class_id is not None:
                chosen(class_id)

        dialog.class_requested.connect(lambda name: self.add(name, lambda label: chosen(label.id)))
        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _instance_activated(self, instance_id: str) -> None:
        self._context.session.selection.set([instance_id])
        self.choose_for_selection()

    def _first_class(self, parts: tuple[Part, ...]) -> None:
        """A shape was drawn before there was a class: ask, then keep the shape."""

        def chosen(class_id: int) -> None:
            self._context.set_current_class(class_id)
            self._editing.add_shape(parts)

        self._ask(None, chosen)

    def _by_number(self, number: int) -> None:
        labels = self._context.classes.labels
        if number <= len(labels):
            self._editing.relabel(labels[number - 1].id)
        else:
            self._context.messages.show(
                Level.INFO,
                f"There is no class number {number}.",
                "Type a name below the list of classes to add one.",
                key="class-number",
            )

    def _use(self, label: ClassLabel, then: Callable[[ClassLabel], None] | None) -> None:
        self._context.set_current_class(label.id)
        if then is not None:
            then(label)

    def _save(self, change: Callable[[ClassLabel], ClassLabel]) -> None:
        table = ClassTable(tuple(map(change, self._context.classes.labels)))
        self._write(lambda store: store.save_classes(table), lambda _: None)

    def _write(self, write: Callable[[Store], object], then: Callable[[object], None]) -> None:
        """Write on the writer's thread, then show the table that the store has."""
        writer = self._context.writer
        if writer is None:
            return

        def work(store: Store) -> tuple[object, ClassTable]:
            return write(store), store.classes()

        def bring(future: Future[tuple[object, ClassTable]]) -> None:
            outcome = future.exception() or future.result()
            self._changed.emit(outcome, then)

        writer.submit(work).add_done_callback(bring)

    def _take_over(self, outcome: object, then: Callable[[object], None]) -> None:
        if isinstance(outcome, tuple):
            result, table = outcome
            self._context.set_classes(table)
            then(result)
        elif isinstance(outcome, DynsegError):
            self._context.messages.show_error(outcome, key="classes")
        elif isinstance(outcome, BaseException):
            raise outcome

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
            class_id = self._context.settings.get("last_class").get(str(store.root))
            if any(label.id == class_id for label in self._context.classes.labels):
                self._context.set_current_class(class_id)

    def _forget_project(self) -> None:
        self._recalled = ""

    def _show(self, table: ClassTable) -> None:
        self._parts.classes.set_classes(table)
        self._parts.instances.set_classes(table)
        self._parts.canvas.set_classes(table)
        self._parts.class_panel.set_current(self._context.current_class)
