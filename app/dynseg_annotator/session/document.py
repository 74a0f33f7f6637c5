"""The document of the open image: the one door through which labels change."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import Rejections
from dynseg.errors import DynsegError, ProjectError
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.session.history import History
from dynseg_annotator.session.save_queue import SaveQueue, Which
from dynseg_annotator.session.saving import (
    Edit,
    Ledger,
    Outcome,
    PendingEdit,
    SaveResult,
    Stepped,
    rejections,
)
from dynseg_annotator.session.selection import Selection

if TYPE_CHECKING:
    from dynseg.project.store import Store
    from dynseg.project.writer import Writer


class DocumentSession(QObject):
    """Holds the annotation of the open image, applies edits to it and saves each one at once.

    The view hears of an edit before it is committed; `saved` comes only after the commit. A failed
    save keeps the edits in memory, also when another image is opened.

    Attributes:
        selection: The selected instances.
        history: What undo and redo would do.
        last_saved: Time of the last commit in this project, None before the first.
        is_stepping: Whether what `changed` tells of is undo or redo, no edit.
    """

    opened = Signal(object)
    """`Annotation` of the image that was opened."""
    changed = Signal(object, object)
    """`Annotation` before and after."""
    closed = Signal()
    saved = Signal(int, object)
    """Revision now committed, and when (`datetime`)."""
    save_failed = Signal(str, str)
    """Message and hint; the edits are kept, see `retry`."""
    refused = Signal(str, str)
    """An edit was not made: message and hint."""
    rebased = Signal(str)
    """A job has changed the image meanwhile; says what became of the edits."""

    changed_elsewhere = Signal(object)
    """`Annotation` of an image that was changed after another one had been opened."""
    classes_stepped = Signal(object)
    """`ClassStep`: undo or redo concerned the classes, hence all images."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selection = Selection(self)
        self.history = History(self)
        self.last_saved: datetime | None = None
        self.is_stepping = False
        self._queue = SaveQueue(self)
        self.copy_to = self._queue.copy_to
        self._store: Store | None = None
        self._annotation: Annotation | None = None
        # Queued also where the commit is done before anybody waits for it, on this thread then.
        queued = Qt.ConnectionType.QueuedConnection
        self._queue.save_ended.connect(self._on_save_ended, queued)
        self._queue.history_ended.connect(self._on_history_ended)

    def attach(self, store: Store, writer: Writer) -> None:
        """Work on this project from now on."""
        self._store = store
        self._queue.attach(writer)
        self.last_saved = None

    def detach(self) -> None:
        """Close the document and forget the project; call `flush` first."""
        self.close()
        self._store = None
        self._queue.attach(None)

    @property
    def annotation(self) -> Annotation | None:
        """The open image with every edit, also those not committed yet; None without an image."""
        return self._annotation

    @property
    def image_id(self) -> int | None:
        """Row id of the open image."""
        return self._annotation.image_id if self._annotation else None

    @property
    def unsaved(self) -> int:
        """Edits of all images that are not committed yet."""
        return self._queue.unsaved

    @property
    def can_undo(self) -> bool:
        """Whether the open image has a step to take back."""
        return bool(self.history.undo_text)

    @property
    def can_redo(self) -> bool:
        """Whether the open image has a step to do again."""
        return bool(self.history.redo_text)

    def open(self, image_id: int) -> None:
        """Show another image; edits of the one before go on being saved.

        Raises:
            ProjectError: the annotation cannot be read.
        """
        if self._store is None:
            return
        if self._queue.is_deferring(self.image_id):
            self.flush()  # an edit behind an undo is made on the image that it was made for
        annotation = self.latest(image_id)
        self._queue.forget_idle()
        self._annotation = annotation
        self.selection.clear()
        self.opened.emit(annotation)
        self.history.read(self._store, image_id, self._queue.newest_text(image_id))

    def latest(self, image_id: int) -> Annotation:
        """Any image as the person last saw it, also with edits that are not committed yet.

        Raises:
            ProjectError: the annotation cannot be read, or no project is open.
        """
        if self._store is None:
            raise ProjectError(tr("No project is open."))
        ledger = self._queue.get(image_id)
        newest = ledger.newest if ledger else None
        return newest or self._store.annotation(image_id)

    def rejections(self, image_id: int) -> Rejections:
        """Shapes of models that the person took out of an image, also if not committed yet.

        Raises:
            ProjectError: the history is damaged.
        """
        if self._store is None:
            return {}
        ledger = self._queue.get(image_id)
        return rejections(self._store, image_id, ledger.steps if ledger else list)

    def close(self) -> None:
        """Show no image."""
        if self._annotation is not None:
            self._annotation = None
            self.selection.clear()
            self.closed.emit()
            self.history.set("", "")

    def apply(self, text: str, edit: Edit, gesture: str | None = None) -> bool:
        """Change the open image; the only way to do it.

        Args:
            text: What it does, through `recorded`: "Move vertex".
            edit: A pure function from `dynseg.annotation.edits`.
            gesture: Steps of one gesture are taken back together.

        Returns:
            Whether anything changed (or will, when an undo is still on its way).
        """
        before = self._annotation
        if before is None or not self._writable():
            return False
        ledger = self._queue.ledger(before)
        if ledger.waiting:
            # It is made later if its image is still open then.
            image_id = before.image_id
            ledger.deferred.append(
                lambda: self.image_id == image_id and self.apply(text, edit, gesture)
            )
            return True
        try:
            after = edit(before)
        except DynsegError as error:
            self.refused.emit(engine_text(error.message), engine_text(error.hint))
            return False
        except KeyError:
            return False  # the instance is gone: a late click
        if after is before or after == before:
            return False
        # Counted before it is shown and handed over after that: nobody calls it saved, and the
        # writer does not slow down what a person waits for.
        ledger.add(PendingEdit(text, gesture or "", (edit,), before, after))
        try:
            self._show(before, after)
        finally:
            self._queue.submit(ledger)
        self.history.set(text, "")
        return True

    def undo(self) -> None:
        """Take back the newest step of the open image, or of the classes when that is newer."""
        self.step_history("undo")

    def redo(self) -> None:
        """Do the step that was taken back last again."""
        self.step_history("redo")

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        self._queue.retry()

    def flush(self, timeout_s: float = 10.0) -> int:
        """Wait until every edit was tried to be committed; returns how many are not.

        An edit made while an undo is on its way waits for what the undo brings: that is heard
        here, without the event loop, until nothing waits any more.
        """
        deadline_s = time.monotonic() + timeout_s
        left = self._queue.flush(timeout_s)
        while self._queue.steps_back and (rest_s := deadline_s - time.monotonic()) > 0:
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
            left = self._queue.flush(rest_s)
        return left

    def reload(self) -> bool:
        """Read the open image again if a job has changed it; returns whether it had changed."""
        before = self._annotation
        if before is None or self._store is None:
            return False
        ledger = self._queue.get(before.image_id)
        if ledger is not None and not ledger.is_idle:
            return False  # the save on its way finds out by itself and rebases
        fresh = self._store.annotation(before.image_id)
        if fresh.revision == (ledger.revision if ledger else before.revision):
            return False
        if ledger is not None:
            ledger.revision = fresh.revision
        self._show(before, fresh)
        self.history.read(self._store, before.image_id, self._queue.newest_text(before.image_id))
        return True

    def _writable(self) -> bool:
        if self._store is None:
            return False
        if self._store.read_only:
            self.refused.emit(
                tr("The project is open read-only, so nothing was changed."),
                tr("Close it in the other program and open it again."),
            )
            return False
        return True

    def _show(self, before: Annotation, after: Annotation, *, stepping: bool = False) -> None:
        self._annotation = after
        self.selection.keep_only(i.id for i in after.instances)
        self.is_stepping = stepping
        try:
            self.changed.emit(before, after)
        finally:
            self.is_stepping = False

    def _on_save_ended(self, result: SaveResult) -> None:
        if result.outcome is Outcome.SAVED:
            self._queue.acknowledge(result.image_id)
            self.last_saved = result.time
            shown = self._annotation
            if shown is not None and shown.image_id == result.image_id:
                revision = max(shown.revision, result.revision)
                self._annotation = replace(shown, revision=revision)
            self.saved.emit(result.revision, result.time)
        elif result.outcome is Outcome.STALE:
            ledger = self._queue.get(result.image_id)
            if ledger is not None:
                self._rebase(ledger)
        elif result.outcome is Outcome.FAILED and result.error is not None:
            error = result.error
            self.save_failed.emit(engine_text(error.message), engine_text(error.hint))

    def _rebase(self, ledger: Ledger) -> None:
        """A job has written the image meanwhile: put the person's edits on top of it."""
        if self._store is None:
            return
        try:
            fresh, dropped = ledger.rebase(self._store.annotation(ledger.image_id))
        except ProjectError as error:  # the edits stay in memory; "retry" comes here again
            self.save_failed.emit(engine_text(error.message), engine_text(error.hint))
            return
        self._queue.submit_all(ledger)
        if self._annotation is not None and self.image_id == ledger.image_id:
            self._show(self._annotation, fresh)
            self.history.read(
                self._store, ledger.image_id, self._queue.newest_text(ledger.image_id)
            )
        else:
            self.changed_elsewhere.emit(fresh)
        became = tr("A job has changed the image meanwhile; your edits were put on top.")
        if dropped:
            became = tr_n(
                "A job has changed the image meanwhile; {n} of your edits no longer fitted and was "
                "dropped.",
                "A job has changed the image meanwhile; {n} of your edits no longer fitted and "
                "were dropped.",
                dropped,
            )
        self.rebased.emit(became)

    def step_history(self, which: Which) -> None:
        """Undo, redo, or go to a step of the open image, behind the edits on their way.

        Args:
            which: `undo`, `redo`, or the number of a step of its history.
        """
        shown = self._annotation
        if shown is None or not self._writable():
            return
        ledger = self._queue.ledger(shown)
        if ledger.waiting:
            ledger.deferred.append(partial(self.step_history, which))
        elif ledger.error is None:
            self._queue.step_history(ledger, which)
        elif which == "undo":
            before = ledger.drop_last()
            if before is not None and self._store is not None:
                self._show(shown, before, stepping=True)
                newest = self._queue.newest_text(shown.image_id)
                self.history.read(self._store, shown.image_id, newest)

    def _on_history_ended(self, image_id: int, outcome: object) -> None:
        ledger = self._queue.get(image_id)
        if ledger is None:
            return
        ledger.waiting = False
        if isinstance(outcome, DynsegError):
            self.refused.emit(engine_text(outcome.message), engine_text(outcome.hint))
        elif isinstance(outcome, BaseException):
            self.refused.emit(tr("The step stays as it is: {reason}.", reason=outcome), "")
        elif isinstance(outcome, Stepped):
            if outcome.classes is not None:
                self.classes_stepped.emit(outcome.classes)
            if outcome.annotation is not None:
                self._take_over(ledger, outcome.annotation)
        if self._store is not None and self.image_id == image_id:
            self.history.read(self._store, image_id, self._queue.newest_text(image_id))
        deferred = list(ledger.deferred)
        ledger.deferred.clear()
        for action in deferred:
            action()

    def _take_over(self, ledger: Ledger, annotation: Annotation) -> None:
        """Show what undo or redo has committed."""
        ledger.revision = annotation.revision
        if self._annotation is not None and self.image_id == annotation.image_id:
            self._show(self._annotation, annotation, stepping=True)
        else:
            self.changed_elsewhere.emit(annotation)
        self.last_saved = datetime.now().astimezone()
        self.saved.emit(annotation.revision, self.last_saved)
