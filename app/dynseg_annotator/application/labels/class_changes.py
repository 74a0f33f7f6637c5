"""Changes of the classes: add, rename, recolour, move, merge, delete, import, undo."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from dynseg.annotation import class_edits
from dynseg.annotation.class_edits import ClassEdit
from dynseg.annotation.class_text import spoken
from dynseg.annotation.classes import NO_KEY, ClassLabel, ClassTable
from dynseg.errors import DynsegError
from dynseg.project.class_changes import APPLIED, ClassStep
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.class_dialog import ClassDialog
from dynseg_annotator.dialogs.class_fate_dialog import ClassFateDialog, counted
from dynseg_annotator.language import engine_text, mark, tr

MESSAGE = "classes"
FILES = mark("Class names (*.yaml *.yml *.txt *.names *.safetensors)")


class ClassChangeController(QObject):
    """Asks the store for changes of the classes, on the writer's thread, and shows what came."""

    _written = Signal(object, object, object)
    """The store, what was written to it or why not, and who hears of it."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._written.connect(self._take_over)
        panel, actions = parts.class_panel, parts.actions
        for action_id, slot in (
            ("class-add", self.ask_name),
            ("class-import", self.ask_file),
            ("class-edit", self.edit_current),
            ("class-up", partial(self._move_current, -1)),
            ("class-down", partial(self._move_current, 1)),
            ("class-merge", partial(self._ask_fate, merge=True)),
            ("class-delete", partial(self._ask_fate, merge=False)),
        ):
            actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())
        panel.class_added.connect(self.add)
        panel.recoloured.connect(lambda i, colour: self.change(class_edits.recolour(i, colour)))
        parts.classes.rename_requested.connect(
            lambda i, name: self.change(class_edits.rename(i, name))
        )
        parts.classes.move_requested.connect(
            lambda i, place: self.change(class_edits.place(i, place))
        )
        self._context.session.classes_stepped.connect(self._stepped)

    @property
    def current(self) -> ClassLabel | None:
        """The class that new shapes get, which the actions of the menu concern."""
        class_id = self._context.current_class
        labels = self._context.classes.labels
        return next((label for label in labels if label.id == class_id), None)

    def change(self, edit: ClassEdit, then: Callable[[ClassStep], None] | None = None) -> None:
        """Change the classes; `then` hears of the step, if it changed anything."""

        def work(store: Store) -> ClassStep | None:
            return store.change_classes(edit)

        self._write(work, then or (lambda _: None))

    def add(self, name: str, then: Callable[[ClassLabel], None] | None = None) -> None:
        """Add a class and make it the current one; `then` gets it, also one that was there."""

        def work(store: Store) -> ClassLabel | None:
            store.change_classes(class_edits.add([name]))
            return store.classes().alike(name)

        def use(label: ClassLabel) -> None:
            self._context.set_current_class(label.id)
            if then is not None:
                then(label)

        self._write(work, use)

    def ask_name(self) -> None:
        """Put the keyboard where the name of a new class is typed."""
        self._parts.window.reveal("classes")
        self._parts.class_panel.new_name.setFocus()

    def edit_current(self) -> None:
        """Ask for name, colour and number key of the current class."""
        label = self.current
        if label is None:
            self._say_none()
            return
        table, keys = self._context.classes, self._parts.classes.keys
        dialog = ClassDialog(
            label,
            [other.name for other in table.labels if other is not label],
            uses=self._parts.classes.total_of(label.id),
            key=keys.get(label.id, NO_KEY),
            key_owners={keys[o.id]: o.name for o in table.labels if o.id in keys},
            parent=self._parts.window,
        )

        def save() -> None:
            after, key = dialog.label(), dialog.key()
            if after != label:
                self.change(class_edits.revise(label.id, after.name, after.colour))
            if key != keys.get(label.id, NO_KEY):
                self._parts.class_panel.key_chosen.emit(label.id, key)

        dialog.accepted.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_file(self) -> None:
        """Let the user choose a file that names classes."""
        dialog = QFileDialog(self._parts.window, tr("Import class names"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr(FILES))
        dialog.fileSelected.connect(lambda path: self.import_names(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_names(self, path: Path) -> None:
        """Add the classes that a file names and the project does not have yet, in their order."""
        store = self._context.store

        def done(names: list[str]) -> None:
            if self._context.store is not store:
                return  # they were meant for the project that is closed now
            known = {spoken(name) for name in self._context.classes.names}
            new = [name for name in names if spoken(name) not in known]
            if not new:
                text = tr("The project has every class of {name} already.", name=path.name)
                self._context.messages.show(Level.INFO, text, key=MESSAGE)
            else:
                self.change(class_edits.add(new), self._say)

        self._context.background.run(
            lambda: _names_in(path), done=done, failed=self._context.messages.show_error
        )

    def undo(self, until: str = "") -> None:
        """Take the newest change of the classes back, in all images; with `until`, down to it."""
        self._write(lambda store: store.undo_classes(until), self._say)

    def redo(self, until: str = "") -> None:
        """Do the change again that was taken back last; with `until`, up to it."""
        self._write(lambda store: store.redo_classes(until), self._say)

    def _move_current(self, step: int) -> None:
        label, table = self.current, self._context.classes
        if label is None:
            self._say_none()
            return
        place = table.index_of(label.id) + step
        if 0 <= place < len(table):
            self.change(class_edits.place(label.id, place))

    def _ask_fate(self, *, merge: bool) -> None:
        """Count what a merge or a deletion would touch, then ask; unused classes just go."""
        label = self.current
        if label is None:
            self._say_none()
            return
        others = [other for other in self._context.classes.labels if other is not label]
        if merge and not others:
            self._context.messages.show(
                Level.INFO, tr("There is no other class to merge into."), key=MESSAGE
            )
            return

        def ask(uses: dict[int, tuple[int, int]]) -> None:
            if not merge and label.id not in uses:
                self.change(class_edits.remove(label.id), self._say)
                return
            count = uses.get(label.id, (0, 0))
            dialog = ClassFateDialog(label, others, count, merge=merge, parent=self._parts.window)
            dialog.accepted.connect(lambda: self._let_go(label, dialog.heir()))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._write(lambda store: store.class_uses(), ask)  # behind the edits on their way

    def _let_go(self, label: ClassLabel, heir: int | None) -> None:
        """A class goes; its shapes get the heir, or go with it."""
        if heir is None:
            self.change(class_edits.remove(label.id), self._say)
            return
        if self._context.current_class == label.id:
            self._context.set_current_class(heir)
        self.change(class_edits.merge(label.id, heir), self._say)

    def _write(self, write: Callable[[Store], object], then: Callable[..., None]) -> None:
        """Write on the writer's thread, then show the classes that the project has."""
        writer, store = self._context.writer, self._context.store
        if writer is None or store is None:
            return

        def work(store: Store) -> tuple[object, ClassTable]:
            return write(store), store.classes()

        def bring(future: Future[tuple[object, ClassTable]]) -> None:
            self._written.emit(store, future.exception() or future.result(), then)

        writer.submit(work).add_done_callback(bring)

    def _take_over(self, store: Store, outcome: object, then: Callable[..., None]) -> None:
        if self._context.store is not store:
            return  # the project was closed meanwhile: its classes are none of the next one
        if isinstance(outcome, tuple):
            result, table = outcome
            self._show(table, result if isinstance(result, ClassStep) else None)
            if result is not None:
                then(result)
        elif isinstance(outcome, DynsegError):
            self._context.messages.show_error(outcome, key=MESSAGE)
            self._context.classes_changed.emit(self._context.classes)  # fields show the old names
        elif isinstance(outcome, BaseException):
            raise outcome

    def _stepped(self, step: ClassStep) -> None:
        """Undo or redo of the open image concerned the classes."""
        store = self._context.store
        if store is not None:
            self._show(store.classes(), step)
            self._say(step)

    def _show(self, table: ClassTable, step: ClassStep | None) -> None:
        context = self._context
        if table != context.classes:
            context.set_classes(table)
        if step is not None:
            if step.images:
                context.images_changed.emit([])
            if context.store is not None and context.session.image_id is not None:
                context.session.history.read(context.store, context.session.image_id)

    def _say(self, step: ClassStep) -> None:
        """What happened, how much it touched, and the way back."""
        what = engine_text(step.text)
        if step.shapes:
            touched = counted(step.shapes, step.images)
            what = tr("{step} ({note})", step=what, note=touched)
        if step.state == APPLIED:
            text, button = tr("{step}: done.", step=what), MessageAction(tr("Undo"), self.undo)
        else:
            text = tr("{step}: taken back.", step=what)
            button = MessageAction(tr("Redo"), self.redo)
        self._context.messages.show(Level.OK, text, action=button, key=MESSAGE)

    def _say_none(self) -> None:
        self._context.messages.show(
            Level.INFO,
            tr("The project has no class yet."),
            tr("Type a name below the list of classes to add one."),
            key=MESSAGE,
        )


def _names_in(path: Path) -> list[str]:
    """The class names of a file; what reads them is loaded off the window's thread."""
    if path.suffix.lower() == ".safetensors":
        from dynseg.model.card import read_card

        return list(read_card(path).classes)
    from dynseg.formats.yolo.description import names_in_file

    return names_in_file(path)
