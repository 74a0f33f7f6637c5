"""Accepting the proposals of many images in one step, which is taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from dynseg.errors import DynsegError, ProjectClosedError
from dynseg.progress import CancelToken, Progress, Report
from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg.review.acceptance import Accepted, Waiting, Write, accept_many, waiting
from dynseg_annotator.application.labels.nameless import NamelessController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import mark, sentences, tr, tr_n

T = TypeVar("T")

KEY = "accept-many"
STAGE = mark("Accepting proposals")


class AcceptController(QObject):
    """Counts, asks, accepts; all of it beside the window's thread."""

    def __init__(
        self,
        parts: Parts,
        batch: BatchController,
        nameless: NamelessController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._batch = batch
        self._nameless = nameless
        self._cancel: CancelToken | None = None
        parts.actions["accept-many"].triggered.connect(lambda: self.ask())
        self._context.project_closed.connect(self._stop)

    @property
    def is_running(self) -> bool:
        """Whether proposals are being accepted."""
        return self._cancel is not None

    def ask(self) -> None:
        """Count what waits, then ask what of it to accept."""
        store, writer = self._context.store, self._context.writer
        if store is None:
            return
        if store.read_only or writer is None:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing was changed.")
            )
            return
        if self.is_running:
            self._context.messages.say_running()
            return

        def work() -> Waiting:
            _through(writer)(lambda _: None)  # what was drawn a moment ago counts
            return waiting(store)

        def done(found: Waiting) -> None:
            if self._context.store is store:
                self._ask(found)

        self._context.background.run(work, done=done, failed=self._context.messages.show_error)

    def _ask(self, found: Waiting) -> None:
        from dynseg_annotator.dialogs.accept_dialog import AcceptDialog

        images = self._parts.images
        ids = images.ids()
        dialog = AcceptDialog(
            self._parts.window,
            found,
            listed=None if len(ids) == images.total else ids,
            least=self._parts.assist_panel.confidence.value() / 100,
            nameless=self._nameless.label(),
        )
        dialog.wanted.connect(self.accept)
        dialog.finished.connect(dialog.deleteLater)
        self._context.project_closed.connect(dialog.reject)
        dialog.open()

    def accept(self, image_ids: list[int], least: float, as_reviewed: bool) -> None:
        """Accept; what is drawn meanwhile is saved between images."""
        store, writer = self._context.store, self._context.writer
        if store is None or writer is None or self.is_running:
            return
        cancel = self._cancel = CancelToken()

        def work(report: Report) -> Accepted:
            return accept_many(
                store,
                image_ids,
                least=least,
                as_reviewed=as_reviewed,
                write=_through(writer),
                report=report,
                cancel=cancel,
            )

        self._show(cancel, Progress(tr(STAGE), 0))
        self._context.background.run_reporting(
            work,
            done=partial(self._done, store),
            failed=partial(self._failed, store),
            progressed=partial(self._show, cancel),
        )

    def _show(self, cancel: CancelToken, progress: Progress) -> None:
        if self._cancel is cancel:
            self._parts.window.status_line.set_job(self, progress, cancel.cancel)

    def _stop(self) -> None:
        """The project is closed; what was accepted is saved."""
        if self._cancel is not None:
            self._cancel.cancel()
            self._end()

    def _end(self) -> None:
        self._cancel = None
        self._parts.window.status_line.clear_job(self)

    def _failed(self, store: Store, error: DynsegError) -> None:
        if self._context.store is store:
            self._end()
            self._context.messages.show_error(error, key=KEY)
            self._context.rows_outdated.emit()  # those before it are accepted

    def _done(self, store: Store, done: Accepted) -> None:
        if self._context.store is not store:
            return
        self._end()
        self._context.rows_outdated.emit()
        undo = MessageAction(tr("Take it back"), lambda: self._batch.undo(done.run_id))
        level = Level.INFO if done.kept or done.stopped or not done.run_id else Level.OK
        self._context.messages.show(
            level, *summary(done), undo if done.run_id else None, key="batch"
        )


def _through(writer: Writer) -> Write:
    """Calls on the writer's thread, behind what was submitted before."""

    def write(work: Callable[[Store], T], /) -> T:
        try:
            future = writer.submit(work)
        except RuntimeError as error:  # the project was closed meanwhile
            raise ProjectClosedError from error
        return future.result()

    return write


def summary(done: Accepted) -> tuple[str, str]:
    """What was done, and what stays: a message and its hint."""
    shapes = tr_n("{n:,} proposal", "{n:,} proposals", done.proposals)
    text = tr_n(
        "{shapes} accepted on {n:,} image.",
        "{shapes} accepted on {n:,} images.",
        done.images,
        shapes=shapes,
    )
    reviewed = tr_n("{n:,} image is reviewed now.", "{n:,} images are reviewed now.", done.reviewed)
    said = [text] if done.proposals else [] if done.images else [tr("Nothing was accepted.")]
    said += [reviewed] if done.reviewed else []
    said += [tr("Stopped before the rest.")] if done.stopped else []
    hint = tr_n(
        "{n:,} image was changed meanwhile, or cannot be read, and stays as it is.",
        "{n:,} images were changed meanwhile, or cannot be read, and stay as they are.",
        len(done.kept),
    )
    return sentences(*said), hint if done.kept else ""
