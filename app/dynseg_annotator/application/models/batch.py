"""Runs of the engine over many images while the person goes on working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from dynseg.annotation.document import new_id
from dynseg.errors import DynsegError
from dynseg.processes import NETWORK
from dynseg.progress import Progress
from dynseg.project.records import UndoRunSummary
from dynseg.project.runs import UNDOABLE, UNDONE
from dynseg.project.store import Store
from dynseg.worker.protocol import Cancelled, Failed, Finished, Prelabel, Progressed, Request
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import sentences, tr, tr_n
from dynseg_annotator.panels.scope_box import SELECTED
from dynseg_annotator.panels.status_line import duration

TILES = "Tiles"
"""Stage that the engine reports within one large image."""
REFRESH_MS = 1500
"""How often lists follow a batch; reading them grows with the folder, so not at every image."""
BACK = "taking-back"
"""Whose job it is to take a run back."""


class Work(NamedTuple):
    """What a batch does, and how it is spoken of.

    Attributes:
        stage: What it is called until the engine says how far it is, in the user's language.
        summary: Makes of the engine's answer what was done: a message and its hint.
    """

    stage: str
    summary: Callable[[dict[str, object]], tuple[str, str]]


class BatchController(QObject):
    """Starts, shows and takes back batch runs."""

    began = Signal()
    """A run is on its way: what was worked out before it no longer holds."""
    ended = Signal()
    """A run is over, however it ended."""
    undone = Signal(str)
    """A run was taken back: its id."""
    _undone = Signal(object, object, str)

    def __init__(
        self, parts: Parts, models: ModelController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._panel = parts.assist_panel
        self._line = parts.window.status_line
        self._job = 0
        self._work: Work | None = None
        self._images: Progress | None = None
        self._run_id = ""
        """Of the run: also when the engine ended on the way and another one goes on with it."""
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._context.rows_outdated)
        engine = self._context.engine
        engine.progressed.connect(self._progressed)
        engine.finished.connect(self._finished)
        engine.failed.connect(self._failed)
        engine.cancelled.connect(self._cancelled)
        self._undone.connect(self._show_undone)
        self._panel.batch_run_requested.connect(self.run)
        self._panel.stop_requested.connect(self.stop)
        actions = parts.actions
        actions["run-batch"].triggered.connect(self._reveal)
        actions["stop-job"].triggered.connect(self.stop)
        actions["undo-batch"].triggered.connect(self.undo_last)
        self._context.project_closed.connect(self._forget)

    @property
    def is_running(self) -> bool:
        """Whether a batch is on its way."""
        return self._job != 0

    def run(self, scope: str, image_ids: Sequence[int] | None = None) -> None:
        """Pre-label the images of a scope, or exactly these."""
        store = self._context.store
        if scope == SELECTED and image_ids is None:
            image_ids = self._parts.image_panel.selected_ids()
        if store is None or self.is_running:
            return
        project, token = str(store.root), store.lock_token
        settings = self._models.predict_settings()
        cluster = str(self._context.settings.get("cluster")).strip()
        self._context.engine.use(*([NETWORK] if cluster else []))
        ids = None if image_ids is None else list(image_ids)

        def make(job: int, run_id: str) -> Request:
            return Prelabel(
                job=job,
                project=project,
                token=token,
                settings=settings,
                scope=scope,
                image_ids=ids,
                run_id=run_id,
                cluster=cluster,
            )

        self.begin(make, Work(tr("Pre-labelling"), lambda r: (summary_text(r), "")))

    def begin(self, make: Callable[[int, str], Request], work: Work) -> None:
        """Have the engine change many images as one run.

        Args:
            make: Gets the number of the job and the id of the run, and returns the request.
            work: What it is.
        """
        store = self._context.store
        if store is None or self.is_running:
            return
        self._work = work
        run_id = self._run_id = new_id()
        self._job = self._context.engine.submit(lambda job: make(job, run_id))
        self._context.batch_running = True
        self._panel.set_failed([])
        self.began.emit()
        self._show(Progress(work.stage, 0))
        self._panel.run_batch.setEnabled(False)
        self._refresh.start()

    def stop(self) -> None:
        """Stop the batch; what is done stays."""
        if self.is_running:
            self._context.engine.cancel(self._job)

    def undo_last(self) -> None:
        """Take the last batch or import back as a whole."""
        store = self._context.store
        if store is None:
            return
        runs = [r for r in store.runs() if r.kind in UNDOABLE and r.state != UNDONE]
        if runs:
            self.undo(runs[0].id)
        else:
            self._context.messages.show(
                Level.INFO, tr("There is no batch or import to take back."), key="undo-run"
            )

    def undo(self, run_id: str) -> None:
        """Take one batch back."""
        writer, store = self._context.writer, self._context.store
        if writer is None or not run_id:
            return

        def work(store: Store) -> UndoRunSummary:
            return store.undo_run(run_id)

        def bring(future: Future[UndoRunSummary]) -> None:
            self._undone.emit(store, future.exception() or future.result(), run_id)

        # With thousands of images it takes its time, and nothing else tells that it goes on.
        self._line.set_job(BACK, Progress(tr("Taking the run back"), 0))
        writer.submit(work).add_done_callback(bring)

    def _reveal(self) -> None:
        """The question is the scope, and the panel asks it without being in the way."""
        self._parts.window.reveal("assist")
        self._panel.ask_scope()

    def _progressed(self, event: Progressed) -> None:
        if event.job != self._job:
            return
        progress = Progress(event.stage, event.done, event.total, event.per_s, event.eta_s)
        if event.stage == TILES and self._images is not None:
            self._panel.set_progress(self._images, progress)
        else:
            self._show(progress)

    def _show(self, progress: Progress) -> None:
        self._images = progress
        self._panel.set_progress(progress)
        self._line.set_job(self, progress, self.stop)
        self._parts.actions["stop-job"].setEnabled(True)

    def _finished(self, event: Finished) -> None:
        work = self._work
        if event.job != self._job or work is None:
            return
        self._end()
        result = event.result
        failed = [(str(name), str(reason)) for name, reason in result.get("failed", [])]
        self._panel.set_failed(failed)
        run_id = str(result.get("run_id") or "")
        action = MessageAction(tr("Take it back"), lambda: self.undo(run_id)) if run_id else None
        text, hint = work.summary(result)
        if failed:
            unusable = tr_n(
                "{n} image failed; it is listed in the panel.",
                "{n} images failed; they are listed in the panel.",
                len(failed),
            )
            hint = sentences(hint, unusable)
        level = Level.WARN if failed else Level.OK
        self._context.messages.show(level, text, hint, action, key="batch")

    def _failed(self, event: Failed) -> None:
        if event.job != self._job:
            return
        self._end()
        hint, action = "", self._take_back()
        if action is not None:
            hint = tr("What was done until then stays.")
        self._context.show_failed(event, action, hint, key="batch", of_model=True)

    def _cancelled(self, event: Cancelled) -> None:
        if event.job != self._job:
            return
        self._end()
        if self._state() == UNDONE:
            return  # who has taken it back is told so
        action = self._take_back()
        text = tr("Stopped; what was done stays.")
        if action is None:
            text = tr("Stopped before anything was changed.")
        self._context.messages.show(Level.INFO, text, action=action, key="batch")

    def _state(self) -> str | None:
        """How far the run of the batch is; None when it has changed nothing."""
        store = self._context.store
        rows = store.runs(self._run_id) if store is not None else []
        return rows[0].state if rows else None

    def _take_back(self) -> MessageAction | None:
        """Takes back what the batch has done so far; None where nothing of it is there."""
        run_id = self._run_id
        if self._state() in (None, UNDONE):
            return None
        return MessageAction(tr("Take it back"), lambda: self.undo(run_id))

    def _end(self) -> None:
        self._job = 0
        self._context.batch_running = False
        self._refresh.stop()
        self._panel.clear_progress()
        self._panel.run_batch.setEnabled(True)
        self._line.clear_job(self)
        self._parts.actions["stop-job"].setEnabled(False)
        self._context.rows_outdated.emit()
        self.ended.emit()

    def _forget(self) -> None:
        """The project is closed: its batch stops with it."""
        if self.is_running:
            self.stop()
            self._end()
        self._panel.set_failed([])

    def _show_undone(self, store: Store, outcome: object, run_id: str) -> None:
        self._line.clear_job(BACK)
        if self._context.store is not store:
            return  # the project was closed meanwhile
        if isinstance(outcome, UndoRunSummary):
            self.undone.emit(run_id)
            text = tr_n(
                "The run is taken back on {n} image.",
                "The run is taken back on {n} images.",
                len(outcome.restored),
            )
            if outcome.kept:
                kept = tr_n(
                    "{n} image was changed since and stays.",
                    "{n} images were changed since and stay.",
                    len(outcome.kept),
                )
                text = sentences(text, kept)
            self._context.messages.show(Level.OK, text, key="batch")
            self._context.rows_outdated.emit()
        elif isinstance(outcome, DynsegError):
            self._context.messages.show_error(outcome, key="batch")
        elif isinstance(outcome, BaseException):
            raise outcome


def summary_text(result: dict[str, object]) -> str:
    """What a batch did, in one sentence."""
    images, instances = (int(str(result.get(key, 0))) for key in ("images", "instances"))
    seconds, rate = result.get("seconds"), result.get("images_per_s")
    shapes = tr_n("{n} shape", "{n} shapes", instances)
    if isinstance(seconds, int | float) and isinstance(rate, int | float):
        return tr_n(
            "{n} image pre-labelled with {shapes} in {time} ({rate:.1f} images/s).",
            "{n} images pre-labelled with {shapes} in {time} ({rate:.1f} images/s).",
            images,
            shapes=shapes,
            time=duration(seconds) if seconds >= 1 else tr("less than a second"),
            rate=rate,
        )
    return tr_n(
        "{n} image pre-labelled with {shapes}.",
        "{n} images pre-labelled with {shapes}.",
        images,
        shapes=shapes,
    )
