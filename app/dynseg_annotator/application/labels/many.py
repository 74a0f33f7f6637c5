"""One change of many images at a time: begun, shown, stopped, taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from dynseg.errors import DynsegError, ProjectClosedError
from dynseg.progress import CancelToken, Progress, Report
from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg.review.many import Changed, Write
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr, tr_n

T = TypeVar("T")
KEY = "many-images"


class Work(Protocol):
    """Changes images beside the window's thread."""

    def __call__(
        self, store: Store, *, write: Write, report: Report, cancel: CancelToken
    ) -> Changed:
        """Returns what was done."""


class ManyController(QObject):
    """What is drawn meanwhile is saved between images."""

    def __init__(self, parts: Parts, batch: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._batch = batch
        self._cancel: CancelToken | None = None
        self._context.project_closed.connect(self._stop)

    @property
    def is_running(self) -> bool:
        """Whether images are being changed."""
        return self._cancel is not None

    def may_begin(self) -> bool:
        """Whether images can be changed now; says why not."""
        store, writer = self._context.store, self._context.writer
        if store is None:
            return False
        if store.read_only or writer is None:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing was changed.")
            )
            return False
        if self.is_running:
            self._context.messages.say_running()
            return False
        return True

    def run(self, work: Work, stage: str, told: Callable[[Changed], tuple[str, str]]) -> None:
        """Change images, and say at the end what was done, with a button that takes it back.

        Args:
            work: Changes them.
            stage: What the progress is called, in the user's language.
            told: Says what was done: a message and its hint.
        """
        store, writer = self._context.store, self._context.writer
        if store is None or writer is None or self.is_running:
            return
        cancel = self._cancel = CancelToken()
        self._show(cancel, Progress(stage, 0))
        self._context.background.run_reporting(
            lambda report: work(store, write=through(writer), report=report, cancel=cancel),
            done=partial(self._done, store, told),
            failed=partial(self._failed, store),
            progressed=partial(self._show, cancel),
        )

    def _show(self, cancel: CancelToken, progress: Progress) -> None:
        if self._cancel is cancel:
            self._parts.window.status_line.set_job(self, progress, cancel.cancel)

    def _stop(self) -> None:
        """The project is closed; what was changed is saved."""
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
            self._context.rows_outdated.emit()  # those before it are changed

    def _done(
        self, store: Store, told: Callable[[Changed], tuple[str, str]], done: Changed
    ) -> None:
        if self._context.store is not store:
            return
        self._end()
        self._context.rows_outdated.emit()
        undo = MessageAction(tr("Take it back"), lambda: self._batch.undo(done.run_id))
        level = Level.INFO if done.kept or done.stopped or not done.run_id else Level.OK
        self._context.messages.show(level, *told(done), undo if done.run_id else None, key="batch")


def through(writer: Writer) -> Write:
    """Calls on the writer's thread, behind what was submitted before."""

    def write(work: Callable[[Store], T], /) -> T:
        try:
            future = writer.submit(work)
        except RuntimeError as error:  # the project was closed meanwhile
            raise ProjectClosedError from error
        return future.result()

    return write


def stays(done: Changed) -> str:
    """What a change of many images left as it was, as a hint; empty when it left nothing."""
    if not done.kept:
        return ""
    return tr_n(
        "{n:,} image was changed meanwhile, or cannot be read, and stays as it is.",
        "{n:,} images were changed meanwhile, or cannot be read, and stay as they are.",
        len(done.kept),
    )
