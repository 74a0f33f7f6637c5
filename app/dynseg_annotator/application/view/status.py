"""Status bar, lists and the enabling of actions follow document, project and engine."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dynseg.annotation.document import Annotation, ImageState
from dynseg_annotator.actions import Need, enable_for, shown_key
from dynseg_annotator.actions.spec import literal, plain
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import UNSAVED, Level, unsaved_advice
from dynseg_annotator.language import engine_text, mark, sentences, tr, tr_n

STEP_TEXTS = {
    "undo": (mark("&Undo"), mark("&Undo: {step}")),
    "redo": (mark("&Redo"), mark("&Redo: {step}")),
}
"""What the menu says without and with a step to take."""
EMPTY_KEYS = {"propose": "run-image", "draw": "draw-polygon", "accept": "accept-image"}
"""Actions by the names that the texts about an image without shapes have for their keys."""


class StatusController(QObject):
    """Says what is saved, what is reviewed and what can be done."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._line = parts.window.status_line
        self._failure = ("", "")
        """Why edits could not be saved, and what to do; empty while all is well."""
        context, session = self._context, self._context.session
        context.project_opened.connect(self._project_opened)
        context.project_closed.connect(self._project_closed)
        context.images_changed.connect(self._images_changed)
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        session.changed_elsewhere.connect(parts.images.update_annotation)
        session.closed.connect(self._closed)
        session.saved.connect(self._saved)
        session.save_failed.connect(self._save_failed)
        session.refused.connect(self._refused)
        session.rebased.connect(lambda text: context.messages.show(Level.INFO, text))
        session.history.changed.connect(self.refresh_actions)
        session.selection.changed.connect(lambda _: self.refresh_actions())
        parts.images.counts_changed.connect(self._count)
        parts.image_panel.view.selected_changed.connect(lambda _: self._count())
        context.visibility.changed.connect(self._say_shapes)
        session.selection.changed.connect(lambda _: self._say_shapes())
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Enable what makes sense now."""
        context, actions = self._context, self._parts.actions
        session = context.session
        need = Need.NOTHING
        if context.store is not None:
            need = Need.PROJECT
        if session.annotation is not None:
            need = Need.SELECTION if session.selection.ids else Need.IMAGE
        enable_for(actions, need)
        actions["stop-job"].setEnabled(context.batch_running)
        for action_id, possible, text in (
            ("undo", session.can_undo, session.history.undo_text),
            ("redo", session.can_redo, session.history.redo_text),
        ):
            actions[action_id].setEnabled(possible)
            bare, with_step = STEP_TEXTS[action_id]
            verb = tr(bare)
            said = tr(with_step, step=literal(engine_text(text))) if possible else verb
            actions[action_id].setText(said)
            actions[action_id].setIconText(plain(verb))

    def _project_opened(self) -> None:
        store = self._context.store
        if store is not None and store.read_only:
            self._line.set_read_only()
        else:
            self._line.set_saved(None)
        self._count()
        self.refresh_actions()

    def _project_closed(self) -> None:
        self._parts.images.set_rows([])
        self._line.clear_project()
        self.refresh_actions()

    def _images_changed(self, image_ids: list[int]) -> None:
        """A job has written these: bring list and open image up to date."""
        store = self._context.store
        if store is not None and image_ids:
            self._parts.images.update_rows([store.image(i) for i in image_ids])
            self._context.session.reload()

    def _opened(self, annotation: Annotation) -> None:
        self._context.messages.withdraw("refused")  # that was about what was tried before
        self._parts.instances.set_annotation(annotation)
        self._parts.classes.set_annotation(annotation)
        self._say_empty(annotation)
        self._say_shapes()
        self.refresh_actions()

    def _changed(self, before: Annotation, after: Annotation) -> None:
        self._context.messages.withdraw("refused")  # that was about what was tried before
        self._parts.instances.set_annotation(after)
        self._parts.classes.follow_edit(after)
        self._parts.images.update_annotation(after)
        unsaved = self._context.session.unsaved
        if not any(self._failure):
            self._line.set_unsaved(unsaved)
        elif unsaved:
            self._say_failed()  # it waits behind those that could not be saved
        else:
            self._say_saved()  # what could not be saved was taken back
        self._say_shapes()
        if before.state is not after.state:
            self._say_empty(after)

    def _closed(self) -> None:
        self._parts.instances.set_annotation(None)
        self._say_shapes()
        self._parts.classes.set_annotation(None)
        self._line.set_zoom(None)
        self._line.set_cursor(None, None)
        self.refresh_actions()

    def _saved(self, _revision: int, time: object) -> None:
        del time
        if not self._context.session.unsaved:
            self._say_saved()

    def _say_saved(self) -> None:
        self._failure = ("", "")
        self._context.messages.withdraw(UNSAVED)
        self._line.set_saved(self._context.session.last_saved)

    def _save_failed(self, message: str, hint: str) -> None:
        self._failure = (message, hint)
        self._say_failed()

    def _say_failed(self) -> None:
        """Say that edits are in memory alone, and how many."""
        session, (message, hint) = self._context.session, self._failure
        if not message:
            return
        self._line.set_save_failed(session.unsaved)
        kept = tr_n("{n} edit is kept in memory.", "{n} edits are kept in memory.", session.unsaved)
        self._context.messages.show(
            Level.ERROR,
            message,
            sentences(hint, kept),
            unsaved_advice(self._context)[1],
            key=UNSAVED,
        )

    def _refused(self, message: str, hint: str) -> None:
        messages, store = self._context.messages, self._context.store
        if store is not None and store.read_only:
            messages.refuse_read_only(message, hint)
        else:
            messages.show(Level.WARN, message, hint, key="refused")

    def _count(self) -> None:
        images = self._parts.images
        reviewed = images.counts[ImageState.REVIEWED]
        self._line.set_reviewed(reviewed, images.total)
        shown = images.rowCount()
        note = str(images.total)
        if shown != images.total:
            note = tr("{shown} of {total}", shown=shown, total=images.total)
        selected = self._parts.image_panel.view.selected_count
        if selected > 1:
            note = tr(", ").join((note, tr("{n} selected", n=selected)))
        self._parts.window.dock("images").set_note(note if images.total else "")

    def _say_empty(self, annotation: Annotation) -> None:
        """What to do with an image that has no shapes."""
        store = self._context.store
        keys = {name: shown_key(self._parts.actions[of]) for name, of in EMPTY_KEYS.items()}
        if store is not None and store.read_only:
            text = tr("No shapes. The project is open read-only.")
        elif annotation.state is ImageState.REVIEWED:
            text = tr("Reviewed, and nothing is in it.")
        elif annotation.state is ImageState.PRELABELLED:
            text = tr(
                "The model found nothing here that it is sure enough of. Move Confidence to the "
                "left, or let it look at a large image in tiles (More options); {draw} draws, "
                "{accept} says that nothing is in it.",
                **keys,
            )
        else:
            text = tr(
                "No shapes yet. Press {propose} to let the model propose, {draw} to draw, "
                "or {accept} when nothing is in it.",
                **keys,
            )
        self._parts.instance_panel.set_hint(text)

    def _say_shapes(self) -> None:
        """How many shapes there are, and how many of them a key would act on."""
        annotation = self._context.session.annotation
        facts: list[str] = []
        if annotation is not None and annotation.instances:
            facts.append(str(len(annotation.instances)))
            selected = len(self._context.session.selection.ids)
            if selected > 1:
                facts.append(tr("{n} selected", n=selected))
            hidden = len(self._context.visibility.hidden_in(annotation))
            if hidden:
                facts.append(tr("{n} hidden", n=hidden))
        self._parts.window.dock("instances").set_note(tr(", ").join(facts))
