"""The history in the window: looking at earlier versions, going to a step, taking batches back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation.document import Annotation
from dynseg.errors import DynsegError
from dynseg.project.store import Store
from dynseg_annotator.application.labels.class_changes import ClassChangeController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.itemmodels.history import HistoryRow, image_rows, project_rows
from dynseg_annotator.language import tr
from dynseg_annotator.panels.canvas_note import CanvasNote

REST_MS = 100
"""The list waits until edits rest."""
LISTED = 1000
CLASSES = "classes-"
"""Ids of changes of the classes begin like this; those of batches do not."""


class HistoryController(QObject):
    """Fills the list while it is in sight, and shows earlier versions on the canvas."""

    def __init__(
        self,
        parts: Parts,
        batch: BatchController,
        changes: ClassChangeController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._panel = parts.history_panel
        self._batch = batch
        self._changes = changes
        self._looking: int | None = None
        self._asked = 0
        self.note = CanvasNote(parts.canvas, top=True)
        self.note.clicked.connect(self.look_away)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.refresh)
        panel, session = self._panel, self._session
        parts.actions["history"].triggered.connect(lambda _=False: self.show_panel())
        panel.opened.connect(self.refresh)
        panel.looked_at.connect(self.look_at)
        panel.step_chosen.connect(self.go_to)
        panel.undo_requested.connect(self.undo_of_project)
        panel.redo_requested.connect(self.redo_of_project)
        panel.given_up.connect(parts.canvas.setFocus)
        for signal in (
            session.opened, session.changed, session.saved, session.closed,
            session.classes_stepped, self._context.classes_changed, self._context.images_changed,
            self._context.project_closed,
        ):  # fmt: skip
            signal.connect(lambda *_: self._follow())
        self._context.rows_outdated.connect(self._follow_project)

    def show_panel(self) -> None:
        """Bring the list into sight, with the keyboard in it."""
        self._parts.window.reveal("history")
        self._panel.view.setFocus()

    def refresh(self) -> None:
        """Read the list again, off the window's thread."""
        store, image_id = self._context.store, self._session.image_id
        self._asked += 1  # what is still being read is of before
        if not self._panel.isVisible():
            return
        if store is None or (image_id is None and not self._panel.shows_project):
            self._panel.set_rows([])
            return
        asked = self._asked

        def done(rows: list[HistoryRow]) -> None:
            if asked == self._asked:
                self._panel.set_rows(rows)

        def failed(error: DynsegError) -> None:
            if asked == self._asked:
                self._context.messages.show_error(error)

        if self._panel.shows_project:
            work = partial(_project, store)
        else:
            work = partial(_image, store, image_id or 0)
        self._context.background.run(work, done=done, failed=failed)

    def look_at(self, seq: int | None) -> None:
        """Show the open image as it was after a step; nothing of it changes."""
        store, image_id = self._context.store, self._session.image_id
        if seq is None or store is None or image_id is None:
            self.look_away()
            return
        self._looking = seq

        def done(version: Annotation) -> None:
            if self._looking == seq and self._session.image_id == image_id:
                self._show(version, seq)

        def failed(error: DynsegError) -> None:
            if self._looking == seq and self._session.image_id == image_id:
                self.look_away()  # from a version that was looked at before
                self._context.messages.show_error(error)

        self._context.background.run(
            lambda: store.annotation_at(image_id, seq), done=done, failed=failed
        )

    def look_away(self) -> None:
        """Show the open image as it is."""
        if self._looking is None:
            return
        self._looking = None
        self._parts.canvas.looks_back = False
        self._parts.canvas.set_annotation(self._session.annotation)
        self._parts.canvas.set_selection(self._session.selection.ids)
        self.note.say("")

    def go_to(self, seq: int) -> None:
        """Take steps back, or do them again, until this is the last one."""
        self.look_away()
        self._session.step_history(seq)

    def undo_of_project(self, run_id: str) -> None:
        """Take a batch back, or a change of the classes with all that came after it."""
        if run_id.startswith(CLASSES):
            self._changes.undo(until=run_id)
        else:
            self._batch.undo(run_id)

    def redo_of_project(self, run_id: str) -> None:
        """Do a change of the classes again, with all before it that were taken back."""
        if run_id.startswith(CLASSES):
            self._changes.redo(until=run_id)
        else:
            self._context.messages.show(
                Level.INFO,
                tr("A batch that was taken back as a whole cannot be done again as one."),
                tr("Run it again, or redo it image by image."),
                key="undo-run",
            )

    def _show(self, version: Annotation, seq: int) -> None:
        canvas = self._parts.canvas
        canvas.looks_back = True
        canvas.set_selection(())
        canvas.set_annotation(version)
        row = self._panel.model.row_of(seq)
        text = self._panel.model.row_at(row).text if row is not None else ""
        self.note.say(
            tr("Earlier version: {step}", step=text),
            tr("Click on the step in the list to go there; click here to look at the present."),
        )

    def _follow(self) -> None:
        """Something changed: the canvas shows the present, the list follows."""
        self.look_away()
        if self._panel.isVisible():
            self._timer.start()

    def _follow_project(self) -> None:
        """Images changed that need not be open; an earlier version that is looked at stays."""
        if self._panel.isVisible() and self._panel.shows_project:
            self._timer.start()


def _image(store: Store, image_id: int) -> list[HistoryRow]:
    return image_rows(store.journal(image_id, LISTED, include_dropped=True))


def _project(store: Store) -> list[HistoryRow]:
    return project_rows(store.class_steps(), store.runs())
