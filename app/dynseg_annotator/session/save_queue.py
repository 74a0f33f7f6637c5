"""Brings edits to the writer's thread and what became of them back to the window's."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from dynseg.annotation.document import Annotation
from dynseg.errors import DynsegError, ProjectClosedError
from dynseg_annotator.language import tr
from dynseg_annotator.session.saving import Ledger, Outcome, SaveResult, Stepped

if TYPE_CHECKING:
    from dynseg.progress import CancelToken, Report
    from dynseg.project.store import Store
    from dynseg.project.writer import Writer


Which = Literal["undo", "redo"] | int
"""What to do in the history of an image; a number is the step to go to."""


class SaveQueue(QObject):
    """All ledgers of the window and the way to the writer and back."""

    save_ended = Signal(object)
    """`SaveResult`"""
    history_ended = Signal(int, object)
    """Image id, and the `Stepped` that undo or redo made, or the exception."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer: Writer | None = None
        self._ledgers: dict[int, Ledger] = {}

    def attach(self, writer: Writer | None) -> None:
        """Write to this project from now on; what was queued for the one before is forgotten."""
        self._writer = writer
        self._ledgers.clear()

    @property
    def unsaved(self) -> int:
        """Edits that are not committed yet, as far as this thread has heard."""
        return sum(ledger.unacknowledged for ledger in self._ledgers.values())

    def get(self, image_id: int) -> Ledger | None:
        """The ledger of an image, if it has one."""
        return self._ledgers.get(image_id)

    def ledger(self, annotation: Annotation) -> Ledger:
        """The ledger of an image, made when there is none."""
        found = self._ledgers.get(annotation.image_id)
        if found is None:
            found = Ledger(annotation.image_id, annotation.revision)
            self._ledgers[annotation.image_id] = found
        return found

    def forget_idle(self) -> None:
        """Drop ledgers that have nothing left to do."""
        self._ledgers = {k: v for k, v in self._ledgers.items() if not v.is_idle}

    def submit_all(self, ledger: Ledger) -> None:
        """Let the writer commit every step of a ledger whose queue stood still."""
        for _ in range(len(ledger.pending)):
            self.submit(ledger)

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        for ledger in self._ledgers.values():
            if ledger.error is not None:
                ledger.error = None
                self.submit_all(ledger)

    def copy_to(self, root: Path, cancel: CancelToken) -> Callable[[Report], None]:
        """Make a project in another folder that has every edit too, or go on with that copy.

        In the project's own folder its edits are saved there, after its drive was away.

        Returns:
            Does it, on any thread but the writer's. Raises a `DynsegError` when it failed, and
            `CancelledError`; all that is not saved stays in memory.
        """
        writer = self._writer
        if writer is None:
            raise ProjectClosedError
        ledgers = list(self._ledgers.values())

        def copy(report: Report, store: Store) -> None:
            """On the writer's thread."""
            if root == store.root:
                with store.found_again() as again:
                    self._go_on(again, ledgers)
            elif store.copy_root == root:
                with type(store).open(root, backs_up=False) as copied:
                    self._go_on(copied, ledgers)
            else:
                copying = store.copied_to(root, report=report, cancel=cancel)
                self._begin_copy(store, root, copying, ledgers)

        return lambda report: writer.submit(partial(copy, report)).result()

    def _begin_copy(
        self,
        store: Store,
        root: Path,
        copying: AbstractContextManager[None],
        ledgers: Sequence[Ledger],
    ) -> None:
        """A copy with every edit, or none; on the writer's thread."""
        try:
            with copying, type(store).open(root, backs_up=False) as copied:
                revisions = [ledger.commit_all(copied) for ledger in ledgers]
        except BaseException:
            for ledger in ledgers:
                ledger.keep_all()
            raise
        for ledger, revision in zip(ledgers, revisions, strict=True):
            for result in ledger.take_off(revision):
                self.save_ended.emit(result)

    def _go_on(self, copied: Store, ledgers: Sequence[Ledger]) -> None:
        """Save in the copy what was done since it was made; on the writer's thread."""
        for ledger in ledgers:
            ledger.error = None
            while (result := ledger.commit_next(copied)).outcome is not Outcome.NOTHING:
                self.save_ended.emit(result)
                if result.error is not None:
                    raise result.error

    @property
    def steps_back(self) -> bool:
        """Whether an undo or redo is on its way, or edits wait for one."""
        return any(ledger.waiting or ledger.deferred for ledger in self._ledgers.values())

    def newest_text(self, image_id: int) -> str:
        """Name of the newest uncommitted step of an image, empty when there is none."""
        ledger = self._ledgers.get(image_id)
        return ledger.newest_text if ledger is not None else ""

    def is_deferring(self, image_id: int | None) -> bool:
        """Whether edits or steps of an image wait for an undo or redo that is on its way."""
        ledger = self._ledgers.get(image_id) if image_id is not None else None
        return ledger is not None and bool(ledger.deferred)

    def flush(self, timeout_s: float) -> int:
        """Wait until every step was tried; returns how many are not committed."""
        if self._writer is not None and (self.unsaved or self.steps_back):
            with contextlib.suppress(DynsegError, FutureTimeoutError):
                self._writer.submit(lambda _: None).result(timeout=timeout_s)
        return sum(len(ledger.pending) + len(ledger.deferred) for ledger in self._ledgers.values())

    def acknowledge(self, image_id: int) -> None:
        """The window has heard of one commit."""
        ledger = self._ledgers.get(image_id)
        if ledger is not None:
            ledger.unacknowledged = max(0, ledger.unacknowledged - 1)

    def step_history(self, ledger: Ledger, which: Which) -> None:
        """Undo, redo, or go to a step of an image, behind every edit submitted before."""
        if self._writer is None:
            return
        ledger.waiting = True
        image_id = ledger.image_id

        def step(store: Store) -> Stepped:
            """On the writer's thread."""
            if isinstance(which, int):
                return Stepped(store.go_to(image_id, which))
            done = store.undo_newest(image_id) if which == "undo" else store.redo_next(image_id)
            if done is None or isinstance(done, Annotation):
                return Stepped(done)
            return Stepped(store.annotation(image_id), done)

        self._writer.submit(step).add_done_callback(partial(self._bring_history, image_id))

    def submit(self, ledger: Ledger) -> None:
        """Let the writer commit the oldest step of a ledger."""
        if self._writer is not None:
            future = self._writer.submit(ledger.commit_next)
            future.add_done_callback(partial(self._bring_save, ledger))

    def _bring_save(self, ledger: Ledger, future: Future[SaveResult]) -> None:
        """Runs on the writer's thread."""
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self.save_ended.emit(future.result())
            return
        stopped = DynsegError(
            tr("Your last edits are not saved ({reason}); they are kept in memory.", reason=error),
            tr("Retry, and send the report if it happens again."),
        )
        stopped.__cause__ = error
        self.save_ended.emit(ledger.stop(stopped))

    def _bring_history(self, image_id: int, future: Future[object]) -> None:
        """Runs on the writer's thread."""
        if not future.cancelled():
            error = future.exception()
            self.history_ended.emit(image_id, future.result() if error is None else error)
